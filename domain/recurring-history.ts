import { earlier, isBefore, later } from './calendar.ts'
import { compare } from './rational.ts'
import { recurringStatuses, yearlyPrice } from './recurring.ts'
import type { Subscription, SubscriptionItem } from './billing.ts'
import type { Rational } from './rational.ts'

/** For how long an item of a subscription earned at one price. */
export interface RecurringRun {
  readonly itemId: string
  readonly productId: string
  readonly start: Temporal.PlainDate
  /** The first day on which it did not; null while it runs. */
  readonly end: Temporal.PlainDate | null
  /** Exact minor units a year. */
  readonly yearly: Rational
  /** When it was told of, where its start is the day of that; null where its start was stated. */
  readonly begunAt: Temporal.Instant | null
  /** When it was told that it stopped, where no day was stated; null where its end was stated. */
  readonly stoppedAt: Temporal.Instant | null
}

type Told = Pick<Subscription, 'status' | 'endedOn' | 'items'>

/** Changes that are told of within this time are one: the first was a slip. [ChartMogul] */
const oneChange = Temporal.Duration.from({ hours: 1 })

/** Those who paid until they were stopped, as far as is known of one that is first told of in such a state. */
const stopped: ReadonlySet<Subscription['status']> = new Set(['UNPAID', 'PAUSED'])

/**
 * What a subscription earned and will earn, as told by its latest state. Days that it states count as they are, also in
 * the past. What changes without a day (another price of the same item, a pause, an item that is gone) counts from the
 * day on which it was told, in UTC.
 */
export function runsAfter(
  before: readonly RecurringRun[] | undefined,
  told: Told,
  at: Temporal.Instant,
): RecurringRun[] {
  const isPaying = recurringStatuses.has(told.status) || told.endedOn !== null
  if (before === undefined) return firstRuns(told, isPaying, at)
  const items = isPaying ? told.items : []
  const gone = before.filter(({ itemId }) => !items.some(({ id }) => id === itemId))
  const kept = items.flatMap((item) => {
    const own = before.filter(({ itemId }) => itemId === item.id)
    return own.length === 0 ? begun(item, told, before, at) : goneOn(own, runOf(item, told), at)
  })
  return [...gone.flatMap((run) => stop(run, at)), ...kept].filter(isAny)
}

function firstRuns(told: Told, isPaying: boolean, at: Temporal.Instant): RecurringRun[] {
  const runs = told.items.map((item) => runOf(item, told))
  if (isPaying) return told.status === 'INCOMPLETE_EXPIRED' ? [] : runs.filter(isAny)
  return stopped.has(told.status) ? runs.flatMap((run) => stop(run, at)).filter(isAny) : []
}

function runOf(item: SubscriptionItem, { endedOn }: Told): RecurringRun {
  const { endDate } = item
  const end = endedOn === null || endDate === null ? (endedOn ?? endDate) : earlier(endDate, endedOn)
  const { id: itemId, productId, startDate: start } = item
  return { itemId, productId, start, end, yearly: yearlyPrice(item), begunAt: null, stoppedAt: null }
}

/** An item that was not earning: on the days that it states; one of a trial from the day on which that was over. */
function begun(
  item: SubscriptionItem,
  told: Told,
  before: readonly RecurringRun[],
  at: Temporal.Instant,
): RecurringRun[] {
  const run = runOf(item, told)
  if (before.length > 0) return [run]
  return recurringStatuses.has(told.status)
    ? [{ ...run, start: later(run.start, dayOf(at)), begunAt: at }]
    : []
}

/** What becomes of an item's runs when it is told of again. */
function goneOn(own: readonly RecurringRun[], run: RecurringRun, at: Temporal.Instant): RecurringRun[] {
  const last = own.at(-1)
  const earlierRuns = own.slice(0, -1)
  if (last === undefined) return [run]
  if (compare(last.yearly, run.yearly) === 0) {
    if (last.stoppedAt === null || isOne(last.stoppedAt, at)) {
      const start = earlierRuns.length === 0 && last.begunAt === null ? run.start : last.start
      return [...earlierRuns, { ...last, start, end: run.end, stoppedAt: null }]
    }
    return [...own, { ...run, start: later(run.start, dayOf(at)), begunAt: at }]
  }
  if (last.begunAt !== null && isOne(last.begunAt, at)) {
    return [...earlierRuns, { ...last, yearly: run.yearly, end: run.end, stoppedAt: null }]
  }
  const next = { ...run, start: later(run.start, dayOf(at)), begunAt: at }
  return [...earlierRuns, ...stop(last, at).map((it) => ({ ...it, stoppedAt: null })), next]
}

/** A run that goes no further than the day on which that was told. */
function stop(run: RecurringRun, at: Temporal.Instant): RecurringRun[] {
  const day = dayOf(at)
  if (run.end !== null && !isBefore(day, run.end)) return [run]
  return [{ ...run, end: day, stoppedAt: at }]
}

function isOne(first: Temporal.Instant, second: Temporal.Instant): boolean {
  return Temporal.Duration.compare(first.until(second), oneChange) <= 0
}

function isAny({ start, end }: RecurringRun): boolean {
  return end === null || isBefore(start, end)
}

function dayOf(at: Temporal.Instant): Temporal.PlainDate {
  return at.toZonedDateTimeISO('UTC').toPlainDate()
}
