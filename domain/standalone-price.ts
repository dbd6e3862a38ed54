import { chargesAt, lineValue } from './contract.ts'
import { sum } from './money.ts'
import { quantityPrice } from './pricing.ts'
import { parseDecimal } from './rational.ts'
import type { PricedObligation } from './allocation.ts'
import type { PriceFact } from './billing.ts'
import type { ContractLine } from './crm.ts'
import type { PriceTerms } from './pricing.ts'

/** What the catalogue asks for a product that is sold by itself. */
export type ListPrice = PriceTerms &
  Pick<PriceFact, 'productId' | 'currency' | 'interval' | 'usage' | 'active'>

/** What is known of prices when a contract is planned. */
export interface PriceEvidence {
  readonly anchor: Temporal.PlainDate
  readonly currency: string
  readonly listPrices: readonly ListPrice[]
}

/**
 * What a contract line would cost alone over its service period (ASC 606-10-32-32 and 33, IFRS 15.77 and 78): its
 * quantity at the list price for the same product, currency and interval. Where there is none, or several, the price
 * of the contract itself stands in: the best estimate that we have. Minor units.
 */
export function standalonePriceOf(
  line: ContractLine,
  { anchor, currency, listPrices }: PriceEvidence,
): Pick<PricedObligation, 'basis' | 'standalonePrice'> {
  const [price, ...others] = listPrices.filter(
    (it) =>
      it.active &&
      it.usage === 'LICENSED' &&
      it.productId === line.productId &&
      it.currency === currency &&
      isSame(it.interval, line.interval),
  )
  if (price !== undefined && others.length === 0) {
    const charges = chargesAt(quantityPrice(price, parseDecimal(line.quantity)), line, anchor)
    const standalonePrice = sum(charges.map(({ amount }) => amount))
    if (standalonePrice > 0n) return { basis: 'OBSERVED', standalonePrice }
  }
  return { basis: 'ESTIMATED', standalonePrice: lineValue(line, anchor) }
}

function isSame(a: ContractLine['interval'], b: ContractLine['interval']): boolean {
  return a?.unit === b?.unit && a?.count === b?.count
}
