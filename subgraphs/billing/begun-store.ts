import type { InvoiceStatus } from '#domain/billing.ts'
import type { Queryable } from '#platform/database.ts'

/** How far the billing of a contract has come. */
export interface ContractBilling {
  readonly contractId: string
  readonly isSubscribed: boolean
  /** Of the first invoice that counts, neither draft nor void; null while there is none. */
  readonly invoiceId: string | null
  readonly issuedOn: Temporal.PlainDate | null
  readonly status: InvoiceStatus | null
  /** When it was recorded that it was issued. */
  readonly issuedAt: Temporal.Instant | null
}

/** How far the billing of contracts has come. */
export function readContractBilling(
  db: Queryable,
  contractIds: readonly string[],
): Promise<ContractBilling[]> {
  return db.rows<ContractBilling>({
    name: 'billing begun of contracts',
    text: `SELECT wanted.id AS "contractId",
        EXISTS (SELECT FROM billing.subscription s WHERE s.contract_id = wanted.id) AS "isSubscribed",
        first.id AS "invoiceId", first.issue_date AS "issuedOn", first.status,
        (SELECT min(e.recorded_at) FROM billing.event e
          WHERE e.aggregate_id = first.id AND e.data->>'lifecycle' <> 'DRAFT') AS "issuedAt"
      FROM unnest($1::text[]) AS wanted(id) LEFT JOIN LATERAL (
        SELECT id, issue_date, status FROM billing.invoice i
        WHERE i.contract_id = wanted.id AND i.status NOT IN ('DRAFT', 'VOID')
        ORDER BY issue_date, id LIMIT 1) AS first ON true`,
    values: [contractIds],
  })
}
