import { type AgeingBucket, ageingBuckets, type Receivables } from '#domain/ageing.ts'
import type { AppliedAllocation, Payment, Subscription } from '#domain/billing.ts'
import { sum } from '#domain/money.ts'
import { recurringStatuses } from '#domain/recurring.ts'
import type { Database, Queryable } from '#platform/database.ts'
import { type Invariant, keptInvariant } from '#platform/invariant.ts'
import { contentHash, toJson } from '#platform/json.ts'
import { type Asked, columnName, type Jsonified, narrowed, type Table } from '#platform/table.ts'
import type { PositionStore } from './stripe/import.ts'
import type { Position } from './stripe/pages.ts'
import type { RawCollection, RawObject, RawStore } from './stripe/raw.ts'
import { type PaymentHeader, paymentHeaders, subscriptions } from './tables.ts'

const reviveAllocations = (stored: Jsonified<readonly AppliedAllocation[]>): AppliedAllocation[] =>
  stored.map((it) => ({ ...it, amount: BigInt(it.amount), applied: BigInt(it.applied) }))

/** A payment with its allocations, which are rows of their own since they are asked for from both sides. */
export const payments: Table<Payment> = {
  name: paymentHeaders.name,
  variant: ' whole',
  column: columnName,
  select: `${paymentHeaders.select}, (
    SELECT coalesce(json_agg(json_build_object('id', a.id, 'invoiceId', a.invoice_id,
      'amount', a.amount::text, 'applied', a.applied::text) ORDER BY a.id COLLATE "C"), '[]')
    FROM billing.allocation a WHERE a.payment_id = t.id AND a.amount > 0) AS "allocations"`,
  read: (row) => ({
    ...paymentHeaders.read(row),
    allocations: reviveAllocations(row['allocations'] as Jsonified<readonly AppliedAllocation[]>),
  }),
  ofEvent: (data) => ({
    ...paymentHeaders.ofEvent(data),
    allocations: reviveAllocations(data['allocations'] as Jsonified<readonly AppliedAllocation[]>),
  }),
  insert: async (transaction, states) => {
    await paymentHeaders.insert(transaction, states)
    await transaction.add(
      { table: 'billing.allocation', columns: ['payment_id', 'id', 'invoice_id', 'amount', 'applied'] },
      states.flatMap(({ id: paymentId, allocations }) =>
        allocations.map(({ id, invoiceId, amount, applied }) => [paymentId, id, invoiceId, amount, applied]),
      ),
    )
  },
  update: `WITH saved AS (${paymentHeaders.update}),
    given AS (SELECT id, allocations FROM json_to_recordset($1) AS s(id text, allocations json)),
    named AS (
      SELECT given.id AS payment_id, a.id, a."invoiceId" AS invoice_id, a.amount, a.applied
      FROM given, json_to_recordset(given.allocations)
        AS a(id text, "invoiceId" text, amount bigint, applied bigint)
    ),
    withdrawn AS (
      UPDATE billing.allocation SET amount = 0, applied = 0
      WHERE payment_id IN (SELECT id FROM given)
        AND (payment_id, id) NOT IN (SELECT payment_id, id FROM named)
    )
    INSERT INTO billing.allocation (payment_id, id, invoice_id, amount, applied)
    SELECT payment_id, id, invoice_id, amount, applied FROM named
    ON CONFLICT (payment_id, id) DO UPDATE
    SET invoice_id = excluded.invoice_id, amount = excluded.amount, applied = excluded.applied`,
}

/** Payments once for each invoice that they were meant for: to be read by `invoice_id`. */
export const paymentsByInvoice: Table<PaymentHeader> = { ...paymentHeaders, name: 'billing.invoice_payment' }

/** Rows whose column holds one of the values; in no order. */
export async function readRowsBy<State extends { readonly id: string }>(
  db: Queryable,
  source: Table<State>,
  field: keyof State & string,
  values: readonly string[],
): Promise<State[]> {
  if (values.length === 0) return []
  const rows = await db.rows<Record<string, unknown>>({
    name: `${source.name} rows by ${field}`,
    text: `SELECT ${source.select} FROM ${source.name} t WHERE t.${source.column(field)} = ANY($1)`,
    values: [values],
  })
  return rows.map(source.read)
}

/** Ids of the payments that were meant for any of the invoices. */
export async function readPaymentIds(db: Queryable, invoiceIds: readonly string[]): Promise<string[]> {
  if (invoiceIds.length === 0) return []
  const rows = await db.rows<{ id: string }>({
    name: 'billing payment ids by invoice',
    text: `SELECT DISTINCT payment_id AS id FROM billing.allocation WHERE invoice_id = ANY($1) AND amount > 0`,
    values: [invoiceIds],
  })
  return rows.map(({ id }) => id)
}

