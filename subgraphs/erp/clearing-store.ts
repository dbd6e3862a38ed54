import type { Carrying } from '#domain/carrying.ts'
import type { Queryable } from '#platform/database.ts'

/** What a legal entity has in clearing in a currency: received, and not at the bank yet. */
export async function readClearing(
  db: Queryable,
  legalEntityId: string,
  currency: string,
): Promise<Carrying> {
  const [clearing] = await db.rows<Carrying>({
    name: 'erp clearing',
    text: `SELECT coalesce(sum(debit - credit), 0)::bigint AS amount,
        coalesce(sum(functional_debit - functional_credit), 0)::bigint AS worth
      FROM erp.journal_line WHERE legal_entity_id = $1 AND currency = $2 AND role = 'CASH_CLEARING'`,
    values: [legalEntityId, currency],
  })
  if (clearing === undefined) throw new Error('A sum without a condition on groups gave no row')
  return clearing
}
