import type { Running } from '#platform/log/hold-office.ts'
import { createWake } from '#platform/log/wake.ts'
import { type TakingIn, takeInWebhooks } from './take-in.ts'

/** How often a node looks for what was kept, here or elsewhere, or has waited long enough. */
const POLL_MS = 500

/** Starts taking in what outside systems told, until it is stopped: then it ends after what is under way. */
export function startTakingIn(taking: TakingIn): Running {
  const stopping = new AbortController()
  const { sleep } = createWake(stopping.signal)
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await takeInWebhooks(taking)
      } catch (err) {
        taking.log.warn({ err }, 'webhooks cannot be taken in for the moment')
      }
      await sleep(POLL_MS)
    }
  }
  const ended = run()
  return {
    stop: async () => {
      stopping.abort()
      await ended
    },
  }
}
