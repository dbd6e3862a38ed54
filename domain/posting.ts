import { lastDay } from './calendar.ts'
import { sum } from './money.ts'
import type { CreditNote, Dispute, Invoice, InvoiceLine, Payment, Refund } from './billing.ts'
import type { AccountRole, Posting, PostingLine, PostingPurpose, ScheduleFact, SourceType } from './erp.ts'

/** Which accounts a posting touches and on which side; a negative amount changes the side. */
export interface PostingRule {
  readonly debit: readonly AccountRole[]
  readonly credit: readonly AccountRole[]
  /** The earlier posting of the same document that this one mirrors. */
  readonly reverses: PostingPurpose | null
}

const invoiceIssued: PostingRule = {
  debit: ['RECEIVABLES'],
  credit: ['DEFERRED_REVENUE', 'REVENUE', 'TAX_PAYABLE'],
  reverses: null,
}
const creditNoteIssued: PostingRule = {
  debit: ['DEFERRED_REVENUE', 'CREDITS_AND_REFUNDS', 'TAX_PAYABLE'],
  credit: ['RECEIVABLES'],
  reverses: null,
}
const disputeOpened: PostingRule = { debit: ['DISPUTED_CASH'], credit: ['CASH_CLEARING'], reverses: null }

/** What each business event does to the ledger. Unapplied cash stays in receivables, as a credit of the customer. */
export const POSTING_RULES: Readonly<Record<PostingPurpose, PostingRule>> = {
  INVOICE_ISSUED: invoiceIssued,
  INVOICE_VOIDED: mirror(invoiceIssued, 'INVOICE_ISSUED'),
  INVOICE_WRITTEN_OFF: { debit: ['BAD_DEBT'], credit: ['RECEIVABLES'], reverses: null },
  CREDIT_NOTE_ISSUED: creditNoteIssued,
  CREDIT_NOTE_VOIDED: mirror(creditNoteIssued, 'CREDIT_NOTE_ISSUED'),
  PAYMENT_RECEIVED: { debit: ['CASH_CLEARING', 'PROCESSOR_FEES'], credit: ['RECEIVABLES'], reverses: null },
  REFUND_PAID: { debit: ['RECEIVABLES', 'CREDITS_AND_REFUNDS'], credit: ['CASH_CLEARING'], reverses: null },
  DISPUTE_OPENED: disputeOpened,
  DISPUTE_WON: mirror(disputeOpened, 'DISPUTE_OPENED'),
  DISPUTE_LOST: { debit: ['DISPUTE_LOSSES'], credit: ['DISPUTED_CASH'], reverses: null },
  REVENUE_RECOGNIZED: { debit: ['DEFERRED_REVENUE'], credit: ['REVENUE'], reverses: null },
}

/** What goes to the accounts of a rule, minor units; a role that is not named gets nothing. */
type Amounts = Partial<Record<AccountRole, bigint>>

/** The document behind a posting: everything but what the rule and the amounts say. */
type Source = Omit<Posting, 'purpose' | 'reverses' | 'date' | 'lines' | 'discriminator'>

/** What the posting of a month needs of its schedule. */
export type RecognizedSchedule = Pick<
  ScheduleFact,
  'id' | 'legalEntityId' | 'customerId' | 'contractId' | 'currency' | 'description'
>

/** In whose books a document is posted, and for whom: a refund or a dispute takes both from its payment. */
export type Owner = Pick<Posting, 'legalEntityId' | 'customerId'>

/**
 * An issued invoice is owed in full; what is delivered over time is deferred until it is recognised. A void one is
 * mirrored on the day of its voiding, an uncollectible one writes off what is left. A draft posts nothing.
 */
export function postingsOfInvoice(invoice: Invoice): Posting[] {
  if (invoice.lifecycle === 'DRAFT') return []
  const source: Source = {
    ...sourceOf(invoice, invoice, 'INVOICE', `Invoice ${invoice.number ?? invoice.id}`),
    contractId: invoice.contractId,
  }
  const closedOn = invoice.closedOn ?? invoice.issueDate
  const amounts = invoiceAmounts(invoice)
  const writtenOff = { BAD_DEBT: invoice.writtenOff, RECEIVABLES: invoice.writtenOff }
  return [
    ...post(source, 'INVOICE_ISSUED', invoice.issueDate, amounts),
    ...(invoice.lifecycle === 'VOID' ? post(source, 'INVOICE_VOIDED', closedOn, amounts) : []),
    ...(invoice.lifecycle === 'UNCOLLECTIBLE'
      ? post(source, 'INVOICE_WRITTEN_OFF', closedOn, writtenOff)
      : []),
  ]
}

/**
 * A credit note takes from what is owed: undelivered service from deferred revenue, a price reduction from revenue
 * by its contra account. A void one is mirrored on the day of its voiding. It belongs to the contract of its invoice.
 */
export function postingsOfCreditNote(creditNote: CreditNote, contractId: string | null): Posting[] {
  if (creditNote.status === 'DRAFT') return []
  const source: Source = {
    ...sourceOf(creditNote, creditNote, 'CREDIT_NOTE', `Credit note ${creditNote.number}`),
    contractId,
  }
  const amounts = creditNoteAmounts(creditNote)
  const voidedOn = creditNote.voidedOn ?? creditNote.issuedOn
  return [
    ...post(source, 'CREDIT_NOTE_ISSUED', creditNote.issuedOn, amounts),
    ...(creditNote.status === 'VOID' ? post(source, 'CREDIT_NOTE_VOIDED', voidedOn, amounts) : []),
  ]
}

