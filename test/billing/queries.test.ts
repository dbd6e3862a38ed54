import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Facts } from '#domain/facts.ts'
import { creditNoteFact, day, paymentFact, refundFact } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { INVOICES_EACH, manyCustomers } from './company.ts'
import { ask, askCustomers, record } from './support.ts'

const CUSTOMERS = 50
let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  await record(database, manyCustomers(CUSTOMERS))
  await record(database, details)
})
afterAll(() => database.close())

/** What hangs on the first customer's documents. */
const details: Partial<Facts> = {
  products: ['SEAT', 'ADD-ON', 'OLD'].map((sku) => ({
    id: `product-${sku}`,
    externalRefs: [],
    sku,
    name: `The ${sku.toLowerCase()}`,
    description: null,
    family: null,
    taxCode: null,
    active: sku !== 'OLD',
  })),
  prices: [
    {
      id: 'price-1',
      externalRefs: [],
      productId: 'product-SEAT',
      nickname: null,
      currency: 'USD',
      unitAmount: '12.5',
      interval: { unit: 'MONTH', count: 1 },
      usage: 'LICENSED',
      tiersMode: null,
      tiers: [],
      active: true,
    },
    {
      id: 'price-2',
      externalRefs: [],
      productId: 'product-SEAT',
      nickname: 'tiered',
      currency: 'JPY',
      unitAmount: null,
      interval: null,
      usage: 'METERED',
      tiersMode: 'GRADUATED',
      tiers: [
        { upTo: '10', unitAmount: '7', flatAmount: 100n },
        { upTo: null, unitAmount: '0.5', flatAmount: 0n },
      ],
      active: true,
    },
  ],
  creditNotes: [
    creditNoteFact({
      customerId: 'customer-0',
      invoiceId: 'invoice-0-0',
      lines: [{ id: 'cl', invoiceLineId: null, description: 'Less', amount: 10n, servicePeriod: null }],
    }),
  ],
  payments: [
    paymentFact({
      id: 'payment-failed',
      customerId: 'customer-0',
      outcome: 'FAILED',
      amount: 110n,
      failureCode: 'card_declined',
      failureMessage: 'The card was declined.',
      receivedAt: Temporal.Instant.from('2026-04-01T00:00:00Z'),
      allocations: [{ id: 'failed', invoiceId: 'invoice-0-0', amount: 110n }],
    }),
    paymentFact({
      id: 'payment-lost',
      customerId: null,
      allocations: [{ id: 'lost', invoiceId: 'nowhere', amount: 5n }],
    }),
  ],
  refunds: [
    refundFact({ paymentId: 'payment-0-0', amount: 10n }),
    refundFact({ id: 'refund-2', paymentId: 'nowhere' }),
  ],
  disputes: [
    {
      id: 'dispute-1',
      externalRefs: [],
      paymentId: 'payment-0-1',
      customerId: 'customer-0',
      status: 'NEEDS_RESPONSE',
      currency: 'USD',
      amount: 50n,
      fundsWithdrawn: true,
      reason: 'fraudulent',
      openedOn: day('2026-05-01'),
      evidenceDueOn: null,
      closedOn: null,
    },
  ],
  dunning: [
    {
      id: 'dunning-1',
      externalRefs: [],
      invoiceId: 'invoice-0-1',
      status: 'ACTIVE',
      attempts: 1,
      nextAttemptOn: day('2026-06-20'),
    },
  ],
}

const references = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ id: `customer-${place}`, currency: 'USD' }))

const EVERYTHING = `{
  id
  subscriptions { id items { product { name } } }
  invoices(first: 20) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { cursor node {
      number status daysPastDue customer { id } balance { amount currency }
      lines { amount { amount } product { name } } taxLines { amount { amount } }
      creditNotes { number amount { amount } }
      payments { id status } allocations { amount { amount } payment { id } } dunning { attempts }
      subscription { id }
    } }
  }
  payments(first: 20) {
    totalCount
    nodes { id allocations { invoice { number } amount { amount } } refunds { id } disputes { id } failure { code } }
  }
  creditNotes { number invoice { number } }
  disputes { id payment { id } }
  receivables { total { amount } }
  receivablesByCurrency { currency }
  annualRecurringRevenue { amount }
}`

/** Fields of it that read: those that load the same kind at the same moment share a statement. */
const READING_FIELDS = 22

describe('statements', () => {
  test.each([5, CUSTOMERS])(
    'of a query over %i customers are at most one a field that reads',
    async (count) => {
      database.statements.length = 0
      const customers = await askCustomers(database, references(count), EVERYTHING)
      expect(customers).toHaveLength(count)
      expect(database.statements.length).toBeLessThanOrEqual(READING_FIELDS)
    },
  )
})

