import { firstDay } from './calendar.ts'
import { fiscalPeriods } from './fiscal.ts'
import type { DateRange } from './entity.ts'
import type { FiscalCalendar } from './fiscal.ts'

/** How finely figures are told over time. */
export type Grain = 'DAY' | 'MONTH' | 'QUARTER' | 'FISCAL_PERIOD'

/** A stretch of time that has one figure. */
export interface MetricPeriod {
  /** `2026-03-15`, `2026-03` for a month or the fiscal period that stands for it, `2026-Q1` for a quarter. */
  readonly name: string
  readonly range: DateRange
}

type YearMonth = Temporal.PlainYearMonth

const monthsPerQuarter = 3

/**
 * The periods of a grain from one month through another, in order, without gap or overlap. Quarters are those of the
 * calendar, whole ones where a part is asked for; fiscal periods are those of the legal entity's own calendar that are
 * known by these months. None where the months are the wrong way round.
 */
export function metricPeriods(
  grain: Grain,
  from: YearMonth,
  through: YearMonth,
  calendar: FiscalCalendar,
): MetricPeriod[] {
  switch (grain) {
    case 'DAY':
      return days(from, through)
    case 'MONTH':
      return months(from, through).map((month) => ({ name: month.toString(), range: span(month, 1) }))
    case 'QUARTER':
      return quarters(from, through)
    case 'FISCAL_PERIOD':
      return fiscal(from, through, calendar)
  }
}

function months(from: YearMonth, through: YearMonth): YearMonth[] {
  const count = from.until(through, { largestUnit: 'months' }).months + 1
  return Array.from({ length: Math.max(0, count) }, (_, later) => from.add({ months: later }))
}

function days(from: YearMonth, through: YearMonth): MetricPeriod[] {
  return months(from, through).flatMap((month) =>
    Array.from({ length: month.daysInMonth }, (_, index) => {
      const start = month.toPlainDate({ day: index + 1 })
      return { name: start.toString(), range: { start, end: start.add({ days: 1 }) } }
    }),
  )
}

function quarters(from: YearMonth, through: YearMonth): MetricPeriod[] {
  const first = from.subtract({ months: (from.month - 1) % monthsPerQuarter })
  return months(first, through)
    .filter(({ month }) => (month - 1) % monthsPerQuarter === 0)
    .map((month) => ({
      name: `${month.year}-Q${(month.month - 1) / monthsPerQuarter + 1}`,
      range: span(month, monthsPerQuarter),
    }))
}

function fiscal(from: YearMonth, through: YearMonth, calendar: FiscalCalendar): MetricPeriod[] {
  const count = Math.max(0, through.year + 1 - from.year + 1)
  // A month belongs to the fiscal year of its calendar year or to the next one.
  return Array.from({ length: count }, (_, later) => fiscalPeriods(calendar, from.year + later))
    .flat()
    .filter(({ period }) => isIn(period, from, through))
    .map(({ period, range }) => ({ name: period.toString(), range }))
}

function isIn(month: YearMonth, from: YearMonth, through: YearMonth): boolean {
  return !isEarlier(month, from) && !isEarlier(through, month)
}

function isEarlier(a: YearMonth, b: YearMonth): boolean {
  return Temporal.PlainYearMonth.compare(a, b) < 0
}

function span(month: YearMonth, length: number): DateRange {
  return { start: firstDay(month), end: firstDay(month.add({ months: length })) }
}
