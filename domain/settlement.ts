import { later } from './calendar.ts'
import { invoiceStatus, invoiceTotals } from './invoice.ts'
import { moneyText } from './money.ts'
import { compareText, maximum, minimum } from './order.ts'
import type {
  Allocation,
  CreditNote,
  CreditNoteFact,
  DisputeFact,
  Invoice,
  InvoiceFact,
  Payment,
  PaymentFact,
  PaymentStatus,
  Refund,
  RefundFact,
  Settlement,
} from './billing.ts'
import type { Violation, ViolationCode } from './failure.ts'

/** Documents that belong together: all payments and credit notes of each invoice, all refunds of each payment. */
export interface Documents {
  readonly invoices: readonly InvoiceFact[]
  readonly payments: readonly PaymentFact[]
  readonly creditNotes: readonly CreditNoteFact[]
  readonly refunds: readonly RefundFact[]
  readonly disputes: readonly DisputeFact[]
}

/** What the rules add to each document. */
type InvoiceState = Settlement & Pick<Invoice, 'status' | 'subtotal' | 'tax' | 'total' | 'balance'>
type PaymentState = Pick<Payment, 'status' | 'allocations' | 'refunded' | 'unapplied'>
export type CreditNoteState = Pick<CreditNote, 'net' | 'tax' | 'amount'>
type RefundState = Pick<Refund, 'fromUnapplied'>

/** A violation that only shows when documents are seen together. */
export type DocumentViolation = Violation & { readonly documentId: string }

/** The state of every document by its id, and what does not fit together. */
export interface Settled {
  readonly invoices: ReadonlyMap<string, InvoiceState>
  readonly payments: ReadonlyMap<string, PaymentState>
  readonly creditNotes: ReadonlyMap<string, CreditNoteState>
  readonly refunds: ReadonlyMap<string, RefundState>
  readonly violations: readonly DocumentViolation[]
}

/** Refunds that have left or are leaving the account; a pending one is money that is no longer ours to apply. */
const liveRefunds: ReadonlySet<RefundFact['status']> = new Set(['SUCCEEDED', 'PENDING'])
/** Credit notes that give something back. */
export const issuedCreditNotes: ReadonlySet<CreditNoteFact['status']> = new Set([
  'ISSUED',
  'APPLIED',
  'REFUNDED',
])

/** An invoice while credits and payments are set against it. */
interface OpenInvoice {
  readonly invoice: InvoiceFact
  readonly total: bigint
  credited: bigint
  allocated: bigint
  /** The latest date of what was set against it, not before its issue. */
  lastOn: Temporal.PlainDate
}

/** A payment while it is applied and refunded. */
interface OpenPayment {
  readonly payment: PaymentFact
  readonly applied: Map<Allocation, bigint>
  unapplied: bigint
  refunded: bigint
}

/**
 * Settles documents against each other. The order of the input does not matter: credit notes count first, then
 * allocations by the payment's date and id, then refunds by date and id take unapplied cash. Nothing is settled
 * beyond what a document can take: a payment leaves the rest on account; a credit note or refund that claims more has
 * no effect at all, here or in the books, and a violation says so.
 */
export function settle(documents: Documents): Settled {
  const invoices = new Map(documents.invoices.map((invoice) => [invoice.id, openInvoice(invoice)]))
  const payments = new Map(documents.payments.map((payment) => [payment.id, openPayment(payment)]))
  const refunds = new Map<string, RefundState>()
  const violations = [
    ...documents.creditNotes.toSorted(byIssue).flatMap((creditNote) => credit(creditNote, invoices)),
    ...[...payments.values()].toSorted(byReceipt).flatMap((payment) => apply(payment, invoices)),
    ...documents.refunds.toSorted(byRefund).flatMap((refund) => giveBack(refund, payments, refunds)),
  ]
  const lostOrOpen = documents.disputes.filter(
    ({ status, fundsWithdrawn }) => fundsWithdrawn && status !== 'WON',
  )
  const disputed = new Set(lostOrOpen.map(({ paymentId }) => paymentId))
  return {
    invoices: mapValues(invoices, invoiceState),
    payments: mapValues(payments, (payment) => paymentState(payment, disputed)),
    creditNotes: new Map(documents.creditNotes.map((it) => [it.id, creditNoteState(it)])),
    refunds,
    violations: violations.toSorted((a, b) => compareText(a.documentId, b.documentId)),
  }
}

