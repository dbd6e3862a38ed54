import { isBefore, lastDay } from './calendar.ts'
import { postBilled } from './intercompany.ts'
import { type Carrying, release } from './carrying.ts'
import { sum } from './money.ts'
import { post, since } from './post.ts'
import type { CreditNote, Dispute, Invoice, InvoiceLine, Payment, Refund, TaxLine } from './billing.ts'
import type { Posting, ScheduleFact, SourceType } from './erp.ts'
import type { Amounts, Share, Shares, Source } from './post.ts'

/** What the posting of a month needs of its schedule. */
export type RecognizedSchedule = Pick<
  ScheduleFact,
  'id' | 'legalEntityId' | 'customerId' | 'contractId' | 'currency' | 'description' | 'productId'
>

/** The document that another one settles or takes back, as the books have it. */
export type Origin = Pick<Posting, 'legalEntityId' | 'customerId' | 'contractId' | 'date'>

/** In whose books a document is posted, and for whom: a refund or a dispute takes both from its payment. */
type Owner = Pick<Posting, 'legalEntityId' | 'customerId'>

/**
 * An issued invoice is owed in full; what is delivered over time is deferred until it is recognised. A void one is
 * mirrored on the day of its voiding, an uncollectible one writes off what is left. A draft posts nothing. The earner
 * is the legal entity of the contract; what is collected or lost is the business of the entity that bills.
 */
export function postingsOfInvoice(invoice: Invoice, earnerId = invoice.legalEntityId): Posting[] {
  if (invoice.lifecycle === 'DRAFT') return []
  const source: Source = {
    ...sourceOf(invoice, invoice, 'INVOICE', `Invoice ${invoice.number ?? invoice.id}`),
    contractId: invoice.contractId,
  }
  const closedOn = invoice.closedOn ?? invoice.issueDate
  const amounts = invoiceAmounts(invoice)
  const writtenOff = { BAD_DEBT: invoice.writtenOff, RECEIVABLES: invoice.writtenOff }
  return [
    ...postBilled(
      earnerId,
      source,
      'INVOICE_ISSUED',
      invoice.issueDate,
      amounts,
      undefined,
      invoiceShares(invoice, amounts),
    ),
    ...(invoice.lifecycle === 'VOID'
      ? postBilled(earnerId, source, 'INVOICE_VOIDED', closedOn, amounts)
      : []),
    ...(invoice.lifecycle === 'UNCOLLECTIBLE'
      ? post(source, 'INVOICE_WRITTEN_OFF', closedOn, writtenOff, since(invoice.issueDate))
      : []),
  ]
}

/**
 * A credit note takes from what is owed: undelivered service from deferred revenue, a price reduction from revenue
 * by its contra account, at the rate of the invoice. A void one is mirrored on the day of its voiding. It belongs to
 * the contract of its invoice.
 */
export function postingsOfCreditNote(
  creditNote: CreditNote,
  invoice: Origin | null,
  earnerId = creditNote.legalEntityId,
): Posting[] {
  if (creditNote.status === 'DRAFT') return []
  const source: Source = {
    ...sourceOf(creditNote, creditNote, 'CREDIT_NOTE', `Credit note ${creditNote.number}`),
    contractId: invoice?.contractId ?? null,
  }
  const amounts = creditNoteAmounts(creditNote)
  const voidedOn = creditNote.voidedOn ?? creditNote.issuedOn
  return [
    ...postBilled(
      earnerId,
      source,
      'CREDIT_NOTE_ISSUED',
      creditNote.issuedOn,
      amounts,
      since(invoice?.date ?? creditNote.issuedOn),
      { TAX_PAYABLE: taxShares(creditNote.taxLines) },
    ),
    ...(creditNote.status === 'VOID'
      ? postBilled(earnerId, source, 'CREDIT_NOTE_VOIDED', voidedOn, amounts)
      : []),
  ]
}

/**
 * A payment that succeeded, less the processor's fee, whatever happened to it later; no cash comes where a customer's
 * balance pays. What settles an earlier invoice takes it off at that one's rate: the difference is realised FX.
 */
