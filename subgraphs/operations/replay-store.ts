import type { ReplayOrder } from '#domain/replay.ts'
import { storedTypes } from '#domain/upcast.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import type { LogRange } from '#platform/log/replay-store.ts'
import { bigint, flag, instant, int, json, optional, table, text, word } from '#platform/table.ts'

export const replayOrders = table<ReplayOrder>('operations.replay_order', {
  id: text,
  version: int,
  recordedAt: instant,
  mode: word(),
  question: text,
  isDryRun: flag,
  eventCount: bigint,
  consumers: json((consumers) =>
    consumers.map((consumer) => ({
      ...consumer,
      wouldApply: BigInt(consumer.wouldApply),
      wouldSkip: BigInt(consumer.wouldSkip),
    })),
  ),
  reason: text,
  requestedBy: text,
  requestedAt: instant,
  cancelledBy: optional(text),
  cancelReason: optional(text),
})

/** The last that was asked for under a question, dry run or not. */
export async function readLastOrder(db: Queryable, question: string): Promise<ReplayOrder | null> {
  const rows = await db.rows<Record<string, unknown>>({
    text: `SELECT ${replayOrders.select} FROM operations.replay_order t WHERE question = $1
      ORDER BY requested_at DESC, is_dry_run LIMIT 1`,
    values: [question],
  })
  return rows.map(replayOrders.read)[0] ?? null
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
