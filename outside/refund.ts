/** A refund by the outside system that took the payment. */
import type { Payment } from '#domain/billing.ts'
import { checkRefund } from '#domain/refund-terms.ts'
import { refundPayment } from '#subgraphs/billing/commands/refund-payment.ts'
import { readRowsBy } from '#subgraphs/billing/store.ts'
import { disputes } from '#subgraphs/billing/tables.ts'
import { outsideFirst } from '#subgraphs/operations/effects/outside-first.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { BillingOutside, Known } from './billing.ts'

type Refund = Systems['billing']['refundPayment']

/** Checked by our own rules first, unless it may have happened already. */
export async function refundOutside(
  { outside, billing, inBilling }: BillingOutside,
  { connector, ref }: Known,
  payment: Payment,
  effect: Parameters<Refund>[0],
  refund: Parameters<Refund>[1],
): ReturnType<Refund> {
  if (!(await outside.mayHaveHappened(connector, effect.effectKey))) {
    const known = await readRowsBy(billing, disputes, 'paymentId', [payment.id])
    const violations = checkRefund(payment, refund, known)
    if (violations.length > 0) return { violations }
  }
  const { amount, refundedOn, paymentId, currency, reason } = refund
  const { customerId, legalEntityId } = payment
  const payload = {
    payment: ref.externalId,
    paymentType: ref.objectType,
    currency,
    minorUnits: String(amount),
    reason,
    paymentId,
    customerId,
    legalEntityId,
    refundedOn: String(refundedOn),
  }
  const step = { connector, operation: 'refundPayment', objectType: 'refund', payload }
  return outsideFirst(outside, step, effect, (madeAs, { status }) =>
    refundPayment(billing, inBilling(effect), { ...refund, madeAs, isPending: status === 'PENDING' }),
  )
}
