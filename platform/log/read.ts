import { storedTypes } from '#domain/upcast.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import { EVENT_COLUMNS, type EventRow, eventsOf, joinEvent, type LoggedEvent } from './event.ts'

/** What part of a log is wanted. */
export interface LogPage {
  /** Events behind this position; 0 for the beginning. */
  readonly after: bigint
  /** At most so many. */
  readonly limit: number
  /** Only events of these types; any, where it is left out. */
  readonly types?: readonly string[]
}

/** Reads a source's log in order of position, from PostgreSQL. Empty at the end of the log. */
export async function readLog(
  db: Queryable,
  source: SubgraphName,
  { after, limit, types }: LogPage,
): Promise<LoggedEvent[]> {
  const ofTypes = types === undefined ? '' : 'AND type = ANY($3)'
  const rows = await db.rows<EventRow>({
    name: `${source} log ${ofTypes}`,
    text: `SELECT ${EVENT_COLUMNS} FROM (
        SELECT position, aggregate_id, version, published_at FROM ${source}.log
        WHERE position > $1 ${ofTypes} ORDER BY position LIMIT $2
      ) l ${joinEvent(source)} ORDER BY l.position`,
    values: [after, limit, ...(types === undefined ? [] : [types.flatMap((type) => storedTypes(type))])],
  })
  return eventsOf(source, rows)
}

/** What follows on a position is not kept any more: the reader has to begin anew, from a snapshot. */
export class CursorExpired extends Error {
  override readonly name = 'CursorExpired'

  constructor(source: SubgraphName, after: bigint, next: bigint) {
    super(`The log of ${source} goes on at ${next} after ${after}: what lies between is not kept any more.`)
  }
}

/** How far a log reaches. */
export interface LogBounds {
  /** The first position that can be read; `head + 1` where none can. A cursor before `oldest - 1` has expired. */
  readonly oldest: bigint
  /** The last position; 0 before the first event. */
  readonly head: bigint
}

/** Reads how far a source's log reaches, as of one instant. */
export async function readBounds(db: Queryable, source: SubgraphName): Promise<LogBounds> {
  const [bounds] = await db.rows<LogBounds>({
    name: `${source} log bounds`,
    text: `SELECT coalesce((SELECT min(position) FROM ${source}.log), head + 1) AS oldest, head FROM ${source}.relay`,
    values: [],
  })
  if (bounds === undefined) throw new Error(`${source} has no log`)
  return bounds
}
