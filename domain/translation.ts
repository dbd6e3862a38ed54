import { findRate, inMinorUnits } from './fx.ts'
import { RuleError } from './failure.ts'
import { sum } from './money.ts'
import { multiply, rational, round, zero } from './rational.ts'
import type { PublishedRate } from './fx.ts'
import type { Rational } from './rational.ts'

/**
 * By which rates figures become those of one currency. TRANSACTION: as the books have them, what happened at the rate
 * of its day and what is left at that of the last day (ASC 830-10-55-10, IAS 21.39). CLOSING: all of a period at the
 * rate of its last day. CONSTANT: everything at the rate of one day, so that no currency moves.
 */
export type TranslationPolicy = 'TRANSACTION' | 'CLOSING' | 'CONSTANT'

/** No rate leads from one currency to another on a day: nothing stands in for it. */
export class RateMissing extends RuleError<'RATE_MISSING'> {}

/** A sum over days of which each has the same rate. */
export interface Sum {
  readonly legalEntityId: string
  readonly currency: string
  /** Minor units of the currency. */
  readonly amount: bigint
  /** What it is worth in the books; null for what is not in them. */
  readonly functional: { readonly currency: string; readonly amount: bigint } | null
  /** The first of its days. */
  readonly day: Temporal.PlainDate
  /** The last day of the period. */
  readonly closing: Temporal.PlainDate
}

/** Units of the reporting currency for one unit of another on a day, exactly. Throws RateMissing. */
export type RateOn = (currency: string, day: Temporal.PlainDate) => Rational

/** An amount with the day whose rate it has. */
interface RatedAmount {
  readonly legalEntityId: string
  readonly currency: string
  readonly amount: bigint
  readonly day: Temporal.PlainDate
}

/** What happened in a period (revenue, billings, …) or what was left at its end, under a policy. */
export interface Translation {
  readonly policy: TranslationPolicy
  readonly kind: 'FLOW' | 'BALANCE'
  /** The day whose rate is the constant one. */
  readonly constantOn: Temporal.PlainDate
}

/** An amount with the rate that it is translated by. */
interface Rated extends Omit<RatedAmount, 'day'> {
  /** Minor units of the reporting currency for one of the amount's. */
  readonly rate: Rational
}

/**
 * Sums in the reporting currency, minor units. Of each legal entity, what has the same currency and rate is added up
 * first and rounded once, half away from zero: so the figures of legal entities add up to that of all.
 */
export function translate(
  sums: readonly Sum[],
  translation: Translation,
  reportingCurrency: string,
  rateOn: RateOn,
): bigint {
  const groups = Map.groupBy(rated(sums, translation, reportingCurrency, rateOn), rateKeyOf).values()
  return sum(groups.map((group) => worth(sum(group.map(({ amount }) => amount)), group[0]?.rate ?? zero)))
}

/**
 * Steps of a balance, such as an opening and what moved it since, in the reporting currency. Each is the difference of
 * what was left before and after it, so that every prefix is right and the steps add up to the closing. Minor units.
 */
export function translateSteps(
  steps: readonly (readonly Sum[])[],
  translation: Translation,
  reportingCurrency: string,
  rateOn: RateOn,
): bigint[] {
  const left = new Map<string, bigint>()
  return steps.map((sums) => {
    let change = 0n
    for (const part of rated(sums, translation, reportingCurrency, rateOn)) {
      const key = rateKeyOf(part)
      const before = left.get(key) ?? 0n
      const after = before + part.amount
      change += worth(after, part.rate) - worth(before, part.rate)
      left.set(key, after)
    }
    return change
  })
}

function worth(amount: bigint, rate: Rational): bigint {
  return round(multiply(rational(amount), rate))
}

/** Each sum with its rate; sums that are nothing need none. */
function rated(
  sums: readonly Sum[],
  translation: Translation,
  reportingCurrency: string,
  rateOn: RateOn,
): Rated[] {
  return sums
    .map((it) => ratedAmount(it, translation))
    .filter(({ amount }) => amount !== 0n)
    .map(({ day, ...it }) => ({
      ...it,
      rate: inMinorUnits(rateOn(it.currency, day), it.currency, reportingCurrency),
    }))
}

/** Under which key amounts are added up before they are rounded. */
function rateKeyOf({ legalEntityId, currency, rate }: Omit<Rated, 'amount'>): string {
  return [legalEntityId, currency, rate.numerator, rate.denominator].join(' ')
}

function ratedAmount(
  { legalEntityId, currency, amount, functional, day, closing }: Sum,
  { policy, kind, constantOn }: Translation,
): RatedAmount {
  const own = { legalEntityId, currency, amount }
  if (policy === 'CONSTANT') return { ...own, day: constantOn }
  if (policy === 'CLOSING') return { ...own, day: closing }
  return { ...own, ...functional, day: kind === 'FLOW' ? day : closing }
}

/** Finds rates to one currency among published ones, each once. */
export function rateFinder(published: readonly PublishedRate[], reportingCurrency: string): RateOn {
  const courses = [...Map.groupBy(published, courseOf).values()].map((course) =>
    course.toSorted((a, b) => Temporal.PlainDate.compare(a.date, b.date)),
  )
  const found = new Map<string, Rational>()
  return (currency, day) => {
    const key = `${currency} ${day.toString()}`
    const known = found.get(key)
    if (known !== undefined) return known
    // Of each pair and source only the latest by that day can count.
    const latest = courses.flatMap((course) => lastBy(course, day))
    const { value, violations } = findRate(latest, currency, reportingCurrency, day)
    if (value === undefined) throw new RateMissing('RATE_MISSING', violations[0]?.message ?? key)
    found.set(key, value.rate)
    return value.rate
  }
}

function courseOf({ baseCurrency, quoteCurrency, source }: PublishedRate): string {
  return [baseCurrency, quoteCurrency, source].join(' ')
}

/** The last rate by a day, of rates in the order of their days. */
function lastBy(course: readonly PublishedRate[], day: Temporal.PlainDate): PublishedRate[] {
  let [low, high] = [0, course.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const it = course[middle]
    if (it !== undefined && Temporal.PlainDate.compare(it.date, day) <= 0) low = middle + 1
    else high = middle
  }
  return course.slice(Math.max(0, low - 1), low)
}