/** Ids of the invoices and payments that the documents name, or named in any state before: events remember all. */
export async function readNamedIds(db: Queryable, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db.rows<{ id: string }>({
    name: 'billing ids that documents named',
    text: `SELECT named.id
      FROM billing.event CROSS JOIN LATERAL (
        SELECT unnest(ARRAY[data->>'invoiceId', data->>'paymentId']) AS id
        UNION ALL SELECT a->>'invoiceId' FROM jsonb_array_elements(data->'allocations') AS a
      ) AS named
      WHERE aggregate_id = ANY($1) AND named.id IS NOT NULL
      GROUP BY named.id`,
    values: [ids],
  })
  return rows.map(({ id }) => id)
}

/** Number of locks that stand for all documents: a power of two, small enough for PostgreSQL's lock table. */
const DOCUMENT_LOCKS = 1_024
/** Any number that tells these locks from other advisory ones. */
const DOCUMENT_LOCK_SPACE = 7_384_002

/**
 * Holds documents until the transaction ends, also those that are not stored yet: a payment that names an invoice and
 * the invoice itself may arrive at once, and one of the two has to see the other.
 */
export async function lockDocuments(db: Queryable, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db.rows({
    name: 'billing document locks',
    text: `WITH wanted AS MATERIALIZED (
        SELECT DISTINCT hashtext(id) & ${DOCUMENT_LOCKS - 1} AS lock FROM unnest($1::text[]) AS id ORDER BY lock
      )
      SELECT pg_advisory_xact_lock(${DOCUMENT_LOCK_SPACE}, lock) FROM wanted`,
    values: [ids],
  })
}

/** Days of a legal entity that billing was not told about are counted in UTC. */
export const DEFAULT_TIME_ZONE = 'UTC'

/** The time zone of each legal entity; in the order of the ids. */
export async function readTimeZones(db: Queryable, ids: readonly string[]): Promise<string[]> {
  const rows = await db.rows<{ id: string; timeZone: string }>({
    name: 'billing time zones',
    text: 'SELECT id, time_zone AS "timeZone" FROM billing.legal_entity WHERE id = ANY($1)',
    values: [ids],
  })
  const zones = new Map(rows.map(({ id, timeZone }) => [id, timeZone]))
  return ids.map((id) => zones.get(id) ?? DEFAULT_TIME_ZONE)
}

/** Open balances of one customer, currency and ageing bucket, or the cash on account of one customer and currency. */
interface OwedRow {
  readonly customerId: string
  readonly currency: string
  readonly bucket: number
  readonly balance: bigint
  readonly overdue: bigint
  readonly unapplied: bigint
  readonly daysPastDue: number
}

/** What each customer owes at an instant, by currency code; in the order of the ids. Days are the legal entities'. */
export async function readReceivables(
  db: Queryable,
  customerIds: readonly string[],
  now: Temporal.Instant,
  buckets: readonly AgeingBucket[] = ageingBuckets,
): Promise<Receivables[][]> {
  const firstDays = buckets.flatMap(({ upToDays }) => (upToDays === null ? [] : [upToDays + 1]))
  const rows = await db.rows<OwedRow>({
    name: 'billing receivables',
    text: `SELECT customer_id AS "customerId", currency,
        width_bucket(days, $3::int[]) AS bucket,
        sum(balance)::bigint AS balance,
        coalesce(sum(balance) FILTER (WHERE days > 0), 0)::bigint AS overdue,
        0::bigint AS unapplied,
        greatest(max(days), 0) AS "daysPastDue"
      FROM (
        SELECT customer_id, currency, balance,
          ($2::timestamptz AT TIME ZONE coalesce(time_zone, '${DEFAULT_TIME_ZONE}'))::date - due_date AS days
        FROM billing.invoice LEFT JOIN billing.legal_entity ON legal_entity.id = legal_entity_id
        WHERE customer_id = ANY($1) AND status IN ('OPEN', 'PARTIALLY_PAID')
      ) AS owed
      GROUP BY 1, 2, 3
      UNION ALL
      SELECT customer_id, currency, 0, 0, 0, sum(unapplied)::bigint, 0
      FROM billing.payment WHERE customer_id = ANY($1) AND unapplied > 0
      GROUP BY 1, 2`,
    values: [customerIds, now.toString(), firstDays],
  })
  const byCustomer = Map.groupBy(rows, ({ customerId }) => customerId)
  return customerIds.map((id) => {
    const byCurrency = Map.groupBy(byCustomer.get(id) ?? [], ({ currency }) => currency)
    return [...byCurrency.keys()]
      .toSorted()
      .map((currency) => summary(currency, byCurrency.get(currency) ?? [], buckets))
  })
}

