/** Figures opened down to their entries: the entries add up to the figure to the minor unit, and so do their groups. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { metricSums } from '#domain/metric-definitions.ts'
import { manualClock } from '#platform/clock.ts'
import { catchUp } from '#test/insight/catch-up.ts'
import { openWorld, type World } from './world.ts'

const CUSTOMERS = 40
const NOW = '2026-11-23T12:00:00Z'

let world: World
let entities: readonly { readonly id: string; readonly currency: string }[]
beforeAll(async () => {
  world = await openWorld({ customers: CUSTOMERS })
  await catchUp(world.database, manualClock(NOW))
  entities = await world.database.owner.rows({
    text: 'SELECT id, functional_currency AS currency FROM erp.legal_entity ORDER BY code',
    values: [],
  })
})
afterAll(() => world.close())

interface Amount {
  readonly minorUnits: string
  readonly currency: string
}
interface Explained {
  readonly value: Amount
  readonly entries: {
    readonly totalCount: number
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    readonly nodes: readonly {
      readonly amount: Amount
      readonly date: string
      readonly source: { readonly __typename: string; readonly id: string } | null
    }[]
  }
}

const EXPLAIN = `query ($metric: RevenueMetricName!, $period: YearMonth!, $currency: CurrencyCode!, $first: Int!,
  $after: String, $policy: MetricRatePolicy, $group: MetricGroupInput) {
  explainMetric(metric: $metric, period: $period, reportingCurrency: $currency, ratePolicy: $policy, group: $group) {
    value { minorUnits currency }
    entries(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
      nodes { amount { minorUnits currency } date source { __typename ... on Invoice { id } ... on CreditNote { id }
        ... on Payment { id } ... on Refund { id } ... on JournalEntry { id } ... on Contract { id }
        ... on BillingSubscription { id } } } }
  }
}`

async function ask<Data>(query: string, variables: object): Promise<Data> {
  const { data, errors } = JSON.parse((await world.ask(query, variables)).body) as {
    data: Data
    errors?: unknown
  }
  expect(errors).toBeUndefined()
  return data
}

/** All entries of a figure, page by page. */
async function opened(variables: object, first = 100) {
  const nodes: Explained['entries']['nodes'][number][] = []
  for (let after: string | null = null; ;) {
    const answer: { explainMetric: Explained } = await ask(EXPLAIN, {
      policy: 'TRANSACTION',
      first,
      after,
      ...variables,
    })
    const { value, entries } = answer.explainMetric
    nodes.push(...entries.nodes)
    after = entries.pageInfo.endCursor
    if (!entries.pageInfo.hasNextPage)
      return { value: BigInt(value.minorUnits), entries: nodes, count: entries.totalCount }
  }
}
const total = (entries: Explained['entries']['nodes']): bigint =>
  entries.reduce((sum, { amount }) => sum + BigInt(amount.minorUnits), 0n)

const METRICS = Object.keys(metricSums)
const FIGURES = `query ($period: YearMonthRange!, $currency: CurrencyCode!, $policy: MetricRatePolicy,
  $groupBy: [MetricDimension!]) {
  revenueMetrics(period: $period, reportingCurrency: $currency, ratePolicy: $policy, groupBy: $groupBy) { rows {
    group { legalEntity { id } }
    BOOKINGS: bookings { minorUnits } BILLINGS: billings { minorUnits } COLLECTIONS: collections { minorUnits }
    RECOGNIZED_REVENUE: recognizedRevenue { minorUnits } CREDITS_AND_REFUNDS: creditsAndRefunds { minorUnits }
    NET_CASH: netCash { minorUnits } ANNUAL_RECURRING_REVENUE: annualRecurringRevenue { minorUnits }
    deferredRevenue { DEFERRED_REVENUE: closing { minorUnits } DEFERRED_REVENUE_BILLED: billed { minorUnits }
      DEFERRED_REVENUE_RECOGNIZED: recognized { minorUnits } DEFERRED_REVENUE_ADJUSTED: adjusted { minorUnits } }
    monthlyRecurringRevenue { MONTHLY_RECURRING_REVENUE: closing { minorUnits } MRR_NEW: new { minorUnits }
      MRR_EXPANSION: expansion { minorUnits } MRR_REACTIVATION: reactivation { minorUnits }
      MRR_CONTRACTION: contraction { minorUnits } MRR_CHURN: churn { minorUnits } }
    receivables { RECEIVABLES: total { minorUnits } OVERDUE_RECEIVABLES: overdue { minorUnits } }
  } }
}`

