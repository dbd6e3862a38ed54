// Documents become journal entries: once each, in balance, in a period that is open, or not at all and with a reason.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { creditNoteFact, day, dispute, paymentFact, refundFact, store } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { annualInvoice, booksOf, fxRate, openingFacts, period, stated, type TestBooks } from './books.ts'

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

const allocated = (amount: bigint) => [{ id: 'allocation-1', invoiceId: 'invoice-1', amount }]

/** How many statements posting so many invoices and payments takes. */
async function statementsFor(count: number): Promise<number> {
  const { invoices, payments } = store({
    invoices: Array.from({ length: count }, (_, n) => annualInvoice({ id: `inv-${count}-${n}` })),
    payments: Array.from({ length: count }, (_, n) => paymentFact({ id: `pay-${count}-${n}` })),
  })
  database.statements.length = 0
  expect(await books.post({ invoices, payments })).toEqual({ posted: 2 * count, blocked: 0 })
  return database.statements.length
}

/** A statement that adds a debit and a credit to an entry. */
const insertLine = (entry: string, debit: number, credit: number): string =>
  `INSERT INTO erp.journal_line
     SELECT '${entry}', n, 'acc', 'REVENUE', d, c, d, c, 'entity-1', NULL, 'USD', '2026-01-01'
   FROM (VALUES (101, ${debit}, 0), (102, 0, ${credit})) AS v(n, d, c)`

describe('an invoice of 500 and 40 of tax, paid with a fee of 16 (J2)', () => {
  const documents = store({
    invoices: [annualInvoice()],
    payments: [paymentFact({ amount: 540_00n, fee: 16_00n, allocations: allocated(540_00n) })],
  })

  it('is owed, deferred and taxed; then cash less the fee settles it', async () => {
    expect(await books.post(documents)).toEqual({ posted: 2, blocked: 0 })
    expect(await books.journal()).toEqual([
      '1 2026-01 POSTED INVOICE_ISSUED: Dr RECEIVABLES 54000, Cr DEFERRED_REVENUE 50000, Cr TAX_PAYABLE 4000',
      '2 2026-01 POSTED PAYMENT_RECEIVED: Dr CASH_CLEARING 52400, Dr PROCESSOR_FEES 1600, Cr RECEIVABLES 54000',
    ])
  })

  it('posts nothing the second time and tells nobody', async () => {
    await books.post(documents)
    const events = await books.events()
    expect(events).toMatchObject({ 'revgraph.erp.journal.posted.v1': 2 })
    expect(await books.post(documents)).toEqual({ posted: 0, blocked: 0 })
    expect(await books.events()).toEqual(events)
  })

  it('is posted once by ten callers at once, and the numbers have no gap', async () => {
    const others = Array.from({ length: 9 }, (_, n) =>
      annualInvoice({ id: `other-${n}`, number: `US-${n + 2}` }),
    )
    const { invoices } = store({ invoices: others })
    const calls = invoices.map((invoice) =>
      books.post({ ...documents, invoices: [...documents.invoices, invoice] }),
    )
    const counts = await Promise.all([...calls, books.post(documents)])
    expect(counts.reduce((total, { posted }) => total + posted, 0)).toBe(11)
    const numbers = (await books.journal()).map((entry) => entry.split(' ')[0])
    expect(numbers).toEqual(numbers.map((_, index) => String(index + 1)))
    expect(numbers).toHaveLength(11)
  })

  it('tells the event with everything that was posted', async () => {
    await books.post({ invoices: documents.invoices })
    const [event] = await database.owner.rows<{ data: unknown }>({
      text: `SELECT data FROM erp.event WHERE type = 'revgraph.erp.journal.posted.v1'`,
      values: [],
    })
    expect(event?.data).toMatchObject({
      number: 'US-00000001',
      sourceId: 'invoice-1',
      date: '2026-01-01',
      period: '2026-01',
      lines: [
        { role: 'RECEIVABLES', accountId: 'acc_entity-1_1100', debit: '54000', credit: '0' },
        { role: 'DEFERRED_REVENUE', debit: '0', credit: '50000' },
        { role: 'TAX_PAYABLE', debit: '0', credit: '4000' },
      ],
    })
  })
})

