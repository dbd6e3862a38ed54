import { currencyExponent, isCurrency } from '#domain/money.ts'
import { InvalidField, requiredText, type StripeObject } from './fields.ts'

/**
 * Where Stripe counts in another unit than ISO 4217 does: https://docs.stripe.com/currencies. Krona and shilling
 * became whole-unit currencies, and Stripe went on to count hundredths; the ariary, never used with its fifths in
 * payments, is counted whole.
 */
const STRIPE_EXPONENTS: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 }

/** Decimal places that Stripe takes off our minor unit's, or adds to it. */
const shift = (currency: string): number =>
  currencyExponent(currency) - (STRIPE_EXPONENTS[currency] ?? currencyExponent(currency))

/** An object's ISO 4217 code, in upper case as we write it. */
export function currencyOf(object: StripeObject, field = 'currency'): string {
  const currency = requiredText(object, field).toUpperCase()
  if (!isCurrency(currency)) throw new InvalidField(field, currency)
  return currency
}

/** An amount in Stripe's unit as our minor units. Refuses what would be a fraction of one. */
export function minorUnits(amount: bigint, currency: string): bigint {
  const places = shift(currency)
  if (places >= 0) return amount * 10n ** BigInt(places)
  const divisor = 10n ** BigInt(-places)
  if (amount % divisor !== 0n)
    throw new InvalidField('amount', `${amount} ${currency} is a fraction of a minor unit`)
  return amount / divisor
}

/** An amount in our minor units as Stripe takes it: a whole number in its own unit. Refuses what it cannot express. */
export function stripeUnits(amount: bigint, currency: string): number {
  const places = shift(currency)
  const units = places <= 0 ? amount * 10n ** BigInt(-places) : amount / 10n ** BigInt(places)
  if (minorUnits(units, currency) !== amount || units > BigInt(Number.MAX_SAFE_INTEGER))
    throw new InvalidField('amount', `${amount} ${currency} cannot be said in Stripe's unit`)
  return Number(units)
}

/** An exact decimal in Stripe's unit as an exact decimal in our minor units: prices may be finer than one. */
export function decimalMinorUnits(amount: string, currency: string): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? []
  const places = shift(currency)
  const digits = `${'0'.repeat(Math.max(0, -places))}${whole}${fraction}${'0'.repeat(Math.max(0, places))}`
  const point = Math.max(0, -places) + whole.length + places
  return sign + tidy(digits.slice(0, point), digits.slice(point))
}

/** A decimal of minor units as whole ones, half away from zero, and whether that was exact. */
export function wholeMinorUnits(amount: string): { readonly minorUnits: bigint; readonly exact: boolean } {
  const [whole = '0', fraction = ''] = amount.split('.')
  const exact = /^0*$/.test(fraction)
  const up = fraction >= '5' ? 1n : 0n
  return { minorUnits: BigInt(whole) + (amount.startsWith('-') ? -up : up), exact }
}

function tidy(whole: string, fraction: string): string {
  const digits = whole.replace(/^0+(?=\d)/, '')
  const rest = fraction.replace(/0+$/, '')
  return rest === '' ? digits : `${digits}.${rest}`
}
