import { daysIn } from './calendar.ts'
import { defaultRounding, multiply, rational, round } from './rational.ts'
import type { DateRange } from './entity.ts'
import type { Rational, RoundingMode } from './rational.ts'

/** How days are counted: as they are, or as if every month had 30. */
export type DayCount = 'ACTUAL' | 'THIRTY_DAY_MONTH'

/** The share of `whole` that `part` is, exactly; parts that make up the whole have shares that make up 1. */
export function shareOf(part: DateRange, whole: DateRange, dayCount: DayCount = 'ACTUAL'): Rational {
  const count = dayCounts[dayCount]
  return rational(BigInt(count(part)), BigInt(count(whole)))
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

const dayCounts: Readonly<Record<DayCount, (range: DateRange) => number>> = {
  ACTUAL: daysIn,
  THIRTY_DAY_MONTH: ({ start, end }) => thirtyDayOrdinal(end) - thirtyDayOrdinal(start),
}

/** Days since the year 0 if every month had 30; the 31st counts as the 30th. */
function thirtyDayOrdinal({ year, month, day }: Temporal.PlainDate): number {
  return (year * 12 + month) * 30 + Math.min(day, 30)
}
