/** Usage that nobody was billed for: bills name no month, so they pay for the oldest use first. */
import { quantityPrice, type PriceTerms } from './pricing.ts'
import { add, compare, formatDecimal, multiply, parseDecimal, rational, round, zero } from './rational.ts'
import type { Rational } from './rational.ts'

/** What was used of a subscription item in a month. */
interface UsedInMonth {
  readonly month: Temporal.PlainYearMonth
  /** Exact decimal. */
  readonly used: string
}

/** What is known of the use of a subscription item. */
export interface UsageAccount {
  /** In any order. */
  readonly months: readonly UsedInMonth[]
  /** What its price includes a month; `0` where all of it is metered. */
  readonly included: string
  /** What all invoices together bill of its use. */
  readonly billed: string
}

/**
 * How much of a month's use above what is included no invoice bills, as an exact decimal; `0` where all of it is
 * billed. Over all months that is what was used above it, less what was billed.
 */
export function unratedIn(
  month: Temporal.PlainYearMonth,
  { months, included, billed }: UsageAccount,
): string {
  const upTo = (last: (each: UsedInMonth) => boolean): Rational =>
    months
      .filter(last)
      .map(({ used }) => atLeastZero(subtract(parseDecimal(used), parseDecimal(included))))
      .reduce(add, zero)
  const before = upTo((each) => Temporal.PlainYearMonth.compare(each.month, month) < 0)
  const through = upTo((each) => Temporal.PlainYearMonth.compare(each.month, month) <= 0)
  const leftForMonth = atLeastZero(subtract(parseDecimal(billed), before))
  return formatDecimal(atLeastZero(subtract(subtract(through, before), leftForMonth)))
}

/** What a quantity would have been billed at, minor units. */
export const priceOfUsage = (price: PriceTerms, quantity: string): bigint =>
  round(quantityPrice(price, parseDecimal(quantity)))

const subtract = (a: Rational, b: Rational): Rational => add(a, multiply(b, rational(-1n)))
const atLeastZero = (value: Rational): Rational => (compare(value, zero) < 0 ? zero : value)
