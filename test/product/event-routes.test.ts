// A deal closed where no system leads (row 20): one event goes to CRM, billing, ERP, tax, payment and analytics, each
// delivery listed with the rule that sent it (row 28), and each of the six has done its part.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWebhooks } from '#subgraphs/operations/webhooks/worker.ts'
import { openReceiver, type Receiver } from '#test/operations/receiver.ts'
import { silentLog } from '#test/support/log.ts'
import { activate } from './article.ts'
import { recordDeal, recordPlatform } from './deals.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld, usd } from './flows.ts'
import { changedModel } from './model-text.ts'

const CLOSE = `mutation ($input: CloseOpportunityInput!) { payload: closeOpportunity(input: $input) {
  contract { id } workflow { id status model } replayed userErrors { code field } } }`
const ACTIVATE = `mutation ($input: ActivateModelInput!) { activateModel(input: $input) {
  userErrors { code message } } }`
const ENDPOINT = `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
  endpoint { id system } userErrors { code message } } }`
const CHANGE = `mutation ($input: UpdateWebhookEndpointInput!) { updateWebhookEndpoint(input: $input) {
  endpoint { id status } userErrors { code message } } }`
const RECOVER = `mutation ($input: RecoverWebhookDeliveriesInput!) { recoverWebhookDeliveries(input: $input) {
  count userErrors { code message } } }`
const DELIVERIES = `query ($filter: WebhookDeliveryFilter) { webhookDeliveries(first: 100, filter: $filter) {
  nodes { subject rule model status endpoint { system } } } }`
const ROUTE = `query ($input: ExplainRouteInput!) { explainRoute(input: $input) {
  model targets { target rule } userErrors { code } } }`
const DONE = `query ($id: ID!) { contract(id: $id) {
  opportunity { stage } subscriptions { status } revenueSchedules { version }
  invoices(first: 1) { nodes { id tax { amount } posting { status } } } } }`
const ANALYTICS = `{ revenueMetrics(period: { from: "2026-06", to: "2026-06" }, reportingCurrency: "USD") {
  rows { bookings { amount currency } } } }`

const ALL = ['CRM', 'BILLING', 'ERP', 'TAX', 'PAYMENT', 'ANALYTICS']
const WON = 'revgraph.crm.opportunity.won.v1'

/** Of the German company, and of a business that owes the tax itself. */
const FRANCE = { line1: '1 Rue A', city: 'Paris', postalCode: '75001', region: null, country: 'FR' }

type Closed = FlowPayload & { readonly contract: { readonly id: string } }

let world: FlowWorld
let receiver: Receiver
const stopping: (() => Promise<void>)[] = []
const endpoints = new Map<string, string>()
let closed: Closed
beforeAll(async () => {
  ;[world, receiver] = await Promise.all([openFlowWorld(), openReceiver()])
  const { clock, database } = world
  const options = { db: database.of('operations'), clock, log: silentLog }
  const sender = startWebhooks({ ...options, allowed: ['127.0.0.1'] })
  stopping.push(await world.startInsight(), await world.startOperations(), () => sender.stop())
  await recordPlatform(world)
  for (const system of ALL) {
    const input = { url: `${receiver.url}/${system}`, system, idempotencyKey: system }
    const { endpoint } = await ask<{ endpoint: { id: string } }>(ENDPOINT, { input })
    endpoints.set(system, endpoint.id)
  }
  await activate(world, 'event-driven', 'June')
  closed = await close('acme')
})
afterAll(async () => {
  await Promise.all(stopping.map((stop) => stop()))
  await receiver.close()
  await world.close()
})

const ask = async <Answer>(document: string, variables: object = {}): Promise<Answer> => {
  const { data, errors } = await world.ask<Record<string, Answer>>(document, variables)
  if (!data || errors) throw new Error(JSON.stringify(errors))
  return Object.values(data)[0] as Answer
}

/** Has a deal for 12,000.00 a year closed. */
async function close(name: string, fields?: Parameters<typeof recordDeal>[2]): Promise<Closed> {
  const { opportunityId } = await recordDeal(world, name, fields)
  return world.start(CLOSE, { opportunityId, closedOn: '2026-06-15', idempotencyKey: name })
}

interface Delivery {
  readonly subject: string
  readonly rule: string | null
  readonly model: string | null
  readonly status: string
  readonly endpoint: { readonly system: string | null }
}

/** `CRM by deals-reach-all of event-driven`: to whom events of a type about a thing were delivered, and why. */
const delivered = async (type: string, subject?: string): Promise<string[]> => {
  const filter = { type: { in: [type] }, ...(subject && { subject: { in: [subject] } }) }
  const { nodes } = await ask<{ nodes: readonly Delivery[] }>(DELIVERIES, { filter })
  return nodes
    .filter(({ status }) => status === 'DELIVERED')
    .map(({ endpoint, rule, model }) => `${endpoint.system} by ${rule} of ${model}`)
    .toSorted()
}
const by = (rule: string, systems: readonly string[]): string[] =>
  systems.map((system) => `${system} by ${rule} of event-driven`).toSorted()

