import type { CommandContext } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { createWake } from '#platform/log/wake.ts'
import { meetDeadlines } from './meet.ts'

/** Deadlines are hours: nobody minds these seconds. */
const POLL_MS = 5_000

/** What the watch of a process needs. */
interface WatchOptions {
  readonly db: Database
  readonly context: CommandContext
  readonly log: Log
  /** Has workflows gone on with that an approval's deadline decided about. */
  readonly ring: () => void
  readonly pollMs?: number
}

/** Looks for missed deadlines of exceptions and approvals until it is stopped. */
export function watchDeadlines({ db, context, log, ring, pollMs = POLL_MS }: WatchOptions): Running {
  const stopping = new AbortController()
  const wake = createWake(stopping.signal)
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const count = await meetDeadlines(db, context)
        if (count > 0) {
          log.info({ count }, 'deadlines of exceptions and approvals passed')
          ring()
        }
      } catch (err) {
        log.warn({ err }, 'deadlines cannot be looked at for the moment')
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
