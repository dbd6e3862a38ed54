// What the books cannot take is told by code and field, and nothing of it is written, also not what came with it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { type Books, draftEntry, type PostingBlockedError } from '#domain/ledger.ts'
import { postingsOfInvoice } from '#domain/posting.ts'
import type { DocumentViolation } from '#domain/settlement.ts'
import { manualClock } from '#platform/clock.ts'
import { createRecordFacts } from '#product.ts'
import { booksOf as memoryBooks } from '#test/domain/ledger.ts'
import {
  contractLine,
  creditNoteFact,
  day,
  invoiceFact,
  invoiceLine,
  paymentFact,
  range,
  refundFact,
  store,
} from '#test/domain/documents.ts'
import { annualInvoice, creditProfile, fxRate, openingFacts, period } from '#test/erp/books.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { contractFact, customerFact } from '#test/support/facts.ts'

let database: TestDatabase
const troubles: DocumentViolation[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  await record(known)
})
afterAll(() => database.close())

const record = (facts: Partial<Facts>): Promise<unknown> =>
  createRecordFacts(database.of, manualClock('2026-06-15T12:00:00Z'), 'test', ({ violations }) =>
    troubles.push(...violations),
  )(facts)

/** A customer with a contract, who paid half of an invoice. */
const known: Partial<Facts> = {
  ...openingFacts(),
  customers: [customerFact()],
  contracts: [contractFact({ legalEntityId: 'entity-1', lines: [contractLine({ id: 'ctl_1' })] })],
  invoices: [annualInvoice()],
  payments: [
    paymentFact({ amount: 270_00n, allocations: [{ id: 'a', invoiceId: 'invoice-1', amount: 270_00n }] }),
  ],
}

/** How many rows each table has. */
async function rowCounts(): Promise<Record<string, string>> {
  const tables = await database.owner.rows<{ name: string }>({
    text: `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname IN ('crm', 'billing', 'erp') ORDER BY 1`,
    values: [],
  })
  const counts = await database.owner.rows<{ name: string; count: string }>({
    text: tables
      .map(({ name }) => `SELECT '${name}' AS name, count(*)::text FROM ${name}`)
      .join(' UNION ALL '),
    values: [],
  })
  return Object.fromEntries(counts.map(({ name, count }) => [name, count]))
}

const sold = (fields: Parameters<typeof contractLine>[0]): Partial<Facts> => ({
  contracts: [
    contractFact({ id: 'ctr_bad', number: 'C-9', lines: [contractLine({ id: 'ctl_9', ...fields })] }),
  ],
})
const billed = (fields: Parameters<typeof invoiceFact>[0]): Partial<Facts> => ({
  invoices: [invoiceFact({ id: 'bad', number: 'US-9', lines: [invoiceLine(1n)], ...fields })],
})
const paid = (fields: Parameters<typeof paymentFact>[0]): Partial<Facts> => ({
  payments: [paymentFact({ id: 'bad', ...fields })],
})
const parts = (...amounts: readonly bigint[]) =>
  amounts.map((amount, index) => ({ id: `part-${index}`, invoiceId: 'invoice-1', amount }))

/** Good facts of each system, to stand beside a bad one. */
const GOOD: Partial<Facts> = {
  customers: [customerFact({ id: 'cus_new' })],
  invoices: [annualInvoice({ id: 'good', number: 'US-2' })],
  payments: [paymentFact({ id: 'good' })],
}
const KINDS_OF_GOOD = ['customers', 'invoices', 'payments'] as const

