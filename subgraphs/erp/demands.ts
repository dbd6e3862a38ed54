import type { CreditNote, Dispute, Invoice, Payment, Refund } from '#domain/billing.ts'
import type { Posting, SourceType } from '#domain/erp.ts'
import type { JournalEntry } from '#domain/journal.ts'
import {
  type Origin,
  postingsOfCreditNote,
  postingsOfDispute,
  postingsOfInvoice,
  postingsOfPayment,
  postingsOfRefund,
} from '#domain/posting.ts'
import type { DocumentViolation } from '#domain/settlement.ts'

/** Billing documents as they are stored there. */
export interface PostedDocuments {
  readonly invoices: readonly Invoice[]
  readonly creditNotes: readonly CreditNote[]
  readonly payments: readonly Payment[]
  readonly refunds: readonly Refund[]
  readonly disputes: readonly Dispute[]
  /** What does not fit together: a credit note or refund that is named here is not posted. */
  readonly violations?: readonly DocumentViolation[]
}

/** What one document demands of the books: nothing while it is blocked, so that what was posted is taken back. */
export interface Demand {
  readonly sourceId: string
  readonly sourceType: SourceType
  /** Whose books it belongs into; null where nobody knows. */
  readonly legalEntityId: string | null
  /** Day of the document. */
  readonly date: Temporal.PlainDate
  readonly postings: readonly Posting[]
  readonly blockedBy: string | null
}

/** What the books know of the documents that others belong to, by id: as they are, or as they were posted. */
export function originsOf({ invoices, payments }: PostedDocuments, posted: readonly JournalEntry[]): Origins {
  return new Map<string, Origin>([
    // The first entry of a document has its date.
    ...posted.toReversed().map((entry) => [entry.sourceId, entry] as const),
    ...invoices.map((invoice) => [invoice.id, { ...invoice, date: invoice.issueDate }] as const),
    ...payments.map((it) => [it.id, { ...it, contractId: null, date: it.receivedOn }] as const),
  ])
}

type Origins = ReadonlyMap<string, Origin>

/** Legal entities of contracts, by contract, as far as the contracts are known to the books. */
type Earners = ReadonlyMap<string, string>

/** What the documents demand of the books, each by itself. */
export function demandsOf(documents: PostedDocuments, origins: Origins, earners: Earners): Demand[] {
  const reasons = new Map(documents.violations?.map(({ documentId, message }) => [documentId, message]))
  const demands = [
    ...documents.invoices.map((it) => {
      const postings = postingsOfInvoice(it, earnerOf(it, it.contractId, earners))
      return unlessUnknown(demandOf('INVOICE', it, it.issueDate, postings), it.contractId, earners)
    }),
    ...documents.creditNotes.map((it) => {
      const invoice = origins.get(it.invoiceId) ?? null
      const contractId = invoice?.contractId ?? null
      const postings = postingsOfCreditNote(it, invoice, earnerOf(it, contractId, earners))
      return unlessUnknown(demandOf('CREDIT_NOTE', it, it.issuedOn, postings), contractId, earners)
    }),
    ...documents.payments.map((it) => demandOf('PAYMENT', it, it.receivedOn, postingsOfPayment(it, origins))),
    ...documents.refunds.map((it) => demandOfPaid('REFUND', it, it.refundedOn, postingsOfRefund, origins)),
    ...documents.disputes.map((it) => demandOfPaid('DISPUTE', it, it.openedOn, postingsOfDispute, origins)),
  ]
  return demands.map((demand) => unlessBlocked(demand, reasons.get(demand.sourceId)))
}

/** Whose the contract is that a document bills; without one, the document's own legal entity earns. */
function earnerOf({ legalEntityId }: Dated, contractId: string | null, earners: Earners): string {
  return earners.get(contractId ?? '') ?? legalEntityId
}

/** What bills a contract that the books do not know waits for it: nobody can tell who earns. */
function unlessUnknown(demand: Demand, contractId: string | null, earners: Earners): Demand {
  if (contractId === null || earners.has(contractId) || demand.postings.length === 0) return demand
  return unlessBlocked(demand, `The contract ${contractId} is not known to the books`)
}

function unlessBlocked(demand: Demand, blockedBy: string | undefined): Demand {
  return blockedBy === undefined ? demand : { ...demand, postings: [], blockedBy }
}

function demandOf(
  sourceType: SourceType,
  { id: sourceId, legalEntityId }: Dated,
  date: Temporal.PlainDate,
  postings: readonly Posting[],
): Demand {
  return { sourceId, sourceType, legalEntityId, date, postings, blockedBy: null }
}

/** A document that names its legal entity. */
interface Dated {
  readonly id: string
  readonly legalEntityId: string
}

/** The demand of a document that is posted in the books of its payment. */
function demandOfPaid<Document extends Refund | Dispute>(
  sourceType: SourceType,
  document: Document,
  date: Temporal.PlainDate,
  postingsOf: (document: Document, payment: Origin) => Posting[],
  payments: Origins,
): Demand {
  const payment = payments.get(document.paymentId)
  const source = { sourceId: document.id, sourceType, date }
  if (payment === undefined) {
    const blockedBy = `The payment ${document.paymentId} is not known to the books`
    return { ...source, legalEntityId: null, postings: [], blockedBy }
  }
  const { legalEntityId } = payment
  return { ...source, legalEntityId, postings: postingsOf(document, payment), blockedBy: null }
}
