import type { DisputeFact, RefundFact } from '#domain/billing.ts'
import type { GivenBack, PaymentRef } from './allocate.ts'
import { currencyOf, minorUnits } from './amounts.ts'
import { dateIn, dateOf, latest } from './dates.ts'
import {
  child,
  InvalidField,
  isObject,
  reference,
  requiredInteger,
  text,
  type StripeObject,
} from './fields.ts'
import { identity, identityAs, idOf, REASON, report, word, type Mapping } from './mapping.ts'
import { paymentId } from './map-payment.ts'
import { DISPUTE_STATUSES, REFUND_STATUSES, UNFUNDED_DISPUTE_STATUSES } from './words.ts'

/** A refund of a payment. */
export function mapRefund(mapping: Mapping): RefundFact {
  const { object, account, externalId } = mapping
  const currency = currencyOf(object)
  const creditNote = mapping.links.creditNoteOfRefund(externalId)
  return {
    ...identity(mapping, 'refund'),
    paymentId: paymentId(account, paymentMeant(mapping)),
    creditNoteId: creditNote === null ? null : idOf(mapping, 'creditNote', 'credit_note', creditNote),
    // Stripe did not state it before 2015, when a refund was either made or refused.
    status: word(REFUND_STATUSES, text(object, 'status') ?? 'succeeded', 'status'),
    currency,
    amount: minorUnits(requiredInteger(object, 'amount'), currency),
    reason: text(child(object, 'metadata') ?? {}, REASON) ?? text(object, 'reason'),
    refundedOn: dateOf(requiredInteger(object, 'created'), account.legalEntity.timeZone),
  }
}

/** A refund outside of Stripe, of which a credit note tells (`allocate.ts`); the mapped object is that note. */
export function mapGivenBack(
  mapping: Mapping,
  { payment, creditNote, currency, amount, at }: GivenBack,
): RefundFact {
  const { account } = mapping
  const externalId = `${creditNote} ${payment.objectType} ${payment.externalId}`
  return {
    ...identityAs(mapping, 'refund', 'credit_note_out_of_band', externalId),
    paymentId: mapping.links.ourPayment(payment) ?? paymentId(account, payment),
    creditNoteId: idOf(mapping, 'creditNote', 'credit_note', creditNote),
    status: 'SUCCEEDED',
    currency,
    amount,
    reason: text(mapping.object, 'reason'),
    refundedOn: dateOf(at, account.legalEntity.timeZone),
  }
}

/** A dispute. Stripe does not say when it was closed: that it is, is dated by the last movement of its money. */
export function mapDispute(mapping: Mapping): DisputeFact {
  const { object, account } = mapping
  const { timeZone } = account.legalEntity
  const currency = currencyOf(object)
  const said = text(object, 'status')
  const status = word(DISPUTE_STATUSES, said, 'status')
  const payment = paymentMeant(mapping)
  const customer = mapping.links.customerOf(payment)
  const openedOn = dateOf(requiredInteger(object, 'created'), timeZone)
  return {
    ...identity(mapping, 'dispute'),
    paymentId: paymentId(account, payment),
    customerId: customer === null ? null : idOf(mapping, 'customer', 'customer', customer),
    status,
    currency,
    amount: minorUnits(requiredInteger(object, 'amount'), currency),
    fundsWithdrawn: movementsOf(object).length > 0 || !UNFUNDED_DISPUTE_STATUSES.has(said ?? ''),
    reason: text(object, 'reason') ?? 'general',
    openedOn,
    evidenceDueOn: dateIn(child(object, 'evidence_details') ?? {}, 'due_by', timeZone),
    closedOn: status === 'WON' || status === 'LOST' ? (lastMovement(object, timeZone) ?? openedOn) : null,
  }
}

/** What moved the dispute's money. */
function movementsOf(object: StripeObject): StripeObject[] {
  const movements = object['balance_transactions']
  return (Array.isArray(movements) ? movements : []).filter(isObject)
}

function lastMovement(object: StripeObject, timeZone: string): Temporal.PlainDate | null {
  const dates = movementsOf(object)
    .map((movement) => dateIn(movement, 'created', timeZone))
    .filter((date) => date !== null)
  return latest(dates)
}

/** The payment that a refund or dispute is about, by its payment intent or its charge. */
function paymentMeant(mapping: Mapping): PaymentRef {
  const { object, links } = mapping
  const intent = reference(object, 'payment_intent')
  const charge = reference(object, 'charge')
  if (intent === null && charge === null) throw new InvalidField('charge', null)
  const ref: PaymentRef =
    intent === null
      ? links.paymentOfCharge(charge ?? '')
      : { objectType: 'payment_intent', externalId: intent }
  if (!links.knows(ref.objectType, ref.externalId) && links.chargeOf(ref) === null) {
    report(mapping, 'DANGLING_REFERENCE', ref.objectType, ref.externalId)
  }
  return ref
}
