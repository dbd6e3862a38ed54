import type { CustomerMerge } from '#domain/customer-merge.ts'
import type { UnitOfWork } from '#platform/command.ts'
import { toJson } from '#platform/json.ts'
import type { Jsonified, Table } from '#platform/table.ts'

/** Most records of one kind that move with a customer. */
export const MAX_MOVED = 5_000

/**
 * What belongs to a customer by a column, locked until the command ends; with ids, only these of it. One more than may
 * be moved, where there are too many.
 */
export async function lockOwned<State extends { readonly id: string }>(
  unit: UnitOfWork,
  { name, select, read, column }: Table<State>,
  field: keyof State & string,
  ownerId: string,
  ids: readonly string[] | null = null,
): Promise<State[]> {
  const rows = await unit.rows<Record<string, unknown>>({
    name: `${name} of a customer by ${field}, locked`,
    text: `SELECT ${select} FROM ${name} t WHERE t.${column(field)} = $1 AND ($2::text[] IS NULL OR t.id = ANY($2))
      ORDER BY t.id LIMIT ${MAX_MOVED + 1} FOR UPDATE`,
    values: [ownerId, ids],
  })
  return rows.map(read)
}

/** Keeps what a merge moved until it is undone; the version is that in which the customer says that it is merged. */
export async function keepMerge(unit: UnitOfWork, merge: CustomerMerge, version: number): Promise<void> {
  const { mergedId, survivorId, ...moved } = merge
  await unit.rows({
    text: `INSERT INTO crm.customer_merge (merged_id, merged_version, survivor_id, moved) VALUES ($1, $2, $3, $4)`,
    values: [mergedId, version, survivorId, toJson(moved)],
  })
}

/** What the merge of a customer moved, which is undone from now on. Null where none is in force. */
export async function takeMerge(unit: UnitOfWork, mergedId: string): Promise<CustomerMerge | null> {
  const [row] = await unit.rows<{
    survivorId: string
    moved: Jsonified<Omit<CustomerMerge, 'mergedId' | 'survivorId'>>
  }>({
    text: `UPDATE crm.customer_merge SET undone = true WHERE merged_id = $1 AND NOT undone
      RETURNING survivor_id AS "survivorId", moved`,
    values: [mergedId],
  })
  if (row === undefined) return null
  const { survivorId, moved } = row
  const externalRefs = moved.externalRefs.map((it) => ({ ...it, sourceVersion: BigInt(it.sourceVersion) }))
  return { ...moved, mergedId, survivorId, externalRefs }
}
