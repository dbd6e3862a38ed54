// A subscription follows its contract, is cancelled with a date, and stands still and goes on.
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { amend } from '#domain/amend.ts'
import type { Change } from '#domain/amendment.ts'
import type { SubscriptionStatus } from '#domain/billing.ts'
import type { ContractFact } from '#domain/crm.ts'
import { cancelSubscription } from '#subgraphs/billing/commands/cancel-subscription.ts'
import { changeSubscription } from '#subgraphs/billing/commands/change-subscription.ts'
import { openSubscription } from '#subgraphs/billing/commands/open-subscription.ts'
import { contract, contractLine, day, range } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { eventsOf, record, stripeRef } from '../support.ts'
import { effect, expectOneEffect, expectRefusal, openDesk, subscriptionOf, valueOf } from './desk.ts'

let database: TestDatabase
let subscriptionId: string
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  await openDesk(database)
  const opened = openSubscription(database.of('billing'), effect('wfl_0/subscription'), {
    contract: signed,
    collectionMethod: 'SEND_INVOICE',
  })
  subscriptionId = valueOf(await opened).subscriptionId ?? ''
})
afterAll(() => database.close())

const signed = contract({ lines: [contractLine({ id: 'ctl_seats', quantity: '10' })] })
const setUp = contractLine({
  id: 'ctl_setup',
  interval: null,
  servicePeriod: range('2026-01-01', '2026-01-01'),
})

/** The contract after a change of 1 July, a fortnight after today. */
const amended = (change: Change, from = '2026-07-01', before: ContractFact = signed): ContractFact =>
  valueOf(amend(before, { effectiveDate: day(from), changes: [change] })).contract

const moreSeats: Change = { kind: 'UPDATE', lineId: 'ctl_seats', quantity: '12', unitPrice: null }

const db = () => database.of('billing')
const change = (terms: ContractFact, key = 'wfl_1/subscription') =>
  changeSubscription(db(), effect(key), { contract: terms, collectionMethod: 'SEND_INVOICE' })
const cancel = (on: string, key = 'wfl_1/cancel', id = subscriptionId) =>
  cancelSubscription(db(), effect(key), { subscriptionId: id, on: day(on) })

/** Stripe states the subscription as it is, in another status. */
async function stripeSays(status: SubscriptionStatus, sourceVersion: bigint): Promise<void> {
  const known = await subscriptionOf(database, subscriptionId)
  if (known === undefined) throw new Error('there is no subscription')
  const { version: _, recordedAt: __, ...fact } = known
  await record(database, { subscriptions: [{ ...fact, status, externalRefs: [stripeRef(sourceVersion)] }] })
}

it('follows its contract once where that changes again before its step is known to be done', async () => {
  const first = await change(amended(moreSeats))
  const since = { ...amended(moreSeats), status: 'SUSPENDED' as const }
  expect(await change(since)).toEqual(first)
  expect(await subscriptionOf(database, subscriptionId)).toMatchObject({ status: 'ACTIVE' })
})

