import { upcast } from '#domain/upcast.ts'
import type { Queryable } from './database.ts'
import type { Table } from './table.ts'

/** An aggregate of a subgraph as it was in a version: its event tells. Null where it had none. */
export async function readPastVersion<State extends { readonly id: string }>(
  db: Queryable,
  subgraph: string,
  table: Pick<Table<State>, 'ofEvent'>,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<State | null> {
  const [row] = await db.rows<{ type: string; data: Readonly<Record<string, unknown>> }>({
    text: `SELECT type, data FROM ${subgraph}.event WHERE aggregate_id = $1 AND version = $2`,
    values: [id, version],
  })
  return row === undefined ? null : table.ofEvent(upcast(row).data)
}
