/** Random but possible input for properties: amounts, dates, lines, and documents that belong together. */
import fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { inject } from 'vitest'
import {
  contractLine,
  creditNoteFact,
  day,
  dispute,
  invoiceFact,
  invoiceLine,
  paymentFact,
  refundFact,
  taxLine,
} from './documents.ts'
import { formatAmount } from '#domain/money.ts'
import type { CreditNoteFact, Dispute, InvoiceFact, PaymentFact, RefundFact } from '#domain/billing.ts'
import type { ContractLine } from '#domain/crm.ts'
import type { DateRange, Interval } from '#domain/entity.ts'

const { seed, runs: wanted } = inject('properties')

/** How many examples each property is tried with. */
export const runs = { seed, numRuns: wanted ?? 2000 }

/** How many, where an example is a whole set of documents. */
export const documentRuns = { seed, numRuns: wanted ?? 500 }

/** How many, where an example is all that happens to a customer in months. */
export const historyRuns = { seed, numRuns: wanted ?? 100 }

export const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD')

export const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })

/** Weights of which one at least is not zero. */
export const weights = fc
  .array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 40 })
  .filter((values) => values.some((value) => value > 0n))

/** A day of some fourteen years, leap days among them. */
export const date = fc.integer({ min: 0, max: 5000 }).map((days) => day('2020-01-01').add({ days }))

/** A range of at least a day. */
export const dates: Arbitrary<DateRange> = fc
  .tuple(date, fc.integer({ min: 1, max: 1500 }))
  .map(([start, days]) => ({ start, end: start.add({ days }) }))

export const interval: Arbitrary<Interval> = fc.oneof(
  fc.record({ unit: fc.constantFrom('MONTH', 'YEAR'), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ unit: fc.constantFrom('DAY', 'WEEK'), count: fc.integer({ min: 3, max: 40 }) }),
)

/** A line of any price, quantity with decimals, interval (or one-time) and dates (or none). */
export const line: Arbitrary<ContractLine> = fc
  .record({
    unitPrice: fc.bigInt({ min: 0n, max: 10n ** 8n }),
    quantity: fc.bigInt({ min: 0n, max: 100_000n }).map((hundredths) => formatAmount(hundredths, 'USD')),
    interval: fc.option(interval),
    servicePeriod: fc.oneof(
      dates,
      date.map((start) => ({ start, end: start })),
    ),
  })
  .map(contractLine)

/** Everything that settles one customer's invoices in one currency. */
export interface CustomerDocuments {
  readonly invoices: readonly InvoiceFact[]
  readonly payments: readonly PaymentFact[]
  readonly creditNotes: readonly CreditNoteFact[]
  readonly refunds: readonly RefundFact[]
  readonly disputes: readonly Dispute[]
}

const soon = fc.integer({ min: 0, max: 120 }).map((days) => day('2026-01-01').add({ days }))
const price = fc.bigInt({ min: 0n, max: 100_000n })
const index = fc.nat({ max: 3 })

const invoice: Arbitrary<InvoiceFact> = fc
  .record({
    lifecycle: fc.constantFrom('DRAFT', 'ISSUED', 'ISSUED', 'ISSUED', 'VOID', 'UNCOLLECTIBLE'),
    issueDate: soon,
    net: fc.array(fc.tuple(price, fc.option(dates)), { maxLength: 3 }),
    tax: price,
  })
  .map(({ net, tax, lifecycle, issueDate }) =>
    invoiceFact({
      lifecycle,
      issueDate,
      closedOn: issueDate.add({ days: 60 }),
      lines: net.map(([value, servicePeriod], place) =>
        invoiceLine(value, { id: `line-${place}`, servicePeriod }),
      ),
      taxLines: [taxLine(tax)],
    }),
  )

const payment: Arbitrary<PaymentFact> = fc
  .record({
    outcome: fc.constantFrom('SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'FAILED', 'PENDING'),
    receivedOn: soon,
    parts: fc.array(fc.tuple(index, price), { maxLength: 3 }),
    onAccount: fc.bigInt({ min: 1n, max: 5000n }),
    fee: fc.bigInt({ min: 0n, max: 1n }),
  })
  .map(({ outcome, receivedOn, parts, onAccount, fee }) =>
    paymentFact({
      outcome,
      receivedOn,
      fee,
      amount: parts.reduce((total, [, part]) => total + part, onAccount),
      allocations: parts.map(([target, part], place) => ({
        id: `allocation-${place}`,
        invoiceId: `invoice-${target}`,
        amount: part,
      })),
    }),
  )

const creditNote: Arbitrary<CreditNoteFact> = fc
  .record({
    invoiceId: index.map((target) => `invoice-${target}`),
    status: fc.constantFrom('DRAFT', 'ISSUED', 'APPLIED', 'REFUNDED', 'VOID'),
    issuedOn: soon,
    net: price,
    tax: price,
    servicePeriod: fc.option(dates),
  })
  .map(({ net, tax, servicePeriod, issuedOn, ...fields }) =>
    creditNoteFact({
      ...fields,
      issuedOn,
      voidedOn: issuedOn.add({ days: 5 }),
      lines: [{ id: 'cn-line', invoiceLineId: 'line-0', description: 'Less', amount: net, servicePeriod }],
      taxLines: [taxLine(tax)],
    }),
  )

const refund: Arbitrary<RefundFact> = fc
  .record({
    paymentId: index.map((target) => `payment-${target}`),
    status: fc.constantFrom('PENDING', 'SUCCEEDED', 'FAILED', 'CANCELED'),
    amount: fc.bigInt({ min: 1n, max: 50_000n }),
    refundedOn: soon,
  })
  .map(refundFact)

const contest: Arbitrary<Dispute> = fc
  .record({
    paymentId: index.map((target) => `payment-${target}`),
    status: fc.constantFrom('NEEDS_RESPONSE', 'UNDER_REVIEW', 'WON', 'LOST'),
    amount: fc.bigInt({ min: 1n, max: 50_000n }),
    fundsWithdrawn: fc.boolean(),
  })
  .map(dispute)

/** Documents that may claim too much of each other: that is what the rules have to hold against. */
export const documents: Arbitrary<CustomerDocuments> = fc
  .record({
    invoices: fc.array(invoice, { maxLength: 4 }),
    payments: fc.array(payment, { maxLength: 4 }),
    creditNotes: fc.array(creditNote, { maxLength: 3 }),
    refunds: fc.array(refund, { maxLength: 3 }),
    disputes: fc.array(contest, { maxLength: 2 }),
  })
  .map(({ invoices, payments, creditNotes, refunds, disputes }) => ({
    invoices: numbered('invoice', invoices),
    payments: numbered('payment', payments),
    creditNotes: numbered('credit-note', creditNotes),
    refunds: numbered('refund', refunds),
    disputes: numbered('dispute', disputes),
  }))

function numbered<Document>(
  kind: string,
  these: readonly Document[],
): (Document & { readonly id: string })[] {
  return these.map((document, place) => ({ ...document, id: `${kind}-${place}` }))
}
