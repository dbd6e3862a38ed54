// Closing the books of a month: what keeps them open, what the close posts, and what comes too late.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fiscalCalendarOf, fiscalPeriods } from '#domain/fiscal.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { buildSchedules } from '#subgraphs/erp/schedule.ts'
import { contract, contractLine, day, paymentFact, range, store } from '#test/domain/documents.ts'
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

const closed = { blockers: [], violations: [] }

/** Rules of the checklist that are not met, with their counts. */
const unmet = async (month: string, entity = 'entity-1'): Promise<string[]> =>
  (await books.close(entity, month)).blockers.map(({ rule, count }) => `${rule} ${count}`)

const statusOf = async (month: string, entity = 'entity-1'): Promise<string | undefined> => {
  const [row] = await database.owner.rows<{ status: string }>({
    text: 'SELECT status FROM erp.accounting_period WHERE period = $1 AND legal_entity_id = $2',
    values: [month, entity],
  })
  return row?.status
}

const codes = async (outcome: Promise<{ violations: readonly { code: string; field: string }[] }>) =>
  (await outcome).violations.map(({ code, field }) => `${code} ${field}`)

const revaluations = async (): Promise<string[]> =>
  (await books.journal()).filter((entry) => entry.includes('REVAL'))

describe('foreign money', () => {
  beforeEach(async () => {
    await books.record({
      fxRates: [
        fxRate('USD', 'EUR', '0.9', '2026-01-01'),
        fxRate('USD', 'EUR', '0.95', '2026-01-31'),
        fxRate('USD', 'EUR', '0.92', '2026-02-10'),
      ],
    })
    await books.post(store({ invoices: [annualInvoice({ legalEntityId: 'entity-de' })] }))
  })

  it('is revalued once, and that is taken back in the next period', async () => {
    expect(await books.close('entity-de', '2026-01')).toMatchObject(closed)
    const entries = [
      '2 2026-01 REVERSED FX_REVALUED: Cr RECEIVABLES 0, Cr FX_UNREALIZED 0',
      '3 2026-02 POSTED FX_REVALUATION_REVERSED: Cr RECEIVABLES 0, Cr FX_UNREALIZED 0',
    ]
    expect(await revaluations()).toEqual(entries)
    await books.reopen('entity-de', '2026-01')
    expect(await books.close('entity-de', '2026-01')).toMatchObject(closed)
    expect(await revaluations()).toEqual(entries)
  })

  it('that came into a reopened period is revalued once more', async () => {
    await books.close('entity-de', '2026-01')
    await books.reopen('entity-de', '2026-01')
    const late = annualInvoice({
      id: 'late',
      number: 'US-2',
      legalEntityId: 'entity-de',
      issueDate: day('2026-01-20'),
    })
    await books.post(store({ invoices: [late] }))
    expect(await books.close('entity-de', '2026-01')).toMatchObject(closed)
    expect(await revaluations()).toHaveLength(4)
    expect(await books.close('entity-de', '2026-02')).toMatchObject(closed)
    expect(await revaluations()).toHaveLength(6)
  })

  it('that was settled realises the whole difference since the invoice', async () => {
    await books.close('entity-de', '2026-01')
    const documents = store({
      invoices: [annualInvoice({ legalEntityId: 'entity-de' })],
      payments: [
        paymentFact({
          legalEntityId: 'entity-de',
          amount: 540_00n,
          receivedOn: day('2026-02-10'),
          allocations: [{ id: 'allocation-1', invoiceId: 'invoice-1', amount: 540_00n }],
        }),
      ],
    })
    await books.post({ payments: documents.payments })
    expect(await books.balances()).toEqual({
      CASH_CLEARING: 496_80n,
      DEFERRED_REVENUE: -450_00n,
      FX_REALIZED: -10_80n,
      TAX_PAYABLE: -36_00n,
    })
    expect(await books.close('entity-de', '2026-02')).toMatchObject(closed)
    expect(await revaluations()).toHaveLength(2)
  })
})

