/** An invoice in Stripe: a draft that is looked at before it gets a number. */
import { sum } from '#domain/money.ts'
import { splitLargestRemainder } from '#domain/split.ts'
import type { Stripe } from 'stripe'
import { currencyOf, stripeUnits } from './amounts.ts'
import { secondsOf } from './dates.ts'
import { integer, InvalidField, members, requiredText, type StripeObject, text, wholeText } from './fields.ts'
import { DETAILS } from './mapping.ts'
import { type Calls, detailsOf, KEY, mismatchOf, type Operation, ours, PAGE_SIZE } from './write-calls.ts'

/**
 * `{ customer, currency, minorUnits, taxMinorUnits, issuedOn, dueOn, daysUntilDue, lines: [{ invoiceLineId,
 * description, minorUnits, start?, end? }], taxes: [{ jurisdiction, rate, taxableMinorUnits, minorUnits }] }`: a
 * draft, its lines with the tax as we say it, and then the one step that counts, which gives it a number. A draft that
 * an earlier sending left is gone on with; one that comes to another total is taken away.
 */
export const issueInvoice: Operation = {
  send: async (calls) => {
    const lines = linesOf(calls)
    const { client, options, payload } = calls
    let draft = (await draftOf(calls)) ?? (await draftInvoice(calls))
    if (draft.lines.data.length === 0)
      draft = await client.invoices.addLines(draft.id, { lines }, options('lines'))
    const mismatch = mismatchOf(payload, draft)
    if (mismatch !== undefined) {
      await client.invoices.del(draft.id, {}, options('take-away'))
      throw mismatch
    }
    return client.invoices.finalizeInvoice(draft.id, { auto_advance: false }, options('finalize'))
  },
  find: async (calls) => (await invoicesOf(calls, {})).filter(({ status }) => !IS_NONE.has(status ?? '')),
}

/** A draft was not issued, and what was voided is none any more. */
const IS_NONE = new Set(['draft', 'void', 'deleted'])

const draftInvoice = ({ client, metadata, options, payload, timeZone }: Calls): Promise<Stripe.Invoice> =>
  client.invoices.create(
    {
      customer: requiredText(payload, 'customer'),
      currency: requiredText(payload, 'currency').toLowerCase(),
      collection_method: 'send_invoice',
      days_until_due: Number(integer(payload, 'daysUntilDue') ?? 0n),
      effective_at: secondsOf(Temporal.PlainDate.from(requiredText(payload, 'issuedOn')), timeZone),
      // What waits for the customer's next invoice is not ours to bill.
      pending_invoice_items_behavior: 'exclude',
      auto_advance: false,
      metadata: { ...metadata, [DETAILS]: detailsOf(payload, INVOICE_DETAILS) },
    },
    options('draft'),
  )

async function draftOf(calls: Calls): Promise<Stripe.Invoice | undefined> {
  const drafts = await invoicesOf(calls, { status: 'draft' })
  return drafts.find(({ metadata }) => metadata?.[KEY] === calls.metadata[KEY])
}

function invoicesOf(
  { client, metadata, payload, reading }: Calls,
  filter: { readonly status?: 'draft' },
): Promise<Stripe.Invoice[]> {
  const customer = requiredText(payload, 'customer')
  return ours(metadata, client.invoices.list({ customer, limit: PAGE_SIZE, ...filter }, reading()))
}

/** Stripe takes so many lines of an invoice. */
const MAX_LINES = 250

/** Discounts of the customer do not count: a line is what was agreed on. */
function linesOf({ payload, timeZone }: Calls): Stripe.InvoiceAddLinesParams.Line[] {
  const lines = members(payload, 'lines')
  if (lines.length === 0 || lines.length > MAX_LINES) throw new InvalidField('lines', lines.length)
  const currency = currencyOf(payload)
  const taxes = taxesOf(payload, lines, currency)
  return lines.map((line, place) => ({
    description: requiredText(line, 'description'),
    amount: stripeUnits(wholeOf(line, 'minorUnits'), currency),
    discountable: false,
    metadata: { [DETAILS]: detailsOf(line, LINE_DETAILS) },
    ...periodOf(line, timeZone),
    ...(taxes.length > 0 && { tax_amounts: taxes.flatMap((tax) => tax[place] ?? []) }),
  }))
}

/** What Stripe does not know of an invoice, so that it comes back as it was. */
const INVOICE_DETAILS = ['customerId', 'contractId', 'subscriptionId', 'dueOn']

/** The same of a line. */
const LINE_DETAILS = [
  'invoiceLineId',
  'productId',
  'subscriptionItemId',
  'contractLineId',
  'quantity',
  'discountMinorUnits',
]

type TaxAmount = Stripe.InvoiceAddLinesParams.Line.TaxAmount

/** Stripe wants the tax of a document by lines: each tax is shared out by their amounts, and adds up to what it is. */
function taxesOf(
  payload: StripeObject,
  lines: readonly StripeObject[],
  currency: string,
): (TaxAmount | undefined)[][] {
  const weights = weightsOf(lines)
  return members(payload, 'taxes').map((tax) => {
    const share = (field: string): bigint[] => splitLargestRemainder(wholeOf(tax, field), weights)
    const bases = share('taxableMinorUnits')
    const rate = {
      display_name: requiredText(tax, 'jurisdiction'),
      jurisdiction: requiredText(tax, 'jurisdiction'),
      inclusive: false,
      percentage: Number(requiredText(tax, 'rate')),
    }
    return share('minorUnits').map((amount, place) =>
      weights[place] === 0n
        ? undefined
        : {
            amount: stripeUnits(amount, currency),
            taxable_amount: stripeUnits(bases[place] ?? 0n, currency),
            tax_rate_data: rate,
          },
    )
  })
}

/** What reduces the invoice takes no part; where nothing else is there, the first line takes it all. */
function weightsOf(lines: readonly StripeObject[]): bigint[] {
  const weights = lines
    .map((line) => wholeOf(line, 'minorUnits'))
    .map((amount) => (amount > 0n ? amount : 0n))
  return sum(weights) > 0n ? weights : weights.map((_, place) => (place === 0 ? 1n : 0n))
}

function wholeOf(object: StripeObject, field: string): bigint {
  const value = wholeText(object, field)
  if (value === null) throw new InvalidField(field, value)
  return value
}

/** The half-open range of dates for which a line is. */
function periodOf(line: StripeObject, timeZone: string) {
  const [start, end] = [text(line, 'start'), text(line, 'end')]
  if (start === null || end === null) return {}
  const at = (date: string): number => secondsOf(Temporal.PlainDate.from(date), timeZone)
  return { period: { start: at(start), end: at(end) } }
}
