import type { Running } from '#platform/log/hold-office.ts'
import { createWake } from '#platform/log/wake.ts'
import { forgetTakenIn } from './forget.ts'
import { type TakingIn, takeInWebhooks } from './take-in.ts'

/** How often a node looks for what was kept, here or elsewhere, or has waited long enough. */
const POLL_MS = 500
/** How often webhooks are looked for that were taken in long ago. */
const FORGET_MS = 60_000

/** Starts taking in what outside systems told, until it is stopped: then it ends after what is under way. */
export function startTakingIn(taking: TakingIn): Running {
  const stopping = new AbortController()
  const { sleep } = createWake(stopping.signal)
  const run = async (): Promise<void> => {
    let forgotAt = -Infinity
    while (!stopping.signal.aborted) {
      try {
        await takeInWebhooks(taking)
        if (performance.now() - forgotAt > FORGET_MS) {
          forgotAt = performance.now()
          await forgetTakenIn(taking.db, taking.clock)
        }
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
