import type { Tally } from '#domain/checklist.ts'
import type { AccountingPeriod } from '#domain/erp.ts'
import type { DeferralBalance } from '#domain/unbilled.ts'
import type { Queryable } from '#platform/database.ts'
import type { SourceVersion } from './store.ts'

/** Documents that cannot be posted, of a period and of those before it. */
export interface HeldDocuments {
  readonly blocked: Tally
  readonly held: Tally
}

const nothing: Tally = { count: 0, example: null }

/**
 * Documents dated up to the end of a period that cannot be posted. One of which nobody knows whose it is counts for
 * every legal entity, and one of which nobody knows the day for every period.
 */
export async function readHeldDocuments(db: Queryable, period: AccountingPeriod): Promise<HeldDocuments> {
  const { legalEntityId, range } = period
  const rows = await db.rows<Tally & { readonly isHeld: boolean }>({
    name: 'erp held documents',
    text: `SELECT coalesce(date < $2, false) AS "isHeld", count(*)::int AS count,
        min(concat(source_id, ': ', reason)) AS example
      FROM erp.posting_note
      WHERE status = 'BLOCKED' AND source_type <> 'REVENUE_SCHEDULE'
        AND (legal_entity_id = $1 OR legal_entity_id IS NULL) AND (date < $3 OR date IS NULL)
      GROUP BY 1`,
    values: [legalEntityId, range.start.toString(), range.end.toString()],
  })
  return {
    blocked: rows.find(({ isHeld }) => !isHeld) ?? nothing,
    held: rows.find(({ isHeld }) => isHeld) ?? nothing,
  }
}

/** Months of revenue up to a period that are not in the books, and how many of them because they cannot be posted. */
export interface DueMonths {
  readonly due: Tally
  readonly blocked: Tally
}

/** The months of revenue up to a period that its legal entity has not recognised. */
export async function readDueMonths(db: Queryable, period: AccountingPeriod): Promise<DueMonths> {
  const [row] = await db.rows<Record<'due' | 'blocked', number> & Record<'first' | 'reason', string | null>>({
    name: 'erp due months of entity',
    text: `SELECT count(*)::int AS due, min(concat(t.description, ', ', m.period)) AS first,
        count(n.reason)::int AS blocked, min(concat(t.description, ': ', n.reason)) FILTER (WHERE n.reason IS NOT NULL)
          AS reason
      FROM erp.schedule_entry m
      JOIN erp.revenue_schedule t ON t.id = m.schedule_id
      LEFT JOIN erp.posting_note n ON n.source_id = t.id AND n.status = 'BLOCKED'
      WHERE m.superseded_by IS NULL AND m.status = 'PLANNED' AND m.period <= $2 AND t.legal_entity_id = $1`,
    values: [period.legalEntityId, period.period.toString()],
  })
  const { due = 0, blocked = 0, first = null, reason = null } = row ?? {}
  return { due: { count: due, example: reason ?? first }, blocked: { count: blocked, example: reason } }
}

/** Those of the versions that the books have not met. */
export async function readUnmet(db: Queryable, documents: readonly SourceVersion[]): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'erp unmet sources',
    text: `SELECT document.id FROM unnest($1::text[], $2::int[]) AS document(id, version)
      LEFT JOIN erp.source s ON s.id = document.id AND s.version >= document.version
      WHERE s.id IS NULL ORDER BY document.id`,
    values: [documents.map(({ id }) => id), documents.map(({ version }) => version)],
  })
  return rows.map(({ id }) => id)
}

/** A balance as it is read: nulls where nothing was set apart. */
type DeferralRow = Omit<DeferralBalance, 'setApart'> & Record<'setApartAmount' | 'setApartWorth', bigint>

/**
 * Deferred revenue at the end of a period, of each contract that earned more than was billed, or for which the period
 * set something apart already: in the name of the customer of its last entry, where another one was merged into it.
 */
