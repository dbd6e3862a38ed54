import type { AppliedAllocation } from '#domain/billing.ts'
import { daysPastDue } from '#domain/invoice.ts'
import { mismatchOf } from '#domain/tax.ts'
import { money } from '#domain/money.ts'
import { inMajorUnits } from '#domain/price.ts'
import { parseDecimal, round } from '#domain/rational.ts'
import { monthlyRecurringRevenue } from '#domain/recurring.ts'
import { found } from '#platform/graphql.ts'
import { told } from '#platform/invariant.ts'
import { asDelivered } from '#platform/log/subscribe.ts'
import { MAX_LIST_LENGTH, readConnection } from '#platform/loaders.ts'
import type { Resolvers } from '#schema/billing.generated.ts'
import { reportAgeing } from './ageing.ts'
import { invoiceList, paymentList, productList, subscriptionList } from './lists.ts'
import { type CustomerReference, type InCurrency, receivablesIn, recurringIn } from './loaders.ts'
import { invoiceOf, paymentOf, subscribeToAggregate } from './events.ts'
import type { AllocationRow, PaymentHeader } from './tables.ts'

/** A reference to an object that another subgraph keeps. */
const reference = (id: string | null): { id: string } | null => (id === null ? null : { id })

const inCurrency = <Part>(parts: readonly Part[], currency: string): InCurrency<Part>[] =>
  parts.map((part) => ({ ...part, currency }))

