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
import { madeOutside, type OutsideStep } from '#subgraphs/operations/effects/outside-first.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import { OutcomeUnknown } from '#subgraphs/operations/workflows/carry-out.ts'
import type { BillingOutside } from './billing.ts'

type Recording = Systems['billing']['recordPayment']

/**
 * Part of an invoice is told to nobody: the payment that settles it stands for all of them there. Each invoice is told
 * of under a key of its own, since which of them a payment settles may be another until the next try.
 */
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
  const keyOf = (invoiceId: string): string => `${effect.effectKey}/${invoiceId}`
  const keys = draft.allocations.map(({ invoiceId }) => keyOf(invoiceId))
  const refuse = async <Refusals extends readonly Refusal[]>(violations: Refusals) => {
    const told = await Promise.all(keys.map((key) => outside.mayHaveHappened(connector, key)))
    return told.includes(true) ? partlyTold(violations) : { violations }
  }
  const violations = checkPaymentDraft(draft, known)
  if (violations.length > 0) return refuse(violations)
  for (const settled of settledBy(draft, known, connector)) {
    const told = { ...effect, effectKey: keyOf(settled.invoice.id) }
    const made = await madeOutside(outside.carryOut, telling(connector, paymentId, settled), told)
    if (made.violations !== undefined) return refuse(made.violations)
  }
  const outcome = await record()
  return outcome.violations === undefined ? outcome : refuse(outcome.violations)
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

type Refusal = { readonly message: string }

/** Where an invoice of the payment may be settled there already, a person has to look. */
function partlyTold(violations: readonly Refusal[]): never {
  const reasons = violations.map(({ message }) => message).join('; ')
  throw new OutcomeUnknown(`Invoices of the payment may be settled there, and it is refused now: ${reasons}`)
}
