import { isBefore } from './calendar.ts'
import { isHeld, keptOf } from './dispute-terms.ts'
import { violationIf } from './failure.ts'
import { moneyText } from './money.ts'
import type { Dispute, Payment } from './billing.ts'
import type { Violation } from './failure.ts'

/** How much of a payment is given back, and when. */
export interface RefundTerms {
  readonly currency: string
  /** Minor units, positive. */
  readonly amount: bigint
  readonly refundedOn: Temporal.PlainDate
}

/**
 * What keeps a payment from being given back: more than was captured less what was refunded and lost by disputes
 * (REFUND_EXCEEDS_PAYMENT), another currency, a day before it came, or that it did not arrive or that the bank holds it
 * for a dispute (STATUS_FORBIDS).
 */
export function checkRefund(
  payment: Payment,
  { amount, currency, refundedOn }: RefundTerms,
  disputes: readonly Dispute[],
): Violation[] {
  const { status, outcome, receivedOn } = payment
  const excess = amount - keptOf(payment, disputes)
  if (outcome !== 'SUCCEEDED' || isHeld(disputes))
    return violationIf(true, 'STATUS_FORBIDS', 'paymentId', `The payment is ${status}`)
  return [
    ...violationIf(amount <= 0n, 'AMOUNT_NOT_POSITIVE', 'amount', 'A refund is more than zero'),
    ...violationIf(
      excess > 0n,
      'REFUND_EXCEEDS_PAYMENT',
      'amount',
      `${moneyText(excess, payment.currency)} above what is left of the payment`,
    ),
    ...violationIf(
      currency !== payment.currency,
      'CURRENCY_MISMATCH',
      'currency',
      `The payment is in ${payment.currency}`,
    ),
    ...violationIf(
      isBefore(refundedOn, receivedOn),
      'DATE_ORDER',
      'refundedOn',
      'Before the payment arrived',
    ),
  ]
}
