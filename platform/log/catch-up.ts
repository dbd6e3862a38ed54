import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import { readLag } from './consumer-store.ts'
import type { Projection } from './projection.ts'

type Followed = Pick<Projection, 'name' | 'source'>

/** Whether projections of a subgraph have read all that is published. */
export async function isCaughtUp(
  db: Queryable,
  subgraph: SubgraphName,
  projections: readonly Followed[],
): Promise<boolean> {
  const lags = await lagsOf(db, subgraph, projections)
  return projections.every(({ name }) => lags.some((lag) => lag.name === name && lag.events === 0n))
}

/**
 * Tells once projections have read all that was recorded before now, published or not. What follows from a past that
 * is still being read would be told of as if it were of today.
 */
export async function createCatchUp(
  db: Queryable,
  subgraph: SubgraphName,
  projections: readonly Followed[],
): Promise<() => Promise<boolean>> {
  const recorded = new Map(
    await Promise.all(
      projections.map(async ({ source }) => [source, await countRecorded(db, source)] as const),
    ),
  )
  return async () => {
    const lags = await lagsOf(db, subgraph, projections)
    return projections.every(({ name, source }) => {
      const position = lags.find((lag) => lag.name === name)?.position ?? -1n
      return position >= (recorded.get(source) ?? 0n)
    })
  }
}

async function lagsOf(db: Queryable, subgraph: SubgraphName, projections: readonly Followed[]) {
  const sources = [...new Set(projections.map(({ source }) => source))]
  const names = new Set(projections.map(({ name }) => name))
  return (await readLag(db, subgraph, sources)).filter(({ name }) => names.has(name))
}

/** How many events a subgraph has recorded so far, published or not: the position of the last of them, in time. */
async function countRecorded(db: Queryable, source: SubgraphName): Promise<bigint> {
  const [row] = await db.rows<{ count: bigint }>({
    text: `SELECT count(*) AS count FROM ${source}.event`,
    values: [],
  })
  return row?.count ?? 0n
}
