import type { Database } from '#platform/database.ts'

/** Customers do not grow with invoices: a business has some, each billed by one company in one currency. */
const CUSTOMERS = 20_000
const DAYS = 1_096

const CUSTOMER = `n % ${CUSTOMERS}`
/** Three legal entities, each with three currencies, over 36 months. */
const ENTITY = `(ARRAY['ent_us', 'ent_de', 'ent_jp'])[1 + ${CUSTOMER} % 3]`
const CURRENCY = `(ARRAY['USD', 'EUR', 'JPY'])[1 + ${CUSTOMER} / 3 % 3]`
const DAY = `('2024-01-01'::date + (n * 7 % ${DAYS}))`
const TABLES = ['billing.invoice', 'billing.payment'] as const

/** The same figures from raw tables, grouped as they are asked for; translated they are as many rows again. */
export const RAW = `
  SELECT date_trunc('month', issue_date) AS month, legal_entity_id, currency, sum(subtotal), 'billings' AS figure
  FROM billing.invoice WHERE issue_date BETWEEN '2026-01-01' AND '2026-12-31' AND lifecycle = 'ISSUED' GROUP BY 1, 2, 3
  UNION ALL
  SELECT date_trunc('month', received_on), legal_entity_id, currency, sum(amount), 'collections'
  FROM billing.payment WHERE received_on BETWEEN '2026-01-01' AND '2026-12-31' AND outcome = 'SUCCEEDED'
  GROUP BY 1, 2, 3`

const RATES = [
  ['EUR', '1.08'],
  ['JPY', '0.0067'],
] as const

/**
 * Opens empty tables for very many rows: not logged, without foreign keys, and of their indexes only those that raw
 * figures are read by. Legal entities and rates are there.
 */
export async function openTables(owner: Database): Promise<void> {
  const run = (text: string): Promise<unknown> => owner.rows({ text, values: [] })
  await run(`DO $$ DECLARE it record; BEGIN
    FOR it IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint
      WHERE contype IN ('f', 'p') AND (conrelid = ANY ('{${TABLES.join()}}'::regclass[])
        OR confrelid = ANY ('{${TABLES.join()}}'::regclass[])) ORDER BY contype
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I CASCADE', it.owner, it.conname); END LOOP;
    FOR it IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indrelid = ANY ('{${TABLES.join()}}'::regclass[])
    LOOP EXECUTE format('DROP INDEX %s', it.name); END LOOP;
  END $$`)
  for (const table of TABLES) await run(`ALTER TABLE ${table} SET UNLOGGED`)
  for (const text of REFERENCE) await run(text)
}

const REFERENCE: readonly string[] = [
  ...RATES.map(
    ([currency, rate]) => `INSERT INTO insight.projection_state SELECT 'metrics-reference', 1,
      'fxr_${currency}_' || month, jsonb_build_object('baseCurrency', '${currency}', 'quoteCurrency', 'USD', 'rate',
        '${rate}', 'date', month, 'source', 'bench', 'recordedAt', now())
    FROM (SELECT generate_series('2024-01-01', '2026-12-01', interval '1 month')::date::text AS month) AS m`,
  ),
  `INSERT INTO insight.projection_state SELECT 'metrics-reference', 1, 'ent_' || lower(code), jsonb_build_object(
      'code', code, 'functionalCurrency', currency, 'fiscalCalendar', 'CALENDAR_MONTHS', 'fiscalYearStartMonth', 1)
    FROM (VALUES ('US', 'USD'), ('DE', 'EUR'), ('JP', 'JPY')) AS e(code, currency)`,
]

/** Rows that are generated at a time, and vacuumed: no statement but those of a transaction may take minutes. */
const CHUNK = 500_000

