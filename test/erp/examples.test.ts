// The rules over any figures, asked through the schema: the worked examples of the standard and of other products.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#platform/clock.ts'
import { erp } from '#subgraphs/erp/subgraph.ts'
import { ask, failuresOf } from '#test/support/ask.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

let database: TestDatabase
let books: ReturnType<typeof erp>
beforeAll(async () => {
  database = await openTestDatabase()
  books = erp(database.of('erp'), systemClock)
})
afterAll(() => database.close())

const usd = (amount: string) => ({ amount, currency: 'USD' })
const schedule = `query ($input: RevenueScheduleInput!) {
  previewRevenueSchedule(input: $input) { entries { period amount { amount } deferred { amount } } }
}`
type Money = { readonly amount: string }

describe('a revenue schedule', () => {
  const half = { start: '2026-06-15', end: '2026-10-13' }
  const year = { start: '2026-01-01', end: '2027-01-01' }
  it.each<[string, object, string]>([
    ['V1: by days', { price: usd('120.00'), servicePeriod: half }, '16.00 31.00 31.00 30.00 12.00'],
    [
      'V2: by months',
      { price: usd('120.00'), servicePeriod: half, convention: 'MONTHLY_EVEN' },
      '30.00 30.00 30.00 30.00',
    ],
    ['V3', { price: usd('31.00'), servicePeriod: { start: '2026-01-15', end: '2026-02-15' } }, '17.00 14.00'],
    [
      'V8',
      {
        price: usd('300.00'),
        servicePeriod: { start: '2026-05-01', end: '2026-08-01' },
        convention: 'MONTHLY_EVEN',
      },
      '100.00 100.00 100.00',
    ],
    [
      'R4 with the largest remainders first',
      { price: usd('1.00'), servicePeriod: year, convention: 'MONTHLY_EVEN', remainder: 'LARGEST_REMAINDER' },
      '0.09 0.09 0.09 0.09 0.08 0.08 0.08 0.08 0.08 0.08 0.08 0.08',
    ],
    [
      'yen with the remainder on the last month',
      {
        price: { amount: '1000', currency: 'JPY' },
        servicePeriod: { start: '2026-01-01', end: '2026-04-01' },
        convention: 'MONTHLY_EVEN',
        remainder: 'REMAINDER_LAST',
      },
      '333 333 334',
    ],
    [
      'halves to the even unit',
      {
        price: { amount: '0.005', currency: 'KWD' },
        servicePeriod: { start: '2026-01-01', end: '2026-03-01' },
        convention: 'MONTHLY_EVEN',
        rounding: 'HALF_EVEN',
      },
      '0.002 0.003',
    ],
    [
      'by completion, with a new estimate caught up',
      {
        price: usd('100.00'),
        servicePeriod: year,
        steps: [
          { period: '2026-01', delivered: '30', total: '60' },
          { period: '2026-03', delivered: '40', total: '100' },
        ],
      },
      '50.00 -10.00 60.00',
    ],
    [
      'at a point in time',
      { price: usd('9.99'), servicePeriod: { start: '2026-01-31', end: '2026-01-31' } },
      '9.99',
    ],
  ])('%s', async (_, input, amounts) => {
    const { previewRevenueSchedule } = await ask<{
      previewRevenueSchedule: { entries: { amount: Money; deferred: Money }[] }
    }>(books, schedule, { input })
    const { entries } = previewRevenueSchedule
    expect(entries.map(({ amount }) => amount.amount).join(' ')).toBe(amounts)
    expect(Number(entries.at(-1)?.deferred.amount)).toBe(0)
  })

  it.each<[string, object]>([
    ['a price too precise', { price: usd('1.005'), servicePeriod: half }],
    ['an end before its start', { price: usd('1'), servicePeriod: { start: half.end, end: half.start } }],
    [
      'more than all',
      { price: usd('1'), servicePeriod: half, steps: [{ period: '2026-06', delivered: '2', total: '1' }] },
    ],
    ['a term of ages', { price: usd('1'), servicePeriod: { start: '0001-01-01', end: '9999-01-01' } }],
  ])('of %s is refused', async (_, input) => {
    expect(await failuresOf(books, schedule, { input })).toEqual(['BAD_USER_INPUT at previewRevenueSchedule'])
  })
})