/** What `revenueMetrics` says of each figure of a month. */
async function reported(period: string, currency: string, policy: string, legalEntity?: string) {
  const { revenueMetrics } = await ask<{
    revenueMetrics: { rows: ({ group: { legalEntity: { id: string } | null } } & Record<string, unknown>)[] }
  }>(FIGURES, {
    period: { from: period, to: period },
    currency,
    policy,
    groupBy: legalEntity === undefined ? [] : ['LEGAL_ENTITY'],
  })
  const row = revenueMetrics.rows.find(({ group }) => group.legalEntity?.id === legalEntity) ?? {}
  const { deferredRevenue, monthlyRecurringRevenue, receivables, ...own } = row as Record<string, object>
  return { ...own, ...deferredRevenue, ...monthlyRecurringRevenue, ...receivables } as Record<
    string,
    { minorUnits: string }
  >
}

describe.each(['TRANSACTION', 'CLOSING', 'CONSTANT'])('Under the policy %s', (policy) => {
  test.each(METRICS)('the entries of %s add up to it, for months and groups', async (metric) => {
    for (const period of ['2025-03', '2026-04', '2026-10', '2026-11']) {
      for (const group of [undefined, ...entities]) {
        const currency = group === undefined ? 'EUR' : 'USD'
        const { value, entries, count } = await opened({
          metric,
          period,
          currency,
          policy,
          group: group === undefined ? null : { legalEntity: group.id },
        })
        expect(total(entries)).toBe(value)
        expect(entries).toHaveLength(count)
        const figures = await reported(period, currency, policy, group?.id)
        expect(value).toBe(BigInt(figures[metric]?.minorUnits ?? 'none'))
      }
    }
  })
})

describe('Pages', () => {
  test('of one entry give what pages of a hundred give', async () => {
    const figure = { metric: 'MRR_EXPANSION', period: '2026-04', currency: 'EUR' }
    expect(await opened(figure, 1)).toEqual(await opened(figure))
    const adjusted = { metric: 'DEFERRED_REVENUE_ADJUSTED', period: '2026-04', currency: 'EUR' }
    const whole = await opened(adjusted)
    expect(await opened(adjusted, 1)).toEqual(whole)
    expect(whole.entries.at(-1)).toMatchObject({ source: null })
  })
})

describe('The document of auditors', () => {
  test.each([
    ['RECOGNIZED_REVENUE', 'JournalEntry', 'number'],
    ['BILLINGS', 'Invoice', 'number'],
    ['COLLECTIONS', 'Payment', 'id'],
    ['BOOKINGS', 'Contract', 'number'],
  ])('is answered as it is sent: %s by %s', async (metric, typename, field) => {
    const document = readFileSync(
      new URL('../../schema/examples/explain-metric.graphql', import.meta.url),
      'utf8',
    )
    const { explainMetric } = await ask<{
      explainMetric: {
        definition: { name: string; version: number }
        entries: { nodes: { source: Record<string, string> }[] }
      }
    }>(document, { metric, period: '2026-03', currency: 'USD' })
    expect(explainMetric.definition).toMatchObject({ name: metric, version: 1 })
    expect(explainMetric.entries.nodes).not.toEqual([])
    const own = explainMetric.entries.nodes.filter(({ source }) => source['__typename'] === typename)
    expect(own).not.toEqual([])
    for (const { source } of own) expect(source[field]).toMatch(/./)
  })
})