/** Generates invoices and payments from one number up to another, and the sums that projections would keep of all. */
export async function fillTables(owner: Database, from: number, to: number): Promise<void> {
  await inTransaction(owner, ['DROP INDEX IF EXISTS billing.raw_invoices, billing.raw_payments'])
  for (let first = from; first < to; first += CHUNK) {
    await inTransaction(owner, rawRows(first, Math.min(to, first + CHUNK)))
    for (const table of TABLES) await vacuum(owner, table)
  }
  await inTransaction(owner, [
    `SET LOCAL maintenance_work_mem = '512MB'`,
    ...INDEXES,
    'TRUNCATE insight.metric_total',
    ...(['BILLINGS', 'COLLECTIONS'] as const).map(totalsOf),
  ])
  for (const table of ['insight.metric_total', 'insight.projection_state']) await vacuum(owner, table)
}

function inTransaction(owner: Database, texts: readonly string[]): Promise<void> {
  return owner.transaction(async (transaction) => {
    for (const text of ['SET LOCAL statement_timeout = 0', ...texts])
      await transaction.rows({ text, values: [] })
  })
}

async function vacuum(owner: Database, table: string): Promise<void> {
  await owner.rows({ text: `VACUUM ANALYZE ${table}`, values: [] })
}

const rawRows = (from: number, to: number): string[] => [
  `INSERT INTO billing.invoice (id, version, recorded_at, external_refs, customer_id, legal_entity_id, number,
      lifecycle, status,
      currency, collection_method, issue_date, due_date, lines, tax_lines, subtotal, tax, total, allocated,
      credited, written_off, balance)
    SELECT 'inv_' || n, 1, now(), '[]', 'cus_' || ${CUSTOMER}, ${ENTITY}, 'N-' || n, 'ISSUED', 'PAID', ${CURRENCY},
      'SEND_INVOICE', ${DAY}, ${DAY} + 30, '[]', '[]', 10000 + n % 5000, 0, 10000 + n % 5000, 10000 + n % 5000, 0, 0, 0
    FROM generate_series(${from + 1}, ${to}) AS n`,
  `INSERT INTO billing.payment (id, version, recorded_at, external_refs, customer_id, legal_entity_id, outcome, status,
      currency, amount, fee, method, received_at, received_on, refunded, unapplied)
    SELECT 'pay_' || n, 1, now(), '[]', 'cus_' || ${CUSTOMER}, ${ENTITY}, 'SUCCEEDED', 'SUCCEEDED', ${CURRENCY},
      10000 + n % 5000, 0, 'BANK_TRANSFER', ${DAY}, ${DAY}, 0, 0
    FROM generate_series(${from + 1}, ${to}) AS n`,
]

/** The best that raw figures can have: all that they need, in the order in which they need it. */
const INDEXES = [
  `CREATE INDEX raw_invoices ON billing.invoice (issue_date, legal_entity_id, currency) INCLUDE (subtotal)
    WHERE lifecycle = 'ISSUED'`,
  `CREATE INDEX raw_payments ON billing.payment (received_on, legal_entity_id, currency) INCLUDE (amount)
    WHERE outcome = 'SUCCEEDED'`,
]

/** As the projection of the books makes them anew, of documents in their own currency. */
function totalsOf(measure: 'BILLINGS' | 'COLLECTIONS'): string {
  const [table, day, amount] =
    measure === 'BILLINGS'
      ? ['billing.invoice', 'issue_date', 'subtotal']
      : ['billing.payment', 'received_on', 'amount']
  return `INSERT INTO insight.metric_total
      (grain, starts_on, measure, legal_entity_id, currency, customer_id, projection, amount, functional)
    SELECT grain, starts_on, '${measure}', legal_entity_id, currency, customer, 'metrics-books', sum(amount),
      sum(amount)
    FROM (SELECT ${day} AS day, legal_entity_id, currency, customer_id, sum(${amount}) AS amount
      FROM ${table} GROUP BY 1, 2, 3, 4) AS of_day
    CROSS JOIN LATERAL (VALUES ('DAY', day, ''), ('MONTH', date_trunc('month', day)::date, ''),
      ('CUSTOMER_MONTH', date_trunc('month', day)::date, customer_id)) AS part(grain, starts_on, customer)
    GROUP BY 1, 2, 4, 5, 6`
}
