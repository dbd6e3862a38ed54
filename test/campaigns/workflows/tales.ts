/** What happens elsewhere and our systems are only told of, beside the stories that begin with us. */
import type { Facts } from '#domain/facts.ts'
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
  const facts = orders.map((order) => taleOf(order).facts(order))
  return {
    customers: [
      ...customerIds.map((id) => customerFact({ ...CUSTOMER, id })),
      ...facts.flatMap(({ customers = [] }) => customers),
    ],
    opportunities: facts.flatMap(({ opportunities = [] }) => opportunities),
    quotes: facts.flatMap(({ quotes = [] }) => quotes),
    contracts: facts.flatMap(({ contracts = [] }) => contracts),
    subscriptions: facts.flatMap(({ subscriptions = [] }) => subscriptions),
    invoices: facts.flatMap(({ invoices = [] }) => invoices),
    payments: facts.flatMap(({ payments = [] }) => payments),
    disputes: facts.flatMap(({ disputes = [] }) => disputes),
  }
}
