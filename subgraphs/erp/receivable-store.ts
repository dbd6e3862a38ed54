import type { Carrying } from '#domain/carrying.ts'
import type { EntryContent } from '#domain/journal.ts'
import { type Receivables, receivableKey } from '#domain/receivables.ts'
import type { Queryable } from '#platform/database.ts'

type Owner = Pick<EntryContent, 'legalEntityId' | 'customerId' | 'currency'>

/** Receivables of the customers of these, credits less debits, and what the books carry them at. */
export async function readReceivables(db: Queryable, owners: readonly Owner[]): Promise<Receivables> {
  if (owners.length === 0) return new Map()
  const rows = await db.rows<Owner & Carrying>({
    name: 'erp receivables carried',
    text: `SELECT legal_entity_id AS "legalEntityId", customer_id AS "customerId", currency,
        sum(credit - debit)::bigint AS amount, sum(functional_credit - functional_debit)::bigint AS worth
      FROM erp.journal_line WHERE role = 'RECEIVABLES' AND customer_id = ANY($1) AND currency = ANY($2)
      GROUP BY legal_entity_id, customer_id, currency`,
    values: [
      [...new Set(owners.map(({ customerId }) => customerId))],
      [...new Set(owners.map(({ currency }) => currency))],
    ],
  })
  return new Map(rows.map(({ amount, worth, ...owner }) => [receivableKey(owner), { amount, worth }]))
}
