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
  $after: String, $policy: MetricRatePolicy, $group: MetricGroupInput, $grain: MetricGrain, $day: Date,
  $knownAt: DateTime) {
  explainMetric(metric: $metric, period: $period, reportingCurrency: $currency, ratePolicy: $policy, group: $group,
    grain: $grain, day: $day, knownAt: $knownAt) {
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
      grain: 'MONTH',
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
  $groupBy: [MetricDimension!], $grain: MetricGrain, $filter: MetricFilter, $knownAt: DateTime) {
  revenueMetrics(period: $period, reportingCurrency: $currency, ratePolicy: $policy, groupBy: $groupBy, grain: $grain,
    filter: $filter, knownAt: $knownAt) { rows {
    period group { legalEntity { id } }
    BOOKINGS: bookings { minorUnits } BILLINGS: billings { minorUnits } COLLECTIONS: collections { minorUnits }
    RECOGNIZED_REVENUE: recognizedRevenue { minorUnits } CREDITS_AND_REFUNDS: creditsAndRefunds { minorUnits }
    REMAINING_PERFORMANCE_OBLIGATIONS: remainingPerformanceObligations { minorUnits }
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
const reported = (period: string, currency: string, policy: string, legalEntity?: string) =>
  reportedOf(
    {
      period: { from: period, to: period },
      currency,
      policy,
      groupBy: legalEntity === undefined ? [] : ['LEGAL_ENTITY'],
      grain: 'MONTH',
    },
    ({ group }) => group.legalEntity?.id === legalEntity,
  )

interface ReportedRow extends Record<string, unknown> {
  readonly period: string
  readonly group: { readonly legalEntity: { readonly id: string } | null }
}

/** What it says of each figure in one of the rows. */
async function reportedOf(variables: object, isWanted: (row: ReportedRow) => boolean) {
  const { revenueMetrics } = await ask<{ revenueMetrics: { rows: ReportedRow[] } }>(FIGURES, variables)
  const row = revenueMetrics.rows.find(isWanted) ?? {}
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

/** What a figure may be of, beside legal entities: of the company that was invented. */
async function groupOf(kind: string): Promise<Record<string, string>> {
  if (kind === 'all') return {}
  if (kind === 'currency') return { currency: 'EUR' }
  const [found] = await world.database.owner.rows<Record<string, string>>({
    text: `SELECT c.id AS customer, c.region, c.segment FROM crm.customer c
      JOIN erp.journal_entry e ON e.customer_id = c.id AND e.currency = 'USD'
      JOIN billing.subscription s ON s.customer_id = c.id
      WHERE c.region IS NOT NULL AND c.segment IS NOT NULL GROUP BY c.id ORDER BY count(*) DESC, c.id LIMIT 1`,
    values: [],
  })
  const { customer = '', region = '', segment = '' } = found ?? {}
  return kind === 'customer' ? { customer } : kind === 'region' ? { region } : { segment, currency: 'USD' }
}

const filterOf = (group: Record<string, string>): object =>
  Object.fromEntries(Object.entries(group).map(([name, value]) => [name, { in: [value] }]))

const BY_CUSTOMER = ['customer', 'region', 'segment']
const OF_PERIODS: readonly [kind: string, grain: string, period: string, day?: string][] = [
  ['all', 'QUARTER', '2026-Q2'],
  ['all', 'FISCAL_PERIOD', '2026-04'],
  ['all', 'DAY', '2026-04-01', '2026-04-01'],
  ['currency', 'DAY', '2026-10-01', '2026-10-01'],
  ...['MONTH', 'QUARTER', 'FISCAL_PERIOD'].flatMap((grain) =>
    BY_CUSTOMER.map(
      (kind) => [kind, grain, grain === 'QUARTER' ? '2026-Q2' : '2026-04'] as [string, string, string],
    ),
  ),
]

describe.each(OF_PERIODS)('Of %s, in a %s', (kind, grain, period, day) => {
  test.each([null, '2026-11-23T12:00:00Z'])(
    'entries add up to every figure, known at %s',
    async (knownAt) => {
      const group = await groupOf(kind)
      const about = { currency: 'USD', policy: 'TRANSACTION', grain, knownAt }
      const figures = await reportedOf(
        { ...about, period: { from: '2026-04', to: '2026-10' }, groupBy: [], filter: filterOf(group) },
        (row) => row.period === period,
      )
      let found = 0
      for (const metric of METRICS.filter((name) => knownAt === null || name !== 'OVERDUE_RECEIVABLES')) {
        const month = grain === 'QUARTER' ? '2026-05' : period.slice(0, 'YYYY-MM'.length)
        const { value, entries, count } = await opened({ ...about, metric, period: month, day, group })
        expect(total(entries)).toBe(value)
        expect(entries).toHaveLength(count)
        expect(value).toBe(BigInt(figures[metric]?.minorUnits ?? 'none'))
        found += count
      }
      expect(found).toBeGreaterThan(5)
    },
  )
})

test.each([
  ['a day without the grain DAY', { period: '2026-04', day: '2026-04-01' }, /"day"/],
  ['the grain DAY without a day', { period: '2026-04', grain: 'DAY' }, /"day"/],
  ['a day of another month', { period: '2026-04', grain: 'DAY', day: '2026-05-01' }, /"day"/],
])('refuses %s', async (_, variables, message) => {
  const figure = {
    metric: 'BILLINGS',
    currency: 'USD',
    policy: 'CLOSING',
    first: 1,
    grain: 'MONTH',
    ...variables,
  }
  const { errors } = JSON.parse((await world.ask(EXPLAIN, figure)).body) as {
    errors: { message: string; extensions: { code: string } }[]
  }
  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  expect(errors[0]?.message).toMatch(message)
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
