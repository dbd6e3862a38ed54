import { daysIn, earlier, isBefore, later } from './calendar.ts'
import { lineCharges } from './contract.ts'
import { deliveredEntries, restEntries } from './delivery.ts'
import { sum } from './money.ts'
import { type Convention, cutSchedule, mergeEntries, scheduleEntries } from './schedule.ts'
import { splitCumulative } from './split.ts'
import type { PricedObligation } from './allocation.ts'
import type { ContractLine } from './crm.ts'
import type { DeliveryMeasure } from './delivery.ts'
import type { DateRange } from './entity.ts'
import type { ScheduleEntry } from './erp.ts'

/** A part of a price and the days over which it is earned. Minor units. */
export interface Stretch {
  readonly amount: bigint
  readonly period: DateRange
}

/** How a contract line is earned: a modification closes what is past, and spreads what is ahead anew. */
export interface PlannedObligation extends Pick<PricedObligation, 'basis' | 'standalonePrice'> {
  readonly line: ContractLine
  /** Earned before the last modification, and caught up by it, month by month. */
  readonly past: readonly ScheduleEntry[]
  readonly ahead: readonly Stretch[]
  /**
   * What measures its delivery; null where that is the days of its service. Where something is past, it measures what
   * of the one stretch ahead is delivered after the month in which that begins.
   */
  readonly delivery: DeliveryMeasure | null
}

/** Part of the transaction price that belongs to an obligation. Minor units. */
export function allocatedPriceOf({ past, ahead }: PlannedObligation): bigint {
  return sum([...past, ...ahead].map(({ amount }) => amount))
}

/** The months of an obligation: they sum to its allocated price. By a convention where the days of service tell. */
export function plannedEntries(
  obligation: PlannedObligation,
  convention: Convention = 'DAILY',
): readonly ScheduleEntry[] {
  const { past, ahead, delivery } = obligation
  if (delivery !== null) {
    const [rest] = past.length === 0 ? [] : ahead
    if (rest === undefined) return deliveredEntries(allocatedPriceOf(obligation), delivery)
    return mergeEntries([...past, ...restEntries(rest.amount, delivery, rest.period.start)])
  }
  return mergeEntries([
    ...past,
    ...ahead.flatMap(({ amount, period }) => scheduleEntries(amount, period, convention)),
  ])
}

/**
 * What an obligation earned before a day, month by month, and what it did not. A delivery is told by the month: what is
 * delivered by the end of that of the day counts as earned.
 */
export function earnedUntil(
  obligation: PlannedObligation,
  day: Temporal.PlainDate,
): { readonly earned: readonly ScheduleEntry[]; readonly left: bigint } {
  const { past, ahead, delivery } = obligation
  if (delivery !== null) {
    const month = day.toPlainYearMonth()
    const earned = plannedEntries(obligation).filter(
      ({ period }) => Temporal.PlainYearMonth.compare(period, month) <= 0,
    )
    return { earned, left: allocatedPriceOf(obligation) - sum(earned.map(({ amount }) => amount)) }
  }
  const cuts = ahead.map(({ amount, period }) => cutSchedule(amount, period, day))
  return {
    earned: mergeEntries([...past, ...cuts.flatMap(({ earned }) => earned)]),
    left: sum(cuts.map(({ left }) => left)),
  }
}

/**
 * An amount over the billing periods of a line, in proportion to what they charge, so that revenue keeps the pace of
 * the bills; by days where the line is free, at once where it has none.
 */
export function spread(amount: bigint, line: ContractLine, anchor: Temporal.PlainDate): Stretch[] {
  const charges = lineCharges(line, anchor)
  if (charges.length === 0) return amount === 0n ? [] : [{ amount, period: line.servicePeriod }]
  const isFree = charges.every((charge) => charge.amount === 0n)
  const amounts = splitCumulative(
    amount,
    charges.map((charge) => (isFree ? BigInt(Math.max(daysIn(charge.period), 1)) : charge.amount)),
  )
  return charges.map(({ period }, index) => ({ period, amount: amounts[index] ?? 0n }))
}

/**
 * The obligations of a plan with what measures their delivery: the same where nothing is new. What a modification
 * closed is earned already.
 */
export function withDeliveries(
  obligations: readonly PlannedObligation[],
  deliveries: ReadonlyMap<string, DeliveryMeasure>,
): readonly PlannedObligation[] {
  const isNews = ({ line, past, delivery }: PlannedObligation): boolean =>
    (past.length === 0 || delivery !== null) &&
    JSON.stringify(deliveries.get(line.id) ?? delivery) !== JSON.stringify(delivery)
  if (!obligations.some(isNews)) return obligations
  return obligations.map((it) => (isNews(it) ? { ...it, delivery: deliveries.get(it.line.id) ?? null } : it))
}

/** What of a line is served from a day on. */
export function fromDay(line: ContractLine, day: Temporal.PlainDate): ContractLine {
  const start = later(line.servicePeriod.start, day)
  return { ...line, servicePeriod: { start, end: later(start, line.servicePeriod.end) } }
}

/** Whether something of a line is served from a day on. */
export function isAhead({ servicePeriod: { start, end } }: ContractLine, day: Temporal.PlainDate): boolean {
  return isBefore(day, end) || !isBefore(start, day)
}

/** Days of a line before a day, and from it on. */
export function daysAround(
  { servicePeriod: { start, end } }: ContractLine,
  day: Temporal.PlainDate,
): { readonly before: number; readonly after: number } {
  return {
    before: Math.max(0, daysIn({ start, end: earlier(end, day) })),
    after: Math.max(0, daysIn({ start: later(start, day), end })),
  }
}
