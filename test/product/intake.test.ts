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
  creditNoteFact,
  day,
  dispute,
  invoiceFact,
  invoiceLine,
  paymentFact,
  range,
  refundFact,
} from '#test/domain/documents.ts'
import { buildSchedules } from '#subgraphs/erp/schedule.ts'
import type { Trouble } from '#subgraphs/operations/intake.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { booksOf, fxRate, openingFacts } from '#test/erp/books.ts'

let database: TestDatabase
let record: (facts: Partial<Facts>) => Promise<unknown>
let troubles: Trouble[]

beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  troubles = []
  record = createRecordFacts(database.of, clock, 'test', (trouble) => troubles.push(trouble))
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

  it('does not block a credit note again that its invoice has room for by now', async () => {
    const credit = { id: 'c', invoiceLineId: null, description: 'Sorry', amount: 130n, servicePeriod: null }
    const { touched: stale } = await recordAndCrash({
      invoices: [invoice],
      creditNotes: [creditNoteFact({ lines: [credit] })],
    })
    await record({ invoices: [{ ...invoice, lines: [invoiceLine(150n)] }] })
    expect(await booksOf(database).post(stale)).toEqual({ posted: 0, blocked: 0 })
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

it('an invoice waits for its contract, which may be of another legal entity', async () => {
  await record({ invoices: [{ ...invoice, contractId: 'contract-1' }] })
  expect(troubles).toMatchObject([{ blocked: 1 }])
  expect(await booksOf(database).blocks()).toEqual({
    'invoice-1': 'The contract contract-1 is not known to the books',
  })
  const fxRates = [fxRate('USD', 'EUR', '0.90', '2026-01-01')]
  await record({ fxRates, contracts: [contract({ legalEntityId: 'entity-de' })] })
  const rows = await database.owner.rows({
    text: 'SELECT legal_entity_id AS entity, purpose FROM erp.journal_entry ORDER BY purpose',
    values: [],
  })
  expect(rows).toEqual([
    { entity: 'entity-de', purpose: 'INTERCOMPANY_INVOICED' },
    { entity: 'entity-1', purpose: 'INVOICE_ISSUED' },
  ])
  expect(await broken()).toEqual({})
})

it('a credit note is posted for the contract of its invoice, also where that came before', async () => {
  const line = { id: 'c', invoiceLineId: null, description: 'Sorry', amount: 10n, servicePeriod: null }
  await record({ contracts: [contract()], invoices: [{ ...invoice, contractId: 'contract-1' }] })
  await record({ creditNotes: [creditNoteFact({ lines: [line] })] })
  const rows = await database.owner.rows({ text: 'SELECT contract_id FROM erp.journal_entry', values: [] })
  expect(rows).toEqual([{ contract_id: 'contract-1' }, { contract_id: 'contract-1' }])
})

describe('what the books lacked is posted when it comes', () => {
  const { ledgerAccounts, ...others } = openingFacts()

  it.each([
    { what: 'accounts', before: others, comes: { ledgerAccounts } },
    { what: 'all of the books', before: {}, comes: openingFacts() },
  ])('$what', async ({ before, comes }) => {
    await database.reset()
    await record(before)
    await record({ invoices: [invoice], payments: [pays(100n)] })
    expect(Object.keys(await booksOf(database).blocks())).toEqual(['invoice-1', 'payment-1'])
    await record(comes)
    expect(await booksOf(database).blocks()).toEqual({})
    expect(await booksOf(database).balances()).toEqual({ CASH_CLEARING: 100n, REVENUE: -100n })
  })

  it('a rate, and nothing else is done again', async () => {
    const inEuros = { ...invoice, legalEntityId: 'entity-de' }
    await record({ invoices: [inEuros] })
    await record({ fxRates: [fxRate('USD', 'EUR', '0.5', '2026-01-01')] })
    expect(await booksOf(database).balances()).toEqual({ RECEIVABLES: 50n, REVENUE: -50n })
    const events = await booksOf(database).events()
    await record({ fxRates: [fxRate('USD', 'EUR', '0.5', '2026-01-01')] })
    expect(await booksOf(database).events()).toEqual(events)
  })
})

describe('what claims too much is blocked with the reason, and told', () => {
  const credit = creditNoteFact({
    lines: [{ id: 'c', invoiceLineId: null, description: 'Sorry', amount: 130n, servicePeriod: null }],
  })

  it.each([
    {
      what: 'a credit note above its invoice',
      facts: { invoices: [invoice], creditNotes: [credit] },
      blocks: { 'credit-note-1': '0.30 USD above the invoice' },
      mended: { invoices: [{ ...invoice, lines: [invoiceLine(150n)] }] },
      balances: { CREDITS_AND_REFUNDS: 130n, RECEIVABLES: 20n, REVENUE: -150n },
    },
    {
      what: 'a credit note whose invoice is not there',
      facts: { creditNotes: [credit] },
      blocks: { 'credit-note-1': 'There is no such invoice' },
      mended: { invoices: [{ ...invoice, lines: [invoiceLine(130n)] }] },
      balances: { CREDITS_AND_REFUNDS: 130n, REVENUE: -130n },
    },
    {
      what: 'a refund above its payment',
      facts: { payments: [paymentFact({ amount: 30n })], refunds: [refund] },
      blocks: { 'refund-1': '0.10 USD above what the payment captured' },
      mended: { payments: [paymentFact({ amount: 40n })] },
      balances: {},
    },
  ])('$what', async ({ facts, blocks, mended, balances }) => {
    await record(facts)
    expect(await booksOf(database).blocks()).toEqual(blocks)
    expect(troubles).toMatchObject([{ blocked: 1, violations: [{ documentId: Object.keys(blocks)[0] }] }])
    expect(await broken()).toEqual({})

    await record(mended)
    expect(await booksOf(database).blocks()).toEqual({})
    expect(await booksOf(database).balances()).toEqual(balances)
    expect(await broken()).toEqual({})

    // What was posted is taken back when it claims too much after all.
    await record(facts)
    expect(await broken()).toEqual({})
  })
})

function disputeFact() {
  const { version: _, recordedAt: __, ...fact } = dispute()
  return fact
}
