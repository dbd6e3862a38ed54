import { daysBeforeAttempt } from '#domain/dunning.ts'
import type { Queryable } from '#platform/database.ts'
import { parseDate } from '#platform/dates.ts'
import { DEFAULT_TIME_ZONE } from './store.ts'

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
  SELECT status, next_attempt_on FROM billing.dunning WHERE invoice_id = i.id ORDER BY recorded_at DESC LIMIT 1) d`

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

/** An invoice with which collection is to go on, and the day that it is where its legal entity is. */
export interface DueCollection {
  readonly invoiceId: string
  readonly on: Temporal.PlainDate
}

const IS_OURS = "i.external_refs -> 0 ->> 'system' = 'revgraph'"
const DAY_OF = (now: string): string =>
  `(${now}::timestamptz AT TIME ZONE coalesce(e.time_zone, '${DEFAULT_TIME_ZONE}'))::date`

/**
 * Invoices of ours, after an id in order, of which an attempt is due, or whose collection is over because nothing is
 * owed any more. What another system issued that system collects; who contests a payment is left alone.
 */
export async function readDueCollections(
  db: Queryable,
  now: Temporal.Instant,
  afterId: string,
  limit: number,
): Promise<DueCollection[]> {
  const rows = await db.rows<{ id: string; on: string }>({
    name: 'billing collections due',
    text: `SELECT due.id, due."on"::text AS "on" FROM (
        (SELECT i.id, ${DAY_OF('$1')} AS "on" FROM billing.invoice i
          LEFT JOIN billing.legal_entity e ON e.id = i.legal_entity_id LEFT JOIN ${NEWEST} ON true
          WHERE ${IS_OURS} AND i.status IN ${OPEN} AND i.id > $2 AND coalesce(d.status, 'ACTIVE') = 'ACTIVE'
            AND coalesce(d.next_attempt_on, i.due_date + $4::int) <= ${DAY_OF('$1')}
            AND NOT EXISTS (SELECT FROM billing.dispute
              WHERE customer_id = i.customer_id AND status IN ('NEEDS_RESPONSE', 'UNDER_REVIEW'))
          ORDER BY i.id LIMIT $3)
        UNION ALL
        (SELECT i.id, ${DAY_OF('$1')} FROM billing.dunning open
          JOIN billing.invoice i ON i.id = open.invoice_id
          LEFT JOIN billing.legal_entity e ON e.id = i.legal_entity_id CROSS JOIN ${NEWEST}
          WHERE open.status IN ('ACTIVE', 'PAUSED') AND d.status IN ('ACTIVE', 'PAUSED')
            AND ${IS_OURS} AND i.status NOT IN ${OPEN} AND i.id > $2
          ORDER BY i.id LIMIT $3)
      ) due ORDER BY due.id LIMIT $3`,
    values: [now.toString(), afterId, limit, daysBeforeAttempt[0]],
  })
  return rows.map(({ id: invoiceId, on }) => ({ invoiceId, on: parseDate(on) }))
}
