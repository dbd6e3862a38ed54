import { violationIf } from './failure.ts'
import { add, compare, isDecimal, multiply, parseDecimal, rational, zero } from './rational.ts'
import type { PriceFact, PriceTier } from './billing.ts'
import type { Violation } from './failure.ts'
import type { Rational } from './rational.ts'

/** How a quantity becomes an amount: so much a unit, or by tiers. */
export type PriceTerms = Pick<PriceFact, 'unitAmount' | 'tiersMode' | 'tiers'>

/**
 * What a quantity costs, exactly, in minor units. Graduated: what lies in each tier at the price of that tier, and the
 * flat amount of every tier that is reached. Volume: all of it at the price of the tier in which it ends, with that
 * tier's flat amount. The first tier is reached by a quantity of zero as well. A tier holds its last quantity.
 * [Stripe: tiered pricing; Lago: graduated and volume charge models]
 */
export function quantityPrice(price: PriceTerms, quantity: Rational): Rational {
  if (price.tiersMode === 'GRADUATED') return graduated(price.tiers, quantity)
  if (price.tiersMode === 'VOLUME') return volume(price.tiers, quantity)
  return multiply(parseDecimal(price.unitAmount ?? '0'), quantity)
}

/** What is wrong with a price, by field; an empty list if every quantity has one. */
export function checkPrice({ unitAmount, tiersMode, tiers }: PriceTerms): Violation[] {
  if (tiersMode === null) {
    const isPriced = unitAmount !== null && isDecimal(unitAmount)
    return violationIf(!isPriced, 'AMOUNT_INVALID', 'unitAmount', 'Not a decimal number of minor units')
  }
  return [
    ...violationIf(tiers.length === 0, 'TIERS_INVALID', 'tiers', 'A tiered price has tiers'),
    ...violationIf(
      tiers.length > 0 && tiers.at(-1)?.upTo !== null,
      'TIERS_INVALID',
      'tiers',
      'The last tier has no end',
    ),
    ...tiers.flatMap((tier, index) => checkTier(tier, tiers[index - 1], `tiers.${index}`)),
  ]
}

function checkTier(tier: PriceTier, previous: PriceTier | undefined, field: string): Violation[] {
  const start = previous?.upTo ?? '0'
  const isAbove = tier.upTo === null || (isDecimal(tier.upTo) && isDecimal(start) && isLess(start, tier.upTo))
  return [
    ...violationIf(
      !isDecimal(tier.unitAmount),
      'AMOUNT_INVALID',
      `${field}.unitAmount`,
      'Not a decimal number of minor units',
    ),
    ...violationIf(
      !isAbove || previous?.upTo === null,
      'TIERS_INVALID',
      `${field}.upTo`,
      'It does not end above the tier before it',
    ),
  ]
}

function isLess(a: string, b: string): boolean {
  return compare(parseDecimal(a), parseDecimal(b)) < 0
}

function graduated(tiers: readonly PriceTier[], quantity: Rational): Rational {
  let cost = zero
  let start = zero
  for (const tier of tiers) {
    const end = tier.upTo === null ? quantity : smaller(parseDecimal(tier.upTo), quantity)
    cost = add(
      cost,
      add(multiply(subtract(end, start), parseDecimal(tier.unitAmount)), rational(tier.flatAmount)),
    )
    if (compare(end, quantity) >= 0) return cost
    start = end
  }
  return cost
}

function volume(tiers: readonly PriceTier[], quantity: Rational): Rational {
  const tier = tiers.find(({ upTo }) => upTo === null || compare(quantity, parseDecimal(upTo)) <= 0)
  if (tier === undefined) return zero
  return add(multiply(quantity, parseDecimal(tier.unitAmount)), rational(tier.flatAmount))
}

function smaller(a: Rational, b: Rational): Rational {
  return compare(a, b) < 0 ? a : b
}

function subtract(a: Rational, b: Rational): Rational {
  return add(a, multiply(b, rational(-1n)))
}
