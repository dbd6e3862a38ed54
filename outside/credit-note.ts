/** A credit note by the outside system that issued the invoice. */
import type { Invoice } from '#domain/billing.ts'
import { creditInvoice, type Credited } from '#domain/credit-note-draft.ts'
import { sum } from '#domain/money.ts'
import { ownId } from '#platform/own-facts.ts'
import { issueCreditNote } from '#subgraphs/billing/commands/issue-credit-note.ts'
import { readRowsBy } from '#subgraphs/billing/store.ts'
import { creditNotes } from '#subgraphs/billing/tables.ts'
import { outsideFirst } from '#subgraphs/operations/effects/outside-first.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { BillingOutside, Known } from './billing.ts'
import { refuseOtherAmounts, refuseUnsent } from './made-document.ts'

type Credit = Systems['billing']['issueCreditNote']
type Draft = Parameters<Credit>[1]

/** The number is the outside system's; net and tax must be ours. */
export async function creditOutside(
  { outside, billing, inBilling }: BillingOutside,
  { connector, ref }: Known,
  invoice: Invoice,
  effect: Parameters<Credit>[0],
  draft: Draft,
): ReturnType<Credit> {
  const own = ownId('creditNote', effect.effectKey)
  const notes = await readRowsBy(billing, creditNotes, 'invoiceId', [invoice.id])
  // The system may have told of this one before we noted it.
  const earlier = notes.filter(({ id }) => id !== own)
  const { value: credited, violations } = creditInvoice(invoice, earlier, draft)
  if (violations !== undefined) return refuseUnsent(outside, connector, effect.effectKey, violations)
  const payload = payloadOf(ref.externalId, invoice, draft, credited)
  const step = { connector, operation: 'issueCreditNote', objectType: 'credit_note', payload }
  return outsideFirst(outside, step, effect, (madeAs, details) => {
    const madeNumber = details['number'] ?? madeAs.externalId
    refuseOtherAmounts(connector.name, madeNumber, payload, details)
    return issueCreditNote(billing, inBilling(effect), { ...draft, madeAs, madeNumber })
  })
}

function payloadOf(
  externalId: string,
  { id, customerId, legalEntityId, currency }: Invoice,
  { issuedOn, reason }: Draft,
  { lines, taxLines }: Credited,
) {
  const net = sum(lines.map(({ amount }) => amount))
  const tax = sum(taxLines.map(({ amount }) => amount))
  return {
    invoice: externalId,
    currency,
    minorUnits: String(net + tax),
    taxMinorUnits: String(tax),
    reason,
    lines: [...Map.groupBy(lines, ({ invoiceLineId }) => invoiceLineId)].flatMap(([invoiceLineId, own]) => {
      const minorUnits = sum(own.map(({ amount }) => amount))
      const description = own[0]?.description ?? ''
      return minorUnits === 0n ? [] : [{ invoiceLineId, description, minorUnits: String(minorUnits) }]
    }),
    invoiceId: id,
    customerId,
    legalEntityId,
    issuedOn: String(issuedOn),
  }
}
