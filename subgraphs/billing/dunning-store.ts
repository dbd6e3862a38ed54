import type { Queryable } from '#platform/database.ts'

/** How what a customer owes is collected. */
export interface CollectionState {
  /** Whether a payment of the customer is contested at the bank. */
  readonly isDisputed: boolean
  /** Whether the collection of an invoice waits. */
  readonly isPaused: boolean
}

/** Tells how what a customer owes is collected now. Of an invoice the newest collection counts. */
export async function readCollection(db: Queryable, customerId: string): Promise<CollectionState> {
  const [state] = await db.rows<CollectionState>({
    name: 'billing collection of a customer',
    text: `SELECT
        EXISTS (SELECT FROM billing.dispute
          WHERE customer_id = $1 AND status IN ('NEEDS_RESPONSE', 'UNDER_REVIEW')) AS "isDisputed",
        EXISTS (SELECT FROM billing.invoice i CROSS JOIN LATERAL (
            SELECT status FROM billing.dunning WHERE invoice_id = i.id ORDER BY recorded_at DESC LIMIT 1) d
          WHERE i.customer_id = $1 AND i.status IN ('OPEN', 'PARTIALLY_PAID') AND d.status = 'PAUSED') AS "isPaused"`,
    values: [customerId],
  })
  if (state === undefined) throw new Error('A statement without a condition gave no row')
  return state
}
