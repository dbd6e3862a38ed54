/** What Stripe can be asked for, each with the way to find it again by our reference. */
import type { Stripe } from 'stripe'
import { currencyOf } from './amounts.ts'
import { secondsOf } from './dates.ts'
import { integer, InvalidField, members, requiredText, type StripeObject, text } from './fields.ts'
import { REFERENCE } from './mapping.ts'
import {
  amountOf,
  type Calls,
  KEY,
  type Made,
  type Operation,
  ours,
  PAGE_SIZE,
  withReason,
} from './write-calls.ts'
import { issueCreditNote } from './write-credit-note.ts'
import { NotMade } from './write-errors.ts'

/** `{ name, email? }` */
const createCustomer: Operation = {
  send: ({ client, metadata, options, payload }) =>
    client.customers.create(
      { name: requiredText(payload, 'name'), ...emailOf(payload), metadata },
      options(),
    ),
  find: async ({ client, metadata, reading }) => {
    const query = `metadata['${REFERENCE}']:'${quoted(metadata[REFERENCE] ?? '')}'`
    const { data } = await client.customers.search({ query, limit: PAGE_SIZE }, reading())
    return data
  },
}

/** `{ customer, items: [{ price, quantity }], daysUntilDue? }`: without days until due, what is on file is charged. */
const createSubscription: Operation = {
  send: ({ client, metadata, options, payload }) =>
    client.subscriptions.create(
      {
        customer: requiredText(payload, 'customer'),
        items: members(payload, 'items').map((item) => ({
          price: requiredText(item, 'price'),
          quantity: Number(integer(item, 'quantity') ?? 1n),
        })),
        ...collectionOf(payload),
        metadata,
      },
      options(),
    ),
  find: ({ client, metadata, payload, reading }) => {
    const customer = requiredText(payload, 'customer')
    return ours(metadata, client.subscriptions.list({ customer, status: 'all', limit: PAGE_SIZE }, reading()))
  },
}

/**
 * `{ customer, currency, daysUntilDue, lines: [{ description, minorUnits, start?, end? }] }`: a draft, its lines, and
 * then the one step that counts, which gives it a number. A draft that an earlier sending left is gone on with.
 */
const issueInvoice: Operation = {
  send: async (calls) => {
    const lines = linesOf(calls)
    const draft = (await draftOf(calls)) ?? (await draftInvoice(calls))
    const { client, options } = calls
    if (draft.lines.data.length === 0) await client.invoices.addLines(draft.id, { lines }, options('lines'))
    return client.invoices.finalizeInvoice(draft.id, { auto_advance: false }, options('finalize'))
  },
  find: async (calls) => (await invoicesOf(calls, {})).filter(({ status }) => status !== 'draft'),
}

const draftInvoice = ({ client, metadata, options, payload }: Calls): Promise<Stripe.Invoice> =>
  client.invoices.create(
    {
      customer: requiredText(payload, 'customer'),
      currency: requiredText(payload, 'currency').toLowerCase(),
      collection_method: 'send_invoice',
      days_until_due: Number(integer(payload, 'daysUntilDue') ?? 0n),
      // What waits for the customer's next invoice is not ours to bill.
      pending_invoice_items_behavior: 'exclude',
      auto_advance: false,
      metadata,
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

function linesOf({ payload, timeZone }: Calls): Stripe.InvoiceAddLinesParams.Line[] {
  const lines = members(payload, 'lines')
  if (lines.length === 0 || lines.length > MAX_LINES) throw new InvalidField('lines', lines.length)
  return lines.map((line) => ({
    description: requiredText(line, 'description'),
    amount: amountOf(line, currencyOf(payload)),
    ...periodOf(line, timeZone),
  }))
}

/** `{ payment, paymentType?, currency, minorUnits, reason? }`: the payment by its intent, or by its charge. */
const refundPayment: Operation = {
  send: async ({ client, metadata, options, payload }) => {
    const refund = await client.refunds.create(
      {
        ...paymentOf(payload),
        amount: amountOf(payload, currencyOf(payload)),
        metadata: withReason(metadata, payload),
      },
      options(),
    )
    if (hasFailed(refund)) throw new NotMade(refund.failure_reason ?? 'refund_failed')
    return refund
  },
  find: async ({ client, metadata, payload, reading }) => {
    const list = client.refunds.list({ ...paymentOf(payload), limit: PAGE_SIZE }, reading())
    return (await ours(metadata, list)).filter((refund) => !hasFailed(refund))
  },
}

/** It gave nothing back. */
const hasFailed = ({ status }: Made): boolean => status === 'failed' || status === 'canceled'

function paymentOf(payload: StripeObject) {
  const id = requiredText(payload, 'payment')
  return text(payload, 'paymentType') === 'charge' ? { charge: id } : { payment_intent: id }
}

/** `{ invoice }`: marked uncollectible, by whomever: that it is so is all that can be found of it. */
const writeOffInvoice: Operation = {
  send: async ({ client, options, payload, reading }) => {
    const invoice = await client.invoices.retrieve(requiredText(payload, 'invoice'), {}, reading())
    return isGivenUp(invoice) ? invoice : client.invoices.markUncollectible(invoice.id, {}, options())
  },
  find: async ({ client, payload, reading }) => {
    const invoice = await client.invoices.retrieve(requiredText(payload, 'invoice'), {}, reading())
    return isGivenUp(invoice) ? [invoice] : []
  },
}

const isGivenUp = ({ status }: Made): boolean => status === 'uncollectible'

/** The operations by name. */
export const operations: Readonly<Record<string, Operation | undefined>> = {
  createCustomer,
  createSubscription,
  issueInvoice,
  issueCreditNote,
  refundPayment,
  writeOffInvoice,
}

const quoted = (value: string): string => value.replaceAll(/['\\]/g, String.raw`\$&`)

function emailOf(payload: StripeObject) {
  const email = text(payload, 'email')
  return email === null ? {} : { email }
}

function collectionOf(payload: StripeObject) {
  const days = integer(payload, 'daysUntilDue')
  return days === null
    ? ({ collection_method: 'charge_automatically' } as const)
    : ({ collection_method: 'send_invoice', days_until_due: Number(days) } as const)
}

/** The half-open range of dates for which a line is. */
function periodOf(line: StripeObject, timeZone: string) {
  const [start, end] = [text(line, 'start'), text(line, 'end')]
  if (start === null || end === null) return {}
  const at = (date: string): number => secondsOf(Temporal.PlainDate.from(date), timeZone)
  return { period: { start: at(start), end: at(end) } }
}
