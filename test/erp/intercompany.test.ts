// A contract of one legal entity, billed by another: both have it in their books, and owe each other the same.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { InvoiceFact } from '#domain/billing.ts'
import { manualClock } from '#platform/clock.ts'
import { checkInvariants } from '#platform/invariant.ts'
import { buildSchedules } from '#subgraphs/erp/schedule.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { erp } from '#subgraphs/erp/subgraph.ts'
import { contract, creditNoteFact, day, invoiceFact, invoiceLine, store } from '#test/domain/documents.ts'
import { ask } from '#test/support/ask.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { booksOf, fxRate, openingFacts, type TestBooks } from './books.ts'

let database: TestDatabase
let books: TestBooks

beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  books = booksOf(database)
  await books.record(openingFacts())
  await books.record({
    fxRates: [
      fxRate('USD', 'EUR', '0.90', '2026-01-01'),
      fxRate('USD', 'EUR', '0.80', '2026-01-15'),
      fxRate('EUR', 'JPY', '160', '2026-01-01'),
      fxRate('EUR', 'USD', '1.10', '2026-01-01'),
      fxRate('JPY', 'EUR', '0.00625', '2026-01-01'),
    ],
  })
})
afterAll(() => database.close())

/** The contract becomes known to the books, as one of a legal entity. */
const planned = (legalEntityId: string, version = 1) =>
  buildSchedules(books.db, books.context(), {
    contracts: [{ ...contract({ legalEntityId }), version }],
    invoices: [],
  })

/** 1,000.00 for service over time, 50.00 for what is delivered at once, and 199.50 of tax. */
const invoice = (fields: Partial<InvoiceFact> = {}) =>
  invoiceFact({
    contractId: 'contract-1',
    lines: [
      invoiceLine(100_000n, { contractLineId: 'contract-line-1' }),
      invoiceLine(5_000n, { id: 'line-2' }),
    ],
    taxLines: [{ jurisdiction: 'DE', rate: '19', taxable: 105_000n, amount: 19_950n }],
    ...fields,
  })

/** Given back: 200.00 of service that was not delivered, 100.00 of what was, and the tax on both. */
const creditNote = creditNoteFact({
  lines: [
    {
      id: 'a',
      invoiceLineId: 'line-1',
      description: 'Unused',
      amount: 20_000n,
      servicePeriod: { start: day('2026-02-01'), end: day('2026-03-01') },
    },
    { id: 'b', invoiceLineId: 'line-2', description: 'Sorry', amount: 10_000n, servicePeriod: null },
  ],
  taxLines: [{ jurisdiction: 'DE', rate: '19', taxable: 30_000n, amount: 5_700n }],
})

/** Entries as a person would write them down, by purpose: `US: Dr RECEIVABLES 100 = 90, …`, worth behind the amount. */
async function entries(...purposes: readonly string[]): Promise<string[]> {
  const rows = await database.owner.rows<{ text: string }>({
    text: `SELECT format('%s: %s', t.code, string_agg(format('%s %s %s = %s',
        CASE WHEN l.debit > 0 THEN 'Dr' ELSE 'Cr' END, l.role, l.debit + l.credit,
        l.functional_debit + l.functional_credit), ', ' ORDER BY l.line_number)) AS text
      FROM erp.journal_entry e JOIN erp.journal_line l ON l.entry_id = e.id
      JOIN erp.legal_entity t ON t.id = e.legal_entity_id
      WHERE e.purpose = ANY($1) GROUP BY e.id, t.code ORDER BY array_position($1, e.purpose)`,
    values: [purposes],
  })
  return rows.map(({ text }) => text)
}

/** What is left in the accounts of all companies, in the currency of the documents. */
async function left(): Promise<object[]> {
  return database.owner.rows({
    text: `SELECT legal_entity_id AS entity, role, sum(debit - credit) AS amount FROM erp.journal_line
      GROUP BY 1, 2 HAVING sum(debit - credit) <> 0 OR sum(functional_debit - functional_credit) <> 0`,
    values: [],
  })
}

