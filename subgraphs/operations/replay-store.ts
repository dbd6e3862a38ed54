import { storedTypes } from '#domain/upcast.ts'
import { toJson } from '#platform/json.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import type { Jsonified } from '#platform/table.ts'
import type { LogRange } from '#platform/log/replay-store.ts'
import type { OrderedConsumer, ReplayOrder } from './replays/order.ts'

const COLUMNS = `id, mode, question, is_dry_run AS "isDryRun", event_count AS "eventCount", consumers, reason,
  requested_by AS "requestedBy", requested_at AS "requestedAt"`

type Row = Omit<ReplayOrder, 'consumers'> & { readonly consumers: Jsonified<readonly OrderedConsumer[]> }

const orderOf = (row: Row): ReplayOrder => ({
  ...row,
  consumers: row.consumers.map((consumer) => ({
    ...consumer,
    wouldApply: BigInt(consumer.wouldApply),
    wouldSkip: BigInt(consumer.wouldSkip),
  })),
})

/** Keeps what was asked for. */
export async function saveOrder(db: Queryable, order: ReplayOrder): Promise<void> {
  await db.rows({
    text: `INSERT INTO operations.replay_order
        (id, mode, question, is_dry_run, event_count, consumers, reason, requested_by, requested_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      order.id,
      order.mode,
      order.question,
      order.isDryRun,
      order.eventCount,
      toJson(order.consumers),
      order.reason,
      order.requestedBy,
      order.requestedAt.toString(),
    ],
  })
}

/** A replay or dry run by its id. */
export async function readOrder(db: Queryable, id: string): Promise<ReplayOrder | null> {
  const rows = await db.rows<Row>({
    text: `SELECT ${COLUMNS} FROM operations.replay_order WHERE id = $1`,
    values: [id],
  })
  return rows.map(orderOf)[0] ?? null
}

/** The last that was asked for under a question, dry run or not. */
export async function readLastOrder(db: Queryable, question: string): Promise<ReplayOrder | null> {
  const rows = await db.rows<Row>({
    text: `SELECT ${COLUMNS} FROM operations.replay_order WHERE question = $1
      ORDER BY requested_at DESC, is_dry_run LIMIT 1`,
    values: [question],
  })
  return rows.map(orderOf)[0] ?? null
}

/** Keeps whoever asks the same at the same time waiting until the transaction ends. */
export async function lockQuestion(db: Queryable, question: string): Promise<void> {
  await db.rows({ text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', values: [question] })
}

/** The part of a source's log that was published from one instant to before another. */
export async function readRange(
  db: Queryable,
  source: SubgraphName,
  from: Temporal.Instant | null,
  to: Temporal.Instant | null,
): Promise<LogRange> {
  const [range] = await db.rows<LogRange>({
    name: `${source} range of time`,
    text: `SELECT
        coalesce((SELECT max(position) FROM ${source}.log WHERE published_at < $1::timestamptz), 0) AS after,
        coalesce((SELECT max(position) FROM ${source}.log WHERE $2::timestamptz IS NULL OR published_at < $2), 0)
          AS through`,
    values: [from?.toString() ?? null, to?.toString() ?? null],
  })
  return range ?? { after: 0n, through: 0n }
}

/** Events of a part of a log, of some types or of all. */
export async function countEvents(
  db: Queryable,
  source: SubgraphName,
  { after, through }: LogRange,
  types: readonly string[] | null,
): Promise<bigint> {
  const [row] = await db.rows<{ count: bigint }>({
    name: `${source} events of a range`,
    text: `SELECT count(*) AS count FROM ${source}.log
      WHERE position > $1 AND position <= $2 AND ($3::text[] IS NULL OR type = ANY($3))`,
    values: [after, through, types?.flatMap((type) => storedTypes(type)) ?? null],
  })
  return row?.count ?? 0n
}
