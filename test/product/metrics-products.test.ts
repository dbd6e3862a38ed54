/** Recognised revenue by product, against the journal and the schedules in plain SQL. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import { catchUp } from '#test/insight/catch-up.ts'
import { openWorld, type World } from './world.ts'

const NOW = '2026-11-23T12:00:00Z'

let world: World
beforeAll(async () => {
  world = await openWorld({ customers: 40 })
  await catchUp(world.database, manualClock(NOW))
})
afterAll(() => world.close())

interface Row {
  readonly period: string
  readonly group: { readonly legalEntity: { readonly id: string } | null }
  readonly recognizedRevenue: { readonly minorUnits: string }
  readonly recognizedRevenueByProduct: readonly {
    readonly product: { readonly id: string; readonly name: string } | null
    readonly amount: { readonly minorUnits: string }
  }[]
}

async function products(variables: object): Promise<readonly Row[]> {
  const { body } = await world.ask(
    `query ($currency: CurrencyCode!, $groupBy: [MetricDimension!], $filter: MetricFilter, $grain: MetricGrain,
      $policy: MetricRatePolicy, $knownAt: DateTime) {
      revenueMetrics(period: { from: "2026-01", to: "2026-11" }, reportingCurrency: $currency, groupBy: $groupBy,
        filter: $filter, grain: $grain, ratePolicy: $policy, knownAt: $knownAt) {
        rows { period group { legalEntity { id } } recognizedRevenue { minorUnits }
          recognizedRevenueByProduct { product { id name } amount { minorUnits } } } } }`,
    { groupBy: ['LEGAL_ENTITY'], grain: 'MONTH', policy: 'TRANSACTION', ...variables },
  )
  const { data, errors } = JSON.parse(body) as { data: { revenueMetrics: { rows: Row[] } }; errors?: unknown }
  expect(errors).toBeUndefined()
  return data.revenueMetrics.rows
}

const earned = (currency: string) =>
  world.database.owner.rows<{ month: string; entity: string; product: string | null; amount: bigint }>({
    text: `SELECT to_char(e.date, 'YYYY-MM') AS month, e.legal_entity_id AS entity, s.product_id AS product,
        sum(l.credit - l.debit)::bigint AS amount
      FROM erp.journal_entry e JOIN erp.journal_line l ON l.entry_id = e.id
      LEFT JOIN erp.revenue_schedule s ON s.id = e.source_id
      WHERE l.role = 'REVENUE' AND e.currency = $1 AND e.date BETWEEN '2026-01-01' AND '2026-11-23'
      GROUP BY 1, 2, 3 HAVING sum(l.credit - l.debit) <> 0`,
    values: [currency],
  })

test.each(['USD', 'EUR', 'JPY'])('in %s it is that of the schedules, every month', async (currency) => {
  const expected = await earned(currency)
  expect(new Set(expected.map(({ product }) => product)).size).toBeGreaterThan(1)
  const filter = { currency: { in: [currency] } }
  const told = (await products({ currency, filter, policy: 'CLOSING' })).flatMap(
    ({ period, group, recognizedRevenueByProduct }) =>
      recognizedRevenueByProduct.map(
        ({ product, amount }) =>
          [`${period} ${group.legalEntity?.id} ${product?.id}`, BigInt(amount.minorUnits)] as const,
      ),
  )
  const journal = expected.map(({ month, entity, product, amount }) => [
    `${month} ${entity} ${product ?? undefined}`,
    amount,
  ])
  expect(Object.fromEntries(told.filter(([, amount]) => amount !== 0n))).toEqual(Object.fromEntries(journal))
})

test.each([
  ['MONTH', 'TRANSACTION', [], null],
  ['QUARTER', 'CLOSING', ['SEGMENT'], null],
  ['FISCAL_PERIOD', 'CONSTANT', ['LEGAL_ENTITY'], null],
  ['MONTH', 'TRANSACTION', ['REGION'], NOW],
])('products of a %s add up to all, in any currency', async (grain, policy, groupBy, knownAt) => {
  let found = 0
  const rows = await products({ currency: 'EUR', grain, policy, groupBy, knownAt })
  for (const { recognizedRevenue, recognizedRevenueByProduct } of rows) {
    const amounts = recognizedRevenueByProduct.map(({ amount }) => BigInt(amount.minorUnits))
    expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(BigInt(recognizedRevenue.minorUnits))
    found += amounts.length
  }
  expect(found).toBeGreaterThan(5)
})