describe('revenue that was earned and not billed', () => {
  // 100.00 a day, billed after the quarter.
  const inArrears = contract({
    lines: [
      contractLine({
        id: 'quarter',
        interval: null,
        unitPrice: 9_000_00n,
        servicePeriod: range('2026-01-01', '2026-04-01'),
      }),
    ],
  })

  it('is a contract asset at the end of each period, and deferred revenue goes on as if it had not been', async () => {
    await buildSchedules(books.db, books.context(), { contracts: [inArrears], invoices: [] })
    expect(await books.close('entity-1', '2026-01')).toMatchObject(closed)
    expect(await books.close('entity-1', '2026-02')).toMatchObject(closed)
    expect((await books.journal()).map((entry) => entry.slice(2))).toEqual([
      '2026-01 POSTED REVENUE_RECOGNIZED: Dr DEFERRED_REVENUE 310000, Cr REVENUE 310000',
      '2026-01 REVERSED UNBILLED_SET_APART: Dr CONTRACT_ASSETS 310000, Cr DEFERRED_REVENUE 310000',
      '2026-02 POSTED UNBILLED_TAKEN_BACK: Cr CONTRACT_ASSETS 310000, Dr DEFERRED_REVENUE 310000',
      '2026-02 POSTED REVENUE_RECOGNIZED: Dr DEFERRED_REVENUE 280000, Cr REVENUE 280000',
      '2026-02 REVERSED UNBILLED_SET_APART: Dr CONTRACT_ASSETS 590000, Cr DEFERRED_REVENUE 590000',
      '2026-03 POSTED UNBILLED_TAKEN_BACK: Cr CONTRACT_ASSETS 590000, Dr DEFERRED_REVENUE 590000',
    ])
  })

  it('is less once the period was reopened for the invoice', async () => {
    await buildSchedules(books.db, books.context(), { contracts: [inArrears], invoices: [] })
    await books.close('entity-1', '2026-01')
    await books.reopen('entity-1', '2026-01')
    const part = annualInvoice({ contractId: inArrears.id, issueDate: day('2026-01-31'), taxLines: [] })
    await books.post(store({ invoices: [part] }))
    expect(await books.close('entity-1', '2026-01')).toMatchObject(closed)
    expect((await books.journal()).slice(4).map((entry) => entry.slice(2))).toEqual([
      '2026-01 REVERSED UNBILLED_SET_APART: Cr CONTRACT_ASSETS 310000, Dr DEFERRED_REVENUE 310000',
      '2026-01 REVERSED UNBILLED_SET_APART: Dr CONTRACT_ASSETS 260000, Cr DEFERRED_REVENUE 260000',
      '2026-02 POSTED UNBILLED_TAKEN_BACK: Dr CONTRACT_ASSETS 310000, Cr DEFERRED_REVENUE 310000',
      '2026-02 POSTED UNBILLED_TAKEN_BACK: Cr CONTRACT_ASSETS 260000, Dr DEFERRED_REVENUE 260000',
    ])
  })
})

it('posts nothing in the books of another company', async () => {
  const other = { legalEntityId: 'entity-de', currency: 'EUR', number: 'C-2' }
  const lines = [contractLine({ servicePeriod: range('2026-01-01', '2026-04-01') })]
  const contracts = [contract({ id: 'theirs', ...other, lines })]
  await buildSchedules(books.db, books.context(), { contracts, invoices: [] })
  expect(await books.close('entity-1', '2026-01')).toMatchObject(closed)
  expect(await books.journal()).toEqual([])
})

