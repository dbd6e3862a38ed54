import type { PaymentFact } from '#domain/billing.ts'
import type { Outcome } from '#domain/failure.ts'
import { checkPayment } from '#domain/invoice.ts'
import { checkPaymentDraft, type PaymentDraft } from '#domain/payment-draft.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { ownFact, ownId } from '#platform/own-facts.ts'
import { invoice, recordDocuments } from '../settle.ts'
import { lockDocuments, readTimeZones } from '../store.ts'

/** A payment that was recorded. */
export interface RecordedPayment {
  readonly paymentId: string
}

/**
 * Records a payment and settles the invoices that it is meant for: at once where it SUCCEEDED, once it does where it is
 * PENDING. Refused with what `checkPayment` says of it, and where an invoice cannot take its part: of another currency
 * (CURRENCY_MISMATCH: nothing is converted), customer or legal entity, neither open nor given up (STATUS_FORBIDS), or
 * owed less (ALLOCATION_EXCEEDS_BALANCE). What is paid of one that was given up is not written off any more.
 */
export function recordPayment(
  db: Database,
  effect: Effect,
  draft: PaymentDraft,
): Promise<Outcome<RecordedPayment>> {
  return applyOnce<RecordedPayment>(
    db,
    effect,
    { operation: 'recordPayment', input: draft },
    async (unit) => {
      const payment = await received(unit, draft, effect)
      const invoiceIds = draft.allocations.map(({ invoiceId }) => invoiceId)
      await lockDocuments(unit, [payment.id, ...invoiceIds])
      const invoices = await unit.lock(invoice, invoiceIds)
      const violations = [...checkPayment(payment), ...checkPaymentDraft(draft, invoices)]
      if (violations.length > 0) return { violations }
      await recordDocuments(unit, { payments: [payment] })
      return { value: { paymentId: payment.id } }
    },
  )
}

async function received(unit: UnitOfWork, draft: PaymentDraft, { effectKey }: Effect): Promise<PaymentFact> {
  const [timeZone = 'UTC'] = await readTimeZones(unit, [draft.legalEntityId])
  return {
    ...draft,
    ...ownFact('payment', effectKey),
    receivedOn: draft.receivedAt.toZonedDateTimeISO(timeZone).toPlainDate(),
    allocations: draft.allocations.map((it, place) => ({ id: ownId('allocation', effectKey, place), ...it })),
  }
}
