import type { Queryable } from '#platform/database.ts'
import { DEFAULT_TIME_ZONE } from './store.ts'
import { type InvoiceHeader, invoiceHeaders } from './tables.ts'

/** Ids of open invoices that are past due and not noted as overdue, after an id, in order. */
export async function readPastDue(
  db: Queryable,
  now: Temporal.Instant,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'billing invoices past due',
    text: `SELECT invoice.id FROM billing.invoice
      LEFT JOIN billing.legal_entity ON legal_entity.id = legal_entity_id
      WHERE overdue_since IS NULL AND status IN ('OPEN', 'PARTIALLY_PAID') AND invoice.id > $2
        AND due_date < ($1::timestamptz AT TIME ZONE coalesce(time_zone, '${DEFAULT_TIME_ZONE}'))::date
      ORDER BY invoice.id LIMIT $3`,
    values: [now.toString(), afterId, limit],
  })
  return rows.map(({ id }) => id)
}

/** Ids of invoices that were once overdue and changed since an instant, after an id, in order. */
export async function readNotedOverdue(
  db: Queryable,
  since: Temporal.Instant,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'billing invoices noted as overdue',
    text: `SELECT id FROM billing.invoice
      WHERE overdue_since IS NOT NULL AND recorded_at >= $1 AND id > $2 ORDER BY id LIMIT $3`,
    values: [since.toString(), afterId, limit],
  })
  return rows.map(({ id }) => id)
}

/** The open invoice that fell due first; undefined where none is open. */
export async function readLongestOpen(db: Queryable): Promise<InvoiceHeader | undefined> {
  const [row] = await db.rows<Record<string, unknown>>({
    name: 'billing longest open invoice',
    text: `SELECT ${invoiceHeaders.select} FROM billing.invoice t
      WHERE t.status IN ('OPEN', 'PARTIALLY_PAID') ORDER BY t.due_date, t.id LIMIT 1`,
    values: [],
  })
  return row && invoiceHeaders.read(row)
}
