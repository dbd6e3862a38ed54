/** A figure opened down to the entries that it is the sum of, to the minor unit. */
import { hash } from 'node:crypto'
import { earlier } from '#domain/calendar.ts'
import {
  metricDefinitions,
  type MetricDefinition,
  type MetricName,
  type MetricSum,
  metricSums,
  recurringLosses,
  recurringSteps,
} from '#domain/metric-definitions.ts'
import { type RateOn, type Sum, type Translation, translateSteps } from '#domain/translation.ts'
import { readCursor, writeCursor } from '#platform/cursor.ts'
import { publicError } from '#platform/errors.ts'
import type { Connection } from '#platform/loaders.ts'
import { PAGE_SIZE } from '#platform/page.ts'
import type { EntitySpan, EntriesWanted, EntryPlace, EntryRow } from '../entries-store.ts'
import type { SumRow } from '../sums-store.ts'
import type { MetricsArguments, Scope } from './arguments.ts'
import { type Entries, entriesOf } from './entries.ts'
import { dating, type Figures, figuresOf, valuesOf } from './figures.ts'
import { readFigureSums, type Source } from './report.ts'

/** What a client asks for. */
export interface ExplainArguments extends Pick<
  MetricsArguments,
  'reportingCurrency' | 'ratePolicy' | 'constantRatesOn' | 'asOf' | 'knownAt' | 'grain' | 'day'
> {
  readonly metric: MetricName
  readonly period: Temporal.PlainYearMonth
  readonly group?: Readonly<Partial<Record<GroupKey, string | null>>> | null
}

/** What a figure may be of. */
const GROUP_KEYS = ['legalEntity', 'currency', 'customer', 'region', 'segment'] as const
type GroupKey = (typeof GROUP_KEYS)[number]

/** A figure with what it takes to open it. */
export interface Explanation {
  readonly metric: MetricName
  readonly definition: MetricDefinition
  readonly value: bigint
  readonly currency: string
  readonly entries: (page: EntryPage) => Promise<EntryConnection>
}

/** What a figure is made up of: an entry, or what currencies moved, which has no source. */
export interface ExplainedEntry {
  readonly amount: bigint
  readonly currency: string
  readonly date: Temporal.PlainDate
  readonly source: { readonly __typename: string; readonly id: string } | null
}

export type EntryConnection = Connection<ExplainedEntry>

interface EntryPage {
  readonly first: number
  readonly after?: string | null
}

/** Opens a figure. Throws BAD_USER_INPUT and RATE_MISSING. */
export async function explainMetric(source: Source, args: ExplainArguments): Promise<Explanation> {
  const { metric, period, group, ...asked } = args
  if ((args.grain === 'DAY') !== Boolean(args.day))
    throw publicError('BAD_USER_INPUT', '"day" is for the grain DAY, which needs it.')
  if (metric === 'OVERDUE_RECEIVABLES' && args.knownAt)
    throw publicError('BAD_USER_INPUT', '"knownAt" is not for OVERDUE_RECEIVABLES: see receivablesAgeing.')
  const { scope, sums, rateOn, rateDays } = await readFigureSums(source, {
    ...asked,
    period: { from: period, to: period },
    groupBy: [],
    filter: Object.fromEntries(
      GROUP_KEYS.flatMap((key) => (group?.[key] ? [[key, { in: [group[key]] }]] : [])),
    ),
  })
  const [figures] = figuresOf(scope, sums, rateOn)
  if (figures === undefined)
    throw publicError(
      'BAD_USER_INPUT',
      `The period has not begun by ${scope.asOf.toString()}, or "day" is no day of it.`,
    )
  const { value, remainder } = valueOf(metric, figures)
  const definition = metricDefinitions[metric]
  if (definition === undefined) throw new Error(`${metric} is not defined`)
  const opened = { source, metric, scope, sums, rateOn, rateDays, remainder }
  const cursorScope = `explainMetric ${hash('sha256', JSON.stringify(args))}`
  return {
    metric,
    definition: { name: metric, ...definition },
    value,
    currency: scope.reportingCurrency,
    entries: (page) => readPage(opened, page, cursorScope),
  }
}

