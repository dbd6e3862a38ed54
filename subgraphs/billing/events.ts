import type { Invoice, Payment } from '#domain/billing.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import { type EventFilter, eventFilter } from '#platform/log/filter.ts'
import { type DeliveredEvent, subscribeTo } from '#platform/log/subscribe.ts'
import type { Context } from './loaders.ts'
import { payments } from './store.ts'
import { invoices } from './tables.ts'

/** The arguments of a subscription to the events of one kind of aggregate. */
interface SubscriptionArguments {
  readonly after?: string | null | undefined
  readonly filter?: EventFilter | null | undefined
}

/** Begins a subscription to what happens to the aggregates of one kind. */
export function subscribeToAggregate(
  aggregate: 'invoice' | 'payment',
  { after, filter }: SubscriptionArguments,
  { feed }: Context,
): Promise<AsyncIterableIterator<DeliveredEvent, void>> {
  const isWanted = eventFilter(filter)
  return subscribeTo(feed, after, (event) => event.aggregate === aggregate && isWanted(event))
}

const stateOf = ({ data }: LoggedEvent) => data as Readonly<Record<string, unknown>>

/** The invoice as the event tells of it; whatever else asks for it during this event gets the same. */
export function invoiceOf({ event }: DeliveredEvent, { invoice, wholeInvoice }: Context): Invoice {
  const state = invoices.ofEvent(stateOf(event))
  invoice.prime(state.id, state)
  wholeInvoice.prime(state.id, state)
  return state
}

/** The payment as the event tells of it; whatever else asks for it during this event gets the same. */
export function paymentOf({ event }: DeliveredEvent, { payment, wholePayment }: Context): Payment {
  const state = payments.ofEvent(stateOf(event))
  payment.prime(state.id, state)
  wholePayment.prime(state.id, state)
  return state
}
