import { violationIf } from './failure.ts'
import { compare, multiply, parseDecimal, rational } from './rational.ts'
import type { QuoteLine } from './crm.ts'
import type { Interval } from './entity.ts'
import type { Outcome } from './failure.ts'
import type { ListPrice } from './standalone-price.ts'

/** A price that a product is sold at, as far as it tells how often it is due. */
interface Rhythm {
  readonly interval: Interval | null
  /** Exact decimal, minor units per unit. */
  readonly unitAmount: string
}

/**
 * Largest discount, in percent, that is taken for one: below half of a yearly price, a quoted price may as well be that
 * of a quarter.
 */
const maxDiscountPercent = 50n

/**
 * How often a quoted price is due; null for once. A quote does not say, the catalogue does: the list price that it is,
 * the only rhythm in which the product is sold, or the list price of which it is the smallest discount. What is free
 * goes by the longest rhythm. Never a guess: MAPPING_MISSING without a list price, INTERVAL_AMBIGUOUS where several
 * fit.
 */
export function quotedInterval(
  { productId, unitPrice }: Pick<QuoteLine, 'productId' | 'unitPrice'>,
  currency: string,
  listPrices: readonly ListPrice[],
  field: string,
): Outcome<Interval | null> {
  const rhythms = listPrices.flatMap((price) => rhythmOf(price, productId, currency))
  const fitting = [
    rhythms.filter((it) => compareTo(it, unitPrice) === 0),
    rhythms,
    unitPrice === 0n ? highest(rhythms) : lowest(rhythms.filter((it) => isDiscount(it, unitPrice))),
  ]
  const choice = fitting.find((some) => new Set(some.map(textOf)).size === 1)
  if (choice?.[0] !== undefined) return { value: choice[0].interval }
  const isUnknown = rhythms.length === 0
  return {
    violations: [
      ...violationIf(isUnknown, 'MAPPING_MISSING', field, `The product has no list price in ${currency}`),
      ...violationIf(
        !isUnknown,
        'INTERVAL_AMBIGUOUS',
        field,
        'It is near no list price: how often is it due?',
      ),
    ],
  }
}

function rhythmOf(price: ListPrice, productId: string, currency: string): Rhythm[] {
  const isSold = price.active && price.usage === 'LICENSED' && price.tiersMode === null
  if (!isSold || price.productId !== productId || price.currency !== currency) return []
  return price.unitAmount === null ? [] : [{ interval: price.interval, unitAmount: price.unitAmount }]
}

function compareTo({ unitAmount }: Rhythm, unitPrice: bigint): number {
  return compare(parseDecimal(unitAmount), rational(unitPrice))
}

function isDiscount(it: Rhythm, unitPrice: bigint): boolean {
  const least = multiply(parseDecimal(it.unitAmount), rational(100n - maxDiscountPercent, 100n))
  return compareTo(it, unitPrice) > 0 && compare(rational(unitPrice), least) >= 0
}

/** Those of the highest list price; of the lowest one. */
const highest = (rhythms: readonly Rhythm[]): Rhythm[] => extreme(rhythms, 1)
const lowest = (rhythms: readonly Rhythm[]): Rhythm[] => extreme(rhythms, -1)

function extreme(rhythms: readonly Rhythm[], sign: 1 | -1): Rhythm[] {
  return rhythms.filter((one) =>
    rhythms.every(
      (other) => compare(parseDecimal(one.unitAmount), parseDecimal(other.unitAmount)) * sign >= 0,
    ),
  )
}

function textOf({ interval }: Rhythm): string {
  return interval === null ? 'once' : `${interval.count} ${interval.unit}`
}
