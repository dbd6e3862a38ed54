import type { AccountingPeriod, LedgerAccount, LegalEntity } from '#domain/erp.ts'
import type { JournalEntry, JournalLine } from '#domain/journal.ts'
import { accountKey } from '#domain/ledger.ts'
import type { Books } from '#domain/ledger.ts'
import { money, type PrintableMoney } from '#domain/money.ts'
import type { ForeignBalance } from '#domain/revaluation.ts'
import type { Cell } from '#platform/copy.ts'
import type { Queryable, Transaction } from '#platform/database.ts'
import { type Invariant, keptInvariant } from '#platform/invariant.ts'
import { MAX_LIST_LENGTH } from '#platform/loaders.ts'
import { gathered, narrowed, table, type Table } from '#platform/table.ts'
import { type RateNeed, readRates } from './rate-store.ts'
import { type AccountSubject, readAccountChoice } from './rule-store.ts'
import {
  accountingPeriods,
  fxRates,
  invariantViews,
  journalColumns,
  type JournalHeader,
  journalHeaders,
  legalEntities,
  type PostingNote,
} from './tables.ts'

/** Entries with their lines, whose amounts are texts in JSON since JSON readers take numbers for floats. */
export const journalEntries = table<JournalEntry>(journalHeaders.name, {
  ...journalColumns,
  lines: gathered<readonly JournalLine[]>(
    `(SELECT coalesce(json_agg(json_build_object('accountId', l.account_id, 'role', l.role,
        'debit', l.debit::text, 'credit', l.credit::text, 'functionalDebit', l.functional_debit::text,
        'functionalCredit', l.functional_credit::text) ORDER BY l.line_number), '[]')
      FROM erp.journal_line l WHERE l.entry_id = t.id)`,
    (lines) =>
      lines.map((line) => ({
        ...line,
        debit: BigInt(line.debit),
        credit: BigInt(line.credit),
        functionalDebit: BigInt(line.functionalDebit),
        functionalCredit: BigInt(line.functionalCredit),
      })),
  ),
})

/** A customer's dealings in one currency. */
export interface CustomerCurrency {
  readonly customerId: string
  readonly currency: string
}

/**
 * Legal entities by id, locked until the transaction ends: nobody else posts to their journals or closes their
 * periods meanwhile. Those that have posted one of the sources before are locked as well.
 */
export async function lockLegalEntities(
  db: Queryable,
  ids: readonly string[],
  sourceIds: readonly string[] = [],
): Promise<Map<string, LegalEntity>> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'erp lock legal entities',
    text: `SELECT ${legalEntities.select} FROM erp.legal_entity t
      WHERE t.id = ANY($1) OR t.id IN (SELECT legal_entity_id FROM erp.journal_entry WHERE source_id = ANY($2))
      ORDER BY t.id FOR UPDATE`,
    values: [ids, sourceIds],
  })
  return new Map(rows.map(legalEntities.read).map((legalEntity) => [legalEntity.id, legalEntity]))
}

/** What the books follow: a document or contract in one of its versions. */
export interface SourceVersion {
  readonly id: string
  readonly version: number
}

/** The newest versions that the books ever met, these included; held until the transaction ends, in order of id. */
export async function meetSources(
  db: Queryable,
  met: readonly SourceVersion[],
): Promise<Map<string, number>> {
  const rows = await db.rows<SourceVersion>({
    name: 'erp meet sources',
    text: `INSERT INTO erp.source AS known (id, version)
      SELECT id, max(version) FROM unnest($1::text[], $2::int[]) AS met(id, version) GROUP BY id ORDER BY id
      ON CONFLICT (id) DO UPDATE SET version = greatest(known.version, excluded.version)
      RETURNING id, version`,
    values: [met.map(({ id }) => id), met.map(({ version }) => version)],
  })
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** Accounts, rules, periods and rates that postings of these legal entities need, about such subjects. */
export async function readBooks(
  db: Queryable,
  entities: ReadonlyMap<string, LegalEntity>,
  needs: readonly RateNeed[],
  subjects: readonly AccountSubject[] = [],
): Promise<Books> {
  const ids = [...entities.keys()]
  const accounts = await db.rows<Pick<LedgerAccount, 'legalEntityId' | 'code' | 'role' | 'id'>>({
    name: 'erp accounts by code',
    text: `SELECT legal_entity_id AS "legalEntityId", code, role, id FROM erp.ledger_account
      WHERE legal_entity_id = ANY($1)`,
    values: [ids],
  })
  const periods = await readPeriods(db, ids)
  return {
    legalEntities: entities,
    accounts: new Map(
      accounts.map(({ legalEntityId, code, role, id }) => [accountKey(legalEntityId, code), { id, role }]),
    ),
    ...(await readAccountChoice(db, subjects)),
    periods: Map.groupBy(periods, ({ legalEntityId }) => legalEntityId),
    rates: await readRates(db, needs),
  }
}

/** All periods of the legal entities, earliest first. */
export async function readPeriods(
  db: Queryable,
  legalEntityIds: readonly string[],
): Promise<AccountingPeriod[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'erp periods',
    text: `SELECT ${accountingPeriods.select} FROM erp.accounting_period t
      WHERE t.legal_entity_id = ANY($1) ORDER BY t.range->>'start'`,
    values: [legalEntityIds],
  })
  return rows.map(accountingPeriods.read)
}

