// What becomes of a subscription that Stripe bills, through its real SDK: cancelled, paused, changed, found again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SendAnswer } from '#domain/effect.ts'
import { type Connector, deadlineIn, type OutsideRequest } from '#platform/connector.ts'
import { stripeId } from '#subgraphs/billing/stripe/mapping.ts'
import { stripeConnector } from '#subgraphs/billing/stripe/write.ts'
import { ACCOUNT } from './memory.ts'
import { factOf, invoice, line, list, mapAll } from './fixtures.ts'
import { type Billed, type StandingSubscription, standingSubscription } from './standing-subscription.ts'
import { type WriteServer, writeServer } from './write-server.ts'

const timeoutMs = 5_000
const { instance } = ACCOUNT
const timeZone = 'America/New_York'
const secondsOf = (date: string): number =>
  Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds / 1_000

let stripe: WriteServer
let connector: Connector
beforeEach(async () => {
  stripe = await writeServer()
  const { port } = stripe
  const address = { apiKey: 'sk_test_1', host: '127.0.0.1', port, protocol: 'http' as const }
  connector = stripeConnector({ ...address, instance, timeZone, timeoutMs })
})
afterEach(() => stripe.close())

/** A year of 2026 at 12,000.00, of one item. */
const YEAR: Billed = {
  id: 'sub_7',
  customer: 'cus_ada',
  period: { start: secondsOf('2026-01-01'), end: secondsOf('2027-01-01') },
  items: [{ id: 'si_7', product: 'prod_seat', unitAmount: 1_200_000 }],
}
const standing = (billed: Partial<Billed> = {}): void =>
  void stripe.subscriptions.set('sub_7', standingSubscription({ ...YEAR, ...billed }))
const subscription = (): StandingSubscription | undefined => stripe.subscriptions.get('sub_7')

const itemId = stripeId({ instance }, 'subscriptionItem', 'subscription_item', 'si_7')
const item = {
  subscriptionItemId: itemId,
  contractLineId: 'ctl_1',
  product: 'prod_seat',
  productId: 'prd_1',
  quantity: '1',
  minorUnits: '1200000',
  interval: { unit: 'YEAR', count: 1 },
  start: '2026-01-01',
  end: '2028-01-01',
}
/** The item ends on a day, and is followed by one at another price. */
const upgraded = (on: string, other: object = {}) => [
  { ...item, end: on },
  {
    ...item,
    subscriptionItemId: 'sui_new',
    contractLineId: 'ctl_2',
    minorUnits: '1800000',
    start: on,
    ...other,
  },
]

const request = (operation: string, payload: OutsideRequest['payload']): OutsideRequest => ({
  effectKey: 'wfl_1/step',
  idempotencyKey: 'wfl_1/step',
  operation,
  payload,
})
const cancellation = (on: string) => request('cancelSubscription', { subscription: 'sub_7', on })
const change = (payload: object = {}) =>
  request('changeSubscription', {
    subscription: 'sub_7',
    contractId: 'ctr_ours',
    currency: 'USD',
    isPaused: false,
    cancelAt: null,
    items: [item],
    ...payload,
  })
const send = (one: OutsideRequest): Promise<SendAnswer> => connector.send(one, deadlineIn(timeoutMs))
const find = (one: OutsideRequest) => connector.find(one, deadlineIn(timeoutMs))
const changes = () => stripe.calls.filter(({ method }) => method !== 'GET')

/** Sent once, found by how it stands, and nothing more is changed by sending again. */
async function expectOnce(one: OutsideRequest): Promise<void> {
  expect(await find(one)).toEqual({ kind: 'ABSENT' })
  expect(await send(one)).toMatchObject({ kind: 'APPLIED', document: { externalId: 'sub_7' } })
  expect(await find(one)).toMatchObject({ kind: 'FOUND', document: { externalId: 'sub_7' } })
  expect(await send({ ...one, idempotencyKey: 'another' })).toMatchObject({ kind: 'APPLIED' })
  expect(changes()).toHaveLength(1)
}

describe('a cancellation', () => {
  it('for a day to come is dated where the books are kept, and prorates nothing', async () => {
    standing()
    await expectOnce(cancellation('2998-07-01'))
    const cancelAt = secondsOf('2998-07-01')
    expect(changes()).toMatchObject([
      {
        path: '/v1/subscriptions/sub_7',
        body: { cancel_at: String(cancelAt), proration_behavior: 'none' },
      },
    ])
    expect(subscription()).toMatchObject({ status: 'active', cancel_at: cancelAt })
  })

  it('on a day that has come is made at once, and bills and credits nothing', async () => {
    standing()
    await expectOnce(cancellation('2026-02-01'))
    expect(changes()).toMatchObject([
      { method: 'DELETE', path: '/v1/subscriptions/sub_7', body: { invoice_now: 'false', prorate: 'false' } },
    ])
    expect(subscription()).toMatchObject({ status: 'canceled' })
  })
})

