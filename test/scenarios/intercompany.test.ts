/** A company in dollars bills what its affiliate in euros promised: one collects, the other earns. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { createRecordFacts } from '#product.ts'
import {
  contract,
  contractLine,
  creditNoteFact,
  day,
  invoiceFact,
  invoiceLine,
  paymentFact,
  range,
} from '#test/domain/documents.ts'
import { booksOf, fxRate, openingFacts, period, type TestBooks } from '#test/erp/books.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { closeBooks } from './closing.ts'

const BILLER = 'entity-1'
const EARNER = 'entity-de'
const year = range('2026-11-01', '2027-11-01')
const sold = contract({
  legalEntityId: EARNER,
  startDate: year.start,
  endDate: year.end,
  lines: [contractLine({ unitPrice: 1200_00n, interval: { unit: 'YEAR', count: 1 }, servicePeriod: year })],
})
const tax = (taxable: bigint, amount: bigint) => ({ jurisdiction: 'US-NY', rate: '8', taxable, amount })
const invoice = invoiceFact({
  legalEntityId: BILLER,
  contractId: sold.id,
  issueDate: year.start,
  lines: [invoiceLine(1200_00n, { id: 'billed', contractLineId: 'line-1', servicePeriod: year })],
  taxLines: [tax(1200_00n, 96_00n)],
})
const goodwill = creditNoteFact({
  legalEntityId: BILLER,
  issuedOn: day('2026-11-15'),
  lines: [{ id: 'c', invoiceLineId: 'billed', description: 'Sorry', amount: 100_00n, servicePeriod: null }],
  taxLines: [tax(100_00n, 8_00n)],
})
const payment = paymentFact({
  legalEntityId: BILLER,
  amount: 1188_00n,
  receivedOn: day('2026-11-20'),
  allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 1188_00n }],
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
    accountingPeriods: [BILLER, EARNER].flatMap((id) =>
      earlier.map((month) => period(id, month, 'CLOSED', 2n)),
    ),
  })
})
afterEach(() => closeBooks(database))
afterAll(() => database.close())

it('is owed and paid in the one books, earned in the other, and due between them', async () => {
  await record({
    fxRates: [
      fxRate('USD', 'EUR', '0.90', '2026-11-01'),
      fxRate('USD', 'EUR', '0.91', '2026-11-15'),
      fxRate('USD', 'EUR', '0.92', '2026-11-30'),
    ],
  })

  // 1 November: the customer owes 1,296.00 dollars; 1,200.00 of it belong to the affiliate, at 0.90 in its books.
  await record({ contracts: [sold], invoices: [invoice] })
  expect(await balances(BILLER)).toEqual({
    RECEIVABLES: 1296_00n,
    TAX_PAYABLE: -96_00n,
    DUE_TO_AFFILIATES: -1200_00n,
  })
  expect(await balances(EARNER)).toEqual({ DUE_FROM_AFFILIATES: 1080_00n, DEFERRED_REVENUE: -1080_00n })

  // 15 November: 100.00 and its tax are given back. It is the affiliate's loss, worth what it was billed at.
  await record({ creditNotes: [goodwill] })
  expect(await balances(BILLER)).toEqual({
    RECEIVABLES: 1188_00n,
    TAX_PAYABLE: -88_00n,
    DUE_TO_AFFILIATES: -1100_00n,
  })
  expect(await balances(EARNER)).toEqual({
    DUE_FROM_AFFILIATES: 990_00n,
    DEFERRED_REVENUE: -1080_00n,
    CREDITS_AND_REFUNDS: 90_00n,
  })

  // 20 November: the customer pays whom it was billed by. What is due to the affiliate stays due.
  await record({ payments: [payment] })
  expect(await balances(BILLER)).toEqual({
    CASH_CLEARING: 1188_00n,
    TAX_PAYABLE: -88_00n,
    DUE_TO_AFFILIATES: -1100_00n,
  })

  // 30 November: both close. 30 of 365 days are earned at 0.90; what is due is worth 0.92.
  for (const legalEntityId of [BILLER, EARNER])
    expect(await books.close(legalEntityId, '2026-11')).toMatchObject({ blockers: [], violations: [] })
  expect(await balances(BILLER, '2026-11')).toEqual({
    CASH_CLEARING: 1188_00n,
    TAX_PAYABLE: -88_00n,
    DUE_TO_AFFILIATES: -1100_00n,
  })
  expect(await balances(EARNER, '2026-11')).toEqual({
    DUE_FROM_AFFILIATES: 1012_00n,
    DEFERRED_REVENUE: -991_23n,
    REVENUE: -88_77n,
    CREDITS_AND_REFUNDS: 90_00n,
    FX_UNREALIZED: -22_00n,
  })

  // Told again, nothing is posted again.
  const before = await books.journal()
  await record({ contracts: [sold], invoices: [invoice], creditNotes: [goodwill], payments: [payment] })
  expect(await books.journal()).toEqual(before)
})

/** Tells the whole product. */
async function record(facts: Partial<Facts>): Promise<void> {
  await createRecordFacts(database.of, books.context().clock, 'test')(facts)
}

/** Debits less credits of each account of a company in its functional currency by the end of a month. */
async function balances(legalEntityId: string, month = '9999-12'): Promise<Record<string, bigint>> {
  const rows = await database.owner.rows<{ role: string; balance: bigint }>({
    text: `SELECT l.role, sum(l.functional_debit - l.functional_credit)::bigint AS balance
      FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id
      WHERE e.legal_entity_id = $1 AND e.period <= $2
      GROUP BY l.role HAVING sum(l.functional_debit - l.functional_credit) <> 0`,
    values: [legalEntityId, month],
  })
  return Object.fromEntries(rows.map(({ role, balance }) => [role, balance]))
}
