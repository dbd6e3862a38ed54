import type { Allocation, PaymentFact, PaymentMethod, PaymentOutcome } from '#domain/billing.ts'
import { keyOf, type MadePayment, type PaymentRef } from './allocate.ts'
import { currencyOf, minorUnits } from './amounts.ts'
import { dateOf, instantOf } from './dates.ts'
import { child, reference, requiredInteger, text, type StripeObject } from './fields.ts'
import {
  identity,
  identityAs,
  idOf,
  legalEntityId,
  link,
  linkIn,
  report,
  stripeId,
  word,
  wordOr,
  type Mapping,
  type StripeAccount,
} from './mapping.ts'
import { chargeAmountField, intentAmountField } from './notes-money.ts'
import type { ChargeDetail } from './seen.ts'
import { CHARGE_OUTCOMES, PAYMENT_INTENT_OUTCOMES, PAYMENT_METHODS } from './words.ts'

/** A payment intent is one payment, however many charges it took. */
export function mapPaymentIntent(mapping: Mapping): PaymentFact {
  const { object, externalId } = mapping
  const ref: PaymentRef = { objectType: 'payment_intent', externalId }
  const charge = mapping.links.chargeOf(ref)
  const latest = reference(object, 'latest_charge')
  if (latest !== null && charge?.externalId !== latest)
    link(mapping, 'payment', 'charge', latest, 'latest_charge')
  const failure = failureOf(object, charge)
  const outcome = word(PAYMENT_INTENT_OUTCOMES, text(object, 'status'), 'status')
  const refused = text(object, 'status') === 'requires_payment_method' && failure.failureCode !== null
  const final = refused ? 'FAILED' : outcome
  return {
    ...identity(mapping, 'payment'),
    ...paymentOf(mapping, ref, charge, final, intentAmountField(object)),
    ...(final === 'FAILED' ? failure : NO_FAILURE),
  }
}

/**
 * A charge is a payment where it has no payment intent, as in the oldest API, or where that is not there; then it
 * has the intent's id, and the intent takes over when it arrives. Other charges are told of by their intents.
 */
export function mapCharge(mapping: Mapping): PaymentFact | null {
  const { object, externalId, links } = mapping
  const ref = links.paymentOfCharge(externalId)
  const charge = links.chargeOf(ref)
  if (charge?.externalId !== externalId) return null
  if (ref.objectType === 'payment_intent' && links.knows('payment_intent', ref.externalId)) return null
  if (ref.objectType === 'payment_intent')
    report(mapping, 'DANGLING_REFERENCE', 'payment_intent', ref.externalId)
  const said = word(CHARGE_OUTCOMES, text(object, 'status'), 'status')
  // Authorised, but not taken: so far nothing was received.
  const outcome = said === 'SUCCEEDED' && object['captured'] === false ? 'PENDING' : said
  const { failureCode, failureMessage } = charge
  return {
    ...identityAs(mapping, 'payment', ref.objectType, ref.externalId),
    ...paymentOf(mapping, ref, charge, outcome, chargeAmountField(object)),
    ...(outcome === 'FAILED' ? { failureCode: failureCode ?? 'failed', failureMessage } : NO_FAILURE),
  }
}

/** A payment of which only the invoice tells (`allocate.ts`); the mapped object is that invoice. */
export function mapMadePayment(mapping: Mapping, made: MadePayment): PaymentFact {
  const { account } = mapping
  if (made.ref.objectType === 'customer_balance') {
    report(
      mapping,
      'DANGLING_REFERENCE',
      'starting_balance',
      `credit of ${made.amount} whose origin is not there`,
    )
  } else if (made.ref.objectType !== 'invoice_payment' && !isNamedByInvoice(mapping, made.ref)) {
    report(mapping, 'DANGLING_REFERENCE', `payments.${made.ref.objectType}`, made.ref.externalId)
  }
  return {
    ...identityAs(mapping, 'payment', made.ref.objectType, made.ref.externalId),
    customerId: made.customer === null ? null : idOf(mapping, 'customer', 'customer', made.customer),
    legalEntityId: legalEntityId(account),
    outcome: 'SUCCEEDED',
    currency: made.currency,
    amount: made.amount,
    fee: 0n,
    method: made.ref.objectType === 'customer_balance' ? 'CUSTOMER_BALANCE' : 'OTHER',
    receivedAt: instantOf(made.at),
    receivedOn: dateOf(made.at, account.legalEntity.timeZone),
    ...NO_FAILURE,
    allocations: allocationsOf(mapping, made.ref),
  }
}