describe('a change', () => {
  it('that is billed there already changes nothing', async () => {
    standing()
    expect(await send(change())).toMatchObject({ kind: 'APPLIED' })
    expect(changes()).toEqual([])
  })

  it('of the quantity goes to the item that an import knows, at its price', async () => {
    standing()
    await expectOnce(change({ items: [{ ...item, quantity: '3' }] }))
    expect(changes()[0]?.body).toEqual({
      'items[0][id]': 'si_7',
      'items[0][quantity]': '3',
      proration_behavior: 'none',
      'metadata[revgraph_details]': '{"contractId":"ctr_ours"}',
    })
  })

  it('of the price of an item keeps its product', async () => {
    standing()
    await expectOnce(change({ items: [{ ...item, product: null, minorUnits: '900000' }] }))
    expect(subscription()?.items.data).toMatchObject([
      { id: 'si_7', price: { product: 'prod_seat', unit_amount: 900_000 } },
    ])
  })

  it('in the middle of a period is what the next one is billed by: one item takes the place of another', async () => {
    standing()
    await expectOnce(change({ items: upgraded('2026-05-01') }))
    expect(subscription()?.items.data).toMatchObject([
      { quantity: 1, price: { product: 'prod_seat', unit_amount: 1_800_000 } },
    ])
  })

  it('is told by the next import as we have it: the contract, the line and its dates', async () => {
    standing()
    await send(change({ items: upgraded('2026-05-01'), isPaused: true }))
    expect(factOf(mapAll([{ ...subscription() }]), 'subscriptions', 'sub_7')).toMatchObject({
      contractId: 'ctr_ours',
      status: 'PAUSED',
      items: [
        { id: 'sui_new', contractLineId: 'ctl_2', unitPrice: 1_800_000n },
        // Where the service ends, the item does.
      ].map((one) => ({
        ...one,
        startDate: Temporal.PlainDate.from('2026-05-01'),
        endDate: Temporal.PlainDate.from('2028-01-01'),
      })),
    })
  })

  it('is what the lines of its next invoice are of, by our id of the item', async () => {
    standing()
    await send(change({ items: upgraded('2026-05-01') }))
    const [{ id } = { id: '' }] = subscription()?.items.data ?? []
    const parent = { subscription_item_details: { subscription_item: id } }
    const billed = invoice({ lines: list([line({ parent })]) })
    expect(factOf(mapAll([{ ...subscription() }, billed]), 'invoices', 'in_1')).toMatchObject({
      lines: [{ subscriptionItemId: 'sui_new' }],
    })
  })

  it('has what Stripe bills for it be of the contract, so that it can be given back', async () => {
    standing()
    await send(change({ items: [{ ...item, quantity: '3' }] }))
    const billed = invoice({ parent: { subscription_details: { subscription: 'sub_7' } } })
    expect(factOf(mapAll([{ ...subscription() }, billed]), 'invoices', 'in_1')).toMatchObject({
      contractId: 'ctr_ours',
    })
    expect(factOf(mapAll([billed]), 'invoices', 'in_1')).toMatchObject({ contractId: null })
  })

  it('to a pause voids what would be billed, and is taken back', async () => {
    standing()
    await send(change({ isPaused: true, cancelAt: '2028-01-01' }))
    expect(subscription()).toMatchObject({
      pause_collection: { behavior: 'void' },
      cancel_at: secondsOf('2028-01-01'),
    })
    expect(await find(change())).toEqual({ kind: 'ABSENT' })
    await send({ ...change(), idempotencyKey: 'wfl_1/undo' })
    expect(subscription()).toMatchObject({ pause_collection: null, cancel_at: null })
  })

  it('of the last period, after which there is none, is what that is billed by', async () => {
    standing()
    const last = { end: '2027-01-01' }
    await send(change({ items: upgraded('2026-05-01', last) }))
    expect(subscription()?.items.data).toMatchObject([{ price: { unit_amount: 1_800_000 } }])
  })
})

describe('what Stripe cannot bill is refused before anything is done', () => {
  it.each<[string, object, string]>([
    ['from a day after the next period began', { items: upgraded('2027-03-01') }, 'CHANGE_TOO_EARLY'],
    [
      'of a product that it does not know',
      { items: upgraded('2026-05-01', { product: null }) },
      'PRODUCT_UNKNOWN',
    ],
    [
      'by another interval',
      { items: upgraded('2026-05-01', { interval: { unit: 'MONTH', count: 1 } }) },
      'INTERVAL_OTHER',
    ],
    ['in parts of one', { items: [{ ...item, quantity: '1.5' }] }, 'PAYLOAD_INVALID'],
  ])('%s', async (_, payload, code) => {
    standing()
    expect(await send(change(payload))).toMatchObject({ kind: 'REFUSED', code })
    expect(changes()).toEqual([])
  })

  it('an item that is billed by usage', async () => {
    standing({ items: [{ id: 'si_7', product: 'prod_seat', unitAmount: 1_200_000, usage: 'metered' }] })
    expect(await send(change({ items: [{ ...item, quantity: '0' }] }))).toMatchObject({ kind: 'APPLIED' })
    expect(await send(change({ items: upgraded('2026-05-01') }))).toMatchObject({ code: 'ITEM_METERED' })
    expect(changes()).toEqual([])
  })

  it('what it has cancelled for good', async () => {
    standing()
    await send(cancellation('2026-02-01'))
    expect(await send(change())).toMatchObject({ kind: 'REFUSED', code: 'SUBSCRIPTION_CANCELED' })
    expect(await find(change())).toEqual({ kind: 'ABSENT' })
  })
})
