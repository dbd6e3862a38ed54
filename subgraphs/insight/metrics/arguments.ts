/** What clients may ask of the figures, checked. */
import { isBefore } from '#domain/calendar.ts'
import type { DateRange } from '#domain/entity.ts'
import type { FiscalCalendar } from '#domain/fiscal.ts'
import { type Grain, type MetricPeriod, metricPeriods } from '#domain/metric-period.ts'
import type { TranslationPolicy } from '#domain/translation.ts'
import { type Clock, today } from '#platform/clock.ts'
import { publicError } from '#platform/errors.ts'
import type { CustomerDimension, CustomerFilter, MetricEntity } from '../sums-store.ts'

/** What figures can be told apart by. */
export type Dimension = 'LEGAL_ENTITY' | 'CURRENCY' | CustomerDimension

interface In {
  readonly in: readonly string[]
}

/** What a client asks for. */
export interface MetricsArguments {
  readonly period: { readonly from: Temporal.PlainYearMonth; readonly to: Temporal.PlainYearMonth }
  readonly grain: Grain
  /** The one day that is asked for, of the grain DAY. */
  readonly day?: Temporal.PlainDate | null
  readonly groupBy: readonly Dimension[]
  readonly filter?: Readonly<
    Partial<Record<'legalEntity' | 'currency' | 'customer' | 'region' | 'segment', In | null>>
  > | null
  readonly reportingCurrency: string
  readonly ratePolicy: TranslationPolicy
  readonly constantRatesOn?: Temporal.PlainDate | null
  readonly asOf?: Temporal.PlainDate | null
  readonly knownAt?: Temporal.Instant | null
}

/** What a client asks for, as it can be read. */
export interface Scope {
  readonly entities: readonly MetricEntity[]
  readonly currencies: readonly string[] | null
  readonly grain: Grain
  readonly groupBy: readonly Dimension[]
  readonly customers: CustomerFilter
  /** Whether figures are told apart or chosen by what they are of: customers, regions, segments. */
  readonly isByCustomer: boolean
  readonly reportingCurrency: string
  readonly policy: TranslationPolicy
  readonly constantOn: Temporal.PlainDate
  /** The last day that counts. */
  readonly asOf: Temporal.PlainDate
  /** What was recorded later does not count; null for all that is recorded. */
  readonly knownAt: Temporal.Instant | null
  /** Their names, with the range that each is for a legal entity: those of one place are of one name. */
  readonly periods: readonly string[]
  readonly rangesOf: (legalEntityId: string) => readonly DateRange[]
  /** Whether all legal entities have the same ranges. */
  readonly isOneCalendar: boolean
}

/** Most periods of one answer. */
const MAX_PERIODS = 400
/** Most values in one filter, as for every list. */
const MAX_FILTER_VALUES = 100

/** Checks what is asked for. Throws BAD_USER_INPUT. */
export function scopeOf(args: MetricsArguments, known: readonly MetricEntity[], clock: Clock): Scope {
  const { grain, groupBy, filter, reportingCurrency, ratePolicy: policy } = args
  const { from, to } = args.period
  if (Temporal.PlainYearMonth.compare(from, to) > 0)
    throw refusal(`"period" ends before it begins: from ${from.toString()} to ${to.toString()}.`)
  if (new Set(groupBy).size < groupBy.length) throw refusal('"groupBy" names a dimension twice.')
  if (args.knownAt && Temporal.Instant.compare(args.knownAt, clock.now()) > 0)
    throw refusal(`"knownAt" is still to come: ${args.knownAt.toString()}.`)
  const asOf = args.asOf ?? today(clock)
  const entities = entitiesIn(known, idsOf('legalEntity', filter?.legalEntity))
  const isOneCalendar = grain !== 'FISCAL_PERIOD'
  const byEntity = new Map(entities.map(({ id, calendar }) => [id, begunBy(asOf, periodsOf(args, calendar))]))
  const longest = [...byEntity.values()].reduce<readonly MetricPeriod[]>(
    (all, own) => (own.length > all.length ? own : all),
    [],
  )
  if (longest.length > MAX_PERIODS)
    throw refusal(`"period" has ${longest.length} periods of this grain; ${MAX_PERIODS} at most.`)
  checkConstant(policy, args.constantRatesOn)
  const customers = {
    CUSTOMER: idsOf('customer', filter?.customer),
    REGION: idsOf('region', filter?.region),
    SEGMENT: idsOf('segment', filter?.segment),
  }
  const isByCustomer =
    groupBy.some((dimension) => dimension in customers) ||
    Object.values(customers).some((ids) => ids !== null)
  if (isByCustomer && grain === 'DAY')
    throw refusal(
      'By customer, region and segment figures are kept by month: ask for a grain of MONTH or coarser.',
    )
  return {
    customers,
    isByCustomer,
    entities,
    currencies: idsOf('currency', filter?.currency),
    grain,
    groupBy,
    reportingCurrency,
    policy,
    constantOn: args.constantRatesOn ?? asOf,
    asOf,
    knownAt: args.knownAt ?? null,
    periods: longest.map(({ name }) => name),
    rangesOf: (id) => (byEntity.get(id) ?? []).map(({ range }) => range),
    isOneCalendar,
  }
}

/** Throws BAD_USER_INPUT where a day of constant rates comes with a policy that has none. */
export function checkConstant(policy: TranslationPolicy, day: Temporal.PlainDate | null | undefined): void {
  if (policy !== 'CONSTANT' && day) throw refusal('"constantRatesOn" is for the rate policy CONSTANT.')
}

function periodsOf(
  { period: { from, to }, grain, day }: MetricsArguments,
  calendar: FiscalCalendar,
): MetricPeriod[] {
  const periods = metricPeriods(grain, from, to, calendar)
  return day ? periods.filter(({ name }) => name === day.toString()) : periods
}

/** What has not begun has no figures yet. */
const begunBy = (day: Temporal.PlainDate, periods: readonly MetricPeriod[]): MetricPeriod[] =>
  periods.filter(({ range }) => !isBefore(day, range.start))

function entitiesIn(known: readonly MetricEntity[], ids: readonly string[] | null): readonly MetricEntity[] {
  if (ids === null) return known
  const unknown = ids.find((id) => !known.some((entity) => entity.id === id))
  if (unknown !== undefined) throw refusal(`There is no legal entity with the id "${unknown.slice(0, 100)}".`)
  return known.filter(({ id }) => ids.includes(id))
}

function idsOf(name: string, filter: In | null | undefined): readonly string[] | null {
  if (!filter) return null
  if (filter.in.length > MAX_FILTER_VALUES)
    throw refusal(`The filter "${name}" takes at most ${MAX_FILTER_VALUES} values, not ${filter.in.length}.`)
  return filter.in
}

const refusal = (message: string): Error => publicError('BAD_USER_INPUT', message)