/** What a credit note comes to, minor units. */
export function creditNoteState(creditNote: Pick<CreditNoteFact, 'lines' | 'taxLines'>): CreditNoteState {
  const { subtotal, tax, total } = invoiceTotals(creditNote.lines, creditNote.taxLines)
  return { net: subtotal, tax, amount: total }
}

function credit(creditNote: CreditNoteFact, invoices: ReadonlyMap<string, OpenInvoice>): DocumentViolation[] {
  const { id, invoiceId, currency, status, issuedOn } = creditNote
  if (!issuedCreditNotes.has(status)) return []
  const open = invoices.get(invoiceId)
  if (open === undefined) return [violation(id, 'REFERENCE_MISSING', 'invoiceId', 'There is no such invoice')]
  if (open.invoice.currency !== currency) {
    return [violation(id, 'CURRENCY_MISMATCH', 'currency', `The invoice is in ${open.invoice.currency}`)]
  }
  if (!takesMoney(open.invoice)) {
    return [violation(id, 'INVOICE_NOT_ISSUED', 'invoiceId', 'A draft or void invoice takes no credit')]
  }
  const { amount } = creditNoteState(creditNote)
  const excess = amount - capacityOf(open)
  if (excess > 0n)
    return [
      violation(id, 'CREDIT_EXCEEDS_INVOICE', 'lines', `${moneyText(excess, currency)} above the invoice`),
    ]
  open.credited += amount
  if (amount > 0n) open.lastOn = later(open.lastOn, issuedOn)
  return []
}

/** An allocation to an invoice that is not known yet waits as unapplied cash. */
function apply(open: OpenPayment, invoices: ReadonlyMap<string, OpenInvoice>): DocumentViolation[] {
  const { id, currency, allocations } = open.payment
  return allocations.toSorted(byId).flatMap((allocation) => {
    const target = invoices.get(allocation.invoiceId)
    if (target === undefined) return []
    if (target.invoice.currency !== currency) {
      return [
        violation(id, 'CURRENCY_MISMATCH', 'allocations', `${target.invoice.id} is in another currency`),
      ]
    }
    applyPart(open, allocation, target)
    return []
  })
}

function applyPart(open: OpenPayment, allocation: Allocation, target: OpenInvoice): void {
  const applied = minimum(minimum(allocation.amount, open.unapplied), capacityOf(target))
  if (applied === 0n) return
  open.applied.set(allocation, applied)
  open.unapplied -= applied
  target.allocated += applied
  target.lastOn = later(target.lastOn, open.payment.receivedOn)
}

function giveBack(
  refund: RefundFact,
  payments: ReadonlyMap<string, OpenPayment>,
  refunds: Map<string, RefundState>,
): DocumentViolation[] {
  refunds.set(refund.id, { fromUnapplied: 0n })
  if (!liveRefunds.has(refund.status)) return []
  const open = payments.get(refund.paymentId)
  if (open === undefined) {
    return [violation(refund.id, 'REFERENCE_MISSING', 'paymentId', 'There is no such payment')]
  }
  if (open.payment.currency !== refund.currency) {
    return [
      violation(refund.id, 'CURRENCY_MISMATCH', 'currency', `The payment is in ${open.payment.currency}`),
    ]
  }
  const excess = refund.amount - refundable(open)
  if (excess > 0n) {
    return [
      violation(
        refund.id,
        'REFUND_EXCEEDS_PAYMENT',
        'amount',
        `${moneyText(excess, refund.currency)} above what the payment captured`,
      ),
    ]
  }
  const fromUnapplied = minimum(refund.amount, open.unapplied)
  open.unapplied -= fromUnapplied
  open.refunded += refund.amount
  refunds.set(refund.id, { fromUnapplied })
  return []
}

