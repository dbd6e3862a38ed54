/** The figures of revenue: sums that are kept, translated into one currency and put together period by period. */
import type { BilledPeriod } from '#domain/metrics.ts'
import type { RateOn } from '#domain/translation.ts'
import { rateFinder, RateMissing } from '#domain/translation.ts'
import type { Clock } from '#platform/clock.ts'
import type { Queryable } from '#platform/database.ts'
import { publicError } from '#platform/errors.ts'
import { type Dimension, type MetricsArguments, type Scope, scopeOf } from './arguments.ts'
import { type Figures, figuresOf } from './figures.ts'
import { readSumsKnownAt } from './known-at.ts'
import {
  type CustomerDimension,
  type Stretch,
  type SumRow,
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
  const { scope, sums, rateOn } = await readFigureSums(source, args)
  const groups = groupsOf(scope, sums).map(({ group, own }) => ({
    group,
    figures: figuresOf(scope, own, rateOn),
  }))
  const rows = scope.periods.flatMap((period, place) =>
    groups.flatMap(({ group, figures }) => rowOf(scope, { period, place }, group, figures)),
  )
  return { scope, rows }
}

/** The sums behind figures, and the rates that make figures of them. */
interface FigureSums {
  readonly scope: Scope
  readonly sums: readonly SumRow[]
  readonly rateOn: RateOn
  /** The days from which there are other rates, in order. */
  readonly rateDays: readonly Temporal.PlainDate[]
}

/** Reads what figures are made of. Throws BAD_USER_INPUT; the rates throw RATE_MISSING. */
export async function readFigureSums({ db, clock }: Source, args: MetricsArguments): Promise<FigureSums> {
  const scope = scopeOf(args, await readEntities(db), clock)
  const rates = await readRates(db, scope.asOf, scope.knownAt)
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
  return { scope, sums, rateOn: tellingOf(rateFinder(rates, scope.reportingCurrency)), rateDays }
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

/** Legal entities have rows whether or not anything happened; other groups where something did. */
function groupsOf({ groupBy, entities }: Scope, sums: readonly SumRow[]): GroupedSums[] {
  if (groupBy.length === 0) return [{ group: ALL, own: sums }]
  const groupOf = (row: Partial<SumRow>): Group => ({
    ...ALL,
    LEGAL_ENTITY: groupBy.includes('LEGAL_ENTITY') ? (row.legalEntityId ?? null) : null,
    CURRENCY: groupBy.includes('CURRENCY') ? (row.currency ?? null) : null,
    CUSTOMER: row.customer ?? null,
    REGION: row.region ?? null,
    SEGMENT: row.segment ?? null,
  })
  const byGroup = Map.groupBy(sums, (row) => JSON.stringify(groupOf(row)))
  const isByEntity = groupBy.length === 1 && groupBy[0] === 'LEGAL_ENTITY'
  const places = new Map(entities.map(({ id }, place) => [id, place]))
  const groups = isByEntity
    ? entities.map(({ id }) => groupOf({ legalEntityId: id }))
    : [...byGroup.keys()].map((key) => JSON.parse(key) as Group)
  const place = ({ LEGAL_ENTITY, ...others }: Group): string =>
    [String(places.get(LEGAL_ENTITY ?? '') ?? 0).padStart(4, '0'), ...Object.values(others)].join(' ')
  return groups
    .toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
    .map((group) => ({ group, own: byGroup.get(JSON.stringify(group)) ?? [] }))
}

function rowOf(
  { rangesOf, entities, reportingCurrency, knownAt }: Scope,
  { period, place }: { readonly period: string; readonly place: number },
  group: Group,
  all: readonly Figures[],
): MetricsRow[] {
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
    },
  ]
}
