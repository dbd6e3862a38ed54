/** Retention and days sales outstanding: the published figures, other policies, and a bridge that closes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countBackDso, recurringBridge, retention, simpleDso } from '#domain/metrics.ts'
import { multiply, rational, round } from '#domain/rational.ts'
import { runs } from './arbitraries.ts'
import type { BilledPeriod, RecurringBridge } from '#domain/metrics.ts'
import type { Rational } from '#domain/rational.ts'

describe('retention', () => {
  const nothing = { opening: 0n, expansion: 0n, reactivation: 0n, contraction: 0n, churn: 0n }
  const k2 = { ...nothing, opening: 200_000n, churn: 6000n, contraction: 4000n, expansion: 20_000n }

  it('K1: opening 100, churn, contraction and expansion 10 each [ChartMogul]', () => {
    const of = retention({ ...nothing, opening: 100n, churn: 10n, contraction: 10n, expansion: 10n })
    expect([percent(of?.grossChurnRate), percent(of?.netChurnRate)]).toEqual(['20.00', '10.00'])
  })

  it('K2: opening 200,000, churn 6,000, contraction 4,000, expansion 20,000 [recomputed]', () => {
    const of = retention(k2)
    expect([percent(of?.net), percent(of?.gross)]).toEqual(['105.00', '95.00'])
  })

  it('counts those who come back only by policy, and never in gross retention', () => {
    const returned = { ...k2, reactivation: 10_000n }
    expect(retention(returned)).toEqual(retention(k2))
    const netted = retention(returned, 'REACTIVATION_NETTED')
    expect([percent(netted?.net), percent(netted?.gross), percent(netted?.netChurnRate)]).toEqual([
      '110.00',
      '95.00',
      '-10.00',
    ])
  })

  it('of nobody is no number', () => {
    expect(retention(nothing)).toBeNull()
  })
})

describe('the bridge of recurring revenue', () => {
  it('names each way in which a customer moves', () => {
    const [fresh, back, more, less, gone] = [
      [0n, 5n, false],
      [0n, 7n, true],
      [10n, 13n, true],
      [10n, 8n, true],
      [10n, 0n, true],
    ] as const
    const customers = [fresh, back, more, less, gone].map(([opening, closing, isKnown]) => ({
      opening,
      closing,
      isKnown,
    }))
    expect(recurringBridge(customers)).toEqual({
      opening: 30n,
      fresh: 5n,
      reactivation: 7n,
      expansion: 3n,
      contraction: 2n,
      churn: 10n,
      closing: 33n,
    } satisfies RecurringBridge)
  })

  it('closes', () => {
    const value = fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 10n ** 9n }))
    const customer = fc.record({ opening: value, closing: value, isKnown: fc.boolean() })
    fc.assert(
      fc.property(fc.array(customer), (customers) => {
        const { opening, fresh, expansion, reactivation, contraction, churn, closing } =
          recurringBridge(customers)
        expect(opening + fresh + expansion + reactivation - contraction - churn).toBe(closing)
      }),
      runs,
    )
  })
})

describe('days sales outstanding', () => {
  const quarter = [month(70_000n), month(80_000n), month(100_000n)]

  it.each<[string, Rational | null, string]>([
    ['K3: simple over 90 days [benjipays]', simpleDso(212_000n, quarter), '76.32'],
    ['K3: count-back, 60 + 32/70 × 30 [benjipays]', countBackDso(212_000n, quarter), '73.71'],
    ['count-back within the latest month', countBackDso(50_000n, quarter), '15.00'],
    [
      'count-back by the days of each month',
      countBackDso(110_000n, [month(100_000n, 28), month(100_000n, 31)]),
      '33.80',
    ],
    [
      'count-back over a month without sales',
      countBackDso(150_000n, [month(100_000n), month(0n), month(100_000n)]),
      '45.00',
    ],
    ['of nothing owed', countBackDso(0n, quarter), '0.00'],
    ['simple, of no sales', simpleDso(1n, []), 'none'],
    ['count-back, of more than was billed', countBackDso(250_001n, quarter), 'none'],
  ])('%s', (_, days, expected) => {
    expect(hundredths(days)).toBe(expected)
  })
})

function month(billed: bigint, days = 30): BilledPeriod {
  return { billed, days }
}

function percent(part: Rational | undefined): string {
  return hundredths(part === undefined ? null : multiply(part, rational(100n)))
}

/** Rounded to two decimals. */
function hundredths(value: Rational | null): string {
  if (value === null) return 'none'
  const rounded = Number(round(multiply(value, rational(100n))))
  return (rounded / 100).toLocaleString('en', { minimumFractionDigits: 2, useGrouping: false })
}