interface Opened {
  readonly source: Source
  readonly metric: MetricName
  readonly scope: Scope
  readonly sums: readonly SumRow[]
  readonly rateOn: RateOn
  readonly rateDays: readonly Temporal.PlainDate[]
  /** What is no entry's: what currencies moved. */
  readonly remainder: bigint
}

/** What a figure comes to, and what of it is no entry's. */
function valueOf(metric: MetricName, figures: Figures): { value: bigint; remainder: bigint } {
  const value = valuesOf(figures)[metric]
  return { value, remainder: metric === 'DEFERRED_REVENUE_ADJUSTED' ? value - figures.adjustedByEntries : 0n }
}

async function readPage(
  opened: Opened,
  { first, after }: EntryPage,
  cursorScope: string,
): Promise<EntryConnection> {
  if (first < PAGE_SIZE.min || first > PAGE_SIZE.max) {
    const range = `from ${PAGE_SIZE.min} to ${PAGE_SIZE.max}`
    throw publicError('BAD_USER_INPUT', `"first" must be ${range}, not ${first}.`)
  }
  const { source, remainder } = opened
  const wanted = wantedOf(opened)
  const place = after ? placeOf(readCursor(after, cursorScope, 'text')) : null
  const entries = await entriesOf(source.db, wanted)
  const rows = place?.key === REMAINDER ? [] : await entries.page(place, first + 1)
  const amounts = await amountsOf(opened, entries, place, rows)
  const edges = rows.map((row, index) => ({
    cursor: cursorOf(cursorScope, row),
    node: entryOf(opened, row, amounts[index] ?? 0n),
  }))
  const isLast = rows.length <= first && place?.key !== REMAINDER && remainder !== 0n
  const all = isLast ? [...edges, remainderOf(opened, cursorScope)] : edges
  const page = all.slice(0, first)
  return {
    nodes: page.map(({ node }) => node),
    edges: page,
    pageInfo: {
      hasNextPage: all.length > first,
      hasPreviousPage: place !== null,
      startCursor: page[0]?.cursor ?? null,
      endCursor: page.at(-1)?.cursor ?? null,
    },
    count: async () => (await entries.count()) + (remainder === 0n ? 0 : 1),
  }
}

/** The key of what is no entry's, which comes behind all entries. */
const REMAINDER = '~'

const placeOf = ({ value, id: key }: { readonly value: string; readonly id: string }): EntryPlace => {
  const [on = '', measure = ''] = value.split(' ')
  return { on, measure, key }
}
const cursorOf = (cursorScope: string, { on, measure, key }: EntryPlace): string =>
  writeCursor(cursorScope, { value: `${on} ${measure}`, id: key })

function remainderOf({ scope, remainder }: Opened, cursorScope: string) {
  const date = lastDayOf(scope)
  const place = { on: date.toString(), measure: '', key: REMAINDER }
  const node = { amount: remainder, currency: scope.reportingCurrency, date, source: null }
  return { cursor: cursorOf(cursorScope, place), node }
}

function lastDayOf(scope: Scope): Temporal.PlainDate {
  const after = scope.asOf.add({ days: 1 })
  const [{ end } = { end: after }] = scope.entities.flatMap(({ id }) => scope.rangesOf(id))
  return earlier(after, end).subtract({ days: 1 })
}

/** The days of each legal entity: of one whose period has not begun there are none. */
function spansOf({ entities, rangesOf, asOf }: Scope, kind: MetricSum['kind']): EntitySpan[] {
  return entities.flatMap(({ id: legalEntityId }) =>
    rangesOf(legalEntityId).map(({ start, end }) => ({
      legalEntityId,
      start: kind === 'BALANCE' ? null : start,
      end: earlier(asOf.add({ days: 1 }), end),
    })),
  )
}

