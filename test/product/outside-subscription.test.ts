// Where an outside system bills a contract of ours: what becomes of the contract is told to it before we note it, once,
// or it would go on billing what it knew. Over the graph of real nodes; the system's own log is the witness.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock, today } from '#platform/clock.ts'
import { checkInvariants } from '#platform/invariant.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { stripeId } from '#subgraphs/billing/stripe/mapping.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { makeSecret } from '#subgraphs/operations/webhooks/sign.ts'
import { stated } from '#test/erp/books.ts'
import { type LoggedEffect, readEffects } from '#test/simulators/log.ts'
import { type Simulator, startSimulator } from '#test/simulators/start.ts'
import { standingSubscription } from '#test/stripe/standing-subscription.ts'
import { type WriteServer, writeServer } from '#test/stripe/write-server.ts'
import { customerFact } from '#test/support/facts.ts'
import { yearOf } from './amending.ts'
import type { FlowPayload } from './flows.ts'
import { openSellingWorld, type SellingWorld } from './outside-deals.ts'
import { SETTLED_MS, settingsOf, WHATEVER_GOES_WRONG } from './outside-world.ts'

const CONTRACT = `query ($id: ID!) { answer: contract(id: $id) {
  status subscriptions { status cancelAt endedOn items { quantity unitPrice { amount } } } } }`
const EXCEPTIONS = `query { answer: exceptions(first: 100, filter: { status: { in: [OPEN] } }) {
  nodes { id workflow { id } } } }`
const RESOLVE = `mutation ($input: ResolveExceptionInput!) { answer: resolveException(input: $input) {
  userErrors { code message } } }`
const PREVIEW = 'query ($input: AmendmentInput!) { answer: previewAmendment(input: $input) { previewHash } }'

const TODAY = today(systemClock)
const TOMORROW = TODAY.add({ days: 1 })
const START = TODAY.with({ day: 1 })
const STRIPE_PRODUCT = 'prod_platform'

let world: SellingWorld
let billing: Simulator
let stripe: WriteServer
beforeAll(async () => {
  ;[billing, stripe] = await Promise.all([startSimulator('billing'), writeServer()])
  world = await openSellingWorld(settingsOf(billing, stripe, makeSecret()))
  const address = { line1: '1 Main St', city: 'Portland', postalCode: '97201', region: 'OR', country: 'US' }
  const product = { description: null, family: null, taxCode: 'txcd_10103001', active: true }
  await world.record({
    customers: [
      customerFact({ id: 'cus_acme', legalName: 'Acme', address }),
      customerFact({
        id: 'cus_edo',
        legalName: 'Edo',
        currency: 'JPY',
        address: { ...address, region: null, country: 'JP' },
      }),
    ],
    products: [
      {
        ...product,
        id: 'imported',
        externalRefs: [refTo('stripe', 'product', STRIPE_PRODUCT)],
        sku: 'IMPORTED',
        name: 'Platform of Stripe',
      },
      { ...stated('untaxed'), ...product, taxCode: null, sku: 'UNTAXED', name: 'Without a tax code' },
    ],
  })
}, 60_000)
afterAll(async () => {
  await Promise.all([world.shut(), billing.stop(), stripe.close()])
})

const refTo = (system: string, objectType: string, externalId: string) => ({
  system,
  instance: system === 'stripe' ? 'acct_1' : 'default',
  objectType,
  externalId,
  url: null,
  sourceVersion: 1n,
})

/** Each test has a contract of its own, which the American billing bills. */
let name = ''
let count = 0
beforeEach(async () => {
  count += 1
  name = String(count)
  await billing.control({ script: [], slowMs: 300, webhooks: null, duplicates: 'REPLAYED' })
  stripe.faults.length = 0
  await yearOf(world, name, {
    start: START,
    subscriptionRef: refTo('billing-us', 'subscription', `out_${name}`),
  })
})

