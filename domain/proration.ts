import { daysIn } from './calendar.ts'
import { defaultRounding, multiply, rational, round } from './rational.ts'
import type { DateRange } from './entity.ts'
import type { Rational, RoundingMode } from './rational.ts'

/** How days are counted: as they are, or as if every month had 30. */
export type DayCount = 'ACTUAL' | 'THIRTY_DAY_MONTH'

/** The share of `whole` that `part` is, exactly; parts that make up the whole have shares that make up 1. */
export function shareOf(part: DateRange, whole: DateRange, dayCount: DayCount = 'ACTUAL'): Rational {
  const count = dayCounts[dayCount]
  return rational(BigInt(count(part, whole)), BigInt(count(whole, whole)))
}

/** The part of a price that is due for a part of the period that it is for: minor units, rounded once. */
export function prorate(
  amount: bigint,
  part: DateRange,
  whole: DateRange,
  dayCount: DayCount = 'ACTUAL',
  mode: RoundingMode = defaultRounding,
): bigint {
  return round(multiply(rational(amount), shareOf(part, whole, dayCount)), mode)
}

const dayCounts: Readonly<Record<DayCount, (range: DateRange, whole: DateRange) => number>> = {
  ACTUAL: daysIn,
  THIRTY_DAY_MONTH: ({ start, end }, whole) => {
    const billingDay = Math.max(whole.start.day, whole.end.day)
    return thirtyDayOrdinal(end, billingDay) - thirtyDayOrdinal(start, billingDay)
  },
}

/**
 * Days since the year 0 if every month had 30: the 31st counts as the 30th, and so does the last day of a shorter
 * month for periods that begin on the 29th or later. So a period of whole months has 30 days a month, whichever they
 * are. [30E/360; Kill Bill: fixed days of proration]
 */
function thirtyDayOrdinal({ year, month, day, daysInMonth }: Temporal.PlainDate, billingDay: number): number {
  const counted = day === daysInMonth ? Math.max(day, billingDay) : day
  return (year * 12 + month) * 30 + Math.min(counted, 30)
}
