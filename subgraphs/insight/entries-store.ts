import type { Queryable } from '#platform/database.ts'
import type { CustomerFilter } from './sums-store.ts'

/** Which entries of a figure are wanted. */
export interface EntriesWanted {
  readonly from: 'book_entry' | 'movement_entry'
  /** By measure, whether it raises the figure or lowers it. */
  readonly signs: ReadonlyMap<string, bigint>
  /** Of which legal entities, each with its days. */
  readonly spans: readonly EntitySpan[]
  readonly currencies: readonly string[] | null
  readonly customers: CustomerFilter
  /** What was recorded later does not count; null for all that is recorded. */
  readonly knownAt: Temporal.Instant | null
}

/** The days of a legal entity. */
export interface EntitySpan {
  readonly legalEntityId: string
  /** The first day; null for all that was before. */
  readonly start: Temporal.PlainDate | null
  /** The first day that does not count. */
  readonly end: Temporal.PlainDate
}

/** An entry, with its place in the order of days. */
export interface EntryRow {
  readonly key: string
  readonly on: string
  readonly measure: string
  readonly legalEntityId: string
  readonly currency: string
  /** Empty where it is nobody's. */
  readonly customerId: string
  readonly sourceType: string
  readonly sourceId: string
  /** Signed, minor units. */
  readonly amount: bigint
  readonly functional: bigint
}

/** What entries came to up to a place, over days of which each has the same rate. */
export interface PrefixRow {
  readonly measure: string
  readonly legalEntityId: string
  readonly currency: string
  readonly amount: bigint
  readonly functional: bigint
  /** The first of the days, or the first day of all. */
  readonly day: Temporal.PlainDate | null
}

/** Where a page begins: behind this entry. */
export type EntryPlace = Pick<EntryRow, 'on' | 'key' | 'measure'>

const SIGNED =
  '(SELECT sign FROM unnest($1::text[], $2::int[]) AS s(measure, sign) WHERE s.measure = e.measure)'
/** The days of all legal entities together bound what is read by its index; then each has its own. */
const ARE_WANTED = `e.measure = ANY($1) AND e."on" >= $3 AND e."on" < $4
  AND EXISTS (SELECT FROM unnest($5::text[], $6::text[], $7::text[]) AS s(id, starts_on, ends_on)
    WHERE s.id = e.legal_entity_id AND e."on" >= s.starts_on AND e."on" < s.ends_on)
  AND ($8::text[] IS NULL OR e.currency = ANY($8))
  AND ($9::timestamptz IS NULL OR e.recorded_at <= $9)
  AND ($10::text[] IS NULL OR e.customer_id = ANY($10))
  AND ($11::text[] IS NULL AND $12::text[] IS NULL OR EXISTS (SELECT FROM insight.metric_customer c
    WHERE c.id = e.customer_id AND ($11 IS NULL OR c.region = ANY($11)) AND ($12 IS NULL OR c.segment = ANY($12))))`

function valuesOf({ signs, spans, currencies, knownAt, customers }: EntriesWanted): unknown[] {
  const [starts, ends] = [
    spans.map(({ start }) => start?.toString() ?? ''),
    spans.map(({ end }) => end.toString()),
  ]
  return [
    [...signs.keys()],
    [...signs.values()].map(Number),
    starts.toSorted()[0] ?? '',
    ends.toSorted().at(-1) ?? '',
    spans.map(({ legalEntityId }) => legalEntityId),
    starts,
    ends,
    currencies,
    knownAt?.toString() ?? null,
    customers.CUSTOMER,
    customers.REGION,
    customers.SEGMENT,
  ]
}

/** A page of entries behind a place, in the order of days. */
export function readEntries(
  db: Queryable,
  wanted: EntriesWanted,
  after: EntryPlace | null,
  limit: number,
): Promise<EntryRow[]> {
  return db.rows<EntryRow>({
    name: `insight ${wanted.from} page`,
    text: `SELECT e.key, e."on", e.measure, e.legal_entity_id AS "legalEntityId", e.currency,
        e.customer_id AS "customerId", e.source_type AS "sourceType", e.source_id AS "sourceId",
        e.amount * ${SIGNED} AS amount, e.functional * ${SIGNED} AS functional
      FROM insight.${wanted.from} e
      WHERE ${ARE_WANTED} AND ($13::text IS NULL OR (e."on", e.key COLLATE "C", e.measure) > ($13, $14, $15))
      ORDER BY e."on", e.key COLLATE "C", e.measure LIMIT $16`,
    values: [...valuesOf(wanted), after?.on ?? null, after?.key ?? null, after?.measure ?? null, limit],
  })
}

/** What entries came to up to a place and with it, by the days between which rates change. */
export function readPrefix(
  db: Queryable,
  wanted: EntriesWanted,
  through: EntryPlace,
  rateDays: readonly Temporal.PlainDate[],
): Promise<PrefixRow[]> {
  return db.rows<PrefixRow>({
    name: `insight ${wanted.from} prefix`,
    text: `SELECT e.measure, e.legal_entity_id AS "legalEntityId", e.currency,
        sum(e.amount * ${SIGNED})::bigint AS amount, sum(e.functional * ${SIGNED})::bigint AS functional,
        ($16::date[])[width_bucket(e."on"::date, $16::date[])] AS day
      FROM insight.${wanted.from} e
      WHERE ${ARE_WANTED} AND (e."on", e.key COLLATE "C", e.measure) <= ($13, $14, $15)
      GROUP BY 1, 2, 3, 6`,
    values: [
      ...valuesOf(wanted),
      through.on,
      through.key,
      through.measure,
      rateDays.map((day) => day.toString()),
    ],
  })
}

/** How many entries there are. */
export async function countEntries(db: Queryable, wanted: EntriesWanted): Promise<number> {
  const [row] = await db.rows<{ count: number }>({
    name: `insight ${wanted.from} count`,
    text: `SELECT count(*)::int AS count FROM insight.${wanted.from} e WHERE ${ARE_WANTED} AND $2::int[] IS NOT NULL`,
    values: valuesOf(wanted),
  })
  return row?.count ?? 0
}
