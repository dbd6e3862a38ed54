// What was used in a month is billed once it is over: once, with its tax, and what comes in late by the next bill.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PriceFact } from '#domain/billing.ts'
import { checkInvariants } from '#platform/invariant.ts'
import { billUsedMonth, workflowDesk } from '#product.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { day } from '#test/domain/documents.ts'
import { stated } from '#test/erp/books.ts'
import { customerFact } from '#test/support/facts.ts'
import { silentLog } from '#test/support/log.ts'
import { ADDRESS } from './deals.ts'
import { type FlowPayload, type FlowWorld, openFlowWorld } from './flows.ts'

const BILL = `mutation ($input: BillUsageInput!) { payload: billUsage(input: $input) {
  invoice { number total { amount } tax { amount } balance { amount }
    lines { description quantity amount { amount } } posting { status } }
  workflow { id status steps { name status } } replayed userErrors { code message field } } }`

const monthly = { unit: 'MONTH', count: 1 } as const

let world: FlowWorld
let count = 0
let subscriptionId = ''
beforeAll(async () => {
  world = await openFlowWorld()
  const product = { description: null, family: null, taxCode: 'txcd_10103001', active: true }
  await world.record({
    products: [{ ...stated('calls'), ...product, sku: 'CALLS', name: 'API calls' }],
  })
  await offer(1n)
})
/** A customer in the State of New York, where four percent of tax fall due, who pays half a cent a call. */
beforeEach(async () => {
  count += 1
  subscriptionId = `sub_${count}`
  await world.record({ customers: [customerFact({ id: `cus_${count}`, address: ADDRESS })] })
  await subscribe('stripe')
  await use('2026-05-03', '12000')
  await use('2026-05-30', '8000')
})
afterAll(() => world.close())

/** States the price of a call anew: half a cent, unless it is another one. */
const offer = (version: bigint, fields: Partial<PriceFact> = {}): Promise<unknown> =>
  world.record({
    prices: [
      {
        ...stated('price_calls', version),
        productId: 'calls',
        nickname: null,
        currency: 'USD',
        unitAmount: '0.5',
        interval: monthly,
        usage: 'METERED',
        tiersMode: null,
        tiers: [],
        active: true,
        ...fields,
      },
    ],
  })
const subscribe = (system: string): Promise<unknown> =>
  world.record({
    subscriptions: [
      {
        id: subscriptionId,
        externalRefs: [
          {
            system,
            instance: 'default',
            objectType: 'subscription',
            externalId: subscriptionId,
            url: null,
            sourceVersion: 1n,
          },
        ],
        customerId: `cus_${count}`,
        contractId: null,
        legalEntityId: 'entity-1',
        status: 'ACTIVE',
        currency: 'USD',
        collectionMethod: 'SEND_INVOICE',
        startDate: day('2026-01-01'),
        currentPeriod: { start: day('2026-06-01'), end: day('2026-07-01') },
        cancelAt: null,
        endedOn: null,
        items: [
          {
            id: `sit_${count}`,
            productId: 'calls',
            priceId: 'price_calls',
            contractLineId: null,
            quantity: '0',
            unitPrice: 0n,
            interval: monthly,
            startDate: day('2026-01-01'),
            endDate: null,
          },
        ],
      },
    ],
  })
const use = (on: string, quantity: string): Promise<unknown> =>
  world.record({
    usage: [
      {
        ...stated(`use_${count}_${on}_${quantity}`),
        subscriptionId,
        subscriptionItemId: `sit_${count}`,
        quantity,
        usedAt: Temporal.Instant.from(`${on}T12:00:00Z`),
      },
    ],
  })
const invoices = (): Promise<object[]> =>
  world.database.owner.rows({
    text: 'SELECT total FROM billing.invoice WHERE subscription_id = $1',
    values: [subscriptionId],
  })
const bill = (fields: object = {}): Promise<FlowPayload> =>
  world.start(BILL, { subscriptionId, month: '2026-05', idempotencyKey: `usage-${count}`, ...fields })

