// Row 10: a hundred won deals are a hundred subscriptions and first invoices; what fails is listed, and nothing else.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { quoteLine, yearly } from '#test/domain/deals.ts'
import { stated } from '#test/erp/books.ts'
import { customerFact, quoteFact } from '#test/support/facts.ts'
import { brokenRules } from './amending.ts'
import { ADDRESS, recordDeal, recordPlatform } from './deals.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'

const DEALS = 100
/** As many as sales closes at a time. */
const AT_ONCE = 10

const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  workflow { id status failure { code } } replayed userErrors { code field } } }`
const LISTED = `{
  exceptions(first: 10, filter: { status: { in: [OPEN] } }) {
    totalCount nodes { customer { id } owner moneyAtRisk { amount currency } workflow { failure { code } } } }
  processHealth {
    stuckWorkflows { count workflows { workflow { customer { id } } step owner } }
  }
}`
const MEND = `mutation ($input: ResolveExceptionsInput!) { payload: resolveExceptions(input: $input) {
  count doneCount refused { code } replayed userErrors { code field } } }`

interface Listed {
  readonly exceptions: { readonly totalCount: number; readonly nodes: readonly object[] }
  readonly processHealth: {
    readonly stuckWorkflows: { readonly count: number; readonly workflows: readonly object[] }
  }
}

let world: FlowWorld
const deals: string[] = []
beforeAll(async () => {
  world = await openFlowWorld()
  await recordPlatform(world)
  await sellUntaxed(null)
  for (let deal = 1; deal <= DEALS; deal += 1) {
    const { opportunityId } = await recordDeal(world, `deal_${deal}`)
    deals.push(opportunityId)
  }
  // What is wrong in three deals: of two places nobody knows the tax, and one product has no tax code.
  await move('deal_13', { ...ADDRESS, region: 'ZZ' }, 2n)
  await move('deal_42', { ...ADDRESS, region: 'QQ' }, 2n)
  await world.record({
    quotes: [
      quoteFact({
        id: 'quo_deal_77',
        opportunityId: 'opp_deal_77',
        number: 'Q-deal_77',
        status: 'ACCEPTED',
        lines: [quoteLine('untaxed', 1_200_000n)],
        sourceVersion: 2n,
      }),
    ],
  })
})
afterAll(() => world.close())

const move = (name: string, address: typeof ADDRESS, sourceVersion: bigint): Promise<unknown> =>
  world.record({
    customers: [
      customerFact({ id: `cus_${name}`, legalName: 'Acme Inc.', status: 'PROSPECT', address, sourceVersion }),
    ],
  })

/** A product of 12,000.00 a year that has no tax code until somebody gives it one. */
const sellUntaxed = (taxCode: string | null, sourceVersion = 1n): Promise<unknown> =>
  world.record({
    products: [
      {
        ...stated('untaxed', sourceVersion),
        description: null,
        family: null,
        active: true,
        taxCode,
        sku: 'UNTAXED',
        name: 'Untaxed',
      },
    ],
    prices: [
      {
        ...stated('price untaxed'),
        productId: 'untaxed',
        nickname: null,
        currency: 'USD',
        unitAmount: '1200000',
        interval: yearly,
        usage: 'LICENSED',
        tiersMode: null,
        tiers: [],
        active: true,
      },
    ],
  })

const listed = async (): Promise<Listed> => {
  const { data, errors } = await world.ask<Listed>(LISTED)
  if (!data) throw new Error(JSON.stringify(errors))
  return data
}

/** How many of the deals came how far. */
async function made(): Promise<object | undefined> {
  const [row] = await world.database.owner.rows<object>({
    text: `SELECT count(DISTINCT c.id)::int AS contracts, count(DISTINCT s.id)::int AS subscriptions,
        count(DISTINCT i.id)::int AS invoices, count(DISTINCT e.id)::int AS entries, sum(i.subtotal)::bigint AS billed
      FROM crm.contract c LEFT JOIN billing.subscription s ON s.contract_id = c.id
        LEFT JOIN billing.invoice i ON i.contract_id = c.id LEFT JOIN erp.journal_entry e ON e.source_id = i.id`,
    values: [],
  })
  return row
}

/** An exception of one of the deals. */
const wrong = (name: string, code: string, owner: string): unknown =>
  expect.objectContaining({
    customer: { id: `cus_deal_${name}` },
    owner,
    moneyAtRisk: usd('12000.00'),
    workflow: { failure: { code } },
  })

/** Its workflow among those that wait. */
const stuck = (name: string): unknown =>
  expect.objectContaining({ workflow: { customer: { id: `cus_deal_${name}` } }, step: 'draftInvoice' })

it('lists exactly the three that failed, each with its reason, money and owner; the others are billed', async () => {
  for (let from = 0; from < DEALS; from += AT_ONCE) {
    const asked = deals.slice(from, from + AT_ONCE).map((opportunityId) =>
      world.start<FlowPayload>(CLOSE, {
        opportunityId,
        closedOn: '2026-06-15',
        idempotencyKey: opportunityId,
      }),
    )
    for (const { userErrors } of await Promise.all(asked)) expect(userErrors).toEqual([])
  }
  await expect
    .poll(made)
    .toEqual({ contracts: 100, subscriptions: 100, invoices: 97, entries: 97, billed: 97n * 1_200_000n })

  const { exceptions, processHealth } = await listed()
  expect(exceptions.totalCount).toBe(3)
  expect(exceptions.nodes).toEqual(
    expect.arrayContaining([
      wrong('13', 'TAX_RULE_MISSING', 'SALES_OPERATIONS'),
      wrong('42', 'TAX_RULE_MISSING', 'SALES_OPERATIONS'),
      wrong('77', 'TAX_CODE_MISSING', 'FINANCE'),
    ]),
  )
  expect(processHealth.stuckWorkflows.count).toBe(3)
  expect(processHealth.stuckWorkflows.workflows).toEqual(
    expect.arrayContaining(['13', '42', '77'].map(stuck)),
  )
})

it('is a hundred of each once what was wrong is mended, and nothing is listed any more', async () => {
  await move('deal_13', ADDRESS, 3n)
  await move('deal_42', ADDRESS, 3n)
  await sellUntaxed('txcd_10103001', 2n)
  const mend = { filter: { status: { in: ['OPEN'] } }, action: 'RETRY', reason: 'Mended', actor: 'Jo' }
  const counted = await world.start<{ count: number }>(MEND, {
    ...mend,
    dryRun: true,
    idempotencyKey: 'count',
  })
  expect(counted).toMatchObject({ count: 3, userErrors: [] })
  const sent = { ...mend, dryRun: false, expectedCount: 3, idempotencyKey: 'mend' }
  expect(await world.start(MEND, sent)).toMatchObject({ count: 3, doneCount: 3, refused: [], userErrors: [] })
  await expect
    .poll(made)
    .toEqual({ contracts: 100, subscriptions: 100, invoices: 100, entries: 100, billed: 100n * 1_200_000n })
  await expect.poll(listed).toMatchObject({
    exceptions: { totalCount: 0 },
    processHealth: { stuckWorkflows: { count: 0 } },
  })
  expect(await brokenRules(world)).toEqual([])
})
