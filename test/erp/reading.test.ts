// What the books answer: journal, postings of invoices, deferred revenue, schedules, reference data.
import { graphql } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { erp } from '#subgraphs/erp/subgraph.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { buildSchedules } from '#subgraphs/erp/schedule.ts'
import { contract, contractLine, day, paymentFact, range, refundFact, store } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import {
  annualInvoice,
  booksOf,
  creditProfile,
  fxRate,
  openingFacts,
  period,
  type TestBooks,
} from './books.ts'

const CUSTOMERS = 50

let database: TestDatabase
let books: TestBooks

beforeAll(async () => {
  database = await openTestDatabase()
  books = booksOf(database)
  await books.record(openingFacts())
  await books.record({
    creditProfiles: [creditProfile({ onHold: true, holdReason: 'Owes too much' })],
    fxRates: [fxRate('EUR', 'USD', '1.10', '2026-01-01'), fxRate('EUR', 'USD', '1.085', '2026-02-01')],
    accountingPeriods: [period('entity-1', '2026-03', 'CLOSED', 2n)],
  })
  const customers = Array.from({ length: CUSTOMERS }, (_, n) => n + 1)
  await books.post(
    store({
      invoices: customers.map((n) =>
        annualInvoice({ id: `invoice-${n}`, customerId: `customer-${n}`, number: `US-${n}` }),
      ),
      payments: [paymentFact({ amount: 540_00n, fee: 16_00n })],
      refunds: [refundFact({ amount: 40_00n })],
    }),
  )
  await books.post(
    store({
      invoices: [
        annualInvoice({
          id: 'void',
          customerId: 'customer-x',
          lifecycle: 'VOID',
          issueDate: day('2026-03-05'),
          closedOn: day('2026-03-09'),
        }),
        annualInvoice({ id: 'blocked', legalEntityId: 'entity-fr', customerId: 'customer-x' }),
        annualInvoice({ id: 'draft', lifecycle: 'DRAFT', number: null, customerId: 'customer-x' }),
        annualInvoice({ id: 'zero', lines: [], taxLines: [], customerId: 'customer-x' }),
      ],
    }),
  )
  const contracts = customers.map((n) =>
    contract({
      id: `contract-${n}`,
      customerId: `customer-${n}`,
      lines: [
        contractLine({ id: `late-${n}`, servicePeriod: range('2026-06-01', '2026-08-01') }),
        contractLine({
          id: `early-${n}`,
          unitPrice: 30_00n,
          servicePeriod: range('2026-01-01', '2026-04-01'),
        }),
      ],
    }),
  )
  await buildSchedules(books.db, books.context(), { contracts, invoices: [] })
  await recognizeRevenue(books.db, books.context(), { through: day('2026-02-28') })
})
afterAll(() => database.close())

async function ask(source: string, variableValues: Record<string, unknown> = {}) {
  const { schema, createContext } = erp(books.db, books.clock)
  const result = await graphql({
    schema,
    source,
    variableValues,
    contextValue: createContext({ requestId: 'test', isOver: () => false }),
  })
  return JSON.parse(JSON.stringify(result)) as {
    data: never
    errors?: { message: string; extensions: object }[]
  }
}