it('is billed with its tax and posted: 20,000 calls are 100.00 and 4.00', async () => {
  expect(await bill()).toMatchObject({
    invoice: {
      total: { amount: '104.00' },
      tax: { amount: '4.00' },
      balance: { amount: '104.00' },
      lines: [
        {
          description: 'Usage: API calls, 2026-05-01 to 2026-05-31',
          quantity: '20000',
          amount: { amount: '100.00' },
        },
      ],
      posting: { status: 'POSTED' },
    },
    workflow: {
      status: 'COMPLETED',
      steps: [
        { name: 'draftUsage', status: 'DONE' },
        { name: 'issueInvoice', status: 'DONE' },
        { name: 'postInvoice', status: 'DONE' },
      ],
    },
    userErrors: [],
  })
})

it('what comes in late is billed by the next bill, and nothing twice', async () => {
  await bill()
  expect((await bill({ idempotencyKey: `again-${count}` })).userErrors).toMatchObject([
    { code: 'LINES_MISSING' },
  ])
  await use('2026-05-31', '1000')
  expect(await bill({ idempotencyKey: `late-${count}` })).toMatchObject({
    invoice: { lines: [{ quantity: '1000', amount: { amount: '5.00' } }] },
  })
})

it('what comes in late goes on in the tier that the month has reached', async () => {
  const tiers = [
    { upTo: '20000', unitAmount: '0.5', flatAmount: 10_00n },
    { upTo: null, unitAmount: '0.25', flatAmount: 0n },
  ]
  await offer(2n, { unitAmount: null, tiersMode: 'GRADUATED', tiers })
  expect(await bill()).toMatchObject({ invoice: { lines: [{ amount: { amount: '110.00' } }] } })
  await use('2026-05-31', '1000')
  expect(await bill({ idempotencyKey: `late-${count}` })).toMatchObject({
    invoice: { lines: [{ quantity: '1000', amount: { amount: '2.50' } }] },
  })
  await offer(3n)
})

it('is one invoice, 50 times at once and under two keys', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, turn) => bill({ idempotencyKey: `${turn % 2}-${count}` })),
  )
  const made = new Set(
    answers.filter(({ userErrors }) => userErrors.length === 0).map(({ workflow }) => workflow?.id),
  )
  expect(made.size).toBe(1)
  expect(await invoices()).toHaveLength(1)
})

/** Begins what a node begins that looks on a day. */
const lookOn = (date: string): Promise<number> => {
  world.clock.set(`${date}T12:00:00Z`)
  const { database, clock } = world
  return billUsedMonth(database.of, workflowDesk(database.of, clock, silentLog), clock)
}

describe('when the month is over', () => {
  afterEach(() => world.clock.set('2026-06-15T12:00:00Z'))

  it('subscriptions of ours are billed by themselves, from the third day on, once', async () => {
    await subscribe('revgraph')
    expect(await lookOn('2026-06-02')).toBe(0)
    const looks = await Promise.all(Array.from({ length: 10 }, () => lookOn('2026-06-03')))
    expect(looks.reduce((sum, begun) => sum + begun)).toBe(1)
    expect(await lookOn('2026-06-04')).toBe(0)
    await expect.poll(invoices, { interval: 20 }).toEqual([{ total: 104_00n }])
  })

  it('others are left to the system that keeps them', async () => {
    expect(await lookOn('2026-06-03')).toBe(0)
    expect(await invoices()).toEqual([])
  })
})

describe('what cannot be billed starts nothing', () => {
  it.each([
    ['an unknown subscription', { subscriptionId: 'sub_none' }, 'REFERENCE_MISSING', 'subscriptionId'],
    ['a month that is not over', { month: '2026-06' }, 'PERIOD_NOT_ENDED', 'month'],
    ['a month without use', { month: '2026-04' }, 'LINES_MISSING', 'month'],
  ])('%s', async (_, fields, code, field) => {
    expect(await bill(fields)).toMatchObject({ invoice: null, workflow: null, userErrors: [{ code, field }] })
  })
})

it('leaves the books in order', async () => {
  const invariants = [...billingInvariants, ...erpInvariants, ...crossInvariants]
  const findings = await checkInvariants(world.database.owner, invariants)
  expect(findings.filter(({ ids }) => ids.length > 0)).toEqual([])
})
