// What came late shows in the figures of its day from then on, and not in those that were known before.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { contractLine, day, invoiceFact, invoiceLine, range } from '#test/domain/documents.ts'
import { openingFacts } from '#test/erp/books.ts'
import { catchUp } from '#test/insight/catch-up.ts'
import { contractFact, customerFact, externalRef } from '#test/support/facts.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'

let world: LiveWorld
afterAll(() => world.close())
beforeAll(async () => {
  world = await openLiveWorld()
  world.clock.set('2026-04-05T09:00:00Z')
  await world.record({
    ...openingFacts(),
    customers: [customerFact({ segment: 'ENTERPRISE', region: 'EMEA' })],
  })
  const early = { customerId: 'cus_acme', issueDate: day('2026-03-10'), dueDate: day('2026-04-09') }
  await world.record({
    invoices: [invoiceFact({ ...early, id: 'inv_1', number: 'US-1', lines: [invoiceLine(100_00n)] })],
    contracts: [contract(1n, 10_00n)],
  })
  world.clock.set('2026-05-20T09:00:00Z')
  const late = { customerId: 'cus_acme', issueDate: day('2026-03-28'), dueDate: day('2026-04-27') }
  await world.record({
    invoices: [invoiceFact({ ...late, id: 'inv_2', number: 'US-2', lines: [invoiceLine(40_00n)] })],
    contracts: [contract(2n, 25_00n)],
  })
  await catchUp(world.database, world.clock)
})

/** A contract signed in March, as its source states it. */
const contract = (sourceVersion: bigint, unitPrice: bigint) =>
  contractFact({
    externalRefs: [externalRef('Contract', 'ctr_1', sourceVersion)],
    legalEntityId: 'entity-1',
    signedOn: day('2026-03-02'),
    lines: [contractLine({ interval: null, unitPrice, servicePeriod: range('2026-03-02', '2026-09-01') })],
  })

const FIGURES = `query ($knownAt: DateTime, $asOf: Date) {
  revenueMetrics(period: { from: "2026-03", to: "2026-03" }, reportingCurrency: "USD", knownAt: $knownAt, asOf: $asOf) {
    knownAt rows { bookings { amount } billings { amount } recognizedRevenue { amount }
      receivables { total { amount } overdue { amount } } } }
}`

interface Row {
  readonly bookings: { readonly amount: string }
  readonly billings: { readonly amount: string }
  readonly recognizedRevenue: { readonly amount: string }
  readonly receivables: {
    readonly total: { readonly amount: string }
    readonly overdue: { readonly amount: string } | null
  }
}

async function march(known: object = {}) {
  const { data, errors } = await world.ask<{ revenueMetrics: { rows: readonly Row[] } }>(FIGURES, known)
  expect(errors).toBeUndefined()
  const [row] = data?.revenueMetrics.rows ?? []
  return {
    bookings: row?.bookings.amount,
    billings: row?.billings.amount,
    revenue: row?.recognizedRevenue.amount,
    receivables: row?.receivables.total.amount,
  }
}

it('tells March as it is known today', async () =>
  expect(await march()).toEqual({
    bookings: '25.00',
    billings: '140.00',
    revenue: '140.00',
    receivables: '140.00',
  }))

it('tells March as it was known in April', async () =>
  expect(await march({ knownAt: '2026-04-30T23:59:59Z' })).toEqual({
    bookings: '10.00',
    billings: '100.00',
    revenue: '100.00',
    receivables: '100.00',
  }))

it('knew nothing of March before anything was recorded', async () =>
  expect(await march({ knownAt: '2026-04-01T00:00:00Z' })).toEqual({
    bookings: '0.00',
    billings: '0.00',
    revenue: '0.00',
    receivables: '0.00',
  }))

