import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'

/**
 * A leader that says nothing for so long has lost its office: it was killed, stopped or cut off. By PostgreSQL's
 * clock, which is one for all nodes. Safety does not hang on it: who lost the office has an older epoch.
 */
export const LEASE_MS = 3_000

/** Takes office where nobody holds it: gives the new epoch, or undefined where another leads. */
export async function takeOffice(db: Queryable, source: SubgraphName): Promise<bigint | undefined> {
  const [taken] = await db.rows<{ epoch: bigint }>({
    name: `${source} relay takes office`,
    text: `UPDATE ${source}.relay SET epoch = epoch + 1, leased_until = ${leaseEnd}
      WHERE leased_until < clock_timestamp() RETURNING epoch`,
    values: [],
  })
  return taken?.epoch
}

/** Holds an office for another lease; false where it is lost. */
export async function stayInOffice(db: Queryable, source: SubgraphName, epoch: bigint): Promise<boolean> {
  const held = await db.rows({
    name: `${source} relay stays in office`,
    text: `UPDATE ${source}.relay SET leased_until = ${leaseEnd} WHERE epoch = $1 RETURNING epoch`,
    values: [epoch],
  })
  return held.length > 0
}

/** Lays an office down, so that the next one need not wait. */
export async function leaveOffice(db: Queryable, source: SubgraphName, epoch: bigint): Promise<void> {
  await db.rows({
    name: `${source} relay leaves office`,
    text: `UPDATE ${source}.relay SET leased_until = '-infinity' WHERE epoch = $1`,
    values: [epoch],
  })
}

const leaseEnd = `clock_timestamp() + interval '${LEASE_MS} milliseconds'`
