import type { Queryable } from '#platform/database.ts'
import type { ConsumerShare } from './consumer-store.ts'
import type { StateChange } from './projection.ts'

/** Gives the building of a generation its place, or takes it over from a node of an older epoch. */
export async function takeShadow(
  db: Queryable,
  { subgraph, name, source }: ConsumerShare,
  epoch: bigint,
): Promise<void> {
  await db.rows({
    text: `INSERT INTO ${subgraph}.consumer AS c (name, source, share, shares, position, epoch)
      VALUES ($1, $2, 0, 1, 0, $3)
      ON CONFLICT (name, source, share) DO UPDATE SET epoch = $3 WHERE c.epoch < $3`,
    values: [name, source, epoch],
  })
}

/** The furthest place of the consumer of a projection; it is kept there, if so wanted, until the transaction ends. */
export async function readFurthest(
  db: Queryable,
  { subgraph, name, source }: ConsumerShare,
  lock: 'FOR UPDATE' | '' = '',
): Promise<bigint> {
  const places = await db.rows<{ position: bigint }>({
    text: `SELECT position FROM ${subgraph}.consumer WHERE name = $1 AND source = $2 ORDER BY share ${lock}`,
    values: [name, source],
  })
  return places.reduce((furthest, { position }) => (position > furthest ? position : furthest), 0n)
}

/** How many events a consumer has set aside. */
export async function countHeld(db: Queryable, { subgraph, name, source }: ConsumerShare): Promise<bigint> {
  const [held] = await db.rows<{ count: bigint }>({
    text: `SELECT count(*) FROM ${subgraph}.dead_letter
      WHERE consumer = $1 AND source = $2 AND status IN ('FAILED', 'WAITING')`,
    values: [name, source],
  })
  return held?.count ?? 0n
}

/** Two generations of a projection, and which of their keys. */
export interface Generations {
  readonly projection: string
  readonly read: number
  readonly built: number
  readonly afterKey: string
  readonly limit: number
}

/** States of what was built that are others than what is read, in the order of their keys. */
export function readChanges(
  db: Queryable,
  subgraph: string,
  { projection, read, built, afterKey, limit }: Generations,
): Promise<StateChange[]> {
  const statesOf = (generation: string): string => `(SELECT key, state FROM ${subgraph}.projection_state
    WHERE projection = $1 AND generation = ${generation} AND key > $4)`
  return db.rows<StateChange>({
    text: `SELECT key, old.state AS before, new.state AS after
      FROM ${statesOf('$2')} AS old FULL JOIN ${statesOf('$3')} AS new USING (key)
      WHERE old.state IS DISTINCT FROM new.state ORDER BY key LIMIT $5`,
    values: [projection, read, built, afterKey, limit],
  })
}

/** Has a generation be read from now on, and its consumer go on behind the position up to which it was built. */
export async function replaceGeneration(
  db: Queryable,
  { subgraph, name, source }: ConsumerShare,
  generation: number,
  position: bigint,
): Promise<void> {
  await db.rows({
    text: `INSERT INTO ${subgraph}.projection (name, generation) VALUES ($1, $2)
      ON CONFLICT (name) DO UPDATE SET generation = excluded.generation`,
    values: [name, generation],
  })
  await db.rows({
    text: `UPDATE ${subgraph}.consumer SET position = $3 WHERE name = $1 AND source = $2`,
    values: [name, source, position],
  })
}

/** Settles what the consumer had set aside: it is part of what was built. */
export async function settleAll(
  db: Queryable,
  { subgraph, name, source }: ConsumerShare,
  { at, by, reason }: { readonly at: Temporal.Instant; readonly by: string; readonly reason: string },
): Promise<void> {
  await db.rows({
    text: `UPDATE ${subgraph}.dead_letter SET status = 'APPLIED', settled_at = $3, settled_by = $4, reason = $5
      WHERE consumer = $1 AND source = $2 AND status IN ('FAILED', 'WAITING')`,
    values: [name, source, at.toString(), by, reason],
  })
}

/** Forgets a generation that is not read. */
export async function forgetGeneration(
  db: Queryable,
  subgraph: string,
  projection: string,
  generation: number,
): Promise<void> {
  await db.rows({
    text: `DELETE FROM ${subgraph}.projection_state WHERE projection = $1 AND generation = $2`,
    values: [projection, generation],
  })
}

/** Forgets the place of a building that has ended, and what it set aside. */
export async function forgetShadow(db: Queryable, { subgraph, name, source }: ConsumerShare): Promise<void> {
  for (const text of [
    `DELETE FROM ${subgraph}.dead_letter WHERE consumer = $1 AND source = $2`,
    `DELETE FROM ${subgraph}.consumer WHERE name = $1 AND source = $2`,
  ])
    await db.rows({ text, values: [name, source] })
}
