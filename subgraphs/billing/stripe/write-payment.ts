/** An invoice of Stripe's own that was paid elsewhere: Stripe expects and collects nothing more. */
import type { Stripe } from 'stripe'
import { currencyOf } from './amounts.ts'
import { requiredText } from './fields.ts'
import { ourPaymentOf, paidBy } from './mapping.ts'
import { amountOf, type Calls, type Operation } from './write-calls.ts'
import { NotMade, sendTrouble } from './write-errors.ts'

/**
 * `{ invoice, paymentId, currency, minorUnits }`: the payment settles the invoice. That it is ours is noted on the
 * invoice before, so that no import takes it for another one, and taken off again where Stripe refuses it.
 */
export const recordPayment: Operation = {
  send: async (calls) => {
    const invoice = await read(calls)
    if (isPaidByOurs(invoice, calls)) return invoice
    refuseOther(invoice, calls)
    await note(calls, requiredText(calls.payload, 'paymentId'))
    try {
      const { client, options } = calls
      return await client.invoices.pay(invoice.id, { paid_out_of_band: true }, options())
    } catch (error) {
      if (sendTrouble(error).kind === 'REFUSED') await note(calls, null)
      throw error
    }
  },
  find: async (calls) => {
    const invoice = await read(calls)
    return isPaidByOurs(invoice, calls) ? [invoice] : []
  },
}

const read = ({ client, payload, reading }: Calls): Promise<Stripe.Invoice> =>
  client.invoices.retrieve(requiredText(payload, 'invoice'), {}, reading())

const isPaidByOurs = (invoice: Stripe.Invoice, { payload }: Calls): boolean =>
  invoice.status === 'paid' && ourPaymentOf(invoice.id, invoice) === requiredText(payload, 'paymentId')

/**
 * One that was given up there can be paid as well. What came there before this payment is not in our books yet: an
 * import brings it.
 */
function refuseOther({ id, status, amount_remaining: left }: Stripe.Invoice, { payload }: Calls): void {
  if (status !== 'open' && status !== 'uncollectible')
    throw new NotMade('INVOICE_NOT_OPEN', `Stripe calls the invoice ${id} ${status}`)
  if (left < amountOf(payload, currencyOf(payload)))
    throw new NotMade('PAID_THERE', `Less is owed of the invoice ${id} in Stripe: import what was paid there`)
}

/** Under no idempotency key: the note that is sent last counts. */
async function note({ client, payload, reading }: Calls, paymentId: string | null): Promise<void> {
  const invoice = requiredText(payload, 'invoice')
  await client.invoices.update(invoice, { metadata: paidBy(invoice, paymentId) }, reading())
}
