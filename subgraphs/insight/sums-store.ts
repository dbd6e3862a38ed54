import type { FiscalCalendar } from '#domain/fiscal.ts'
import type { LegalEntityFact } from '#domain/erp.ts'
import { fiscalCalendarOf } from '#domain/fiscal.ts'
import type { PublishedRate } from '#domain/fx.ts'
import type { Queryable } from '#platform/database.ts'

/** A legal entity as the figures need it. */
export interface MetricEntity {
  readonly id: string
  readonly code: string
  readonly functionalCurrency: string
  readonly calendar: FiscalCalendar
}

/** All legal entities of which ERP told, by code. */
export async function readEntities(db: Queryable): Promise<MetricEntity[]> {
  const rows = await db.rows<
    Omit<MetricEntity, 'calendar'> & Pick<LegalEntityFact, 'fiscalCalendar' | 'fiscalYearStartMonth'>
  >({
    name: 'insight metric entities',
    text: `SELECT id, code, functional_currency AS "functionalCurrency", fiscal_calendar AS "fiscalCalendar",
        fiscal_year_start_month AS "fiscalYearStartMonth"
      FROM insight.metric_legal_entity ORDER BY code`,
    values: [],
  })
  return rows.map(({ fiscalCalendar, fiscalYearStartMonth, ...entity }) => ({
    ...entity,
    calendar: fiscalCalendarOf({ fiscalCalendar, fiscalYearStartMonth }),
  }))
}

/** The exchange rates up to a day, as they were recorded by an instant; as they are, for null. */
export async function readRates(
  db: Queryable,
  through: Temporal.PlainDate,
  knownAt: Temporal.Instant | null,
): Promise<PublishedRate[]> {
  if (knownAt !== null) return readRatesKnownAt(db, through, knownAt)
  return db.rows<PublishedRate>({
    name: 'insight metric rates',
    text: `SELECT base_currency AS "baseCurrency", quote_currency AS "quoteCurrency", rate, date, source
      FROM insight.metric_rate WHERE date <= $1`,
    values: [through.toString()],
  })
}

function readRatesKnownAt(
  db: Queryable,
  through: Temporal.PlainDate,
  knownAt: Temporal.Instant,
): Promise<PublishedRate[]> {
  return db.rows<PublishedRate>({
    name: 'insight metric rates known at',
    text: `SELECT told.data->>'baseCurrency' AS "baseCurrency", told.data->>'quoteCurrency' AS "quoteCurrency",
        told.data->>'rate' AS rate, (told.data->>'date')::date AS date, told.data->>'source' AS source
      FROM insight.metric_rate r CROSS JOIN LATERAL (
        SELECT data FROM erp.event WHERE aggregate_id = r.id AND recorded_at <= $2 ORDER BY version DESC LIMIT 1
      ) AS told WHERE (told.data->>'date')::date <= $1`,
    values: [through.toString(), knownAt.toString()],
  })
}

/** A run of days of one period, of a legal entity or of all, over which no rate changes. */
export interface Stretch {
  /** Place of its period; −1 for all that was before the first one. */
  readonly period: number
  readonly grain: 'DAY' | 'MONTH'
  readonly legalEntityId: string | null
  /** Null for the beginning of time. */
  readonly start: Temporal.PlainDate | null
  /** The first day that is not in it. */
  readonly end: Temporal.PlainDate
}

/** Which sums are wanted. */
export interface SumsWanted {
  readonly stretches: readonly Stretch[]
  readonly legalEntityIds: readonly string[]
  readonly currencies: readonly string[] | null
  /** By which of them sums are told apart. */
  readonly by: readonly CustomerDimension[]
  readonly customers: CustomerFilter
}

/** What sums are told apart by, of the customers whose they are. */
export type CustomerDimension = 'CUSTOMER' | 'REGION' | 'SEGMENT'

/** Whose sums are wanted; null for all. */
export type CustomerFilter = Readonly<Record<CustomerDimension, readonly string[] | null>>

