import type { Violation } from '#domain/failure.ts'
import type { Facts } from '#domain/facts.ts'
import { checkCreditNote, checkInvoice, checkPayment, checkRefund } from '#domain/invoice.ts'
import { InvalidField, requiredText, type StripeObject } from './fields.ts'
import { gapValue } from './gaps.ts'
import { isOurDraft } from './made-by-us.ts'
import { mapPrice, mapProduct } from './map-catalogue.ts'
import { mapCreditNote } from './map-credit-note.ts'
import { mapCustomer } from './map-customer.ts'
import { mapInvoice } from './map-invoice.ts'
import { mapCharge, mapMadePayment, mapPaymentIntent } from './map-payment.ts'
import { mapDispute, mapGivenBack, mapRefund } from './map-refund.ts'
import { mapSubscription } from './map-subscription.ts'
import { report, UnknownWord, type Mapping, type MappingContext } from './mapping.ts'
import { reportUnmapped } from './unmapped.ts'

/** What an object becomes, by its type. */
const MAPPERS: Readonly<Record<string, (mapping: Mapping) => Partial<Facts>>> = {
  product: (mapping) => ({ products: [mapProduct(mapping)] }),
  price: (mapping) => ({ prices: [mapPrice(mapping)] }),
  // Stripe knows of a customer that we had made what we told it: CRM knows more.
  customer: (mapping) =>
    mapping.links.ourId('customer', mapping.externalId) === null ? { customers: [mapCustomer(mapping)] } : {},
  subscription: (mapping) => ({ subscriptions: [mapSubscription(mapping)] }),
  invoice: (mapping) => (isOurDraft(mapping.object) ? {} : invoiceFacts(mapping)),
  payment_intent: (mapping) => ({ payments: checked(mapping, mapPaymentIntent(mapping), checkPayment) }),
  charge: (mapping) => ({ payments: checked(mapping, mapCharge(mapping), checkPayment) }),
  credit_note: (mapping) => ({
    creditNotes: checked(mapping, mapCreditNote(mapping), checkCreditNote),
    refunds: (mapping.links.settlement.givenBack.get(mapping.externalId) ?? []).flatMap((givenBack) =>
      checked(mapping, mapGivenBack(mapping, givenBack), checkRefund),
    ),
  }),
  refund: (mapping) => ({ refunds: checked(mapping, mapRefund(mapping), checkRefund) }),
  dispute: (mapping) => ({ disputes: [mapDispute(mapping)] }),
}

function invoiceFacts(mapping: Mapping): Partial<Facts> {
  return {
    invoices: checked(mapping, mapInvoice(mapping), checkInvoice),
    // What Stripe knows of a payment of ours is what we told it.
    payments: (mapping.links.settlement.made.get(mapping.externalId) ?? [])
      .filter(({ ref }) => mapping.links.ourPayment(ref) === null)
      .flatMap((made) => checked(mapping, mapMadePayment(mapping, made), checkPayment)),
  }
}

/** Types that are known and become no facts: they link others, or all that they lead to arrives by itself. */
const LINKING_TYPES = new Set(['tax_rate', 'invoice_payment', 'checkout.session'])

/**
 * The facts that one object states. What cannot be mapped, or would break a rule of the model, gives no facts and
 * is reported: nothing about money is guessed.
 */
export function mapObject(
  context: MappingContext,
  object: StripeObject,
  sourceVersion: bigint,
): Partial<Facts> {
  const externalId = requiredText(object, 'id')
  const mapping = {
    ...context,
    object,
    objectType: requiredText(object, 'object'),
    externalId,
    sourceVersion,
  }
  return reporting(mapping, () => {
    reportUnmapped(mapping)
    const map = MAPPERS[mapping.objectType]
    if (map !== undefined) return map(mapping)
    if (!LINKING_TYPES.has(mapping.objectType)) report(mapping, 'UNKNOWN_ENUM', 'object', mapping.objectType)
    return {}
  })
}

/** Runs a mapping; an object that it cannot read gives no facts and a gap. */
function reporting(mapping: Mapping, map: () => Partial<Facts>): Partial<Facts> {
  try {
    return map()
  } catch (error) {
    if (error instanceof UnknownWord) report(mapping, 'UNKNOWN_ENUM', error.path, error.value)
    else if (error instanceof InvalidField) report(mapping, 'INVALID', error.path, gapValue(error.value))
    else throw error
    return {}
  }
}

/** The fact where it keeps the rules of its kind, else none and a gap for each rule broken. */
function checked<T>(
  mapping: Mapping,
  fact: T | null,
  check: (fact: T) => readonly Violation[],
): readonly T[] {
  if (fact === null) return []
  const violations = check(fact)
  for (const { code, field, message } of violations) report(mapping, 'INVALID', field, `${code}: ${message}`)
  return violations.length === 0 ? [fact] : []
}
