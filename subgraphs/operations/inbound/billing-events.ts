/** What events of outside billing systems say, as facts of ours. A new type of event is a row here. */
import type { DisputeFact, PaymentFact, RefundFact } from '#domain/billing.ts'
import type { ExternalRef } from '#domain/entity.ts'
import type { Facts } from '#domain/facts.ts'
import { isCurrency } from '#domain/money.ts'
import { canonicalId } from '#platform/ids.ts'
import { ownId } from '#platform/own-facts.ts'
import type { KeptWebhook } from '../inbound-store.ts'

/** A webhook that does not say what its type promises. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

type Json = Readonly<Record<string, unknown>>
type Reader = (event: OutsideEvent) => Partial<Facts>

/** An event of an outside system: an object as it is there now, and our ids, which we gave along when it was made. */
interface OutsideEvent {
  readonly source: string
  readonly externalId: string
  /** Of the object: grows with each of its changes. */
  readonly version: bigint
  readonly at: Temporal.Instant
  readonly data: Json
}

const EVENTS: Readonly<Record<string, Reader | undefined>> = {
  'payment.created': (event) => ({ payments: [paymentOf(event, 'payment', 'PENDING')] }),
  'payment.settled': (event) => ({ payments: [paymentOf(event, 'payment', 'SUCCEEDED')] }),
  'refund.settled': (event) => ({ refunds: [refundOf(event)] }),
  'dispute.opened': (event) => ({ disputes: [disputeOf(event, 'NEEDS_RESPONSE')] }),
  'dispute.closed': (event) => ({ disputes: [disputeOf(event, requiredOutcome(event.data))] }),
  // The system tells of no payment, only that what was owed has been paid: the payment is known by its invoice.
  'invoice.paid': (event) => ({ payments: [paymentOf(event, 'invoice_payment', 'SUCCEEDED')] }),
}

/** The facts of a webhook; undefined where its type says nothing to us. Throws Unreadable. */
export function factsOf({ source, body }: KeptWebhook): Partial<Facts> | undefined {
  const event = parsed(body)
  const read = EVENTS[requiredText(event, 'type')]
  if (read === undefined) return undefined
  const data = requiredObject(event, 'data')
  return read({
    source,
    externalId: requiredText(data, 'externalId'),
    version: requiredWhole(data, 'version'),
    at: requiredInstant(event, 'timestamp'),
    data,
  })
}

/** A refund that we had made has our reference: it is the one that the step made, whichever of us tells of it first. */
function refundOf({ source, externalId, version, data }: OutsideEvent): RefundFact {
  const reference = data['reference']
  const isOurs = typeof reference === 'string' && reference !== ''
  return {
    id: isOurs ? ownId('refund', reference) : canonicalId('refund', source, INSTANCE, 'refund', externalId),
    externalRefs: [refTo(source, 'refund', externalId, version)],
    paymentId: requiredText(data, 'paymentId'),
    creditNoteId: null,
    status: 'SUCCEEDED',
    currency: requiredCurrency(data),
    amount: requiredWhole(data, 'minorUnits'),
    reason: typeof data['reason'] === 'string' ? data['reason'] : null,
    refundedOn: requiredDate(data, 'refundedOn'),
  }
}

/** A payment of ours that its payer contests; while that lasts, nobody says when it was closed. */
function disputeOf(
  { source, externalId, version, data }: OutsideEvent,
  status: DisputeFact['status'],
): DisputeFact {
  return {
    id: canonicalId('dispute', source, INSTANCE, 'dispute', externalId),
    externalRefs: [refTo(source, 'dispute', externalId, version)],
    paymentId: requiredText(data, 'paymentId'),
    customerId: requiredText(data, 'customerId'),
    status,
    currency: requiredCurrency(data),
    amount: requiredWhole(data, 'minorUnits'),
    fundsWithdrawn: data['fundsWithdrawn'] !== false,
    reason: requiredText(data, 'reason'),
    openedOn: requiredDate(data, 'openedOn'),
    evidenceDueOn: null,
    closedOn: status === 'NEEDS_RESPONSE' ? null : requiredDate(data, 'closedOn'),
  }
}

function requiredOutcome(data: Json): 'WON' | 'LOST' {
  const outcome = requiredText(data, 'outcome')
  return outcome === 'WON' || outcome === 'LOST' ? outcome : unreadable('outcome')
}

const refTo = (
  system: string,
  objectType: string,
  externalId: string,
  sourceVersion: bigint,
): ExternalRef => ({
  system,
  instance: INSTANCE,
  objectType,
  externalId,
  url: null,
  sourceVersion,
})

function paymentOf(
  { source, externalId, version, at, data }: OutsideEvent,
  objectType: string,
  outcome: PaymentFact['outcome'],
): PaymentFact {
  const id = canonicalId('payment', source, INSTANCE, objectType, externalId)
  const amount = requiredWhole(data, 'minorUnits')
  return {
    id,
    externalRefs: [refTo(source, objectType, externalId, version)],
    customerId: requiredText(data, 'customerId'),
    legalEntityId: requiredText(data, 'legalEntityId'),
    outcome,
    currency: requiredCurrency(data),
    amount,
    fee: 0n,
    method: 'OTHER',
    receivedAt: at,
    receivedOn: requiredDate(data, 'receivedOn'),
    failureCode: null,
    failureMessage: null,
    allocations: [
      {
        id: canonicalId('allocation', source, INSTANCE, objectType, externalId),
        invoiceId: requiredText(data, 'invoiceId'),
        amount,
      },
    ],
  }
}

/** A connector is one account or instance already. */
const INSTANCE = 'default'

function parsed(body: string): Json {
  try {
    const event: unknown = JSON.parse(body)
    if (isObject(event)) return event
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Unreadable('It is no JSON object')
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function requiredObject(object: Json, field: string): Json {
  const value = object[field]
  return isObject(value) ? value : unreadable(field)
}

function requiredText(object: Json, field: string): string {
  const value = object[field]
  return typeof value === 'string' && value !== '' ? value : unreadable(field)
}

/** Whole numbers come as texts of digits. */
function requiredWhole(object: Json, field: string): bigint {
  const text = requiredText(object, field)
  return /^\d{1,30}$/.test(text) ? BigInt(text) : unreadable(field)
}

function requiredCurrency(object: Json): string {
  const currency = requiredText(object, 'currency')
  return isCurrency(currency) ? currency : unreadable('currency')
}

const requiredInstant = (object: Json, field: string): Temporal.Instant =>
  dated(field, () => Temporal.Instant.from(requiredText(object, field)))

const requiredDate = (object: Json, field: string): Temporal.PlainDate =>
  dated(field, () => Temporal.PlainDate.from(requiredText(object, field)))

function dated<Value>(field: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return unreadable(field)
    throw error
  }
}

function unreadable(field: string): never {
  throw new Unreadable(`${field} is not there, or cannot be read`)
}
