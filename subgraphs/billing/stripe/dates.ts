import type { DateRange } from '#domain/entity.ts'
import { integer, type StripeObject } from './fields.ts'

const MS_PER_SECOND = 1_000

/** A Stripe time, in seconds, as an instant. */
export function instantOf(seconds: bigint): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Number(seconds) * MS_PER_SECOND)
}

/** The calendar date at a Stripe time where the legal entity keeps its books. */
export function dateOf(seconds: bigint, timeZone: string): Temporal.PlainDate {
  return instantOf(seconds).toZonedDateTimeISO(timeZone).toPlainDate()
}

/** The date in a field; null where it is absent. */
export function dateIn(object: StripeObject, field: string, timeZone: string): Temporal.PlainDate | null {
  const seconds = integer(object, field)
  return seconds === null ? null : dateOf(seconds, timeZone)
}

/** A calendar date as a Stripe time: where it begins in a time zone. */
export function secondsOf(date: Temporal.PlainDate, timeZone: string): number {
  return Math.floor(date.toZonedDateTime(timeZone).epochMilliseconds / MS_PER_SECOND)
}

/** The earliest of some dates; null where there is none. */
export function earliest(dates: readonly Temporal.PlainDate[]): Temporal.PlainDate | null {
  return dates.toSorted((a, b) => Temporal.PlainDate.compare(a, b))[0] ?? null
}

/** The latest of some dates; null where there is none. */
export function latest(dates: readonly Temporal.PlainDate[]): Temporal.PlainDate | null {
  return dates.toSorted((a, b) => Temporal.PlainDate.compare(b, a))[0] ?? null
}

/** The half-open range of dates between two fields; null where one is absent or no whole day lies between. */
export function rangeIn(
  object: StripeObject,
  start: string,
  end: string,
  timeZone: string,
): DateRange | null {
  const range = { start: dateIn(object, start, timeZone), end: dateIn(object, end, timeZone) }
  if (range.start === null || range.end === null) return null
  if (Temporal.PlainDate.compare(range.start, range.end) >= 0) return null
  return { start: range.start, end: range.end }
}
