import { earlier } from '#domain/calendar.ts'
import type { CreditNote, Dispute, Invoice, Payment, Refund } from '#domain/billing.ts'
import type { LegalEntity, Posting, SourceType } from '#domain/erp.ts'
import { type EntryDraft, type JournalEntry, owedEntries } from '#domain/journal.ts'
import { type Books, draftEntry, PostingBlockedError } from '#domain/ledger.ts'
import {
  type Origin,
  postingsOfCreditNote,
  postingsOfDispute,
  postingsOfInvoice,
  postingsOfPayment,
  postingsOfRefund,
} from '#domain/posting.ts'
import type { DocumentViolation } from '#domain/settlement.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { type Attempt, noteOutcomes, postEntries, type PostingCounts } from './journal.ts'
import type { RateNeed } from './rate-store.ts'
import { lockLegalEntities, meetSources, readBooks, readEntriesOf, type SourceVersion } from './store.ts'

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
interface Demand {
  readonly sourceId: string
  readonly sourceType: SourceType
  /** Whose books it belongs into; null where nobody knows. */
  readonly legalEntityId: string | null
  /** Day of the document. */
  readonly date: Temporal.PlainDate
  readonly postings: readonly Posting[]
  readonly blockedBy: string | null
}

/** What became of a demand. */
type Result = Attempt & { readonly drafts: readonly EntryDraft[] }

/**
 * Brings the books to what the documents demand, in one transaction: what is not posted yet is posted, what changed
 * since is mirrored and posted anew. Of a document that cannot be posted nothing is, and the reason is noted; the
 * others are. The same documents again post nothing.
 */
export async function postDocuments(
  db: Database,
  context: CommandContext,
  documents: PostedDocuments,
): Promise<PostingCounts> {
  const sourceIds = sourceIdsOf(documents)
  if (sourceIds.length === 0) return { posted: 0, blocked: 0 }
  return runCommand(db, context, async (unit) => {
    const newest = await meetSources(unit, allOf(documents))
    const legalEntities = await lockLegalEntities(unit, legalEntityIdsOf(documents), sourceIds)
    const posted = await readEntriesOf(unit, sourceIds)
    const current = currentOf(documents, newest)
    const demands = demandsOf(current, originsOf(current, posted))
    const postings = demands.flatMap((demand) => demand.postings)
    const books = await readBooks(unit, legalEntities, rateNeeds(postings, legalEntities), postings)
    const postedBySource = Map.groupBy(posted, ({ sourceId }) => sourceId)
    const results = demands.map((demand) => meet(demand, postedBySource.get(demand.sourceId) ?? [], books))
    const added = await postEntries(
      unit,
      results.flatMap(({ drafts }) => drafts),
      legalEntities,
      posted,
    )
    await noteOutcomes(unit, results)
    return { posted: added.length, blocked: results.filter(({ blockedBy }) => blockedBy !== null).length }
  })
}

/** Days on which amounts of the postings are wanted in the currencies of their legal entities. */
export function rateNeeds(
  postings: readonly Pick<Posting, 'legalEntityId' | 'currency' | 'date' | 'lines'>[],
  legalEntities: ReadonlyMap<string, LegalEntity>,
): RateNeed[] {
  return postings.flatMap(({ legalEntityId, currency: baseCurrency, date: own, lines }) => {
    const quoteCurrency = legalEntities.get(legalEntityId)?.functionalCurrency ?? baseCurrency
    if (quoteCurrency === baseCurrency) return []
    const carried = lines.flatMap(({ carried: parts = [] }) =>
      parts.flatMap((part) => ('since' in part ? [part.since] : [])),
    )
    return [own, ...carried].map((date) => ({ baseCurrency, quoteCurrency, date }))
  })
}

/** All documents, the invoices of credit notes and payments, and the payments of refunds and disputes. */
function sourceIdsOf(documents: PostedDocuments): string[] {
  const allocations = documents.payments.flatMap((payment) => payment.allocations)
  const invoices = [...documents.creditNotes, ...allocations].map(({ invoiceId }) => invoiceId)
  const payments = [...documents.refunds, ...documents.disputes].map(({ paymentId }) => paymentId)
  return [...new Set([...allOf(documents).map(({ id }) => id), ...invoices, ...payments])]
}

function allOf({ invoices, creditNotes, payments, refunds, disputes }: PostedDocuments): SourceVersion[] {
  return [...invoices, ...creditNotes, ...payments, ...refunds, ...disputes]
}

