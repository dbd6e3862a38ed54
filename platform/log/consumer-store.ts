import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import type { Consumer } from './consumer.ts'
import type { Office } from './office.ts'
import { readBounds } from './read.ts'

/** A share of a consumer: it has a place in the log, and one node at a time works on it. */
export interface ConsumerShare {
  /** The subgraph in whose store the consumer's place and effects are. */
  readonly subgraph: SubgraphName
  readonly name: string
  readonly source: SubgraphName
  readonly share: number
}

/** Another node works on the share, or it was moved on by other means: what was begun is rolled back. */
export class Fenced extends Error {
  override readonly name = 'Fenced'
}

const IS_SHARE = 'name = $1 AND source = $2 AND share = $3'
const keyOf = ({ name, source, share }: ConsumerShare): unknown[] => [name, source, share]

/** The office of working on a share. */
export const officeOf = (share: ConsumerShare): Office => ({
  table: `${share.subgraph}.consumer`,
  condition: IS_SHARE,
  values: keyOf(share),
})

/** Gives a consumer its places when it is first run. Throws where it was divided into another number of shares. */
export async function enlist(
  db: Queryable,
  subgraph: SubgraphName,
  { name, source, shares, beginsWith }: Consumer,
): Promise<void> {
  const { oldest, head } = await readBounds(db, source)
  await db.rows({
    text: `INSERT INTO ${subgraph}.consumer (name, source, share, shares, position)
      SELECT $1, $2, share, $3, $4 FROM generate_series(0, $3::int - 1) AS share ON CONFLICT DO NOTHING`,
    values: [name, source, shares, beginsWith === 'OLDEST' ? oldest - 1n : head],
  })
  const others = await db.rows({
    text: `SELECT FROM ${subgraph}.consumer WHERE name = $1 AND source = $2 AND shares <> $3`,
    values: [name, source, shares],
  })
  if (others.length > 0)
    throw new Error(`The consumer ${name} of ${source} cannot be divided anew: give it another name.`)
}

/** The position up to which a share is done. */
export async function readPlace(db: Queryable, share: ConsumerShare): Promise<bigint> {
  const [place] = await db.rows<{ position: bigint }>({
    text: `SELECT position FROM ${share.subgraph}.consumer WHERE ${IS_SHARE}`,
    values: keyOf(share),
  })
  if (place === undefined) throw new Error(`The consumer ${share.name} of ${share.source} is not enlisted.`)
  return place.position
}

/**
 * Moves a share on to a position, and locks it until the transaction ends: nothing of it is applied twice. Throws
 * Fenced where its office was lost, or it is further on than `after`.
 */
export async function moveOn(
  db: Queryable,
  share: ConsumerShare,
  epoch: bigint,
  { after, through }: { readonly after: bigint; readonly through: bigint },
): Promise<void> {
  const moved = await db.rows({
    name: `${share.subgraph} consumer moves on`,
    text: `UPDATE ${share.subgraph}.consumer SET position = $6
      WHERE ${IS_SHARE} AND epoch = $4 AND position <= $5 RETURNING position`,
    values: [...keyOf(share), epoch, after, through],
  })
  if (moved.length === 0)
    throw new Fenced(`${share.name} of ${share.source}, share ${share.share}, is not ours any more`)
}

/** Writes down how far a share is that moved over events of no concern, unless it is further on or lost. */
export async function notePlace(
  db: Queryable,
  share: ConsumerShare,
  epoch: bigint,
  position: bigint,
): Promise<void> {
  await db.rows({
    name: `${share.subgraph} consumer notes its place`,
    text: `UPDATE ${share.subgraph}.consumer SET position = $5 WHERE ${IS_SHARE} AND epoch = $4 AND position < $5`,
    values: [...keyOf(share), epoch, position],
  })
}

/** Keeps whoever works on a share waiting until the transaction ends. */
export async function lockShare(db: Queryable, share: ConsumerShare): Promise<void> {
  await db.rows({
    text: `SELECT FROM ${share.subgraph}.consumer WHERE ${IS_SHARE} FOR UPDATE`,
    values: keyOf(share),
  })
}

/** How far behind a consumer's share is. */
export interface Lag {
  readonly name: string
  readonly source: SubgraphName
  readonly share: number
  readonly position: bigint
  /** Published events that it has not passed. */
  readonly events: bigint
}

/** How far behind the consumers of a subgraph are, by source. */
export async function readLag(
  db: Queryable,
  subgraph: SubgraphName,
  sources: readonly SubgraphName[],
): Promise<Lag[]> {
  if (sources.length === 0) return []
  const heads = sources.map((source) => `SELECT '${source}' AS source, head FROM ${source}.relay`)
  return db.rows<Lag>({
    name: `${subgraph} lag ${sources.join(' ')}`,
    text: `SELECT name, source, share, position, head - position AS events
      FROM ${subgraph}.consumer JOIN (${heads.join(' UNION ALL ')}) AS log USING (source) ORDER BY name, source, share`,
    values: [],
  })
}

/** How many events of the subgraphs are published yet to nobody. */
export async function countUnpublished(db: Queryable, subgraphs: readonly SubgraphName[]): Promise<bigint> {
  const counts = subgraphs.map((subgraph) => `(SELECT count(*) FROM ${subgraph}.outbox)`)
  const [row] = await db.rows<{ events: bigint }>({
    name: `unpublished ${subgraphs.join(' ')}`,
    text: `SELECT ${counts.join(' + ')} AS events`,
    values: [],
  })
  return row?.events ?? 0n
}
