import type { Payment } from '#domain/billing.ts'
import type { Outcome } from '#domain/failure.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import type { IdKind } from '#platform/ids.ts'
import { ownId } from '#platform/own-facts.ts'
import { readRows } from '#platform/table.ts'
import { payment } from '../settle.ts'
import { lockDocuments, payments } from '../store.ts'
import { refused } from './refusals.ts'

/** A command about one payment. */
export interface PaymentCommand {
  readonly paymentId: string
}

/** What is done about a payment, and the kind of document that is made for it. */
interface PaymentRequest {
  readonly operation: string
  readonly input: PaymentCommand
  readonly makes?: IdKind
}

/**
 * Has something done about a payment that is held until the end; REFERENCE_MISSING for one that is not there. Its new
 * document and its invoices are held before it, as other commands do that end with its row: none waits in a circle.
 */
export function withPayment<Result>(
  db: Database,
  effect: Effect,
  { operation, input, makes }: PaymentRequest,
  work: (unit: UnitOfWork, payment: Payment) => Promise<Outcome<Result>>,
): Promise<Outcome<Result>> {
  const { paymentId } = input
  return applyOnce<Result>(db, effect, { operation, input }, async (unit) => {
    const [seen] = await readRows(unit, payments, [paymentId])
    const invoiceIds = seen?.allocations.map(({ invoiceId }) => invoiceId) ?? []
    const made = makes === undefined ? [] : [ownId(makes, effect.effectKey)]
    await lockDocuments(unit, [paymentId, ...invoiceIds, ...made])
    const known = (await unit.lock(payment, [paymentId])).get(paymentId)
    if (known === undefined) return refused('REFERENCE_MISSING', 'paymentId', 'There is no such payment')
    return work(unit, known)
  })
}
