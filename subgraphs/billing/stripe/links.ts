import { keyOf, planSettlement, type PaymentRef, type SettlementPlan } from './allocate.ts'
import { InvalidField, requiredText, type StripeObject } from './fields.ts'
import { madeId, noteMade, noteMadeItems, noteMadeLines } from './made-by-us.ts'
import { noteCreditNote, noteInvoice, noteProduct, noteSubscription, noteTaxRate } from './notes-documents.ts'
import { noteCharge, noteInvoicePayment, notePaymentIntent } from './notes-money.ts'
import {
  addKnown,
  duesSeen,
  moneySeen,
  nothingSeen,
  paymentMeant,
  type ChargeDetail,
  type Seen,
} from './seen.ts'
import type { TaxRate } from './taxes.ts'

/** What objects say about each other, which no object says alone. */
export interface Links {
  /** Whether the object is there. */
  knows(objectType: string, externalId: string): boolean
  /**
   * Our id of an object that we had made; null for any other. What was made for a step before, and came to nothing, is
   * such another: voided there, or failed.
   */
  ourId(objectType: string, externalId: string): string | null
  /** Our id of a payment that came elsewhere, as we had it noted on the invoice that it settles; null for any other. */
  ourPayment(payment: PaymentRef): string | null
  /** Our id of the contract that a subscription bills; null where its metadata names none. */
  contractOf(subscription: string | null): string | null
  productName(externalId: string): string | null
  taxRate(externalId: string): TaxRate | null
  /** The payment that a charge is an attempt at: its payment intent, or itself. */
  paymentOfCharge(externalId: string): PaymentRef
  /** The charge that tells most about a payment: the one that succeeded, else the last. */
  chargeOf(payment: PaymentRef): ChargeDetail | null
  /** Who made a payment. */
  customerOf(payment: PaymentRef): string | null
  creditNoteOfRefund(externalId: string): string | null
  readonly settlement: SettlementPlan
}

/** Collects links: show it every object once, in any order, then ask. */
export interface Survey {
  see(objectType: string, object: StripeObject): void
  links(): Links
}

/** Ids and links of one account stay in memory, some hundred bytes an object; objects themselves do not. */
const MAX_OBJECTS = 5_000_000

const NOTES: Readonly<Record<string, (seen: Seen, object: StripeObject, externalId: string) => void>> = {
  tax_rate: noteTaxRate,
  product: noteProduct,
  subscription: noteSubscription,
  invoice: noteInvoice,
  credit_note: noteCreditNote,
  payment_intent: notePaymentIntent,
  charge: noteCharge,
  invoice_payment: noteInvoicePayment,
}

/** An empty survey. */
export function survey(): Survey {
  const seen = nothingSeen()
  return { see: (objectType, object) => note(seen, objectType, object), links: () => linksOf(seen) }
}

/** An object that cannot be read is passed over here: its own mapping reports it. */
function note(seen: Seen, objectType: string, object: StripeObject): void {
  seen.count += 1
  if (seen.count > MAX_OBJECTS) throw new Error(`more than ${MAX_OBJECTS} objects in one account`)
  try {
    const externalId = requiredText(object, 'id')
    addKnown(seen, objectType, externalId)
    noteMade(seen, objectType, object, externalId)
    NOTES[objectType]?.(seen, object, externalId)
    noteMadeLines(seen, objectType, object)
    noteMadeItems(seen, objectType, object)
  } catch (error) {
    if (!(error instanceof InvalidField)) throw error
  }
}

function linksOf(seen: Seen): Links {
  return {
    knows: (objectType, externalId) => seen.ids.get(objectType)?.has(externalId) ?? false,
    ourId: (objectType, externalId) => madeId(seen, objectType, externalId),
    ourPayment: ({ objectType, externalId }) =>
      objectType === 'invoice_payment' ? (seen.ourPayments.get(externalId) ?? null) : null,
    contractOf: (subscription) => seen.contracts.get(subscription ?? '') ?? null,
    productName: (externalId) => seen.productNames.get(externalId) ?? null,
    taxRate: (externalId) => seen.taxRates.get(externalId) ?? null,
    paymentOfCharge: (externalId) => paymentMeant(seen, { objectType: 'charge', externalId }),
    chargeOf: (payment) => seen.charges.get(keyOf(payment)) ?? null,
    customerOf: (payment) => customerOf(seen, keyOf(payment)),
    creditNoteOfRefund: (externalId) => seen.creditNoteOfRefund.get(externalId) ?? null,
    settlement: planSettlement(duesSeen(seen), moneySeen(seen), seen.credits),
  }
}

const customerOf = ({ intents, charges }: Seen, payment: string): string | null =>
  intents.get(payment)?.customer ?? charges.get(payment)?.money.customer ?? null
