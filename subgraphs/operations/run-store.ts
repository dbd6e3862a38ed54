import type { BreakCause } from '#domain/reconciliation.ts'
import type { RuleName } from '#domain/reconciliation-rules.ts'
import type { Queryable } from '#platform/database.ts'
import { toJson } from '#platform/json.ts'
import type { ListSpec } from '#platform/page.ts'
import { bigint, instant, json, table, text } from '#platform/table.ts'

/** A break that is new, has another cause, or is gone. */
export interface BreakChange {
  readonly id: string
  readonly rule: RuleName
  readonly key: string
  /** Null where it was not there. */
  readonly before: BreakCause | null
  /** Null where it is gone. */
  readonly after: BreakCause | null
}

/** What a node compared until nothing was left. */
export interface ReconciliationRun {
  readonly id: string
  readonly beganAt: Temporal.Instant
  readonly endedAt: Temporal.Instant
  /** Items that were due. */
  readonly compared: bigint
  /** Aggregates that were read for them. */
  readonly factsRead: bigint
  readonly found: bigint
  readonly changed: bigint
  readonly gone: bigint
  /** The first of these, at most KEPT_CHANGES. */
  readonly changes: readonly BreakChange[]
}

const runs = table<ReconciliationRun>('operations.reconciliation_run', {
  id: text,
  beganAt: instant,
  endedAt: instant,
  compared: bigint,
  factsRead: bigint,
  found: bigint,
  changed: bigint,
  gone: bigint,
  changes: json(),
})

/** All runs, the last first. */
export const runList: ListSpec<ReconciliationRun> = {
  name: 'reconciliation runs',
  table: runs,
  parent: null,
  sortKeys: { BEGAN_AT: { column: 'began_at', type: 'timestamptz' } },
  defaultOrder: { field: 'BEGAN_AT', direction: 'DESC' },
  filters: {},
}

/** The run that began last; null where none is kept. */
export async function readLastRun(db: Queryable): Promise<ReconciliationRun | null> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'operations reconciliation last run',
    text: `SELECT ${runs.select} FROM operations.reconciliation_run t ORDER BY began_at DESC, id DESC LIMIT 1`,
    values: [],
  })
  return rows.map(runs.read)[0] ?? null
}

/** A part of a run, as it is committed. */
interface RunPart extends Pick<ReconciliationRun, 'id' | 'beganAt' | 'endedAt' | 'changes'> {
  readonly compared: number
  readonly read: number
}

/** Changes that are kept of a run. */
const KEPT_CHANGES = 100

/** Adds a part to its run. */
export async function noteRun(
  db: Queryable,
  { id, beganAt, endedAt, compared, read, changes }: RunPart,
): Promise<void> {
  const found = changes.filter(({ before }) => before === null).length
  const gone = changes.filter(({ after }) => after === null).length
  await db.rows({
    name: 'operations reconciliation notes run',
    text: `INSERT INTO operations.reconciliation_run AS r
        (id, began_at, ended_at, compared, facts_read, found, changed, gone, changes)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, compared = r.compared + excluded.compared,
        facts_read = r.facts_read + excluded.facts_read, found = r.found + excluded.found,
        changed = r.changed + excluded.changed, gone = r.gone + excluded.gone,
        changes = jsonb_path_query_array(r.changes || excluded.changes, '$[0 to ${KEPT_CHANGES - 1}]')`,
    values: [
      id,
      beganAt.toString(),
      endedAt.toString(),
      compared,
      read,
      found,
      changes.length - found - gone,
      gone,
      toJson(changes.slice(0, KEPT_CHANGES)),
    ],
  })
}

/** Forgets runs that began before an instant. */
export async function forgetRuns(db: Queryable, before: Temporal.Instant): Promise<void> {
  await db.rows({
    name: 'operations reconciliation forgets runs',
    text: 'DELETE FROM operations.reconciliation_run WHERE began_at < $1',
    values: [before.toString()],
  })
}
