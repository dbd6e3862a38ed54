import DataLoader from 'dataloader'
import { type AgeingAmount, ageing, type Receivables } from '#domain/ageing.ts'
import type {
  CreditNoteLine,
  InvoiceLine,
  PriceTier,
  Product,
  Subscription,
  SubscriptionItem,
  TaxLine,
} from '#domain/billing.ts'
import { sum } from '#domain/money.ts'
import { annualRecurringRevenue } from '#domain/recurring.ts'
import { type Clock, today } from '#platform/clock.ts'
import type { Queryable } from '#platform/database.ts'
import type { Check } from '#platform/invariant.ts'
import { lazily } from '#platform/lazily.ts'
import type { EventFeed } from '#platform/log/subscribe.ts'
import { type Connection, loadById, loadByParent, loadConnections } from '#platform/loaders.ts'
import { loadOwed } from './ageing.ts'
import { invoiceList, ofContract, ofCustomer, paymentList } from './lists.ts'
import { payments, paymentsByInvoice, readReceivables, readRecurring, readTimeZones } from './store.ts'
import {
  creditNotes,
  disputes,
  dunnings,
  type InvoiceHeader,
  invoiceHeaders,
  invoices,
  prices,
  type PaymentHeader,
  paymentHeaders,
  products,
  refunds,
  settlements,
  subscriptions,
  usage,
} from './tables.ts'

/** What billing's resolvers share during one request: each loader reads with one statement a batch. */
export type Context = ReturnType<typeof createContext>

export type InvoiceConnection = Connection<InvoiceHeader>
export type PaymentConnection = Connection<PaymentHeader>
export type SubscriptionConnection = Connection<Subscription>
export type ProductConnection = Connection<Product>

/** A part with the currency of the document it belongs to. */
export type InCurrency<Part> = Part & { readonly currency: string }
export type PriceTierOf = InCurrency<PriceTier>
export type SubscriptionItemOf = InCurrency<SubscriptionItem>
export type InvoiceLineOf = InCurrency<InvoiceLine>
export type CreditNoteLineOf = InCurrency<CreditNoteLine>
export type TaxLineOf = InCurrency<TaxLine>
export type AgeingAmountOf = InCurrency<AgeingAmount>

/** A customer as the gateway names it; `currency`, which CRM knows, comes with it where a field requires it. */
export interface CustomerReference {
  readonly id: string
  readonly currency?: string
}

/** What one request rests on. */
interface Source {
  readonly db: Queryable
  readonly clock: Clock
  /** Checks the invariants, for all requests together. */
  readonly check: () => Promise<Check>
  readonly feed: EventFeed
}

/** The loaders of one request. Its day is the calendar day in UTC on which it is first asked for. */
export const createContext = lazily<Source>()({
  db: ({ db }) => db,
  check: ({ check }) => check,
  /** Where subscriptions get their events: beyond the request that opened them. */
  feed: ({ feed }) => feed,
  clock: ({ clock }) => clock,
  today: ({ clock }) => today(clock),
  /** The calendar day that it is for a legal entity. */
  todayOf: ({ db, clock }) => {
    const timeZone = new DataLoader((ids: readonly string[]) => readTimeZones(db, ids))
    return async (legalEntityId: string): Promise<Temporal.PlainDate> =>
      today(clock, await timeZone.load(legalEntityId))
  },
  product: ({ db }) => loadById(db, products),
  price: ({ db }) => loadById(db, prices),
  subscription: ({ db }) => loadById(db, subscriptions),
  invoice: ({ db }) => loadById(db, invoiceHeaders),
  /** Invoices with their lines. */
  wholeInvoice: ({ db }) => loadById(db, invoices),
  creditNote: ({ db }) => loadById(db, creditNotes),
  payment: ({ db }) => loadById(db, paymentHeaders),
  /** Payments with their allocations. */
  wholePayment: ({ db }) => loadById(db, payments),
  refund: ({ db }) => loadById(db, refunds),
  dispute: ({ db }) => loadById(db, disputes),
  usage: ({ db }) => loadById(db, usage),
  dunning: ({ db }) => loadById(db, dunnings),
  pricesOfProduct: ({ db }) => loadByParent(db, prices, 'product_id', 't.currency, t.unit_amount'),
  creditNotesOfInvoice: ({ db }) => loadByParent(db, creditNotes, 'invoice_id', 't.issued_on'),
  paymentsOfInvoice: ({ db }) => loadByParent(db, paymentsByInvoice, 'invoice_id', 't.received_at'),
  settlementsOfInvoice: ({ db }) => loadByParent(db, settlements, 'invoice_id', 't.received_at'),
  dunningsOfInvoice: ({ db }) => loadByParent(db, dunnings, 'invoice_id', 't.recorded_at DESC'),
  refundsOfPayment: ({ db }) => loadByParent(db, refunds, 'payment_id', 't.refunded_on'),
  disputesOfPayment: ({ db }) => loadByParent(db, disputes, 'payment_id', 't.opened_on DESC'),
  subscriptionsOfCustomer: ({ db }) => loadByParent(db, subscriptions, 'customer_id', 't.start_date DESC'),
  creditNotesOfCustomer: ({ db }) => loadByParent(db, creditNotes, 'customer_id', 't.issued_on DESC'),
  disputesOfCustomer: ({ db }) => loadByParent(db, disputes, 'customer_id', 't.opened_on DESC'),
  subscriptionsOfContract: ({ db }) => loadByParent(db, subscriptions, 'contract_id', 't.start_date DESC'),
  invoicesOfCustomer: ({ db }) => loadConnections(db, ofCustomer(invoiceList)),
  paymentsOfCustomer: ({ db }) => loadConnections(db, ofCustomer(paymentList)),
  invoicesOfContract: ({ db }) => loadConnections(db, ofContract(invoiceList)),
  /** What customers owe, by currency. */
  receivables: ({ db, clock }) =>
    new DataLoader((ids: readonly string[]) => readReceivables(db, ids, clock.now())),
  /** What customers owed at another moment. */
  owed: loadOwed,
  /** Subscriptions of customers that count as recurring revenue. */
  recurring: ({ db }) => new DataLoader((ids: readonly string[]) => readRecurring(db, ids)),
})

/** What a customer owes in one currency, zeros where it owes nothing. */
export async function receivablesIn(
  { receivables, today: day }: Context,
  customerId: string,
  currency: string,
): Promise<Receivables> {
  const owed = (await receivables.load(customerId)).find((it) => it.currency === currency)
  const zeros = { total: 0n, overdue: 0n, unappliedCash: 0n, oldestDaysPastDue: 0 }
  return owed ?? { currency, ...zeros, ageing: ageing([], day) }
}

/** Recurring revenue of a year in one currency, minor units. */
export async function recurringIn(
  { recurring, today: day }: Context,
  customerId: string,
  currency: string,
): Promise<bigint> {
  const running = (await recurring.load(customerId)).filter((it) => it.currency === currency)
  return sum(running.map((it) => annualRecurringRevenue(it, day)))
}