it.each([
  {
    story: 'dollars, billed by the company in dollars for the one in euros',
    currency: 'USD',
    biller: 'entity-1',
    earner: 'entity-de',
    expected: [
      'US: Dr RECEIVABLES 124950 = 124950, Cr TAX_PAYABLE 19950 = 19950, Cr DUE_TO_AFFILIATES 105000 = 105000',
      'DE: Dr DUE_FROM_AFFILIATES 105000 = 94500, Cr DEFERRED_REVENUE 100000 = 90000, Cr REVENUE 5000 = 4500',
    ],
  },
  {
    story: 'euros, billed by the company in yen for the one in dollars',
    currency: 'EUR',
    biller: 'entity-jp',
    earner: 'entity-1',
    expected: [
      'JP: Dr RECEIVABLES 124950 = 199920, Cr TAX_PAYABLE 19950 = 31920, Cr DUE_TO_AFFILIATES 105000 = 168000',
      'US: Dr DUE_FROM_AFFILIATES 105000 = 115500, Cr DEFERRED_REVENUE 100000 = 110000, Cr REVENUE 5000 = 5500',
    ],
  },
  {
    story: 'yen, billed by the company in euros for the one in yen',
    currency: 'JPY',
    biller: 'entity-de',
    earner: 'entity-jp',
    expected: [
      'DE: Dr RECEIVABLES 124950 = 78094, Cr TAX_PAYABLE 19950 = 12469, Cr DUE_TO_AFFILIATES 105000 = 65625',
      'JP: Dr DUE_FROM_AFFILIATES 105000 = 105000, Cr DEFERRED_REVENUE 100000 = 100000, Cr REVENUE 5000 = 5000',
    ],
  },
])('an invoice in $story is in the books of both', async ({ currency, biller, earner, expected }) => {
  await planned(earner)
  const documents = store({ invoices: [invoice({ currency, legalEntityId: biller })] })
  expect(await books.post(documents)).toEqual({ posted: 2, blocked: 0 })
  expect(await entries('INVOICE_ISSUED', 'INTERCOMPANY_INVOICED')).toEqual(expected)

  expect(await books.post(documents)).toEqual({ posted: 0, blocked: 0 })
  expect(await books.broken()).toEqual({})
  expect(await dueInTrialBalances(currency)).toEqual([105_000n, -105_000n])
})

/** Balances with affiliates in the trial balances of all companies, in the currency of the documents. */
async function dueInTrialBalances(currency: string): Promise<bigint[]> {
  const graph = erp(books.db, manualClock('2026-06-01T00:00:00Z'))
  interface Answer {
    readonly trialBalance: {
      readonly accounts: readonly {
        readonly account: { readonly role: string }
        readonly currencies: readonly {
          readonly currency: string
          readonly balance: { minorUnits: string }
        }[]
      }[]
    }
  }
  const answers = await Promise.all(
    ['entity-1', 'entity-de', 'entity-jp'].map((id) =>
      ask<Answer>(
        graph,
        `query ($id: ID!) { trialBalance(legalEntityId: $id) {
          accounts { account { role } currencies { currency balance { minorUnits } } } } }`,
        { id },
      ),
    ),
  )
  const accounts = answers.flatMap(({ trialBalance }) => trialBalance.accounts)
  return ['DUE_FROM_AFFILIATES', 'DUE_TO_AFFILIATES'].map((role) => {
    const own = accounts
      .filter(({ account }) => account.role === role)
      .flatMap(({ currencies }) => currencies)
    expect(own.map((balance) => balance.currency)).toEqual([currency])
    return BigInt(own[0]?.balance.minorUnits ?? 0)
  })
}

describe('what takes a bill back', () => {
  beforeEach(() => planned('entity-de'))

  it('is worth what the invoice was: a credit note lowers what is owed between the companies', async () => {
    await books.post(store({ invoices: [invoice()], creditNotes: [creditNote] }))
    const due = 'Cr DUE_FROM_AFFILIATES 30000 = 27000'
    expect(await entries('CREDIT_NOTE_ISSUED', 'INTERCOMPANY_CREDITED')).toEqual([
      'US: Dr TAX_PAYABLE 5700 = 5700, Dr DUE_TO_AFFILIATES 30000 = 30000, Cr RECEIVABLES 35700 = 35700',
      `DE: Dr DEFERRED_REVENUE 20000 = 18000, Dr CREDITS_AND_REFUNDS 10000 = 9000, ${due}`,
    ])
    expect(await dueInTrialBalances('USD')).toEqual([75_000n, -75_000n])
  })

  it('leaves nothing in either books once all of it is void', async () => {
    await books.post(store({ invoices: [invoice()], creditNotes: [creditNote] }))
    const isVoid = {
      invoices: [invoice({ lifecycle: 'VOID', closedOn: day('2026-02-01') })],
      creditNotes: [{ ...creditNote, status: 'VOID' as const, voidedOn: day('2026-02-01') }],
    }
    expect(await books.post(store(isVoid))).toEqual({ posted: 4, blocked: 0 })
    expect(await left()).toEqual([])
    expect(await books.post(store(isVoid))).toEqual({ posted: 0, blocked: 0 })
    expect(await books.broken()).toEqual({})
  })

  it('is a correction where the contract turns out to be of a third company', async () => {
    await books.post(store({ invoices: [invoice({ currency: 'EUR' })] }))
    await planned('entity-jp', 2)
    expect(await books.post(store({ invoices: [invoice({ currency: 'EUR' })] }))).toEqual({
      posted: 2,
      blocked: 0,
    })
    expect(await left()).toContainEqual({
      entity: 'entity-jp',
      role: 'DUE_FROM_AFFILIATES',
      amount: '105000',
    })
    expect(await left()).not.toContainEqual(expect.objectContaining({ entity: 'entity-de' }))
    expect(await books.broken()).toEqual({})
  })

  it('leaves a bad debt with the company that bills', async () => {
    const uncollectible = invoice({ lifecycle: 'UNCOLLECTIBLE', closedOn: day('2026-03-01') })
    await books.post(store({ invoices: [uncollectible] }))
    expect(await entries('INVOICE_WRITTEN_OFF')).toEqual([
      'US: Dr BAD_DEBT 124950 = 124950, Cr RECEIVABLES 124950 = 124950',
    ])
    expect(await dueInTrialBalances('USD')).toEqual([105_000n, -105_000n])
  })
})

