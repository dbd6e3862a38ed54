import type { Queryable } from '#platform/database.ts'

/** Ids of documents that may owe something, or be on account. */
export interface DocumentIds {
  readonly invoiceIds: readonly string[]
  readonly paymentIds: readonly string[]
}

/** Whose documents are wanted as of which day. */
export interface OwedOn {
  /** Legal entities, each with the last day that counts. */
  readonly days: ReadonlyMap<string, Temporal.PlainDate>
  /** Customers; null for all. */
  readonly customerIds: readonly string[] | null
  /** Documents that changed after this instant may have owed something before; null where what is known now counts. */
  readonly knownAt: Temporal.Instant | null
}

/**
 * Documents that may have owed something, or been on account, on the days: all that is not settled, and what was
 * settled, cancelled, given up or paid back later. A small part of what was ever billed, unless the days are long past.
 */
export async function readOpenDocuments(
  db: Queryable,
  { days, customerIds, knownAt }: OwedOn,
): Promise<DocumentIds> {
  const values = [
    [...days.keys()],
    [...days.values()].map((day) => day.toString()),
    customerIds,
    knownAt?.toString() ?? null,
  ]
  const invoices = await db.rows<{ id: string }>({
    name: 'billing open invoices on days',
    text: `SELECT i.id FROM billing.invoice i
      JOIN unnest($1::text[], $2::date[]) AS wanted(entity, day) ON wanted.entity = i.legal_entity_id
      WHERE i.issue_date <= wanted.day AND i.lifecycle <> 'DRAFT' AND ($3::text[] IS NULL OR i.customer_id = ANY($3))
        AND (i.balance > 0 OR i.paid_on > wanted.day OR i.closed_on > wanted.day
          OR i.recorded_at > $4::timestamptz)`,
    values,
  })
  const payments = await db.rows<{ id: string }>({
    name: 'billing payments on account on days',
    text: `SELECT p.id FROM billing.payment p
      JOIN unnest($1::text[], $2::date[]) AS wanted(entity, day) ON wanted.entity = p.legal_entity_id
      WHERE p.received_on <= wanted.day AND p.customer_id IS NOT NULL
        AND ($3::text[] IS NULL OR p.customer_id = ANY($3))
        AND (p.unapplied > 0 OR p.recorded_at > $4::timestamptz
          OR EXISTS (SELECT FROM billing.refund r WHERE r.payment_id = p.id AND r.refunded_on > wanted.day)
          OR EXISTS (SELECT FROM billing.allocation a JOIN billing.invoice i ON i.id = a.invoice_id
            WHERE a.payment_id = p.id AND (i.issue_date > wanted.day OR i.closed_on > wanted.day)))`,
    values,
  })
  return { invoiceIds: invoices.map(({ id }) => id), paymentIds: payments.map(({ id }) => id) }
}

/** The documents, and all that share a payment or an invoice with them, over however many steps. */
export async function readConnectedIds(
  db: Queryable,
  { invoiceIds, paymentIds }: DocumentIds,
): Promise<DocumentIds> {
  const [row] = await db.rows<DocumentIds>({
    name: 'billing connected ids',
    text: `WITH RECURSIVE met(id, is_payment) AS (
        SELECT id, false FROM unnest($1::text[]) AS id UNION SELECT id, true FROM unnest($2::text[]) AS id
        UNION
        SELECT next.id, NOT met.is_payment
        FROM met CROSS JOIN LATERAL (
          SELECT a.invoice_id AS id FROM billing.allocation a WHERE met.is_payment AND a.payment_id = met.id
          UNION ALL
          SELECT a.payment_id FROM billing.allocation a WHERE NOT met.is_payment AND a.invoice_id = met.id
        ) AS next
      )
      SELECT coalesce(array_agg(id) FILTER (WHERE NOT is_payment), '{}') AS "invoiceIds",
        coalesce(array_agg(id) FILTER (WHERE is_payment), '{}') AS "paymentIds"
      FROM met`,
    values: [invoiceIds, paymentIds],
  })
  return row ?? { invoiceIds: [], paymentIds: [] }
}

/** Ids of all legal entities whose documents billing may have, by code point. */
export async function readLegalEntityIds(db: Queryable): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'billing legal entities',
    text: 'SELECT id FROM billing.legal_entity ORDER BY id COLLATE "C"',
    values: [],
  })
  return rows.map(({ id }) => id)
}
