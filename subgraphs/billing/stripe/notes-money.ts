import { keyOf, type PaymentRef } from './allocate.ts'
import { currencyOf, minorUnits } from './amounts.ts'
import {
  child,
  integer,
  isObject,
  members,
  reference,
  requiredInteger,
  requiredText,
  text,
  type StripeObject,
} from './fields.ts'
import { addKnown, type ChargeDetail, type Money, type Seen } from './seen.ts'
import { PAYMENT_INTENT_OUTCOMES } from './words.ts'

/** Remembers a payment intent, the invoice that it is for, and the charges that came inside it. */
export function notePaymentIntent(seen: Seen, object: StripeObject, externalId: string): void {
  const ref: PaymentRef = { objectType: 'payment_intent', externalId }
  const captured = PAYMENT_INTENT_OUTCOMES[text(object, 'status') ?? ''] === 'SUCCEEDED'
  seen.intents.set(keyOf(ref), moneyOf(object, ref, intentAmountField(object), captured))
  const invoice = invoiceOf(object)
  if (invoice !== null) seen.aims.push({ ref, invoice, part: null, settles: true })
  for (const charge of chargesWithin(object)) noteCharge(seen, charge, requiredText(charge, 'id'))
}

/** What a payment intent is about: what it received, else what it is to receive. */
export const intentAmountField = (intent: StripeObject): 'amount' | 'amount_received' =>
  intent['status'] === 'succeeded' ? 'amount_received' : 'amount'

/** The invoice of a payment intent: its own field until 2025, since then the order that it is a payment for. */
function invoiceOf(intent: StripeObject): string | null {
  const order = text(child(intent, 'payment_details') ?? {}, 'order_reference')
  return reference(intent, 'invoice') ?? (order?.startsWith('in_') === true ? order : null)
}

/** Charges that came inside their payment intent: where expanded today, always in the older API. */
const chargesWithin = (intent: StripeObject): readonly StripeObject[] => {
  const latest = intent['latest_charge']
  return [...members(intent, 'charges'), ...(isObject(latest) ? [latest] : [])]
}

/** Remembers a charge where it tells more about its payment than the one before: success first, then the later one. */
export function noteCharge(seen: Seen, object: StripeObject, externalId: string): void {
  const intent = reference(object, 'payment_intent')
  const ref: PaymentRef =
    intent === null
      ? { objectType: 'charge', externalId }
      : { objectType: 'payment_intent', externalId: intent }
  addKnown(seen, 'charge', externalId)
  seen.paymentOfCharge.set(externalId, ref)
  const charge = chargeDetail(object, externalId, ref)
  const known = seen.charges.get(keyOf(ref))
  if (known === undefined || tellsMore(charge, known)) seen.charges.set(keyOf(ref), charge)
  const invoice = reference(object, 'invoice')
  if (invoice !== null) seen.aims.push({ ref, invoice, part: null, settles: charge.succeeded })
}

/** What a charge is about: what it captured, else what it tried. */
export const chargeAmountField = (charge: StripeObject): 'amount' | 'amount_captured' =>
  charge['status'] === 'succeeded' && typeof charge['amount_captured'] === 'number'
    ? 'amount_captured'
    : 'amount'

/** The same charge seen again may know its fee by now. */
const tellsMore = (a: ChargeDetail, b: ChargeDetail): boolean =>
  a.externalId === b.externalId
    ? b.fee === null
    : a.succeeded === b.succeeded
      ? a.money.at > b.money.at
      : a.succeeded

function chargeDetail(object: StripeObject, externalId: string, ref: PaymentRef): ChargeDetail {
  const succeeded = text(object, 'status') === 'succeeded'
  const transaction = child(object, 'balance_transaction')
  const feeCurrency = transaction === null ? null : currencyOf(transaction)
  return {
    externalId,
    succeeded,
    money: moneyOf(object, ref, chargeAmountField(object), succeeded && object['captured'] !== false),
    fee:
      transaction === null || feeCurrency === null
        ? null
        : { amount: minorUnits(integer(transaction, 'fee') ?? 0n, feeCurrency), currency: feeCurrency },
    methodType: text(child(object, 'payment_method_details') ?? {}, 'type'),
    failureCode: text(object, 'failure_code'),
    failureMessage: text(object, 'failure_message'),
  }
}

function moneyOf(object: StripeObject, ref: PaymentRef, amountField: string, captured: boolean): Money {
  const currency = currencyOf(object)
  return {
    ref,
    customer: reference(object, 'customer'),
    currency,
    amount: minorUnits(integer(object, amountField) ?? 0n, currency),
    captured,
    at: requiredInteger(object, 'created'),
  }
}

/** Remembers which part of a payment an invoice counts, and that one which is not paid is an attempt. */
export function noteInvoicePayment(seen: Seen, object: StripeObject): void {
  const invoice = reference(object, 'invoice')
  const ref = paymentIn(child(object, 'payment') ?? {})
  if (invoice === null || ref === null) return
  const settles = text(object, 'status') === 'paid'
  const paid = settles ? integer(object, 'amount_paid') : null
  const part = paid === null ? null : minorUnits(paid, currencyOf(object))
  seen.aims.push({ ref, invoice, part, settles })
}

function paymentIn(payment: StripeObject): PaymentRef | null {
  const intent = reference(payment, 'payment_intent')
  if (intent !== null) return { objectType: 'payment_intent', externalId: intent }
  const charge = reference(payment, 'charge')
  return charge === null ? null : { objectType: 'charge', externalId: charge }
}
