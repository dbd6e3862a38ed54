// All customers by how they stand: what is listed is what the graph computes for each of them, in any order and page.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { customerFact } from '#test/support/facts.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'

interface Amount {
  readonly amount: string
  readonly currency: string
}
interface Listed {
  readonly customer: {
    readonly id: string
    readonly standing?: { readonly level: string }
    readonly receivablesByCurrency?: readonly {
      readonly currency: string
      readonly total: Amount
      readonly overdue: Amount
    }[]
    readonly annualRecurringRevenue?: Amount | null
  }
  readonly level: string
  readonly currency: string | null
  readonly receivables: Amount | null
  readonly overdue: Amount | null
  readonly annualRecurringRevenue: Amount | null
  readonly renewalDate: string | null
}
interface Page {
  readonly customerStandings: {
    readonly totalCount: number
    readonly nodes: readonly Listed[]
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
  }
}

const LIST = `query ($filter: CustomerStandingFilter, $orderBy: CustomerStandingOrder, $first: Int, $after: String) {
  customerStandings(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount
    nodes {
      level currency receivables { amount currency } overdue { amount currency } renewalDate
      annualRecurringRevenue { amount currency }
      customer {
        id standing { level } annualRecurringRevenue { amount currency }
        receivablesByCurrency { currency total { amount currency } overdue { amount currency } }
      }
    }
    pageInfo { endCursor hasNextPage }
  }
}`

let world: LiveWorld
let stop: () => Promise<void>
beforeAll(async () => {
  world = await openLiveWorld()
  const today = Temporal.PlainDate.from('2026-06-15')
  for (const facts of generateCompany({ customers: 30, seed: 7, today })) await world.record(facts)
  stop = await world.startInsight()
}, 240_000)
afterAll(async () => {
  await stop()
  await world.close()
})

const page = async (args: object): Promise<Page['customerStandings']> => {
  const { data, errors } = await world.ask<Page>(LIST, { first: 100, ...args })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.customerStandings
}

const rows = <Row>(text: string): Promise<Row[]> => world.database.owner.rows<Row>({ text, values: [] })

/** Waits until every customer is listed and nobody is to be looked at. */
async function reviewed(): Promise<void> {
  const waiting = `SELECT FROM crm.outbox UNION ALL SELECT FROM billing.outbox UNION ALL SELECT FROM erp.outbox
    UNION ALL SELECT FROM insight.review WHERE due_at <= '${world.clock.now().toString()}'
    UNION ALL SELECT FROM crm.customer c WHERE NOT EXISTS (SELECT FROM insight.customer_standing s WHERE s.id = c.id)
    UNION ALL SELECT FROM insight.consumer c JOIN billing.relay r ON c.source = 'billing' AND c.position < r.head`
  await expect.poll(() => rows(waiting), { timeout: 200_000 }).toEqual([])
}

