/** What was overdue at the end of each period by how long it was, against the documents in plain SQL. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import { catchUp } from '#test/insight/catch-up.ts'
import { openWorld, type World } from './world.ts'

const TODAY = '2026-11-23'

let world: World
beforeAll(async () => {
  world = await openWorld({ customers: 40 })
  await catchUp(world.database, manualClock(`${TODAY}T12:00:00Z`))
})
afterAll(() => world.close())

interface Row {
  readonly period: string
  readonly group: Readonly<Record<'legalEntity' | 'customer', { readonly id: string } | null>>
  readonly receivables: {
    readonly overdue: { readonly minorUnits: string } | null
    readonly ageing:
      | readonly { readonly bucket: string; readonly amount: { readonly minorUnits: string } }[]
      | null
  }
}

async function ageing(variables: object): Promise<readonly Row[]> {
  const { body } = await world.ask(
    `query ($currency: CurrencyCode!, $groupBy: [MetricDimension!], $filter: MetricFilter, $grain: MetricGrain,
      $policy: MetricRatePolicy, $knownAt: DateTime) {
      revenueMetrics(period: { from: "2026-01", to: "2026-11" }, reportingCurrency: $currency, groupBy: $groupBy,
        filter: $filter, grain: $grain, ratePolicy: $policy, knownAt: $knownAt) {
        rows { period group { legalEntity { id } customer { id } }
          receivables { overdue { minorUnits } ageing { bucket amount { minorUnits } } } } } }`,
    { groupBy: ['LEGAL_ENTITY'], grain: 'MONTH', policy: 'TRANSACTION', ...variables },
  )
  const { data, errors } = JSON.parse(body) as { data: { revenueMetrics: { rows: Row[] } }; errors?: unknown }
  expect(errors).toBeUndefined()
  return data.revenueMetrics.rows
}

/** Open balances of invoices on the last day of a month, or today, by days past due. */
const owed = (currency: string, column: string) =>
  world.database.owner.rows<{ month: string; subject: string; bucket: string; amount: bigint }>({
    text: `WITH day AS (
        SELECT to_char(month, 'YYYY-MM') AS month, least((month + interval '1 month')::date - 1, '${TODAY}') AS day
        FROM generate_series('2026-01-01'::date, '2026-11-01', interval '1 month') AS month
      ), open AS (
        SELECT month, v.${column} AS subject, day - v.due_date AS days, greatest(0, v.total
          - (SELECT coalesce(sum(c.amount), 0) FROM billing.credit_note c WHERE c.invoice_id = v.id
              AND c.issued_on <= day AND c.status <> 'DRAFT' AND (c.status <> 'VOID' OR c.voided_on > day))
          - (SELECT coalesce(sum(a.amount), 0) FROM billing.allocation a JOIN billing.payment p ON p.id = a.payment_id
              WHERE a.invoice_id = v.id AND p.outcome = 'SUCCEEDED' AND p.received_on <= day)) AS balance
        FROM day, billing.invoice v
        WHERE v.currency = $1 AND v.due_date < day AND v.issue_date <= day
          AND (v.lifecycle = 'ISSUED' OR v.lifecycle <> 'DRAFT' AND v.closed_on > day)
      )
      SELECT month, subject, sum(balance)::bigint AS amount,
        CASE WHEN days <= 30 THEN '1-30' WHEN days <= 60 THEN '31-60' WHEN days <= 90 THEN '61-90'
          ELSE 'over-90' END AS bucket
      FROM open WHERE balance > 0 GROUP BY 1, 2, 4`,
    values: [currency],
  })

test.each([
  ['USD', 'LEGAL_ENTITY', 'legal_entity_id'],
  ['EUR', 'LEGAL_ENTITY', 'legal_entity_id'],
  ['JPY', 'CUSTOMER', 'customer_id'],
  ['USD', 'CUSTOMER', 'customer_id'],
])('in %s by %s is that of the documents, every month', async (currency, dimension, column) => {
  const expected = await owed(currency, column)
  const filter = { currency: { in: [currency] } }
  const reported = await ageing({ currency, groupBy: [dimension], filter, policy: 'CLOSING' })
  const told = reported.flatMap(({ period, group, receivables }) =>
    (receivables.ageing ?? []).map(
      ({ bucket, amount }) =>
        [
          `${period} ${(group.legalEntity ?? group.customer)?.id} ${bucket}`,
          BigInt(amount.minorUnits),
        ] as const,
    ),
  )
  const documents = expected.map(({ month, subject, bucket, amount }) => [
    `${month} ${subject} ${bucket}`,
    amount,
  ])
  expect(documents.length).toBeGreaterThan(0)
  expect(Object.fromEntries(told.filter(([, amount]) => amount !== 0n))).toEqual(
    Object.fromEntries(documents),
  )
})

test.each([
  ['MONTH', 'TRANSACTION', []],
  ['QUARTER', 'CLOSING', ['SEGMENT']],
  ['FISCAL_PERIOD', 'CONSTANT', ['LEGAL_ENTITY']],
])('the buckets of a %s add up to what is overdue, in any currency', async (grain, policy, groupBy) => {
  let found = 0
  for (const { receivables } of await ageing({ currency: 'EUR', grain, policy, groupBy })) {
    const amounts = (receivables.ageing ?? []).map(({ amount }) => BigInt(amount.minorUnits))
    expect(amounts).toHaveLength(4)
    expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(
      BigInt(receivables.overdue?.minorUnits ?? 'none'),
    )
    found += amounts.filter((amount) => amount !== 0n).length
  }
  expect(found).toBeGreaterThan(3)
})

test('is not told as it was known', async () => {
  const rows = await ageing({ currency: 'USD', knownAt: `${TODAY}T00:00:00Z` })
  for (const { receivables } of rows) expect(receivables).toEqual({ overdue: null, ageing: null })
})