describe('a fact is refused by code and field, with all that its system was told beside it', () => {
  it.each<[string, Partial<Facts>, string, string]>([
    [
      'service before the contract',
      sold({ servicePeriod: range('2025-12-31', '2026-07-01') }),
      'DATE_OUTSIDE_CONTRACT',
      'lines.0.servicePeriod',
    ],
    [
      'service after the contract',
      sold({ servicePeriod: range('2026-07-01', '2027-01-02') }),
      'DATE_OUTSIDE_CONTRACT',
      'lines.0.servicePeriod',
    ],
    [
      'service that ends before it begins',
      sold({ servicePeriod: range('2026-07-01', '2026-06-30') }),
      'DATE_ORDER',
      'lines.0.servicePeriod',
    ],
    ['a negative quantity', sold({ quantity: '-1' }), 'QUANTITY_INVALID', 'lines.0.quantity'],
    ['a quantity that is no number', sold({ quantity: '1e3' }), 'QUANTITY_INVALID', 'lines.0.quantity'],
    ['a negative price', sold({ unitPrice: -1n }), 'AMOUNT_NEGATIVE', 'lines.0.unitPrice'],
    [
      'no such currency',
      { contracts: [contractFact({ id: 'ctr_bad', currency: 'EURO' })] },
      'CURRENCY_UNKNOWN',
      'currency',
    ],
    [
      'a contract that ends before it starts',
      { contracts: [contractFact({ id: 'ctr_bad', endDate: day('2025-12-31') })] },
      'DATE_ORDER',
      'endDate',
    ],
    [
      'an invoice that is due before it is issued',
      billed({ dueDate: day('2025-12-31') }),
      'DATE_ORDER',
      'dueDate',
    ],
    ['an invoice below zero', billed({ lines: [invoiceLine(-1n)] }), 'TOTAL_NEGATIVE', 'lines'],
    ['an issued invoice without a number', billed({ number: null }), 'NUMBER_MISSING', 'number'],
    ['an invoice in no currency', billed({ currency: 'XXQ' }), 'CURRENCY_UNKNOWN', 'currency'],
    [
      'a tax of the other sign',
      billed({ taxLines: [{ jurisdiction: 'US', rate: '8', taxable: 100n, amount: -8n }] }),
      'TAX_SIGN',
      'taxLines.0.amount',
    ],
    ['a payment of nothing', paid({ amount: 0n }), 'AMOUNT_NOT_POSITIVE', 'amount'],
    [
      'allocations above the payment',
      paid({ amount: 100n, allocations: parts(60n, 41n) }),
      'ALLOCATION_EXCEEDS_PAYMENT',
      'allocations',
    ],
    [
      'an allocation of less than nothing',
      paid({ allocations: parts(-1n) }),
      'AMOUNT_NOT_POSITIVE',
      'allocations.0.amount',
    ],
    [
      'a credit note of nothing',
      { creditNotes: [creditNoteFact({ id: 'bad' })] },
      'AMOUNT_NOT_POSITIVE',
      'lines',
    ],
    [
      'a refund of less than nothing',
      { refunds: [refundFact({ id: 'bad', amount: -1n })] },
      'AMOUNT_NOT_POSITIVE',
      'amount',
    ],
    ['a rate of zero', { fxRates: [fxRate('EUR', 'USD', '0', '2026-01-01')] }, 'RATE_INVALID', 'rate'],
    [
      'a rate that is no decimal',
      { fxRates: [fxRate('EUR', 'USD', '1,1', '2026-01-01')] },
      'RATE_INVALID',
      'rate',
    ],
    [
      'a credit limit below zero',
      { creditProfiles: [creditProfile({ creditLimit: -1n })] },
      'AMOUNT_NEGATIVE',
      'creditLimit',
    ],
    [
      'a period without days',
      { accountingPeriods: [{ ...period('entity-1', '2031-01'), range: range('2031-01-01', '2031-01-01') }] },
      'DATE_ORDER',
      'range',
    ],
  ])('%s', async (_, bad, code, field) => {
    const before = await rowCounts()
    const ofItsSystem = KINDS_OF_GOOD.filter((kind) => isOneSystem(kind, bad))
    for (const facts of [bad, ...ofItsSystem.map((kind) => beside(bad, kind))]) {
      await expect(record(facts)).rejects.toMatchObject({
        name: 'InvalidFactError',
        violations: expect.arrayContaining([expect.objectContaining({ code, field })]) as unknown,
      })
    }
    expect(await rowCounts()).toEqual(before)
  })
})

/** Whether a kind of facts is kept where the bad one is. */
function isOneSystem(kind: (typeof KINDS_OF_GOOD)[number], bad: Partial<Facts>): boolean {
  const isCrm = bad.contracts !== undefined
  const isErp = ['fxRates', 'creditProfiles', 'accountingPeriods'].some((own) => own in bad)
  return !isErp && (kind === 'customers') === isCrm
}

