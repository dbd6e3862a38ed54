// Another currency than that of the books: converted by the day, mirrored as posted, settled with what it gained.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  creditNoteFact,
  day,
  paymentFact,
  refundFact,
  store,
  type StoredDocuments,
  taxLine,
} from '#test/domain/documents.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { buildSchedules } from '#subgraphs/erp/schedule.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { annualInvoice, booksOf, fxRate, openingFacts, type TestBooks } from './books.ts'

let database: TestDatabase
let books: TestBooks

beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  books = booksOf(database)
  await books.record(openingFacts())
})
afterEach(async () => {
  expect(await books.broken()).toEqual({})
})
afterAll(() => database.close())

describe('another currency than that of the books', () => {
  it('is converted by the latest rate on or before the day, and balances to the cent', async () => {
    await books.record({
      fxRates: [
        fxRate('USD', 'EUR', '0.5', '2025-12-01'),
        fxRate('USD', 'EUR', '0.9133', '2026-01-01'),
        fxRate('USD', 'EUR', '0.7', '2026-01-02'),
      ],
    })
    await books.post(store({ invoices: [annualInvoice({ legalEntityId: 'entity-de' })] }))
    const rows = await database.owner.rows({
      text: `SELECT role, debit - credit AS amount, functional_debit - functional_credit AS functional
        FROM erp.journal_line ORDER BY line_number`,
      values: [],
    })
    expect(rows).toEqual([
      { role: 'RECEIVABLES', amount: 540_00n, functional: 493_18n },
      { role: 'DEFERRED_REVENUE', amount: -500_00n, functional: -456_65n },
      { role: 'TAX_PAYABLE', amount: -40_00n, functional: -36_53n },
    ])
  })

  it.each([
    ['the inverse of a rate', [fxRate('EUR', 'USD', '1.25', '2026-01-01')], 432_00n],
    [
      'a rate through another currency',
      [fxRate('USD', 'JPY', '150', '2025-12-01'), fxRate('EUR', 'JPY', '160', '2025-12-31')],
      506_25n,
    ],
  ])('is converted by %s where it has none of its own', async (_, fxRates, owed) => {
    await books.record({ fxRates })
    await books.post(store({ invoices: [annualInvoice({ legalEntityId: 'entity-de' })] }))
    expect(await books.balances()).toMatchObject({ RECEIVABLES: owed })
  })

  it('knows how many decimals each currency has', async () => {
    await books.record({ fxRates: [fxRate('USD', 'JPY', '151.37', '2026-01-01')] })
    await books.post(store({ invoices: [annualInvoice({ legalEntityId: 'entity-jp' })] }))
    expect(await books.balances()).toEqual({
      RECEIVABLES: 81_740n,
      DEFERRED_REVENUE: -75_685n,
      TAX_PAYABLE: -6_055n,
    })
  })

  it('realises what a change of rate gained by the time of the payment, once', async () => {
    await books.record({
      fxRates: [fxRate('USD', 'EUR', '0.9', '2026-01-01'), fxRate('USD', 'EUR', '0.95', '2026-02-01')],
    })
    const invoice = annualInvoice({ legalEntityId: 'entity-de' })
    const payment = paymentFact({
      legalEntityId: 'entity-de',
      amount: 540_00n,
      receivedOn: day('2026-02-10'),
      allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 540_00n }],
    })
    const documents = store({ invoices: [invoice], payments: [payment] })
    await books.post({ invoices: documents.invoices })
    expect(await books.post({ payments: documents.payments })).toEqual({ posted: 1, blocked: 0 })
    expect(await books.post(documents)).toEqual({ posted: 0, blocked: 0 })
    expect(await books.balances()).toEqual({
      CASH_CLEARING: 513_00n,
      DEFERRED_REVENUE: -450_00n,
      FX_REALIZED: -27_00n,
      TAX_PAYABLE: -36_00n,
    })
    expect(await books.broken()).toEqual({})
  })

  describe('once nothing is left of what a customer owes', () => {
    const entity = { legalEntityId: 'entity-de' }
    const invoice = annualInvoice(entity)
    const paid = paymentFact({
      ...entity,
      amount: 540_00n,
      receivedOn: day('2026-02-10'),
      allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 540_00n }],
    })
    const cancelled = creditNoteFact({
      ...entity,
      issuedOn: day('2026-03-10'),
      lines: [
        {
          id: 'credited',
          invoiceLineId: invoice.lines[0]?.id ?? '',
          description: 'All of it',
          amount: 500_00n,
          servicePeriod: null,
        },
      ],
      taxLines: [taxLine(40_00n)],
    })
    const refunded = refundFact({ amount: 540_00n, refundedOn: day('2026-04-10') })

    beforeEach(() =>
      books.record({
        fxRates: [
          fxRate('USD', 'EUR', '0.9', '2026-01-01'),
          fxRate('USD', 'EUR', '0.95', '2026-02-01'),
          fxRate('USD', 'EUR', '0.97', '2026-04-01'),
        ],
      }),
    )

    it('nothing is left in the books: a credit note displaces a payment, which is refunded', async () => {
      await books.post(store({ invoices: [invoice], payments: [paid] }))
      await books.post(store({ invoices: [invoice], payments: [paid], creditNotes: [cancelled] }))
      // Paid at 0.95 what was owed at 0.9, and so it is carried until it leaves.
      expect(await books.balances()).toMatchObject({ RECEIVABLES: -486_00n, FX_REALIZED: -27_00n })
      const all = store({
        invoices: [invoice],
        payments: [paid],
        creditNotes: [cancelled],
        refunds: [refunded],
      })
      expect(await books.post(all)).toEqual({ posted: 2, blocked: 0 })
      expect(await books.post(all)).toEqual({ posted: 0, blocked: 0 })
      // 513.00 came, and 523.80 went.
      expect(await books.balances()).toEqual({
        CASH_CLEARING: -10_80n,
        FX_REALIZED: 10_80n,
        DEFERRED_REVENUE: -450_00n,
        CREDITS_AND_REFUNDS: 450_00n,
      })
    })

    it('nothing is left in the books: a payment is applied only after it came', async () => {
      await books.post(store({ invoices: [invoice], payments: [{ ...paid, allocations: [] }] }))
      expect(await books.post(store({ invoices: [invoice], payments: [paid] }))).toMatchObject({ blocked: 0 })
      expect(await books.balances()).toMatchObject({ CASH_CLEARING: 513_00n, FX_REALIZED: -27_00n })
    })
  })

  it('recognises what was deferred at what it was worth then, to the last cent', async () => {
    await books.record({
      fxRates: [
        fxRate('USD', 'EUR', '0.9133', '2026-01-01'),
        fxRate('USD', 'EUR', '0.8', '2026-02-01'),
        fxRate('USD', 'EUR', '1.2', '2026-09-01'),
      ],
    })
    const documents = store({ invoices: [annualInvoice({ legalEntityId: 'entity-de' })] })
    await books.post(documents)
    await buildSchedules(books.db, books.context(), { contracts: [], invoices: documents.invoices })
    const recognize = (through: string) =>
      recognizeRevenue(books.db, books.context(), { through: day(through), batchSize: 1 })
    expect(await recognize('2026-03-31')).toEqual({ posted: 3, blocked: 0 })
    expect(await recognize('2026-12-31')).toEqual({ posted: 9, blocked: 0 })
    expect(await books.balances()).toEqual({ RECEIVABLES: 493_18n, REVENUE: -456_65n, TAX_PAYABLE: -36_53n })
  })

  it.each([1, 2_000])('recognises and takes back the same in batches of %i months', async (batchSize) => {
    await books.record({
      fxRates: [fxRate('USD', 'EUR', '0.9133', '2026-01-01'), fxRate('USD', 'EUR', '1.2', '2026-07-01')],
    })
    const first = annualInvoice({ legalEntityId: 'entity-de' })
    const second = annualInvoice({ id: 'invoice-2', number: 'INV-2', legalEntityId: 'entity-de' })
    const state = async (documents: StoredDocuments) => {
      await books.post(documents)
      await buildSchedules(books.db, books.context(), { contracts: [], invoices: documents.invoices })
    }
    const recognize = (through: string) =>
      recognizeRevenue(books.db, books.context(), { through: day(through), batchSize })
    await state(store({ invoices: [first, second] }))
    await recognize('2026-06-30')
    await state(store({ invoices: [{ ...first, lifecycle: 'VOID', closedOn: day('2026-07-10') }, second] }))
    await recognize('2026-07-31')
    // What is left is 209.58 deferred and 290.42 earned, as if the first had never been: no rate since has changed it.
    expect(await books.balances()).toEqual({
      RECEIVABLES: 493_18n,
      DEFERRED_REVENUE: -191_41n,
      REVENUE: -265_24n,
      TAX_PAYABLE: -36_53n,
    })
  })

  it('is mirrored at the rate at which it was posted', async () => {
    await books.record({ fxRates: [fxRate('USD', 'EUR', '0.9', '2026-01-01')] })
    const invoice = annualInvoice({ legalEntityId: 'entity-de' })
    await books.post(store({ invoices: [invoice] }))
    await books.record({ fxRates: [fxRate('USD', 'EUR', '0.8', '2026-02-01')] })
    await books.post(store({ invoices: [{ ...invoice, lifecycle: 'VOID', closedOn: day('2026-02-10') }] }))
    expect(await books.balances()).toEqual({})
  })
})
