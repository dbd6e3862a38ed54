import type { Queryable } from '#platform/database.ts'
import type { ConsumerShare } from './consumer-store.ts'
import type { LoggedEvent } from './event.ts'

/** An event that was not applied when its turn came. */
export interface DeadLetter {
  readonly consumer: string
  readonly source: string
  readonly position: bigint
  readonly share: number
  readonly aggregateId: string
  /** FAILED: it could not be applied. WAITING: one before it of its aggregate is not settled. */
  readonly status: 'FAILED' | 'WAITING' | 'APPLIED' | 'SKIPPED'
  /** How often it was tried. */
  readonly attempts: number
  readonly error: string | null
  readonly setAsideAt: Temporal.Instant
  readonly settledAt: Temporal.Instant | null
  /** Who had it tried again or skipped, and why. */
  readonly settledBy: string | null
  readonly reason: string | null
}

const COLUMNS = `consumer, source, position, share, aggregate_id AS "aggregateId", status, attempts, error,
  set_aside_at AS "setAsideAt", settled_at AS "settledAt", settled_by AS "settledBy", reason`
const IS_HELD = `status IN ('FAILED', 'WAITING')`
/** Enough to see what is wrong; the log of the process has all of it. */
const MAX_ERROR_CHARACTERS = 2_000

/** Which of the aggregates are held, since an event of theirs failed. */
export async function readHeld(
  db: Queryable,
  { subgraph, name, source }: ConsumerShare,
  aggregateIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const held = await db.rows<{ id: string }>({
    name: `${subgraph} held`,
    text: `SELECT DISTINCT aggregate_id AS id FROM ${subgraph}.dead_letter
      WHERE consumer = $1 AND source = $2 AND ${IS_HELD} AND aggregate_id = ANY($3)`,
    values: [name, source, aggregateIds],
  })
  return new Set(held.map(({ id }) => id))
}

/** Sets an event aside: one that failed, or one that waits behind it. */
export async function setAside(
  db: Queryable,
  { subgraph, name, source, share }: ConsumerShare,
  { position, aggregateId }: LoggedEvent,
  at: Temporal.Instant,
  failure?: { readonly error: unknown; readonly attempts: number },
): Promise<void> {
  await db.rows({
    text: `INSERT INTO ${subgraph}.dead_letter
        (consumer, source, position, share, aggregate_id, status, attempts, error, set_aside_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      name,
      source,
      position,
      share,
      aggregateId,
      failure === undefined ? 'WAITING' : 'FAILED',
      failure?.attempts ?? 0,
      failure === undefined ? null : textOf(failure.error),
      at.toString(),
    ],
  })
}

const textOf = (error: unknown): string => String(error).slice(0, MAX_ERROR_CHARACTERS)

/** The first event of an aggregate that is not settled; undefined where the aggregate is not held. */
export async function readFirstHeld(
  db: Queryable,
  { subgraph, name, source }: ConsumerShare,
  aggregateId: string,
): Promise<DeadLetter | undefined> {
  const [first] = await db.rows<DeadLetter>({
    text: `SELECT ${COLUMNS} FROM ${subgraph}.dead_letter
      WHERE consumer = $1 AND source = $2 AND aggregate_id = $3 AND ${IS_HELD} ORDER BY position LIMIT 1`,
    values: [name, source, aggregateId],
  })
  return first
}

/** Who settles a letter, when and why. */
export interface Settlement {
  readonly at: Temporal.Instant
  readonly by: string
  readonly reason: string
}

/** Notes that a letter was applied after all, or that it is not to be applied. */
export async function settle(
  db: Queryable,
  { subgraph, name, source }: ConsumerShare,
  position: bigint,
  status: 'APPLIED' | 'SKIPPED',
  { at, by, reason }: Settlement,
): Promise<void> {
  await db.rows({
    text: `UPDATE ${subgraph}.dead_letter
      SET status = $4, settled_at = $5, settled_by = $6, reason = $7,
        attempts = attempts + CASE $4 WHEN 'APPLIED' THEN 1 ELSE 0 END
      WHERE consumer = $1 AND source = $2 AND position = $3`,
    values: [name, source, position, status, at.toString(), by, reason],
  })
}

/** Notes that a letter failed again, unless somebody settled it meanwhile. */
export async function failAgain(
  db: Queryable,
  { subgraph, name, source }: ConsumerShare,
  position: bigint,
  error: unknown,
): Promise<void> {
  await db.rows({
    text: `UPDATE ${subgraph}.dead_letter SET status = 'FAILED', attempts = attempts + 1, error = $4
      WHERE consumer = $1 AND source = $2 AND position = $3 AND ${IS_HELD}`,
    values: [name, source, position, textOf(error)],
  })
}

/** Letters behind a position that hold their aggregates, in order. */
export function readDeadLetters(
  db: Queryable,
  subgraph: string,
  { consumer, source, after, limit }: { consumer: string; source: string; after: bigint; limit: number },
): Promise<DeadLetter[]> {
  return db.rows<DeadLetter>({
    text: `SELECT ${COLUMNS} FROM ${subgraph}.dead_letter
      WHERE consumer = $1 AND source = $2 AND position > $3 AND ${IS_HELD} ORDER BY position LIMIT $4`,
    values: [consumer, source, after, limit],
  })
}