function summary(currency: string, rows: readonly OwedRow[], buckets: readonly AgeingBucket[]): Receivables {
  const inBucket = (index: number): bigint =>
    sum(rows.filter(({ bucket }) => bucket === index).map(({ balance }) => balance))
  return {
    currency,
    total: sum(rows.map(({ balance }) => balance)),
    overdue: sum(rows.map(({ overdue }) => overdue)),
    unappliedCash: sum(rows.map(({ unapplied }) => unapplied)),
    ageing: buckets.map(({ bucket }, index) => ({ bucket, amount: inBucket(index) })),
    oldestDaysPastDue: Math.max(0, ...rows.map(({ daysPastDue }) => daysPastDue)),
  }
}

/** The rule that adds them up shows no field of them. */
const NOTHING_SHOWN: Asked = new Set()

/** Subscriptions that count as recurring revenue, all of each customer's; in the order of the ids. */
export async function readRecurring(
  db: Queryable,
  customerIds: readonly string[],
): Promise<Subscription[][]> {
  const { name, variant, select, read } = narrowed(subscriptions, NOTHING_SHOWN)
  const rows = await db.rows<Record<string, unknown>>({
    name: `billing recurring${variant}`,
    text: `SELECT ${select} FROM ${name} t WHERE t.customer_id = ANY($1) AND t.status = ANY($2)`,
    values: [customerIds, [...recurringStatuses]],
  })
  const byCustomer = Map.groupBy(rows.map(read), ({ customerId }) => customerId)
  return customerIds.map((id) => byCustomer.get(id) ?? [])
}

/** Keeps what imports saw: each content of an object once, and when it was last seen. */
export const rawObjects = (db: Database): RawStore => ({
  keep: async (objects) => {
    if (objects.length === 0) return
    const rows = objects.map((object) => ({ ...object, contentHash: contentHash(object.payload) }))
    await db.rows({
      text: `INSERT INTO billing.raw_object
          (system, instance, object_type, external_id, content_hash, source_version, observed_at, payload)
        SELECT DISTINCT ON ("objectType", "externalId", "contentHash") system, instance, "objectType",
          "externalId", "contentHash", "sourceVersion", "observedAt", payload
        FROM json_to_recordset($1) AS s(system text, instance text, "objectType" text, "externalId" text,
          "contentHash" text, "sourceVersion" bigint, "observedAt" timestamptz, payload jsonb)
        ORDER BY "objectType", "externalId", "contentHash", "sourceVersion" DESC
        ON CONFLICT (system, instance, object_type, external_id, content_hash) DO UPDATE
        SET source_version = excluded.source_version, observed_at = excluded.observed_at
        WHERE raw_object.source_version < excluded.source_version`,
      values: [toJson(rows)],
    })
  },
  read: (collection, afterExternalId, limit) => readRawObjects(db, collection, afterExternalId, limit),
})

/** The newest content of each object, by the bytes of its external id. */
function readRawObjects(
  db: Queryable,
  { system, instance, objectType }: RawCollection,
  afterExternalId: string | null,
  limit: number,
): Promise<RawObject[]> {
  return db.rows<RawObject>({
    name: 'billing raw objects',
    text: `SELECT DISTINCT ON (external_id) system, instance, object_type AS "objectType",
        external_id AS "externalId", source_version AS "sourceVersion", observed_at AS "observedAt", payload
      FROM billing.raw_object
      WHERE system = $1 AND instance = $2 AND object_type = $3 AND external_id > $4
      ORDER BY external_id, source_version DESC, content_hash LIMIT $5`,
    values: [system, instance, objectType, afterExternalId ?? '', limit],
  })
}

/** Where an import is, by its name: `stripe/<account>`. */
export function importPositions<Place = Position>(db: Database, name: string): PositionStore<Place> {
  const write = async (position: Place | null): Promise<void> => {
    await db.rows({
      text: `INSERT INTO billing.import_position (import, position) VALUES ($1, $2)
        ON CONFLICT (import) DO UPDATE SET position = excluded.position`,
      values: [name, position === null ? null : toJson(position)],
    })
  }
  return {
    load: async () => {
      const [row] = await db.rows<{ position: Place | null }>({
        text: 'SELECT position FROM billing.import_position WHERE import = $1',
        values: [name],
      })
      return row?.position ?? null
    },
    save: write,
    clear: () => write(null),
  }
}