/** What a gateway asks of objects that it knows from elsewhere. */
const entities = async (representations: readonly object[], fields: string): Promise<unknown[]> => {
  const { data, errors } = await ask(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ${fields} } }`,
    {
      r: representations,
    },
  )
  expect(errors).toBeUndefined()
  return (data as { _entities: unknown[] })._entities
}

const invoice = (id: string) => ({ __typename: 'Invoice', id })

const customer = (n: number | string, currency = 'USD') => ({
  __typename: 'Customer',
  id: `customer-${n}`,
  currency,
})

describe('the posting of an invoice', () => {
  const posting =
    '... on Invoice { posting { status blockedBy journalEntry { number } journalEntries { purpose } } }'

  it.each([
    {
      why: 'is posted',
      reference: invoice('invoice-1'),
      posting: {
        status: 'POSTED',
        blockedBy: null,
        journalEntry: { number: 'US-00000001' },
        journalEntries: [{ purpose: 'INVOICE_ISSUED' }],
      },
    },
    {
      why: 'shows what came after it',
      reference: invoice('void'),
      posting: {
        status: 'POSTED',
        blockedBy: null,
        journalEntry: { number: 'US-00000053' },
        journalEntries: [{ purpose: 'INVOICE_ISSUED' }, { purpose: 'INVOICE_VOIDED' }],
      },
    },
    {
      why: 'is blocked with the reason',
      reference: invoice('blocked'),
      posting: {
        status: 'BLOCKED',
        blockedBy: 'There is no legal entity entity-fr',
        journalEntry: null,
        journalEntries: [],
      },
    },
    {
      why: 'is pending while nothing is known of it',
      reference: invoice('unheard-of'),
      posting: { status: 'PENDING', blockedBy: null, journalEntry: null, journalEntries: [] },
    },
    {
      why: 'is not required for a draft',
      reference: invoice('draft'),
      posting: { status: 'NOT_REQUIRED', blockedBy: null, journalEntry: null, journalEntries: [] },
    },
    {
      why: 'is not required for a total of zero',
      reference: invoice('zero'),
      posting: { status: 'NOT_REQUIRED', blockedBy: null, journalEntry: null, journalEntries: [] },
    },
  ])('$why', async ({ reference, posting: expected }) => {
    expect(await entities([reference], posting)).toEqual([{ posting: expected }])
  })
})

describe('a customer', () => {
  it('has what was billed and not yet earned, in the currency in which it is billed', async () => {
    const fields = '... on Customer { deferredRevenue { amount currency } }'
    // 500.00 billed, less two months of a line of 30.00 a month.
    expect(await entities([customer(1), customer(1, 'JPY'), customer('unheard-of')], fields)).toEqual([
      { deferredRevenue: { amount: '440.00', currency: 'USD' } },
      { deferredRevenue: { amount: '0', currency: 'JPY' } },
      { deferredRevenue: { amount: '0.00', currency: 'USD' } },
    ])
  })

  it('has credit as accounting says, or without limit and hold', async () => {
    const fields = '... on Customer { credit { limit { amount } onHold holdReason } }'
    expect(await entities([customer(1), customer(2)], fields)).toEqual([
      { credit: { limit: { amount: '10000.00' }, onHold: true, holdReason: 'Owes too much' } },
      { credit: { limit: null, onHold: false, holdReason: null } },
    ])
  })
})

describe('a contract', () => {
  it('has its schedules by start of service, with what is recognised and what is not', async () => {
    const [answer] = await entities(
      [{ __typename: 'Contract', id: 'contract-1' }],
      `... on Contract { revenueSchedules {
        id version method allocatedPrice { amount } recognized { amount } deferred { amount }
        entries { period status amount { amount } journalEntry { number } }
        obligation { id description contract { id } servicePeriod { start end } revenueSchedule { id } } } }`,
    )
    expect(answer).toMatchObject({
      revenueSchedules: [
        {
          id: 'rs_early-1',
          version: 1,
          method: 'STRAIGHT_LINE_DAILY',
          allocatedPrice: { amount: '90.00' },
          recognized: { amount: '60.00' },
          deferred: { amount: '30.00' },
          entries: [
            { period: '2026-01', status: 'POSTED', amount: { amount: '30.00' } },
            { period: '2026-02', status: 'POSTED', amount: { amount: '30.00' } },
            { period: '2026-03', status: 'PLANNED', amount: { amount: '30.00' }, journalEntry: null },
          ],
          obligation: {
            id: 'obl_early-1',
            description: 'C-1 line 2',
            contract: { id: 'contract-1' },
            servicePeriod: { start: '2026-01-01', end: '2026-04-01' },
            revenueSchedule: { id: 'rs_early-1' },
          },
        },
        { id: 'rs_late-1' },
      ],
    })
  })

  it('line and obligation lead to the schedule', async () => {
    const ofLine = '... on ContractLine { revenueSchedule { id } }'
    expect(
      await entities(
        ['late-7', 'unheard-of'].map((id) => ({ __typename: 'ContractLine', id })),
        ofLine,
      ),
    ).toEqual([{ revenueSchedule: { id: 'rs_late-7' } }, { revenueSchedule: null }])
    const ofObligation = '... on PerformanceObligation { revenueSchedule { id } }'
    expect(
      await entities(
        ['obl_late-7'].map((id) => ({ __typename: 'PerformanceObligation', id })),
        ofObligation,
      ),
    ).toEqual([{ revenueSchedule: { id: 'rs_late-7' } }])
  })
})

describe('the journal', () => {
  it('shows an entry with accounts, source and what mirrors it', async () => {
    const { data } =
      await ask(`{ journalEntries(last: 1, filter: { purpose: { in: [INVOICE_VOIDED] } }) { totalCount nodes {
      number date period originalPeriod status description source { __typename ... on Invoice { id } }
      legalEntity { code } reversedBy { id }
      reversalOf { status reversedBy { number } }
      lines { account { code name role legalEntity { id } } debit { amount currency } credit { minorUnits }
        functionalDebit { amount } functionalCredit { amount } }
    } } }`)
    expect(data).toEqual({
      journalEntries: {
        totalCount: 1,
        nodes: [
          {
            number: 'US-00000054',
            date: '2026-03-09',
            period: '2026-04',
            originalPeriod: '2026-03',
            status: 'POSTED',
            description: 'Invoice US-1',
            source: { __typename: 'Invoice', id: 'void' },
            legalEntity: { code: 'US' },
            reversedBy: null,
            reversalOf: { status: 'REVERSED', reversedBy: { number: 'US-00000054' } },
            lines: [
              {
                account: {
                  code: '1100',
                  name: 'Accounts receivable',
                  role: 'RECEIVABLES',
                  legalEntity: { id: 'entity-1' },
                },
                debit: { amount: '0.00', currency: 'USD' },
                credit: { minorUnits: '54000' },
                functionalDebit: { amount: '0.00' },
                functionalCredit: { amount: '540.00' },
              },
              expect.objectContaining({ debit: { amount: '500.00', currency: 'USD' } }),
              expect.objectContaining({ debit: { amount: '40.00', currency: 'USD' } }),
            ],
          },
        ],
      },
    })
  })

  it.each([
    { filter: '{ purpose: { in: [PAYMENT_RECEIVED, REFUND_PAID] } }', count: 2 },
    { filter: '{ legalEntity: { in: ["entity-de"] } }', count: 0 },
    {
      filter: '{ date: { gte: "2026-01-31", lt: "2026-02-01" }, purpose: { in: [REVENUE_RECOGNIZED] } }',
      count: 50,
    },
  ])('counts $count entries with the filter $filter', async ({ filter, count }) => {
    const { data } = await ask(`{ journalEntries(first: 1, filter: ${filter}) { totalCount } }`)
    expect(data).toEqual({ journalEntries: { totalCount: count } })
  })

  it('is read page by page in the order of numbers, without repetition', async () => {
    const numbers: string[] = []
    for (let after: string | null = null; numbers.length < 1_000;) {
      const { data } = await ask(
        `query ($after: String) { journalEntries(first: 40, after: $after, orderBy: { field: NUMBER, direction: ASC }) {
          nodes { number source { __typename } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      )
      const { nodes, pageInfo } = (
        data as {
          journalEntries: {
            nodes: { number: string }[]
            pageInfo: { hasNextPage: boolean; endCursor: string }
          }
        }
      ).journalEntries
      numbers.push(...nodes.map(({ number }) => number))
      after = pageInfo.endCursor
      if (!pageInfo.hasNextPage) break
    }
    expect(numbers).toEqual(Array.from({ length: 154 }, (_, n) => `US-${String(n + 1).padStart(8, '0')}`))
  })

  it.each([
    { query: '{ journalEntry(id: "jrn_nothing") { id } }', code: 'NOT_FOUND' },
    { query: '{ legalEntity(id: "ent_nothing") { id } }', code: 'NOT_FOUND' },
    { query: '{ journalEntries(first: 0) { totalCount } }', code: 'BAD_USER_INPUT' },
    { query: '{ journalEntries { totalCount } }', code: 'BAD_USER_INPUT' },
    { query: '{ journalEntries(first: 1, after: "?") { totalCount } }', code: 'CURSOR_INVALID' },
  ])('answers $query with $code', async ({ query, code }) => {
    expect((await ask(query)).errors?.[0]?.extensions).toMatchObject({ code })
  })
})