/** What each account of a legal entity holds in foreign currencies at the end of a month, by currency. */
export async function readForeignBalances(
  db: Queryable,
  legalEntityId: string,
  functionalCurrency: string,
  month: Temporal.PlainYearMonth,
): Promise<Map<string, ForeignBalance[]>> {
  const rows = await db.rows<ForeignBalance & { readonly currency: string }>({
    name: 'erp foreign balances',
    text: `SELECT l.currency, l.account_id AS "accountId", l.role, sum(l.debit - l.credit)::bigint AS amount,
        sum(l.functional_debit - l.functional_credit)::bigint AS worth
      FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id
      WHERE l.legal_entity_id = $1 AND l.currency <> $2 AND e.period <= $3
      GROUP BY l.currency, l.role, l.account_id ORDER BY l.currency, l.role, l.account_id`,
    values: [legalEntityId, functionalCurrency, month.toString()],
  })
  return Map.groupBy(rows, ({ currency }) => currency)
}

/** All entries of the sources, in the order in which they were posted. */
export async function readEntriesOf(db: Queryable, sourceIds: readonly string[]): Promise<JournalEntry[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'erp entries by source',
    text: `SELECT ${journalEntries.select} FROM erp.journal_entry t WHERE t.source_id = ANY($1)
      ORDER BY t.legal_entity_id, t.sequence`,
    values: [sourceIds],
  })
  return rows.map(journalEntries.read)
}

/** Ids of documents that could not be posted, after `afterId` in order; schedules are tried again by every run. */
export async function readBlockedSources(db: Queryable, afterId: string, limit: number): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'erp blocked sources',
    text: `SELECT source_id AS id FROM erp.posting_note
      WHERE status = 'BLOCKED' AND source_type <> 'REVENUE_SCHEDULE' AND source_id > $1 ORDER BY source_id LIMIT $2`,
    values: [afterId, limit],
  })
  return rows.map(({ id }) => id)
}

/** Makes room for so many entries in each journal; returns the sequence before the first of them. */
export async function extendJournals(
  db: Queryable,
  growth: readonly { readonly id: string; readonly entries: number }[],
): Promise<Map<string, bigint>> {
  const rows = await db.rows<{ id: string; before: bigint }>({
    name: 'erp extend journals',
    text: `UPDATE erp.legal_entity t SET journal_length = t.journal_length + growth.entries
      FROM unnest($1::text[], $2::int[]) AS growth(id, entries)
      WHERE t.id = growth.id RETURNING t.id, t.journal_length - growth.entries AS before`,
    values: [growth.map(({ id }) => id), growth.map(({ entries }) => entries)],
  })
  return new Map(rows.map(({ id, before }) => [id, before]))
}

/** Writes the lines of new entries. The database refuses those that do not balance. */
export async function insertLines(transaction: Transaction, entries: readonly JournalEntry[]): Promise<void> {
  await transaction.add(
    { table: 'erp.journal_line', columns: LINE_COLUMNS },
    entries.flatMap((entry) => entry.lines.map((line, index) => lineCells(entry, line, index + 1))),
  )
}

const LINE_COLUMNS = [
  'entry_id',
  'line_number',
  'account_id',
  'role',
  'debit',
  'credit',
  'functional_debit',
  'functional_credit',
  'legal_entity_id',
  'customer_id',
  'currency',
  'date',
] as const

function lineCells(
  { id, legalEntityId, customerId, currency, date }: JournalEntry,
  { accountId, role, debit, credit, functionalDebit, functionalCredit }: JournalLine,
  number: number,
): Cell[] {
  return [
    id,
    number,
    accountId,
    role,
    debit,
    credit,
    functionalDebit,
    functionalCredit,
    legalEntityId,
    customerId,
    currency,
    date,
  ]
}

/** Lines of each entry, in their order; in the order of the ids. */
export async function readLines(
  db: Queryable,
  entryIds: readonly string[],
): Promise<(readonly JournalLine[])[]> {
  const rows = await db.rows<JournalLine & { entryId: string }>({
    name: 'erp lines by entry',
    text: `SELECT entry_id AS "entryId", account_id AS "accountId", role, debit, credit,
        functional_debit AS "functionalDebit", functional_credit AS "functionalCredit"
      FROM erp.journal_line WHERE entry_id = ANY($1) ORDER BY line_number`,
    values: [entryIds],
  })
  const byEntry = Map.groupBy(rows, ({ entryId }) => entryId)
  return entryIds.map((id) => byEntry.get(id) ?? [])
}

