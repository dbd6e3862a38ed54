import type { Payment, RefundFact } from '#domain/billing.ts'
import { type ExternalRef, isKnownAs } from '#domain/entity.ts'
import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import { checkRefund, type RefundTerms } from '#domain/refund-terms.ts'
import type { Database, Queryable } from '#platform/database.ts'
import type { Effect } from '#platform/effect.ts'
import { ownFact, ownId } from '#platform/own-facts.ts'
import { readRows } from '#platform/table.ts'
import { recordDocuments } from '../settle.ts'
import { readRowsBy } from '../store.ts'
import { creditNotes, disputes, refunds } from '../tables.ts'
import { type PaymentCommand, withPayment } from './known-payment.ts'

interface RefundDraft extends PaymentCommand, RefundTerms {
  readonly reason: string | null
  /** The credit note whose amount is given back; null where there is none. */
  readonly creditNoteId: string | null
  /** What the outside system made that masters the payment: the money is on its way back. */
  readonly madeAs?: ExternalRef
  /** That system has not given the money back yet, and will tell once it has. */
  readonly isPending?: boolean
}

/** A refund that was made. */
interface MadeRefund {
  readonly refundId: string
}

/**
 * Gives money of a payment back: what is on account first, the rest lowers revenue. Refused above what is left of it
 * (REFUND_EXCEEDS_PAYMENT), in another currency, and of a payment that did not arrive or that the bank holds for a
 * dispute (STATUS_FORBIDS). What the outside system told of itself before is stated again.
 */
export function refundPayment(
  db: Database,
  effect: Effect,
  input: RefundDraft,
): Promise<Outcome<MadeRefund>> {
  return withPayment<MadeRefund>(
    db,
    effect,
    { operation: 'refundPayment', input, makes: 'refund' },
    async (unit, payment) => {
      const { madeAs, isPending = false, ...terms } = input
      const [told] = await readRows(unit, refunds, [ownId('refund', effect.effectKey)])
      const known = await readRowsBy(unit, disputes, 'paymentId', [payment.id])
      // Not one that failed there before.
      const isTold = told !== undefined && madeAs !== undefined && isKnownAs(told, madeAs)
      const violations = [
        ...(isTold ? [] : checkRefund(payment, terms, known)),
        ...(await checkCreditNote(unit, payment, terms)),
      ]
      if (violations.length > 0) return { violations }
      const refund: RefundFact = {
        ...terms,
        ...ownFact('refund', effect.effectKey, madeAs),
        status: isTold ? told.status : isPending ? 'PENDING' : 'SUCCEEDED',
      }
      const { touched } = await recordDocuments(unit, { refunds: [refund] })
      const excess = touched.violations.filter(({ documentId }) => documentId === refund.id)
      return excess.length > 0 ? { violations: excess } : { value: { refundId: refund.id } }
    },
  )
}

async function checkCreditNote(
  db: Queryable,
  { customerId, currency }: Payment,
  { creditNoteId, amount }: RefundDraft,
): Promise<Violation[]> {
  if (creditNoteId === null) return []
  const [note] = await readRows(db, creditNotes, [creditNoteId])
  if (note === undefined)
    return violationIf(true, 'REFERENCE_MISSING', 'creditNoteId', 'There is no such credit note')
  return [
    ...violationIf(
      note.customerId !== customerId,
      'CUSTOMER_MISMATCH',
      'creditNoteId',
      'The credit note is of another customer',
    ),
    ...violationIf(
      note.currency === currency && amount > note.amount,
      'AMOUNT_INVALID',
      'amount',
      'More than the credit note gives back',
    ),
  ]
}