describe('a document', () => {
  test('shows what belongs to it', async () => {
    const { data, errors } = await ask(
      database,
      `{ invoice(id: "invoice-0-0") {
        number status total { amount minorUnits currency } balance { amount } amountPaid { amount }
        amountCredited { amount } paidOn daysPastDue
        customer { id } legalEntity { id } contract { id }
        creditNotes { id } payments { id status failure { code message } }
        allocations { id amount { amount } payment { id unapplied { amount } amountRefunded { amount } } }
      } }`,
    )
    expect(errors).toBeUndefined()
    expect(data?.['invoice']).toEqual({
      number: 'US-000000',
      status: 'PAID',
      total: { amount: '1.10', minorUnits: '110', currency: 'USD' },
      balance: { amount: '0.00' },
      amountPaid: { amount: '1.00' },
      amountCredited: { amount: '0.10' },
      paidOn: '2026-04-10',
      daysPastDue: 0,
      customer: { id: 'customer-0' },
      legalEntity: { id: 'entity-1' },
      contract: { id: 'contract-0' },
      creditNotes: [{ id: 'credit-note-1' }],
      payments: [
        {
          id: 'payment-failed',
          status: 'FAILED',
          failure: { code: 'card_declined', message: 'The card was declined.' },
        },
        { id: 'payment-0-0', status: 'PARTIALLY_REFUNDED', failure: null },
      ],
      allocations: [
        {
          id: 'allocation-0-0',
          amount: { amount: '1.00' },
          payment: { id: 'payment-0-0', unapplied: { amount: '0.20' }, amountRefunded: { amount: '0.10' } },
        },
      ],
    })
  })

  test('that is not there is null with NOT_FOUND', async () => {
    const { data, errors } = await ask(database, '{ invoice(id: "nowhere") { id } }')
    expect(data?.['invoice']).toBeNull()
    expect(errors).toMatchObject([{ path: ['invoice'], extensions: { code: 'NOT_FOUND' } }])
  })

  test('that another one refers to and billing does not know is null without an error', async () => {
    const { data, errors } = await ask(
      database,
      `{ payment(id: "payment-lost") { customer { id } allocations { id invoice { id } amount { amount } } }
        _entities(representations: [{ __typename: "Refund", id: "refund-2" }]) { ... on Refund { payment { id } } } }`,
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      payment: { customer: null, allocations: [{ id: 'lost', invoice: null, amount: { amount: '0.00' } }] },
      _entities: [{ payment: null }],
    })
  })
})

describe('entities', () => {
  test.each([
    ['Product', 'product-SEAT'],
    ['Price', 'price-1'],
    ['Invoice', 'invoice-0-0'],
    ['Payment', 'payment-0-0'],
    ['CreditNote', 'credit-note-1'],
    ['Refund', 'refund-1'],
    ['Dispute', 'dispute-1'],
    ['Dunning', 'dunning-1'],
  ])('%s is found by its id, and an unknown one is NOT_FOUND', async (type, id) => {
    const source = `query ($of: [_Any!]!) {
      _entities(representations: $of) { __typename ... on ${type} { id version externalRefs { system } } } }`
    const of = [
      { __typename: type, id },
      { __typename: type, id: 'nowhere' },
    ]
    const { data, errors } = await ask(database, source, { of })
    expect(data?.['_entities']).toMatchObject([{ __typename: type, id, externalRefs: [] }, null])
    expect(errors).toMatchObject([{ path: ['_entities', 1], extensions: { code: 'NOT_FOUND' } }])
  })
})

describe('the catalogue', () => {
  test('shows prices exactly and rounded', async () => {
    const { data } = await ask(
      database,
      `{ products(first: 10, filter: { active: true }) { totalCount nodes { sku prices {
        unitAmount { minorUnits } unitAmountDecimal interval { unit count } tiersMode
        tiers { upTo unitAmountDecimal flatAmount { amount } } product { sku }
      } } } }`,
    )
    expect(data?.['products']).toEqual({
      totalCount: 2,
      nodes: [
        { sku: 'ADD-ON', prices: [] },
        {
          sku: 'SEAT',
          prices: [
            {
              unitAmount: null,
              unitAmountDecimal: null,
              interval: null,
              tiersMode: 'GRADUATED',
              tiers: [
                { upTo: '10', unitAmountDecimal: '7', flatAmount: { amount: '100' } },
                { upTo: null, unitAmountDecimal: '0.5', flatAmount: { amount: '0' } },
              ],
              product: { sku: 'SEAT' },
            },
            {
              unitAmount: { minorUnits: '13' },
              unitAmountDecimal: '0.125',
              interval: { unit: 'MONTH', count: 1 },
              tiersMode: null,
              tiers: [],
              product: { sku: 'SEAT' },
            },
          ],
        },
      ],
    })
  })
})

