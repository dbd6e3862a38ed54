import type { Queryable } from '#platform/database.ts'

/** When an invoice was posted for the first time. */
export interface PostedInvoice {
  readonly invoiceId: string
  readonly postedAt: Temporal.Instant
}

/** Those of the invoices that are posted. */
export function readPostedInvoices(db: Queryable, invoiceIds: readonly string[]): Promise<PostedInvoice[]> {
  return db.rows<PostedInvoice>({
    name: 'erp invoices posted',
    text: `SELECT j.source_id AS "invoiceId", min(e.recorded_at) AS "postedAt"
      FROM erp.journal_entry j JOIN erp.event e ON e.aggregate_id = j.id AND e.version = 1
      WHERE j.source_id = ANY($1) AND j.purpose = 'INVOICE_ISSUED' GROUP BY 1`,
    values: [invoiceIds],
  })
}

/** Documents that cannot be posted, and since when the first of them is known to be so. */
export async function countBlocked(
  db: Queryable,
): Promise<{ readonly count: number; readonly oldestAt: Temporal.Instant | null }> {
  const [row] = await db.rows<{ count: number; oldestAt: Temporal.Instant | null }>({
    name: 'erp blocked counted',
    text: `SELECT count(*)::int AS count, min(recorded_at) AS "oldestAt" FROM erp.posting_note
      WHERE status = 'BLOCKED'`,
    values: [],
  })
  return row ?? { count: 0, oldestAt: null }
}