function beside(bad: Partial<Facts>, kind: (typeof KINDS_OF_GOOD)[number]): Partial<Facts> {
  return { ...bad, [kind]: [...(GOOD[kind] ?? []), ...(bad[kind] ?? [])] }
}

const less = (amount: bigint) => [
  { id: 'less', invoiceLineId: null, description: 'Less', amount, servicePeriod: null },
]

describe('a document that fits no other is told by code and field, and nothing of it is in the books', () => {
  it.each<[string, Partial<Facts>, DocumentViolation['code'], string]>([
    [
      'a credit note in another currency',
      { creditNotes: [creditNoteFact({ id: 'cn-eur', number: 'CN-2', currency: 'EUR', lines: less(1n) })] },
      'CURRENCY_MISMATCH',
      'currency',
    ],
    [
      'a credit note above its invoice',
      { creditNotes: [creditNoteFact({ id: 'cn-big', number: 'CN-3', lines: less(540_01n) })] },
      'CREDIT_EXCEEDS_INVOICE',
      'lines',
    ],
    [
      'a refund in another currency',
      { refunds: [refundFact({ id: 'rf-eur', currency: 'EUR' })] },
      'CURRENCY_MISMATCH',
      'currency',
    ],
    [
      'a refund above its payment',
      { refunds: [refundFact({ id: 'rf-big', amount: 270_01n })] },
      'REFUND_EXCEEDS_PAYMENT',
      'amount',
    ],
    [
      'a refund of no payment',
      { refunds: [refundFact({ id: 'rf-none', paymentId: 'payment-9' })] },
      'REFERENCE_MISSING',
      'paymentId',
    ],
  ])('%s', async (_, facts, code, field) => {
    const before = await booked()
    troubles.length = 0
    await record(facts)
    const [documentId] = [...(facts.creditNotes ?? []), ...(facts.refunds ?? [])].map(({ id }) => id)
    expect(troubles).toContainEqual(expect.objectContaining({ documentId, code, field }))
    expect(await booked()).toEqual(before)
  })

  it('an allocation in another currency leaves the invoice as it is', async () => {
    const before = await invoiceState()
    troubles.length = 0
    await record(paid({ id: 'euros', currency: 'EUR', allocations: parts(1n) }))
    const violation = { documentId: 'euros', code: 'CURRENCY_MISMATCH', field: 'allocations' }
    expect(troubles).toContainEqual(expect.objectContaining(violation))
    expect(await invoiceState()).toEqual(before)
  })
})

/** Entries, lines and schedules, and what is open of the documents that were there. */
async function booked(): Promise<unknown> {
  const counts = await rowCounts()
  const books = ['journal_entry', 'journal_line', 'revenue_schedule', 'schedule_entry']
  return [books.map((table) => counts[`erp.${table}`]), await invoiceState()]
}

const invoiceState = (): Promise<unknown[]> =>
  database.owner.rows({ text: 'SELECT * FROM billing.invoice ORDER BY id', values: [] })

describe('a posting is refused by code', () => {
  const { invoices } = store({ invoices: [annualInvoice()] })
  const books = memoryBooks('USD', {})
  const closed = [...(books.periods.get('entity-1') ?? [])].map((month) => ({
    ...month,
    status: 'CLOSED' as const,
  }))

  it.each<[string, PostingBlockedError['code'], Books]>([
    ['an account that nobody knows', 'ACCOUNT_MISSING', { ...books, accounts: new Map() }],
    ['an account that no rule gives', 'RULE_MISSING', { ...books, accountRules: new Map() }],
    ['a company that nobody knows', 'ENTITY_MISSING', { ...books, legalEntities: new Map() }],
    ['a rate that nobody knows', 'RATE_MISSING', memoryBooks('CAD', {})],
    ['a day without a period', 'PERIOD_MISSING', { ...books, periods: new Map() }],
    [
      'a period that is closed, and none after it is open',
      'PERIOD_MISSING',
      { ...books, periods: new Map([['entity-1', closed]]) },
    ],
  ])('%s', (_, code, lacking) => {
    const draft = () =>
      invoices.flatMap((each) => postingsOfInvoice(each)).map((posting) => draftEntry(lacking, posting, null))
    expect(draft).toThrow(expect.objectContaining({ name: 'PostingBlockedError', code }) as Error)
  })
})