it.each([
  [null, '25.00', '140.00'],
  ['2026-04-30T23:59:59Z', '10.00', '100.00'],
])(
  'tells March by customer, region and segment as it was known at %s',
  async (knownAt, bookings, billings) => {
    const { data, errors } = await world.ask<{ revenueMetrics: { rows: readonly object[] } }>(
      `query ($knownAt: DateTime) {
      revenueMetrics(period: { from: "2026-03", to: "2026-03" }, reportingCurrency: "USD", knownAt: $knownAt,
        groupBy: [CUSTOMER, REGION, SEGMENT]) {
        rows { group { customer { id } region segment } bookings { amount } billings { amount } } } }`,
      { knownAt },
    )
    expect(errors).toBeUndefined()
    expect(data?.revenueMetrics.rows).toEqual([
      {
        group: { customer: { id: 'cus_acme' }, region: 'EMEA', segment: 'ENTERPRISE' },
        bookings: { amount: bookings },
        billings: { amount: billings },
      },
    ])
  },
)

it('tells March as of a day in it: what is effective by then, whenever it came', async () =>
  expect(await march({ asOf: '2026-03-15' })).toEqual({
    bookings: '25.00',
    billings: '100.00',
    revenue: '100.00',
    receivables: '100.00',
  }))

it.each([
  ['BILLINGS', null, ['US-1 100.00', 'US-2 40.00']],
  ['BILLINGS', '2026-04-30T23:59:59Z', ['US-1 100.00']],
  ['BOOKINGS', null, ['C-1 25.00']],
  ['BOOKINGS', '2026-04-30T23:59:59Z', ['C-1 10.00']],
])('opens %s known at %s', async (metric, knownAt, expected) => {
  const { data, errors } = await world.ask<{
    explainMetric: { entries: { nodes: { amount: { amount: string }; source: { number: string } }[] } }
  }>(
    `query ($metric: RevenueMetricName!, $knownAt: DateTime) {
      explainMetric(metric: $metric, period: "2026-03", reportingCurrency: "USD", knownAt: $knownAt) {
        entries(first: 10) { nodes { amount { amount }
          source { ... on Invoice { number } ... on Contract { number } } } } }
    }`,
    { metric, knownAt },
  )
  expect(errors).toBeUndefined()
  expect(
    data?.explainMetric.entries.nodes.map(({ source, amount }) => `${source.number} ${amount.amount}`),
  ).toEqual(expected)
})

it.each([
  [
    'a period that ends before it begins',
    { period: { from: '2026-05', to: '2026-03' } },
    'BAD_USER_INPUT',
    /2026-05/,
  ],
  ['a day that is still to come', { knownAt: '2027-01-01T00:00:00Z' }, 'BAD_USER_INPUT', /knownAt/],
  ['a currency that is none', { currency: 'XYZ' }, 'BAD_USER_INPUT', /XYZ/],
  ['an unknown dimension', { groupBy: ['WEATHER'] }, 'BAD_USER_INPUT', /WEATHER/],
  [
    'an unknown legal entity',
    { filter: { legalEntity: { in: ['ent_none'] } } },
    'BAD_USER_INPUT',
    /ent_none/,
  ],
  [
    'a grain that is finer than what is kept',
    { grain: 'DAY', groupBy: ['REGION'] },
    'BAD_USER_INPUT',
    /MONTH/,
  ],
  ['too many periods', { grain: 'DAY', period: { from: '2024-01', to: '2026-03' } }, 'BAD_USER_INPUT', /400/],
  ['a currency without a rate', { currency: 'CHF' }, 'RATE_MISSING', /USD\/CHF on or before 2026-03-/],
])('refuses %s', async (_, variables, code, message) => {
  const { errors } = await world.ask(
    `query ($period: YearMonthRange!, $currency: CurrencyCode!, $groupBy: [MetricDimension!], $grain: MetricGrain,
      $filter: MetricFilter, $knownAt: DateTime) {
      revenueMetrics(period: $period, reportingCurrency: $currency, groupBy: $groupBy, grain: $grain, filter: $filter,
        knownAt: $knownAt) { rows { period } } }`,
    { period: { from: '2026-03', to: '2026-03' }, currency: 'USD', ...variables },
  )
  expect(errors).toMatchObject([{ extensions: { code } }])
  expect(errors?.[0]?.message).toMatch(message)
})
