import type { CreditProfile } from '#domain/erp.ts'
import type { Queryable } from '#platform/database.ts'
import { creditProfiles } from './tables.ts'

/** The credit profile of a customer, locked until the command ends; null for one without an account. */
export async function lockCreditProfile(db: Queryable, customerId: string): Promise<CreditProfile | null> {
  const [row] = await db.rows<Record<string, unknown>>({
    name: 'erp credit profile of a customer, locked',
    text: `SELECT ${creditProfiles.select} FROM ${creditProfiles.name} t WHERE t.customer_id = $1 FOR UPDATE`,
    values: [customerId],
  })
  return row === undefined ? null : creditProfiles.read(row)
}
