import { daysIn, isBefore } from './calendar.ts'
import { violationIf } from './failure.ts'
import { isCurrency, sum } from './money.ts'
import { isDecimal } from './rational.ts'
import type {
  CreditNoteFact,
  CreditNoteLine,
  Invoice,
  InvoiceFact,
  InvoiceLifecycle,
  InvoiceStatus,
  PaymentFact,
  RefundFact,
  Settlement,
  TaxLine,
} from './billing.ts'
import type { Violation } from './failure.ts'

/** Minor units; total = subtotal + tax. */
export interface InvoiceTotals {
  readonly subtotal: bigint
  readonly tax: bigint
  readonly total: bigint
}

/** What lines and their taxes come to. */
export function invoiceTotals(
  lines: readonly { readonly amount: bigint }[],
  taxLines: readonly Pick<TaxLine, 'amount'>[],
): InvoiceTotals {
  const subtotal = sum(lines.map(({ amount }) => amount))
  const tax = sum(taxLines.map(({ amount }) => amount))
  return { subtotal, tax, total: subtotal + tax }
}

/**
 * The status that the world sees. A credit note alone leaves an invoice open until nothing is left to pay; an
 * uncollectible invoice of which nothing had to be written off was paid after all.
 */
export function invoiceStatus(
  lifecycle: InvoiceLifecycle,
  settlement: Settlement,
  total: bigint,
): InvoiceStatus {
  if (lifecycle === 'DRAFT' || lifecycle === 'VOID') return lifecycle
  if (settlement.allocated + settlement.credited >= total) return 'PAID'
  if (lifecycle === 'UNCOLLECTIBLE') return 'UNCOLLECTIBLE'
  return settlement.allocated > 0n ? 'PARTIALLY_PAID' : 'OPEN'
}

/** Whether money is still expected for an invoice. */
export function isOpen({ status }: Pick<Invoice, 'status'>): boolean {
  return status === 'OPEN' || status === 'PARTIALLY_PAID'
}

/** What a payment can still settle of an issued invoice: what is owed, or what was given up and is paid after all. */
export function payableOf({ balance, writtenOff }: Pick<Invoice, 'balance' | 'writtenOff'>): bigint {
  return balance + writtenOff
}

/** Whole days since the due date; 0 on that day, before it, and when nothing is expected any more. */
export function daysPastDue(invoice: Pick<Invoice, 'status' | 'dueDate'>, today: Temporal.PlainDate): number {
  return isOpen(invoice) ? Math.max(0, daysIn({ start: invoice.dueDate, end: today })) : 0
}

/** The first day past due of an open invoice that is overdue today and was not noted as such; else null. */
export function newlyOverdueSince(
  invoice: Pick<Invoice, 'status' | 'dueDate' | 'overdueSince'>,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  if (invoice.overdueSince !== null || daysPastDue(invoice, today) === 0) return null
  return invoice.dueDate.add({ days: 1 })
}

/** What is wrong with an invoice, by field. */
export function checkInvoice(invoice: InvoiceFact): Violation[] {
  const { total } = invoiceTotals(invoice.lines, invoice.taxLines)
  const isDraft = invoice.lifecycle === 'DRAFT'
  const isClosed = invoice.lifecycle === 'VOID' || invoice.lifecycle === 'UNCOLLECTIBLE'
  return [
    ...checkCurrency(invoice.currency),
    ...violationIf(!isDraft && !invoice.number, 'NUMBER_MISSING', 'number', 'An issued invoice has a number'),
    ...violationIf(
      isBefore(invoice.dueDate, invoice.issueDate),
      'DATE_ORDER',
      'dueDate',
      'Due before it is issued',
    ),
    ...violationIf(
      isClosed && invoice.closedOn === null,
      'DATE_MISSING',
      'closedOn',
      'No date of the closing',
    ),
    ...violationIf(
      invoice.lines.length === 0 && total !== 0n,
      'LINES_MISSING',
      'lines',
      'A total without lines',
    ),
    ...violationIf(!isDraft && total < 0n, 'TOTAL_NEGATIVE', 'lines', 'A negative total is a credit note'),
    ...checkIds(invoice.lines, 'lines'),
    ...invoice.lines.flatMap((line, index) => checkInvoiceLine(line, `lines.${index}`)),
    ...checkTaxLines(invoice.taxLines),
  ]
}

/** What is wrong with a credit note, by field; whether the invoice can take it, `settle` says. */
export function checkCreditNote(creditNote: CreditNoteFact): Violation[] {
  const { total } = invoiceTotals(creditNote.lines, creditNote.taxLines)
  const isVoid = creditNote.status === 'VOID'
  return [
    ...checkCurrency(creditNote.currency),
    ...violationIf(creditNote.number === '', 'NUMBER_MISSING', 'number', 'A credit note has a number'),
    ...violationIf(
      creditNote.invoiceId === '',
      'REFERENCE_MISSING',
      'invoiceId',
      'A credit note corrects an invoice',
    ),
    ...violationIf(
      isVoid && creditNote.voidedOn === null,
      'DATE_MISSING',
      'voidedOn',
      'No date of the voiding',
    ),
    ...violationIf(
      total < 0n || (total === 0n && !creditNote.lines.some((line) => takesBack(line, creditNote.lines))),
      'AMOUNT_NOT_POSITIVE',
      'lines',
      'A credit note gives something back',
    ),
    ...checkIds(creditNote.lines, 'lines'),
    ...creditNote.lines.flatMap((line, index) =>
      checkCreditNoteLine(line, creditNote.lines, `lines.${index}`),
    ),
    ...checkTaxLines(creditNote.taxLines),
  ]
}

