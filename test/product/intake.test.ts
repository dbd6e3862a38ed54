// What is known in billing stands in the books: after a crash, out of order, and whatever came first.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Contract } from '#domain/crm.ts'
import type { Facts } from '#domain/facts.ts'
import { checkBooks } from '#commands/check-books.ts'
import { manualClock } from '#platform/clock.ts'
import { createRecordFacts } from '#product.ts'
import { recordBillingFacts } from '#subgraphs/billing/record.ts'
import {
  contract,
  contractLine,
  day,
  dispute,
  invoiceFact,
  invoiceLine,
  paymentFact,
  range,
  refundFact,
} from '#test/domain/documents.ts'
import { buildSchedules } from '#subgraphs/erp/schedule.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { booksOf, openingFacts } from '#test/erp/books.ts'

let database: TestDatabase
let record: (facts: Partial<Facts>) => Promise<unknown>

beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  record = createRecordFacts(database.of, clock, 'test')
  await record(openingFacts())
})
afterAll(() => database.close())

const clock = manualClock('2026-06-15T12:00:00Z')

/** Billing does its part and the process dies before the books are told. */
const recordAndCrash = (facts: Partial<Facts>) =>
  recordBillingFacts(database.of('billing'), { subgraph: 'billing', clock, correlationId: 'test' }, facts)

/** Invariants that are broken, with the ids of what breaks them. */
async function broken(): Promise<Record<string, readonly string[]>> {
  const findings = await checkBooks(database)
  const offended = findings.filter(({ ids }) => ids.length > 0)
  return Object.fromEntries(offended.map(({ invariant, ids }) => [invariant.name, ids]))
}

const invoice = invoiceFact({ lines: [invoiceLine(100n)] })
const uncollectible = { ...invoice, lifecycle: 'UNCOLLECTIBLE' as const, closedOn: day('2026-03-01') }
const pays = (amount: bigint, fields: Parameters<typeof paymentFact>[0] = {}) =>
  paymentFact({ amount, allocations: [{ id: 'a', invoiceId: 'invoice-1', amount }], ...fields })
const refund = refundFact({ amount: 40n })

describe('the same facts again complete what a crash left of', () => {
  it.each([
    {
      what: 'a payment that makes a write-off smaller',
      before: { invoices: [uncollectible] },
      crashed: { payments: [pays(60n)] },
      balances: { BAD_DEBT: 40n, CASH_CLEARING: 60n, REVENUE: -100n },
    },
    {
      what: 'an invoice that takes what a refund gave back from unapplied cash',
      before: { payments: [pays(100n)], refunds: [refund] },
      crashed: { invoices: [invoice] },
      balances: { CASH_CLEARING: 60n, CREDITS_AND_REFUNDS: 40n, REVENUE: -100n },
    },
    {
      what: 'a payment that no longer names what it paid',
      before: { invoices: [uncollectible], payments: [pays(60n)] },
      crashed: { payments: [pays(60n, { allocations: [] })] },
      balances: { BAD_DEBT: 100n, CASH_CLEARING: 60n, RECEIVABLES: -60n, REVENUE: -100n },
    },
  ])('$what', async ({ before, crashed, balances }) => {
    await record(before)
    await recordAndCrash(crashed)
    expect(await broken()).not.toEqual({})
    await record(crashed)
    expect(await booksOf(database).balances()).toEqual(balances)
    expect(await broken()).toEqual({})
  })
})

describe('what came before its payment is posted when the payment comes', () => {
  it.each([
    { what: 'a refund', facts: { refunds: [refund] }, balances: { CASH_CLEARING: 60n, RECEIVABLES: -60n } },
    {
      what: 'a dispute',
      facts: { disputes: [disputeFact()] },
      balances: { DISPUTED_CASH: 100n, RECEIVABLES: -100n },
    },
  ])('$what', async ({ facts, balances }) => {
    await record(facts)
    expect(await broken()).toEqual({})
    await record({ payments: [paymentFact({ amount: 100n })] })
    expect(await booksOf(database).balances()).toEqual(balances)
    expect(await broken()).toEqual({})
  })
})

describe('what was read before somebody else changed it', () => {
  it('does not bring back an invoice that was voided, nor its revenue', async () => {
    const servicePeriod = range('2026-01-01', '2027-01-01')
    const issued = { ...invoice, lines: [invoiceLine(100n, { servicePeriod })] }
    const { touched: stale } = await recordAndCrash({ invoices: [issued] })
    await record({ invoices: [{ ...issued, lifecycle: 'VOID', closedOn: day('2026-02-01') }] })
    const books = booksOf(database)
    expect(await books.post(stale)).toEqual({ posted: 0, blocked: 0 })
    expect(await buildSchedules(books.db, books.context(), { contracts: [], ...stale })).toMatchObject({
      created: 0,
      revised: 0,
    })
    expect(await books.balances()).toEqual({})
    expect(await broken()).toEqual({})
  })

  it('does not bring back lines that a contract has no more', async () => {
    const books = booksOf(database)
    const before = contract({ lines: [contractLine()] })
    const build = (one: Contract) =>
      buildSchedules(books.db, books.context(), { contracts: [one], invoices: [] })
    await build(before)
    expect(await build({ ...before, version: 2, lines: [] })).toMatchObject({ revised: 1 })
    expect(await build(before)).toMatchObject({ created: 0, revised: 0 })
  })
})

function disputeFact() {
  const { version: _, recordedAt: __, ...fact } = dispute()
  return fact
}