describe('a period stays open', () => {
  it('while an earlier one is', async () => {
    const outcome = await books.close('entity-1', '2026-03')
    expect(outcome.blockers).toEqual([
      {
        rule: 'EARLIER_PERIOD_OPEN',
        count: 2,
        message: 'Close the periods before 2026-03 first, from 2026-01 on',
      },
    ])
    expect(outcome.violations.map(({ code }) => code)).toEqual(['EARLIER_PERIOD_OPEN'])
    expect(await statusOf('2026-03')).toBe('OPEN')
  })

  it('while a document of it cannot be posted, which shows with the reason', async () => {
    const invoice = annualInvoice({ currency: 'EUR' })
    await books.post(store({ invoices: [invoice] }))
    const { blockers } = await books.close('entity-1', '2026-01')
    expect(blockers).toEqual([
      {
        rule: 'DOCUMENT_BLOCKED',
        count: 1,
        message:
          'Documents of 2026-01 cannot be posted: invoice-1: There is no exchange rate EUR/USD on or before 2026-01-01',
      },
    ])
    expect(await unmet('2026-01', 'entity-de')).toEqual([])
    await books.record({ fxRates: [fxRate('EUR', 'USD', '1.1', '2026-01-01')] })
    await books.post(store({ invoices: [invoice] }))
    expect(await unmet('2026-01')).toEqual([])
  })

  it('while a document is held that is older than it: it came after the cut-off of its own period', async () => {
    await books.close('entity-1', '2026-01')
    await books.post(store({ invoices: [annualInvoice({ currency: 'EUR' })] }))
    expect(await unmet('2026-02')).toEqual(['DOCUMENT_HELD 1'])
  })

  it('while a refund is held whose payment nobody knows, in the books of all', async () => {
    const { refunds } = store({
      payments: [paymentFact({ amount: 540_00n })],
      refunds: [{ ...refund, refundedOn: day('2026-01-20') }],
    })
    await books.post({ refunds })
    expect(await unmet('2026-01')).toEqual(['DOCUMENT_BLOCKED 1'])
    expect(await unmet('2026-01', 'entity-de')).toEqual(['DOCUMENT_BLOCKED 1'])
  })

  it('while billing has documents that the books have not taken', async () => {
    const { invoices } = store({ invoices: [annualInvoice()] })
    expect((await books.close('entity-1', '2026-01', invoices)).blockers).toMatchObject([
      { rule: 'DOCUMENT_UNPOSTED', count: 1 },
    ])
    await books.post({ invoices })
    expect(await books.close('entity-1', '2026-01', invoices)).toMatchObject(closed)
  })

  it('while revenue of it cannot be recognised', async () => {
    const foreign = contract({ currency: 'EUR', lines: [contractLine({ id: 'eur' })] })
    await buildSchedules(books.db, books.context(), { contracts: [foreign], invoices: [] })
    const { blockers } = await books.close('entity-1', '2026-01')
    expect(blockers).toMatchObject([{ rule: 'REVENUE_UNRECOGNIZED', count: 1 }])
    expect(blockers[0]?.message).toContain('There is no exchange rate EUR/USD')
  })

  it('while a rate of its last day, an account or the next period is missing', async () => {
    const { legalEntities, ledgerAccounts, accountRules } = openingFacts()
    await database.reset()
    await books.record({
      legalEntities,
      accountRules,
      ledgerAccounts: ledgerAccounts.filter(
        ({ role }) => role !== 'FX_UNREALIZED' && role !== 'CONTRACT_ASSETS',
      ),
      accountingPeriods: [period('entity-de', '2026-01')],
      fxRates: [fxRate('USD', 'EUR', '0.9', '2026-01-01'), fxRate('USD', 'EUR', '0.8', '2026-01-31')],
    })
    const line = contractLine({ id: 'unbilled', servicePeriod: range('2026-01-01', '2026-02-01') })
    const unbilled = contract({ legalEntityId: 'entity-de', lines: [line] })
    await buildSchedules(books.db, books.context(), { contracts: [unbilled], invoices: [] })
    await books.post(store({ invoices: [annualInvoice({ legalEntityId: 'entity-de' })] }))
    expect(await unmet('2026-01', 'entity-de')).toEqual(['LATER_PERIOD_MISSING 1', 'ACCOUNT_MISSING 1'])
    await recognizeRevenue(books.db, books.context(), { through: day('2026-01-31') })
    expect(await unmet('2026-01', 'entity-de')).toContain('ACCOUNT_MISSING 1')
    expect(await unmet('2026-01', 'entity-de')).toHaveLength(3)
  })

  it.each([
    [
      'an entry that does not balance',
      `UPDATE erp.journal_line SET debit = debit + 1 WHERE role = 'RECEIVABLES'`,
    ],
    [
      'a schedule off its price',
      `UPDATE erp.schedule_entry SET amount = amount + 1 WHERE period = '2026-05'`,
    ],
  ])('while its books are broken: %s', async (_, text) => {
    const { invoices } = store({ invoices: [annualInvoice()] })
    await books.post({ invoices })
    await buildSchedules(books.db, books.context(), { contracts: [], invoices })
    const undo = text.replace('+ 1', '- 1')
    await pastAllGuards(text)
    expect(await unmet('2026-01')).toContain('BOOKS_BROKEN 1')
    await pastAllGuards(undo)
    expect(await unmet('2026-01')).toEqual([])
  })
})

const [inTokyo] = openingFacts().legalEntities.map((company) => ({
  ...company,
  ...stated(company.id, 2n),
  timeZone: 'Asia/Tokyo',
}))
if (inTokyo === undefined) throw new Error('there is no company')

const refund = {
  id: 'refund-1',
  externalRefs: [],
  paymentId: 'payment-1',
  creditNoteId: null,
  status: 'SUCCEEDED',
  currency: 'USD',
  amount: 40_00n,
  reason: null,
  refundedOn: day('2026-01-20'),
} as const

function pastAllGuards(text: string): Promise<void> {
  return database.owner.transaction(async (transaction) => {
    await transaction.rows({ text: 'SET LOCAL session_replication_role = replica', values: [] })
    await transaction.rows({ text, values: [] })
  })
}

