import { daysIn, earlier, isBefore } from './calendar.ts'
import { currencyExponent } from './money.ts'
import { compareText } from './order.ts'
import { isDecimal, multiply, parseDecimal, rational, round } from './rational.ts'
import type { FxRateFact } from './erp.ts'
import type { Outcome } from './failure.ts'
import type { Money } from './money.ts'
import type { Rational } from './rational.ts'

/** A rate as somebody published it. */
export type PublishedRate = Pick<FxRateFact, 'baseCurrency' | 'quoteCurrency' | 'rate' | 'date' | 'source'>

/** A published rate on the way from one currency to another, forwards or backwards. */
interface RateStep {
  readonly published: PublishedRate
  readonly isInverted: boolean
}

/** Units of the quote currency for one unit of the base currency, exactly, and where that comes from. */
export interface ExchangeRate {
  readonly rate: Rational
  /** None between a currency and itself, one for a pair, two for a cross rate. */
  readonly steps: readonly RateStep[]
}

/** Which of several ways to a rate is taken. */
export interface RatePolicy {
  /** Whose rates count first, of the same day; others follow by name. */
  readonly sources: readonly string[]
  /** Through which currency a cross rate goes first, of the same age; others follow by code. */
  readonly pivots: readonly string[]
  /** How old a rate may be on the day on which it is used; null for any age. */
  readonly maxAgeDays: number | null
}

const ratePolicy: RatePolicy = { sources: [], pivots: ['EUR', 'USD'], maxAgeDays: null }

/**
 * The rate of a day: of the pair itself; where that is not published, the inverse one; where neither is, a cross rate
 * through one other currency. Of several the latest by that day counts, then by source; of several crosses the one
 * whose older part is the latest, then by pivot. Inverse and cross rates are exact, never rounded (ASC 830-10-55-10,
 * IAS 21.26).
 */
export function findRate(
  published: readonly PublishedRate[],
  baseCurrency: string,
  quoteCurrency: string,
  date: Temporal.PlainDate,
  policy: RatePolicy = ratePolicy,
): Outcome<ExchangeRate> {
  if (baseCurrency === quoteCurrency) return { value: { rate: rational(1n), steps: [] } }
  const usable = published.filter((it) => isUsable(it, date, policy))
  const step = findStep(usable, baseCurrency, quoteCurrency, policy)
  const steps = step === null ? findCross(usable, baseCurrency, quoteCurrency, policy) : [step]
  if (steps.length > 0) return { value: { rate: steps.map(rateOf).reduce(multiply), steps } }
  const message = `There is no exchange rate ${baseCurrency}/${quoteCurrency} on or before ${date.toString()}`
  return { violations: [{ code: 'RATE_MISSING', field: 'quoteCurrency', message }] }
}

/** An amount in another currency, rounded once to its minor unit. */
export function exchange(amount: Money, currency: string, rate: Rational): Money {
  const exact = multiply(rational(amount.minorUnits), inMinorUnits(rate, amount.currency, currency))
  return { minorUnits: round(exact), currency }
}

/** Minor units of the quote currency for one minor unit of the base currency. */
export function inMinorUnits(rate: Rational, baseCurrency: string, quoteCurrency: string): Rational {
  return multiply(rate, rational(scaleOf(quoteCurrency), scaleOf(baseCurrency)))
}

function isUsable(
  { rate, date: published }: PublishedRate,
  date: Temporal.PlainDate,
  { maxAgeDays }: RatePolicy,
): boolean {
  if (isBefore(date, published) || !isDecimal(rate) || parseDecimal(rate).numerator <= 0n) return false
  return maxAgeDays === null || daysIn({ start: published, end: date }) <= maxAgeDays
}

/** The best published rate between two currencies, in whatever direction. */
function findStep(
  usable: readonly PublishedRate[],
  baseCurrency: string,
  quoteCurrency: string,
  { sources }: RatePolicy,
): RateStep | null {
  const steps = usable.flatMap((published): RateStep[] => {
    const pair = [published.baseCurrency, published.quoteCurrency].join()
    if (pair === [baseCurrency, quoteCurrency].join()) return [{ published, isInverted: false }]
    return pair === [quoteCurrency, baseCurrency].join() ? [{ published, isInverted: true }] : []
  })
  const [best = null] = steps.toSorted(
    (a, b) =>
      Number(a.isInverted) - Number(b.isInverted) ||
      Temporal.PlainDate.compare(b.published.date, a.published.date) ||
      byPreference(sources)(a.published.source, b.published.source),
  )
  return best
}

/** Two steps through the best pivot; none where no currency has a rate to both. */
function findCross(
  usable: readonly PublishedRate[],
  baseCurrency: string,
  quoteCurrency: string,
  policy: RatePolicy,
): RateStep[] {
  const pivots = new Set(usable.flatMap((it) => [it.baseCurrency, it.quoteCurrency]))
  const ways = [...pivots].toSorted(byPreference(policy.pivots)).flatMap((pivot) => {
    const first = findStep(usable, baseCurrency, pivot, policy)
    const second = findStep(usable, pivot, quoteCurrency, policy)
    return first === null || second === null ? [] : [[first, second]]
  })
  const [best = []] = ways.toSorted((a, b) => Temporal.PlainDate.compare(oldest(b), oldest(a)))
  return best
}

function rateOf({ published, isInverted }: RateStep): Rational {
  const { numerator, denominator } = parseDecimal(published.rate)
  return isInverted ? rational(denominator, numerator) : { numerator, denominator }
}

function oldest(steps: readonly RateStep[]): Temporal.PlainDate {
  return steps.map(({ published }) => published.date).reduce(earlier)
}

/** Those that are preferred in the order in which they are, then the others by their text. */
function byPreference(preferred: readonly string[]): (a: string, b: string) => number {
  const rank = (text: string): number => {
    const place = preferred.indexOf(text)
    return place < 0 ? preferred.length : place
  }
  return (a, b) => rank(a) - rank(b) || compareText(a, b)
}

function scaleOf(currency: string): bigint {
  return 10n ** BigInt(currencyExponent(currency))
}