/** All pages, a few lines each. */
async function walk(args: object): Promise<Listed[]> {
  const found: Listed[] = []
  let after: string | null = null
  do {
    const { nodes, pageInfo } = await page({ ...args, first: 7, after })
    found.push(...nodes)
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
  return found
}

/** Customers of a page of US dollars that matches, in the order of their ids. */
const idsOf = async (filter: object): Promise<string[]> => {
  const found = await page({ filter: { currency: 'USD', ...filter } })
  expect(found.totalCount).toBe(found.nodes.length)
  return found.nodes.map(({ customer }) => customer.id).toSorted()
}

const minorOf = (amount: Amount | null): bigint => BigInt(amount?.amount.replace('.', '') ?? '0')

describe('The list of standings', () => {
  it('has every customer once, as the graph computes each', async () => {
    await reviewed()
    const listed = await walk({})
    const customers = await rows<{ id: string }>('SELECT id FROM crm.customer ORDER BY id')
    expect(listed.map(({ customer }) => customer.id).toSorted()).toEqual(
      customers.map(({ id }) => id).toSorted(),
    )
    for (const { customer, level, currency, receivables, overdue, annualRecurringRevenue } of listed) {
      expect([customer.id, level]).toEqual([customer.id, customer.standing?.level])
      const owed = customer.receivablesByCurrency?.find((each) => each.currency === currency)
      expect(minorOf(receivables)).toBe(minorOf(owed?.total ?? null))
      expect(minorOf(overdue)).toBe(minorOf(owed?.overdue ?? null))
      expect(minorOf(annualRecurringRevenue)).toBe(minorOf(customer.annualRecurringRevenue ?? null))
    }
  }, 240_000)

  it('tells when a customer renews', async () => {
    const ends = await rows<{ id: string; end: string }>(`SELECT customer_id AS id, min(end_date)::text AS end
      FROM crm.contract WHERE status = 'ACTIVE' GROUP BY 1`)
    const known = new Map(ends.map(({ id, end }) => [id, end]))
    const listed = await walk({ orderBy: { field: 'RENEWAL_DATE', direction: 'ASC' } })
    expect(listed.map(({ renewalDate }) => renewalDate)).toEqual(
      listed.map(({ customer }) => known.get(customer.id) ?? null),
    )
    const dates = listed.map(({ renewalDate }) => renewalDate ?? '9999')
    expect(dates).toEqual(dates.toSorted())
  })

  it('is sorted by amounts of one currency, and in every order the other way round as well', async () => {
    const filter = { currency: 'USD' }
    for (const [field, amountOf] of [
      ['OVERDUE', ({ overdue }: Listed) => minorOf(overdue)],
      ['ANNUAL_RECURRING_REVENUE', ({ annualRecurringRevenue }: Listed) => minorOf(annualRecurringRevenue)],
    ] as const) {
      const rising = await walk({ filter, orderBy: { field, direction: 'ASC' } })
      const amounts = rising.map(amountOf)
      expect(amounts.length).toBeGreaterThan(5)
      expect(amounts).toEqual(amounts.toSorted((a, b) => Number(a - b)))
      const falling = await walk({ filter, orderBy: { field, direction: 'DESC' } })
      expect(falling.map(({ customer }) => customer.id)).toEqual(
        rising.map(({ customer }) => customer.id).toReversed(),
      )
    }
  })

  it('is filtered by level, amount and renewal, and counts what it has', async () => {
    const all = await walk({ filter: { currency: 'USD' } })
    const wanted = (isWanted: (listed: Listed) => boolean): string[] =>
      all
        .filter(isWanted)
        .map(({ customer }) => customer.id)
        .toSorted()
    expect(await idsOf({ level: { in: ['AT_RISK', 'HOLD'] } })).toEqual(
      wanted(({ level }) => level === 'AT_RISK' || level === 'HOLD'),
    )
    expect(await idsOf({ overdue: { gte: '0.01' } })).toEqual(wanted(({ overdue }) => minorOf(overdue) > 0n))
    expect(await idsOf({ annualRecurringRevenue: { gte: '1000', lt: '20000.00' } })).toEqual(
      wanted(
        ({ annualRecurringRevenue: amount }) => minorOf(amount) >= 1000_00n && minorOf(amount) < 20_000_00n,
      ),
    )
    expect(await idsOf({ renewalDate: { lt: '2026-12-01' } })).toEqual(
      wanted(({ renewalDate }) => renewalDate !== null && renewalDate < '2026-12-01'),
    )
  })

  it.each([
    ['amounts without a currency', { filter: { overdue: { gte: '1' } } }],
    ['an order of amounts without a currency', { orderBy: { field: 'OVERDUE', direction: 'DESC' } }],
    ['an amount that the currency does not have', { filter: { currency: 'JPY', overdue: { gte: '1.50' } } }],
    ['a page of nothing', { first: 0 }],
  ])('refuses %s', async (_, args) => {
    const { errors } = await world.ask(LIST, { first: 10, ...args })
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT'])
  })
})

describe('The history of a standing', () => {
  const HISTORY = `query ($id: ID!, $at: DateTime!) { customer(id: $id) {
    standingHistory(first: 10) { totalCount nodes { before { level } after { level } causationId } }
    standingAt(knownAt: $at) { after { level reasons { code } } }
  } }`
  interface History {
    readonly customer: {
      readonly standingHistory: {
        readonly totalCount: number
        readonly nodes: readonly {
          readonly before: { readonly level: string } | null
          readonly after: { readonly level: string }
          readonly causationId: string | null
        }[]
      }
      readonly standingAt: { readonly after: { readonly level: string } } | null
    }
  }
  const at = async (instant: Temporal.Instant): Promise<History['customer']> => {
    const { data, errors } = await world.ask<History>(HISTORY, { id: 'cus_history', at: instant.toString() })
    if (!data) throw new Error(JSON.stringify(errors))
    return data.customer
  }

  it('has each change, and what was known at an instant stays as it was', async () => {
    const [{ id: legalEntityId } = { id: '' }] = await rows<{ id: string }>(
      `SELECT id FROM erp.legal_entity WHERE code = 'US'`,
    )
    const before = world.clock.now()
    world.clock.advance({ minutes: 1 })
    await world.record({ customers: [customerFact({ id: 'cus_history' })] })
    await expect.poll(async () => (await at(before)).standingHistory.totalCount).toBe(1)
    const good = world.clock.now()
    world.clock.advance({ minutes: 1 })
    const owed = { customerId: 'cus_history', legalEntityId, currency: 'USD' }
    const invoice = invoiceFact({ ...owed, id: 'inv_h', number: 'H-1', lines: [invoiceLine(100n)] })
    await world.record({ invoices: [invoice] })
    await expect.poll(async () => (await at(good)).standingHistory.totalCount).toBe(2)
    const late = world.clock.now()
    world.clock.advance({ minutes: 1 })
    const allocations = [{ id: 'alc_h', invoiceId: 'inv_h', amount: 100n }]
    await world.record({ payments: [paymentFact({ ...owed, id: 'pay_h', allocations })] })
    await expect.poll(async () => (await at(late)).standingHistory.totalCount).toBe(3)

    const { standingHistory } = await at(before)
    expect(standingHistory.nodes.map((node) => [node.before?.level, node.after.level])).toEqual([
      ['AT_RISK', 'GOOD'],
      ['GOOD', 'AT_RISK'],
      [undefined, 'GOOD'],
    ])
    expect(standingHistory.nodes[1]?.causationId).toBe('inv_h.1')
    const levels = await Promise.all(
      [before, good, late, world.clock.now()].map(
        async (instant) => (await at(instant)).standingAt?.after.level,
      ),
    )
    expect(levels).toEqual([undefined, 'GOOD', 'AT_RISK', 'GOOD'])
  }, 60_000)
})
