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
import { type Connection, loadById, loadByParent, loadConnections } from '#platform/loaders.ts'
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

/** The loaders of one request. Its day is the calendar day in UTC on which it began. */
export function createContext(db: Queryable, clock: Clock) {
  const day = today(clock)
  const timeZone = new DataLoader((ids: readonly string[]) => readTimeZones(db, ids))
  const receivables = new DataLoader((ids: readonly string[]) => readReceivables(db, ids, clock.now()))
  const recurring = new DataLoader((ids: readonly string[]) => readRecurring(db, ids))
  return {
    db,
    today: day,
    /** The calendar day that it is for a legal entity. */
    todayOf: async (legalEntityId: string): Promise<Temporal.PlainDate> =>
      today(clock, await timeZone.load(legalEntityId)),
    product: loadById(db, products),
    price: loadById(db, prices),
    subscription: loadById(db, subscriptions),
    invoice: loadById(db, invoiceHeaders),
    /** Invoices with their lines. */
    wholeInvoice: loadById(db, invoices),
    creditNote: loadById(db, creditNotes),
    payment: loadById(db, paymentHeaders),
    /** Payments with their allocations. */
    wholePayment: loadById(db, payments),
    refund: loadById(db, refunds),
    dispute: loadById(db, disputes),
    usage: loadById(db, usage),
    dunning: loadById(db, dunnings),
    pricesOfProduct: loadByParent(db, prices, 'product_id', 't.currency, t.unit_amount'),
    creditNotesOfInvoice: loadByParent(db, creditNotes, 'invoice_id', 't.issued_on'),
    paymentsOfInvoice: loadByParent(db, paymentsByInvoice, 'invoice_id', 't.received_at'),
    settlementsOfInvoice: loadByParent(db, settlements, 'invoice_id', 't.received_at'),
    dunningsOfInvoice: loadByParent(db, dunnings, 'invoice_id', 't.recorded_at DESC'),
    refundsOfPayment: loadByParent(db, refunds, 'payment_id', 't.refunded_on'),
    disputesOfPayment: loadByParent(db, disputes, 'payment_id', 't.opened_on DESC'),
    subscriptionsOfCustomer: loadByParent(db, subscriptions, 'customer_id', 't.start_date DESC'),
    creditNotesOfCustomer: loadByParent(db, creditNotes, 'customer_id', 't.issued_on DESC'),
    disputesOfCustomer: loadByParent(db, disputes, 'customer_id', 't.opened_on DESC'),
    subscriptionsOfContract: loadByParent(db, subscriptions, 'contract_id', 't.start_date DESC'),
    invoicesOfCustomer: loadConnections(db, ofCustomer(invoiceList)),
    paymentsOfCustomer: loadConnections(db, ofCustomer(paymentList)),
    invoicesOfContract: loadConnections(db, ofContract(invoiceList)),
    receivables,
    /** What a customer owes in one currency, zeros where it owes nothing. */
    receivablesIn: async (customerId: string, currency: string): Promise<Receivables> =>
      (await receivables.load(customerId)).find((owed) => owed.currency === currency) ??
      nothingOwed(currency),
    /** Recurring revenue of a year in one currency, minor units. */
    annualRecurringRevenue: async (customerId: string, currency: string): Promise<bigint> => {
      const running = (await recurring.load(customerId)).filter((it) => it.currency === currency)
      return sum(running.map((it) => annualRecurringRevenue(it, day)))
    },
  }

  function nothingOwed(currency: string): Receivables {
    const zeros = { total: 0n, overdue: 0n, unappliedCash: 0n, oldestDaysPastDue: 0 }
    return { currency, ...zeros, ageing: ageing([], day) }
  }
}
