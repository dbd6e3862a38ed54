/** What tests of billing share: recording facts, looking at what was stored, and asking the subgraph. */
import type { Facts } from '#domain/facts.ts'
import type { ExternalRef } from '#domain/entity.ts'
import type { Documents } from '#domain/settlement.ts'
import type { Dispute } from '#domain/billing.ts'
import { manualClock } from '#platform/clock.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { type BillingRecording, recordBillingFacts } from '#subgraphs/billing/record.ts'
import { billing } from '#subgraphs/billing/subgraph.ts'
import { store } from '#test/domain/documents.ts'
import { execute } from '#test/support/ask.ts'
import type { TestDatabase } from '#test/support/database.ts'

/** Noon of the day on which these tests play. */
const clock = manualClock('2026-06-15T12:00:00Z')

/** Records facts as billing does. */
export const record = (database: TestDatabase, facts: Partial<Facts>): Promise<BillingRecording> =>
  recordBillingFacts(database.of('billing'), { subgraph: 'billing', clock, correlationId: 'test' }, facts)

/** A reference by which a source states something as of a version. */
export const stripeRef = (sourceVersion: bigint): ExternalRef => ({
  system: 'stripe',
  instance: 'acct_1',
  objectType: 'object',
  externalId: 'obj_1',
  url: null,
  sourceVersion,
})

/** Types of the events about one object, in order: `invoice.paid`. */
export async function eventsOf(database: TestDatabase, id: string): Promise<string[]> {
  const rows = await database.owner.rows<{ type: string }>({
    text: 'SELECT type FROM billing.event WHERE aggregate_id = $1 ORDER BY version',
    values: [id],
  })
  return rows.map(({ type }) => type.replace(/^revgraph\.billing\.(.*)\.v1$/, '$1'))
}

/** How many events there are. */
export async function countEvents(database: TestDatabase): Promise<number> {
  const [row] = await database.owner.rows<{ count: number }>({
    text: 'SELECT count(*)::int AS count FROM billing.event',
    values: [],
  })
  return row?.count ?? 0
}

/** Columns that tell when something was recorded, not what. */
const NOT_CONTENT = `'{version,recorded_at}'::text[]`
const CONTENT_TABLES = ['invoice', 'payment', 'allocation', 'credit_note', 'refund', 'dispute']

/** Every row of every kind of document, without when it was recorded. */
export async function contentOf(database: TestDatabase): Promise<Record<string, readonly unknown[]>> {
  const entries = await Promise.all(
    CONTENT_TABLES.map(async (table) => {
      const rows = await database.owner.rows<{ content: unknown }>({
        text: `SELECT to_jsonb(t) - ${NOT_CONTENT} AS content FROM billing.${table} t ORDER BY content`,
        values: [],
      })
      return [table, rows.map(({ content }) => content)] as const
    }),
  )
  return Object.fromEntries(entries)
}

type Input = Partial<Documents> & { readonly disputes?: readonly Dispute[] }

/** What of settled documents a story tells about; dates as text, and no order. */
const tell = (documents: Pick<BillingRecording['touched'], 'invoices' | 'payments' | 'refunds'>) => ({
  invoices: byId(documents.invoices, ({ status, allocated, credited, writtenOff, balance, paidOn }) => ({
    status,
    allocated,
    credited,
    writtenOff,
    balance,
    paidOn: paidOn?.toString() ?? null,
  })),
  payments: byId(documents.payments, ({ status, refunded, unapplied, allocations }) => ({
    status,
    refunded,
    unapplied,
    applied: Object.fromEntries(allocations.map(({ id, applied }) => [id, applied])),
  })),
  refunds: byId(documents.refunds, ({ fromUnapplied }) => ({ fromUnapplied })),
})

const byId = <Document extends { readonly id: string }, Told>(
  documents: readonly Document[],
  told: (document: Document) => Told,
): Record<string, Told> => Object.fromEntries(documents.map((document) => [document.id, told(document)]))

/** What the rules say of documents when all of them are known at once. */
export const expected = (documents: Input) => tell(store(documents))

/** What is stored of the same documents. */
export async function stored(database: TestDatabase, documents: Input) {
  const { disputes: _, ...facts } = documents
  return tell((await record(database, facts)).touched)
}

/** What a client gets. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly unknown[]
}

/** Runs a query against the billing subgraph. */
export async function ask(
  database: TestDatabase,
  source: string,
  variables: Record<string, unknown> = {},
): Promise<Answer> {
  const result = await execute(billing(database.of('billing'), clock, createLocalBus()), source, variables)
  return JSON.parse(JSON.stringify(result)) as Answer
}

/** Runs a selection over customers as the gateway does; the answer has the shape of the selection. */
export async function askCustomers<Shape = unknown>(
  database: TestDatabase,
  customers: readonly { readonly id: string; readonly currency?: string }[],
  selection: string,
): Promise<Shape[]> {
  const { data, errors } = await ask(
    database,
    `query ($customers: [_Any!]!) { _entities(representations: $customers) { ... on Customer ${selection} } }`,
    { customers: customers.map((customer) => ({ __typename: 'Customer', ...customer })) },
  )
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
  return data?.['_entities'] as Shape[]
}
