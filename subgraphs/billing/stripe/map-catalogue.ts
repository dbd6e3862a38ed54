import type { PriceFact, PriceTier, ProductFact } from '#domain/billing.ts'
import type { Interval } from '#domain/entity.ts'
import { currencyOf, decimalMinorUnits, minorUnits, wholeMinorUnits } from './amounts.ts'
import { child, decimal, flag, integer, members, requiredText, text, type StripeObject } from './fields.ts'
import { identity, report, requiredLink, word, wordOr, type Mapping } from './mapping.ts'
import { INTERVAL_UNITS, TIERS_MODES, USAGE_TYPES } from './words.ts'

/** A product. Its stock keeping unit is `metadata.sku` where the account has that, to meet the other systems'. */
export function mapProduct(mapping: Mapping): ProductFact {
  const { object, externalId } = mapping
  const metadata = child(object, 'metadata') ?? {}
  return {
    ...identity(mapping, 'product'),
    sku: text(metadata, 'sku') ?? externalId,
    name: text(object, 'name') ?? externalId,
    description: text(object, 'description'),
    family: text(metadata, 'family'),
    taxCode: text(object, 'tax_code'),
    active: flag(object, 'active') && !flag(object, 'deleted'),
  }
}

/** A price, flat or in tiers. */
export function mapPrice(mapping: Mapping): PriceFact {
  const { object } = mapping
  const currency = currencyOf(object)
  const recurring = child(object, 'recurring')
  const tiersMode = text(object, 'tiers_mode')
  return {
    ...identity(mapping, 'price'),
    productId: requiredLink(mapping, 'product', 'product', 'product'),
    nickname: text(object, 'nickname'),
    currency,
    unitAmount: unitAmountOf(object, currency),
    interval: recurring === null ? null : intervalOf(recurring),
    usage: wordOr(
      mapping,
      USAGE_TYPES,
      recurring && text(recurring, 'usage_type'),
      'recurring.usage_type',
      'LICENSED',
    ),
    tiersMode: tiersMode === null ? null : word(TIERS_MODES, tiersMode, 'tiers_mode'),
    tiers: members(object, 'tiers').map((tier) => tierOf(mapping, tier, currency)),
    active: flag(object, 'active') && !flag(object, 'deleted'),
  }
}

/** How often a price is due: `recurring` of a price, or a plan of the older API. */
export function intervalOf(recurring: StripeObject): Interval {
  const unit = word(INTERVAL_UNITS, text(recurring, 'interval'), 'interval')
  return { unit, count: Number(integer(recurring, 'interval_count') ?? 1n) }
}

/** The price of one unit, exact, minor units; of a plan as well. Null for a price in tiers. */
export function unitAmountOf(price: StripeObject, currency: string): string | null {
  const exact = decimal(price, 'unit_amount_decimal') ?? decimal(price, 'amount_decimal')
  const amount = exact ?? decimal(price, 'unit_amount') ?? decimal(price, 'amount')
  return amount === null ? null : decimalMinorUnits(amount, currency)
}

/** The price of one unit in whole minor units, reported where that is not exact. */
export function wholeUnitPrice(
  mapping: Mapping,
  price: StripeObject,
  currency: string,
  path: string,
): bigint {
  const unitAmount = unitAmountOf(price, currency)
  if (unitAmount === null) {
    report(mapping, 'APPROXIMATED', path, 'a price in tiers has no unit price: zero stands in')
    return 0n
  }
  const { minorUnits: whole, exact } = wholeMinorUnits(unitAmount)
  if (!exact) report(mapping, 'APPROXIMATED', path, `${unitAmount} minor units rounded to ${whole}`)
  return whole
}

function tierOf(mapping: Mapping, tier: StripeObject, currency: string): PriceTier {
  const flat = integer(tier, 'flat_amount')
  if (flat === null && decimal(tier, 'flat_amount_decimal') !== null) {
    report(mapping, 'APPROXIMATED', 'tiers.flat_amount_decimal', requiredText(tier, 'flat_amount_decimal'))
  }
  return {
    upTo: decimal(tier, 'up_to'),
    unitAmount: unitAmountOf(tier, currency) ?? '0',
    flatAmount: flat === null ? flatRounded(tier, currency) : minorUnits(flat, currency),
  }
}

const flatRounded = (tier: StripeObject, currency: string): bigint =>
  wholeMinorUnits(decimalMinorUnits(decimal(tier, 'flat_amount_decimal') ?? '0', currency)).minorUnits
