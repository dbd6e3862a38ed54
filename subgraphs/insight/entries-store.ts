import type { Queryable } from '#platform/database.ts'

/** Which entries of a figure are wanted. */
export interface EntriesWanted {
  readonly from: 'book_entry' | 'movement_entry'
  /** By measure, whether it raises the figure or lowers it. */
  readonly signs: ReadonlyMap<string, bigint>
  /** The first day; null for all that was before. */
  readonly start: Temporal.PlainDate | null
  /** The first day that does not count. */
  readonly end: Temporal.PlainDate
  readonly legalEntityIds: readonly string[]
  readonly currencies: readonly string[] | null
  /** What was recorded later does not count; null for all that is recorded. */
  readonly knownAt: Temporal.Instant | null
}

/** An entry, with its place in the order of days. */
export interface EntryRow {
  readonly key: string
  readonly on: string
  readonly measure: string
  readonly legalEntityId: string
  readonly currency: string
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
const ARE_WANTED = `e.measure = ANY($1) AND ($3::text IS NULL OR e."on" >= $3) AND e."on" < $4
  AND e.legal_entity_id = ANY($5) AND ($6::text[] IS NULL OR e.currency = ANY($6))
  AND ($7::timestamptz IS NULL OR e.recorded_at <= $7)`

const valuesOf = ({ signs, start, end, legalEntityIds, currencies, knownAt }: EntriesWanted): unknown[] => [
  [...signs.keys()],
  [...signs.values()].map(Number),
  start?.toString() ?? null,
  end.toString(),
  legalEntityIds,
  currencies,
  knownAt?.toString() ?? null,
]

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
        e.source_type AS "sourceType", e.source_id AS "sourceId",
        e.amount * ${SIGNED} AS amount, e.functional * ${SIGNED} AS functional
      FROM insight.${wanted.from} e
      WHERE ${ARE_WANTED} AND ($8::text IS NULL OR (e."on", e.key COLLATE "C", e.measure) > ($8, $9, $10))
      ORDER BY e."on", e.key COLLATE "C", e.measure LIMIT $11`,
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
        ($11::date[])[width_bucket(e."on"::date, $11::date[])] AS day
      FROM insight.${wanted.from} e
      WHERE ${ARE_WANTED} AND (e."on", e.key COLLATE "C", e.measure) <= ($8, $9, $10)
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
