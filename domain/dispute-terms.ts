import { isBefore } from './calendar.ts'
import { violationIf } from './failure.ts'
import { sum } from './money.ts'
import type { Dispute, DisputeFact, DisputeStatus, Payment } from './billing.ts'
import type { Violation } from './failure.ts'

/** What the bank tells when a payer contests a payment. Amounts in minor units. */
export type DisputeTerms = Pick<
  DisputeFact,
  'currency' | 'amount' | 'fundsWithdrawn' | 'reason' | 'openedOn' | 'evidenceDueOn'
>

const CLOSED: ReadonlySet<DisputeStatus> = new Set(['WON', 'LOST'])

/** Whether the bank holds money of a payment until it has decided. */
export const isHeld = (disputes: readonly Dispute[]): boolean =>
  disputes.some(({ status, fundsWithdrawn }) => fundsWithdrawn && !CLOSED.has(status))

/** What is left of a payment: minor units captured, less what was given back, and what the bank took for good. */
export function keptOf({ amount, refunded }: Payment, disputes: readonly Dispute[]): bigint {
  const lost = disputes.filter(({ status, fundsWithdrawn }) => fundsWithdrawn && status === 'LOST')
  return amount - refunded - sum(lost.map((dispute) => dispute.amount))
}

/**
 * What keeps a payment from being disputed: it did not arrive or is disputed already (STATUS_FORBIDS), less was
 * captured and kept (AMOUNT_INVALID), another currency, or a day before it came.
 */
export function checkDispute(
  payment: Payment,
  { amount, currency, openedOn }: DisputeTerms,
  others: readonly Dispute[],
): Violation[] {
  const isOpen = others.some(({ status }) => !CLOSED.has(status))
  if (payment.outcome !== 'SUCCEEDED' || isOpen)
    return violationIf(true, 'STATUS_FORBIDS', 'paymentId', `The payment is ${payment.status}`)
  return [
    ...violationIf(amount <= 0n, 'AMOUNT_NOT_POSITIVE', 'amount', 'A dispute is about more than zero'),
    ...violationIf(
      amount > keptOf(payment, others),
      'AMOUNT_INVALID',
      'amount',
      'More than what is left of the payment',
    ),
    ...violationIf(
      currency !== payment.currency,
      'CURRENCY_MISMATCH',
      'currency',
      `The payment is in ${payment.currency}`,
    ),
    ...violationIf(
      isBefore(openedOn, payment.receivedOn),
      'DATE_ORDER',
      'openedOn',
      'Before the payment arrived',
    ),
  ]
}

/** What keeps a dispute from being closed: it is closed (STATUS_FORBIDS), or was opened later (DATE_ORDER). */
export function checkClosing({ status, openedOn }: Dispute, closedOn: Temporal.PlainDate): Violation[] {
  return [
    ...violationIf(CLOSED.has(status), 'STATUS_FORBIDS', 'disputeId', `The dispute is ${status}`),
    ...violationIf(isBefore(closedOn, openedOn), 'DATE_ORDER', 'closedOn', 'Before the dispute was opened'),
  ]
}