export async function readUnbilled(db: Queryable, period: AccountingPeriod): Promise<DeferralBalance[]> {
  const rows = await db.rows<DeferralRow>({
    name: 'erp unbilled',
    text: `SELECT * FROM (
        SELECT (array_agg(customer_id ORDER BY sequence DESC))[1] AS "customerId",
          contract_id AS "contractId", currency,
          coalesce(sum(amount) FILTER (WHERE NOT own), 0)::bigint AS amount,
          coalesce(sum(worth) FILTER (WHERE NOT own), 0)::bigint AS worth,
          coalesce(sum(amount) FILTER (WHERE own), 0)::bigint AS "setApartAmount",
          coalesce(sum(worth) FILTER (WHERE own), 0)::bigint AS "setApartWorth",
          count(*) FILTER (WHERE own)::int AS runs
        FROM (
          SELECT l.customer_id, e.contract_id, e.sequence, l.currency, l.credit - l.debit AS amount,
            l.functional_credit - l.functional_debit AS worth, e.source_id = $3 AS own
          FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id
          WHERE l.legal_entity_id = $1 AND l.role = 'DEFERRED_REVENUE' AND e.period <= $2
        ) AS line
        GROUP BY contract_id, CASE WHEN contract_id IS NULL THEN customer_id END, currency
      ) AS balance
      WHERE amount < 0 OR "setApartAmount" <> 0
      ORDER BY "contractId", "customerId", currency`,
    values: [period.legalEntityId, period.period.toString(), period.id],
  })
  return rows.map(({ setApartAmount, setApartWorth, ...row }) => ({
    ...row,
    setApart: { amount: setApartAmount, worth: setApartWorth },
  }))
}

/** How often each currency was revalued in a period. */
export async function readRevaluationRuns(
  db: Queryable,
  period: AccountingPeriod,
): Promise<Map<string, number>> {
  const rows = await db.rows<{ currency: string; runs: number }>({
    name: 'erp revaluation runs',
    text: `SELECT currency, count(*)::int AS runs FROM erp.journal_entry
      WHERE source_id = $1 AND purpose = 'FX_REVALUED' GROUP BY currency`,
    values: [period.id],
  })
  return new Map(rows.map(({ currency, runs }) => [currency, runs]))
}

/** The invariants that a close checks, of the entries of the period and the schedules of its legal entity alone. */
export async function readBroken(
  db: Queryable,
  { legalEntityId, period }: AccountingPeriod,
): Promise<{ readonly invariant: string; readonly offenders: Tally }[]> {
  const rows = await db.rows<Tally & { readonly invariant: string }>({
    name: 'erp broken in period',
    text: `WITH entry AS MATERIALIZED (
          SELECT id, reversal_of_id FROM erp.journal_entry WHERE legal_entity_id = $1 AND period = $2
        ), offender AS (
          SELECT 'an entry balances' AS invariant, e.id
          FROM entry e LEFT JOIN erp.journal_line l ON l.entry_id = e.id GROUP BY e.id
          HAVING count(l.entry_id) = 0 OR sum(l.debit) <> sum(l.credit)
            OR sum(l.functional_debit) <> sum(l.functional_credit)
          UNION ALL
          SELECT 'a reversal mirrors its entry', v.id
          FROM erp.reversal_not_mirror v JOIN entry e ON e.id = v.id
          UNION ALL
          SELECT 'the months of a schedule sum to its price', s.id
          FROM erp.revenue_schedule s
          LEFT JOIN erp.schedule_entry m ON m.schedule_id = s.id AND m.superseded_by IS NULL
          WHERE s.legal_entity_id = $1 GROUP BY s.id HAVING coalesce(sum(m.amount), 0) <> s.allocated_price
        )
        SELECT invariant, count(*)::int AS count, min(id) AS example
        FROM offender GROUP BY invariant ORDER BY invariant`,
    values: [legalEntityId, period.toString()],
  })
  return rows.map(({ invariant, ...offenders }) => ({ invariant, offenders }))
}