/** Who received an event of a type about a thing. */
const received = (type: string, subject: string): string[] =>
  receiver.received
    .filter(({ event }) => event.type === type && event.subject === subject)
    .map(({ path }) => path.replace('/hook/', ''))
    .toSorted()

const routeOf = (input: object) =>
  ask<{ model: string; targets: readonly { target: string; rule: string }[] }>(ROUTE, { input })

/** What the contract of the deal came to in the systems. */
const done = () => ask<{ invoices: { nodes: readonly { id: string }[] } }>(DONE, { id: closed.contract.id })

it('the deal is closed by the model that is driven by events', () =>
  expect(closed.workflow).toMatchObject({ status: 'COMPLETED', model: 'event-driven' }))

describe('each event that it told', () => {
  it.each([
    [WON, 'deals-reach-all', ALL],
    ['revgraph.crm.contract.signed.v1', 'deals-reach-all', ALL],
    [
      'revgraph.billing.invoice.issued.v1',
      'invoices-are-booked',
      ['ERP', 'TAX', 'PAYMENT', 'CRM', 'ANALYTICS'],
    ],
    ['revgraph.erp.journal.posted.v1', 'revenue-is-reported', ['ANALYTICS']],
    ['revgraph.erp.revenueSchedule.created.v1', 'revenue-is-reported', ['ANALYTICS']],
  ])('%s is delivered by the rule %s to %j, and to nobody else', async (eventType, rule, targets) => {
    await expect.poll(() => delivered(eventType)).toEqual(by(rule, targets))
    expect(await routeOf({ target: 'EVENT', eventType })).toEqual({
      model: 'event-driven',
      targets: targets.map((target) => ({ target, rule })),
      userErrors: [],
    })
  })

  it('was received by each of them once', () => expect(received(WON, 'opp_acme')).toEqual(ALL.toSorted()))
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

describe('a rule that is changed', () => {
  const MOST = ALL.filter((system) => system !== 'TAX')
  /** Deals are not told to tax any more. */
  const most = changedModel('event-driven', ({ events }) => ({
    events: events.map((rule) =>
      rule.name === 'deals-reach-all' ? { ...rule, name: 'deals-reach-most', to: MOST } : rule,
    ),
  }))

  it('holds for the next event, and leaves why the earlier one went where it did', async () => {
    await activate(world, 'event-driven', 'later', most)
    await close('globex')
    await expect.poll(() => delivered(WON, 'opp_globex')).toEqual(by('deals-reach-most', MOST))
    expect(received(WON, 'opp_globex')).toEqual(MOST.toSorted())
    expect(await delivered(WON, 'opp_acme')).toEqual(by('deals-reach-all', ALL))
  })

  it('holds for what a system missed while it was not sent to', async () => {
    const id = endpoints.get('PAYMENT')
    const change = (status: string) =>
      ask(CHANGE, { input: { id, status, idempotencyKey: `payment ${status}` } })
    await change('DISABLED')
    await close('initech')
    const others = MOST.filter((system) => system !== 'PAYMENT')
    await expect.poll(() => delivered(WON, 'opp_initech')).toEqual(by('deals-reach-most', others))
    await change('ENABLED')
    await ask(RECOVER, { input: { id, since: '2026-06-01T00:00:00Z', idempotencyKey: 'recover' } })
    await expect.poll(() => delivered(WON, 'opp_initech')).toEqual(by('deals-reach-most', MOST))
  })

  it('is none where another model leads: nothing is sent', async () => {
    await activate(world, 'crm-led', 'in the end')
    await close('hooli')
    const input = { url: `${receiver.url}/OWN`, eventTypes: [WON], idempotencyKey: 'own' }
    await ask(ENDPOINT, { input })
    await close('umbrella')
    await expect.poll(() => delivered(WON, 'opp_umbrella')).toEqual(['null by null of null'])
    expect(await delivered(WON, 'opp_hooli')).toEqual([])
  })

  it('may be that of one company: what is of another, or of none, is not sent', async () => {
    const company = { model: 'event-driven', legalEntityId: 'entity-de', actor: 'Jo', reason: 'Try it there' }
    await ask(ACTIVATE, { input: { ...company, idempotencyKey: 'Germany' } })
    const french = { address: FRANCE, taxIds: [{ type: 'eu_vat', value: 'FR12345678901' }], currency: 'EUR' }
    const [us, de] = [await close('pied-piper'), await close('dassault', french)]
    const SIGNED = 'revgraph.crm.contract.signed.v1'
    await expect.poll(() => delivered(SIGNED, de.contract.id)).toEqual(by('deals-reach-all', ALL))
    expect(await delivered(SIGNED, us.contract.id)).toEqual([])
    await expect.poll(() => delivered(WON, 'opp_dassault')).toEqual(['null by null of null'])

    const asked = { target: 'EVENT', eventType: SIGNED }
    expect(await routeOf({ ...asked, legalEntityId: 'entity-de' })).toMatchObject({ model: 'event-driven' })
    expect(await routeOf(asked)).toMatchObject({ model: 'crm-led', targets: [] })
  })
})
