/** A credit note in Stripe: tried out first, so that nothing is made whose tax is not ours. */
import type { Stripe } from 'stripe'
import { currencyOf } from './amounts.ts'
import { members, requiredText, text } from './fields.ts'
import { detailsIn, stripeId } from './mapping.ts'
import {
  amountOf,
  type Calls,
  mismatchOf,
  type Operation,
  ours,
  PAGE_SIZE,
  withReason,
} from './write-calls.ts'
import { SearchTooLong } from './write-errors.ts'

/**
 * `{ invoice, currency, minorUnits, taxMinorUnits, lines: [{ invoiceLineId, minorUnits }], reason? }`: by lines where
 * Stripe has them all, otherwise by the amount. What the customer has paid of it goes to her credit balance.
 */
export const issueCreditNote: Operation = {
  send: async (calls) => {
    const { client, metadata, options, payload, reading } = calls
    const reason = text(payload, 'reason')
    const note = { invoice: requiredText(payload, 'invoice'), ...(await contentOf(calls)) }
    const credit = { ...note, ...(await creditOf(calls)), ...(reason === null ? {} : { memo: reason }) }
    // Stripe reckons its tax itself.
    const mismatch = mismatchOf(payload, await client.creditNotes.preview(credit, reading()))
    if (mismatch !== undefined) throw mismatch
    return client.creditNotes.create({ ...credit, metadata: withReason(metadata, payload) }, options())
  },
  find: async ({ client, metadata, payload, reading }) => {
    const invoice = requiredText(payload, 'invoice')
    const notes = await ours(metadata, client.creditNotes.list({ invoice, limit: PAGE_SIZE }, reading()))
    return notes.filter(({ status }) => status !== 'void')
  },
}

type Content = Pick<Stripe.CreditNoteCreateParams, 'amount' | 'lines'>

async function contentOf(calls: Calls): Promise<Content> {
  const { payload } = calls
  const currency = currencyOf(payload)
  const known = await linesOf(calls)
  const lines = members(payload, 'lines').map((line) => ({
    type: 'invoice_line_item' as const,
    invoice_line_item: known.get(requiredText(line, 'invoiceLineId')) ?? '',
    amount: amountOf(line, currency),
  }))
  const isKnown = lines.length > 0 && lines.every(({ invoice_line_item: id }) => id !== '')
  return isKnown ? { lines } : { amount: amountOf(payload, currency) }
}

/** Stripe takes so many lines of an invoice. */
const MAX_LINES = 250

/** What Stripe calls the lines of an invoice, by our ids of them. */
async function linesOf({ client, instance, payload, reading }: Calls): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const invoice = requiredText(payload, 'invoice')
  for await (const line of client.invoices.listLineItems(invoice, { limit: PAGE_SIZE }, reading())) {
    if (found.size === MAX_LINES) throw new SearchTooLong(`more than ${MAX_LINES} lines of ${invoice}`)
    const { id, metadata } = line
    const isOurs = text(detailsIn({ metadata }), 'invoiceLineId')
    found.set(isOurs ?? stripeId({ instance }, 'invoiceLine', 'line_item', id), id)
  }
  return found
}

/** The part that is above what is still owed. */
async function creditOf({ client, payload, reading }: Calls): Promise<{ credit_amount?: number }> {
  const invoice = await client.invoices.retrieve(requiredText(payload, 'invoice'), {}, reading())
  const paid = amountOf(payload, currencyOf(payload)) - invoice.amount_remaining
  return paid > 0 ? { credit_amount: paid } : {}
}