/** Has something done to the contract as a whole; the id of the workflow. */
async function change(mutation: string, effectiveDate = TOMORROW, contract = name): Promise<string> {
  const type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input!`
  const document = `mutation ($input: ${type}) { answer: ${mutation}(input: $input) {
    workflow { id status } userErrors { code message field } } }`
  const dated = { contractId: `ctr_${contract}`, effectiveDate: String(effectiveDate) }
  const input = { ...dated, idempotencyKey: `${mutation} ${contract}` }
  return idOf(await world.ask<FlowPayload>(document, { input }))
}

/** Has its price go to 18,000 from tomorrow on. */
async function upgrade(contract = name, currency = 'USD'): Promise<FlowPayload> {
  const amount = currency === 'JPY' ? '1800000' : '18000.00'
  const asked = {
    contractId: `ctr_${contract}`,
    effectiveDate: String(TOMORROW),
    changes: [{ lineId: `ctl_${contract}`, unitPrice: { amount, currency } }],
  }
  const { previewHash } = await world.ask<{ previewHash: string }>(PREVIEW, { input: asked })
  const document = `mutation ($input: AmendContractInput!) { answer: amendContract(input: $input) {
    workflow { id status } userErrors { code message field } } }`
  const input = { ...asked, previewHash, idempotencyKey: `upgrade ${contract}` }
  return world.ask(document, { input })
}

function idOf({ workflow, userErrors }: FlowPayload): string {
  expect(userErrors).toEqual([])
  return workflow?.id ?? ''
}

/** What the American billing did to subscriptions for a workflow. */
const effectsFor = (workflowId: string): LoggedEffect[] =>
  readEffects(billing.logPath).filter(
    ({ effectKey, operation }) => effectKey.startsWith(workflowId) && operation.endsWith('Subscription'),
  )
const contractNow = (contract = name): Promise<object> => world.ask(CONTRACT, { id: `ctr_${contract}` })

const AS_BEFORE = {
  status: 'ACTIVE',
  subscriptions: [{ status: 'ACTIVE', items: [{ unitPrice: { amount: '12000.00' } }] }],
}

describe('a contract that ends is cancelled there once, to its last day', () => {
  it.each(WHATEVER_GOES_WRONG)(
    '%s',
    async (_, script, faults) => {
      await billing.control({ script, ...faults })
      const id = await change('cancelContract')
      await world.becomes(id, 'COMPLETED')
      expect(effectsFor(id)).toMatchObject([
        {
          operation: 'cancelSubscription',
          effectKey: `${id}/amendSubscription`,
          payload: { subscription: `out_${name}`, subscriptionId: `sub_${name}`, on: String(TOMORROW) },
        },
      ])
      expect(await contractNow()).toMatchObject({ subscriptions: [{ cancelAt: String(TOMORROW) }] })
    },
    SETTLED_MS,
  )
})

it(
  'a contract that is suspended is paused there, and resumed when it goes on',
  async () => {
    const suspended = await change('suspendContract', TODAY)
    await world.becomes(suspended, 'COMPLETED')
    expect(effectsFor(suspended)).toMatchObject([
      { operation: 'changeSubscription', payload: { subscription: `out_${name}`, isPaused: true } },
    ])
    expect(await contractNow()).toMatchObject({ status: 'SUSPENDED', subscriptions: [{ status: 'PAUSED' }] })
    const resumed = await change('resumeContract')
    await world.becomes(resumed, 'COMPLETED')
    expect(effectsFor(resumed)).toMatchObject([
      {
        operation: 'changeSubscription',
        payload: { isPaused: false, cancelAt: String(START.add({ years: 1 })) },
      },
    ])
    expect(await contractNow()).toMatchObject({ subscriptions: [{ status: 'ACTIVE' }] })
  },
  SETTLED_MS,
)

it(
  'another price is billed there from then on',
  async () => {
    const id = idOf(await upgrade())
    await world.becomes(id, 'COMPLETED')
    expect(effectsFor(id)).toMatchObject([
      {
        operation: 'changeSubscription',
        payload: {
          contractId: `ctr_${name}`,
          items: [
            { subscriptionItemId: `sit_${name}`, minorUnits: '1200000', end: String(TOMORROW) },
            {
              minorUnits: '1800000',
              start: String(TOMORROW),
              quantity: '1',
              interval: { unit: 'YEAR', count: 1 },
            },
          ],
        },
      },
    ])
  },
  SETTLED_MS,
)

it(
  'what the outside system refuses is taken back here: nothing drifts',
  async () => {
    await billing.control({ script: ['REFUSE'] })
    const { workflow, userErrors } = await upgrade()
    expect(workflow).toMatchObject({ status: 'COMPENSATED' })
    expect(userErrors).toMatchObject([{ code: 'OUTSIDE_REFUSED' }])
    expect(effectsFor(workflow?.id ?? '')).toEqual([])
    expect(await contractNow()).toMatchObject(AS_BEFORE)
  },
  SETTLED_MS,
)

it(
  'what a person calls off is taken back there as well',
  async () => {
    name = `${name}u`
    const subscriptionRef = refTo('billing-us', 'subscription', `out_${name}`)
    await yearOf(world, name, { productId: 'untaxed', start: START, subscriptionRef })
    const id = idOf(await upgrade())
    await world.becomes(id, 'EXCEPTION')
    const { nodes } = await world.ask<{ nodes: { id: string; workflow: { id: string } | null }[] }>(
      EXCEPTIONS,
    )
    const exceptionId = nodes.find(({ workflow }) => workflow?.id === id)?.id
    const input = { exceptionId, action: 'COMPENSATE', reason: 'Not for sale', actor: 'Jo' }
    expect(await world.ask(RESOLVE, { input })).toMatchObject({ userErrors: [] })
    await world.becomes(id, 'COMPENSATED')
    expect(effectsFor(id)).toMatchObject([
      { operation: 'changeSubscription', payload: { items: [{}, { minorUnits: '1800000' }] } },
      { operation: 'changeSubscription', payload: { items: [{ minorUnits: '1200000' }] } },
    ])
    expect(effectsFor(id)[1]?.payload).toMatchObject({ items: { length: 1 } })
    expect(await contractNow()).toMatchObject(AS_BEFORE)
  },
  SETTLED_MS,
)

const standing = () => stripe.subscriptions.get(`sub_${name}`)
const secondsOf = (date: Temporal.PlainDate): number => date.toZonedDateTime('UTC').epochMilliseconds / 1_000

describe('in Stripe', () => {
  /** A year that Stripe bills, as an import brought it, of a product that it knows or not. */
  async function inStripe(productId: string): Promise<void> {
    name = `${name}jp`
    const item = `si_${name}`
    const period = { start: secondsOf(START), end: secondsOf(START.add({ years: 1 })) }
    const items = [{ id: item, product: STRIPE_PRODUCT, unitAmount: 1_200_000 }]
    stripe.subscriptions.set(
      `sub_${name}`,
      standingSubscription({ id: `sub_${name}`, currency: 'jpy', period, items }),
    )
    await yearOf(world, name, {
      productId,
      start: START,
      customerId: 'cus_edo',
      legalEntityId: 'entity-jp',
      currency: 'JPY',
      subscriptionRef: refTo('stripe', 'subscription', `sub_${name}`),
      itemId: stripeId({ instance: 'acct_1' }, 'subscriptionItem', 'subscription_item', item),
    })
  }
  it(
    'another price is what the next invoice is made of, also where the answers are lost',
    async () => {
      await inStripe('imported')
      stripe.faults.push('LOSE_ANSWER', 'LOSE_ANSWER')
      await world.becomes(idOf(await upgrade(name, 'JPY')), 'COMPLETED')
      expect(standing()).toMatchObject({
        status: 'active',
        metadata: { revgraph_details: JSON.stringify({ contractId: `ctr_${name}` }) },
        items: { data: [{ quantity: 1, price: { product: STRIPE_PRODUCT, unit_amount: 1_800_000 } }] },
      })
    },
    SETTLED_MS,
  )

  it(
    'a price of a product that it does not know is refused, and nothing is changed anywhere',
    async () => {
      await inStripe('platform')
      const before = standing()
      const { workflow, userErrors } = await upgrade(name, 'JPY')
      expect(workflow).toMatchObject({ status: 'COMPENSATED' })
      const message = expect.stringContaining('Stripe does not know the product platform') as string
      expect(userErrors).toMatchObject([{ code: 'OUTSIDE_REFUSED', message }])
      expect(standing()).toEqual(before)
      expect(await contractNow()).toMatchObject({
        status: 'ACTIVE',
        subscriptions: [{ items: { length: 1 } }],
      })
    },
    SETTLED_MS,
  )

  it.each([
    ['today is cancelled at once', TODAY, { status: 'canceled' }],
    ['tomorrow is dated', TOMORROW, { status: 'active', cancel_at: secondsOf(TOMORROW) }],
  ])(
    'a contract that ends %s',
    async (_, day, expected) => {
      await inStripe('imported')
      await world.becomes(await change('cancelContract', day), 'COMPLETED')
      expect(standing()).toMatchObject(expected)
    },
    SETTLED_MS,
  )
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