describe('a changed contract', () => {
  it('is followed once, whatever tries it: lines that go on keep their items', async () => {
    const [first] = (await subscriptionOf(database, subscriptionId))?.items ?? []
    await expectOneEffect(database, () => change(amended(moreSeats)))
    const subscription = await subscriptionOf(database, subscriptionId)
    expect(subscription).toMatchObject({
      status: 'ACTIVE',
      items: [
        { id: first?.id, quantity: '10', startDate: day('2026-01-01'), endDate: day('2026-07-01') },
        { contractLineId: 'ctl_seats~20260701', quantity: '12', startDate: day('2026-07-01') },
      ],
    })
    expect(await eventsOf(database, subscriptionId)).toEqual([
      'subscription.activated',
      'subscription.changed',
    ])
  })

  test.each([
    {
      name: 'that is suspended pauses it',
      change: { kind: 'SUSPEND' },
      from: '2026-06-15',
      expected: { status: 'PAUSED', items: [{ endDate: day('2026-06-15') }] },
    },
    {
      name: 'that ends later lets it run until then',
      change: { kind: 'CANCEL', timing: 'AT_ONCE' },
      from: '2026-07-01',
      expected: { status: 'ACTIVE', cancelAt: day('2026-07-01'), endedOn: null },
    },
    {
      name: 'that has ended cancels it',
      change: { kind: 'CANCEL', timing: 'AT_ONCE' },
      from: '2026-06-15',
      expected: { status: 'CANCELED', cancelAt: null, endedOn: day('2026-06-15') },
    },
  ] as const)('$name', async ({ change: asked, from, expected }) => {
    await change(amended(asked, from))
    expect(await subscriptionOf(database, subscriptionId)).toMatchObject(expected)
  })

  it('that resumes runs again', async () => {
    const suspended = amended({ kind: 'SUSPEND' }, '2026-06-01')
    await change(suspended)
    await change(
      amended({ kind: 'RESUME', extendsTerm: false }, '2026-06-15', suspended),
      'wfl_2/subscription',
    )
    expect(await subscriptionOf(database, subscriptionId)).toMatchObject({ status: 'ACTIVE' })
    expect((await eventsOf(database, subscriptionId)).at(-1)).toBe('subscription.activated')
  })

  it('keeps how far the customer is behind', async () => {
    await stripeSays('PAST_DUE', 1n)
    await change(amended(moreSeats))
    expect(await subscriptionOf(database, subscriptionId)).toMatchObject({ status: 'PAST_DUE' })
  })

  it('that had one-time lines alone is subscribed with its first recurring one', async () => {
    const other = contract({ id: 'contract-2', lines: [setUp] })
    expect(valueOf(await change(other))).toEqual({ subscriptionId: null, versionBefore: null })
    const more = { ...other, lines: [setUp, contractLine({ id: 'ctl_new' })] }
    const opened = valueOf(await change(more, 'wfl_2/subscription'))
    expect(await subscriptionOf(database, opened.subscriptionId ?? '')).toMatchObject({
      contractId: 'contract-2',
      items: [{ contractLineId: 'ctl_new' }],
    })
  })

  test.each([
    { name: 'a draft', terms: { status: 'DRAFT' as const }, refused: ['STATUS_FORBIDS contract.status'] },
    {
      name: 'terms that cannot be',
      terms: { lines: [contractLine({ quantity: '-1' })] },
      refused: ['QUANTITY_INVALID contract.lines.0.quantity'],
    },
  ])('is not followed to $name', ({ terms, refused }) =>
    expectRefusal(database, () => change({ ...signed, ...terms }), refused),
  )

  it('is not followed by a subscription that is cancelled', async () => {
    await cancel('2026-06-15')
    await expectRefusal(database, () => change(amended(moreSeats)), ['STATUS_FORBIDS contract.id'])
  })
})

describe('a cancellation', () => {
  test.each([
    { on: '2026-06-15', expected: { status: 'CANCELED', endedOn: day('2026-06-15'), cancelAt: null } },
    { on: '2026-08-01', expected: { status: 'ACTIVE', endedOn: null, cancelAt: day('2026-08-01') } },
    { on: '2026-01-01', expected: { status: 'CANCELED', items: [{ endDate: day('2026-01-01') }] } },
  ])('to $on has one effect', async ({ on, expected }) => {
    await expectOneEffect(database, () => cancel(on))
    expect(await subscriptionOf(database, subscriptionId)).toMatchObject({
      items: [{ endDate: day(on) }],
      ...expected,
    })
  })

  it('is refused before the start, again, and of nothing', async () => {
    await expectRefusal(database, () => cancel('2025-12-31'), ['DATE_ORDER on'])
    await expectRefusal(database, () => cancel('2026-07-01', 'wfl_2/cancel', 'sub_none'), [
      'REFERENCE_MISSING subscriptionId',
    ])
    await cancel('2026-06-15')
    await expectRefusal(database, () => cancel('2026-06-15', 'wfl_2/cancel'), [
      'STATUS_FORBIDS subscriptionId',
    ])
  })
})
