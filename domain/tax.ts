import { multiply, parseDecimal, rational, round } from './rational.ts'
import type { TaxLine } from './billing.ts'
import type { Rational, RoundingMode } from './rational.ts'

/** An amount with the tax on top of it, minor units. */
export interface TaxedAmount {
  readonly net: bigint
  readonly tax: bigint
  readonly total: bigint
}

const onePercent = rational(1n, 100n)

/** Tax on top of a taxable amount, rounded once: minor units. `rate` is a percentage as an exact decimal, `8.875`. */
export function taxOn(taxable: bigint, rate: string, mode?: RoundingMode): bigint {
  return round(exactTax(rational(taxable), rate), mode)
}

/** What a document states of a tax, what its rate comes to, and by how much the one is more. Minor units. */
export interface TaxMismatch {
  readonly stated: bigint
  readonly computed: bigint
  /** 0 where they agree. */
  readonly difference: bigint
}

/** Holds the tax that a document states against its own rate and taxable amount. */
export function mismatchOf({ rate, taxable, amount: stated }: TaxLine): TaxMismatch {
  const computed = taxOn(taxable, rate)
  return { stated, computed, difference: stated - computed }
}

/**
 * A share of a taxed amount, as a credit note gives it back: net and tax are each taken exactly and rounded once,
 * so that the tax does not inherit the rounding of the net.
 */
export function shareOfTaxed(net: bigint, rate: string, share: Rational, mode?: RoundingMode): TaxedAmount {
  const exactNet = multiply(rational(net), share)
  const parts = { net: round(exactNet, mode), tax: round(exactTax(exactNet, rate), mode) }
  return { ...parts, total: parts.net + parts.tax }
}

function exactTax(taxable: Rational, rate: string): Rational {
  return multiply(taxable, multiply(parseDecimal(rate), onePercent))
}