export const resolvers: Resolvers = {
  Query: {
    invoice: async (_, { id }, { invoice }) => found(await invoice.load(id), 'invoice', id),
    invoices: (_, args, { db }) => readConnection(db, invoiceList, args),
    payment: async (_, { id }, { payment }) => found(await payment.load(id), 'payment', id),
    payments: (_, args, { db }) => readConnection(db, paymentList, args),
    subscription: async (_, { id }, { subscription }) =>
      found(await subscription.load(id), 'subscription', id),
    subscriptions: (_, args, { db }) => readConnection(db, subscriptionList, args),
    receivablesAgeing: (_, args, context) => reportAgeing(context, args),
    products: (_, args, { db }) => readConnection(db, productList, args),
  },
  Subscription: {
    invoiceEvents: {
      subscribe: (_, args, context) => subscribeToAggregate('invoice', args, context),
      resolve: asDelivered,
    },
    paymentEvents: {
      subscribe: (_, args, context) => subscribeToAggregate('payment', args, context),
      resolve: asDelivered,
    },
  },
  InvoiceEvent: { invoice: (delivered, _, context) => invoiceOf(delivered, context) },
  PaymentEvent: { payment: (delivered, _, context) => paymentOf(delivered, context) },
  BooksCheck: {
    __resolveReference: (check) => check,
    documents: async (_, __, { check }) => (await check()).findings.map(told),
  },
  Product: {
    __resolveReference: async ({ id }, { product }) => found(await product.load(id), 'product', id),
    prices: ({ id }, _, { pricesOfProduct }) => pricesOfProduct.load(id),
  },
  Price: {
    __resolveReference: async ({ id }, { price }) => found(await price.load(id), 'price', id),
    product: ({ productId }, _, { product }) => product.load(productId),
    unitAmount: ({ unitAmount, currency }) =>
      unitAmount === null ? null : money(round(parseDecimal(unitAmount)), currency),
    unitAmountDecimal: ({ unitAmount, currency }) =>
      unitAmount === null ? null : inMajorUnits(unitAmount, currency),
    tiers: ({ tiers, currency }) => inCurrency(tiers, currency),
  },
  PriceTier: {
    unitAmountDecimal: ({ unitAmount, currency }) => inMajorUnits(unitAmount, currency),
    flatAmount: ({ flatAmount, currency }) => money(flatAmount, currency),
  },
  BillingSubscription: {
    __resolveReference: async ({ id }, { subscription }) =>
      found(await subscription.load(id), 'subscription', id),
    customer: ({ customerId }) => ({ id: customerId }),
    contract: ({ contractId }) => reference(contractId),
    legalEntity: ({ legalEntityId: id }) => ({ id }),
    items: ({ items, currency }) =>
      inCurrency(items, currency).toSorted((a, b) => Temporal.PlainDate.compare(a.startDate, b.startDate)),
    monthlyRecurringRevenue: (subscription, _, { today }) =>
      money(monthlyRecurringRevenue(subscription, today), subscription.currency),
  },
  SubscriptionItem: {
    product: ({ productId }, _, { product }) => product.load(productId),
    price: ({ priceId }, _, { price }) => (priceId === null ? null : price.load(priceId)),
    contractLine: ({ contractLineId }) => reference(contractLineId),
    unitPrice: ({ unitPrice, currency }) => money(unitPrice, currency),
    servicePeriod: ({ startDate: start, endDate: end }) => ({ start, end }),
  },
  Invoice: {
    __resolveReference: async ({ id }, { invoice }) => found(await invoice.load(id), 'invoice', id),
    customer: ({ customerId }) => ({ id: customerId }),
    legalEntity: ({ legalEntityId: id }) => ({ id }),
    contract: ({ contractId }) => reference(contractId),
    subscription: ({ subscriptionId }, _, { subscription }) =>
      subscriptionId === null ? null : subscription.load(subscriptionId),
    daysPastDue: async (invoice, _, { todayOf }) =>
      daysPastDue(invoice, await todayOf(invoice.legalEntityId)),
    subtotal: ({ subtotal, currency }) => money(subtotal, currency),
    tax: ({ tax, currency }) => money(tax, currency),
    total: ({ total, currency }) => money(total, currency),
    balance: ({ balance, currency }) => money(balance, currency),
    amountPaid: ({ allocated, currency }) => money(allocated, currency),
    amountCredited: ({ credited, currency }) => money(credited, currency),
    amountWrittenOff: ({ writtenOff, currency }) => money(writtenOff, currency),
    lines: async ({ id, currency }, _, { wholeInvoice }) =>
      inCurrency((await wholeInvoice.load(id))?.lines ?? [], currency),
    taxLines: async ({ id, currency }, _, { wholeInvoice }) =>
      inCurrency((await wholeInvoice.load(id))?.taxLines ?? [], currency),
    creditNotes: ({ id }, _, { creditNotesOfInvoice }) => creditNotesOfInvoice.load(id),
    payments: ({ id }, _, { paymentsOfInvoice }) => paymentsOfInvoice.load(id),
    allocations: ({ id }, _, { settlementsOfInvoice }) => settlementsOfInvoice.load(id),
    dunning: async ({ id }, _, { dunningsOfInvoice }) => (await dunningsOfInvoice.load(id))[0] ?? null,
  },
  InvoiceLine: {
    product: ({ productId }, _, { product }) => (productId === null ? null : product.load(productId)),
    contractLine: ({ contractLineId }) => reference(contractLineId),
    amount: ({ amount, currency }) => money(amount, currency),
    discount: ({ discount, currency }) => money(discount, currency),
  },
  TaxLine: {
    computedAmount: (line) => money(mismatchOf(line).computed, line.currency),
    mismatch: (line) => money(mismatchOf(line).difference, line.currency),
    taxable: ({ taxable, currency }) => money(taxable, currency),
    amount: ({ amount, currency }) => money(amount, currency),
  },
  PaymentAllocation: {
    payment: async ({ paymentId: id }, _, { payment }) => found(await payment.load(id), 'payment', id),
    invoice: ({ invoiceId }, _, { invoice }) => invoice.load(invoiceId),
    amount: ({ applied, currency }) => money(applied, currency),
  },
  Dunning: {
    __resolveReference: async ({ id }, { dunning }) => found(await dunning.load(id), 'dunning', id),
    invoice: ({ invoiceId }, _, { invoice }) => invoice.load(invoiceId),
  },
  CreditNote: {
    __resolveReference: async ({ id }, { creditNote }) => found(await creditNote.load(id), 'credit note', id),
    customer: ({ customerId }) => ({ id: customerId }),
    invoice: ({ invoiceId }, _, { invoice }) => invoice.load(invoiceId),
    lines: ({ lines, currency }) => inCurrency(lines, currency),
    taxLines: ({ taxLines, currency }) => inCurrency(taxLines, currency),
    net: ({ net, currency }) => money(net, currency),
    tax: ({ tax, currency }) => money(tax, currency),
    amount: ({ amount, currency }) => money(amount, currency),
  },
  CreditNoteLine: {
    amount: ({ amount, currency }) => money(amount, currency),
  },
  Payment: {
    __resolveReference: async ({ id }, { payment }) => found(await payment.load(id), 'payment', id),
    customer: ({ customerId }) => reference(customerId),
    legalEntity: ({ legalEntityId: id }) => ({ id }),
    amount: ({ amount, currency }) => money(amount, currency),
    fee: ({ fee, currency }) => money(fee, currency),
    allocations: async (payment, _, { wholePayment }) =>
      ((await wholePayment.load(payment.id))?.allocations ?? [])
        .slice(0, MAX_LIST_LENGTH)
        .map((part) => allocationOf(payment, part)),
    unapplied: ({ unapplied, currency }) => money(unapplied, currency),
    amountRefunded: ({ refunded, currency }) => money(refunded, currency),
    failure: ({ failureCode: code, failureMessage }) =>
      code === null ? null : { code, message: failureMessage ?? code },
    refunds: ({ id }, _, { refundsOfPayment }) => refundsOfPayment.load(id),
    disputes: ({ id }, _, { disputesOfPayment }) => disputesOfPayment.load(id),
  },
  Refund: {
    __resolveReference: async ({ id }, { refund }) => found(await refund.load(id), 'refund', id),
    payment: ({ paymentId }, _, { payment }) => payment.load(paymentId),
    creditNote: ({ creditNoteId }, _, { creditNote }) =>
      creditNoteId === null ? null : creditNote.load(creditNoteId),
    amount: ({ amount, currency }) => money(amount, currency),
  },
  Dispute: {
    __resolveReference: async ({ id }, { dispute }) => found(await dispute.load(id), 'dispute', id),
    payment: ({ paymentId }, _, { payment }) => payment.load(paymentId),
    customer: ({ customerId }) => reference(customerId),
    amount: ({ amount, currency }) => money(amount, currency),
  },
  Usage: {
    __resolveReference: async ({ id }, { usage }) => found(await usage.load(id), 'usage record', id),
    subscription: ({ subscriptionId }, _, { subscription }) => subscription.load(subscriptionId),
  },
  Customer: {
    __resolveReference: (customer) => customer,
    subscriptions: ({ id }, _, { subscriptionsOfCustomer }) => subscriptionsOfCustomer.load(id),
    invoices: ({ id }, args, { invoicesOfCustomer }) => invoicesOfCustomer.load(id, args),
    payments: ({ id }, args, { paymentsOfCustomer }) => paymentsOfCustomer.load(id, args),
    creditNotes: ({ id }, _, { creditNotesOfCustomer }) => creditNotesOfCustomer.load(id),
    disputes: ({ id }, _, { disputesOfCustomer }) => disputesOfCustomer.load(id),
    receivables: (customer, _, context) => receivablesIn(context, customer.id, currencyOf(customer)),
    receivablesByCurrency: ({ id }, _, { receivables }) => receivables.load(id),
    receivablesAt: ({ id }, moment, { owed }) => owed(id, moment),
    annualRecurringRevenue: async (customer, _, context) => {
      const currency = currencyOf(customer)
      return money(await recurringIn(context, customer.id, currency), currency)
    },
  },
  Receivables: {
    total: ({ total, currency }) => money(total, currency),
    overdue: ({ overdue, currency }) => money(overdue, currency),
    unappliedCash: ({ unappliedCash, currency }) => money(unappliedCash, currency),
    ageing: ({ ageing, currency }) => inCurrency(ageing, currency),
  },
  AgeingBucket: {
    amount: ({ amount, currency }) => money(amount, currency),
  },
  Contract: {
    __resolveReference: (contract) => contract,
    invoices: ({ id }, args, { invoicesOfContract }) => invoicesOfContract.load(id, args),
    subscriptions: ({ id }, _, { subscriptionsOfContract }) => subscriptionsOfContract.load(id),
  },
}

const allocationOf = (
  { id: paymentId, currency }: PaymentHeader,
  { id, invoiceId, applied }: AppliedAllocation,
): AllocationRow => ({ id, paymentId, invoiceId, applied, currency })

/** The currency that the field requires of CRM. */
function currencyOf({ id, currency }: CustomerReference): string {
  if (currency === undefined) throw new Error(`the customer ${id} was resolved without its currency`)
  return currency
}
