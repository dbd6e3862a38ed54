/** A write-off where an outside system issued the invoice: it is to expect nothing more either. */
import type { Invoice } from '#domain/billing.ts'
import { checkWriteOff, writeOffInvoice } from '#subgraphs/billing/commands/close-invoice.ts'
import { outsideFirst } from '#subgraphs/operations/effects/outside-first.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { BillingOutside, Known } from './billing.ts'

type WriteOff = Systems['billing']['writeOffInvoice']

/** Checked by our own rules first, unless it may have happened already. */
export async function writeOffOutside(
  { outside, billing, inBilling }: BillingOutside,
  { connector, ref }: Known,
  invoice: Invoice,
  effect: Parameters<WriteOff>[0],
  closing: Parameters<WriteOff>[1],
): ReturnType<WriteOff> {
  if (!(await outside.mayHaveHappened(connector, effect.effectKey))) {
    const violations = checkWriteOff(invoice, closing)
    if (violations.length > 0) return { violations }
  }
  const { id, customerId, legalEntityId } = invoice
  const payload = {
    invoice: ref.externalId,
    invoiceId: id,
    customerId,
    legalEntityId,
    closedOn: String(closing.closedOn),
  }
  const step = { connector, operation: 'writeOffInvoice', objectType: 'write_off', payload }
  return outsideFirst(outside, step, effect, () =>
    writeOffInvoice(billing, inBilling(effect), { ...closing, isMade: true }),
  )
}