const SOURCES: Readonly<Record<MetricSum['entries'], readonly EntriesWanted['from'][]>> = {
  BOOKS: ['book_entry'],
  DOCUMENTS: ['book_entry'],
  MOVEMENTS: ['movement_entry'],
  BOTH: ['book_entry', 'movement_entry'],
}

function wantedOf({ metric, scope }: Opened): EntriesWanted[] {
  const { kind, raisedBy, loweredBy, entries } = metricSums[metric]
  return SOURCES[entries].map((from) => ({
    from,
    signs: new Map([
      ...raisedBy.map((measure) => [measure, recurringLosses.has(metric) ? -1n : 1n] as const),
      ...loweredBy.map((measure) => [measure, -1n] as const),
    ]),
    spans: spansOf(scope, kind),
    currencies: scope.currencies,
    customers: scope.customers,
    knownAt: scope.knownAt,
  }))
}

/** What each entry of a page comes to: by how much the figure differs with it and without. */
async function amountsOf(
  { metric, scope, sums, rateOn, rateDays }: Opened,
  entries: Entries,
  place: EntryPlace | null,
  rows: readonly EntryRow[],
): Promise<bigint[]> {
  const dated = dating(scope)
  const sumsOf = (parts: readonly Omit<SumRow, 'period'>[]): Sum[] =>
    dated(
      parts.map((part) => ({ ...part, period: 0 })),
      0,
    )
  const before = place === null ? [] : await entries.prefix(place, rateDays)
  const translation: Translation = {
    ...scope,
    kind: metricSums[metric].kind === 'FLOW' ? 'FLOW' : 'BALANCE',
  }
  const start = scope.rangesOf(scope.entities[0]?.id ?? '')[0]?.start ?? lastDayOf(scope)
  const steps = [
    [...stepsBefore(metric, sums, sumsOf), ...sumsOf(before.map((it) => ({ ...it, day: it.day ?? start })))],
    ...rows.map((row) => sumsOf([{ ...row, day: Temporal.PlainDate.from(row.on) }])),
  ]
  const [, ...amounts] = translateSteps(steps, translation, scope.reportingCurrency, rateOn)
  return recurringLosses.has(metric) ? amounts.map((amount) => -amount) : amounts
}

/** A movement of recurring revenue is what the bridge changes by behind the steps before it. */
function stepsBefore(
  metric: MetricName,
  sums: readonly SumRow[],
  sumsOf: (parts: readonly Omit<SumRow, 'period'>[]) => Sum[],
): Sum[] {
  if (metricSums[metric].kind !== 'STEP') return []
  const stepsBehind: readonly string[] = recurringSteps.slice(
    0,
    recurringSteps.findIndex((step) => step === metric),
  )
  const all: readonly string[] = recurringSteps
  const counts = ({ measure, period }: SumRow): boolean =>
    period < 0 ? all.includes(measure) : stepsBehind.includes(measure)
  return sumsOf(
    sums.filter(counts).map((row) => ({
      ...row,
      amount: recurringLosses.has(row.measure) ? -row.amount : row.amount,
    })),
  )
}

const TYPES: Readonly<Record<string, string>> = {
  INVOICE: 'Invoice',
  CREDIT_NOTE: 'CreditNote',
  PAYMENT: 'Payment',
  REFUND: 'Refund',
  CONTRACT: 'Contract',
  SUBSCRIPTION: 'BillingSubscription',
}

function entryOf({ metric, scope }: Opened, row: EntryRow, amount: bigint): ExplainedEntry {
  const isOfBooks = metricSums[metric].entries === 'BOOKS'
  const typename = isOfBooks ? undefined : TYPES[row.sourceType]
  return {
    amount,
    currency: scope.reportingCurrency,
    date: Temporal.PlainDate.from(row.on),
    source:
      typename === undefined
        ? { __typename: 'JournalEntry', id: row.key }
        : { __typename: typename, id: row.sourceId },
  }
}
