/** The figures of revenue: sums that are kept, translated into one currency and put together period by period. */
import type { BilledPeriod, Retention, RetentionPolicy } from '#domain/metrics.ts'
import type { RateOn, TranslationPolicy } from '#domain/translation.ts'
import { rateFinder, RateMissing } from '#domain/translation.ts'
import { type Clock, today } from '#platform/clock.ts'
import type { Queryable } from '#platform/database.ts'
import { publicError } from '#platform/errors.ts'
import { ageingSums, bucketsOf, type OverdueBucket } from './ageing.ts'
import { checkConstant, type Dimension, type MetricsArguments, type Scope, scopeOf } from './arguments.ts'
import { type Figures, figuresOf } from './figures.ts'
import { readSumsKnownAt } from './known-at.ts'
import { type ProductRevenue, productsOf } from './products.ts'
import { type ProductSum, readRevenueByProduct } from '../products-store.ts'
import { cohortSums, retentionOf } from './retention.ts'
import {
  type CustomerDimension,
  type Stretch,
  type SumRow,
  type SumsWanted,
  readCustomerSums,
  readEntities,
  readRates,
  readSums,
} from '../sums-store.ts'
import { stretchesOf } from './stretches.ts'

/** What a row is of: null for what it is not told apart by. */
export type Group = Readonly<Record<Dimension, string | null>>

/** The figures of one group in one period. */
export interface MetricsRow {
  readonly period: string
  readonly start: Temporal.PlainDate
  /** The first day that is not in it. */
  readonly end: Temporal.PlainDate
  readonly group: Group
  /** The reporting currency, of all figures. */
  readonly currency: string
  readonly figures: Figures
  /** What was billed up to the end of this period, period by period, of those that were asked for. */
  readonly billedUntil: readonly BilledPeriod[]
  /** Whether it is as it was known at an instant. */
  readonly isAsKnown: boolean
  /** Null where nothing was there to be retained. */
  readonly retention: (policy: RetentionPolicy) => Promise<Retention | null>
  /** What is overdue by how long it is; null where it is as it was known at an instant. */
  readonly ageing: () => Promise<readonly OverdueBucket[] | null>
  readonly products: () => Promise<readonly ProductRevenue[]>
  /** The figures under another rate policy. Throws BAD_USER_INPUT and RATE_MISSING. */
  readonly under: (policy: TranslationPolicy, constantOn: Temporal.PlainDate | null) => Figures
}

/** What was asked for, with its figures. */
export interface Metrics {
  readonly scope: Scope
  readonly rows: readonly MetricsRow[]
}

/** What the figures are read from. */
export interface Source {
  readonly db: Queryable
  readonly clock: Clock
}

/** Reads figures, by period and then by group. Throws BAD_USER_INPUT, and RATE_MISSING with the pair and the day. */
export async function reportMetrics(source: Source, args: MetricsArguments): Promise<Metrics> {
  const { scope, wanted, sums, rateOn } = await readFigureSums(source, args)
  const cohorts = lazy(async () => groupedBy(scope, await cohortSums(source.db, scope, wanted, sums)))
  const ageing = lazy(async () => groupedBy(scope, await ageingSums(source.db, scope, wanted)))
  const products = lazy(async () =>
    groupedBy(scope, await readRevenueByProduct(source.db, wanted, scope.knownAt)),
  )
  const groups = groupsOf(scope, sums).map(({ group, own }) => ({
    group,
    figures: figuresOf(scope, own, rateOn),
    under: figuresUnder(scope, own, rateOn),
    cohorts: async () => (await cohorts()).get(JSON.stringify(group)) ?? [],
    ageing: async () => (await ageing()).get(JSON.stringify(group)) ?? [],
    products: async () => (await products()).get(JSON.stringify(group)) ?? [],
  }))
  const rows = scope.periods.flatMap((period, place) =>
    groups.flatMap((group) => rowOf(scope, { period, place }, group, rateOn)),
  )
  return { scope, rows }
}

/** Does a work when its result is first asked for, and once. */
function lazy<Result>(work: () => Result): () => Result {
  let made: { readonly result: Result } | undefined
  return () => (made ??= { result: work() }).result
}

/** Reads the same sums under other rate policies, once for each. */
function figuresUnder(scope: Scope, own: readonly SumRow[], rateOn: RateOn) {
  const known = new Map<string, Figures[]>()
  return (policy: TranslationPolicy, day: Temporal.PlainDate | null): readonly Figures[] => {
    checkConstant(policy, day)
    const constantOn = day ?? scope.asOf
    return known.getOrInsertComputed(`${policy} ${constantOn.toString()}`, () =>
      figuresOf({ ...scope, policy, constantOn }, own, rateOn),
    )
  }
}

/** The sums behind figures, and the rates that make figures of them. */
interface FigureSums {
  readonly scope: Scope
  readonly wanted: SumsWanted
  readonly sums: readonly SumRow[]
  readonly rateOn: RateOn
  /** The days from which there are other rates, in order. */
  readonly rateDays: readonly Temporal.PlainDate[]
}