/** What measures came to in a stretch, in one currency of one legal entity. */
export interface SumRow {
  readonly period: number
  readonly measure: string
  readonly legalEntityId: string
  readonly currency: string
  readonly amount: bigint
  readonly functional: bigint
  /** The first day of the stretch; null for what was before the first period. */
  readonly day: Temporal.PlainDate | null
  /** Whose sum it is, where it is told apart by that: null for all of them, and for what is not known. */
  readonly customer?: string | null
  readonly region?: string | null
  readonly segment?: string | null
}

/** Reads the sums that are kept: rows in number as the days, months, legal entities and currencies, and no more. */
export function readSums(db: Queryable, wanted: SumsWanted): Promise<SumRow[]> {
  const { stretches, legalEntityIds, currencies } = wanted
  return db.rows<SumRow>({
    name: 'insight metric sums',
    // Grouped for each stretch: the planner, which does not know how short they are, would read all sums at once.
    text: `SELECT s.period, t.measure, t.legal_entity_id AS "legalEntityId", t.currency, t.amount, t.functional,
        s.starts_on AS day
      FROM unnest($1::int[], $2::text[], $3::text[], $4::date[], $5::date[])
        AS s(period, grain, legal_entity_id, starts_on, ends_on)
      CROSS JOIN LATERAL (
        SELECT measure, legal_entity_id, currency, sum(amount)::bigint AS amount, sum(functional)::bigint AS functional
        FROM insight.metric_total
        WHERE grain = s.grain AND starts_on >= coalesce(s.starts_on, '-infinity') AND starts_on < s.ends_on
          AND (s.legal_entity_id IS NULL OR legal_entity_id = s.legal_entity_id)
          AND legal_entity_id = ANY($6) AND ($7::text[] IS NULL OR currency = ANY($7))
        GROUP BY measure, legal_entity_id, currency
      ) AS t`,
    values: [
      stretches.map(({ period }) => period),
      stretches.map(({ grain }) => grain),
      stretches.map((it) => it.legalEntityId),
      stretches.map(({ start }) => start?.toString() ?? null),
      stretches.map(({ end }) => end.toString()),
      legalEntityIds,
      currencies,
    ],
  })
}

/** The same of entries of the books that were recorded by an instant: as many rows are read as there are entries. */
export function readBookSumsKnownAt(
  db: Queryable,
  { stretches, legalEntityIds, currencies, by, customers }: SumsWanted,
  knownAt: Temporal.Instant,
): Promise<SumRow[]> {
  return db.rows<SumRow>({
    name: `insight metric sums known at by ${by.join(' ')}`,
    text: `SELECT s.period, t.measure, t.legal_entity_id AS "legalEntityId", t.currency,
        sum(t.amount)::bigint AS amount, sum(t.functional)::bigint AS functional, s.starts_on AS day, ${toldBy(by)}
      FROM unnest($1::int[], $2::text[], $3::date[], $4::date[]) AS s(period, legal_entity_id, starts_on, ends_on)
      JOIN insight.book_entry t ON t."on" >= coalesce(s.starts_on::text, '') AND t."on" < s.ends_on::text
        AND (s.legal_entity_id IS NULL OR t.legal_entity_id = s.legal_entity_id)
      LEFT JOIN insight.metric_customer c ON c.id = t.customer_id
      WHERE t.legal_entity_id = ANY($5) AND ($6::text[] IS NULL OR t.currency = ANY($6)) AND t.recorded_at <= $7
        AND ($8::text[] IS NULL OR t.customer_id = ANY($8)) AND ($9::text[] IS NULL OR c.region = ANY($9))
        AND ($10::text[] IS NULL OR c.segment = ANY($10))
      GROUP BY s.period, t.measure, t.legal_entity_id, t.currency, s.starts_on, 8, 9, 10`,
    values: [
      stretches.map(({ period }) => period),
      stretches.map((it) => it.legalEntityId),
      stretches.map(({ start }) => start?.toString() ?? null),
      stretches.map(({ end }) => end.toString()),
      legalEntityIds,
      currencies,
      knownAt.toString(),
      customers.CUSTOMER,
      customers.REGION,
      customers.SEGMENT,
    ],
  })
}