describe('a request is refused', () => {
  it('that closes a closed period, one that lasts, or one that nobody knows', async () => {
    await books.close('entity-1', '2026-01')
    expect(await codes(books.close('entity-1', '2026-01'))).toEqual(['PERIOD_CLOSED period'])
    expect(await codes(books.close('entity-1', '2031-01'))).toEqual(['REFERENCE_MISSING period'])
    expect(await codes(books.close('entity-x', '2026-02'))).toEqual(['REFERENCE_MISSING legalEntityId'])
  })

  it('that comes before the period is over where the company is, and recognises nothing ahead of time', async () => {
    await books.record({ legalEntities: [inTokyo] })
    await buildSchedules(books.db, books.context(), {
      contracts: [contract({ lines: [contractLine()] })],
      invoices: [],
    })
    const closeAt = (instant: string) => {
      books.clock.set(instant)
      return books.closeNow('entity-1', '2026-01', () => Promise.resolve([]))
    }
    expect(await codes(closeAt('2026-01-31T14:59:00Z'))).toEqual(['PERIOD_NOT_ENDED period'])
    expect(await books.journal()).toEqual([])
    expect(await codes(closeAt('2026-01-31T15:00:00Z'))).toEqual([])
  })

  it('that reopens one that is open, has closed ones after it, or says neither who nor why', async () => {
    expect(await codes(books.reopen('entity-1', '2026-01'))).toEqual(['STATUS_FORBIDS period'])
    await books.close('entity-1', '2026-01')
    await books.close('entity-1', '2026-02')
    expect(await codes(books.reopen('entity-1', '2026-01'))).toEqual(['LATER_PERIOD_CLOSED period'])
    expect(await codes(books.reopen('entity-1', '2026-02', ' '))).toEqual(['REASON_MISSING reason'])
    expect(await codes(books.reopen('entity-x', '2026-02'))).toEqual(['REFERENCE_MISSING legalEntityId'])
    expect(await codes(books.reopen('entity-1', '2031-02'))).toEqual(['REFERENCE_MISSING period'])
    expect(await codes(books.reopen('entity-1', '2026-02'))).toEqual([])
    expect(await statusOf('2026-02')).toBe('REOPENED')
  })
})

describe('a company of weeks, by a 4-4-5 calendar', () => {
  beforeEach(async () => {
    const { ledgerAccounts, accountRules } = openingFacts()
    await database.reset()
    const calendar = fiscalCalendarOf({ fiscalCalendar: 'FOUR_FOUR_FIVE', fiscalYearStartMonth: 1 })
    const [company = inTokyo] = openingFacts().legalEntities
    await books.record({
      legalEntities: [{ ...company, fiscalCalendar: 'FOUR_FOUR_FIVE' }],
      ledgerAccounts,
      accountRules,
      accountingPeriods: fiscalPeriods(calendar, 2026).map((weeks) => ({
        ...period('entity-1', weeks.period.toString()),
        range: weeks.range,
      })),
    })
  })

  it('has documents in the period that covers their day, and closes it after its last day', async () => {
    // The first quarter of 2026 ends on Saturday 4 April: its last period has five weeks.
    const april = annualInvoice({ issueDate: day('2026-04-04') })
    await books.post(store({ invoices: [april] }))
    expect(await books.journal()).toEqual([
      '1 2026-03 POSTED INVOICE_ISSUED: Dr RECEIVABLES 54000, Cr DEFERRED_REVENUE 50000, Cr TAX_PAYABLE 4000',
    ])
    expect(await books.close('entity-1', '2026-01')).toMatchObject(closed)
    expect(await books.close('entity-1', '2026-02')).toMatchObject(closed)
    expect(await codes(books.close('entity-1', '2026-03'))).toEqual(['PERIOD_NOT_ENDED period'])
    books.clock.set('2026-04-05T00:00:00Z')
    expect(await books.close('entity-1', '2026-03')).toMatchObject(closed)
  })

  it('recognises no revenue of a month that its periods cut, and the close says so', async () => {
    const { invoices } = store({ invoices: [annualInvoice({ issueDate: day('2026-01-05') })] })
    await books.post({ invoices })
    await buildSchedules(books.db, books.context(), { contracts: [], invoices })
    const { blockers } = await books.close('entity-1', '2026-01')
    expect(blockers.map(({ rule }) => rule)).toEqual(['REVENUE_UNRECOGNIZED'])
    expect(blockers[0]?.message).toContain('no accounting period that is the calendar month 2026-01')
  })
})