/** What holds among billing's documents. The state of an invoice or payment is checked against its parts. */
export const billingInvariants: readonly Invariant[] = [
  keptInvariant('billing', {
    invoice: 'invoice',
    payment: 'payment',
    creditNote: 'credit_note',
    refund: 'refund',
    dispute: 'dispute',
  }),
  {
    name: '5 invoice total',
    statement: "an invoice's total is its lines and its tax",
    offenders: `SELECT id FROM billing.invoice
      WHERE subtotal <> (SELECT coalesce(sum((l->>'amount')::bigint), 0) FROM jsonb_array_elements(lines) AS l)
        OR tax <> (SELECT coalesce(sum((l->>'amount')::bigint), 0) FROM jsonb_array_elements(tax_lines) AS l)
        OR total <> subtotal + tax`,
  },
  {
    name: '5 invoice balance',
    statement:
      'the balance of an issued invoice is its total less what payments, credit notes and write-offs took',
    offenders: `
      WITH applied AS (
        SELECT invoice_id, sum(applied) AS amount FROM billing.allocation GROUP BY 1
      ), credit AS (
        SELECT invoice_id, currency, sum(amount) AS amount FROM billing.credit_note
        WHERE status IN ('ISSUED', 'APPLIED', 'REFUNDED') GROUP BY 1, 2
      )
      SELECT id FROM billing.invoice
      LEFT JOIN applied ON applied.invoice_id = id
      LEFT JOIN credit ON credit.invoice_id = id AND credit.currency = invoice.currency
      WHERE balance < 0 OR allocated <> coalesce(applied.amount, 0)
        OR status NOT IN ('DRAFT', 'VOID') AND (
          credited > total OR credited <> coalesce(credit.amount, 0) AND coalesce(credit.amount, 0) <= total
          OR balance <> total - allocated - credited - written_off)
        OR status = 'VOID' AND (balance, allocated, credited, written_off) <> (0, 0, 0, 0)`,
  },
  {
    name: '6 payment',
    statement:
      'the parts of a received payment, what it left on account and what was repaid of that, are the payment',
    offenders: `
      WITH applied AS (
        SELECT payment_id, sum(amount) AS meant, sum(applied) AS amount FROM billing.allocation GROUP BY 1
      ), given_back AS (
        SELECT payment_id, sum(from_unapplied) AS amount FROM billing.refund
        WHERE status IN ('PENDING', 'SUCCEEDED') GROUP BY 1
      )
      SELECT id FROM billing.payment
      LEFT JOIN applied ON applied.payment_id = id
      LEFT JOIN given_back ON given_back.payment_id = id
      WHERE coalesce(applied.meant, 0) > payment.amount
        OR coalesce(applied.amount, 0) + coalesce(given_back.amount, 0) + unapplied
          <> CASE outcome WHEN 'SUCCEEDED' THEN payment.amount ELSE 0 END`,
  },
  {
    name: '6 refunds',
    statement: 'what was refunded is the sum of the refunds, save those that claim more than was received',
    offenders: `SELECT payment.id FROM billing.payment
      LEFT JOIN billing.refund ON refund.payment_id = payment.id AND refund.status IN ('PENDING', 'SUCCEEDED')
        AND refund.currency = payment.currency
      GROUP BY payment.id
      HAVING refunded > CASE outcome WHEN 'SUCCEEDED' THEN payment.amount ELSE 0 END
        OR coalesce(sum(refund.amount), 0) <> refunded
          AND coalesce(sum(refund.amount), 0) <= CASE outcome WHEN 'SUCCEEDED' THEN payment.amount ELSE 0 END`,
  },
  {
    name: '6 credit notes',
    statement: 'credit notes that an invoice took in full are at most the invoice, net and tax apart',
    offenders: `SELECT invoice.id FROM billing.invoice JOIN billing.credit_note ON invoice_id = invoice.id
      WHERE credit_note.status IN ('ISSUED', 'APPLIED', 'REFUNDED') GROUP BY invoice.id
      HAVING sum(credit_note.amount) = credited
        AND (sum(credit_note.net) > subtotal OR sum(credit_note.tax) > invoice.tax)`,
  },
  {
    name: '9 invoice numbers',
    statement: 'the numbers that a legal entity gives follow each other without gap or repetition',
    offenders: `
      WITH numbered AS (
        SELECT invoice.id, legal_entity_id, regexp_replace(number, '\\d+$', '') AS series,
          substring(number FROM '\\d+$')::numeric AS place
        FROM billing.invoice JOIN billing.legal_entity ON legal_entity.id = legal_entity_id
        WHERE number ~ '\\d$' AND starts_with(number, code || '-')
      ), step AS (
        SELECT id, place - lag(place) OVER (PARTITION BY legal_entity_id, series ORDER BY place, id) AS length
        FROM numbered
      )
      SELECT id FROM step WHERE length <> 1`,
  },
]
