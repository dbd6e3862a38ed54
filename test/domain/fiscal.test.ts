/** Fiscal years of months and of weeks, among them two that their owners publish. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysIn } from '#domain/calendar.ts'
import { fiscalCalendarOf, fiscalPeriodOf, fiscalPeriods, fiscalYear } from '#domain/fiscal.ts'
import { date, runs } from './arbitraries.ts'
import { day } from './documents.ts'
import type { FiscalCalendar } from '#domain/fiscal.ts'

/** The calendar of retailers: years end on the Saturday nearest to the end of January. */
const retail: FiscalCalendar = {
  kind: 'WEEKS',
  startMonth: 2,
  pattern: [4, 5, 4],
  endsOn: 6,
  ending: 'NEAREST',
}
/** Years that end on the last Saturday of September, as Apple's do. */
const lastSaturday: FiscalCalendar = { ...retail, startMonth: 10, pattern: [5, 4, 4], ending: 'LAST' }
const indian: FiscalCalendar = { kind: 'MONTHS', startMonth: 4 }

describe('a fiscal year', () => {
  it.each<[string, FiscalCalendar, number, string, string, number]>([
    ['of retailers, 52 weeks [NRF 2022]', retail, 2023, '2022-01-30', '2023-01-29', 364],
    ['of retailers, 53 weeks [NRF 2023]', retail, 2024, '2023-01-29', '2024-02-04', 371],
    ['of retailers, 52 weeks [NRF 2024]', retail, 2025, '2024-02-04', '2025-02-02', 364],
    ['to the last Saturday, 52 weeks [Apple 2022]', lastSaturday, 2022, '2021-09-26', '2022-09-25', 364],
    ['to the last Saturday, 53 weeks [Apple 2023]', lastSaturday, 2023, '2022-09-25', '2023-10-01', 371],
    ['of months from April', indian, 2027, '2026-04-01', '2027-04-01', 365],
    ['of months from January', { kind: 'MONTHS', startMonth: 1 }, 2028, '2028-01-01', '2029-01-01', 366],
  ])('%s', (_, calendar, year, start, end, days) => {
    const range = fiscalYear(calendar, year)
    expect([range.start.toString(), range.end.toString(), daysIn(range)]).toEqual([start, end, days])
  })
})

describe('fiscal periods', () => {
  it('of 4, 5 and 4 weeks take the 53rd week at the end [NRF 2023]', () => {
    expect(fiscalPeriods(retail, 2024).map(({ range }) => daysIn(range) / 7)).toEqual([
      4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5,
    ])
    expect(fiscalPeriods(retail, 2024).map(({ range }) => range.start.toString())).toContain('2023-04-02')
  })

  it('stand for months and quarters', () => {
    const names = fiscalPeriods(indian, 2027).map(({ number, quarter, period }) =>
      [number, quarter, period.toString()].join(' '),
    )
    expect([names[0], names[3], names[11]]).toEqual(['1 1 2026-04', '4 2 2026-07', '12 4 2027-03'])
  })

  it.each<[string, FiscalCalendar, string]>([
    ['2023-01-28', retail, '2023-01'],
    ['2023-01-29', retail, '2023-02'],
    ['2024-02-03', retail, '2024-01'],
    ['2026-03-31', indian, '2026-03'],
  ])('find %s', (text, calendar, period) => {
    expect(fiscalPeriodOf(calendar, day(text)).period.toString()).toBe(period)
  })

  it('are those of the calendar of the legal entity', () => {
    const weeks = fiscalCalendarOf({ fiscalCalendar: 'FOUR_FOUR_FIVE', fiscalYearStartMonth: 1 })
    const lengths = fiscalPeriods(weeks, 2027).map(({ range }) => daysIn(range) / 7)
    expect(lengths).toEqual([4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5])
    const months = fiscalCalendarOf({ fiscalCalendar: 'CALENDAR_MONTHS', fiscalYearStartMonth: 4 })
    expect(months).toEqual(indian)
  })

  it('hold every day once, whatever the calendar', () => {
    const calendar = fc.record({
      kind: fc.constant('WEEKS'),
      startMonth: fc.integer({ min: 1, max: 12 }),
      pattern: fc.constantFrom<[number, number, number]>([4, 4, 5], [4, 5, 4], [5, 4, 4]),
      endsOn: fc.integer({ min: 1, max: 7 }),
      ending: fc.constantFrom('LAST', 'NEAREST'),
    })
    fc.assert(
      fc.property(calendar, date, (by, today) => {
        const own = fiscalPeriodOf(by, today)
        const years = [today.year - 1, today.year, today.year + 1, today.year + 2]
        const holding = years
          .flatMap((year) => fiscalPeriods(by, year))
          .filter(({ range }) => Temporal.PlainDate.compare(range.start, today) <= 0)
          .filter(({ range }) => Temporal.PlainDate.compare(today, range.end) < 0)
        expect(holding).toEqual([own])
        expect(own.range.end.subtract({ days: 1 }).dayOfWeek).toBe(by.endsOn)
      }),
      { numRuns: runs.numRuns / 4 },
    )
  })
})
