import type { Payment } from '#domain/billing.ts'
import type { Outcome } from '#domain/failure.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { payment } from '../settle.ts'
import { lockDocuments } from '../store.ts'
import { refused } from './refusals.ts'

/** A command about one payment. */
export interface PaymentCommand {
  readonly paymentId: string
}

/**
 * Has something done about a payment that is held until the end, with its new documents and the invoices that it is
 * meant for; REFERENCE_MISSING for a payment that is not there.
 */
export function withPayment<Result>(
  db: Database,
  effect: Effect,
  { operation, input }: { readonly operation: string; readonly input: PaymentCommand },
  work: (unit: UnitOfWork, payment: Payment) => Promise<Outcome<Result>>,
): Promise<Outcome<Result>> {
  const { paymentId } = input
  return applyOnce<Result>(db, effect, { operation, input }, async (unit) => {
    await lockDocuments(unit, [paymentId])
    const known = (await unit.lock(payment, [paymentId])).get(paymentId)
    if (known === undefined) return refused('REFERENCE_MISSING', 'paymentId', 'There is no such payment')
    return work(unit, known)
  })
}