function openInvoice(invoice: InvoiceFact): OpenInvoice {
  const { total } = invoiceTotals(invoice.lines, invoice.taxLines)
  return { invoice, total, credited: 0n, allocated: 0n, lastOn: invoice.issueDate }
}

function openPayment(payment: PaymentFact): OpenPayment {
  const unapplied = payment.outcome === 'SUCCEEDED' ? payment.amount : 0n
  return { payment, applied: new Map(), unapplied, refunded: 0n }
}

function takesMoney({ lifecycle }: InvoiceFact): boolean {
  return lifecycle === 'ISSUED' || lifecycle === 'UNCOLLECTIBLE'
}

function capacityOf({ invoice, total, credited, allocated }: OpenInvoice): bigint {
  return takesMoney(invoice) ? maximum(0n, total - credited - allocated) : 0n
}

function refundable({ payment, refunded }: OpenPayment): bigint {
  return payment.outcome === 'SUCCEEDED' ? payment.amount - refunded : 0n
}

function invoiceState(open: OpenInvoice): InvoiceState {
  const { invoice, credited, allocated, lastOn } = open
  const totals = invoiceTotals(invoice.lines, invoice.taxLines)
  const left = capacityOf(open)
  const isPaid = takesMoney(invoice) && left === 0n
  const writtenOff = invoice.lifecycle === 'UNCOLLECTIBLE' ? left : 0n
  const settlement = { allocated, credited, writtenOff, paidOn: isPaid ? lastOn : null }
  const balance = invoice.lifecycle === 'DRAFT' ? maximum(0n, totals.total) : left - writtenOff
  return {
    ...settlement,
    ...totals,
    status: invoiceStatus(invoice.lifecycle, settlement, totals.total),
    balance,
  }
}

function paymentState(open: OpenPayment, disputed: ReadonlySet<string>): PaymentState {
  const { payment, applied, unapplied, refunded } = open
  const allocations = payment.allocations.map((it) => ({ ...it, applied: applied.get(it) ?? 0n }))
  return { status: paymentStatus(open, disputed.has(payment.id)), allocations, unapplied, refunded }
}

function paymentStatus({ payment, refunded }: OpenPayment, isDisputed: boolean): PaymentStatus {
  if (payment.outcome !== 'SUCCEEDED') return payment.outcome
  if (isDisputed) return 'DISPUTED'
  if (refunded === 0n) return 'SUCCEEDED'
  return refunded < payment.amount ? 'PARTIALLY_REFUNDED' : 'REFUNDED'
}

function violation(
  documentId: string,
  code: ViolationCode,
  field: string,
  message: string,
): DocumentViolation {
  return { documentId, code, field, message }
}

function byIssue(a: CreditNoteFact, b: CreditNoteFact): number {
  return Temporal.PlainDate.compare(a.issuedOn, b.issuedOn) || byId(a, b)
}

function byReceipt({ payment: a }: OpenPayment, { payment: b }: OpenPayment): number {
  return Temporal.PlainDate.compare(a.receivedOn, b.receivedOn) || byId(a, b)
}

function byRefund(a: RefundFact, b: RefundFact): number {
  return Temporal.PlainDate.compare(a.refundedOn, b.refundedOn) || byId(a, b)
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return compareText(a.id, b.id)
}

function mapValues<K, A, B>(map: ReadonlyMap<K, A>, change: (value: A) => B): Map<K, B> {
  return new Map([...map].map(([key, value]) => [key, change(value)]))
}
