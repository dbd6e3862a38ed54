import type { Log } from '#platform/log.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { createWake } from '#platform/log/wake.ts'

/** What is done because of the day is days apart: nobody minds these minutes. */
const POLL_MS = 300_000

/** What is done again and again: it begins what is due now, and tells how much that was. */
export interface Chore {
  /** As the log tells of it: `invoices are collected`. */
  readonly name: string
  readonly begin: () => Promise<number>
}

/** Has chores done one after the other until it is stopped; what a look fails at, the next one does. */
export function watchClock(chores: readonly Chore[], log: Log, pollMs = POLL_MS): Running {
  const stopping = new AbortController()
  const wake = createWake(stopping.signal)
  const look = async ({ name, begin }: Chore): Promise<void> => {
    try {
      const count = await begin()
      if (count > 0) log.info({ chore: name, count }, 'what the day brought was begun')
    } catch (err) {
      log.warn({ err, chore: name }, 'what the day brought cannot be begun for the moment')
    }
  }
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      for (const chore of chores) await look(chore)
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
