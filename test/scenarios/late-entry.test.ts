/** March is closed on 10 April. On 20 April an invoice of March and a change of a contract turn up. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { manualClock } from '#platform/clock.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { createRecordFacts, createSubgraph } from '#product.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import {
  contract,
  contractLine,
  day,
  invoiceFact,
  invoiceLine,
  paymentFact,
  range,
} from '#test/domain/documents.ts'
import { openingFacts, period } from '#test/erp/books.ts'
import { ask, entities } from '#test/support/ask.ts'
import { silentLog } from '#test/support/log.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { closeBooks } from './closing.ts'

const quarter = range('2026-01-01', '2026-04-01')
const year = range('2026-01-01', '2027-01-01')

let database: TestDatabase
const clock = manualClock('2026-01-02T09:00:00Z')

beforeAll(async () => {
  database = await openTestDatabase()
  await at('2026-01-02', openingFacts())

  // January: a quarter is billed, and a contract of 100.00 a month is signed.
  await at('2026-01-03', {
    invoices: [
      invoiceFact({ issueDate: quarter.start, lines: [invoiceLine(300_00n, { servicePeriod: quarter })] }),
    ],
    contracts: [contract({ lines: [contractLine({ id: 'plan', unitPrice: 100_00n, servicePeriod: year })] })],
  })
  await earn('2026-01-31')
  await earn('2026-02-28')

  // 15 March: 120.00 of it is paid.
  await at('2026-03-15', {
    payments: [
      paymentFact({
        amount: 120_00n,
        receivedOn: day('2026-03-15'),
        allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 120_00n }],
      }),
    ],
  })
  await earn('2026-03-31')
  await at('2026-04-10', { accountingPeriods: [period('entity-1', '2026-03', 'CLOSED', 2n)] })

  // 20 April: what came late.
  await at('2026-04-20', {
    invoices: [
      invoiceFact({
        id: 'invoice-late',
        number: 'US-2',
        issueDate: day('2026-03-20'),
        lines: [invoiceLine(50_00n, { id: 'late' })],
      }),
    ],
    contracts: [
      contract({
        lines: [
          contractLine({ id: 'plan', unitPrice: 100_00n, servicePeriod: range('2026-01-01', '2026-05-01') }),
          contractLine({
            id: 'line-2',
            unitPrice: 150_00n,
            servicePeriod: range('2026-05-01', '2027-01-01'),
          }),
        ],
      }),
    ],
  })
  clock.set('2026-05-05T09:00:00Z')
})
afterAll(async () => {
  await closeBooks(database)
  await database.close()
})

const marchIsKnown = '2026-04-15T00:00:00Z'

it('changes what March looks like today, and not what was known of it in April', async () => {
  expect(await trialBalance({ asOf: '2026-03-31', knownAt: marchIsKnown })).toMatchObject({
    RECEIVABLES: '180.00',
    REVENUE: '-600.00',
  })
  expect(await trialBalance({ asOf: '2026-03-31' })).toMatchObject({
    RECEIVABLES: '230.00',
    REVENUE: '-650.00',
  })

  // The closed books of March stay as they were: April took it.
  expect(await trialBalance({ period: '2026-03' })).toMatchObject({
    RECEIVABLES: '180.00',
    REVENUE: '-600.00',
  })
  expect(await trialBalance({ period: '2026-04' })).toMatchObject({
    RECEIVABLES: '230.00',
    REVENUE: '-650.00',
  })
})

it('is owed since March, and was not known to be', async () => {
  const march = { asOf: '2026-03-31' }
  expect(await owed({ ...march, knownAt: marchIsKnown })).toEqual({
    total: '180.00',
    current: '0.00',
    late: '180.00',
  })
  expect(await owed(march)).toEqual({ total: '230.00', current: '50.00', late: '180.00' })

  // Before the payment all of the invoice was open; before it was due none of it was late.
  expect(await owed({ asOf: '2026-03-14' })).toEqual({ total: '300.00', current: '0.00', late: '300.00' })
  expect(await owed({ asOf: '2026-01-31' })).toEqual({ total: '300.00', current: '300.00', late: '0.00' })
  expect(await owed({ knownAt: '2026-02-15T00:00:00Z' })).toEqual({
    total: '300.00',
    current: '0.00',
    late: '300.00',
  })
  expect(await owed({ asOf: '2026-01-01', knownAt: '2026-01-02T23:00:00Z' })).toBeNull()
})

it('promises more since then, and not before', async () => {
  expect(await promised({ asOf: '2026-03-31', knownAt: marchIsKnown })).toEqual({ count: 1, total: '900.00' })
  expect(await promised({ asOf: '2026-03-31' })).toEqual({ count: 2, total: '1300.00' })

  // As known in February, a month of the schedule was recognised; today three are, of which two end by February.
  expect(await schedules('2026-02-15T00:00:00Z')).toEqual([
    { version: 1, allocatedPrice: '1200.00', recognized: '100.00', byFebruary: '100.00', months: 12 },
  ])
  expect(await schedules(null)).toEqual([
    { version: 2, allocatedPrice: '400.00', recognized: '300.00', byFebruary: '200.00', months: 4 },
    { version: 1, allocatedPrice: '1200.00', recognized: '0.00', byFebruary: '0.00', months: 8 },
  ])
})

async function at(date: string, facts: Partial<Facts>): Promise<void> {
  clock.set(`${date}T09:00:00Z`)
  await createRecordFacts(database.of, clock, 'story')(facts)
}

/** Recognises a month on the day after it. */
async function earn(through: string): Promise<void> {
  clock.set(
    day(through).add({ days: 1 }).toZonedDateTime({ timeZone: 'UTC', plainTime: '09:00' }).toInstant(),
  )
  const context = { subgraph: 'erp', clock, correlationId: 'story' }
  await recognizeRevenue(database.of('erp'), context, { through: day(through) })
}

