import type { Recorded } from '#domain/entity.ts'
import { upcast } from '#domain/upcast.ts'
import type { Queryable } from './database.ts'
import type { Table } from './table.ts'

/**
 * States as they were known at an instant, of states as they are now. What was recorded by then has not changed since;
 * of the others the last event by then tells, and what was not known yet is left out. Costs a look-up for each state
 * that changed since the instant; nothing where that is null, which stands for now.
 */
export async function asKnownAt<State extends { readonly id: string } & Recorded>(
  db: Queryable,
  subgraph: string,
  table: Table<State>,
  states: readonly State[],
  instant: Temporal.Instant | null,
): Promise<State[]> {
  if (instant === null) return [...states]
  const isKnown = ({ recordedAt }: State): boolean => Temporal.Instant.compare(recordedAt, instant) <= 0
  const changed = states.filter((state) => !isKnown(state)).map(({ id }) => id)
  if (changed.length === 0) return [...states]
  const rows = await db.rows<{ type: string; data: Readonly<Record<string, unknown>> }>({
    name: `${subgraph} events by instant`,
    text: `SELECT known.type, known.data FROM unnest($1::text[]) AS changed(id)
      CROSS JOIN LATERAL (
        SELECT type, data FROM ${subgraph}.event
        WHERE aggregate_id = changed.id AND recorded_at <= $2 ORDER BY version DESC LIMIT 1
      ) AS known`,
    values: [changed, instant.toString()],
  })
  const before = rows.map((row) => table.ofEvent(upcast(row).data))
  return [...states.filter(isKnown), ...before]
}
