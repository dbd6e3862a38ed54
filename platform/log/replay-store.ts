import { randomUUID } from 'node:crypto'
import { storedTypes } from '#domain/upcast.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import type { Consumer } from './consumer.ts'

/** What is to be done again, asked for by whom and why. */
export interface ReplayRequest {
  /** REBUILD_PROJECTION: from the first event on, beside what is read. REDELIVER: what a consumer did not apply. */
  readonly kind: 'REBUILD_PROJECTION' | 'REDELIVER'
  /** Name of the consumer or projection. */
  readonly consumer: string
  /** Whose log it reads: consumers of one name may read several. Null of what an older version asked for. */
  readonly source: SubgraphName | null
  /** Events behind this position… */
  readonly after: bigint
  /** …up to this one. */
  readonly through: bigint
  /** Not faster than this, so that the rest of the system has its share. */
  readonly eventsPerSecond: number
  readonly reason: string
  readonly by: string
}

/** A replay as it stands. */
export interface Replay extends Omit<ReplayRequest, 'by'> {
  readonly id: string
  readonly status: 'REQUESTED' | 'RUNNING' | 'DONE' | 'CANCELLED' | 'FAILED'
  readonly applied: bigint
  /** Events that had been applied before. */
  readonly skipped: bigint
  readonly diff: ProjectionDiff | null
  readonly error: string | null
  readonly requestedBy: string
  readonly requestedAt: Temporal.Instant
  readonly cancelledBy: string | null
  readonly endedAt: Temporal.Instant | null
}

/** How a projection that was built anew differs from what was read until then, in numbers of states. */
export interface ProjectionDiff {
  readonly added: number
  readonly changed: number
  readonly removed: number
  /** Keys of the first of them. */
  readonly keys: readonly string[]
}

const COLUMNS = `id, kind, consumer, source, after, through, events_per_second AS "eventsPerSecond", status, applied,
  skipped, diff, error, reason, requested_by AS "requestedBy", requested_at AS "requestedAt",
  cancelled_by AS "cancelledBy", ended_at AS "endedAt"`

/** Asks for a replay; a node of the subgraph begins with it within a second. Gives its id. */
export async function requestReplay(
  db: Queryable,
  subgraph: SubgraphName,
  { kind, consumer, source, after, through, eventsPerSecond, reason, by }: ReplayRequest,
  at: Temporal.Instant,
): Promise<string> {
  const id = `rpl_${randomUUID()}`
  await db.rows({
    text: `INSERT INTO ${subgraph}.replay
        (id, kind, consumer, source, after, through, events_per_second, status, reason, requested_by, requested_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 'REQUESTED', $8, $9, $10)`,
    values: [id, kind, consumer, source, after, through, eventsPerSecond, reason, by, at.toString()],
  })
  return id
}

/** Cancels a replay that has not ended; false where it has, or there is none. */
export async function cancelReplay(
  db: Queryable,
  subgraph: SubgraphName,
  id: string,
  by: string,
  at: Temporal.Instant,
): Promise<boolean> {
  const cancelled = await db.rows({
    text: `UPDATE ${subgraph}.replay SET status = 'CANCELLED', cancelled_by = $2, ended_at = $3
      WHERE id = $1 AND status IN ('REQUESTED', 'RUNNING') RETURNING id`,
    values: [id, by, at.toString()],
  })
  return cancelled.length > 0
}

/** A replay by id. */
export async function readReplay(
  db: Queryable,
  subgraph: SubgraphName,
  id: string,
): Promise<Replay | undefined> {
  const [replay] = await db.rows<Replay>({
    text: `SELECT ${COLUMNS} FROM ${subgraph}.replay WHERE id = $1`,
    values: [id],
  })
  return replay
}

/** The latest replays of a subgraph, the last one first. */
export const readReplays = (db: Queryable, subgraph: SubgraphName, limit: number): Promise<Replay[]> =>
  db.rows<Replay>({
    text: `SELECT ${COLUMNS} FROM ${subgraph}.replay ORDER BY requested_at DESC, id LIMIT $1`,
    values: [limit],
  })