describe('nothing is posted', () => {
  it('while the contract is not known, nor its credit note', async () => {
    const documents = store({ invoices: [invoice()], creditNotes: [creditNote] })
    expect(await books.post(documents)).toEqual({ posted: 0, blocked: 2 })
    expect(await books.blocks()).toEqual({
      'credit-note-1': 'The contract contract-1 is not known to the books',
      'invoice-1': 'The contract contract-1 is not known to the books',
    })
    await planned('entity-de')
    expect(await books.post(documents)).toEqual({ posted: 4, blocked: 0 })
  })

  it('by the one while the other cannot', async () => {
    await planned('entity-jp')
    const documents = store({ invoices: [invoice({ currency: 'GBP' })] })
    await books.record({ fxRates: [fxRate('GBP', 'USD', '1.25', '2026-01-01')] })
    expect(await books.post(documents)).toEqual({ posted: 0, blocked: 1 })
    expect(await books.blocks()).toEqual({
      'invoice-1': 'There is no exchange rate GBP/JPY on or before 2026-01-01',
    })
    await books.record({ fxRates: [fxRate('GBP', 'JPY', '190', '2026-01-01')] })
    expect(await books.post(documents)).toEqual({ posted: 2, blocked: 0 })
  })

  it('between companies where the contract is of the one that bills', async () => {
    await planned('entity-1')
    expect(await books.post(store({ invoices: [invoice()] }))).toEqual({ posted: 1, blocked: 0 })
    expect(await left()).not.toContainEqual(expect.objectContaining({ role: 'DUE_TO_AFFILIATES' }))
  })
})

/** Invariants that break when a statement runs past all guards; nothing of it stays. */
async function brokenBy(text: string): Promise<string[]> {
  let broken: string[] = []
  const planted = database.owner.transaction(async (transaction) => {
    await transaction.rows({ text: 'SET LOCAL session_replication_role = replica', values: [] })
    await transaction.rows({ text, values: [] })
    const findings = await checkInvariants(transaction, erpInvariants)
    broken = findings.filter(({ ids }) => ids.length > 0).map(({ invariant }) => invariant.name)
    throw new Error('rolled back')
  })
  await expect(planted).rejects.toThrow('rolled back')
  return broken
}

const DUE = `role = 'DUE_FROM_AFFILIATES'`

it.each([
  ['an amount', `UPDATE erp.journal_line SET debit = debit - 1 WHERE ${DUE}`],
  ['a customer', `UPDATE erp.journal_line SET customer_id = 'customer-2' WHERE ${DUE}`],
  ['a currency', `UPDATE erp.journal_line SET currency = 'EUR' WHERE ${DUE}`],
  ['a contract', `UPDATE erp.journal_entry SET contract_id = '2' WHERE purpose = 'INTERCOMPANY_INVOICED'`],
  ['an account', `UPDATE erp.journal_line SET role = 'REVENUE' WHERE ${DUE}`],
  [
    'a company',
    `UPDATE erp.journal_entry SET legal_entity_id = 'entity-1', sequence = 9 WHERE legal_entity_id <> 'entity-1'`,
  ],
])('the check of what is due between companies finds %s that only one has', async (_, statement) => {
  await planned('entity-de')
  await books.post(store({ invoices: [invoice()] }))
  expect(await brokenBy(statement)).toContain('4 intercompany')
})
