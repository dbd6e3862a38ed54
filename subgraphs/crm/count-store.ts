import type { CompanyCounts } from '#domain/recommend-model.ts'
import type { Queryable } from '#platform/database.ts'

/** How many customers there are, and how often a contract was amended at most. */
export async function countDeals(db: Queryable): Promise<Pick<CompanyCounts, 'amendments' | 'customers'>> {
  const [row] = await db.rows<{ amendments: number; customers: number }>({
    name: 'crm deals counted',
    text: `SELECT
        (SELECT count(*) FROM crm.customer WHERE status = 'ACTIVE')::int AS customers,
        (SELECT coalesce(max(amendments), 0) FROM (
          SELECT count(*) AS amendments FROM crm.amendment GROUP BY contract_id
        ) AS of_contract)::int AS amendments`,
    values: [],
  })
  return row ?? { amendments: 0, customers: 0 }
}

/** How often a contract was amended; what failed or was taken back does not count. */
export async function countAmendments(db: Queryable, contractId: string): Promise<number> {
  const [row] = await db.rows<{ count: number }>({
    name: 'crm amendments of a contract counted',
    text: `SELECT count(*)::int AS count FROM crm.amendment
      WHERE contract_id = $1 AND status NOT IN ('COMPENSATED', 'FAILED')`,
    values: [contractId],
  })
  return row?.count ?? 0
}
