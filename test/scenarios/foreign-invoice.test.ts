/** A company in euros bills a year in dollars: the rate rises until the end of the year, and falls until it is paid. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import type { Facts } from '#domain/facts.ts'
import { createRecordFacts } from '#product.ts'
import { day, invoiceFact, invoiceLine, paymentFact, range } from '#test/domain/documents.ts'
import { booksOf, fxRate, openingFacts, period, type TestBooks } from '#test/erp/books.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { closeBooks } from './closing.ts'

const legalEntityId = 'entity-de'
const servicePeriod = range('2026-11-01', '2027-11-01')
const invoice = invoiceFact({
  legalEntityId,
  issueDate: servicePeriod.start,
  lines: [invoiceLine(1200_00n, { servicePeriod })],
})
const payment = paymentFact({
  legalEntityId,
  amount: 1200_00n,
  receivedOn: day('2027-01-20'),
  allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 1200_00n }],
})

let database: TestDatabase
let books: TestBooks

beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  books = booksOf(database)
  await record(openingFacts())
  const earlier = Array.from({ length: 10 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}`)
  await books.record({
    accountingPeriods: earlier.map((month) => period(legalEntityId, month, 'CLOSED', 2n)),
  })
})
afterEach(() => closeBooks(database))
afterAll(() => database.close())

it('is worth in euros what it was on each day, and gains what it was paid more', async () => {
  await record({
    fxRates: [
      fxRate('USD', 'EUR', '0.90', '2026-11-01'),
      fxRate('USD', 'EUR', '0.92', '2026-11-30'),
      fxRate('USD', 'EUR', '0.95', '2026-12-31'),
      fxRate('USD', 'EUR', '0.93', '2027-01-20'),
    ],
  })

  // 1 November: 1,200.00 dollars at 0.90 are owed and deferred.
  await record({ invoices: [invoice] })
  expect(await books.balances('2026-11')).toEqual({ RECEIVABLES: 1080_00n, DEFERRED_REVENUE: -1080_00n })

  // 30 November: 30 of 365 days are earned at 0.90; what is owed is worth 0.02 more for a day.
  await close('2026-11')
  expect(await books.balances('2026-11')).toEqual({
    RECEIVABLES: 1104_00n,
    DEFERRED_REVENUE: -991_23n,
    REVENUE: -88_77n,
    FX_UNREALIZED: -24_00n,
  })

  // 31 December, the end of the year: 61 days are earned, what is owed is worth 0.95.
  await close('2026-12')
  expect(await books.balances('2026-12')).toEqual({
    RECEIVABLES: 1140_00n,
    DEFERRED_REVENUE: -899_50n,
    REVENUE: -180_50n,
    FX_UNREALIZED: -60_00n,
  })

  // 20 January: paid at 0.93. The gain since November is realised, the unrealised one was taken back on the first.
  await record({ payments: [payment] })
  await close('2027-01')
  expect(await books.balances('2027-01')).toEqual({
    CASH_CLEARING: 1116_00n,
    DEFERRED_REVENUE: -807_77n,
    REVENUE: -272_23n,
    FX_REALIZED: -36_00n,
  })

  // 31 October: the year is delivered, and earned what it was worth on the day of the invoice.
  await recognize('2027-10-31')
  expect(await books.balances('2027-10')).toEqual({
    CASH_CLEARING: 1116_00n,
    REVENUE: -1080_00n,
    FX_REALIZED: -36_00n,
  })
})

/** Tells the whole product. */
async function record(facts: Partial<Facts>): Promise<void> {
  await createRecordFacts(database.of, books.context().clock, 'test')(facts)
}

/** Closes a month: recognises what it earned, and revalues what is foreign in it. */
async function close(month: string): Promise<void> {
  expect(await books.close(legalEntityId, month)).toMatchObject({ blockers: [], violations: [] })
}

async function recognize(through: string): Promise<void> {
  await recognizeRevenue(books.db, books.context(), { through: day(through) })
}
