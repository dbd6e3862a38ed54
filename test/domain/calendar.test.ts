import { describe, expect, it } from 'vitest'
import { billingPeriods, covers, daysIn, fullPeriodAt, lastDay, monthsOf, overlap } from '#domain/calendar.ts'
import { shareOf } from '#domain/proration.ts'
import { rational } from '#domain/rational.ts'
import { day, range } from './documents.ts'
import type { DateRange, Interval } from '#domain/entity.ts'

const monthly: Interval = { unit: 'MONTH', count: 1 }

describe('billing periods', () => {
  it.each<[string, DateRange, Interval, number | undefined, string[]]>([
    [
      'of months from the 31st do not drift',
      range('2027-01-31', '2027-05-31'),
      monthly,
      undefined,
      ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'],
    ],
    [
      'of years from a leap day return to it',
      range('2024-02-29', '2028-02-29'),
      { unit: 'YEAR', count: 1 },
      undefined,
      ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28'],
    ],
    [
      'of quarters count three months each',
      range('2026-11-30', '2027-05-30'),
      { unit: 'MONTH', count: 3 },
      undefined,
      ['2026-11-30', '2027-02-28'],
    ],
    [
      'of weeks count days',
      range('2026-12-28', '2027-01-12'),
      { unit: 'WEEK', count: 1 },
      undefined,
      ['2026-12-28', '2027-01-04', '2027-01-11'],
    ],
    [
      'by a billing day begin with a partial one',
      range('2026-01-20', '2026-04-01'),
      monthly,
      15,
      ['2026-01-20', '2026-02-15', '2026-03-15'],
    ],
    [
      'by a billing day on the 31st end each month',
      range('2026-01-31', '2026-04-30'),
      monthly,
      31,
      ['2026-01-31', '2026-02-28', '2026-03-31'],
    ],
    [
      'by a billing day that is the start begin with a full one',
      range('2026-02-28', '2026-03-31'),
      monthly,
      31,
      ['2026-02-28'],
    ],
    [
      'of years by a billing day begin with the rest of the month',
      range('2026-01-20', '2028-01-01'),
      { unit: 'YEAR', count: 1 },
      17,
      ['2026-01-20', '2026-02-17', '2027-02-17'],
    ],
    ['of an empty range are none', range('2026-01-01', '2026-01-01'), monthly, undefined, []],
    ['of a reversed range are none', range('2026-02-01', '2026-01-01'), monthly, 15, []],
  ])('%s', (_, whole, interval, billingDay, starts) => {
    const periods = billingPeriods(whole, interval, billingDay)
    expect(periods.map(({ start }) => start.toString())).toEqual(starts)
  })

  it.each([0, -1, 1.5, Number.NaN, 1201])('of %d months are refused', (count) => {
    const wrong = (): DateRange[] =>
      billingPeriods(range('2026-01-01', '2027-01-01'), { unit: 'MONTH', count })
    expect(wrong).toThrow(expect.objectContaining({ code: 'INTERVAL_INVALID' }))
  })

  it('are bounded', () => {
    expect(() => billingPeriods(range('2000-01-01', '2060-01-01'), { unit: 'DAY', count: 1 })).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_PERIODS' }),
    )
  })

  it('are counted from the start', () => {
    const { start, end } = fullPeriodAt(day('2027-01-31'), monthly, 1)
    expect([start.toString(), end.toString()]).toEqual(['2027-02-28', '2027-03-31'])
  })
})

describe('a fixed month of 30 days', () => {
  it.each([
    ['2026-01-31', '2026-02-15', 15n],
    ['2026-01-15', '2026-01-31', 15n],
    ['2026-01-30', '2026-01-31', 0n],
  ])('counts %s to %s as %d days', (start, end, days) => {
    const whole = range('2026-01-15', '2026-02-15')
    expect(shareOf(range(start, end), whole, 'THIRTY_DAY_MONTH')).toEqual(rational(days, 30n))
  })
})

describe('a period of months, if every month has 30 days,', () => {
  it.each([
    ['2026-01-31', '2026-02-28', 30n],
    ['2026-02-28', '2026-03-31', 30n],
    ['2026-01-29', '2026-02-28', 30n],
    ['2026-02-28', '2026-03-30', 30n],
    ['2026-01-28', '2026-02-28', 30n],
    ['2024-02-29', '2025-02-28', 360n],
    ['2025-02-28', '2026-02-28', 360n],
    ['2026-11-30', '2027-02-28', 90n],
    ['2026-04-30', '2026-05-31', 30n],
  ])('from %s to %s has %d', (start, end, days) => {
    const whole = range(start, end)
    const oneDay = { start: day('2026-02-10'), end: day('2026-02-11') }
    expect(shareOf(whole, whole, 'THIRTY_DAY_MONTH')).toEqual(rational(1n))
    expect(shareOf(oneDay, whole, 'THIRTY_DAY_MONTH')).toEqual(rational(1n, days))
  })
})

describe('ranges', () => {
  it('count days from the start up to the day before the end', () => {
    expect(daysIn(range('2024-02-01', '2024-03-01'))).toBe(29)
    expect(daysIn(range('2026-01-01', '2027-01-01'))).toBe(365)
    expect(covers(range('2026-01-01', '2026-02-01'), day('2026-01-31'))).toBe(true)
    expect(covers(range('2026-01-01', '2026-02-01'), day('2026-02-01'))).toBe(false)
  })

  it('overlap on the days that both cover', () => {
    const january = range('2026-01-01', '2026-02-01')
    expect(overlap(january, range('2026-01-20', '2026-03-01'))).toEqual(range('2026-01-20', '2026-02-01'))
    expect(overlap(january, range('2026-02-01', '2026-03-01'))).toBeNull()
  })

  it('fall into calendar months', () => {
    const months = monthsOf(range('2026-06-15', '2026-08-03'))
    expect(months.map(({ period, days }) => `${period.toString()}: ${days}`)).toEqual([
      '2026-06: 16',
      '2026-07: 31',
      '2026-08: 2',
    ])
    expect(lastDay(Temporal.PlainYearMonth.from('2024-02')).toString()).toBe('2024-02-29')
  })
})