it.each<[string, object, string[]]>([
  [
    'P2: 14/29 of a leap February',
    {
      unitPrice: usd('29.00'),
      interval: { unit: 'MONTH', count: 1 },
      servicePeriod: { start: '2012-02-01', end: '2012-02-15' },
    },
    ['14/29 14.00'],
  ],
  [
    'P3: 1 + 7/365 + 47/366 of a year',
    {
      unitPrice: usd('365.00'),
      interval: { unit: 'YEAR', count: 1 },
      servicePeriod: { start: '2011-01-10', end: '2012-03-04' },
      billingAnchor: '2011-01-17',
    },
    ['7/365 7.00', '1 365.00', '47/366 46.87'],
  ],
  [
    'P4: fixed months of 30 days',
    {
      unitPrice: usd('30.00'),
      interval: { unit: 'MONTH', count: 1 },
      servicePeriod: { start: '2023-05-23', end: '2023-06-15' },
      billingAnchor: '2023-06-15',
      dayCount: 'THIRTY_DAY_MONTH',
    },
    ['11/15 22.00'],
  ],
])('charges %s', async (_, input, charges) => {
  const { previewCharges } = await ask<{ previewCharges: { charges: { share: string; amount: Money }[] } }>(
    books,
    `query ($input: ChargesInput!) { previewCharges(input: $input) { charges { share amount { amount } } } }`,
    { input },
  )
  expect(previewCharges.charges.map(({ share, amount }) => `${share} ${amount.amount}`)).toEqual(charges)
})

it.each<[string, object, string, string[]]>([
  [
    'M3: Example 33',
    { obligations: ['50', '25', '75'].map((standalonePrice, at) => ({ name: `${at}`, standalonePrice })) },
    'RELATIVE',
    ['33.33', '16.67', '50.00'],
  ],
  [
    'M4: Example 34, case A',
    {
      obligations: [
        { name: 'A', standalonePrice: '40' },
        { name: 'B', standalonePrice: '55' },
        { name: 'C', standalonePrice: '45' },
      ],
      bundles: [{ obligations: ['B', 'C'], price: '60' }],
    },
    'BUNDLE_DISCOUNT',
    ['40.00', '33.00', '27.00'],
  ],
  [
    'a residual',
    {
      obligations: [
        { name: 'A', standalonePrice: '40' },
        { name: 'B', basis: 'RESIDUAL', from: '15', to: '90' },
      ],
    },
    'RESIDUAL',
    ['40.00', '60.00'],
  ],
])('allocates %s', async (_, terms, method, prices) => {
  const { previewAllocation } = await ask<{
    previewAllocation: { method: string; obligations: { allocatedPrice: Money }[] }
  }>(
    books,
    `query ($input: AllocationInput!) {
      previewAllocation(input: $input) { method reasons obligations { name allocatedPrice { amount } } }
    }`,
    { input: { transactionPrice: usd('100.00'), ...terms } },
  )
  expect(previewAllocation.method).toBe(method)
  expect(previewAllocation.obligations.map(({ allocatedPrice }) => allocatedPrice.amount)).toEqual(prices)
})

it('splits, credits taxes and reckons metrics (R1 to R5, K1 to K3)', async () => {
  const answer = await ask(
    books,
    `{
      r1: previewTaxCredit(input: {
        net: { amount: "160.00", currency: "USD" }, rate: "25", numerator: "29", denominator: "30"
      }) {
        net { amount } tax { amount } total { amount }
      }
      r2: previewTaxCredit(input: {
        net: { amount: "29.99", currency: "USD" }, rate: "23.33", numerator: "6", denominator: "7"
      }) {
        total { amount }
      }
      r3: previewSplit(input: { amount: { amount: "0.05", currency: "USD" }, weights: ["30", "70"] }) { amount }
      r5: previewSplit(input: { amount: { amount: "1.000", currency: "KWD" }, weights: ["1", "1", "1"] }) { amount }
      k1: previewRetention(input: {
        currency: "USD", opening: "100", churn: "10", contraction: "10", expansion: "10"
      }) {
        grossChurnRate netChurnRate
      }
      k2: previewRetention(input: {
        currency: "USD", opening: "200000", churn: "6000", contraction: "4000", expansion: "20000"
      }) { netRevenueRetention grossRevenueRetention }
      simple: previewDaysSalesOutstanding(input: {
        receivables: { amount: "212000", currency: "USD" }
        periods: [{ billed: "70000", days: 30 }, { billed: "80000", days: 30 }, { billed: "100000", days: 30 }]
      })
      back: previewDaysSalesOutstanding(input: {
        method: COUNT_BACK
        receivables: { amount: "212000", currency: "USD" }
        periods: [{ billed: "70000", days: 30 }, { billed: "80000", days: 30 }, { billed: "100000", days: 30 }]
      })
    }`,
  )
  expect(answer).toEqual({
    r1: { net: { amount: '154.67' }, tax: { amount: '38.67' }, total: { amount: '193.34' } },
    r2: { total: { amount: '31.71' } },
    r3: [{ amount: '0.02' }, { amount: '0.03' }],
    r5: [{ amount: '0.334' }, { amount: '0.333' }, { amount: '0.333' }],
    k1: { grossChurnRate: '0.2000', netChurnRate: '0.1000' },
    k2: { netRevenueRetention: '1.0500', grossRevenueRetention: '0.9500' },
    simple: '76.32',
    back: '73.71',
  })
})
