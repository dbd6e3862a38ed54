// The journal as text: exactly what each program reads, names and cells that break none of them, and flat memory.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccountType } from '#domain/erp.ts'
import { beancount } from '#subgraphs/erp/export/beancount.ts'
import { cell } from '#subgraphs/erp/export/csv.ts'
import { exportJournal, type JournalExport } from '#subgraphs/erp/export/export-journal.ts'
import { hledger } from '#subgraphs/erp/export/hledger.ts'
import { day, invoiceFact, invoiceLine, paymentFact, store } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { booksOf, fxRate, openingFacts, type TestBooks } from './books.ts'

let database: TestDatabase
let books: TestBooks

beforeAll(async () => {
  database = await openTestDatabase()
  books = booksOf(database)
  await books.record(openingFacts())
  await books.record({
    fxRates: [
      fxRate('USD', 'EUR', '0.90', '2026-01-01'),
      fxRate('USD', 'EUR', '0.95', '2026-01-31'),
      fxRate('USD', 'EUR', '0.92', '2026-02-10'),
    ],
  })
  const invoices = [
    invoiceFact({ legalEntityId: 'entity-de', lines: [invoiceLine(100_00n)] }),
    invoiceFact({ id: 'yen', legalEntityId: 'entity-jp', currency: 'JPY', lines: [invoiceLine(700n)] }),
  ]
  await books.post(store({ invoices }))
  await books.close('entity-de', '2026-01')
  const payment = paymentFact({
    legalEntityId: 'entity-de',
    amount: 100_00n,
    receivedOn: day('2026-02-10'),
    allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 100_00n }],
  })
  await books.post(store({ invoices, payments: [payment] }))
})
afterAll(() => database.close())

async function exported(wanted: Partial<JournalExport>): Promise<string> {
  const pieces: string[] = []
  await exportJournal(
    books.db,
    { format: 'hledger', entityCode: 'DE', through: null, ...wanted },
    async (text) => {
      pieces.push(text)
    },
  )
  return pieces.join('')
}

/** The entries, without the declarations before them. */
const bodyOf = (text: string): string => text.slice(text.indexOf('\n\n') + 2)

describe('an invoice of 100.00 USD in books in euros, revalued at the close and paid for less', () => {
  it('is amounts of dollars with their worth, and gains and losses that are euros alone', async () => {
    expect(bodyOf(await exported({}))).toBe(`2026-01-01 * (DE-00000001) Invoice US-1
    ; purpose: INVOICE_ISSUED
    ; period: 2026-01
    ; source: INVOICE invoice-1
    ; customer: customer-1
    Assets:DE:1100 Accounts receivable  100.00 USD @@ 90.00 EUR
    Income:DE:4000 Revenue  -100.00 USD @@ 90.00 EUR

2026-01-31 * (DE-00000002) Revaluation of USD
    ; purpose: FX_REVALUED
    ; period: 2026-01
    ; source: ACCOUNTING_PERIOD per_entity-de_2026-01
    Assets:DE:1100 Accounts receivable  5.00 EUR
    Expenses:DE:7200 Unrealized exchange gains and losses  -5.00 EUR

2026-01-31 * Reported balances of DE
    Assets:DE:1100 Accounts receivable  0.00 EUR = 5.00 EUR
    Assets:DE:1100 Accounts receivable  0.00 USD = 100.00 USD
    Income:DE:4000 Revenue  0.00 EUR = 0.00 EUR
    Income:DE:4000 Revenue  0.00 USD = -100.00 USD
    Expenses:DE:7200 Unrealized exchange gains and losses  0.00 EUR = -5.00 EUR
    Expenses:DE:7200 Unrealized exchange gains and losses  0.00 USD = 0.00 USD

2026-02-01 * (DE-00000003) Revaluation of USD
    ; purpose: FX_REVALUATION_REVERSED
    ; period: 2026-02
    ; source: ACCOUNTING_PERIOD per_entity-de_2026-01
    Assets:DE:1100 Accounts receivable  -5.00 EUR
    Expenses:DE:7200 Unrealized exchange gains and losses  5.00 EUR

2026-02-10 * (DE-00000004) Payment
    ; purpose: PAYMENT_RECEIVED
    ; period: 2026-02
    ; source: PAYMENT payment-1
    ; customer: customer-1
    Assets:DE:1010 Cash in clearing  100.00 USD @@ 92.00 EUR
    Assets:DE:1100 Accounts receivable  -100.00 USD @@ 90.00 EUR
    Expenses:DE:7100 Realized exchange gains and losses  -2.00 EUR

2026-02-28 * Reported balances of DE
    Assets:DE:1010 Cash in clearing  0.00 EUR = 0.00 EUR
    Assets:DE:1010 Cash in clearing  0.00 USD = 100.00 USD
    Assets:DE:1100 Accounts receivable  0.00 EUR = 0.00 EUR
    Assets:DE:1100 Accounts receivable  0.00 USD = 0.00 USD
    Income:DE:4000 Revenue  0.00 EUR = 0.00 EUR
    Income:DE:4000 Revenue  0.00 USD = -100.00 USD
    Expenses:DE:7100 Realized exchange gains and losses  0.00 EUR = -2.00 EUR
    Expenses:DE:7100 Realized exchange gains and losses  0.00 USD = 0.00 USD
    Expenses:DE:7200 Unrealized exchange gains and losses  0.00 EUR = 0.00 EUR
    Expenses:DE:7200 Unrealized exchange gains and losses  0.00 USD = 0.00 USD
`)
  })

  it('is the same in beancount, whose balances are of the morning after', async () => {
    const text = await exported({ format: 'beancount', through: day('2026-01-01') })
    expect(text).toMatch(/^2026-01-01 open Assets:DE:1000-Bank\n/)
    expect(bodyOf(text)).toBe(`2026-01-01 * "Invoice US-1"
  number: "DE-00000001"
  purpose: "INVOICE_ISSUED"
  period: "2026-01"
  source: "INVOICE invoice-1"
  customer: "customer-1"
  Assets:DE:1100-Accounts-receivable  100.00 USD @@ 90.00 EUR
  Income:DE:4000-Revenue  -100.00 USD @@ 90.00 EUR

2026-01-02 balance Assets:DE:1100-Accounts-receivable  0.00 ~ 0.00 EUR
2026-01-02 balance Assets:DE:1100-Accounts-receivable  100.00 ~ 0.00 USD
2026-01-02 balance Income:DE:4000-Revenue  0.00 ~ 0.00 EUR
2026-01-02 balance Income:DE:4000-Revenue  -100.00 ~ 0.00 USD
`)
  })

  it('is a row for each line in CSV', async () => {
    const [head, ...rows] = (await exported({ format: 'csv' })).split('\r\n')
    expect(head).toMatch(/^legal_entity,number,date,/)
    expect(rows).toHaveLength(10)
    expect(rows[2]).toBe(
      'DE,DE-00000002,2026-01-31,2026-01,2026-01,FX_REVALUED,Revaluation of USD,ACCOUNTING_PERIOD,' +
        'per_entity-de_2026-01,,,1100,Accounts receivable,0.00,0.00,USD,5.00,0.00,EUR',
    )
  })
})

