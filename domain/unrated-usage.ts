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

/** A month's use above what is included, as exact decimals. */
export interface RatedUse {
  /** What invoices bill of it. */
  readonly billed: string
  /** What no invoice bills; `0` where all of it is billed. */
  readonly unrated: string
}

/**
 * A month's use above what is included. What no invoice bills is, over all months, what was used less what was billed.
 */
export function ratedIn(
  month: Temporal.PlainYearMonth,
  { months, included, billed }: UsageAccount,
): RatedUse {
  const upTo = (last: (each: UsedInMonth) => boolean): Rational =>
    months
      .filter(last)
      .map(({ used }) => atLeastZero(subtract(parseDecimal(used), parseDecimal(included))))
      .reduce(add, zero)
  const before = upTo((each) => Temporal.PlainYearMonth.compare(each.month, month) < 0)
  const own = subtract(
    upTo((each) => Temporal.PlainYearMonth.compare(each.month, month) <= 0),
    before,
  )
  const unrated = atLeastZero(subtract(own, atLeastZero(subtract(parseDecimal(billed), before))))
  return { billed: formatDecimal(subtract(own, unrated)), unrated: formatDecimal(unrated) }
}

/**
 * What the unrated part of a month costs, minor units: what all of it costs, less what was billed for the rest. So what
 * comes in late goes on in the tier that the month has reached; it may lower the price of all of it.
 */
export function priceOfUsage(price: PriceTerms, { billed, unrated }: RatedUse): bigint {
  const costOf = (quantity: Rational): bigint => round(quantityPrice(price, quantity))
  const before = parseDecimal(billed)
  return costOf(add(before, parseDecimal(unrated))) - (billed === '0' ? 0n : costOf(before))
}

const subtract = (a: Rational, b: Rational): Rational => add(a, multiply(b, rational(-1n)))
const atLeastZero = (value: Rational): Rational => (compare(value, zero) < 0 ? zero : value)
