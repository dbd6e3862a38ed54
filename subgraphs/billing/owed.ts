/** What was owed on a day, as known at an instant: the documents of then, settled against each other again. */
import { type AgeingBucket, ageingBuckets, type Receivables, receivables } from '#domain/ageing.ts'
import { documentsOn } from '#domain/as-of.ts'
import type { Invoice, Payment } from '#domain/billing.ts'
import type { Recorded } from '#domain/entity.ts'
import { type Documents, settle } from '#domain/settlement.ts'
import type { Queryable } from '#platform/database.ts'
import { asKnownAt } from '#platform/history.ts'
import { readRows, type Table } from '#platform/table.ts'
import { type DocumentIds, type OwedOn, readConnectedIds, readOpenDocuments } from './owed-store.ts'
import { payments, readRowsBy } from './store.ts'
import { creditNotes, disputes, invoices, refunds } from './tables.ts'

/** Documents with what they came to on the day of their legal entity. */
interface OwedDocuments {
  readonly invoices: readonly Invoice[]
  readonly payments: readonly Payment[]
}

/** What customers owed, by their ids and then by currency, days past due as of each legal entity's day. */
export async function readOwedByCustomer(
  db: Queryable,
  wanted: OwedOn,
): Promise<ReadonlyMap<string, readonly Receivables[]>> {
  const owed = await readOwed(db, wanted)
  const customerIds = wanted.customerIds ?? []
  const entries = customerIds.map((customerId) => {
    const isTheirs = (it: { readonly customerId: string | null }): boolean => it.customerId === customerId
    return [customerId, summary(owed, wanted, isTheirs)] as const
  })
  return new Map(entries)
}

const isACustomers = ({ customerId }: { readonly customerId: string | null }): boolean => customerId !== null

/** What was owed to all the legal entities together, by currency. */
export async function readOwedInTotal(
  db: Queryable,
  wanted: OwedOn,
  buckets: readonly AgeingBucket[] = ageingBuckets,
): Promise<readonly Receivables[]> {
  return summary(await readOwed(db, wanted), wanted, isACustomers, buckets)
}

/** The due date is moved by the difference of the days, so that one day stands for all legal entities. */
function summary(
  owed: OwedDocuments,
  { days }: OwedOn,
  isWanted: (document: { readonly customerId: string | null }) => boolean,
  buckets: readonly AgeingBucket[] = ageingBuckets,
): Receivables[] {
  const [today] = days.values()
  if (today === undefined) return []
  const open = owed.invoices.filter(isWanted).map((invoice) => {
    const own = days.get(invoice.legalEntityId) ?? today
    return own.equals(today) ? invoice : { ...invoice, dueDate: invoice.dueDate.add(own.until(today)) }
  })
  return receivables(open, owed.payments.filter(isWanted), today, buckets)
}

async function readOwed(db: Queryable, wanted: OwedOn): Promise<OwedDocuments> {
  const ids = await readConnectedIds(db, await readOpenDocuments(db, wanted))
  const known = await readDocuments(db, ids, wanted.knownAt)
  const byDay = Map.groupBy(wanted.days, ([, day]) => day.toString())
  const parts = [...byDay].map(([day, entities]) =>
    owedOn(Temporal.PlainDate.from(day), new Set(entities.map(([id]) => id)), known),
  )
  return {
    invoices: parts.flatMap((part) => part.invoices),
    payments: parts.flatMap((part) => part.payments),
  }
}

/** Documents of legal entities as they stood at the end of a day. */
function owedOn(
  day: Temporal.PlainDate,
  legalEntityIds: ReadonlySet<string>,
  known: KnownDocuments,
): OwedDocuments {
  const settled = settle(documentsOn(day, known))
  const isTheirs = (it: { readonly legalEntityId: string }): boolean => legalEntityIds.has(it.legalEntityId)
  return {
    invoices: known.invoices.filter(isTheirs).flatMap((it) => withState(it, settled.invoices.get(it.id))),
    payments: known.payments.filter(isTheirs).flatMap((it) => withState(it, settled.payments.get(it.id))),
  }
}

/** None for a document that was not there by then. */
const withState = <Document, State>(document: Document, state: State | undefined): (Document & State)[] =>
  state === undefined ? [] : [{ ...document, ...state }]

interface KnownDocuments extends Documents {
  readonly invoices: readonly Invoice[]
  readonly payments: readonly Payment[]
}

async function readDocuments(
  db: Queryable,
  { invoiceIds, paymentIds }: DocumentIds,
  knownAt: Temporal.Instant | null,
): Promise<KnownDocuments> {
  const known = <State extends { readonly id: string } & Recorded>(
    table: Table<State>,
    rows: readonly State[],
  ) => asKnownAt(db, 'billing', table, rows, knownAt)
  return {
    invoices: await known(invoices, await readRows(db, invoices, invoiceIds)),
    payments: await known(payments, await readRows(db, payments, paymentIds)),
    creditNotes: await known(creditNotes, await readRowsBy(db, creditNotes, 'invoiceId', invoiceIds)),
    refunds: await known(refunds, await readRowsBy(db, refunds, 'paymentId', paymentIds)),
    disputes: await known(disputes, await readRowsBy(db, disputes, 'paymentId', paymentIds)),
  }
}
