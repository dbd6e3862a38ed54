/** Revenue by progress, outputs and usage: each to the cent, and no prefix further off than half a minor unit. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sum } from '#domain/money.ts'
import { costToCost, milestoneEntries, progressEntries, usageEntries } from '#domain/progress.ts'
import { add, multiply, parseDecimal, rational, round, zero } from '#domain/rational.ts'
import { mergeEntries } from '#domain/schedule.ts'
import { amount, runs, weights } from './arbitraries.ts'
import { day } from './documents.ts'
import type { ScheduleEntry } from '#domain/erp.ts'
import type { Progress } from '#domain/progress.ts'

describe('percentage of completion', () => {
  it('earns by cost, and catches up with a new estimate in the month that makes it', () => {
    const steps = [
      step('2026-01', 250n, 1000n),
      step('2026-02', 500n, 1000n),
      step('2026-03', 600n, 1500n),
      step('2026-04', 1500n, 1500n),
    ]
    expect(progressed(100_000n, steps, '2026-04')).toEqual([
      '2026-01 25000',
      '2026-02 25000',
      '2026-03 -10000',
      '2026-04 60000',
    ])
  })

  it('plans what is left for the month in which it is expected to be satisfied', () => {
    expect(progressed(100_00n, [step('2026-01', 1n, 3n)], '2026-06')).toEqual([
      '2026-01 3333',
      '2026-06 6667',
    ])
  })

  it('Example 19: goods that are installed later earn their cost, the rest by the cost of the rest', () => {
    const december = Temporal.PlainYearMonth.from('2026-12')
    const elevators = { period: december, amount: 1_500_000_00n }
    const { value: rest = [] } = progressEntries(
      3_500_000_00n,
      [step('2026-12', 500n, 2500n)],
      december.add({ months: 12 }),
    )
    expect(words(mergeEntries([...rest, elevators]))).toEqual(['2026-12 220000000', '2027-12 280000000'])
  })

  it.each<[string, string, Progress[]]>([
    ['PROGRESS_INVALID', 'steps.0.completed', [step('2026-01', 3n, 2n)]],
    ['PROGRESS_INVALID', 'steps.0.completed', [step('2026-01', -1n, 2n)]],
    ['DATE_ORDER', 'steps.0.period', [step('2026-02', 1n, 2n), step('2026-02', 1n, 2n)]],
    ['DATE_ORDER', 'steps.1.period', [step('2026-02', 1n, 2n), step('2026-07', 1n, 2n)]],
  ])('%s at %s', (code, field, steps) => {
    const { violations } = progressEntries(1n, steps, Temporal.PlainYearMonth.from('2026-06'))
    expect(violations).toContainEqual(expect.objectContaining({ code, field }))
  })

  it('is within half a minor unit of price × progress after every month', () => {
    fc.assert(
      fc.property(amount, fc.array(fc.integer({ min: 0, max: 97 }), { maxLength: 24 }), (price, parts) => {
        const first = Temporal.PlainYearMonth.from('2026-01')
        const steps = parts.map((part, months) => ({
          period: first.add({ months }),
          completed: rational(BigInt(part), 97n),
        }))
        const satisfiedIn = first.add({ months: parts.length })
        const { value: entries = [] } = progressEntries(price, steps, satisfiedIn)
        expect(sum(entries.map((entry) => entry.amount))).toBe(price)
        for (const { period, completed } of steps) {
          expect(earnedBy(entries, period)).toBe(round(multiply(rational(price), completed)))
        }
      }),
      runs,
    )
  })
})

describe('milestones', () => {
  it('earn their parts when they are reached, in any order of input', () => {
    const [third, first] = [milestone('2026-09', 50n), milestone('2026-01', 30n)]
    expect(words(milestoneEntries(100_01n, [third, first, milestone('2026-05', 20n)]))).toEqual([
      '2026-01 3000',
      '2026-05 2001',
      '2026-09 5000',
    ])
  })

  it('are as exact for units delivered: 8,400.00 over 90 items in three months', () => {
    const units = [milestone('2026-01', 31n), milestone('2026-02', 28n), milestone('2026-03', 31n)]
    expect(words(milestoneEntries(8400_00n, units))).toEqual([
      '2026-01 289333',
      '2026-02 261334',
      '2026-03 289333',
    ])
  })

  it('sum to the price, each prefix within half a minor unit', () => {
    fc.assert(
      fc.property(amount, weights, (price, parts) => {
        const first = Temporal.PlainYearMonth.from('2026-01')
        const entries = milestoneEntries(
          price,
          parts.map((weight, months) => ({ period: first.add({ months }), weight })),
        )
        parts.forEach((_, months) => {
          const exact = rational(price * sum(parts.slice(0, months + 1)), sum(parts))
          expect(earnedBy(entries, first.add({ months }))).toBe(round(exact))
        })
      }),
      runs,
    )
  })
})

describe('usage', () => {
  it('is earned in its month, a late record as well', () => {
    const used = [
      { date: day('2026-02-01'), amount: parseDecimal('0.4') },
      { date: day('2026-01-31'), amount: parseDecimal('0.4') },
      { date: day('2026-01-05'), amount: parseDecimal('10.4') },
    ]
    expect(words(usageEntries(used))).toEqual(['2026-01 11'])
    expect(words(usageEntries([...used, { date: day('2026-02-28'), amount: parseDecimal('0.3') }]))).toEqual([
      '2026-01 11',
      '2026-02 1',
    ])
  })

  it('sums to all usage rounded once, each prefix within half a minor unit', () => {
    const record = fc.record({ days: fc.nat(200), tenths: fc.bigInt({ min: 0n, max: 10n ** 7n }) })
    fc.assert(
      fc.property(fc.array(record, { maxLength: 30 }), (records) => {
        const usage = records.map(({ days, tenths }) => ({
          date: day('2026-01-01').add({ days }),
          amount: rational(tenths, 10n),
        }))
        const entries = usageEntries(usage)
        for (const { date } of usage) {
          const month = date.toPlainYearMonth()
          const exact = usage
            .filter((other) => Temporal.PlainYearMonth.compare(other.date.toPlainYearMonth(), month) <= 0)
            .map((other) => other.amount)
            .reduce(add, zero)
          expect(earnedBy(entries, month)).toBe(round(exact))
        }
      }),
      runs,
    )
  })
})

function step(period: string, costToDate: bigint, totalCost: bigint): Progress {
  return { period: Temporal.PlainYearMonth.from(period), completed: costToCost(costToDate, totalCost) }
}

function milestone(period: string, weight: bigint) {
  return { period: Temporal.PlainYearMonth.from(period), weight }
}

function progressed(price: bigint, steps: readonly Progress[], satisfiedIn: string): string[] {
  return words(progressEntries(price, steps, Temporal.PlainYearMonth.from(satisfiedIn)).value ?? [])
}

function words(entries: readonly ScheduleEntry[]): string[] {
  return entries.map(({ period, amount: earned }) => `${period.toString()} ${earned}`)
}

function earnedBy(entries: readonly ScheduleEntry[], month: Temporal.PlainYearMonth): bigint {
  return sum(
    entries
      .filter(({ period }) => Temporal.PlainYearMonth.compare(period, month) <= 0)
      .map((entry) => entry.amount),
  )
}
