/** A payment that came elsewhere, for invoices that an outside system issued: it is to expect no more for them. */
import type { Invoice } from '#domain/billing.ts'
import type { ExternalRef } from '#domain/entity.ts'
import { payableOf } from '#domain/invoice.ts'
import { checkPaymentDraft, type PaymentDraft } from '#domain/payment-draft.ts'
import { type Connector, documentIn } from '#platform/connector.ts'
import { ownId } from '#platform/own-facts.ts'
import { readRows } from '#platform/table.ts'
import { recordPayment } from '#subgraphs/billing/commands/record-payment.ts'
import { payments } from '#subgraphs/billing/store.ts'
import { invoices } from '#subgraphs/billing/tables.ts'
import { madeOutside, type OutsideStep, outsideFirst } from '#subgraphs/operations/effects/outside-first.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import { OutcomeUnknown } from '#subgraphs/operations/workflows/carry-out.ts'
import type { BillingOutside } from './billing.ts'

type Recording = Systems['billing']['recordPayment']

/** Part of an invoice is told to nobody: the payment that settles it stands for all of them there. */
export async function recordOutside(
  { outside, billing, inBilling }: BillingOutside,
  connector: Connector,
  effect: Parameters<Recording>[0],
  draft: PaymentDraft,
): ReturnType<Recording> {
  const record = () => recordPayment(billing, inBilling(effect), draft)
  const paymentId = ownId('payment', effect.effectKey)
  const [recorded] = await readRows(billing, payments, [paymentId])
  if (recorded !== undefined || draft.outcome !== 'SUCCEEDED') return record()
  const named = await readRows(
    billing,
    invoices,
    draft.allocations.map(({ invoiceId }) => invoiceId),
  )
  const known = new Map(named.map((invoice) => [invoice.id, invoice]))
  const steps = settledBy(draft, known, connector).map((settled, place) => ({
    step: telling(connector, paymentId, settled),
    effect: { ...effect, effectKey: `${effect.effectKey}/${place + 1}` },
  }))
  const [first] = steps
  const last = steps.at(-1)
  if (first === undefined || last === undefined) return record()
  if (!(await outside.mayHaveHappened(connector, first.effect.effectKey))) {
    const violations = checkPaymentDraft(draft, known)
    if (violations.length > 0) return { violations }
  }
  for (const told of steps.slice(0, -1)) {
    const { violations } = await madeOutside(outside.carryOut, told.step, told.effect)
    if (violations !== undefined) return refusedAt(told === first, violations)
  }
  const outcome = await outsideFirst(outside.carryOut, last.step, last.effect, record)
  return outcome.violations === undefined ? outcome : refusedAt(last === first, outcome.violations)
}

interface Settled {
  readonly invoice: Invoice
  readonly ref: ExternalRef
  readonly amount: bigint
}

function settledBy(
  { allocations }: PaymentDraft,
  known: ReadonlyMap<string, Invoice>,
  connector: Connector,
): Settled[] {
  return allocations.flatMap(({ invoiceId, amount }) => {
    const invoice = known.get(invoiceId)
    const ref = invoice && documentIn(connector, 'invoices', invoice.externalRefs)
    return invoice && ref && amount >= payableOf(invoice) ? [{ invoice, ref, amount }] : []
  })
}

function telling(
  connector: Connector,
  paymentId: string,
  { invoice: { id, currency, customerId, legalEntityId }, ref, amount }: Settled,
): OutsideStep {
  const payload = {
    invoice: ref.externalId,
    paymentId,
    currency,
    minorUnits: String(amount),
    invoiceId: id,
    customerId,
    legalEntityId,
  }
  return { connector, operation: 'recordPayment', objectType: 'invoice_payment', payload }
}

/** Where another invoice of the payment is settled there already, a person has to look. */
function refusedAt<Refusals extends readonly { readonly message: string }[]>(
  isFirst: boolean,
  violations: Refusals,
): { readonly violations: Refusals } {
  if (isFirst) return { violations }
  const reasons = violations.map(({ message }) => message).join('; ')
  throw new OutcomeUnknown(
    `Some invoices of the payment are settled there, and the next one is not: ${reasons}`,
  )
}