it('answers with legal entities, their accounts and periods, rates and rules', async () => {
  const { data, errors } = await ask(`{
    legalEntities { code functionalCurrency externalRefs { system externalId } accounts { code }
      accountingPeriods { period status range { start end } } }
    fxRates(baseCurrency: "EUR", quoteCurrency: "USD") { rate date }
    postingRules { purpose debits credits description }
  }`)
  expect(errors).toBeUndefined()
  const answer = data as {
    legalEntities: { accounts: object[]; accountingPeriods: object[] }[]
    postingRules: object[]
  }
  expect(answer).toMatchObject({
    legalEntities: [
      { code: 'DE' },
      { code: 'JP' },
      { code: 'US', externalRefs: [{ system: 'netsuite', externalId: 'entity-1' }] },
    ],
    fxRates: [
      { rate: '1.085', date: '2026-02-01' },
      { rate: '1.10', date: '2026-01-01' },
    ],
  })
  expect(answer.legalEntities[2]?.accounts).toHaveLength(17)
  expect(answer.legalEntities[2]?.accountingPeriods[0]).toEqual({
    period: '2028-12',
    status: 'OPEN',
    range: { start: '2028-12-01', end: '2029-01-01' },
  })
  expect(answer.postingRules).toHaveLength(22)
  expect(answer.postingRules[0]).toEqual({
    purpose: 'INVOICE_ISSUED',
    debits: ['RECEIVABLES'],
    credits: ['DEFERRED_REVENUE', 'REVENUE', 'TAX_PAYABLE', 'DUE_TO_AFFILIATES'],
    description: expect.stringContaining('owes the total') as string,
  })
})

it('reads 50 customers with as many statements as 5', async () => {
  const fields = `
    ... on Customer { deferredRevenue { amount } credit { onHold } }
    ... on Invoice { posting { status journalEntries {
      number lines { account { code } debit { amount } } reversedBy { id } legalEntity { code } } } }
    ... on Contract { revenueSchedules { recognized { amount } entries { period journalEntry { number } } } }
    ... on ContractLine { revenueSchedule { id } }`
  const statementsFor = async (count: number): Promise<number> => {
    database.statements.length = 0
    const answers = await entities(
      Array.from({ length: count }, (_, n) => n + 1).flatMap((n) => [
        { __typename: 'Customer', id: `customer-${n}`, currency: 'USD' },
        invoice(`invoice-${n}`),
        { __typename: 'Contract', id: `contract-${n}` },
        { __typename: 'ContractLine', id: `late-${n}` },
      ]),
      fields,
    )
    expect(answers).toHaveLength(4 * count)
    return database.statements.length
  }
  const forFive = await statementsFor(5)
  expect(await statementsFor(CUSTOMERS)).toBe(forFive)
  expect(forFive).toBeLessThanOrEqual(11)
})