/** Reads what figures are made of. Throws BAD_USER_INPUT; the rates throw RATE_MISSING. */
export async function readFigureSums({ db, clock }: Source, args: MetricsArguments): Promise<FigureSums> {
  const rated = readRates(db, args.asOf ?? today(clock), args.knownAt ?? null)
  const [entities, rates] = await Promise.all([readEntities(db), rated])
  const scope = scopeOf(args, entities, clock)
  const rateDays = [...new Map(rates.map(({ date }) => [date.toString(), date])).values()].toSorted((a, b) =>
    Temporal.PlainDate.compare(a, b),
  )
  const wanted = {
    stretches: stretchesIn(scope, rateDays),
    legalEntityIds: scope.entities.map(({ id }) => id),
    currencies: scope.currencies,
    by: scope.groupBy.filter((dimension) => dimension in scope.customers) as CustomerDimension[],
    customers: scope.customers,
  }
  const sums = await (scope.knownAt === null
    ? (scope.isByCustomer ? readCustomerSums : readSums)(db, wanted)
    : readSumsKnownAt(db, wanted, scope.knownAt))
  return { scope, wanted, sums, rateOn: tellingOf(rateFinder(rates, scope.reportingCurrency)), rateDays }
}

function stretchesIn(scope: Scope, rateDays: readonly Temporal.PlainDate[]): Stretch[] {
  const end = scope.asOf.add({ days: 1 })
  const ids = scope.isOneCalendar ? [null] : scope.entities.map(({ id }) => id)
  return ids.flatMap((legalEntityId) => {
    const ranges = scope.rangesOf(legalEntityId ?? scope.entities[0]?.id ?? '')
    return stretchesOf({ legalEntityId, ranges }, rateDays, end)
  })
}

/** A missing rate is told to the client: no other rate stands in for it. */
const tellingOf =
  (find: RateOn): RateOn =>
  (currency, day) => {
    try {
      return find(currency, day)
    } catch (error) {
      if (error instanceof RateMissing) throw publicError('RATE_MISSING', `${error.message}.`)
      throw error
    }
  }

interface GroupedSums {
  readonly group: Group
  readonly own: readonly SumRow[]
}

const ALL: Group = { LEGAL_ENTITY: null, CURRENCY: null, CUSTOMER: null, REGION: null, SEGMENT: null }

const groupOf = ({ groupBy }: Scope, row: Partial<SumRow>): Group => ({
  ...ALL,
  LEGAL_ENTITY: groupBy.includes('LEGAL_ENTITY') ? (row.legalEntityId ?? null) : null,
  CURRENCY: groupBy.includes('CURRENCY') ? (row.currency ?? null) : null,
  CUSTOMER: row.customer ?? null,
  REGION: row.region ?? null,
  SEGMENT: row.segment ?? null,
})

/** Sums by the text of their group. */
const groupedBy = <Row extends SumRow>(scope: Scope, sums: readonly Row[]): Map<string, Row[]> =>
  Map.groupBy(sums, (row) => JSON.stringify(groupOf(scope, row)))

/** Legal entities have rows whether or not anything happened; other groups where something did. */
function groupsOf(scope: Scope, sums: readonly SumRow[]): GroupedSums[] {
  const { groupBy, entities } = scope
  if (groupBy.length === 0) return [{ group: ALL, own: sums }]
  const byGroup = groupedBy(scope, sums)
  const isByEntity = groupBy.length === 1 && groupBy[0] === 'LEGAL_ENTITY'
  const places = new Map(entities.map(({ id }, place) => [id, place]))
  const groups = isByEntity
    ? entities.map(({ id }) => groupOf(scope, { legalEntityId: id }))
    : [...byGroup.keys()].map((key) => JSON.parse(key) as Group)
  const place = ({ LEGAL_ENTITY, ...others }: Group): string =>
    [String(places.get(LEGAL_ENTITY ?? '') ?? 0).padStart(4, '0'), ...Object.values(others)].join(' ')
  return groups
    .toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
    .map((group) => ({ group, own: byGroup.get(JSON.stringify(group)) ?? [] }))
}

/** A group with its figures of all periods. */
interface GroupFigures {
  readonly group: Group
  readonly figures: readonly Figures[]
  readonly under: ReturnType<typeof figuresUnder>
  readonly cohorts: () => Promise<readonly SumRow[]>
  readonly ageing: () => Promise<readonly SumRow[]>
  readonly products: () => Promise<readonly ProductSum[]>
}

function rowOf(
  scope: Scope,
  { period, place }: { readonly period: string; readonly place: number },
  { group, figures: all, under, cohorts, ageing, products }: GroupFigures,
  rateOn: RateOn,
): MetricsRow[] {
  const { rangesOf, entities, reportingCurrency, knownAt } = scope
  const range = rangesOf(group.LEGAL_ENTITY ?? entities[0]?.id ?? '')[place]
  const figures = all[place]
  if (range === undefined || figures === undefined) return []
  const billedUntil = all.slice(0, place + 1).map(({ billed }) => billed)
  return [
    {
      period,
      ...range,
      group,
      currency: reportingCurrency,
      figures,
      billedUntil,
      isAsKnown: knownAt !== null,
      retention: async (policy) => {
        const parts = { bridge: figures.recurring, cohorts: await cohorts() }
        return retentionOf(scope, place, parts, rateOn, policy)
      },
      ageing: async () => (knownAt === null ? bucketsOf(scope, place, await ageing(), rateOn) : null),
      products: async () => productsOf(scope, place, await products(), rateOn),
      under: (policy, day) => under(policy, day)[place] ?? figures,
    },
  ]
}