/** Whether the invoice has a field for the payment, which its own mapping reports where that is not there. */
const isNamedByInvoice = ({ object }: Mapping, ref: PaymentRef): boolean =>
  reference(object, ref.objectType) === ref.externalId

/** Canonical id of a payment, whatever object tells of it. */
export function paymentId(account: StripeAccount, ref: PaymentRef): string {
  return stripeId(account, 'payment', ref.objectType, ref.externalId)
}

type Failure = Pick<PaymentFact, 'failureCode' | 'failureMessage'>

const NO_FAILURE: Failure = { failureCode: null, failureMessage: null }

/** Why it failed: cancelled by someone, or refused at the last attempt. */
function failureOf(intent: StripeObject, charge: ChargeDetail | null): Failure {
  if (text(intent, 'status') === 'canceled') {
    return { failureCode: 'canceled', failureMessage: text(intent, 'cancellation_reason') }
  }
  const error = child(intent, 'last_payment_error')
  if (error === null)
    return { failureCode: charge?.failureCode ?? null, failureMessage: charge?.failureMessage ?? null }
  const failureCode = text(error, 'decline_code') ?? text(error, 'code') ?? 'failed'
  return { failureCode, failureMessage: text(error, 'message') }
}

function paymentOf(
  mapping: Mapping,
  ref: PaymentRef,
  charge: ChargeDetail | null,
  outcome: PaymentOutcome,
  amountField: string,
): Omit<PaymentFact, 'id' | 'externalRefs' | 'failureCode' | 'failureMessage'> {
  const { object, account } = mapping
  const currency = currencyOf(object)
  // The intent may be older than the charge that brought the money.
  const at = charge?.succeeded === true ? charge.money.at : requiredInteger(object, 'created')
  return {
    customerId: linkIn(mapping, 'customer', 'customer', object, 'customer'),
    legalEntityId: legalEntityId(account),
    outcome,
    currency,
    amount: minorUnits(requiredInteger(object, amountField), currency),
    fee: outcome === 'SUCCEEDED' ? feeOf(mapping, charge, currency) : 0n,
    method: methodOf(mapping, charge),
    receivedAt: instantOf(at),
    receivedOn: dateOf(at, account.legalEntity.timeZone),
    allocations: allocationsOf(mapping, ref),
  }
}

/** Stripe takes its fee in the currency that it pays out, which need not be the payment's. */
function feeOf(mapping: Mapping, charge: ChargeDetail | null, currency: string): bigint {
  const fee = charge?.fee ?? null
  if (fee === null) return 0n
  const { amount, currency: feeCurrency } = fee
  if (feeCurrency === currency) return amount
  report(
    mapping,
    'APPROXIMATED',
    'balance_transaction.fee',
    `${amount} minor units of ${feeCurrency} left out`,
  )
  return 0n
}

/** How it was paid. An intent alone lists what would be accepted, which says something only if that is one method. */
function methodOf(mapping: Mapping, charge: ChargeDetail | null): PaymentMethod {
  const accepted = mapping.object['payment_method_types']
  const only: unknown = Array.isArray(accepted) && accepted.length === 1 ? accepted[0] : null
  const type = charge?.methodType ?? (typeof only === 'string' ? only : null)
  return wordOr(mapping, PAYMENT_METHODS, type, 'payment_method_details.type', 'OTHER')
}

function allocationsOf(mapping: Mapping, ref: PaymentRef): Allocation[] {
  const invoices = mapping.links.settlement.allocations.get(keyOf(ref)) ?? new Map<string, bigint>()
  return [...invoices].map(([invoice, amount]) => ({
    id: idOf(mapping, 'allocation', 'invoice_payment', `${keyOf(ref)} ${invoice}`),
    invoiceId: link(mapping, 'invoice', 'invoice', invoice, 'invoice'),
    amount,
  }))
}
