/** Billing's commands where an outside system masters billing: their effect happens there first. */
import { checkRefund } from '#domain/refund-terms.ts'
import { type Connector, paymentIn } from '#platform/connector.ts'
import type { Database } from '#platform/database.ts'
import type { Effect } from '#platform/effect.ts'
import { readRows } from '#platform/table.ts'
import { refundPayment } from '#subgraphs/billing/commands/refund-payment.ts'
import { readLegalEntityCode } from '#subgraphs/billing/entity-store.ts'
import { payments } from '#subgraphs/billing/store.ts'
import { outsideFirst } from '#subgraphs/operations/effects/outside-first.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { Outside } from './outside.ts'

/** The commands that may go on outside. */
type OutsideCommands = Pick<Systems['billing'], 'refundPayment'>

/**
 * A payment that the master of billing knows is given back by it; another one, such as a transfer that went elsewhere,
 * is given back by whoever does so, and only noted here. `inBilling` makes what commands of our own store need.
 */
export function billingOutside(
  outside: Outside,
  billing: Database,
  inBilling: (effect: Parameters<OutsideCommands['refundPayment']>[0]) => Effect,
): OutsideCommands {
  const masterOf = async (legalEntityId: string): Promise<Connector | null> =>
    outside.hasConnectors
      ? outside.connectorFor('BILLING', await readLegalEntityCode(billing, legalEntityId))
      : null
  return {
    refundPayment: async (effect, refund) => {
      const [payment] = await readRows(billing, payments, [refund.paymentId])
      const connector = payment === undefined ? null : await masterOf(payment.legalEntityId)
      const known = connector && paymentIn(connector, payment?.externalRefs ?? [])
      if (payment === undefined || connector === null || !known)
        return refundPayment(billing, inBilling(effect), refund)
      if (!(await outside.mayHaveHappened(connector, effect.effectKey))) {
        const violations = checkRefund(payment, refund)
        if (violations.length > 0) return { violations }
      }
      const { amount, refundedOn, paymentId, currency, reason } = refund
      const { customerId, legalEntityId } = payment
      const payload = {
        payment: known.externalId,
        paymentType: known.objectType,
        currency,
        minorUnits: String(amount),
        reason,
        paymentId,
        customerId,
        legalEntityId,
        refundedOn: String(refundedOn),
      }
      const step = { connector, operation: 'refundPayment', objectType: 'refund', payload }
      return outsideFirst(outside.carryOut, step, effect, (madeAs, { status }) =>
        refundPayment(billing, inBilling(effect), { ...refund, madeAs, isPending: status === 'PENDING' }),
      )
    },
  }
}
