import type { AccountRole, LegalEntity } from '#domain/erp.ts'
import type { JournalEntry, JournalLine } from '#domain/journal.ts'
import { accountKey, rateKey } from '#domain/ledger.ts'
import type { Books } from '#domain/ledger.ts'
import type { Money } from '#domain/money.ts'
import type { RecognizedSchedule } from '#domain/posting.ts'
import type { Queryable } from '#platform/database.ts'
import { parseYearMonth } from '#platform/dates.ts'
import type { Invariant } from '#platform/invariant.ts'
import { toJson } from '#platform/json.ts'
import { MAX_LIST_LENGTH } from '#platform/loaders.ts'
import { gathered, readRows, table, type Table } from '#platform/table.ts'
import {
  accountingPeriods,
  fxRates,
  invariantViews,
  journalColumns,
  journalHeaders,
  legalEntities,
  type RevenueSchedule,
  type ScheduledMonth,
  scheduleColumns,
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

/** Schedules with their months in force. */
export const revenueSchedules = table<RevenueSchedule>('erp.revenue_schedule', {
  ...scheduleColumns,
  entries: gathered<readonly ScheduledMonth[]>(
    `(SELECT coalesce(json_agg(json_build_object('period', m.period, 'amount', m.amount::text,
        'status', m.status, 'journalEntryId', m.journal_entry_id) ORDER BY m.period), '[]')
      FROM erp.schedule_entry m WHERE m.schedule_id = t.id AND m.superseded_by IS NULL)`,
    (entries) =>
      entries.map(({ period, amount, ...entry }) => ({
        ...entry,
        period: parseYearMonth(period),
        amount: BigInt(amount),
      })),
  ),
})

/** A day on which an amount of one currency is wanted in another. */
export interface RateNeed {
  readonly baseCurrency: string
  readonly quoteCurrency: string
  readonly date: Temporal.PlainDate
}

/** A customer's dealings in one currency. */
export interface CustomerCurrency {
  readonly customerId: string
  readonly currency: string
}

/** A month that is due to be recognised. */
export type DueMonth = RecognizedSchedule & { readonly period: string; readonly amount: bigint }

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

/** Accounts, periods and rates that postings of these legal entities need. */
export async function readBooks(
  db: Queryable,
  entities: ReadonlyMap<string, LegalEntity>,
  needs: readonly RateNeed[],
): Promise<Books> {
  const ids = [...entities.keys()]
  const accounts = await db.rows<{ legalEntityId: string; role: AccountRole; id: string }>({
    name: 'erp accounts by role',
    text: `SELECT legal_entity_id AS "legalEntityId", role, id FROM erp.ledger_account
      WHERE legal_entity_id = ANY($1)`,
    values: [ids],
  })
  const periods = await db.rows<Record<string, unknown>>({
    name: 'erp periods',
    text: `SELECT ${accountingPeriods.select} FROM erp.accounting_period t
      WHERE t.legal_entity_id = ANY($1) ORDER BY t.range->>'start'`,
    values: [ids],
  })
  return {
    legalEntities: entities,
    accountIds: new Map(accounts.map(({ legalEntityId, role, id }) => [accountKey(legalEntityId, role), id])),
    periods: Map.groupBy(periods.map(accountingPeriods.read), ({ legalEntityId }) => legalEntityId),
    rates: await readRates(db, needs),
  }
}

/** For each need, the latest rate on or before its day; a need without one is left out. */
async function readRates(db: Queryable, needs: readonly RateNeed[]): Promise<Map<string, string>> {
  if (needs.length === 0) return new Map()
  const rows = await db.rows<RateNeed & { rate: string }>({
    name: 'erp rates of days',
    text: `SELECT need.base AS "baseCurrency", need.quote AS "quoteCurrency", need.date, latest.rate
      FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::date[])) AS need(base, quote, date)
      CROSS JOIN LATERAL (
        SELECT rate FROM erp.fx_rate r
        WHERE r.base_currency = need.base AND r.quote_currency = need.quote AND r.date <= need.date
        ORDER BY r.date DESC, r.id LIMIT 1
      ) AS latest`,
    values: [
      needs.map(({ baseCurrency }) => baseCurrency),
      needs.map(({ quoteCurrency }) => quoteCurrency),
      needs.map(({ date }) => date.toString()),
    ],
  })
  return new Map(
    rows.map(({ baseCurrency, quoteCurrency, date, rate }) => [
      rateKey(baseCurrency, quoteCurrency, date),
      rate,
    ]),
  )
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
export async function insertLines(db: Queryable, entries: readonly JournalEntry[]): Promise<void> {
  const rows = entries.flatMap(({ id: entryId, legalEntityId, customerId, currency, date, lines }) =>
    lines.map((line, index) => ({
      ...line,
      entryId,
      lineNumber: index + 1,
      legalEntityId,
      customerId,
      currency,
      date,
    })),
  )
  await db.rows({
    text: `INSERT INTO erp.journal_line (entry_id, line_number, account_id, role, debit, credit, functional_debit,
        functional_credit, legal_entity_id, customer_id, currency, date)
      SELECT * FROM json_to_recordset($1) AS s("entryId" text, "lineNumber" int, "accountId" text, role text,
        debit bigint, credit bigint, "functionalDebit" bigint, "functionalCredit" bigint, "legalEntityId" text,
        "customerId" text, currency text, date date)`,
    values: [toJson(rows)],
  })
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

/** Balance of the deferred revenue account for each customer in a currency, minor units owed as service. */
export async function readDeferredRevenue(
  db: Queryable,
  keys: readonly CustomerCurrency[],
): Promise<Money[]> {
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
  return keys.map(({ customerId, currency }) => ({
    minorUnits: balances.get(`${customerId} ${currency}`) ?? 0n,
    currency,
  }))
}

/** Schedules by id or contract, locked until the transaction ends. */
export async function lockSchedules(
  db: Queryable,
  ids: readonly string[],
  contractIds: readonly string[],
): Promise<Map<string, RevenueSchedule>> {
  const locked = await db.rows<{ id: string }>({
    name: 'erp lock schedules',
    text: `SELECT id FROM erp.revenue_schedule WHERE id = ANY($1) OR contract_id = ANY($2) ORDER BY id FOR UPDATE`,
    values: [ids, contractIds],
  })
  // Read after the lock is held: a statement that waits for a lock sees the months as they were before it waited.
  const schedules = await readRows(
    db,
    revenueSchedules,
    locked.map(({ id }) => id),
  )
  return new Map(schedules.map((schedule) => [schedule.id, schedule]))
}

async function supersedeMonths(db: Queryable, revised: readonly RevenueSchedule[]): Promise<void> {
  if (revised.length === 0) return
  await db.rows({
    name: 'erp supersede months',
    text: `UPDATE erp.schedule_entry m SET superseded_by = revised.version
      FROM unnest($1::text[], $2::int[]) AS revised(id, version)
      WHERE m.schedule_id = revised.id AND m.status = 'PLANNED' AND m.superseded_by IS NULL`,
    values: [revised.map(({ id }) => id), revised.map(({ version }) => version)],
  })
}

/** Puts the planned months of schedules in force, in place of those that were planned before. */
export async function planMonths(db: Queryable, schedules: readonly RevenueSchedule[]): Promise<void> {
  if (schedules.length === 0) return
  await supersedeMonths(
    db,
    schedules.filter(({ version }) => version > 1),
  )
  const months = schedules.flatMap(({ id, version, entries }) =>
    entries
      .filter(({ status }) => status === 'PLANNED')
      .map(({ period, amount }) => ({ id, version, period, amount })),
  )
  await db.rows({
    text: `INSERT INTO erp.schedule_entry (schedule_id, version, period, amount, status)
      SELECT id, version, period, amount, 'PLANNED'
      FROM json_to_recordset($1) AS s(id text, version int, period text, amount bigint)`,
    values: [toJson(months)],
  })
}

/** Ids of schedules with planned months up to `through`, after `afterId` in order. */
export async function readDueSchedules(
  db: Queryable,
  through: Temporal.PlainYearMonth,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'erp due schedules',
    text: `SELECT DISTINCT schedule_id AS id FROM erp.schedule_entry
      WHERE superseded_by IS NULL AND status = 'PLANNED' AND period <= $1 AND schedule_id > $2
      ORDER BY schedule_id LIMIT $3`,
    values: [through.toString(), afterId, limit],
  })
  return rows.map(({ id }) => id)
}

/** The planned months of schedules up to `through`, locked with their schedules until the transaction ends. */
export function lockDueMonths(
  db: Queryable,
  scheduleIds: readonly string[],
  through: Temporal.PlainYearMonth,
): Promise<DueMonth[]> {
  return db.rows<DueMonth>({
    name: 'erp lock due months',
    text: `SELECT t.id, t.contract_id AS "contractId", t.customer_id AS "customerId",
        t.legal_entity_id AS "legalEntityId", t.description, t.currency, m.period, m.amount
      FROM erp.schedule_entry m JOIN erp.revenue_schedule t ON t.id = m.schedule_id
      WHERE m.superseded_by IS NULL AND m.status = 'PLANNED' AND m.period <= $1 AND t.id = ANY($2)
      ORDER BY t.id, m.period FOR UPDATE`,
    values: [through.toString(), scheduleIds],
  })
}

/** Marks months as recognised by the given entries. */
export async function markRecognized(db: Queryable, entries: readonly JournalEntry[]): Promise<void> {
  await db.rows({
    name: 'erp mark recognized',
    text: `UPDATE erp.schedule_entry m SET status = 'POSTED', journal_entry_id = posted.entry_id
      FROM unnest($1::text[], $2::text[], $3::text[]) AS posted(schedule_id, period, entry_id)
      WHERE m.schedule_id = posted.schedule_id AND m.period = posted.period AND m.superseded_by IS NULL`,
    values: [
      entries.map(({ sourceId }) => sourceId),
      entries.map(({ discriminator }) => discriminator),
      entries.map(({ id }) => id),
    ],
  })
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
    name: `${source.name} list`,
    text: `SELECT ${source.select} FROM ${source.name} t WHERE ${condition} ORDER BY ${order} LIMIT ${MAX_LIST_LENGTH}`,
    values,
  })
  return rows.map(source.read)
}

/** What holds within the books. Each query is a view of the database, so that a person with psql can look as well. */
export const erpInvariants: readonly Invariant[] = invariantViews.map(({ view, ...invariant }) => ({
  ...invariant,
  offenders: `SELECT id FROM erp.${view}`,
}))
