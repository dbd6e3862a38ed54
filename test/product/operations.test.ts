import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type World } from './world.ts'

const FOLDER = new URL('../../schema/examples/', import.meta.url)
const documentOf = (name: string): string => readFileSync(new URL(`${name}.graphql`, FOLDER), 'utf8')

const CUSTOMERS = 60

interface Amount {
  readonly amount: string
  readonly currency: string
}

interface Standing {
  readonly data: {
    readonly customer: {
      readonly receivables: {
        readonly total: Amount
        readonly overdue: Amount
        readonly ageing: { amount: Amount }[]
      }
      readonly deferredRevenue: Amount
      readonly contracts: {
        readonly totalCount: number
        readonly nodes: {
          readonly id: string
          readonly totalContractValue: Amount
          readonly revenueSchedules: {
            readonly allocatedPrice: Amount
            readonly recognized: Amount
            readonly deferred: Amount
            readonly entries: { readonly amount: Amount; readonly status: string }[]
          }[]
        }[]
      }
      readonly invoices: {
        readonly nodes: {
          readonly status: string
          readonly posting: { status: string; journalEntry: unknown }
        }[]
      }
    }
  }
  readonly errors?: unknown
}

let world: World
let customerIds: string[]

beforeAll(async () => {
  world = await openWorld({ customers: CUSTOMERS })
  const rows = await world.database.owner.rows<{ id: string }>({
    text: 'SELECT id FROM crm.customer ORDER BY id',
    values: [],
  })
  customerIds = rows.map(({ id }) => id)
})
afterAll(() => world.close())

/** Digits alone: exact sums do not need the point. */
const minor = ({ amount }: Amount): bigint => BigInt(amount.replace('.', ''))
const total = (amounts: readonly Amount[]): bigint => amounts.reduce((sum, it) => sum + minor(it), 0n)

const standingOf = async (id: string): Promise<Standing> =>
  JSON.parse((await world.ask(documentOf('customer-standing'), { id })).body) as Standing

describe('the standing of every customer', () => {
  test('comes without errors, and byte for byte the same from subgraphs that are services', async () => {
    for (const id of customerIds) {
      const own = await world.ask(documentOf('customer-standing'), { id })
      expect(JSON.parse(own.body)).not.toHaveProperty('errors')
      expect(await world.askServices(documentOf('customer-standing'), { id })).toEqual(own)
    }
  })

  test('adds up: ageing to receivables, months to schedules, schedules to the contract', async () => {
    for (const id of customerIds) {
      const { customer } = (await standingOf(id)).data
      expect(total(customer.receivables.ageing.map((it) => it.amount))).toBe(
        minor(customer.receivables.total),
      )
      for (const contract of customer.contracts.nodes) {
        expect(total(contract.revenueSchedules.map((it) => it.allocatedPrice))).toBe(
          minor(contract.totalContractValue),
        )
        for (const { allocatedPrice, recognized, deferred, entries } of contract.revenueSchedules) {
          const posted = entries.filter(({ status }) => status === 'POSTED')
          expect(total(entries.map((it) => it.amount))).toBe(minor(allocatedPrice))
          expect(total(posted.map((it) => it.amount))).toBe(minor(recognized))
          expect(minor(recognized) + minor(deferred)).toBe(minor(allocatedPrice))
        }
      }
    }
  })

  test('equals what plain SQL over the raw tables says', async () => {
    for (const id of customerIds) {
      const { customer } = (await standingOf(id)).data
      const [expected] = await world.database.owner.rows<{
        owed: bigint
        overdue: bigint
        deferred: bigint
        active: bigint
      }>({
        text: `SELECT
          (SELECT coalesce(sum(i.total - i.allocated - i.credited - i.written_off), 0) FROM billing.invoice i
            WHERE i.customer_id = c.id AND i.currency = c.currency AND i.lifecycle = 'ISSUED')::bigint AS owed,
          (SELECT coalesce(sum(i.total - i.allocated - i.credited - i.written_off), 0) FROM billing.invoice i
            WHERE i.customer_id = c.id AND i.currency = c.currency AND i.lifecycle = 'ISSUED'
              AND i.due_date < '2026-11-23')::bigint AS overdue,
          (SELECT coalesce(sum(l.credit - l.debit), 0) FROM erp.journal_line l
            JOIN erp.ledger_account a ON a.id = l.account_id
            WHERE l.customer_id = c.id AND l.currency = c.currency AND a.role = 'DEFERRED_REVENUE')::bigint AS deferred,
          (SELECT count(*) FROM crm.contract t WHERE t.customer_id = c.id AND t.status = 'ACTIVE') AS active
          FROM crm.customer c WHERE c.id = $1`,
        values: [id],
      })
      expect({
        owed: minor(customer.receivables.total),
        overdue: minor(customer.receivables.overdue),
        deferred: minor(customer.deferredRevenue),
        active: BigInt(customer.contracts.totalCount),
      }).toEqual(expected)
    }
  })

  test('shows each issued invoice in the books', async () => {
    const postings = (await Promise.all(customerIds.map(standingOf))).flatMap(
      ({ data }) => data.customer.invoices.nodes,
    )
    expect(postings.length).toBeGreaterThan(CUSTOMERS)
    for (const { status, posting } of postings) {
      if (status === 'DRAFT') expect(posting).toEqual({ status: 'NOT_REQUIRED', journalEntry: null })
      else
        expect(posting).toMatchObject({
          status: 'POSTED',
          journalEntry: { id: expect.stringMatching(/^jrn_/) as string },
        })
    }
  })
})