describe('filters', () => {
  test.each([
    ['status: { in: [PARTIALLY_PAID] }', CUSTOMERS],
    ['status: { in: [PARTIALLY_PAID, DRAFT] }', 2 * CUSTOMERS],
    ['number: { in: ["US-000001", "US-000004", "unknown"] }', 2],
    ['currency: { in: ["EUR"] }', CUSTOMERS],
    ['legalEntity: { in: ["entity-1"] }', INVOICES_EACH * CUSTOMERS],
    ['legalEntity: { in: ["nowhere"] }', 0],
    ['issueDate: { gte: "2026-04-01", lt: "2026-05-01" }', CUSTOMERS],
    ['dueDate: { lt: "2026-03-31" }', 0],
    ['dueDate: { lt: "2026-04-01" }', CUSTOMERS],
    ['status: { in: [OPEN] }, currency: { in: ["USD"] }', 0],
  ])('invoices where %s: %i', async (filter, count) => {
    const { data } = await ask(database, `{ invoices(first: 1, filter: { ${filter} }) { totalCount } }`)
    expect(data?.['invoices']).toEqual({ totalCount: count })
  })

  test.each([
    ['status: { in: [FAILED] }', 1],
    ['receivedOn: { gte: "2026-04-11" }', CUSTOMERS],
  ])('payments where %s: %i', async (filter, count) => {
    const { data } = await ask(database, `{ payments(first: 1, filter: { ${filter} }) { totalCount } }`)
    expect(data?.['payments']).toEqual({ totalCount: count })
  })
})

describe('pages', () => {
  const orders = ['ISSUE_DATE', 'DUE_DATE', 'TOTAL', 'BALANCE'].flatMap((field) => [
    `{ field: ${field}, direction: ASC }`,
    `{ field: ${field}, direction: DESC }`,
  ])

  interface Page {
    readonly nodes: readonly { readonly id: string }[]
    readonly pageInfo: {
      readonly hasNextPage: boolean
      readonly hasPreviousPage: boolean
      readonly startCursor: string
      readonly endCursor: string
    }
  }
  const page = async (args: string): Promise<Page> => {
    const { data, errors } = await ask(
      database,
      `{ invoices(${args}) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    )
    expect(errors).toBeUndefined()
    return data?.['invoices'] as Page
  }
  const idsOf = ({ nodes }: Page): string[] => nodes.map(({ id }) => id)
  const MAX_PAGES = 10

  test.each(orders)(
    'forwards and backwards show every invoice once, in the same order: %s',
    async (orderBy) => {
      const forwards: string[] = []
      let next = await page(`first: 70, orderBy: ${orderBy}`)
      for (let count = 0; count < MAX_PAGES; count += 1) {
        forwards.push(...idsOf(next))
        if (!next.pageInfo.hasNextPage) break
        next = await page(`first: 70, after: "${next.pageInfo.endCursor}", orderBy: ${orderBy}`)
      }
      expect(new Set(forwards).size).toBe(INVOICES_EACH * CUSTOMERS)

      const backwards: string[] = []
      let previous = await page(`last: 70, orderBy: ${orderBy}`)
      for (let count = 0; count < MAX_PAGES; count += 1) {
        backwards.unshift(...idsOf(previous))
        if (!previous.pageInfo.hasPreviousPage) break
        previous = await page(`last: 70, before: "${previous.pageInfo.startCursor}", orderBy: ${orderBy}`)
      }
      expect(backwards).toEqual(forwards)
    },
  )

  test.each([
    ['invoices(first: 0)', 'BAD_USER_INPUT'],
    ['invoices(first: 1000)', 'BAD_USER_INPUT'],
    ['invoices', 'BAD_USER_INPUT'],
    ['invoices(first: 1, last: 1)', 'BAD_USER_INPUT'],
    ['invoices(first: 1, after: "nonsense")', 'CURSOR_INVALID'],
  ])('%s is refused with %s', async (field, code) => {
    const { errors } = await ask(database, `{ ${field} { totalCount } }`)
    expect(errors).toMatchObject([{ extensions: { code } }])
  })

  test('a cursor of another list, parent or order is refused', async () => {
    const { pageInfo } = await page('first: 1')
    const after = `first: 1, after: "${pageInfo.endCursor}"`
    for (const field of [
      `payments(${after})`,
      `invoices(${after}, orderBy: { field: TOTAL, direction: ASC })`,
    ]) {
      const { errors } = await ask(database, `{ ${field} { nodes { id } } }`)
      expect(errors).toMatchObject([{ extensions: { code: 'CURSOR_INVALID' } }])
    }
    await expect(
      askCustomers(database, references(1), `{ invoices(${after}) { totalCount } }`),
    ).rejects.toThrow('another list')
  })

  test('of a contract show its invoices only', async () => {
    const { data } = await ask(
      database,
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Contract {
        invoices(last: 1) { totalCount nodes { id } } subscriptions { id } } } }`,
      { of: [{ __typename: 'Contract', id: 'contract-7' }] },
    )
    expect(data?.['_entities']).toEqual([
      { invoices: { totalCount: INVOICES_EACH, nodes: [{ id: 'invoice-7-0' }] }, subscriptions: [] },
    ])
  })
})
