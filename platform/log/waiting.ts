import type { SubgraphName } from '#platform/config.ts'
import type { Bus } from './bus.ts'
import type { LoggedEvent } from './event.ts'
import { createWake } from './wake.ts'

/** Copies that came over the bus and have not been taken. */
export interface Waiting {
  /** Takes the events that follow on a position without a gap; none where the next one has not come. */
  readonly take: (last: bigint) => LoggedEvent[]
  /** Whether something waits that does not follow on what was taken: what lies between was missed. */
  readonly hasGap: () => boolean
  /** Forgets what waits. */
  readonly clear: () => void
  /** Waits until something was heard; false when it took too long or the signal was aborted. */
  readonly heard: (timeoutMs: number) => Promise<boolean>
  readonly stop: () => void
}

/** Events that may wait for a slow reader; with more, all are forgotten: PostgreSQL has them when their turn comes. */
const MAX_WAITING = 2_000

/** Begins to listen to a source; `signal` ends the waiting. */
export function listenTo(bus: Bus, source: SubgraphName, signal: AbortSignal): Waiting {
  let waiting: LoggedEvent[] = []
  const wake = createWake(signal)
  const stop = bus.listen(source, (events) => {
    if (waiting.length + events.length > MAX_WAITING) waiting = []
    waiting.push(...events)
    wake.ring()
  })
  return {
    take: (last) => {
      const taken: LoggedEvent[] = []
      let [next, passed] = [last + 1n, 0]
      for (const event of waiting) {
        if (event.position > next) break
        passed += 1
        if (event.position < next) continue
        taken.push(event)
        next += 1n
      }
      waiting.splice(0, passed)
      return taken
    },
    hasGap: () => waiting.length > 0,
    clear: () => {
      waiting = []
    },
    heard: async (timeoutMs) => {
      // Rung for what was taken meanwhile, it sleeps on.
      while (waiting.length === 0 && (await wake.sleep(timeoutMs)) && !signal.aborted);
      return waiting.length > 0
    },
    stop,
  }
}
