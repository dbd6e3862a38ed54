import type { Payment } from '#domain/billing.ts'
import type { Outcome } from '#domain/failure.ts'
import { checkSettlement, type SettlementTerms } from '#domain/payment-draft.ts'
import type { Database } from '#platform/database.ts'
import type { Effect } from '#platform/effect.ts'
import { restate } from '#platform/own-facts.ts'
import { recordDocuments } from '../settle.ts'
import { readTimeZones } from '../store.ts'
import { type PaymentCommand, withPayment } from './known-payment.ts'

/** What became of a payment that settles later. */
interface PaymentOutcome extends PaymentCommand, SettlementTerms {}

/** A payment as a command left it. */
interface SettledPayment {
  readonly paymentId: string
  readonly status: Payment['status']
}

/**
 * Settles a pending payment: its invoices are paid, or stay owed where it failed. An invoice that was paid otherwise
 * leaves its part on account. Refused with STATUS_FORBIDS where the payment is settled already, and for a fee that it
 * cannot have.
 */
export function settlePayment(
  db: Database,
  effect: Effect,
  input: PaymentOutcome,
): Promise<Outcome<SettledPayment>> {
  const { paymentId, outcome, settledAt, fee, failureCode, failureMessage } = input
  return withPayment<SettledPayment>(
    db,
    effect,
    { operation: 'settlePayment', input },
    async (unit, before) => {
      const violations = checkSettlement(before, input)
      if (violations.length > 0) return { violations }
      const [timeZone = 'UTC'] = await readTimeZones(unit, [before.legalEntityId])
      const received = {
        receivedAt: settledAt,
        receivedOn: settledAt.toZonedDateTimeISO(timeZone).toPlainDate(),
      }
      const settled = restate('payment', before, { outcome, fee, failureCode, failureMessage, ...received })
      await recordDocuments(unit, { payments: [settled] })
      return { value: { paymentId, status: outcome } }
    },
  )
}
