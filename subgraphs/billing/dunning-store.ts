import type { Queryable } from '#platform/database.ts'

/** How what customers owe is collected. */
export interface CollectionState {
  /** Whether a payment of theirs is contested at the bank. */
  readonly isDisputed: boolean
  /** Whether the collection of an invoice waits. */
  readonly isPaused: boolean
}

const OPEN = "('OPEN', 'PARTIALLY_PAID')"

/** The newest collection of an invoice `i`: that one counts. */
const NEWEST = `LATERAL (
  SELECT status FROM billing.dunning WHERE invoice_id = i.id ORDER BY recorded_at DESC LIMIT 1) d`

/** Tells how what customers owe is collected now; several where one carries on for others. */
export async function readCollection(
  db: Queryable,
  customerIds: readonly string[],
): Promise<CollectionState> {
  const [state] = await db.rows<CollectionState>({
    name: 'billing collection of customers',
    text: `SELECT
        EXISTS (SELECT FROM billing.dispute
          WHERE customer_id = ANY($1) AND status IN ('NEEDS_RESPONSE', 'UNDER_REVIEW')) AS "isDisputed",
        EXISTS (SELECT FROM billing.invoice i CROSS JOIN ${NEWEST}
          WHERE i.customer_id = ANY($1) AND i.status IN ${OPEN} AND d.status = 'PAUSED') AS "isPaused"`,
    values: [customerIds],
  })
  if (state === undefined) throw new Error('A statement without a condition gave no row')
  return state
}

/** Ids of invoices of a customer that are overdue or collected: at most so many, those that are longest due. */
export async function readCollectible(
  db: Queryable,
  customerId: string,
  on: Temporal.PlainDate,
  limit: number,
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'billing collectible invoices of a customer',
    text: `SELECT i.id FROM billing.invoice i LEFT JOIN ${NEWEST} ON true
      WHERE i.customer_id = $1 AND i.status IN ${OPEN} AND (i.due_date < $2 OR d.status IS NOT NULL)
      ORDER BY i.due_date, i.id LIMIT $3`,
    values: [customerId, on.toString(), limit],
  })
  return rows.map(({ id }) => id)
}
