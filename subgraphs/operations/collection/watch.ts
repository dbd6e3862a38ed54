import type { Log } from '#platform/log.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { createWake } from '#platform/log/wake.ts'

/** Attempts are days apart: nobody minds these minutes. */
const POLL_MS = 300_000

/** Has what is due collected until it is stopped; what a look fails at, the next one does. */
export function watchCollections(collect: () => Promise<number>, log: Log, pollMs = POLL_MS): Running {
  const stopping = new AbortController()
  const wake = createWake(stopping.signal)
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const count = await collect()
        if (count > 0) log.info({ count }, 'attempts to collect invoices were begun')
      } catch (err) {
        log.warn({ err }, 'overdue invoices cannot be collected for the moment')
      }
      await wake.sleep(pollMs)
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
