// A year of recurring revenue, told as subscriptions are told of, and what it comes to month by month.
import { describe, expect, test } from 'vitest'
import type { Subscription, SubscriptionItem } from '#domain/billing.ts'
import { recurringBridge, retention } from '#domain/metrics.ts'
import { type RecurringRun, runsAfter } from '#domain/recurring-history.ts'
import {
  changeOf,
  cohortChanges,
  type RecurringMovement,
  recurringMovements,
} from '#domain/recurring-movements.ts'
import { day } from './documents.ts'

type Told = Pick<Subscription, 'status' | 'endedOn' | 'items'>

const item = (start: string, unitPrice: bigint, more: Partial<SubscriptionItem> = {}): SubscriptionItem => ({
  id: 'si_1',
  productId: 'prd_1',
  priceId: null,
  contractLineId: null,
  quantity: '1',
  unitPrice,
  interval: { unit: 'MONTH', count: 1 },
  startDate: day(start),
  endDate: null,
  ...more,
})
const active = (...items: SubscriptionItem[]): Told => ({ status: 'ACTIVE', endedOn: null, items })

/** What is told of a subscription, one instant after the other. */
const told = (...states: readonly (readonly [at: string, told: Told])[]): RecurringRun[] =>
  states.reduce<RecurringRun[] | undefined>(
    (runs, [at, state]) => runsAfter(runs, state, Temporal.Instant.from(at)),
    undefined,
  ) ?? []

const moves = (bySubscription: Record<string, RecurringRun[]>): string[] =>
  recurringMovements(
    Object.entries(bySubscription).map(([id, runs]) => ({
      id,
      legalEntityId: 'ent_us',
      currency: 'USD',
      runs,
    })),
  ).map(({ on, subscriptionId, move, amount }) => `${on.toString()} ${subscriptionId} ${move} ${amount}`)

describe('What a subscription tells', () => {
  test.each<[what: string, runs: RecurringRun[], expected: string[]]>([
    [
      'begins on the day that it states, also in the past',
      told(['2026-05-01T09:00:00Z', active(item('2026-03-01', 100n))]),
      ['2026-03-01 sub_1 NEW 100'],
    ],
    [
      'ends on the day that it states',
      told(['2026-05-01T09:00:00Z', active(item('2026-03-01', 100n, { endDate: day('2026-09-01') }))]),
      ['2026-03-01 sub_1 NEW 100', '2026-09-01 sub_1 CHURN 100'],
    ],
    [
      'costs another price from the day on which that is told',
      told(
        ['2026-03-01T09:00:00Z', active(item('2026-03-01', 100n))],
        ['2026-05-10T09:00:00Z', active(item('2026-03-01', 150n))],
        ['2026-07-10T09:00:00Z', active(item('2026-03-01', 120n))],
      ),
      ['2026-03-01 sub_1 NEW 100', '2026-05-10 sub_1 EXPANSION 50', '2026-07-10 sub_1 CONTRACTION 30'],
    ],
    [
      'changed twice within an hour, over midnight, moves once',
      told(
        ['2026-03-01T09:00:00Z', active(item('2026-03-01', 100n))],
        ['2026-05-10T23:40:00Z', active(item('2026-03-01', 900n))],
        ['2026-05-11T00:20:00Z', active(item('2026-03-01', 90n))],
      ),
      ['2026-03-01 sub_1 NEW 100', '2026-05-10 sub_1 CONTRACTION 10'],
    ],
    [
      'paused and resumed within an hour, does not move',
      told(
        ['2026-03-01T09:00:00Z', active(item('2026-03-01', 100n))],
        ['2026-05-10T23:40:00Z', { ...active(item('2026-03-01', 100n)), status: 'PAUSED' }],
        ['2026-05-11T00:20:00Z', active(item('2026-03-01', 100n))],
      ),
      ['2026-03-01 sub_1 NEW 100'],
    ],
    [
      'paused for a month comes back',
      told(
        ['2026-03-01T09:00:00Z', active(item('2026-03-01', 100n))],
        ['2026-05-10T09:00:00Z', { ...active(item('2026-03-01', 100n)), status: 'PAUSED' }],
        ['2026-06-10T09:00:00Z', active(item('2026-03-01', 100n))],
      ),
      ['2026-03-01 sub_1 NEW 100', '2026-05-10 sub_1 CHURN 100', '2026-06-10 sub_1 REACTIVATION 100'],
    ],
    [
      'earns nothing in a trial, and from the day on which that is over',
      told(
        ['2026-03-01T09:00:00Z', { ...active(item('2026-03-01', 100n)), status: 'TRIALING' }],
        ['2026-03-15T09:00:00Z', active(item('2026-03-01', 100n))],
      ),
      ['2026-03-15 sub_1 NEW 100'],
    ],
    [
      'a twelfth of a yearly price, changed by ending one item and beginning another on one day',
      told([
        '2026-08-01T09:00:00Z',
        active(
          item('2026-01-01', 12_000n, {
            interval: { unit: 'YEAR', count: 1 },
            endDate: day('2026-06-01'),
          }),
          item('2026-06-01', 18_000n, { id: 'si_2', interval: { unit: 'YEAR', count: 1 } }),
        ),
      ]),
      ['2026-01-01 sub_1 NEW 1000', '2026-06-01 sub_1 EXPANSION 500'],
    ],
  ])('%s', (_, runs, expected) => expect(moves({ sub_1: runs })).toEqual(expected))
})

