import type { Price, Product } from './billing.ts'
import type { Interval } from './entity.ts'
import type { Outcome, Violation } from './failure.ts'
import { quantityPrice } from './pricing.ts'
import { isDecimal, parseDecimal, round } from './rational.ts'

/** What somebody wants to know the price of. */
export interface PriceQuestion {
  readonly product: Pick<Product, 'id' | 'sku' | 'active'>
  readonly currency: string
  /** Null for what is charged once. */
  readonly interval: Interval | null
  readonly usage: Price['usage']
  /** Exact decimal, not negative. */
  readonly quantity: string
}

/** A price, what the quantity costs by it, and the rule that chose it. */
export interface FoundPrice {
  readonly price: Price
  /** Minor units before tax, an interval; half a unit goes away from zero. */
  readonly amount: bigint
  readonly rule: string
}

/**
 * The list price of a product for a currency and an interval: PRICE_MISSING where there is none, RULES_AMBIGUOUS where
 * several are active, STATUS_FORBIDS where the product is no longer sold.
 */
export function findPrice(prices: readonly Price[], question: PriceQuestion): Outcome<FoundPrice> {
  const { product, currency, interval, usage, quantity } = question
  if (!isDecimal(quantity) || quantity.startsWith('-'))
    return refuse('QUANTITY_INVALID', 'quantity', 'A quantity is a decimal of 0 or more')
  if (!product.active) return refuse('STATUS_FORBIDS', 'productId', `${product.sku} is no longer sold`)
  const [price, second] = prices.filter(
    (each) =>
      each.active &&
      each.productId === product.id &&
      each.currency === currency &&
      each.usage === usage &&
      isSame(each.interval, interval),
  )
  const terms = `${product.sku} in ${currency}, ${nameOf(interval)}${usage === 'METERED' ? ' by usage' : ''}`
  if (price === undefined) return refuse('PRICE_MISSING', 'productId', `There is no price of ${terms}`)
  if (second !== undefined)
    return refuse('RULES_AMBIGUOUS', 'productId', `There are several prices of ${terms}`)
  const amount = round(quantityPrice(price, parseDecimal(quantity)))
  return { value: { price, amount, rule: `list price of ${terms}` } }
}

const refuse = (code: Violation['code'], field: string, message: string): Outcome<FoundPrice> => ({
  violations: [{ code, field, message }],
})

/** A quarter is three months; twelve months are a year. */
function isSame(a: Interval | null, b: Interval | null): boolean {
  if (a === null || b === null) return a === b
  const [one, other] = [inSmallestUnit(a), inSmallestUnit(b)]
  return one.unit === other.unit && one.count === other.count
}

function inSmallestUnit({ unit, count }: Interval): Interval {
  if (unit === 'YEAR') return { unit: 'MONTH', count: count * 12 }
  return unit === 'WEEK' ? { unit: 'DAY', count: count * 7 } : { unit, count }
}

function nameOf(interval: Interval | null): string {
  if (interval === null) return 'charged once'
  const unit = interval.unit.toLowerCase()
  return interval.count === 1 ? `every ${unit}` : `every ${interval.count} ${unit}s`
}