it('has all legal entities by date, code and number, the same every time', async () => {
  const text = await exported({ entityCode: null })
  expect([...text.matchAll(/^\d{4}.*\((.*)\)/gm)].map(([, number]) => number)).toEqual([
    'DE-00000001',
    'JP-00000001',
    'DE-00000002',
    'DE-00000003',
    'DE-00000004',
  ])
  expect(text).toContain('commodity 1000. JPY\n')
  expect(text).toContain('Assets:JP:1100 Accounts receivable  700 JPY\n')
  expect(await exported({ entityCode: null })).toBe(text)
})

it('makes no more text than is taken', async () => {
  let waiting = 0
  await exportJournal(books.db, { format: 'hledger', entityCode: null, through: null }, async () => {
    waiting += 1
    expect(waiting).toBe(1)
    await new Promise((resolve) => setImmediate(resolve))
    waiting -= 1
  })
})

describe('the name of an account', () => {
  it.each([
    {
      name: 'Owed:  by ; all\n| of them',
      hledger: 'Assets:de x:1100 Owed- by , all , of them',
      beancount: 'Assets:De-x:1100-Owed-by-all-of-them',
    },
    {
      name: 'Forderungen über “alles”',
      hledger: 'Assets:de x:1100 Forderungen über “alles”',
      beancount: 'Assets:De-x:1100-Forderungen-uber-alles',
    },
    { name: '売掛金', hledger: 'Assets:de x:1100 売掛金', beancount: 'Assets:De-x:1100' },
  ])('$name is legal', ({ name, ...expected }) => {
    expect(hledger.accountName(accountOf(name))).toBe(expected.hledger)
    expect(beancount.accountName(accountOf(name))).toBe(expected.beancount)
  })
})

describe('a cell of CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['a, b', '"a, b"'],
    ['says "so"', '"says ""so"""'],
    ['=1+1', `"'=1+1"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['\n=1', `"'\n=1"`],
    ['＝1', `"'＝1"`],
    ['=cmd|"/C calc"!A0', `"'=cmd|""/C calc""!A0"`],
    ['1-2', '1-2'],
  ])('%j is written as %j', (text, written) => {
    expect(cell(text)).toBe(written)
  })
})

function accountOf(name: string, type: AccountType = 'ASSET') {
  return {
    entityCode: 'de x',
    account: {
      id: 'account-1',
      externalRefs: [],
      version: 1,
      recordedAt: Temporal.Instant.from('2026-01-01T00:00:00Z'),
      legalEntityId: 'entity-de',
      role: 'RECEIVABLES' as const,
      code: '1100',
      name,
      type,
    },
  }
}
