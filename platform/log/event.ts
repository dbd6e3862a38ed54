import { upcast } from '#domain/upcast.ts'
import type { SubgraphName } from '#platform/config.ts'

/** An event as it was published: what happened to an aggregate, and the state that it has since. */
export interface LoggedEvent {
  /** `<aggregateId>.<version>`: unique within its source, as CloudEvents asks. */
  readonly id: string
  /** The subgraph whose event it is. */
  readonly source: SubgraphName
  /** Place in the source's log: from 1, without gaps. */
  readonly position: bigint
  /** `revgraph.billing.invoice.issued.v1`. */
  readonly type: string
  /** `invoice`. */
  readonly aggregate: string
  /** What the event is about. Order holds for each aggregate: its events have rising positions and versions. */
  readonly aggregateId: string
  /** Of the aggregate after the change, from 1, without gaps. */
  readonly version: number
  readonly recordedAt: Temporal.Instant
  readonly publishedAt: Temporal.Instant
  /** Binds together all that followed from one cause. */
  readonly correlationId: string
  /** Id of the event that caused it, if one did. */
  readonly causationId: string | null
  /** W3C trace context of the work that recorded it. */
  readonly traceparent: string | null
  /** The aggregate's full state after the change, as JSON: amounts in minor units are strings of digits. */
  readonly data: unknown
}

/** Select list of an event `e` that the row `l` of the log points to. */
export const EVENT_COLUMNS = `e.aggregate_id || '.' || e.version AS id, l.position, e.type,
  e.aggregate_id AS "aggregateId", e.version, e.recorded_at AS "recordedAt", l.published_at AS "publishedAt",
  e.correlation_id AS "correlationId", e.causation_id AS "causationId", e.traceparent, e.data`

/**
 * Joins the event of each row `l` of the log. One look-up by key for each of a page: with OFFSET 0 the planner, which
 * does not see how small a page is, cannot read the whole history instead.
 */
export const joinEvent = (source: SubgraphName): string =>
  `CROSS JOIN LATERAL (SELECT * FROM ${source}.event
    WHERE aggregate_id = l.aggregate_id AND version = l.version OFFSET 0) e`

/** An event as `EVENT_COLUMNS` selects it. */
export type EventRow = Omit<LoggedEvent, 'source' | 'aggregate'>

/** Makes events of rows, as readers know them now: what was stored under a replaced type is read as its successor. */
export const eventsOf = (source: SubgraphName, rows: readonly EventRow[]): LoggedEvent[] =>
  rows.map((row) => {
    const event = upcast(row)
    return { ...event, source, aggregate: event.type.split('.')[2] ?? '' }
  })