/** The replay that is next, or was under way when its node ended. */
export async function readNextReplay(db: Queryable, subgraph: SubgraphName): Promise<Replay | undefined> {
  const [replay] = await db.rows<Replay>({
    name: `${subgraph} next replay`,
    text: `SELECT ${COLUMNS} FROM ${subgraph}.replay
      WHERE status IN ('REQUESTED', 'RUNNING') ORDER BY status DESC, requested_at, id LIMIT 1`,
    values: [],
  })
  return replay
}

/** Notes what was done of a replay; false where it was cancelled meanwhile. */
export async function noteReplay(
  db: Queryable,
  subgraph: SubgraphName,
  id: string,
  done: { readonly applied: number; readonly skipped: number },
): Promise<boolean> {
  const noted = await db.rows({
    name: `${subgraph} note replay`,
    text: `UPDATE ${subgraph}.replay SET status = 'RUNNING', applied = applied + $2, skipped = skipped + $3
      WHERE id = $1 AND status IN ('REQUESTED', 'RUNNING') RETURNING id`,
    values: [id, done.applied, done.skipped],
  })
  return noted.length > 0
}

/** Ends a replay. */
export async function endReplay(
  db: Queryable,
  subgraph: SubgraphName,
  id: string,
  at: Temporal.Instant,
  outcome: { readonly error?: string; readonly diff?: ProjectionDiff },
): Promise<void> {
  await db.rows({
    text: `UPDATE ${subgraph}.replay SET status = $2, error = $3, diff = $4, ended_at = $5
      WHERE id = $1 AND status IN ('REQUESTED', 'RUNNING')`,
    values: [
      id,
      outcome.error === undefined ? 'DONE' : 'FAILED',
      outcome.error ?? null,
      outcome.diff === undefined ? null : JSON.stringify(outcome.diff),
      at.toString(),
    ],
  })
}

/** What a replay would come to for one consumer. */
export interface ReplayCount {
  readonly consumer: string
  readonly wouldApply: bigint
  /** Events that it has applied already. */
  readonly wouldSkip: bigint
}

/** Events behind one position up to another. */
export interface LogRange {
  readonly after: bigint
  readonly through: bigint
}

/** A dry run of REDELIVER: what a consumer has set aside would be applied, the rest it has; what is to come, comes. */
export async function countRedelivery(
  db: Queryable,
  subgraph: SubgraphName,
  { name, source, types }: Consumer,
  { after, through }: LogRange,
): Promise<ReplayCount> {
  const [count] = await db.rows<Omit<ReplayCount, 'consumer'>>({
    text: `WITH passed AS (
        SELECT l.position, EXISTS (SELECT FROM ${subgraph}.dead_letter d WHERE d.consumer = $1 AND d.source = $2
          AND d.position = l.position AND d.status IN ('FAILED', 'WAITING')) AS held
        FROM ${source}.log l
        WHERE l.position > $3 AND l.position <= $4 AND ($5::text[] IS NULL OR l.type = ANY($5)) AND l.position <=
          (SELECT min(position) FROM ${subgraph}.consumer WHERE name = $1 AND source = $2)
      )
      SELECT count(*) FILTER (WHERE held) AS "wouldApply", count(*) FILTER (WHERE NOT held) AS "wouldSkip" FROM passed`,
    values: [name, source, after, through, types?.flatMap((type) => storedTypes(type)) ?? null],
  })
  return { consumer: name, wouldApply: count?.wouldApply ?? 0n, wouldSkip: count?.wouldSkip ?? 0n }
}

/** A dry run of REBUILD_PROJECTION: every event that the projection takes is applied, beside what is read. */
export async function countRebuild(db: Queryable, { name, source, types }: Consumer): Promise<ReplayCount> {
  const [count] = await db.rows<{ all: bigint }>({
    text: `SELECT count(*) AS all FROM ${source}.log WHERE $1::text[] IS NULL OR type = ANY($1)`,
    values: [types?.flatMap((type) => storedTypes(type)) ?? null],
  })
  return { consumer: name, wouldApply: count?.all ?? 0n, wouldSkip: 0n }
}
