import type { Address, CustomerStatement, TaxId } from '#domain/crm.ts'
import { currencyOf } from './amounts.ts'
import { child, flag, members, requiredText, text, type StripeObject } from './fields.ts'
import { identity, type Mapping } from './mapping.ts'

/**
 * A customer, who is whom we bill. Stripe knows no prospects; a deleted one is kept as inactive. It cannot tell who
 * leads or looks after a customer, nor among whom it counts: that is not stated.
 */
export function mapCustomer(mapping: Mapping): CustomerStatement {
  const { object, account, externalId } = mapping
  const email = text(object, 'email')
  return {
    ...identity(mapping, 'customer'),
    name:
      text(object, 'name') ??
      text(object, 'business_name') ??
      email ??
      text(object, 'description') ??
      externalId,
    legalName: text(object, 'business_name'),
    status: flag(object, 'deleted') ? 'INACTIVE' : 'ACTIVE',
    mergedIntoId: null,
    email,
    taxIds: members(object, 'tax_ids').map(taxId),
    address: addressOf(child(object, 'address')),
    currency: text(object, 'currency') === null ? account.legalEntity.functionalCurrency : currencyOf(object),
  }
}

const taxId = (object: StripeObject): TaxId => ({
  type: requiredText(object, 'type'),
  value: requiredText(object, 'value'),
})

function addressOf(address: StripeObject | null): Address | null {
  if (address === null) return null
  const lines = [text(address, 'line1'), text(address, 'line2')].filter((line) => line !== null)
  return {
    line1: lines.length === 0 ? null : lines.join(', '),
    city: text(address, 'city'),
    postalCode: text(address, 'postal_code'),
    region: text(address, 'state'),
    country: text(address, 'country'),
  }
}