const running = (start: string, price: bigint, end?: string) =>
  told(['2026-01-01T00:00:00Z', active(item(start, price, { endDate: end === undefined ? null : day(end) }))])

describe('Subscriptions of one customer', () => {
  test('are one change where one follows the other on the same day', () =>
    expect(
      moves({ sub_1: running('2025-01-01', 100n, '2026-01-01'), sub_2: running('2026-01-01', 130n) }),
    ).toEqual(['2025-01-01 sub_1 NEW 100', '2026-01-01 sub_2 EXPANSION 30']))

  test('are new beside one that runs, and a reactivation after the last one ended', () =>
    expect(
      moves({
        sub_1: running('2026-01-01', 100n, '2026-04-01'),
        sub_2: running('2026-02-01', 10n, '2026-05-01'),
        sub_3: running('2026-08-01', 70n),
      }),
    ).toEqual([
      '2026-01-01 sub_1 NEW 100',
      '2026-02-01 sub_2 NEW 10',
      '2026-04-01 sub_1 CHURN 100',
      '2026-05-01 sub_2 CHURN 10',
      '2026-08-01 sub_3 REACTIVATION 70',
    ]))
})

const firstOf = (on: Temporal.PlainDate) => on.with({ day: 1 })

describe('A year of three customers', () => {
  const months = Array.from({ length: 12 }, (_, index) =>
    Temporal.PlainDate.from('2026-01-01').add({ months: index }),
  )
  const year: Record<string, RecurringMovement[]> = Object.fromEntries(
    Object.entries({
      // Grows in April, shrinks in August.
      acme: told(
        ['2025-06-01T09:00:00Z', active(item('2025-06-01', 10_000n))],
        ['2026-04-12T09:00:00Z', active(item('2025-06-01', 14_000n))],
        ['2026-08-20T09:00:00Z', active(item('2025-06-01', 12_500n))],
      ),
      // Leaves in March, comes back in October.
      bolt: told(
        ['2025-11-01T09:00:00Z', active(item('2025-11-01', 4_000n))],
        ['2026-03-05T09:00:00Z', { status: 'UNPAID', endedOn: null, items: [item('2025-11-01', 4_000n)] }],
        ['2026-10-09T09:00:00Z', active(item('2025-11-01', 4_000n))],
      ),
      // Is won in February, for good.
      crux: told(['2026-02-01T09:00:00Z', active(item('2026-02-15', 900n))]),
    }).map(([id, runs]) => [id, recurringMovements([{ id, legalEntityId: 'e', currency: 'USD', runs }])]),
  )
  const all = Object.values(year).flat()
  const before = (on: Temporal.PlainDate, own = all): bigint =>
    own
      .filter((it) => Temporal.PlainDate.compare(it.on, on) < 0)
      .reduce((total, it) => total + changeOf(it), 0n)

  test.each(months)('closes the bridge of %s, as customers by themselves do', (opening) => {
    const closing = opening.add({ months: 1 })
    const inMonth = all.filter(({ on }) => firstOf(on).equals(opening))
    const of = (move: string): bigint =>
      inMonth.filter((it) => it.move === move).reduce((total, { amount }) => total + amount, 0n)
    const bridge = {
      opening: before(opening),
      fresh: of('NEW'),
      expansion: of('EXPANSION'),
      reactivation: of('REACTIVATION'),
      contraction: of('CONTRACTION'),
      churn: of('CHURN'),
      closing: before(closing),
    }
    const customers = Object.values(year).map((own) => ({
      opening: before(opening, own),
      closing: before(closing, own),
      isKnown: own.some(({ on }) => Temporal.PlainDate.compare(on, opening) < 0),
    }))
    expect(bridge).toEqual(recurringBridge(customers))
  })

  test.each(months)('retains in %s what its customers do', (opening) => {
    const cohort = Object.values(year)
      .flatMap((own) => cohortChanges(own, firstOf))
      .filter(({ on }) => firstOf(on).equals(opening))
    const [net, lost] = [
      cohort.reduce((total, it) => total + it.net, 0n),
      cohort.reduce((total, it) => total + it.lost, 0n),
    ]
    const base = before(opening)
    const kept = retention({
      opening: base,
      contraction: lost,
      churn: 0n,
      expansion: net + lost,
      reactivation: 0n,
    })
    const paying = Object.values(year).filter((own) => before(opening, own) > 0n)
    const closing = opening.add({ months: 1 })
    const left = paying.reduce((total, own) => total + before(closing, own), 0n)
    const atMost = paying.reduce((total, own) => {
      const [first, last] = [before(opening, own), before(closing, own)]
      return total + (last < first ? last : first)
    }, 0n)
    expect(kept?.net).toEqual(
      retention({ opening: base, contraction: base - left, churn: 0n, expansion: 0n, reactivation: 0n })?.net,
    )
    expect(kept?.gross).toEqual(
      retention({ opening: base, contraction: base - atMost, churn: 0n, expansion: 0n, reactivation: 0n })
        ?.gross,
    )
  })
})
