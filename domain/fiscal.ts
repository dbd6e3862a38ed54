import { covers, firstDay } from './calendar.ts'
import type { DateRange } from './entity.ts'
import type { LegalEntityFact } from './erp.ts'

/** Weeks of the three periods of each quarter. */
type WeekPattern = readonly [number, number, number]

/**
 * How a business divides its years: into calendar months, or into weeks, so that every period ends on the same day of
 * the week. Such a year has 52 or 53 weeks; it ends on the last such day of a month, or on the one nearest to the
 * month's end. [26 CFR 1.441-2: 52–53-week taxable years; NRF 4-5-4 calendar]
 */
export type FiscalCalendar =
  | { readonly kind: 'MONTHS'; readonly startMonth: number }
  | {
      readonly kind: 'WEEKS'
      readonly startMonth: number
      readonly pattern: WeekPattern
      /** Day of the week on which periods end: 1 for Monday, 7 for Sunday. */
      readonly endsOn: number
      readonly ending: 'LAST' | 'NEAREST'
    }

/** A period of a fiscal year. */
export interface FiscalPeriod {
  /** From 1 to 12. */
  readonly number: number
  /** From 1 to 4. */
  readonly quarter: number
  /** The calendar month that it stands for, by which it is known. */
  readonly period: Temporal.PlainYearMonth
  readonly range: DateRange
}

const periodsPerYear = 12
const periodsPerQuarter = 3
const daysPerWeek = 7
const saturday = 6

/** The weeks of an entity of the 4-4-5 calendar: a year ends on the Saturday nearest to the end of its last month. */
const fourFourFive = { kind: 'WEEKS', pattern: [4, 4, 5], endsOn: saturday, ending: 'NEAREST' } as const

/** The calendar of a legal entity. */
export function fiscalCalendarOf(
  entity: Pick<LegalEntityFact, 'fiscalCalendar' | 'fiscalYearStartMonth'>,
): FiscalCalendar {
  const startMonth = entity.fiscalYearStartMonth
  return entity.fiscalCalendar === 'CALENDAR_MONTHS'
    ? { kind: 'MONTHS', startMonth }
    : { ...fourFourFive, startMonth }
}

/** The fiscal year of a number, which is that of the calendar year in which its last month ends. */
export function fiscalYear(calendar: FiscalCalendar, year: number): DateRange {
  return { start: yearEnd(calendar, year - 1), end: yearEnd(calendar, year) }
}

/** The twelve periods of a fiscal year, without gap or overlap. A 53rd week belongs to the last of them. */
export function fiscalPeriods(calendar: FiscalCalendar, year: number): FiscalPeriod[] {
  const { end } = fiscalYear(calendar, year)
  const first = firstMonth(calendar, year)
  return Array.from({ length: periodsPerYear }, (_, index) => ({
    number: index + 1,
    quarter: Math.floor(index / periodsPerQuarter) + 1,
    period: first.add({ months: index }),
    range: {
      start: periodStart(calendar, year, index),
      end: index + 1 === periodsPerYear ? end : periodStart(calendar, year, index + 1),
    },
  }))
}

/** The fiscal period that a day belongs to. */
export function fiscalPeriodOf(calendar: FiscalCalendar, date: Temporal.PlainDate): FiscalPeriod {
  const year = [date.year, date.year + 1, date.year - 1].find((it) => covers(fiscalYear(calendar, it), date))
  const period = fiscalPeriods(calendar, year ?? date.year).find(({ range }) => covers(range, date))
  if (period === undefined) throw new Error(`${date.toString()} is in no fiscal period`)
  return period
}

function periodStart(calendar: FiscalCalendar, year: number, index: number): Temporal.PlainDate {
  if (calendar.kind === 'MONTHS') return firstDay(firstMonth(calendar, year).add({ months: index }))
  const weeks = Array.from(
    { length: index },
    (_, earlier) => calendar.pattern[earlier % periodsPerQuarter] ?? 0,
  )
  return yearEnd(calendar, year - 1).add({ weeks: weeks.reduce((total, count) => total + count, 0) })
}

function firstMonth({ startMonth }: FiscalCalendar, year: number): Temporal.PlainYearMonth {
  const month = Temporal.PlainYearMonth.from({ year, month: startMonth })
  return startMonth === 1 ? month : month.subtract({ years: 1 })
}

/** The first day that a fiscal year does not cover. */
function yearEnd(calendar: FiscalCalendar, year: number): Temporal.PlainDate {
  const end = firstDay(firstMonth(calendar, year + 1))
  if (calendar.kind === 'MONTHS') return end
  const monthEnd = end.subtract({ days: 1 })
  const daysAfter = (monthEnd.dayOfWeek - calendar.endsOn + daysPerWeek) % daysPerWeek
  const last = end.subtract({ days: daysAfter })
  const isNextNearer = calendar.ending === 'NEAREST' && daysAfter * 2 > daysPerWeek
  return isNextNearer ? last.add({ days: daysPerWeek }) : last
}
