import type { Queryable } from '#platform/database.ts'

/** Exceptions that were not resolved by their deadline, longest missed first. */
export const readMissedExceptions = (
  db: Queryable,
  now: Temporal.Instant,
  limit: number,
): Promise<string[]> => readIds(db, 'exception', `status NOT IN ('IN_PROGRESS', 'RESOLVED')`, now, limit)

/** Approvals that nobody decided by their deadline, longest missed first. */
export const readMissedApprovals = (db: Queryable, now: Temporal.Instant, limit: number): Promise<string[]> =>
  readIds(db, 'approval', `status = 'PENDING'`, now, limit)

async function readIds(
  db: Queryable,
  table: 'approval' | 'exception',
  condition: string,
  now: Temporal.Instant,
  limit: number,
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: `operations missed ${table}s`,
    text: `SELECT id FROM operations.${table} WHERE due_at <= $1 AND ${condition} ORDER BY due_at LIMIT $2`,
    values: [now.toString(), limit],
  })
  return rows.map(({ id }) => id)
}
