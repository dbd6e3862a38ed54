/** What Stripe can be asked for, each with the way to find it again by our reference. */
import { currencyOf } from './amounts.ts'
import { integer, members, requiredText, type StripeObject, text } from './fields.ts'
import { OUR_ID, REFERENCE } from './mapping.ts'
import { amountOf, type Made, type Operation, ours, PAGE_SIZE, withReason } from './write-calls.ts'
import { issueCreditNote } from './write-credit-note.ts'
import { NotMade } from './write-errors.ts'
import { issueInvoice } from './write-invoice.ts'
import { recordPayment } from './write-payment.ts'
import { cancelSubscription, changeSubscription } from './write-subscription.ts'

/** `{ customerId, name, email? }` */
const createCustomer: Operation = {
  send: ({ client, metadata, options, payload }) =>
    client.customers.create(
      {
        name: requiredText(payload, 'name'),
        ...emailOf(payload),
        metadata: { ...metadata, [OUR_ID]: requiredText(payload, 'customerId') },
      },
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
  cancelSubscription,
  changeSubscription,
  recordPayment,
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