export function postingsOfPayment(payment: Payment, invoices: ReadonlyMap<string, Origin>): Posting[] {
  if (payment.outcome !== 'SUCCEEDED') return []
  const { amount, fee, receivedOn } = payment
  const source = sourceOf(payment, payment, 'PAYMENT', 'Payment')
  const settled = payment.allocations.flatMap(({ invoiceId, applied }) => {
    const issueDate = invoices.get(invoiceId)?.date ?? receivedOn
    return applied > 0n && isBefore(issueDate, receivedOn) ? [{ amount: applied, since: issueDate }] : []
  })
  if (payment.method === 'CUSTOMER_BALANCE') {
    const amounts = { CUSTOMER_BALANCE: amount, RECEIVABLES: amount }
    return post(source, 'CUSTOMER_BALANCE_APPLIED', receivedOn, amounts, () => settled)
  }
  const amounts = { CASH_CLEARING: amount - fee, PROCESSOR_FEES: fee, RECEIVABLES: amount }
  return post(source, 'PAYMENT_RECEIVED', receivedOn, amounts, () => settled)
}

/**
 * A refund gives back unapplied cash first; the rest lowers revenue. Both are worth what the payment was, so what the
 * cash costs more or less by now is realised FX. A pending refund is already on its way.
 */
export function postingsOfRefund(refund: Refund, payment: Origin): Posting[] {
  if (refund.status !== 'SUCCEEDED' && refund.status !== 'PENDING') return []
  const source = sourceOf(refund, payment, 'REFUND', 'Refund')
  const amounts = {
    RECEIVABLES: refund.fromUnapplied,
    CREDITS_AND_REFUNDS: refund.amount - refund.fromUnapplied,
    CASH_CLEARING: refund.amount,
  }
  return post(source, 'REFUND_PAID', refund.refundedOn, amounts, since(payment.date))
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
    ...(status === 'LOST' ? post(source, 'DISPUTE_LOST', closedOn, lost, since(openedOn)) : []),
  ]
}

/** What a payment processor paid out, net of what it kept, gave back and held. */
export interface Payout {
  readonly id: string
  readonly legalEntityId: string
  readonly currency: string
  /** Minor units; negative where the processor took money from the bank. */
  readonly amount: bigint
  readonly paidOn: Temporal.PlainDate
  /** Under which the bank has it. */
  readonly reference: string
}

/**
 * What was in clearing is at the bank. It leaves clearing at what the books carried it at, so that nothing stays behind
 * there in one currency only once all of it was paid out: what it is worth more or less by now is realised FX.
 */
export function postingsOfPayout(payout: Payout, clearing: Carrying): Posting[] {
  const { id: sourceId, legalEntityId, currency, amount, paidOn, reference } = payout
  const source: Source = {
    legalEntityId,
    customerId: null,
    contractId: null,
    sourceType: 'PAYOUT',
    sourceId,
    currency,
    description: `Payout ${reference}`,
  }
  const released = release(clearing, amount)
  const carried = released.amount === 0n ? [] : [released]
  return post(source, 'PAYOUT_RECEIVED', paidOn, { BANK: amount, CASH_CLEARING: amount }, () => carried)
}

/** Revenue of one month of a schedule, on the last day of the month; none for an amount of zero. */
export function recognitionPosting(
  schedule: RecognizedSchedule,
  period: Temporal.PlainYearMonth,
  amount: bigint,
): Posting[] {
  const { legalEntityId, customerId, contractId, currency, description, productId, id: sourceId } = schedule
  const source = { legalEntityId, customerId, contractId, currency, description, sourceId }
  return post(
    { ...source, sourceType: 'REVENUE_SCHEDULE' },
    'REVENUE_RECOGNIZED',
    lastDay(period),
    { DEFERRED_REVENUE: amount, REVENUE: amount },
    undefined,
    { REVENUE: [{ amount, subject: { productId } }] },
  ).map((posting) => ({ ...posting, discriminator: period.toString() }))
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

/** Revenue by product, and tax by jurisdiction: their accounts may differ. */
function invoiceShares({ lines, taxLines }: Invoice, { REVENUE = 0n }: Amounts): Shares {
  const byProduct = Map.groupBy(
    lines.filter((line) => !isDeferred(line)),
    ({ productId }) => productId,
  )
  const known = [...byProduct].map(([productId, own]) => ({
    amount: sum(own.map(({ amount }) => amount)),
    subject: { productId },
  }))
  const rest = REVENUE - sum(known.map(({ amount }) => amount))
  return { REVENUE: [...known, { amount: rest, subject: {} }], TAX_PAYABLE: taxShares(taxLines) }
}

function taxShares(taxLines: readonly TaxLine[]): Share[] {
  const byRegion = Map.groupBy(taxLines, ({ jurisdiction }) => jurisdiction)
  return [...byRegion].map(([region, own]) => ({
    amount: sum(own.map(({ amount }) => amount)),
    subject: { region },
  }))
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