describe('what is taken back', () => {
  const invoice = annualInvoice()

  it('a void invoice is mirrored, linked, and nothing is left of it', async () => {
    const { invoices } = store({ invoices: [{ ...invoice, lifecycle: 'VOID', closedOn: day('2026-02-10') }] })
    await books.post(store({ invoices: [invoice] }))
    expect(await books.post({ invoices })).toEqual({ posted: 1, blocked: 0 })
    expect(await books.journal()).toEqual([
      '1 2026-01 REVERSED INVOICE_ISSUED: Dr RECEIVABLES 54000, Cr DEFERRED_REVENUE 50000, Cr TAX_PAYABLE 4000',
      '2 2026-02 POSTED INVOICE_VOIDED: Cr RECEIVABLES 54000, Dr DEFERRED_REVENUE 50000, Dr TAX_PAYABLE 4000',
    ])
    expect(await books.balances()).toEqual({})
    expect(await books.events()).toMatchObject({ 'revgraph.erp.journal.reversed.v1': 1 })
  })

  it('an invoice that is first seen when it is void gets both entries', async () => {
    const { invoices } = store({ invoices: [{ ...invoice, lifecycle: 'VOID', closedOn: day('2026-02-10') }] })
    expect(await books.post({ invoices })).toEqual({ posted: 2, blocked: 0 })
    expect(await books.post({ invoices })).toEqual({ posted: 0, blocked: 0 })
    expect(await books.balances()).toEqual({})
  })

  it('a refund that fails after it was posted as pending is taken back', async () => {
    const payment = paymentFact({ amount: 540_00n, allocations: allocated(540_00n) })
    const pending = refundFact({ status: 'PENDING', amount: 100_00n })
    const before = store({ invoices: [invoice], payments: [payment], refunds: [pending] })
    const after = store({ ...before, payments: [payment], refunds: [{ ...pending, status: 'FAILED' }] })
    await books.post(before)
    expect(await books.balances()).toMatchObject({ CREDITS_AND_REFUNDS: 100_00n, CASH_CLEARING: 440_00n })
    // The payment is not handed over again: the books know in whose name it is.
    expect(await books.post({ refunds: after.refunds })).toEqual({ posted: 1, blocked: 0 })
    expect(await books.balances()).toMatchObject({ CASH_CLEARING: 540_00n })
    expect(await books.post({ refunds: after.refunds })).toEqual({ posted: 0, blocked: 0 })

    expect(await books.post({ refunds: before.refunds })).toEqual({ posted: 1, blocked: 0 })
    expect(await books.balances()).toMatchObject({ CREDITS_AND_REFUNDS: 100_00n, CASH_CLEARING: 440_00n })
  })

  it('a write-off that a late payment makes smaller is posted anew', async () => {
    const uncollectible = annualInvoice({ lifecycle: 'UNCOLLECTIBLE', closedOn: day('2026-06-30') })
    const payment = paymentFact({
      amount: 200_00n,
      allocations: allocated(200_00n),
      receivedOn: day('2026-08-01'),
    })
    await books.post(store({ invoices: [uncollectible] }))
    expect(await books.balances()).toMatchObject({ BAD_DEBT: 540_00n })
    await books.post(store({ invoices: [uncollectible], payments: [payment] }))
    expect(await books.balances()).toMatchObject({ BAD_DEBT: 340_00n, CASH_CLEARING: 200_00n })
    expect(await books.balances()).not.toHaveProperty('RECEIVABLES')
    expect((await books.journal()).filter((entry) => entry.includes('WRITTEN_OFF'))).toEqual([
      '2 2026-06 REVERSED INVOICE_WRITTEN_OFF: Dr BAD_DEBT 54000, Cr RECEIVABLES 54000',
      '3 2026-06 POSTED INVOICE_WRITTEN_OFF: Cr BAD_DEBT 54000, Dr RECEIVABLES 54000',
      '4 2026-06 POSTED INVOICE_WRITTEN_OFF: Dr BAD_DEBT 34000, Cr RECEIVABLES 34000',
    ])
  })

  it('a dispute that is won brings the cash back, one that is lost makes it a loss', async () => {
    const payment = paymentFact({ amount: 540_00n, allocations: allocated(540_00n) })
    const opened = dispute({ amount: 540_00n })
    const closedOn = day('2026-03-01')
    await books.post(store({ invoices: [invoice], payments: [payment], disputes: [opened] }))
    expect(await books.balances()).toMatchObject({ DISPUTED_CASH: 540_00n })
    await books.post({ disputes: [{ ...opened, status: 'LOST', closedOn }] })
    expect(await books.balances()).toMatchObject({ DISPUTE_LOSSES: 540_00n })
    await books.post({ disputes: [{ ...opened, status: 'WON', closedOn }] })
    expect(await books.balances()).toMatchObject({ CASH_CLEARING: 540_00n })
    expect(await books.balances()).not.toHaveProperty('DISPUTE_LOSSES')
  })

  it('a credit note lowers what is owed, and comes back when it is void', async () => {
    const issued = creditNoteFact({
      lines: [
        { id: 'cl-1', invoiceLineId: null, description: 'Goodwill', amount: 50_00n, servicePeriod: null },
      ],
    })
    await books.post(store({ invoices: [invoice], creditNotes: [issued] }))
    expect(await books.balances()).toMatchObject({ RECEIVABLES: 490_00n, CREDITS_AND_REFUNDS: 50_00n })
    const voided = { ...issued, status: 'VOID' as const, voidedOn: day('2026-02-01') }
    await books.post(store({ invoices: [invoice], creditNotes: [voided] }))
    expect(await books.balances()).toMatchObject({ RECEIVABLES: 540_00n })
    expect(await books.balances()).not.toHaveProperty('CREDITS_AND_REFUNDS')
  })
})