/** What is in the books of a document: its entries, earliest first, and why it has none or not all. */
export interface Posting {
  readonly entries: readonly JournalHeader[]
  readonly note: Pick<PostingNote, 'status' | 'reason'> | null
}

/** An entry of a document, or nulls where it has none, beside the note on it. */
interface PostingRow extends Record<string, unknown> {
  readonly id: string | null
  readonly documentId: string
  readonly noteStatus: PostingNote['status'] | null
  readonly reason: string | null
}

/** The posting of each document; in the order of the ids. */
export async function readPostings(db: Queryable, sourceIds: readonly string[]): Promise<Posting[]> {
  const { variant, select, read } = narrowed(journalHeaders, db.asked)
  const rows = await db.rows<PostingRow>({
    name: `erp postings${variant}`,
    text: `SELECT ${select}, source.id AS "documentId", note.status AS "noteStatus", note.reason
      FROM unnest($1::text[]) AS source(id)
      LEFT JOIN erp.posting_note note ON note.source_id = source.id
      LEFT JOIN erp.journal_entry t ON t.source_id = source.id
      ORDER BY t.sequence LIMIT cardinality($1::text[]) * ${MAX_LIST_LENGTH}`,
    values: [sourceIds],
  })
  const byDocument = Map.groupBy(rows, ({ documentId }) => documentId)
  return sourceIds.map((id) => {
    const ofDocument = byDocument.get(id) ?? []
    const [{ noteStatus, reason } = { noteStatus: null, reason: null }] = ofDocument
    return {
      entries: ofDocument.filter((row) => row.id !== null).map(read),
      note: noteStatus === null ? null : { status: noteStatus, reason },
    }
  })
}

/** Balance of the deferred revenue account for each customer in a currency, minor units owed as service. */
export async function readDeferredRevenue(
  db: Queryable,
  keys: readonly CustomerCurrency[],
): Promise<PrintableMoney[]> {
  const rows = await db.rows<{ customerId: string; currency: string; balance: bigint }>({
    name: 'erp deferred revenue',
    text: `SELECT l.customer_id AS "customerId", l.currency, sum(l.credit - l.debit)::bigint AS balance
      FROM erp.journal_line l JOIN unnest($1::text[], $2::text[]) AS key(customer_id, currency)
        ON l.customer_id = key.customer_id AND l.currency = key.currency
      WHERE l.role = 'DEFERRED_REVENUE' GROUP BY l.customer_id, l.currency`,
    values: [keys.map(({ customerId }) => customerId), keys.map(({ currency }) => currency)],
  })
  const balances = new Map(
    rows.map(({ customerId, currency, balance }) => [`${customerId} ${currency}`, balance]),
  )
  return keys.map(({ customerId, currency }) =>
    money(balances.get(`${customerId} ${currency}`) ?? 0n, currency),
  )
}

/** All legal entities by code, at most MAX_LIST_LENGTH. */
export function readLegalEntities(db: Queryable): Promise<LegalEntity[]> {
  return readList(db, legalEntities, 'true', 't.code', [])
}

/** Rates of a pair of currencies, latest day first, at most MAX_LIST_LENGTH. */
export function readFxRates(db: Queryable, baseCurrency: string, quoteCurrency: string) {
  const pair = 't.base_currency = $1 AND t.quote_currency = $2'
  return readList(db, fxRates, pair, 't.date DESC, t.id', [baseCurrency, quoteCurrency])
}

async function readList<State extends { readonly id: string }>(
  db: Queryable,
  source: Table<State>,
  condition: string,
  order: string,
  values: readonly unknown[],
): Promise<State[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: `${source.name}${source.variant} list`,
    text: `SELECT ${source.select} FROM ${source.name} t WHERE ${condition} ORDER BY ${order} LIMIT ${MAX_LIST_LENGTH}`,
    values,
  })
  return rows.map(source.read)
}

/** What holds within the books. Each query is a view of the database, so that a person with psql can look as well. */
export const erpInvariants: readonly Invariant[] = [
  ...invariantViews.map(({ view, ...invariant }) => ({
    ...invariant,
    offenders: `SELECT id FROM erp.${view}`,
  })),
  {
    name: '7 sealed entries',
    statement: 'what was in a period when it was closed is still the same',
    parts: `SELECT ARRAY[period_id, number::text] AS part FROM erp.seal_tile WHERE number % 64 = 0 ORDER BY 1`,
    offenders: 'SELECT id FROM erp.entry_not_as_sealed WHERE period_id = $1 AND first_tile = $2::int',
  },
  keptInvariant('erp', { journal: 'journal_entry', revenueSchedule: 'revenue_schedule' }),
]
