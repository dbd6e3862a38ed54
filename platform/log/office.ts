import type { Queryable } from '#platform/database.ts'

/**
 * Work that one node at a time may do: a row with an `epoch` and a `leased_until`. Who took office last has the highest
 * epoch; each transaction of the work looks at the epoch, so that whoever was stopped and wakes up changes nothing.
 */
export interface Office {
  /** Table and condition of the row: `billing.relay`, and for one of several rows `$1` and so on for `values`. */
  readonly table: string
  readonly condition: string
  readonly values: readonly unknown[]
}

/**
 * A holder that says nothing for so long has lost the office: it was killed, stopped or cut off. By PostgreSQL's clock,
 * which is one for all nodes.
 */
export const LEASE_MS = 3_000

const leaseEnd = `clock_timestamp() + interval '${LEASE_MS} milliseconds'`

/** Takes office where nobody holds it: gives the new epoch, or undefined where another node is in office. */
export async function takeOffice(
  db: Queryable,
  { table, condition, values }: Office,
): Promise<bigint | undefined> {
  const [taken] = await db.rows<{ epoch: bigint }>({
    name: `${table} take office`,
    text: `UPDATE ${table} SET epoch = epoch + 1, leased_until = ${leaseEnd}
      WHERE ${condition} AND leased_until < clock_timestamp() RETURNING epoch`,
    values,
  })
  return taken?.epoch
}

/** Stays for another lease; false where the office is lost. */
export async function stayInOffice(
  db: Queryable,
  { table, condition, values }: Office,
  epoch: bigint,
): Promise<boolean> {
  const held = await db.rows({
    name: `${table} stay in office`,
    text: `UPDATE ${table} SET leased_until = ${leaseEnd}
      WHERE ${condition} AND epoch = $${values.length + 1} RETURNING epoch`,
    values: [...values, epoch],
  })
  return held.length > 0
}

/** Lays an office down, so that the next one need not wait. */
export async function leaveOffice(
  db: Queryable,
  { table, condition, values }: Office,
  epoch: bigint,
): Promise<void> {
  await db.rows({
    name: `${table} leave office`,
    text: `UPDATE ${table} SET leased_until = '-infinity' WHERE ${condition} AND epoch = $${values.length + 1}`,
    values: [...values, epoch],
  })
}