describe('what cannot be posted', () => {
  const { invoices } = store({ invoices: [annualInvoice()] })

  it.each([
    {
      why: 'nobody knows the legal entity',
      fields: { legalEntityId: 'entity-fr' },
      reason: 'There is no legal entity entity-fr',
    },
    {
      why: 'there is no exchange rate',
      fields: { currency: 'GBP' },
      reason: 'There is no exchange rate GBP/USD on or before 2026-01-01',
    },
    {
      why: 'no period covers the date',
      fields: { issueDate: day('2025-12-31') },
      reason: 'US has no accounting period for 2025-12-31',
    },
  ])('is noted where $why, and does not keep others back', async ({ fields, reason }) => {
    const blocked = annualInvoice({ id: 'blocked', number: 'US-2', ...fields })
    const { invoices: both } = store({ invoices: [annualInvoice(), blocked] })
    expect(await books.post({ invoices: both })).toEqual({ posted: 1, blocked: 1 })
    expect(await books.blocks()).toEqual({ blocked: reason })
    expect(await books.journal()).toHaveLength(1)
  })

  it('is noted where an account is missing, once, and posted when the account is there', async () => {
    const { ledgerAccounts, ...facts } = openingFacts()
    await database.reset()
    const [tax = [], others = []] = [true, false].map((isTax) =>
      ledgerAccounts.filter(({ role }) => (role === 'TAX_PAYABLE') === isTax),
    )
    await books.record({ ...facts, ledgerAccounts: others })
    expect(await books.post({ invoices })).toEqual({ posted: 0, blocked: 1 })
    expect(await books.post({ invoices })).toEqual({ posted: 0, blocked: 1 })
    expect(await books.blocks()).toEqual({
      'invoice-1': 'The rule TAX_PAYABLE to 2100 for entity-1 names an account that US does not have',
    })
    expect(await books.events()).toMatchObject({ 'revgraph.erp.posting.blocked.v1': 1 })

    await books.record({ ledgerAccounts: tax })
    expect(await books.post({ invoices })).toEqual({ posted: 1, blocked: 0 })
    expect(await books.blocks()).toEqual({})
    expect(await books.events()).toMatchObject({ 'revgraph.erp.posting.unblocked.v1': 1 })
  })

  it('is noted where the payment of a refund is unknown', async () => {
    const { refunds } = store({ payments: [paymentFact()], refunds: [refundFact()] })
    expect(await books.post({ refunds })).toEqual({ posted: 0, blocked: 1 })
    expect(await books.blocks()).toEqual({ 'refund-1': 'The payment payment-1 is not known to the books' })
  })

  it('is nothing at all for a draft and for an invoice of zero', async () => {
    const nothing = store({
      invoices: [
        annualInvoice({ id: 'draft', lifecycle: 'DRAFT', number: null }),
        annualInvoice({ id: 'zero', lines: [], taxLines: [] }),
      ],
    })
    expect(await books.post(nothing)).toEqual({ posted: 0, blocked: 0 })
  })
})

