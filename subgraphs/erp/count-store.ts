import type { CreditProfile } from '#domain/erp.ts'
import type { CompanyCounts } from '#domain/recommend-model.ts'
import type { Queryable } from '#platform/database.ts'
import { creditProfiles } from './tables.ts'

type BookCounts = Pick<CompanyCounts, 'legalEntities' | 'watchedCustomers'>

/** Our companies, and the customers to whom accounting gave a limit or a stop. */
export async function countCompanies(db: Queryable): Promise<BookCounts> {
  const [row] = await db.rows<BookCounts>({
    name: 'erp companies counted',
    text: `SELECT
        (SELECT count(*) FROM erp.legal_entity)::int AS "legalEntities",
        (SELECT count(DISTINCT customer_id) FROM erp.credit_profile WHERE on_hold OR credit_limit IS NOT NULL)::int
          AS "watchedCustomers"`,
    values: [],
  })
  return row ?? { legalEntities: 0, watchedCustomers: 0 }
}

/** What accounting allows a customer: a stop before any other profile; null where it says nothing. */
export async function readCreditProfile(db: Queryable, customerId: string): Promise<CreditProfile | null> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'erp credit profile of a customer',
    text: `SELECT ${creditProfiles.select} FROM erp.credit_profile t WHERE t.customer_id = $1
      ORDER BY t.on_hold DESC, t.id LIMIT 1`,
    values: [customerId],
  })
  return rows.map(creditProfiles.read)[0] ?? null
}
