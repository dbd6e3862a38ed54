import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import { readLag } from './consumer-store.ts'

/** How events of a subgraph get into its log. */
export interface LogLatency {
  /** Events that were ever published. */
  readonly head: bigint
  /** From recording to publishing, of the last events: seconds. */
  readonly publishSeconds: readonly number[]
  readonly unpublished: number
  /** When the first of these was recorded. */
  readonly unpublishedSince: Temporal.Instant | null
}

/** Events by which the way into the log is judged. */
const SAMPLED_EVENTS = 1_000

/** How long events of a subgraph took into its log lately, and which wait for it. */
export async function readLogLatency(db: Queryable, source: SubgraphName): Promise<LogLatency> {
  const [row] = await db.rows<LogLatency>({
    name: `${source} log latency`,
    text: `SELECT head, (SELECT count(*)::int FROM ${source}.outbox) AS unpublished,
        (SELECT e.recorded_at FROM (SELECT aggregate_id, version FROM ${source}.outbox ORDER BY id LIMIT 1) AS o
          JOIN ${source}.event e USING (aggregate_id, version)) AS "unpublishedSince",
        (SELECT coalesce(array_agg(greatest(0, extract(epoch FROM l.published_at - e.recorded_at))::float8), '{}')
          FROM ${source}.log l JOIN ${source}.event e USING (aggregate_id, version)
          WHERE l.position > relay.head - $1) AS "publishSeconds"
      FROM ${source}.relay`,
    values: [SAMPLED_EVENTS],
  })
  return row ?? { head: 0n, publishSeconds: [], unpublished: 0, unpublishedSince: null }
}

/** How far a consumer is. */
export interface ConsumerLatency {
  readonly name: string
  readonly source: SubgraphName
  /** Published events that it has not passed, over all its shares. */
  readonly pending: bigint
  /** When the first of these was recorded. */
  readonly pendingSince: Temporal.Instant | null
  /** Events that it has set aside. */
  readonly setAside: number
}

/** How far the consumers of a subgraph are. */
export async function readConsumerLatency(
  db: Queryable,
  subgraph: SubgraphName,
  sources: readonly SubgraphName[],
): Promise<ConsumerLatency[]> {
  const shares = Map.groupBy(await readLag(db, subgraph, sources), ({ name, source }) => `${name} ${source}`)
  const held = await readSetAside(db, subgraph)
  const consumers: ConsumerLatency[] = []
  for (const of of shares.values()) {
    const [{ name, source } = { name: '', source: subgraph }] = of
    const first = of.map(({ position }) => position).reduce((a, b) => (a < b ? a : b))
    const pending = of.map(({ events }) => events).reduce((a, b) => (a > b ? a : b))
    const setAside = held.get(`${name} ${source}`) ?? 0
    const pendingSince = pending === 0n ? null : await readRecorded(db, source, first)
    consumers.push({ name, source, pending, pendingSince, setAside })
  }
  return consumers
}

/** When the first event behind a position was recorded. */
async function readRecorded(
  db: Queryable,
  source: SubgraphName,
  after: bigint,
): Promise<Temporal.Instant | null> {
  const [row] = await db.rows<{ recordedAt: Temporal.Instant }>({
    name: `${source} recorded first after`,
    text: `SELECT e.recorded_at AS "recordedAt"
      FROM (SELECT aggregate_id, version FROM ${source}.log WHERE position > $1 ORDER BY position LIMIT 1) AS l
      JOIN ${source}.event e USING (aggregate_id, version)`,
    values: [after],
  })
  return row?.recordedAt ?? null
}

async function readSetAside(db: Queryable, subgraph: SubgraphName): Promise<Map<string, number>> {
  const rows = await db.rows<{ key: string; count: number }>({
    name: `${subgraph} set aside`,
    text: `SELECT consumer || ' ' || source AS key, count(*)::int AS count FROM ${subgraph}.dead_letter
      WHERE status IN ('FAILED', 'WAITING') GROUP BY 1`,
    values: [],
  })
  return new Map(rows.map(({ key, count }) => [key, count]))
}

/** Events that the consumers of a subgraph have set aside, and since when the first of them is. */
export async function readAllSetAside(
  db: Queryable,
  subgraph: SubgraphName,
): Promise<{ readonly count: number; readonly oldestAt: Temporal.Instant | null }> {
  const [row] = await db.rows<{ count: number; oldestAt: Temporal.Instant | null }>({
    name: `${subgraph} all set aside`,
    text: `SELECT count(*)::int AS count, min(set_aside_at) AS "oldestAt" FROM ${subgraph}.dead_letter
      WHERE status IN ('FAILED', 'WAITING')`,
    values: [],
  })
  return row ?? { count: 0, oldestAt: null }
}