describe('a closed period', () => {
  const { invoices } = store({ invoices: [annualInvoice({ issueDate: day('2026-02-15') })] })

  it('takes no entry: a late one goes to the first open period and keeps its own', async () => {
    await books.record({
      accountingPeriods: ['2026-02', '2026-03'].map((month) => period('entity-1', month, 'CLOSED', 2n)),
    })
    await books.post({ invoices })
    const rows = await database.owner.rows({
      text: 'SELECT date::text, period, original_period FROM erp.journal_entry',
      values: [],
    })
    expect(rows).toEqual([
      {
        date: Temporal.PlainDate.from('2026-02-15').toString(),
        period: '2026-04',
        original_period: '2026-02',
      },
    ])
  })

  it('that is open again takes entries', async () => {
    await books.record({ accountingPeriods: [period('entity-1', '2026-02', 'CLOSED', 2n)] })
    await books.record({ accountingPeriods: [period('entity-1', '2026-02', 'REOPENED', 3n)] })
    await books.post({ invoices })
    expect((await books.journal())[0]).toContain('2026-02 POSTED')
    expect(await books.events()).toMatchObject({ 'revgraph.erp.period.reopened.v1': 1 })
  })

  it('may be the last one: then a late document is blocked', async () => {
    const { legalEntities, ledgerAccounts, accountRules } = openingFacts()
    await database.reset()
    await books.record({
      legalEntities,
      ledgerAccounts,
      accountRules,
      accountingPeriods: [period('entity-1', '2026-02', 'CLOSED')],
    })
    expect(await books.post({ invoices })).toEqual({ posted: 0, blocked: 1 })
    expect(await books.blocks()).toEqual({ 'invoice-1': 'US has no open accounting period from 2026-02-15' })
  })
})

it('posts 50 documents with as many statements as 5', async () => {
  expect(await statementsFor(50)).toBe(await statementsFor(5))
})

describe('the database refuses', () => {
  it.each([
    { what: 'lines that do not balance', sql: insertLine('posted', 100, 99), error: 'does not balance' },
    { what: 'lines of no entry', sql: insertLine('nothing', 100, 100), error: 'does not exist' },
    {
      what: 'a changed line',
      sql: 'UPDATE erp.journal_line SET account_id = account_id',
      error: 'never changed',
    },
    {
      what: 'a changed entry',
      sql: `UPDATE erp.journal_entry SET date = '2026-01-02'`,
      error: 'never changed',
    },
    { what: 'a deletion', sql: 'DELETE FROM erp.journal_entry', error: 'never changed' },
  ])('$what, whoever asks', async ({ sql, error }) => {
    await books.post(store({ invoices: [annualInvoice()] }))
    const [entry] = await database.owner.rows<{ id: string }>({
      text: 'SELECT id FROM erp.journal_entry',
      values: [],
    })
    const text = sql.replace("'posted'", `'${entry?.id}'`)
    await expect(database.owner.rows({ text, values: [] })).rejects.toThrow(error)
  })

  it('a deletion by ERP itself', async () => {
    const deletion = database.of('erp').rows({ text: 'DELETE FROM erp.posting_note', values: [] })
    await expect(deletion).rejects.toThrow('permission denied')
  })
})

describe('facts of the books', () => {
  it('change nothing the second time', async () => {
    const events = await books.events()
    const counts = await books.record(openingFacts())
    expect(counts.accountingPeriods).toEqual({ created: 0, changed: 0, unchanged: 108, stale: 0 })
    expect(await books.events()).toEqual(events)
  })

  it.each([
    {
      what: 'a rate of zero',
      facts: { fxRates: [fxRate('USD', 'EUR', '0', '2026-01-01')] },
      code: 'RATE_INVALID',
    },
    {
      what: 'a currency that is none',
      facts: { fxRates: [fxRate('USD', 'XYZ', '1', '2026-01-01')] },
      code: 'CURRENCY_UNKNOWN',
    },
    {
      what: 'a period without days',
      facts: {
        accountingPeriods: [
          {
            ...period('entity-1', '2030-01'),
            ...stated('per_1'),
            range: { start: day('2030-01-01'), end: day('2030-01-01') },
          },
        ],
      },
      code: 'DATE_ORDER',
    },
  ])('are refused for $what', async ({ facts, code }) => {
    await expect(books.record(facts)).rejects.toThrow(code)
  })
})
