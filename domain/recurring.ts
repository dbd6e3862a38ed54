import { covers, isBefore } from './calendar.ts'
import { add, multiply, parseDecimal, rational, round, zero } from './rational.ts'
import type { Subscription, SubscriptionItem, SubscriptionStatus } from './billing.ts'
import type { ContractLine } from './crm.ts'
import type { Interval } from './entity.ts'
import type { Rational } from './rational.ts'

/**
 * Subscriptions that count as recurring revenue, as Stripe's billing analytics count them: active and past due. A
 * trial pays nothing yet; an unpaid, paused, incomplete or cancelled one pays nothing any more.
 */
export const recurringStatuses: ReadonlySet<SubscriptionStatus> = new Set(['ACTIVE', 'PAST_DUE'])

/** How often a unit of an interval fits a year, by convention: a month is a twelfth, a week a fifty-second. */
const unitsPerYear: Readonly<Record<Interval['unit'], bigint>> = {
  DAY: 365n,
  WEEK: 52n,
  MONTH: 12n,
  YEAR: 1n,
}

/** Monthly recurring revenue of contract lines on a date: normalised exactly, rounded once. Minor units. */
export function recurringRevenueOf(lines: readonly ContractLine[], date: Temporal.PlainDate): bigint {
  const yearlyPrices = lines
    .filter(({ servicePeriod }) => covers(servicePeriod, date))
    .flatMap(({ interval, ...line }) => (interval === null ? [] : yearlyPrice({ ...line, interval })))
  return round(multiply(yearlyPrices.reduce(add, zero), rational(1n, 12n)))
}

type Recurring = Pick<Subscription, 'status' | 'endedOn' | 'items'>

/** Monthly recurring revenue of a subscription on a date: its items normalised exactly, rounded once. Minor units. */
export function monthlyRecurringRevenue(subscription: Recurring, date: Temporal.PlainDate): bigint {
  return round(multiply(yearly(subscription, date), rational(1n, 12n)))
}

/**
 * Annual recurring revenue: twelve times the monthly one before that is rounded, so that a yearly price is exactly
 * itself. Minor units.
 */
export function annualRecurringRevenue(subscription: Recurring, date: Temporal.PlainDate): bigint {
  return round(yearly(subscription, date))
}

function yearly({ status, endedOn, items }: Recurring, date: Temporal.PlainDate): Rational {
  const isOver = endedOn !== null && !isBefore(date, endedOn)
  if (!recurringStatuses.has(status) || isOver) return zero
  return items
    .filter((item) => runsOn(item, date))
    .map(yearlyPrice)
    .reduce(add, zero)
}

function runsOn({ startDate, endDate }: SubscriptionItem, date: Temporal.PlainDate): boolean {
  return endDate === null ? !isBefore(date, startDate) : covers({ start: startDate, end: endDate }, date)
}

/** What an item comes to a year, exactly: minor units. */
export function yearlyPrice({
  unitPrice,
  quantity,
  interval,
}: Pick<SubscriptionItem, 'unitPrice' | 'quantity' | 'interval'>): Rational {
  const price = multiply(rational(unitPrice), parseDecimal(quantity))
  return multiply(price, rational(unitsPerYear[interval.unit], BigInt(interval.count)))
}
