import type { Database } from '#platform/database.ts'

/** Customers do not grow with invoices: a business of this size has some. */
const CUSTOMERS = 20_000
const DAYS = 1_096

/** Three legal entities, each with three currencies, over 36 months. */
const ENTITY = `(ARRAY['ent_us', 'ent_de', 'ent_jp'])[1 + n % 3]`
const CURRENCY = `(ARRAY['USD', 'EUR', 'JPY'])[1 + n / 3 % 3]`
const DAY = `('2024-01-01'::date + (n * 7 % ${DAYS}))`

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

/** Generates invoices and payments into the raw tables, and the sums that the projections would keep of them. */
export async function fillTables(owner: Database, invoices: number): Promise<void> {
  const run = (text: string): Promise<unknown> => owner.rows({ text, values: [] })
  await owner.transaction(async (transaction) => {
    for (const text of ['SET LOCAL statement_timeout = 0', ...statements(invoices)])
      await transaction.rows({ text, values: [] })
  })
  for (const table of ['billing.invoice', 'billing.payment', 'insight.metric_total'])
    await run(`VACUUM ANALYZE ${table}`)
}

const statements = (invoices: number): string[] => [
  `INSERT INTO billing.invoice (id, version, recorded_at, external_refs, customer_id, legal_entity_id, number,
      lifecycle, status,
      currency, collection_method, issue_date, due_date, lines, tax_lines, subtotal, tax, total, allocated,
      credited, written_off, balance)
    SELECT 'inv_' || n, 1, now(), '[]', 'cus_' || n % ${CUSTOMERS}, ${ENTITY}, 'N-' || n, 'ISSUED', 'PAID', ${CURRENCY},
      'SEND_INVOICE', ${DAY}, ${DAY} + 30, '[]', '[]', 10000 + n % 5000, 0, 10000 + n % 5000, 10000 + n % 5000, 0, 0, 0
    FROM generate_series(1, ${invoices}) AS n`,
  `INSERT INTO billing.payment (id, version, recorded_at, external_refs, customer_id, legal_entity_id, outcome, status,
      currency, amount, fee, method, received_at, received_on, refunded, unapplied)
    SELECT 'pay_' || n, 1, now(), '[]', 'cus_' || n % ${CUSTOMERS}, ${ENTITY}, 'SUCCEEDED', 'SUCCEEDED', ${CURRENCY},
      10000 + n % 5000, 0, 'BANK_TRANSFER', ${DAY}, ${DAY}, 0, 0
    FROM generate_series(1, ${invoices}) AS n`,
  `CREATE INDEX ON billing.invoice (issue_date, legal_entity_id, currency) INCLUDE (subtotal)
    WHERE lifecycle = 'ISSUED'`,
  `CREATE INDEX ON billing.payment (received_on, legal_entity_id, currency) INCLUDE (amount)
    WHERE outcome = 'SUCCEEDED'`,
  ...['BILLINGS', 'COLLECTIONS'].map((measure) => totalsOf(measure)),
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

/** As the projection of the books makes them anew, of documents in their own currency. */
function totalsOf(measure: string): string {
  const [table, day, amount] =
    measure === 'BILLINGS'
      ? ['billing.invoice', 'issue_date', 'subtotal']
      : ['billing.payment', 'received_on', 'amount']
  return `INSERT INTO insight.metric_total
      (grain, starts_on, measure, legal_entity_id, currency, customer_id, projection, amount, functional)
    SELECT grain, starts_on, '${measure}', legal_entity_id, currency, customer, 'metrics-books', sum(${amount}),
      sum(${amount})
    FROM ${table} CROSS JOIN LATERAL (VALUES
      ('DAY', ${day}, ''), ('MONTH', date_trunc('month', ${day})::date, ''),
      ('CUSTOMER_MONTH', date_trunc('month', ${day})::date, customer_id)
    ) AS part(grain, starts_on, customer)
    GROUP BY 1, 2, 4, 5, 6`
}
