import type { Standing, StandingLevel } from '#domain/standing.ts'
import type { StandingAmounts } from '#domain/standing-list.ts'
import type { Queryable } from '#platform/database.ts'
import { toJson } from '#platform/json.ts'
import type { ListSpec } from '#platform/page.ts'
import { bigint, date, flag, instant, optional, table, text, word } from '#platform/table.ts'
import { standing } from './standing-store.ts'

/** How a customer stands, with what is owed and recurs in one currency. */
export interface ListedStanding extends StandingAmounts {
  /** The customer. */
  readonly id: string
  /** By this line the customer is listed where no currency is asked for. */
  readonly isFirst: boolean
  readonly level: StandingLevel
  /** 0 for the best. */
  readonly levelRank: bigint
  /** `NO_RENEWAL` where no contract runs. */
  readonly renewalOn: Temporal.PlainDate
  readonly asOf: Temporal.PlainDate
}

/** Stands for no day, behind all others. */
export const NO_RENEWAL = Temporal.PlainDate.from('9999-12-31')

const listedStandings = table<ListedStanding>('insight.customer_standing', {
  id: text,
  currency: text,
  isFirst: flag,
  level: word(),
  levelRank: bigint,
  receivables: bigint,
  overdue: bigint,
  annualRecurringRevenue: bigint,
  renewalOn: date,
  asOf: date,
})

/** The list of all customers by how they stand. */
export const standingList: ListSpec<ListedStanding> = {
  name: 'customerStandings',
  table: listedStandings,
  parent: null,
  sortKeys: {
    LEVEL: { column: 'level_rank', type: 'bigint' },
    RENEWAL_DATE: { column: 'renewal_on', type: 'date' },
    OVERDUE: { column: 'overdue', type: 'bigint' },
    ANNUAL_RECURRING_REVENUE: { column: 'annual_recurring_revenue', type: 'bigint' },
  },
  defaultOrder: { field: 'LEVEL', direction: 'DESC' },
  filters: {
    level: { column: 'level', type: 'text' },
    renewalDate: { column: 'renewal_on', type: 'date' },
  },
}

/** Puts lines in the place of all that customers had. */
export async function replaceListed(
  db: Queryable,
  customerIds: readonly string[],
  lines: readonly ListedStanding[],
): Promise<void> {
  await db.rows({
    name: 'insight lines replaced',
    text: `WITH line AS (
        SELECT * FROM json_to_recordset($2) AS l(id text, currency text, "isFirst" boolean, level text,
          "levelRank" bigint, receivables bigint, overdue bigint, "annualRecurringRevenue" bigint, "renewalOn" date,
          "asOf" date)
      ), gone AS (
        DELETE FROM insight.customer_standing k WHERE k.id = ANY($1)
          AND NOT EXISTS (SELECT FROM line WHERE line.id = k.id AND line.currency = k.currency)
      )
      INSERT INTO insight.customer_standing SELECT * FROM line ORDER BY id, currency
      ON CONFLICT (id, currency) DO UPDATE SET is_first = excluded.is_first, level = excluded.level,
        level_rank = excluded.level_rank, receivables = excluded.receivables, overdue = excluded.overdue,
        annual_recurring_revenue = excluded.annual_recurring_revenue, renewal_on = excluded.renewal_on,
        as_of = excluded.as_of`,
    values: [customerIds, toJson(lines)],
  })
}

/** A change of standing as it was told. */
export interface StandingRecord {
  readonly id: string
  readonly version: bigint
  readonly recordedAt: Temporal.Instant
  readonly causationId: string | null
  readonly before: Standing | null
  readonly after: Standing
  readonly asOf: Temporal.PlainDate
}

const standingRecords = table<StandingRecord>('insight.standing_change', {
  id: text,
  version: bigint,
  recordedAt: instant,
  causationId: optional(text),
  before: optional(standing),
  after: standing,
  asOf: date,
})

/** The changes of one customer's standing. */
export const standingHistory: ListSpec<StandingRecord> = {
  name: 'standingHistory',
  table: standingRecords,
  parent: 'standing_id',
  sortKeys: { VERSION: { column: 'version', type: 'bigint' } },
  defaultOrder: { field: 'VERSION', direction: 'DESC' },
  filters: {},
}

/** How standings were known at an instant, by the ids of the standings; null for one that was not known yet. */
export async function readStandingsAt(
  db: Queryable,
  standingIds: readonly string[],
  at: Temporal.Instant,
): Promise<(StandingRecord | null)[]> {
  const rows = await db.rows<Record<string, unknown>>({
    name: 'insight standings at',
    text: `SELECT known.* FROM unnest($1::text[]) AS wanted(id) CROSS JOIN LATERAL (
        SELECT ${standingRecords.select}, t.standing_id AS "standingId" FROM insight.standing_change t
        WHERE t.standing_id = wanted.id AND t.recorded_at <= $2 ORDER BY t.version DESC LIMIT 1) AS known`,
    values: [standingIds, at.toString()],
  })
  const known = new Map(rows.map((row) => [row['standingId'], standingRecords.read(row)]))
  return standingIds.map((id) => known.get(id) ?? null)
}