test('billing state is found by what is on a ticket, the same from services', async () => {
  for (const search of ['a', 'gmbh', 'zzz-nobody']) {
    const variables = { search, first: 10 }
    const own = await world.ask(documentOf('billing-state'), variables)
    expect(own.status).toBe(200)
    expect(JSON.parse(own.body)).not.toHaveProperty('errors')
    expect(await world.askServices(documentOf('billing-state'), variables)).toEqual(own)
  }
})

test('a list of customers takes as many statements for a full page as for five', async () => {
  const document = `query ($first: Int!) {
    customers(first: $first) {
      nodes {
        name standing { level } receivables { total { amount } }
        deferredRevenue { amount } annualRecurringRevenue { amount }
        contracts(first: 10) {
          totalCount
          nodes { number lines { product { sku } } revenueSchedules { recognized { amount } entries { period } } }
        }
        invoices(first: 5) {
          totalCount
          nodes {
            number payments { id allocations { invoice { number } } }
            creditNotes { number } posting { journalEntry { number } }
          }
        }
        payments(first: 5) { nodes { refunds { id } } }
        subscriptions { items { product { name } } }
      }
    }
  }`
  const statementsFor = async (first: number): Promise<number> => {
    world.database.statements.length = 0
    expect(JSON.parse((await world.ask(document, { first })).body)).not.toHaveProperty('errors')
    return world.database.statements.length
  }
  const forFive = await statementsFor(5)
  expect(await statementsFor(100)).toBe(forFive)
})

test('an invoice is shown from three systems, with the age of what each knows', async () => {
  const { body } = await world.ask(`{ invoices(first: 3, filter: { status: { in: [PAID] } }) { nodes {
    number recordedAt customer { name recordedAt } posting { journalEntry { number recordedAt } }
    externalRefs { system externalId }
  } } }`)
  const { data } = JSON.parse(body) as { data: { invoices: { nodes: object[] } } }
  expect(data.invoices.nodes).toHaveLength(3)
  for (const invoice of data.invoices.nodes) {
    expect(invoice).toMatchObject({
      recordedAt: '2026-11-23T12:00:00Z',
      customer: { recordedAt: '2026-11-23T12:00:00Z' },
      posting: { journalEntry: { recordedAt: '2026-11-23T12:00:00Z' } },
    })
  }
})

test('support sees the billing state without asking for the ledger', () => {
  expect(documentOf('billing-state')).not.toMatch(/journal|posting|account/i)
})

test('every example is a document of its own', () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual([
    'amend-contract.graphql',
    'billing-state.graphql',
    'customer-standing.graphql',
    'customer-standings.graphql',
    'documents-in-the-books.graphql',
    'event-log.graphql',
    'explain-metric.graphql',
    'invoice-events.graphql',
    'payment-events.graphql',
    'preview-amendment.graphql',
    'process-health.graphql',
    'reconciliation.graphql',
    'replay-events.graphql',
    'revenue-metrics.graphql',
    'standing-changes.graphql',
    'trial-balance.graphql',
    'workflow-progress.graphql',
  ])
})

test('a customer reached by way of its own invoice is the same, in whatever order the systems are asked', async () => {
  const [id] = customerIds
  const money = 'annualRecurringRevenue { amount } receivables { total { amount } }'
  const { body } = await world.ask(
    `query ($id: ID!) { customer(id: $id) { ${money} invoices(first: 1) { nodes { customer { ${money} } } } } }`,
    { id },
  )
  const { customer } = (JSON.parse(body) as { data: { customer: Record<string, unknown> } }).data
  const { invoices, ...own } = customer
  expect(invoices).toEqual({ nodes: [{ customer: own }] })
})

test('every kind of object is found by its id alone, and shows when it was recorded', async () => {
  const { body } = await world.ask('{ customers(first: 1) { nodes { id recordedAt } } }')
  const { data } = JSON.parse(body) as {
    data: { customers: { nodes: { id: string; recordedAt: string }[] } }
  }
  const [customer] = data.customers.nodes
  const found = await world.ask('query ($id: ID!) { node(id: $id) { id recordedAt } }', { id: customer?.id })
  expect(JSON.parse(found.body)).toEqual({ data: { node: customer } })
})

describe('while a system does not answer', () => {
  const STANDING = `query ($id: ID!) { customer(id: $id) {
    name standing { level } receivables { total { amount } } deferredRevenue { amount } } }`

  test.each([
    [
      'billing',
      { name: expect.any(String) as string, deferredRevenue: {}, receivables: null },
      ['receivables'],
    ],
    [
      'erp',
      { name: expect.any(String) as string, deferredRevenue: null, receivables: {} },
      ['deferredRevenue'],
    ],
    ['insight', { name: expect.any(String) as string, deferredRevenue: {}, receivables: {} }, []],
  ] as const)(
    '%s, what the others know is there, and nothing that rests on it',
    async (absent, known, missing) => {
      const [id] = customerIds
      const { body } = await world.askWithout(absent)(STANDING, { id })
      const { data, errors } = JSON.parse(body) as {
        data: object
        errors: { path: string[]; extensions: object }[]
      }
      expect(data).toMatchObject({ customer: { ...known, standing: null } })
      expect(errors.map(({ path }) => path.join('.')).toSorted()).toEqual(
        [...missing, 'standing'].map((field) => `customer.${field}`).toSorted(),
      )
      for (const { extensions } of errors)
        expect(extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', service: absent, retryable: true })
    },
  )
})
