import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import type { Bus } from './bus.ts'
import type { LoggedEvent } from './event.ts'
import { CursorExpired, readLog } from './read.ts'
import { noteDelivered } from './telemetry.ts'
import { listenTo } from './waiting.ts'

/** Whose log is followed, from where and until when. */
export interface FollowOptions {
  readonly db: Queryable
  readonly bus: Bus
  readonly source: SubgraphName
  /** Events behind this position. */
  readonly after: bigint
  /** Ends the following when it is aborted. */
  readonly signal: AbortSignal
}

/** Events that are read at once. */
const PAGE_SIZE = 500
/** A bus that is silent for so long may have lost something: PostgreSQL is asked. */
const SILENCE_MS = 2_000

/**
 * The events of a source behind a position, each once and in order: first what PostgreSQL has, then live. Ends when
 * the signal is aborted; throws CursorExpired where the log begins later, and what PostgreSQL throws.
 */
export async function* follow({
  db,
  bus,
  source,
  after,
  signal,
}: FollowOptions): AsyncGenerator<readonly LoggedEvent[], void> {
  const waiting = listenTo(bus, source, signal)
  let last = after
  let isBehind = true
  try {
    while (!signal.aborted) {
      let events: readonly LoggedEvent[] = isBehind ? [] : waiting.take(last)
      noteDelivered(events)
      if (events.length === 0 && (isBehind || waiting.hasGap())) {
        events = await readLog(db, source, { after: last, limit: PAGE_SIZE })
        isBehind = events.length === PAGE_SIZE
        // Copies of what PostgreSQL does not have are of another store.
        const [first] = events
        if (first === undefined) waiting.clear()
        else if (first.position !== last + 1n) throw new CursorExpired(source, last, first.position)
      }
      last = events.at(-1)?.position ?? last
      if (events.length > 0) yield events
      else isBehind = !(await waiting.heard(SILENCE_MS))
    }
  } finally {
    waiting.stop()
  }
}
