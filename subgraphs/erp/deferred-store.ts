import type { DeferredMovement } from '#domain/roll-forward.ts'
import type { Queryable } from '#platform/database.ts'
import { entriesThrough } from './balance-store.ts'
import { IN_FORCE, KNOWN_VERSION, POSTED_BY_THEN } from './history-store.ts'

/** What deferred revenue is told apart by, beside its currency. */
export type RollForwardSubject = 'LEGAL_ENTITY' | 'CUSTOMER' | 'CONTRACT'

/** Which deferred revenue is wanted. */
export interface DeferredPart {
  readonly legalEntityId: string
  readonly by: RollForwardSubject
  readonly from: Temporal.PlainYearMonth
  readonly through: Temporal.PlainYearMonth
  readonly customerIds: readonly string[] | null
  readonly contractIds: readonly string[] | null
  readonly knownAt: Temporal.Instant | null
}

/** Whose deferred revenue it is, in one currency. Empty where a line names none. */
export interface DeferredKey {
  readonly subject: string
  readonly currency: string
}

/** What the entries of a period did; for all periods before the first one that is wanted, `period` is null. */
export interface DeferredRow extends DeferredKey {
  readonly period: string | null
  readonly amounts: DeferredMovement
  readonly functional: DeferredMovement
}

const SUBJECTS: Readonly<Record<RollForwardSubject, string>> = {
  LEGAL_ENTITY: `''`,
  CUSTOMER: `coalesce(l.customer_id, '')`,
  CONTRACT: `coalesce(e.contract_id, '')`,
}

/** The lines that are wanted, by subject and currency, as the table `line`. */
function lines(
  { by, legalEntityId, through, customerIds, contractIds, knownAt }: DeferredPart,
  values: unknown[],
): string {
  const ofCustomers = customerIds === null ? '' : `AND l.customer_id = ANY($${values.push(customerIds)})`
  const ofContracts = contractIds === null ? '' : `AND e.contract_id = ANY($${values.push(contractIds)})`
  return `line AS (
    SELECT ${SUBJECTS[by]} COLLATE "C" AS subject, l.currency COLLATE "C" AS currency, e.period, e.purpose,
      l.credit - l.debit AS amount, l.functional_credit - l.functional_debit AS worth
    FROM erp.journal_line l JOIN erp.journal_entry e ON e.id = l.entry_id
    WHERE l.role = 'DEFERRED_REVENUE' AND l.legal_entity_id = $${values.push(legalEntityId)}
      ${entriesThrough({ period: through, knownAt }, values)} ${ofCustomers} ${ofContracts}
  )`
}

/** What bills: an invoice of the legal entity itself, or of another one. */
const BILLED = `'INVOICE_ISSUED', 'INTERCOMPANY_INVOICED'`

const movement = (column: string): string => `json_build_object(
  'billed', coalesce(sum(${column}) FILTER (WHERE purpose IN (${BILLED})), 0)::text,
  'recognized', coalesce(-sum(${column}) FILTER (WHERE purpose = 'REVENUE_RECOGNIZED'), 0)::text,
  'adjusted', coalesce(sum(${column}) FILTER (WHERE purpose NOT IN (${BILLED}, 'REVENUE_RECOGNIZED')), 0)::text)`

type TextMovement = Readonly<Record<keyof DeferredMovement, string>>

/** Movements of so many subjects and currencies after a key, in their order, the periods of each together. */
export async function readDeferredMovements(
  db: Queryable,
  part: DeferredPart,
  after: DeferredKey | null,
  limit: number,
): Promise<DeferredRow[]> {
  const values: unknown[] = []
  const line = lines(part, values)
  const from = `$${values.push(part.from.toString())}`
  const behind =
    after === null
      ? ''
      : `WHERE (subject, currency) > ($${values.push(after.subject)}, $${values.push(after.currency)})`
  const rows = await db.rows<
    DeferredKey & { period: string | null } & Record<'amounts' | 'functional', TextMovement>
  >({
    text: `WITH ${line}, page AS (
        SELECT DISTINCT subject, currency FROM line ${behind} ORDER BY subject, currency LIMIT $${values.push(limit)}
      )
      SELECT subject, currency, CASE WHEN period >= ${from} THEN period END AS period,
        ${movement('amount')} AS amounts, ${movement('worth')} AS functional
      FROM line JOIN page USING (subject, currency)
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    values,
  })
  return rows.map((row) => ({
    ...row,
    amounts: inMinorUnits(row.amounts),
    functional: inMinorUnits(row.functional),
  }))
}

function inMinorUnits({ billed, recognized, adjusted }: TextMovement): DeferredMovement {
  return { billed: BigInt(billed), recognized: BigInt(recognized), adjusted: BigInt(adjusted) }
}

/** How many subjects and currencies there are. */
export async function countDeferredKeys(db: Queryable, part: DeferredPart): Promise<number> {
  const values: unknown[] = []
  const [row] = await db.rows<{ count: number }>({
    text: `WITH ${lines(part, values)} SELECT count(DISTINCT (subject, currency))::int AS count FROM line`,
    values,
  })
  return row?.count ?? 0
}

/** What is promised and not earned yet in one currency, minor units. */
export interface RemainingObligations {
  readonly currency: string
  /** Performance obligations that have something left. */
  readonly count: number
  readonly total: bigint
  readonly withinTwelveMonths: bigint
}

/** How schedules stood. */
export interface ScheduleView {
  readonly legalEntityId: string
  readonly asOf: Temporal.PlainDate
  readonly knownAt: Temporal.Instant | null
}

/** Months that are not in the books by a day, summed up by currency. */
export function readRemainingObligations(
  db: Queryable,
  { legalEntityId, asOf, knownAt }: ScheduleView,
): Promise<RemainingObligations[]> {
  const horizon = asOf.toPlainYearMonth().add({ months: 12 })
  return db.rows<RemainingObligations>({
    name: 'erp remaining obligations',
    text: `SELECT s.currency, count(DISTINCT s.id)::int AS count, sum(m.amount)::bigint AS total,
        coalesce(sum(m.amount) FILTER (WHERE m.period <= $4), 0)::bigint AS "withinTwelveMonths"
      FROM erp.revenue_schedule s
      CROSS JOIN LATERAL (${KNOWN_VERSION}) known
      JOIN erp.schedule_entry m ON m.schedule_id = s.id AND ${IN_FORCE}
      LEFT JOIN erp.journal_entry e ON e.id = m.journal_entry_id AND ${POSTED_BY_THEN} AND e.date <= $3::date
      WHERE s.legal_entity_id = $2 AND e.id IS NULL
      GROUP BY s.currency ORDER BY s.currency`,
    values: [knownAt?.toString() ?? null, legalEntityId, asOf.toString(), horizon.toString()],
  })
}
