import { minorUnits } from './amounts.ts'
import {
  child,
  decimal,
  integer,
  members,
  reference,
  requiredInteger,
  text,
  type StripeObject,
} from './fields.ts'

/** A tax amount as Stripe states it on a line or a document. Minor units. */
export interface StatedTax {
  /** Null where Stripe names no rate. */
  readonly rateId: string | null
  readonly inclusive: boolean
  readonly taxable: bigint | null
  readonly amount: bigint
}

/** What is known of a tax rate. */
export interface TaxRate {
  /** Percent, an exact decimal. */
  readonly percentage: string
  readonly jurisdiction: string
}

/** A rate object as we know rates; null for a stub without a percentage. */
export function taxRateOf(object: StripeObject): TaxRate | null {
  const percentage = decimal(object, 'effective_percentage') ?? decimal(object, 'percentage')
  if (percentage === null) return null
  const place = [text(object, 'country'), text(object, 'state')].filter((part) => part !== null).join('-')
  return {
    percentage,
    jurisdiction: text(object, 'jurisdiction') ?? (place || (text(object, 'display_name') ?? 'unknown')),
  }
}

/** The taxes in a field of today's shape (`taxes`, `total_taxes`) or, where that is absent, of the older one. */
export function statedTaxes(
  object: StripeObject,
  field: 'taxes' | 'total_taxes',
  olderField: 'tax_amounts' | 'total_tax_amounts',
  currency: string,
): readonly StatedTax[] {
  return Array.isArray(object[field])
    ? members(object, field).map((tax) => taxOf(tax, child(tax, 'tax_rate_details') ?? {}, currency))
    : members(object, olderField).map((tax) => taxOf(tax, tax, currency))
}

function taxOf(tax: StripeObject, rateHolder: StripeObject, currency: string): StatedTax {
  const taxable = integer(tax, 'taxable_amount')
  return {
    rateId: reference(rateHolder, 'tax_rate'),
    inclusive: tax['inclusive'] === true || tax['tax_behavior'] === 'inclusive',
    taxable: taxable === null ? null : minorUnits(taxable, currency),
    amount: minorUnits(requiredInteger(tax, 'amount'), currency),
  }
}
