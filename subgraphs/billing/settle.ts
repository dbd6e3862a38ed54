import type {
  CreditNote,
  CreditNoteFact,
  Dispute,
  DisputeFact,
  Invoice,
  InvoiceFact,
  Payment,
  PaymentFact,
  Refund,
  RefundFact,
} from '#domain/billing.ts'
import type { Fact, Recorded } from '#domain/entity.ts'
import { creditNoteEvent, disputeEvent, invoiceEvent, paymentEvent, refundEvent } from '#domain/event.ts'
import type { Facts, RecordCounts } from '#domain/facts.ts'
import { checkCreditNote, checkInvoice, checkPayment, checkRefund } from '#domain/invoice.ts'
import { creditNoteState, settle } from '#domain/settlement.ts'
import type { Change, Draft, UnitOfWork } from '#platform/command.ts'
import { decideFacts, type FactAggregate, recordFacts, type Recording } from '#platform/facts.ts'
import { contentHash } from '#platform/json.ts'
import { readRows } from '#platform/table.ts'
import { type ConnectedDocuments, readConnected } from './documents.ts'
import { lockDocuments, payments, readPaymentIds, readRowsBy } from './store.ts'
import { creditNotes, disputes, invoices, refunds } from './tables.ts'

/** Invoices as aggregates: settled by what is paid and credited, and overdue by the passing of days. */
export const invoice = { name: 'invoice', table: invoices, event: invoiceEvent, check: checkInvoice }
/** Payments as aggregates: applied to invoices, refunded and disputed. */
export const payment = { name: 'payment', table: payments, event: paymentEvent, check: checkPayment }
const refund = { name: 'refund', table: refunds, event: refundEvent, check: checkRefund }

const creditNote: FactAggregate<CreditNoteFact, CreditNote> = {
  name: 'creditNote',
  table: creditNotes,
  event: creditNoteEvent,
  check: checkCreditNote,
  derive: (fact) => ({ ...fact, ...creditNoteState(fact) }),
}

/** Payments that a customer's bank calls back. */
export const dispute: FactAggregate<DisputeFact, Dispute> = {
  name: 'dispute',
  table: disputes,
  event: disputeEvent,
  derive: (fact) => fact,
}

/** What is new in a call: documents that settle themselves are saved already, the others are still facts. */
interface News {
  readonly invoices: readonly InvoiceFact[]
  readonly payments: readonly PaymentFact[]
  readonly refunds: readonly RefundFact[]
  readonly creditNotes: Recording<CreditNote>
  readonly disputes: Recording<Dispute>
}

/** Stored documents whose state may follow from the news, locked; by id. */
interface Affected {
  readonly invoices: ReadonlyMap<string, Invoice>
  readonly payments: ReadonlyMap<string, Payment>
  readonly refunds: ReadonlyMap<string, Refund>
}

/** Changes to store, each with the final state, so that one call tells of a document in one event. */
interface Settlements {
  readonly invoices: readonly Change<Invoice>[]
  readonly payments: readonly Change<Payment>[]
  readonly refunds: readonly Change<Refund>[]
}

const NOTHING_SETTLED: Settlements = { invoices: [], payments: [], refunds: [] }

/**
 * Records documents and settles them against what is stored. The states that follow depend only on the documents,
 * not on the order or the batches in which they come; the number of statements depends on neither.
 */
export async function recordDocuments(
  unit: UnitOfWork,
  facts: Partial<Facts>,
): Promise<{ counts: RecordCounts; touched: ConnectedDocuments }> {
  await lockDocuments(unit, namedBy(facts))
  const decided = {
    invoices: await decideFacts(unit, invoice, facts.invoices),
    payments: await decideFacts(unit, payment, facts.payments),
    refunds: await decideFacts(unit, refund, facts.refunds),
  }
  const news: News = {
    invoices: decided.invoices.news,
    payments: decided.payments.news.map(inOrder),
    refunds: decided.refunds.news,
    creditNotes: await recordFacts(unit, creditNote, facts.creditNotes),
    disputes: await recordFacts(unit, dispute, facts.disputes),
  }
  const settlements = isNothing(news) ? NOTHING_SETTLED : await settleNews(unit, news)
  await unit.save(invoice, settlements.invoices)
  await unit.save(payment, settlements.payments)
  await unit.save(refund, settlements.refunds)
  for (const { remember } of Object.values(decided)) await remember()
  return {
    counts: {
      invoices: decided.invoices.count,
      payments: decided.payments.count,
      creditNotes: news.creditNotes.count,
      refunds: decided.refunds.count,
      disputes: news.disputes.count,
    },
    touched: await readConnected(unit, statedBy(facts)),
  }
}

/** Allocations in the order in which they are stored, so that another order of the same ones changes nothing. */
const inOrder = (fact: PaymentFact): PaymentFact => ({
  ...fact,
  allocations: fact.allocations.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
})

/** Ids of the documents that facts are about. */
function statedBy(facts: Partial<Facts>): string[] {
  const stated = [facts.invoices, facts.payments, facts.creditNotes, facts.refunds, facts.disputes]
  return stated.flatMap((some) => idsOf(some ?? []))
}

/** Ids of the documents that facts are about or refer to. */
function namedBy(facts: Partial<Facts>): string[] {
  return [
    ...statedBy(facts),
    ...invoiceIdsOf(facts.payments ?? []),
    ...(facts.creditNotes ?? []).map(({ invoiceId }) => invoiceId),
    ...[...(facts.refunds ?? []), ...(facts.disputes ?? [])].map(({ paymentId }) => paymentId),
  ]
}

