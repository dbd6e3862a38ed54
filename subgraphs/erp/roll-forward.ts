import type { LegalEntity } from '#domain/erp.ts'
import { changeOf, rollForward, type RolledPeriod } from '#domain/roll-forward.ts'
import { sum } from '#domain/money.ts'
import { readCursor, writeCursor } from '#platform/cursor.ts'
import { publicError } from '#platform/errors.ts'
import type { Connection } from '#platform/loaders.ts'
import { PAGE_SIZE } from '#platform/page.ts'
import {
  countDeferredKeys,
  type DeferredKey,
  type DeferredPart,
  type DeferredRow,
  readDeferredMovements,
  type RollForwardSubject,
} from './deferred-store.ts'
import type { Context } from './loaders.ts'
import { legalEntityOf, refuseFuture, refuseOutsideCalendar } from './reports.ts'

/** Most periods of one roll-forward. */
const MAX_PERIODS = 36

/** What a client asks for. */
export interface RollForwardArguments {
  readonly legalEntityId: string
  readonly from: Temporal.PlainYearMonth
  readonly through: Temporal.PlainYearMonth
  readonly by: RollForwardSubject
  readonly filter?: {
    readonly customer?: { readonly in: readonly string[] } | null
    readonly contract?: { readonly in: readonly string[] } | null
  } | null
  readonly knownAt?: Temporal.Instant | null
  readonly first: number
  readonly after?: string | null
}

/** The amounts of a period with their currency. */
export interface RolledAmounts extends RolledPeriod {
  readonly currency: string
}

export interface RolledPeriodOf {
  readonly period: Temporal.PlainYearMonth
  readonly amounts: RolledAmounts
  readonly functionalAmounts: RolledAmounts
}

/** One subject in one currency. */
export interface RollForwardOf extends DeferredKey {
  readonly by: RollForwardSubject
  readonly periods: readonly RolledPeriodOf[]
}

export type DeferredRevenueConnection = Connection<RollForwardOf>

/** A page of roll-forwards. Throws NOT_FOUND, BAD_USER_INPUT and CURSOR_INVALID. */
export async function reportRollForward(
  context: Context,
  args: RollForwardArguments,
): Promise<DeferredRevenueConnection> {
  const { from, through, first, by } = args
  const legalEntity = await legalEntityOf(context, args.legalEntityId)
  const months = monthsBetween(from, through)
  if (first < PAGE_SIZE.min || first > PAGE_SIZE.max) {
    throw publicError(
      'BAD_USER_INPUT',
      `"first" must be from ${PAGE_SIZE.min} to ${PAGE_SIZE.max}, not ${first}.`,
    )
  }
  refuseFuture(context, args.knownAt)
  for (const period of [from, through]) await refuseOutsideCalendar(context, legalEntity, { period })
  const part: DeferredPart = {
    legalEntityId: legalEntity.id,
    by,
    from,
    through,
    customerIds: idsOf('customer', args.filter?.customer),
    contractIds: idsOf('contract', args.filter?.contract),
    knownAt: args.knownAt ?? null,
  }
  const scope = ['deferredRevenueRollForward', legalEntity.id, by].join(' ')
  const after = args.after ? keyOf(readCursor(args.after, scope, 'text')) : null
  const rows = await readDeferredMovements(context.db, part, after, first + 1)
  const groups = [...Map.groupBy(rows, ({ subject, currency }) => `${currency} ${subject}`).values()]
  const nodes = groups.slice(0, first).map((own) => rolled(own, by, months, legalEntity))
  const cursorOf = ({ subject, currency }: DeferredKey): string =>
    writeCursor(scope, { value: subject, id: currency })
  return {
    nodes,
    edges: nodes.map((node) => ({ cursor: cursorOf(node), node })),
    pageInfo: {
      hasNextPage: groups.length > first,
      hasPreviousPage: after !== null,
      startCursor: nodes.at(0) === undefined ? null : cursorOf(nodes[0] as RollForwardOf),
      endCursor: nodes.at(-1) === undefined ? null : cursorOf(nodes.at(-1) as RollForwardOf),
    },
    count: () => countDeferredKeys(context.db, part),
  }
}

const keyOf = ({ value, id }: { readonly value: string; readonly id: string }): DeferredKey => ({
  subject: value,
  currency: id,
})

/** Most values in one filter, as for every list. */
const MAX_FILTER_VALUES = 100

function idsOf(
  name: string,
  filter: { readonly in: readonly string[] } | null | undefined,
): readonly string[] | null {
  const ids = filter?.in ?? null
  if (ids !== null && ids.length > MAX_FILTER_VALUES) {
    throw publicError(
      'BAD_USER_INPUT',
      `The filter "${name}" takes at most ${MAX_FILTER_VALUES} values, not ${ids.length}.`,
    )
  }
  return ids
}

function monthsBetween(
  from: Temporal.PlainYearMonth,
  through: Temporal.PlainYearMonth,
): Temporal.PlainYearMonth[] {
  const { months } = from.until(through, { largestUnit: 'months' })
  if (months < 0 || months >= MAX_PERIODS) {
    throw publicError(
      'BAD_USER_INPUT',
      `From "from" through "through" there must be 1 to ${MAX_PERIODS} periods, not ${Math.max(0, months + 1)}.`,
    )
  }
  return Array.from({ length: months + 1 }, (_, later) => from.add({ months: later }))
}

function rolled(
  rows: readonly DeferredRow[],
  by: RollForwardSubject,
  months: readonly Temporal.PlainYearMonth[],
  { functionalCurrency }: LegalEntity,
): RollForwardOf {
  const { subject = '', currency = '' } = rows[0] ?? {}
  const roll = (column: 'amounts' | 'functional', inCurrency: string): RolledAmounts[] => {
    const earlier = rows.filter(({ period }) => period === null)
    const opening = sum(earlier.map((row) => changeOf(row[column])))
    const byPeriod = new Map(rows.map((row) => [row.period, row[column]]))
    const movements = months.map((month) => byPeriod.get(month.toString()))
    return rollForward(opening, movements).map((period) => ({ ...period, currency: inCurrency }))
  }
  const [amounts, functional] = [roll('amounts', currency), roll('functional', functionalCurrency)]
  const periods = months.flatMap((period, index) => {
    const [own, worth] = [amounts[index], functional[index]]
    return own === undefined || worth === undefined
      ? []
      : [{ period, amounts: own, functionalAmounts: worth }]
  })
  return { subject, currency, by, periods }
}
