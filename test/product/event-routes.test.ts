// A deal closed where no system leads (row 20): one event goes to CRM, billing, ERP, tax, payment and analytics, each
// delivery listed with the rule that sent it, and each of the six has done its part.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activate } from './article.ts'
import { recordDeal, recordPlatform } from './deals.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'

const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  contract { id } workflow { id status model } replayed userErrors { code field } } }`
const TOLD = `query ($filter: EventFilter) { events(first: 100, filter: $filter) {
  nodes { id correlationId } } }`
const ROUTE = `query ($input: ExplainRouteInput!) { explainRoute(input: $input) {
  model targets { target rule } userErrors { code } } }`
const DONE = `query ($id: ID!) { contract(id: $id) {
  opportunity { stage } subscriptions { status } revenueSchedules { version }
  invoices(first: 1) { nodes { id tax { amount } posting { status } } } } }`
const ANALYTICS = `{ revenueMetrics(period: { from: "2026-06", to: "2026-06" }, reportingCurrency: "USD") {
  rows { bookings { amount currency } } } }`

let world: FlowWorld
let stop: () => Promise<void>
let closed: FlowPayload & { readonly contract: { readonly id: string } }
beforeAll(async () => {
  world = await openFlowWorld()
  stop = await world.startInsight()
  await recordPlatform(world)
  await activate(world, 'event-driven', 'June')
  const { opportunityId } = await recordDeal(world, 'acme')
  closed = await world.start(CLOSE, { opportunityId, closedOn: '2026-06-15', idempotencyKey: 'acme' })
})
afterAll(async () => {
  await stop()
  await world.close()
})

const ask = async <Answer>(document: string, variables: object = {}): Promise<Answer> => {
  const { data, errors } = await world.ask<Record<string, Answer>>(document, variables)
  if (!data || errors) throw new Error(JSON.stringify(errors))
  return Object.values(data)[0] as Answer
}

interface Told {
  readonly id: string
  readonly correlationId: string
}

const routeOf = (input: object) =>
  ask<{ model: string; targets: readonly { target: string; rule: string }[] }>(ROUTE, { input })

/** What the closing of the deal told, of a type. */
const told = async (eventType: string): Promise<readonly Told[]> => {
  const { nodes } = await ask<{ nodes: readonly Told[] }>(TOLD, { filter: { types: [eventType] } })
  return nodes.filter(({ correlationId }) => correlationId === closed.workflow?.id)
}

/** What the contract of the deal came to in the systems. */
const done = () => ask<{ invoices: { nodes: readonly { id: string }[] } }>(DONE, { id: closed.contract.id })

const byRule = (rule: string, targets: readonly string[]) => targets.map((target) => ({ target, rule }))

it('the deal is closed by the model that is driven by events', () =>
  expect(closed.workflow).toMatchObject({ status: 'COMPLETED', model: 'event-driven' }))

describe('each event that it told', () => {
  const ALL = ['CRM', 'BILLING', 'ERP', 'TAX', 'PAYMENT', 'ANALYTICS']
  it.each([
    ['revgraph.crm.opportunity.won.v1', 'deals-reach-all', ALL],
    ['revgraph.crm.contract.signed.v1', 'deals-reach-all', ALL],
    [
      'revgraph.billing.invoice.issued.v1',
      'invoices-are-booked',
      ['ERP', 'TAX', 'PAYMENT', 'CRM', 'ANALYTICS'],
    ],
    ['revgraph.erp.journal.posted.v1', 'revenue-is-reported', ['ANALYTICS']],
    ['revgraph.erp.revenueSchedule.created.v1', 'revenue-is-reported', ['ANALYTICS']],
  ])('%s goes by the rule %s to %j', async (eventType, rule, targets) => {
    await expect.poll(() => told(eventType)).toHaveLength(1)
    expect(await routeOf({ target: 'EVENT', eventType })).toEqual({
      model: 'event-driven',
      targets: byRule(rule, targets),
      userErrors: [],
    })
  })
})

describe('each of the six has done its part', () => {
  it('CRM, billing and ERP', async () =>
    expect(await done()).toMatchObject({
      opportunity: { stage: 'WON' },
      subscriptions: [{ status: 'ACTIVE' }],
      revenueSchedules: [{ version: 1 }],
      invoices: { nodes: [{ posting: { status: 'POSTED' } }] },
    }))

  it.each([
    ['tax', 'TAX', 'rules', 'us-sales-tax'],
    ['payment', 'PAYMENT', 'stripe-us', 'cards-and-ach'],
  ])('%s, by a route of its own', async (_, kind, target, rule) => {
    const { invoices } = await done()
    expect(await routeOf({ target: kind, invoiceId: invoices.nodes[0]?.id })).toMatchObject({
      targets: [{ target, rule }],
    })
    expect(invoices.nodes).toMatchObject([{ tax: { amount: '480.00' } }])
  })

  it('analytics', () =>
    expect
      .poll(() => ask(ANALYTICS))
      .toMatchObject({ rows: expect.arrayContaining([{ bookings: usd('12000.00') }]) as unknown }))
})