function isNothing(news: News): boolean {
  const parts = [news.invoices, news.payments, news.refunds, news.creditNotes.saved, news.disputes.saved]
  return parts.every(({ length }) => length === 0)
}

async function settleNews(unit: UnitOfWork, news: News): Promise<Settlements> {
  const stored = await lockAffected(unit, news)
  const documents = {
    invoices: overlay(stored.invoices, news.invoices),
    payments: overlay(stored.payments, news.payments),
    refunds: overlay(stored.refunds, news.refunds),
  }
  const others = await readCompetitors(unit, documents)
  const invoiceIds = idsOf([...documents.invoices, ...others.invoices])
  const settled = settle({
    invoices: [...documents.invoices, ...others.invoices],
    payments: [...documents.payments, ...others.payments],
    creditNotes: await readRowsBy(unit, creditNotes, 'invoiceId', invoiceIds),
    refunds: documents.refunds,
    disputes: await readRowsBy(unit, disputes, 'paymentId', idsOf(documents.payments)),
  })
  return {
    invoices: changesOf(stored.invoices, documents.invoices, settled.invoices, { overdueSince: null }),
    payments: changesOf(stored.payments, documents.payments, settled.payments),
    refunds: changesOf(stored.refunds, documents.refunds, settled.refunds),
  }
}

/** Locks in one order of kinds, and by id within a kind, so that two calls wait for each other and do not deadlock. */
async function lockAffected(unit: UnitOfWork, news: News): Promise<Affected> {
  // A document may have named others before than it names now: both are affected.
  const formerPayments = await readRows(unit, payments, idsOf(news.payments))
  const formerRefunds = await readRows(unit, refunds, idsOf(news.refunds))
  const ofCreditNotes = [...news.creditNotes.saved, ...news.creditNotes.before.values()]
  const ofDisputes = [...news.disputes.saved, ...news.disputes.before.values()]

  const invoiceIds = [
    ...idsOf(news.invoices),
    ...invoiceIdsOf([...news.payments, ...formerPayments]),
    ...ofCreditNotes.map(({ invoiceId }) => invoiceId),
  ]
  const lockedInvoices = await unit.lock(invoice, invoiceIds)
  const paymentIds = [
    ...idsOf(news.payments),
    ...(await readPaymentIds(unit, invoiceIds)),
    ...[...news.refunds, ...formerRefunds, ...ofDisputes].map(({ paymentId }) => paymentId),
  ]
  await unit.lock(payment, paymentIds)
  // Read again: a statement that had to wait for the lock saw the allocations as they were before the wait.
  const lockedPayments = await readRows(unit, payments, paymentIds)
  const siblings = await readRowsBy(unit, refunds, 'paymentId', paymentIds)
  return {
    invoices: lockedInvoices,
    payments: byId(lockedPayments),
    refunds: await unit.lock(refund, [...idsOf(news.refunds), ...idsOf(siblings)]),
  }
}

/**
 * Other invoices that the payments name, with the other payments that name those: how much such an invoice takes of
 * an affected payment depends on them, but nothing about them changes.
 */
async function readCompetitors(
  unit: UnitOfWork,
  affected: { readonly invoices: readonly InvoiceFact[]; readonly payments: readonly PaymentFact[] },
): Promise<{ invoices: Invoice[]; payments: Payment[] }> {
  const own = new Set(idsOf([...affected.invoices, ...affected.payments]))
  const isOther = (id: string): boolean => !own.has(id)
  const invoiceIds = invoiceIdsOf(affected.payments).filter(isOther)
  const paymentIds = (await readPaymentIds(unit, invoiceIds)).filter(isOther)
  return {
    invoices: await readRows(unit, invoices, invoiceIds),
    payments: await readRows(unit, payments, paymentIds),
  }
}

/** Stored documents with the news in place of those that they replace. */
function overlay<Stated extends Fact>(
  stored: ReadonlyMap<string, Stated>,
  news: readonly Stated[],
): Stated[] {
  return [...new Map([...stored, ...byId(news)]).values()]
}

/**
 * Changes for the documents that are new or come out other than they are stored. What neither a fact nor the settlement
 * tells is kept, and is `initial` in the first state.
 */
function changesOf<State extends Stated & Recorded, Stated extends Fact, Derived>(
  stored: ReadonlyMap<string, State>,
  documents: readonly Stated[],
  derived: ReadonlyMap<string, Derived>,
  initial: Partial<State> = {},
): Change<State>[] {
  return documents.flatMap((document) => {
    const before = stored.get(document.id)
    const kept = before ?? initial
    const after = { ...kept, ...document, ...derived.get(document.id) } as unknown as Draft<State>
    return before !== undefined && isSame(before, after) ? [] : [{ before, after }]
  })
}

const isSame = (before: object, after: object): boolean => contentOf(before) === contentOf(after)

const contentOf = (state: object): string => contentHash({ ...state, version: 0, recordedAt: null })

const idsOf = (documents: readonly { readonly id: string }[]): string[] => documents.map(({ id }) => id)

const invoiceIdsOf = (some: readonly PaymentFact[]): string[] =>
  some.flatMap(({ allocations }) => allocations.map(({ invoiceId }) => invoiceId))

const byId = <Document extends { readonly id: string }>(
  documents: readonly Document[],
): Map<string, Document> => new Map(documents.map((document) => [document.id, document]))
