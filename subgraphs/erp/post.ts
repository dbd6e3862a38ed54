import { earlier } from '#domain/calendar.ts'
import type { Dispute, Refund } from '#domain/billing.ts'
import type { LegalEntity, Posting } from '#domain/erp.ts'
import { type EntryDraft, type JournalEntry, owedEntries } from '#domain/journal.ts'
import { type Books, draftEntry, PostingBlockedError } from '#domain/ledger.ts'
import { type Receivables, withSettled } from '#domain/receivables.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { type Demand, demandsOf, originsOf, type PostedDocuments } from './demands.ts'
import { type Attempt, noteOutcomes, postEntries, type PostingCounts } from './journal.ts'
import { readEarners } from './plan-store.ts'
import type { RateNeed } from './rate-store.ts'
import { readReceivables } from './receivable-store.ts'
import { lockLegalEntities, meetSources, readBooks, readEntriesOf, type SourceVersion } from './store.ts'

/** What became of a demand. */
type Result = Attempt & {
  readonly drafts: readonly EntryDraft[]
  /** Which rule blocks it, where a rule of the books does. */
  readonly blockedCode: PostingBlockedError['code'] | null
}

/** What posting came to, document by document. */
export interface Posted {
  /** Journal entries that were posted. */
  readonly entryIds: readonly string[]
  /** Documents that cannot be posted until something is mended, and what. */
  readonly blocked: readonly Pick<Result, 'sourceId' | 'blockedBy' | 'blockedCode'>[]
}

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
  const { entryIds, blocked } = await meetDocuments(db, context, documents)
  return { posted: entryIds.length, blocked: blocked.length }
}

/** Posts documents as `postDocuments` does, and tells of each what blocks it. */
export async function meetDocuments(
  db: Database,
  context: CommandContext,
  documents: PostedDocuments,
): Promise<Posted> {
  const sourceIds = sourceIdsOf(documents)
  if (sourceIds.length === 0) return { entryIds: [], blocked: [] }
  return runCommand(db, context, async (unit) => {
    const contractIds = documents.invoices.flatMap(({ contractId }) => contractId ?? [])
    // Who plans one of these contracts meets it as well: it is known here, or finds what is blocked for want of it.
    const newest = await meetSources(unit, [...allOf(documents), ...contractIds.map(notMet)])
    const earners = await readEarners(unit, contractIds, sourceIds)
    const entityIds = [...legalEntityIdsOf(documents), ...earners.values()]
    const legalEntities = await lockLegalEntities(unit, entityIds, sourceIds)
    const posted = await readEntriesOf(unit, sourceIds)
    const current = currentOf(documents, newest)
    const demands = demandsOf(current, originsOf(current, posted), earners)
    const postings = demands.flatMap((demand) => demand.postings)
    const books = await readBooks(unit, legalEntities, rateNeeds(postings, legalEntities), postings)
    const postedBySource = Map.groupBy(posted, ({ sourceId }) => sourceId)
    const receivables = await readReceivables(unit, foreignOnes([...postings, ...posted], legalEntities))
    const results = demands.map((demand) =>
      meet(demand, postedBySource.get(demand.sourceId) ?? [], books, receivables),
    )
    const added = await postEntries(
      unit,
      results.flatMap(({ drafts }) => drafts),
      legalEntities,
      posted,
    )
    await noteOutcomes(unit, results)
    return {
      entryIds: added.map(({ id }) => id),
      blocked: results.filter(({ blockedBy }) => blockedBy !== null),
    }
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

/** What is in another currency than the books of its legal entity. */
export function foreignOnes<Own extends Pick<Posting, 'legalEntityId' | 'currency'>>(
  some: readonly Own[],
  legalEntities: ReadonlyMap<string, LegalEntity>,
): Own[] {
  return some.filter(
    ({ legalEntityId, currency }) => legalEntities.get(legalEntityId)?.functionalCurrency !== currency,
  )
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

/** Older than any version: it holds the place of a source, and says nothing of what the books met of it. */
function notMet(id: string): SourceVersion {
  return { id, version: 0 }
}

function legalEntityIdsOf({ invoices, creditNotes, payments }: PostedDocuments): string[] {
  const ids = [...invoices, ...creditNotes, ...payments].map(({ legalEntityId }) => legalEntityId)
  return [...new Set(ids)]
}

function meet(
  { postings, blockedBy, date: documentDate, ...document }: Demand,
  posted: readonly JournalEntry[],
  books: Books,
  receivables: Receivables,
): Result {
  const isRequired = postings.length > 0 || posted.length > 0
  const source = { ...document, date: firstDayOwed(postings, posted) ?? documentDate, isRequired }
  try {
    const owed = owedEntries(postings, posted, (...posting) => draftEntry(books, ...posting))
    const drafts = withSettled(books, owed, posted, receivables)
    return { ...source, blockedBy, blockedCode: null, drafts }
  } catch (error) {
    if (!(error instanceof PostingBlockedError)) throw error
    return { ...source, blockedBy: error.message, blockedCode: error.code, drafts: [] }
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
