/** A company in euros closes its year with dollars owed to it, and opens it again for an invoice that was forgotten. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { createRecordFacts } from '#product.ts'
import { readSeals } from '#subgraphs/erp/seal-store.ts'
import { day, invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { booksOf, fxRate, openingFacts, period, type TestBooks } from '#test/erp/books.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { closeBooks } from './closing.ts'

const legalEntityId = 'entity-de'
const invoice = invoiceFact({
  legalEntityId,
  number: 'DE-1',
  issueDate: day('2026-12-01'),
  lines: [invoiceLine(1_000_00n)],
})
const forgotten = { ...invoice, id: 'invoice-2', number: 'DE-2', issueDate: day('2026-12-20') }
const payment = paymentFact({
  legalEntityId,
  amount: 2_000_00n,
  receivedOn: day('2027-01-20'),
  allocations: ['invoice-1', 'invoice-2'].map((invoiceId) => ({
    id: invoiceId,
    invoiceId,
    amount: 1_000_00n,
  })),
})

let database: TestDatabase
let books: TestBooks

beforeAll(async () => {
  database = await openTestDatabase()
  books = booksOf(database)
})
afterAll(() => database.close())

it('is owed what the rate of the last day makes of it, both times, and realises the difference later', async () => {
  await record(openingFacts())
  const earlier = Array.from({ length: 11 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}`)
  await record({ accountingPeriods: earlier.map((month) => period(legalEntityId, month, 'CLOSED', 2n)) })
  await record({
    fxRates: [
      fxRate('USD', 'EUR', '0.90', '2026-12-01'),
      fxRate('USD', 'EUR', '0.92', '2026-12-20'),
      fxRate('USD', 'EUR', '0.95', '2026-12-31'),
      fxRate('USD', 'EUR', '0.93', '2027-01-20'),
    ],
  })
  await record({ invoices: [invoice] })

  // 1 January: the year is closed. 1,000.00 dollars of 0.90 are worth 0.95.
  await close('2026-12')
  expect(await books.balances('2026-12')).toEqual({
    RECEIVABLES: 950_00n,
    REVENUE: -900_00n,
    FX_UNREALIZED: -50_00n,
  })
  expect(await books.balances('2027-01')).toEqual({ RECEIVABLES: 900_00n, REVENUE: -900_00n })

  // 10 January: an invoice of December is found. The auditor wants it in its year: December takes entries again.
  books.clock.set('2027-01-10T09:00:00Z')
  expect((await books.reopen(legalEntityId, '2026-12', 'The auditor found invoice DE-2')).violations).toEqual(
    [],
  )
  await record({ invoices: [forgotten] })
  await close('2026-12')
  expect(await books.balances('2026-12')).toEqual({
    RECEIVABLES: 1_900_00n,
    REVENUE: -1_820_00n,
    FX_UNREALIZED: -80_00n,
  })
  const [seals = []] = await readSeals(books.db, [`per_${legalEntityId}_2026-12`])
  expect(seals.map(({ version, entryCount }) => [version, entryCount])).toEqual([
    [2, 4n],
    [1, 2n],
  ])
  expect(seals[0]?.previousHash).toBe(seals[1]?.hash)

  // 20 January: both are paid at 0.93. What was gained since each invoice is realised, and nothing else.
  await record({ payments: [payment] })
  await close('2027-01')
  expect(await books.balances('2027-01')).toEqual({
    CASH_CLEARING: 1_860_00n,
    REVENUE: -1_820_00n,
    FX_REALIZED: -40_00n,
  })
  expect(await books.balances('2026-12')).toMatchObject({ RECEIVABLES: 1_900_00n })

  // The year stays closed while January is: it would begin with something else than December ended with.
  expect((await books.reopen(legalEntityId, '2026-12')).violations).toMatchObject([
    { code: 'LATER_PERIOD_CLOSED' },
  ])
  await closeBooks(database)
})

/** Tells the whole product. */
async function record(facts: Partial<Facts>): Promise<void> {
  await createRecordFacts(database.of, books.context().clock, 'test')(facts)
}

async function close(month: string): Promise<void> {
  expect(await books.close(legalEntityId, month)).toMatchObject({ blockers: [], violations: [] })
}
