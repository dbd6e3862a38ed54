// A signed contract is subscribed once: its recurring lines are the items, in quantity, price and dates.
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import type { ContractFact } from '#domain/crm.ts'
import { openSubscription } from '#subgraphs/billing/commands/open-subscription.ts'
import { contract, contractLine, day, range } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { eventsOf } from '../support.ts'
import { AT_ONCE, atOnce, effect, expectOneEffect, expectRefusal, openDesk, subscriptionOf } from './desk.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  await openDesk(database)
})
afterAll(() => database.close())

const seats = contractLine({ id: 'ctl_seats', quantity: '12.5' })
const support = contractLine({
  id: 'ctl_support',
  interval: { unit: 'YEAR', count: 1 },
  servicePeriod: range('2026-03-01', '2027-01-01'),
})
const setUp = contractLine({
  id: 'ctl_setup',
  interval: null,
  servicePeriod: range('2026-01-01', '2026-01-01'),
})
const signed = (fields: Partial<ContractFact> = {}): ContractFact =>
  contract({ status: 'SIGNED', lines: [seats, support, setUp], ...fields })

const command = (terms: ContractFact, key = 'wfl_1/subscription') =>
  openSubscription(database.of('billing'), effect(key), { contract: terms, collectionMethod: 'SEND_INVOICE' })

const subscribed = async (terms: ContractFact) => {
  const { subscriptionId } = await expectOneEffect(database, () => command(terms))
  return subscriptionOf(database, subscriptionId ?? '')
}

test('a contract is subscribed once, whatever tries it; one-time lines are not subscribed', async () => {
  const subscription = await subscribed(signed())
  expect(subscription).toMatchObject({
    contractId: 'contract-1',
    status: 'ACTIVE',
    startDate: day('2026-01-01'),
    cancelAt: day('2027-01-01'),
    endedOn: null,
    currentPeriod: range('2026-06-01', '2026-07-01'),
    items: [
      { contractLineId: 'ctl_seats', quantity: '12.5', unitPrice: 10_000n, startDate: day('2026-01-01') },
      { contractLineId: 'ctl_support', interval: { unit: 'YEAR', count: 1 }, endDate: day('2027-01-01') },
    ],
  })
  expect(await eventsOf(database, subscription?.id ?? '')).toEqual(['subscription.activated'])
})

it('is the same where the contract has become active before its step is known to be done', async () => {
  const first = await command(signed())
  expect(await command(signed({ status: 'ACTIVE' }))).toEqual(first)
})

it('waits for a contract that begins later', async () => {
  const later = signed({
    signedOn: day('2026-06-01'),
    startDate: day('2026-07-01'),
    endDate: day('2027-07-01'),
    autoRenew: true,
    lines: [{ ...seats, servicePeriod: range('2026-07-01', '2027-07-01') }],
  })
  expect(await subscribed(later)).toMatchObject({
    status: 'TRIALING',
    cancelAt: null,
    currentPeriod: range('2026-06-01', '2026-07-01'),
  })
})

it('has nothing to open for one-time lines alone', async () => {
  expect(await expectOneEffect(database, () => command(signed({ lines: [setUp] })))).toEqual({
    subscriptionId: null,
  })
})

describe('refuses to subscribe', () => {
  test.each([
    { name: 'a draft', terms: { status: 'DRAFT' as const }, refused: ['STATUS_FORBIDS contract.status'] },
    {
      name: 'a line outside of the term',
      terms: { endDate: day('2026-12-01') },
      refused: [
        'DATE_OUTSIDE_CONTRACT contract.lines.0.servicePeriod',
        'DATE_OUTSIDE_CONTRACT contract.lines.1.servicePeriod',
      ],
    },
    {
      name: 'less than nothing',
      terms: { lines: [{ ...seats, quantity: '-1' }] },
      refused: ['QUANTITY_INVALID contract.lines.0.quantity'],
    },
  ])('$name', ({ terms, refused }) => expectRefusal(database, () => command(signed(terms)), refused))

  it('a contract again: of 50 workflows at once, one subscribes it', async () => {
    const outcomes = await atOnce(
      Array.from({ length: AT_ONCE }, (_, place) => () => command(signed(), `wfl_${place}/subscription`)),
    )
    expect(outcomes.filter(({ violations }) => violations === undefined)).toHaveLength(1)
    await expectRefusal(database, () => command(signed(), 'wfl_x/subscription'), [
      'STATUS_FORBIDS contract.id',
    ])
  })
})
