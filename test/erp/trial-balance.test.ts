// What the accounts of a legal entity hold: by account and currency, as of a day, a period and an instant.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import { erp } from '#subgraphs/erp/subgraph.ts'
import { day, invoiceFact, invoiceLine, store } from '#test/domain/documents.ts'
import { ask, failuresOf } from '#test/support/ask.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { booksOf, fxRate, openingFacts, period, type TestBooks } from './books.ts'

const now = '2026-06-01T00:00:00Z'

let database: TestDatabase
let books: TestBooks
let graph: ReturnType<typeof erp>

beforeAll(async () => {
  database = await openTestDatabase()
  books = booksOf(database)
  graph = erp(books.db, manualClock(now))
  await books.record(openingFacts())
  await books.record({ fxRates: [fxRate('USD', 'EUR', '0.90', '2026-01-01')] })
  const legalEntityId = 'entity-de'
  const invoice = (id: string, currency: string, amount: bigint, date: string) =>
    invoiceFact({
      id,
      legalEntityId,
      currency,
      issueDate: day(date),
      lines: [invoiceLine(amount, { id: `line-${id}` })],
    })
  await books.post(store({ invoices: [invoice('dollars', 'USD', 100_00n, '2026-01-10')] }))
  await books.post(store({ invoices: [invoice('euros', 'EUR', 50_00n, '2026-02-10')] }))
  await books.record({ accountingPeriods: [period(legalEntityId, '2026-02', 'CLOSED', 2n)] })
  await books.post(store({ invoices: [invoice('late', 'EUR', 7_00n, '2026-02-20')] }))
})
afterAll(() => database.close())

const money = (amount: string) => ({ amount })

const TRIAL_BALANCE = `query ($id: ID!, $asOf: Date, $period: YearMonth, $knownAt: DateTime) {
  trialBalance(legalEntityId: $id, asOf: $asOf, period: $period, knownAt: $knownAt) {
    asOf period debit { amount currency } credit { amount currency }
    accounts { account { role } balance { amount } currencies {
      currency debit { amount } credit { amount } balance { amount } functionalBalance { amount } } }
  } }`

interface Answer {
  readonly trialBalance: {
    readonly debit: object
    readonly credit: object
    readonly accounts: readonly {
      readonly account: { readonly role: string }
      readonly balance: { amount: string }
    }[]
  }
}

const reported = (variables: object) => ask<Answer>(graph, TRIAL_BALANCE, { id: 'entity-de', ...variables })

async function balances(variables: object): Promise<Record<string, string>> {
  const { trialBalance } = await reported(variables)
  return Object.fromEntries(
    trialBalance.accounts.map(({ account, balance }) => [account.role, balance.amount]),
  )
}

it('has each account by code, in functional currency and by the currency of the documents', async () => {
  expect(await reported({})).toEqual({
    trialBalance: {
      asOf: null,
      period: null,
      debit: { amount: '147.00', currency: 'EUR' },
      credit: { amount: '147.00', currency: 'EUR' },
      accounts: [
        {
          account: { role: 'RECEIVABLES' },
          balance: money('147.00'),
          currencies: [
            {
              currency: 'EUR',
              debit: money('57.00'),
              credit: money('0.00'),
              balance: money('57.00'),
              functionalBalance: money('57.00'),
            },
            {
              currency: 'USD',
              debit: money('100.00'),
              credit: money('0.00'),
              balance: money('100.00'),
              functionalBalance: money('90.00'),
            },
          ],
        },
        expect.objectContaining({ account: { role: 'REVENUE' }, balance: money('-147.00') }),
      ],
    },
  })
})

it('counts by day, by the period that took an entry, and by what was recorded', async () => {
  expect(await balances({ asOf: '2026-01-31' })).toEqual({ RECEIVABLES: '90.00', REVENUE: '-90.00' })
  // The invoice of February that came after the close is in March's books.
  expect(await balances({ asOf: '2026-02-28' })).toEqual({ RECEIVABLES: '147.00', REVENUE: '-147.00' })
  expect(await balances({ period: '2026-02' })).toEqual({ RECEIVABLES: '140.00', REVENUE: '-140.00' })
  expect(await balances({ period: '2026-03' })).toEqual({ RECEIVABLES: '147.00', REVENUE: '-147.00' })

  const [row] = await database.owner.rows<{ at: Temporal.Instant }>({
    text: `SELECT min(recorded_at) - interval '1 ms' AS at FROM erp.event
      WHERE aggregate_id = (SELECT id FROM erp.journal_entry WHERE source_id = 'late')`,
    values: [],
  })
  expect(await balances({ asOf: '2026-02-28', knownAt: row?.at.toString() })).toEqual({
    RECEIVABLES: '140.00',
    REVENUE: '-140.00',
  })
})

it('has nothing to show of books without entries', async () => {
  const { trialBalance } = await reported({ id: 'entity-jp' })
  expect(trialBalance).toMatchObject({ debit: { amount: '0', currency: 'JPY' }, accounts: [] })
})

describe('what cannot be answered', () => {
  it.each([
    { asked: { id: 'unheard-of' }, failure: 'NOT_FOUND at trialBalance' },
    { asked: { asOf: '2025-12-31' }, failure: 'BAD_USER_INPUT at trialBalance' },
    { asked: { asOf: '2029-01-01' }, failure: 'BAD_USER_INPUT at trialBalance' },
    { asked: { period: '2029-01' }, failure: 'BAD_USER_INPUT at trialBalance' },
    { asked: { asOf: '2026-01-31', period: '2026-01' }, failure: 'BAD_USER_INPUT at trialBalance' },
    { asked: { knownAt: '2026-06-01T00:00:01Z' }, failure: 'BAD_USER_INPUT at trialBalance' },
  ])('$asked is $failure', async ({ asked, failure }) => {
    expect(await failuresOf(graph, TRIAL_BALANCE, { id: 'entity-de', ...asked })).toEqual([failure])
  })
})