/** A line of a credit note, as it is before and after it is issued. */
type Credited = Pick<CreditNoteLine, 'invoiceLineId' | 'amount' | 'servicePeriod'>

/**
 * Whether a line of a credit note takes back an earlier reduction of price: what was paid less for is given back for
 * less. It stands beside undelivered service of the same line of the invoice that comes to as much at least.
 */
export function takesBack(
  { invoiceLineId, amount, servicePeriod }: Credited,
  all: readonly Credited[],
): boolean {
  const beside = all.filter((it) => it.invoiceLineId === invoiceLineId)
  const given = beside.filter((it) => it.servicePeriod !== null || it.amount < 0n)
  return amount < 0n && servicePeriod === null && sum(given.map((it) => it.amount)) >= 0n
}

/** What is wrong with a payment, by field. */
export function checkPayment(payment: Pick<PaymentFact, 'currency' | 'amount' | 'allocations'>): Violation[] {
  const allocated = sum(payment.allocations.map(({ amount }) => amount))
  return [
    ...checkCurrency(payment.currency),
    ...violationIf(payment.amount <= 0n, 'AMOUNT_NOT_POSITIVE', 'amount', 'A payment is more than zero'),
    ...violationIf(
      allocated > payment.amount,
      'ALLOCATION_EXCEEDS_PAYMENT',
      'allocations',
      'The allocations are more than the payment',
    ),
    ...checkIds(payment.allocations, 'allocations'),
    ...payment.allocations.flatMap(({ amount }, index) =>
      violationIf(amount <= 0n, 'AMOUNT_NOT_POSITIVE', `allocations.${index}.amount`, 'Not more than zero'),
    ),
  ]
}

/** What is wrong with a refund, by field; whether the payment can give it back, `settle` says. */
export function checkRefund(refund: RefundFact): Violation[] {
  return [
    ...checkCurrency(refund.currency),
    ...violationIf(refund.amount <= 0n, 'AMOUNT_NOT_POSITIVE', 'amount', 'A refund is more than zero'),
    ...violationIf(
      refund.paymentId === '',
      'REFERENCE_MISSING',
      'paymentId',
      'A refund gives back a payment',
    ),
  ]
}

function checkInvoiceLine(line: InvoiceFact['lines'][number], field: string): Violation[] {
  const period = line.servicePeriod
  return [
    ...violationIf(
      !isDecimal(line.quantity),
      'QUANTITY_INVALID',
      `${field}.quantity`,
      'Not a decimal number',
    ),
    ...violationIf(line.discount < 0n, 'AMOUNT_NEGATIVE', `${field}.discount`, 'A discount is not negative'),
    ...violationIf(
      period !== null && isBefore(period.end, period.start),
      'DATE_ORDER',
      `${field}.servicePeriod`,
      'Service ends before it starts',
    ),
  ]
}

function checkCreditNoteLine(
  line: CreditNoteLine,
  all: readonly CreditNoteLine[],
  field: string,
): Violation[] {
  const period = line.servicePeriod
  return [
    ...violationIf(
      line.amount < 0n && !takesBack(line, all),
      'AMOUNT_NEGATIVE',
      `${field}.amount`,
      'A credited amount is not negative',
    ),
    ...violationIf(
      period !== null && isBefore(period.end, period.start),
      'DATE_ORDER',
      `${field}.servicePeriod`,
      'Service ends before it starts',
    ),
    ...violationIf(
      period !== null && line.invoiceLineId === null,
      'INVOICE_LINE_MISSING',
      `${field}.invoiceLineId`,
      'Service given back names the line that sold it',
    ),
  ]
}

function checkTaxLines(taxLines: readonly TaxLine[]): Violation[] {
  return taxLines.flatMap((line, index) => [
    ...violationIf(!isDecimal(line.rate), 'RATE_INVALID', `taxLines.${index}.rate`, 'Not a decimal number'),
    ...violationIf(
      line.amount * line.taxable < 0n,
      'TAX_SIGN',
      `taxLines.${index}.amount`,
      'A tax has the sign of what it taxes',
    ),
  ])
}

function checkCurrency(currency: string): Violation[] {
  return violationIf(!isCurrency(currency), 'CURRENCY_UNKNOWN', 'currency', 'Not an ISO 4217 code')
}

function checkIds(parts: readonly { readonly id: string }[], field: string): Violation[] {
  const ids = new Set(parts.map(({ id }) => id))
  return violationIf(ids.size < parts.length, 'DUPLICATE_ID', field, 'Two parts have the same id')
}