/**
 * Without documents that were read before another call changed them and told the books first. A credit note is as old
 * as its invoice, a refund or dispute as its payment: what becomes of the one depends on the other.
 */
function currentOf(documents: PostedDocuments, newest: ReadonlyMap<string, number>): PostedDocuments {
  const stale = new Set(
    allOf(documents).flatMap(({ id, version }) => (version === newest.get(id) ? [] : [id])),
  )
  const isCurrent = ({ id }: SourceVersion): boolean => !stale.has(id)
  const isPaidCurrent = (it: Refund | Dispute): boolean => isCurrent(it) && !stale.has(it.paymentId)
  return {
    invoices: documents.invoices.filter(isCurrent),
    creditNotes: documents.creditNotes.filter((it) => isCurrent(it) && !stale.has(it.invoiceId)),
    payments: documents.payments.filter(isCurrent),
    refunds: documents.refunds.filter(isPaidCurrent),
    disputes: documents.disputes.filter(isPaidCurrent),
    violations: documents.violations ?? [],
  }
}

function legalEntityIdsOf({ invoices, creditNotes, payments }: PostedDocuments): string[] {
  const ids = [...invoices, ...creditNotes, ...payments].map(({ legalEntityId }) => legalEntityId)
  return [...new Set(ids)]
}

/** What the books know of the documents that others belong to, by id: as they are, or as they were posted. */
function originsOf({ invoices, payments }: PostedDocuments, posted: readonly JournalEntry[]): Origins {
  return new Map<string, Origin>([
    // The first entry of a document has its date.
    ...posted.toReversed().map((entry) => [entry.sourceId, entry] as const),
    ...invoices.map((invoice) => [invoice.id, { ...invoice, date: invoice.issueDate }] as const),
    ...payments.map((it) => [it.id, { ...it, contractId: null, date: it.receivedOn }] as const),
  ])
}

type Origins = ReadonlyMap<string, Origin>

function demandsOf(documents: PostedDocuments, origins: Origins): Demand[] {
  const reasons = new Map(documents.violations?.map(({ documentId, message }) => [documentId, message]))
  const unlessRefused = (demand: Demand): Demand => {
    const blockedBy = reasons.get(demand.sourceId)
    return blockedBy === undefined ? demand : { ...demand, postings: [], blockedBy }
  }
  const demandOf = (
    type: SourceType,
    document: Dated,
    date: Temporal.PlainDate,
    postings: Posting[],
  ): Demand =>
    unlessRefused({
      sourceId: document.id,
      sourceType: type,
      legalEntityId: document.legalEntityId,
      date,
      postings,
      blockedBy: null,
    })
  return [
    ...documents.invoices.map((it) => demandOf('INVOICE', it, it.issueDate, postingsOfInvoice(it))),
    ...documents.creditNotes.map((it) => {
      const invoice = origins.get(it.invoiceId) ?? null
      return demandOf('CREDIT_NOTE', it, it.issuedOn, postingsOfCreditNote(it, invoice))
    }),
    ...documents.payments.map((it) => demandOf('PAYMENT', it, it.receivedOn, postingsOfPayment(it, origins))),
    ...documents.refunds.map((it) =>
      unlessRefused(demandOfPaid('REFUND', it, it.refundedOn, postingsOfRefund, origins)),
    ),
    ...documents.disputes.map((it) => demandOfPaid('DISPUTE', it, it.openedOn, postingsOfDispute, origins)),
  ]
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

function meet(
  { postings, blockedBy, date: documentDate, ...document }: Demand,
  posted: readonly JournalEntry[],
  books: Books,
): Result {
  const isRequired = postings.length > 0 || posted.length > 0
  const source = { ...document, date: firstDayOwed(postings, posted) ?? documentDate, isRequired }
  try {
    const drafts = owedEntries(postings, posted, (...posting) => draftEntry(books, ...posting))
    return { ...source, blockedBy, drafts }
  } catch (error) {
    if (error instanceof PostingBlockedError) return { ...source, blockedBy: error.message, drafts: [] }
    throw error
  }
}

/** The day of the first posting that the books do not have: an invoice may be posted, and its write-off not. */
function firstDayOwed(
  postings: readonly Posting[],
  posted: readonly JournalEntry[],
): Temporal.PlainDate | undefined {
  const purposes = new Set(posted.map(({ purpose }) => purpose))
  const [first, ...others] = postings.filter(({ purpose }) => !purposes.has(purpose)).map(({ date }) => date)
  return first && others.reduce(earlier, first)
}
