import type { Queryable } from '#platform/database.ts'
import { parseDate } from '#platform/dates.ts'

/** A contract of ours of which the calendar makes something else, and since when. */
export interface DueTerm {
  readonly contractId: string
  /** Its term begins; it is over, and goes on by itself for another one; it is over. */
  readonly due: 'BEGINS' | 'RENEWS' | 'EXPIRES'
  readonly on: Temporal.PlainDate
}

/**
 * Contracts that were signed here, after an id in order, of which the term has begun or ended by a day. What another
 * system states of its contracts that system tells; one that stands still waits for whoever stopped it.
 */
export async function readDueTerms(
  db: Queryable,
  today: Temporal.PlainDate,
  afterId: string,
  limit: number,
): Promise<DueTerm[]> {
  const rows = await db.rows<Omit<DueTerm, 'on'> & { on: string }>({
    name: 'crm terms due',
    text: `SELECT id AS "contractId", CASE WHEN end_date > $1 THEN 'BEGINS' WHEN auto_renew THEN 'RENEWS'
        ELSE 'EXPIRES' END AS due, (CASE WHEN end_date > $1 THEN start_date ELSE end_date END)::text AS "on"
      FROM crm.contract
      WHERE NOT jsonb_path_exists(external_refs, '$[*] ? (@.system != "revgraph")') AND id > $2 AND (
        (status = 'SIGNED' AND start_date <= $1) OR (status = 'ACTIVE' AND end_date <= $1)
        OR (status = 'SUSPENDED' AND end_date <= $1 AND NOT auto_renew))
      ORDER BY id LIMIT $3`,
    values: [today.toString(), afterId, limit],
  })
  return rows.map(({ on, ...term }) => ({ ...term, on: parseDate(on) }))
}
