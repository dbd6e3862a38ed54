import type { JournalEntry } from '#domain/journal.ts'
import type { Carrying } from '#domain/carrying.ts'
import type { Posting } from '#domain/erp.ts'
import type { RecognizedSchedule } from '#domain/posting.ts'
import type { Queryable, Transaction } from '#platform/database.ts'
import { parseYearMonth } from '#platform/dates.ts'
import { readRows, table } from '#platform/table.ts'
import { type RevenueSchedule, type ScheduledMonth, scheduleColumns } from './tables.ts'

/** Schedules with their months in force. */
export const revenueSchedules = table<RevenueSchedule>('erp.revenue_schedule', {
  ...scheduleColumns,
  entries: {
    // As words rather than JSON: PostgreSQL takes a third less time for a schedule.
    select: `(SELECT string_agg(concat_ws(' ', m.period, m.status, m.amount, m.journal_entry_id), ','
        ORDER BY m.period)
      FROM erp.schedule_entry m WHERE m.schedule_id = t.id AND m.superseded_by IS NULL)`,
    sql: 'text',
    revive: (stored) => (stored === null ? [] : (stored as string).split(',').map(readMonth)),
  },
})

function readMonth(words: string): ScheduledMonth {
  const [period, status, amount, journalEntryId = null] = words.split(' ') as [
    string,
    string,
    string,
    string?,
  ]
  return {
    period: parseYearMonth(period),
    status: status as ScheduledMonth['status'],
    amount: BigInt(amount),
    journalEntryId,
  }
}

/** A month that is due to be recognised. */
export type DueMonth = RecognizedSchedule & { readonly period: string; readonly amount: bigint }

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

/** Schedules of a contract by id, as they are. */
export async function readSchedulesOfContract(
  db: Queryable,
  contractId: string,
): Promise<Map<string, RevenueSchedule>> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'erp schedules of contract',
    text: `SELECT ${revenueSchedules.select} FROM erp.revenue_schedule t WHERE t.contract_id = $1`,
    values: [contractId],
  })
  return new Map(rows.map(revenueSchedules.read).map((schedule) => [schedule.id, schedule]))
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
export async function planMonths(
  transaction: Transaction,
  schedules: readonly RevenueSchedule[],
): Promise<void> {
  if (schedules.length === 0) return
  await supersedeMonths(
    transaction,
    schedules.filter(({ version }) => version > 1),
  )
  await transaction.add(
    { table: 'erp.schedule_entry', columns: ['schedule_id', 'version', 'period', 'amount', 'status'] },
    schedules.flatMap(({ id, version, entries }) =>
      entries
        .filter(({ status }) => status === 'PLANNED')
        .map(({ period, amount, status }) => [id, version, period, amount, status]),
    ),
  )
}

/** Whose revenue is due up to which month. */
interface DueRevenue {
  readonly through: Temporal.PlainYearMonth
  /** Null for all legal entities. */
  readonly legalEntityId: string | null
}

/** Ids, after `afterId` in order, of the schedules in which the next so many months that are due are planned. */
export async function readDueSchedules(
  db: Queryable,
  { through, legalEntityId }: DueRevenue,
  afterId: string,
  months: number,
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'erp due schedules',
    text: `SELECT DISTINCT id FROM (
        SELECT schedule_id AS id FROM erp.schedule_entry
        WHERE superseded_by IS NULL AND status = 'PLANNED' AND period <= $1 AND schedule_id > $2
          AND ($4::text IS NULL
            OR EXISTS (SELECT FROM erp.revenue_schedule s WHERE s.id = schedule_id AND s.legal_entity_id = $4))
        ORDER BY schedule_id LIMIT $3
      ) AS due ORDER BY id`,
    values: [through.toString(), afterId, months, legalEntityId],
  })
  return rows.map(({ id }) => id)
}

/** The planned months up to `through` of schedules, which are locked until the transaction ends. */
export async function lockDueMonths(
  db: Queryable,
  scheduleIds: readonly string[],
  through: Temporal.PlainYearMonth,
): Promise<DueMonth[]> {
  // The schedule first, as by all who change its months, and its months afterwards: together they would be locked in
  // the other order, and a month that waited would be read as it was before.
  await db.rows({
    name: 'erp lock schedules by id',
    text: 'SELECT FROM erp.revenue_schedule WHERE id = ANY($1) ORDER BY id FOR UPDATE',
    values: [scheduleIds],
  })
  return db.rows<DueMonth>({
    name: 'erp due months',
    text: `SELECT t.id, t.contract_id AS "contractId", t.customer_id AS "customerId",
        t.legal_entity_id AS "legalEntityId", t.description, t.currency, t.product_id AS "productId", m.period, m.amount
      FROM erp.schedule_entry m JOIN erp.revenue_schedule t ON t.id = m.schedule_id
      WHERE m.superseded_by IS NULL AND m.status = 'PLANNED' AND m.period <= $1 AND t.id = ANY($2)
      ORDER BY t.id, m.period`,
    values: [through.toString(), scheduleIds],
  })
}

/** What deferred revenue belongs to: a contract, or all that a customer bought without one. */
type Deferral = Pick<Posting, 'legalEntityId' | 'customerId' | 'contractId' | 'currency'>

/** Where `readDeferrals` keeps a balance. */
export function deferralKey({ legalEntityId, customerId, contractId, currency }: Deferral): string {
  return [legalEntityId, customerId, contractId, currency].join(' ')
}

/** Deferred revenue of the customers of these, credits less debits, and what the books carry it at. */
export async function readDeferrals(
  db: Queryable,
  deferrals: readonly Deferral[],
): Promise<Map<string, Carrying>> {
  if (deferrals.length === 0) return new Map()
  const rows = await db.rows<Deferral & Carrying>({
    name: 'erp deferred revenue carried',
    text: `SELECT l.legal_entity_id AS "legalEntityId", l.customer_id AS "customerId", e.contract_id AS "contractId",
        l.currency, sum(l.credit - l.debit)::bigint AS amount,
        sum(l.functional_credit - l.functional_debit)::bigint AS worth
      FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id
      WHERE l.role = 'DEFERRED_REVENUE' AND l.customer_id = ANY($1) AND l.currency = ANY($2)
      GROUP BY l.legal_entity_id, l.customer_id, e.contract_id, l.currency`,
    values: [
      [...new Set(deferrals.map(({ customerId }) => customerId))],
      [...new Set(deferrals.map(({ currency }) => currency))],
    ],
  })
  return new Map(rows.map((row) => [deferralKey(row), { amount: row.amount, worth: row.worth }]))
}

/** What these schedules recognised, and what the books carry it at; by schedule. */
export async function readRecognized(
  db: Queryable,
  months: readonly Pick<Posting, 'sourceId'>[],
): Promise<Map<string, Carrying>> {
  if (months.length === 0) return new Map()
  const rows = await db.rows<Carrying & { readonly id: string }>({
    name: 'erp recognized revenue carried',
    text: `SELECT e.source_id AS id, sum(l.credit - l.debit)::bigint AS amount,
        sum(l.functional_credit - l.functional_debit)::bigint AS worth
      FROM erp.journal_entry e JOIN erp.journal_line l ON l.entry_id = e.id
      WHERE l.role = 'REVENUE' AND e.source_id = ANY($1) GROUP BY e.source_id`,
    values: [[...new Set(months.map(({ sourceId }) => sourceId))]],
  })
  return new Map(rows.map(({ id, amount, worth }) => [id, { amount, worth }]))
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