/** A payment that succeeded, less the processor's fee, whatever happened to it later. */
export function postingsOfPayment(payment: Payment): Posting[] {
  if (payment.outcome !== 'SUCCEEDED') return []
  const source = sourceOf(payment, payment, 'PAYMENT', 'Payment')
  return post(source, 'PAYMENT_RECEIVED', payment.receivedOn, {
    CASH_CLEARING: payment.amount - payment.fee,
    PROCESSOR_FEES: payment.fee,
    RECEIVABLES: payment.amount,
  })
}

/** A refund gives back unapplied cash first; the rest lowers revenue. A pending one is already on its way. */
export function postingsOfRefund(refund: Refund, payment: Owner): Posting[] {
  if (refund.status !== 'SUCCEEDED' && refund.status !== 'PENDING') return []
  const source = sourceOf(refund, payment, 'REFUND', 'Refund')
  return post(source, 'REFUND_PAID', refund.refundedOn, {
    RECEIVABLES: refund.fromUnapplied,
    CREDITS_AND_REFUNDS: refund.amount - refund.fromUnapplied,
    CASH_CLEARING: refund.amount,
  })
}

/**
 * Cash that a dispute withdrew is set apart until the dispute is won, which brings it back, or lost, which makes it a
 * loss. An inquiry withdraws none.
 */
export function postingsOfDispute(dispute: Dispute, payment: Owner): Posting[] {
  const { amount, status, openedOn } = dispute
  if (!dispute.fundsWithdrawn) return []
  const source = sourceOf(dispute, payment, 'DISPUTE', `Dispute: ${dispute.reason}`)
  const closedOn = dispute.closedOn ?? openedOn
  const setApart = { DISPUTED_CASH: amount, CASH_CLEARING: amount }
  const lost = { DISPUTE_LOSSES: amount, DISPUTED_CASH: amount }
  return [
    ...post(source, 'DISPUTE_OPENED', openedOn, setApart),
    ...(status === 'WON' ? post(source, 'DISPUTE_WON', closedOn, setApart) : []),
    ...(status === 'LOST' ? post(source, 'DISPUTE_LOST', closedOn, lost) : []),
  ]
}

/** Revenue of one month of a schedule, on the last day of the month; none for an amount of zero. */
export function recognitionPosting(
  schedule: RecognizedSchedule,
  period: Temporal.PlainYearMonth,
  amount: bigint,
): Posting[] {
  const { legalEntityId, customerId, contractId, currency, description, id: sourceId } = schedule
  const source = { legalEntityId, customerId, contractId, currency, description, sourceId }
  return post({ ...source, sourceType: 'REVENUE_SCHEDULE' }, 'REVENUE_RECOGNIZED', lastDay(period), {
    DEFERRED_REVENUE: amount,
    REVENUE: amount,
  }).map((posting) => ({ ...posting, discriminator: period.toString() }))
}

function mirror({ debit, credit }: PostingRule, reverses: PostingPurpose): PostingRule {
  return { debit: credit, credit: debit, reverses }
}

function sourceOf(
  document: { readonly id: string; readonly currency: string },
  owner: Owner,
  sourceType: SourceType,
  description: string,
): Source {
  const { legalEntityId, customerId } = owner
  const { id: sourceId, currency } = document
  return { legalEntityId, customerId, contractId: null, sourceType, sourceId, currency, description }
}

function invoiceAmounts(invoice: Invoice): Amounts {
  const deferred = sum(invoice.lines.filter(isDeferred).map(({ amount }) => amount))
  return {
    RECEIVABLES: invoice.total,
    DEFERRED_REVENUE: deferred,
    REVENUE: invoice.subtotal - deferred,
    TAX_PAYABLE: invoice.tax,
  }
}

/** A line of a contract has a schedule even if it is earned at a point in time. */
function isDeferred({ servicePeriod, contractLineId }: InvoiceLine): boolean {
  return servicePeriod !== null || contractLineId !== null
}

function creditNoteAmounts({ lines, net, tax, amount }: CreditNote): Amounts {
  const undelivered = sum(lines.map((line) => (line.servicePeriod === null ? 0n : line.amount)))
  return {
    DEFERRED_REVENUE: undelivered,
    CREDITS_AND_REFUNDS: net - undelivered,
    TAX_PAYABLE: tax,
    RECEIVABLES: amount,
  }
}

/** The posting that a rule makes of the amounts; none if they are all zero. */
function post(
  source: Source,
  purpose: PostingPurpose,
  date: Temporal.PlainDate,
  amounts: Amounts,
): Posting[] {
  const { debit, credit, reverses } = POSTING_RULES[purpose]
  const lines = [
    ...debit.flatMap((role) => entryLine(role, amounts[role] ?? 0n)),
    ...credit.flatMap((role) => entryLine(role, -(amounts[role] ?? 0n))),
  ]
  return lines.length === 0 ? [] : [{ ...source, purpose, discriminator: '', reverses, date, lines }]
}

/** A debit for a positive amount, a credit for a negative one, nothing for zero. */
function entryLine(role: AccountRole, amount: bigint): PostingLine[] {
  if (amount === 0n) return []
  return [amount > 0n ? { role, debit: amount, credit: 0n } : { role, debit: 0n, credit: -amount }]
}