const graph = (name: 'billing' | 'erp') =>
  createSubgraph(name, database.of, clock, createLocalBus(), silentLog)

async function trialBalance(moment: object): Promise<Record<string, string>> {
  interface Answer {
    readonly trialBalance: {
      readonly accounts: readonly {
        readonly account: { role: string }
        readonly balance: { amount: string }
      }[]
    }
  }
  const answer = await ask<Answer>(
    graph('erp'),
    `query ($asOf: Date, $period: YearMonth, $knownAt: DateTime) {
      trialBalance(legalEntityId: "entity-1", asOf: $asOf, period: $period, knownAt: $knownAt) {
        accounts { account { role } balance { amount } } } }`,
    moment as Record<string, unknown>,
  )
  return Object.fromEntries(
    answer.trialBalance.accounts.map(({ account, balance }) => [account.role, balance.amount]),
  )
}

/** What was owed in dollars: by everybody, which is what the only customer owed. */
async function owed(moment: Record<string, unknown>): Promise<object | null> {
  interface Owed {
    readonly total: { readonly amount: string }
    readonly overdue: { readonly amount: string }
    readonly ageing: readonly { readonly bucket: string; readonly amount: { readonly amount: string } }[]
  }
  const fields = 'total { amount } overdue { amount } ageing { bucket amount { amount } }'
  const { receivablesAgeing } = await ask<{ receivablesAgeing: { currencies: Owed[] } }>(
    graph('billing'),
    `query ($asOf: Date, $knownAt: DateTime) {
      receivablesAgeing(asOf: $asOf, knownAt: $knownAt) { currencies { ${fields} } } }`,
    moment,
  )
  const literal = Object.entries(moment).map(([name, value]) => `${name}: "${String(value)}"`)
  const { found } = await entities(
    graph('billing'),
    'Customer',
    ['customer-1'],
    `{ receivablesAt(${literal.join(', ')}) { ${fields} } }`,
  )
  expect(found).toEqual([{ receivablesAt: receivablesAgeing.currencies }])
  const [dollars] = receivablesAgeing.currencies
  if (dollars === undefined) return null
  const current = dollars.ageing.find(({ bucket }) => bucket === 'current')?.amount.amount
  return { total: dollars.total.amount, current, late: dollars.overdue.amount }
}

async function promised(moment: Record<string, unknown>): Promise<object | undefined> {
  const { remainingPerformanceObligations: remaining } = await ask<{
    remainingPerformanceObligations: { count: number; total: { amount: string } }[]
  }>(
    graph('erp'),
    `query ($asOf: Date!, $knownAt: DateTime) {
      remainingPerformanceObligations(legalEntityId: "entity-1", asOf: $asOf, knownAt: $knownAt) {
        count total { amount } } }`,
    moment,
  )
  return remaining.map(({ count, total }) => ({ count, total: total.amount }))[0]
}

async function schedules(knownAt: string | null): Promise<object[]> {
  const argument = knownAt === null ? '' : `(knownAt: "${knownAt}")`
  const { found } = await entities(
    graph('erp'),
    'Contract',
    ['contract-1'],
    `{ revenueSchedules${argument} { version allocatedPrice { amount } recognized { amount }
      byFebruary: recognized(asOf: "2026-02-28") { amount } entries { period } } }`,
  )
  const [{ revenueSchedules }] = found as [{ revenueSchedules: Record<string, { amount: string }>[] }]
  return revenueSchedules.map(({ version, allocatedPrice, recognized, byFebruary, entries }) => ({
    version,
    allocatedPrice: allocatedPrice?.amount,
    recognized: recognized?.amount,
    byFebruary: byFebruary?.amount,
    months: (entries as unknown as object[]).length,
  }))
}