/** What dimensions are, as columns. */
const COLUMNS: readonly (readonly [dimension: CustomerDimension, column: string])[] = [
  ['CUSTOMER', `nullif(t.customer_id, '')`],
  ['REGION', 'c.region'],
  ['SEGMENT', 'c.segment'],
]

/** The columns that sums are told apart by; null where they are not. */
export const toldBy = (by: readonly CustomerDimension[]): string =>
  COLUMNS.map(
    ([dimension, column]) =>
      `${by.includes(dimension) ? column : 'NULL::text'} AS ${dimension.toLowerCase()}`,
  ).join(', ')

/**
 * Reads sums by customer, region or segment: whole months from the sums of customers' months, and the days before and
 * behind them from entries. Rows are read in number as customers with figures, times months.
 */
export function readCustomerSums(
  db: Queryable,
  { stretches, legalEntityIds, currencies, by, customers }: SumsWanted,
): Promise<SumRow[]> {
  const entries = ['book_entry', 'movement_entry'].map(
    (view) => `SELECT measure, legal_entity_id, currency, customer_id, amount, functional FROM insight.${view}
      WHERE s.grain = 'DAY' AND "on" >= coalesce(s.starts_on::text, '') AND "on" < s.ends_on::text`,
  )
  return db.rows<SumRow>({
    name: `insight metric sums by ${by.join(' ')}`,
    text: `SELECT s.period, t.measure, t.legal_entity_id AS "legalEntityId", t.currency,
        sum(t.amount)::bigint AS amount, sum(t.functional)::bigint AS functional, s.starts_on AS day, ${toldBy(by)}
      FROM unnest($1::int[], $2::text[], $3::text[], $4::date[], $5::date[])
        AS s(period, grain, legal_entity_id, starts_on, ends_on)
      CROSS JOIN LATERAL (
        SELECT measure, legal_entity_id, currency, customer_id, amount, functional FROM insight.metric_total
        WHERE grain = 'CUSTOMER_MONTH' AND s.grain = 'MONTH'
          AND starts_on >= coalesce(s.starts_on, '-infinity') AND starts_on < s.ends_on
        UNION ALL ${entries.join(' UNION ALL ')}
        OFFSET 0
      ) AS t
      LEFT JOIN insight.metric_customer c ON c.id = t.customer_id
      WHERE (s.legal_entity_id IS NULL OR t.legal_entity_id = s.legal_entity_id)
        AND t.legal_entity_id = ANY($6) AND ($7::text[] IS NULL OR t.currency = ANY($7))
        AND ($8::text[] IS NULL OR t.customer_id = ANY($8)) AND ($9::text[] IS NULL OR c.region = ANY($9))
        AND ($10::text[] IS NULL OR c.segment = ANY($10))
      GROUP BY s.period, t.measure, t.legal_entity_id, t.currency, s.starts_on, 8, 9, 10`,
    values: [
      stretches.map(({ period }) => period),
      stretches.map(({ grain }) => grain),
      stretches.map((it) => it.legalEntityId),
      stretches.map(({ start }) => start?.toString() ?? null),
      stretches.map(({ end }) => end.toString()),
      legalEntityIds,
      currencies,
      customers.CUSTOMER,
      customers.REGION,
      customers.SEGMENT,
    ],
  })
}

/** Where customers belong, by their ids; those of whom CRM has not told are left out. */
export async function readPlaces(
  db: Queryable,
  customerIds: readonly string[],
): Promise<Map<string, CustomerPlace>> {
  const rows = await db.rows<CustomerPlace & { readonly id: string }>({
    name: 'insight metric customers',
    text: 'SELECT id, region, segment FROM insight.metric_customer WHERE id = ANY($1)',
    values: [customerIds],
  })
  return new Map(rows.map(({ id, ...place }) => [id, place]))
}

/** The sales region and the segment of a customer, where CRM knows them. */
export interface CustomerPlace {
  readonly region: string | null
  readonly segment: string | null
}
