import type {
  CreditNote,
  CreditNoteLine,
  Dispute,
  Dunning,
  Invoice,
  InvoiceLine,
  Payment,
  Price,
  PriceTier,
  Product,
  Refund,
  Subscription,
  SubscriptionItem,
  TaxLine,
  Usage,
} from '#domain/billing.ts'
import type { DateRange } from '#domain/entity.ts'
import { parseDate } from '#platform/dates.ts'
import {
  bigint,
  type Columns,
  date,
  decimal,
  flag,
  instant,
  int,
  json,
  type Jsonified,
  optional,
  recorded,
  reviveDateRange,
  shown,
  table,
  text,
  word,
} from '#platform/table.ts'

/** An invoice as lists show it: its lines are read only where they are asked for. */
export type InvoiceHeader = Omit<Invoice, 'lines' | 'taxLines'>

/** A payment as lists show it: its allocations are rows of their own. */
export type PaymentHeader = Omit<Payment, 'allocations'>

const optionalRange = (stored: Jsonified<DateRange> | null): DateRange | null =>
  stored === null ? null : reviveDateRange(stored)
const taxLines = json<readonly TaxLine[]>((lines) =>
  lines.map((line) => ({ ...line, taxable: BigInt(line.taxable), amount: BigInt(line.amount) })),
)

export const products = table<Product>('billing.product', {
  ...recorded,
  sku: text,
  name: text,
  description: shown(optional(text)),
  family: shown(optional(text)),
  taxCode: shown(optional(text)),
  active: shown(flag),
})

export const prices = table<Price>('billing.price', {
  ...recorded,
  productId: text,
  nickname: optional(text),
  currency: text,
  unitAmount: optional(decimal),
  interval: json(),
  usage: word(),
  tiersMode: word(),
  tiers: json<readonly PriceTier[]>((tiers) =>
    tiers.map((tier) => ({ ...tier, flatAmount: BigInt(tier.flatAmount) })),
  ),
  active: flag,
})

export const subscriptions = table<Subscription>('billing.subscription', {
  ...recorded,
  customerId: text,
  contractId: shown(optional(text), 'contract'),
  legalEntityId: shown(text, 'legalEntity'),
  status: word(),
  currency: text,
  collectionMethod: shown(word()),
  startDate: shown(date),
  currentPeriod: shown(json(reviveDateRange)),
  cancelAt: shown(optional(date)),
  endedOn: optional(date),
  items: json<readonly SubscriptionItem[]>((items) =>
    items.map((item) => ({
      ...item,
      unitPrice: BigInt(item.unitPrice),
      startDate: parseDate(item.startDate),
      endDate: item.endDate === null ? null : parseDate(item.endDate),
    })),
  ),
})

const invoiceColumns: Columns<InvoiceHeader> = {
  ...recorded,
  customerId: shown(text, 'customer'),
  legalEntityId: shown(text, 'legalEntity', 'daysPastDue'),
  contractId: shown(optional(text), 'contract'),
  subscriptionId: shown(optional(text), 'subscription'),
  number: shown(optional(text)),
  lifecycle: shown(word()),
  status: word(),
  currency: text,
  collectionMethod: shown(word()),
  issueDate: shown(date),
  dueDate: shown(date, 'dueDate', 'daysPastDue'),
  closedOn: shown(optional(date)),
  paidOn: shown(optional(date)),
  overdueSince: shown(optional(date)),
  subtotal: shown(bigint),
  tax: shown(bigint),
  total: shown(bigint),
  allocated: shown(bigint, 'amountPaid'),
  credited: shown(bigint, 'amountCredited'),
  writtenOff: shown(bigint, 'amountWrittenOff'),
  balance: shown(bigint),
}

export const invoiceHeaders = table<InvoiceHeader>('billing.invoice', invoiceColumns)

export const invoices = table<Invoice>(invoiceHeaders.name, {
  ...invoiceColumns,
  lines: json<readonly InvoiceLine[]>((lines) =>
    lines.map((line) => ({
      ...line,
      amount: BigInt(line.amount),
      discount: BigInt(line.discount),
      servicePeriod: optionalRange(line.servicePeriod),
    })),
  ),
  taxLines,
})

/** `payments` in store.ts has the allocations as well. */
export const paymentHeaders = table<PaymentHeader>('billing.payment', {
  ...recorded,
  customerId: shown(optional(text), 'customer'),
  legalEntityId: shown(text, 'legalEntity'),
  outcome: shown(word()),
  status: word(),
  currency: text,
  amount: bigint,
  fee: shown(bigint),
  method: shown(word()),
  receivedAt: shown(instant),
  receivedOn: shown(date),
  failureCode: shown(optional(text), 'failure'),
  failureMessage: shown(optional(text), 'failure'),
  refunded: shown(bigint, 'amountRefunded'),
  unapplied: shown(bigint),
})

/** A part of a payment that settles an invoice. Minor units. */
export interface AllocationRow {
  readonly id: string
  readonly paymentId: string
  readonly invoiceId: string
  readonly applied: bigint
  readonly currency: string
}

/** Allocations of which the invoice took something: to be read only. */
export const settlements = table<AllocationRow>('billing.settlement', {
  id: text,
  paymentId: text,
  invoiceId: text,
  applied: bigint,
  currency: text,
})

export const creditNotes = table<CreditNote>('billing.credit_note', {
  ...recorded,
  customerId: text,
  legalEntityId: text,
  invoiceId: text,
  number: text,
  status: word(),
  currency: text,
  reason: optional(text),
  issuedOn: date,
  voidedOn: optional(date),
  lines: json<readonly CreditNoteLine[]>((lines) =>
    lines.map((line) => ({
      ...line,
      amount: BigInt(line.amount),
      servicePeriod: optionalRange(line.servicePeriod),
    })),
  ),
  taxLines,
  net: bigint,
  tax: bigint,
  amount: bigint,
})

export const refunds = table<Refund>('billing.refund', {
  ...recorded,
  paymentId: text,
  creditNoteId: optional(text),
  status: word(),
  currency: text,
  amount: bigint,
  reason: optional(text),
  refundedOn: date,
  fromUnapplied: bigint,
})

export const disputes = table<Dispute>('billing.dispute', {
  ...recorded,
  paymentId: shown(text, 'payment'),
  customerId: shown(optional(text), 'customer'),
  status: word(),
  currency: text,
  amount: bigint,
  fundsWithdrawn: shown(flag),
  reason: shown(text),
  openedOn: shown(date),
  evidenceDueOn: shown(optional(date)),
  closedOn: shown(optional(date)),
})

export const usage = table<Usage>('billing.usage', {
  ...recorded,
  subscriptionId: text,
  subscriptionItemId: text,
  quantity: decimal,
  usedAt: instant,
})

export const dunnings = table<Dunning>('billing.dunning', {
  ...recorded,
  invoiceId: text,
  status: word(),
  attempts: int,
  nextAttemptOn: optional(date),
})
