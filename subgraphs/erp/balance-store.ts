import type { PostedAmounts } from '#domain/trial-balance.ts'
import type { Queryable } from '#platform/database.ts'
import { parseDate, parseYearMonth } from '#platform/dates.ts'

/** Which entries count: those given must all hold. */
export interface Through {
  /** Effective by the end of this day. */
  readonly asOf?: Temporal.PlainDate | null
  /** Posted in this accounting period or an earlier one. */
  readonly period?: Temporal.PlainYearMonth | null
  /** Recorded by this instant. */
  readonly knownAt?: Temporal.Instant | null
}

/**
 * When an entry was posted. One in its first version was posted when it was last recorded; the few that were mirrored
 * since tell it by their first event.
 */
export const POSTED_AT = `CASE WHEN e.version = 1 THEN e.recorded_at ELSE (
  SELECT first.recorded_at FROM erp.event first WHERE first.aggregate_id = e.id AND first.version = 1) END`

/** The conditions on entries `e`, whose values are added to the statement's. */
export function entriesThrough({ asOf, period, knownAt }: Through, values: unknown[]): string {
  return [
    ...(asOf ? [`e.date <= $${values.push(asOf.toString())}::date`] : []),
    ...(period ? [`e.period <= $${values.push(period.toString())}`] : []),
    ...(knownAt ? [`${POSTED_AT} <= $${values.push(knownAt.toString())}::timestamptz`] : []),
  ]
    .map((condition) => `AND ${condition}`)
    .join(' ')
}

/** What was posted to each account of a legal entity, by the account's code and the currency of the documents. */
export function readPostedAmounts(
  db: Queryable,
  legalEntityId: string,
  through: Through,
): Promise<PostedAmounts[]> {
  const values: unknown[] = [legalEntityId]
  const conditions = entriesThrough(through, values)
  return db.rows<PostedAmounts>({
    text: `SELECT l.account_id AS "accountId", l.currency,
        sum(l.debit)::bigint AS debit, sum(l.credit)::bigint AS credit,
        sum(l.functional_debit)::bigint AS "functionalDebit",
        sum(l.functional_credit)::bigint AS "functionalCredit",
        coalesce(sum(l.functional_debit - l.functional_credit)
          FILTER (WHERE l.debit = 0 AND l.credit = 0), 0)::bigint AS "worthAlone"
      FROM erp.journal_line l
      JOIN erp.journal_entry e ON e.id = l.entry_id
      JOIN erp.ledger_account account ON account.id = l.account_id
      WHERE l.legal_entity_id = $1 ${conditions}
      GROUP BY l.account_id, account.code, l.currency
      ORDER BY account.code, l.account_id, l.currency`,
    values,
  })
}

/** The days and periods for which a legal entity keeps books. */
export interface Calendar {
  readonly firstDay: Temporal.PlainDate
  /** The first day after. */
  readonly end: Temporal.PlainDate
  readonly firstPeriod: Temporal.PlainYearMonth
  readonly lastPeriod: Temporal.PlainYearMonth
}

/** From the first accounting period to the last; null where there is none. */
export async function readCalendar(db: Queryable, legalEntityId: string): Promise<Calendar | null> {
  const [row] = await db.rows<Record<keyof Calendar, string | null>>({
    name: 'erp calendar',
    text: `SELECT min(range->>'start') AS "firstDay", max(range->>'end') AS "end",
        min(period) AS "firstPeriod", max(period) AS "lastPeriod"
      FROM erp.accounting_period WHERE legal_entity_id = $1`,
    values: [legalEntityId],
  })
  if (!row?.firstDay || !row.end || !row.firstPeriod || !row.lastPeriod) return null
  return {
    firstDay: parseDate(row.firstDay),
    end: parseDate(row.end),
    firstPeriod: parseYearMonth(row.firstPeriod),
    lastPeriod: parseYearMonth(row.lastPeriod),
  }
}
