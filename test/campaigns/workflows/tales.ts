/** What happens elsewhere and our systems are only told of, beside the stories that begin with us. */
import { type Facts, mergeFacts } from '#domain/facts.ts'
import { customerFact } from '#test/support/facts.ts'
import {
  amountOf,
  CUSTOMER,
  INVOICED,
  invoiceIdOf,
  invoiceOf,
  keyOf,
  LEGAL_ENTITY,
  type Order,
  paymentIdOf,
  wholePaymentOf,
} from './orders.ts'
import type { OutsideBilling } from './outside-billing.ts'
import { STORIES } from './stories.ts'
import type { Tale } from './story.ts'

/** An order that begins in the outside billing. */
export interface Tiding extends Tale {
  readonly happens: (billing: OutsideBilling, order: Order) => Promise<void>
}

/** Name → what happens there. */
export const TIDINGS: Readonly<Record<string, Tiding>> = {
  // Told as under way and as settled, in the wrong order and twice.
  paidOutside: {
    facts: (order) => ({ invoices: [invoiceOf(order)] }),
    happens: (billing, order) =>
      billing.order(keyOf(order), 'recordPayment', {
        invoiceId: invoiceIdOf(order),
        customerId: order.customerId,
        legalEntityId: LEGAL_ENTITY,
        currency: 'USD',
        minorUnits: String(amountOf(order)),
        receivedOn: '2026-02-01',
      }),
    outside: (order) => [`recordPayment ${invoiceIdOf(order)} ${amountOf(order)}`],
    effects: (order) => [`told payment SUCCEEDED ${invoiceIdOf(order)} ${amountOf(order)}`],
    leaves: (order) => ({ receivables: INVOICED - amountOf(order), cash: amountOf(order) }),
  },
  // The bank takes the money back, and whoever collects or sells has to hear of it.
  disputedOutside: {
    facts: (order) => ({ invoices: [invoiceOf(order)], payments: [wholePaymentOf(order)] }),
    happens: (billing, order) =>
      billing.order(keyOf(order), 'openDispute', {
        paymentId: paymentIdOf(order),
        customerId: order.customerId,
        currency: 'USD',
        minorUnits: String(amountOf(order)),
        reason: 'fraudulent',
        openedOn: '2026-03-01',
      }),
    outside: (order) => [`openDispute ${paymentIdOf(order)} ${amountOf(order)}`],
    effects: (order) => [`dispute NEEDS_RESPONSE ${paymentIdOf(order)} ${amountOf(order)}`],
    leaves: (order) => ({ receivables: INVOICED - amountOf(order), cash: 0n }),
    followed: (order) => [`dispute ${paymentIdOf(order)} COMPLETED`],
  },
}

/** What comes of an order. */
export function taleOf({ story }: Pick<Order, 'story'>): Tale {
  const known = STORIES[story] ?? TIDINGS[story]
  if (known === undefined) throw new RangeError(`there is no story ${story}`)
  return known
}

/** What has to be there before orders, all together. */
export function factsOf(orders: readonly Order[]): Partial<Facts> {
  const customerIds = [...new Set(orders.map(({ customerId }) => customerId))]
  const customers = customerIds.map((id) => customerFact({ ...CUSTOMER, id }))
  return mergeFacts([{ customers }, ...orders.map((order) => taleOf(order).facts(order))])
}
