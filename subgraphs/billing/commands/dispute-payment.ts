import type { Dispute, DisputeFact } from '#domain/billing.ts'
import { checkClosing, checkDispute, type DisputeTerms } from '#domain/dispute-terms.ts'
import type { Outcome } from '#domain/failure.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { ownFact, restate } from '#platform/own-facts.ts'
import { readRows } from '#platform/table.ts'
import { dispute, recordDocuments } from '../settle.ts'
import { lockDocuments, readRowsBy } from '../store.ts'
import { disputes } from '../tables.ts'
import { type PaymentCommand, withPayment } from './known-payment.ts'
import { refused } from './refusals.ts'

interface OpeningDispute extends PaymentCommand, DisputeTerms {}

interface ClosingDispute {
  readonly disputeId: string
  readonly outcome: 'WON' | 'LOST'
  readonly closedOn: Temporal.PlainDate
}

/** A dispute as a command left it. */
interface DisputeState {
  readonly disputeId: string
  readonly status: Dispute['status']
}

/**
 * Opens a dispute of a payment: what the bank withdrew is set apart. Refused where the payment did not arrive or is
 * disputed now (STATUS_FORBIDS), and above what it captured less what was refunded or lost (AMOUNT_INVALID).
 */
export function openDispute(
  db: Database,
  effect: Effect,
  input: OpeningDispute,
): Promise<Outcome<DisputeState>> {
  return withPayment<DisputeState>(
    db,
    effect,
    { operation: 'openDispute', input, makes: 'dispute' },
    async (unit, payment) => {
      const others = await readRowsBy(unit, disputes, 'paymentId', [payment.id])
      const violations = checkDispute(payment, input, others)
      if (violations.length > 0) return { violations }
      const opened: DisputeFact = {
        ...input,
        ...ownFact('dispute', effect.effectKey),
        customerId: payment.customerId,
        status: 'NEEDS_RESPONSE',
        closedOn: null,
      }
      await recordDocuments(unit, { disputes: [opened] })
      return { value: { disputeId: opened.id, status: opened.status } }
    },
  )
}

/**
 * Closes a dispute: won, the money comes back; lost, it is a loss. Refused where it is closed already (STATUS_FORBIDS),
 * or on a day before it was opened (DATE_ORDER).
 */
export function closeDispute(
  db: Database,
  effect: Effect,
  input: ClosingDispute,
): Promise<Outcome<DisputeState>> {
  const { disputeId, outcome, closedOn } = input
  return applyOnce<DisputeState>(db, effect, { operation: 'closeDispute', input }, async (unit) => {
    const [known] = await readRows(unit, disputes, [disputeId])
    await lockDocuments(unit, [disputeId, ...(known === undefined ? [] : [known.paymentId])])
    const before = (await unit.lock(dispute, [disputeId])).get(disputeId)
    if (before === undefined) return refused('REFERENCE_MISSING', 'disputeId', 'There is no such dispute')
    const violations = checkClosing(before, closedOn)
    if (violations.length > 0) return { violations }
    await recordDocuments(unit, { disputes: [restate('dispute', before, { status: outcome, closedOn })] })
    return { value: { disputeId, status: outcome } }
  })
}
