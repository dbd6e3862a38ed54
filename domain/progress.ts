import { violationIf } from './failure.ts'
import { add, multiply, rational, round, zero } from './rational.ts'
import { mergeEntries } from './schedule.ts'
import { splitCumulative } from './split.ts'
import type { ScheduleEntry } from './erp.ts'
import type { Outcome, Violation } from './failure.ts'
import type { Rational } from './rational.ts'

/** How far an obligation was satisfied by the end of a month, however that is measured: from 0 to 1. */
export interface Progress {
  readonly period: Temporal.PlainYearMonth
  readonly completed: Rational
}

/** A part of a price that is earned when something is reached, or when a number of units is delivered. */
export interface Milestone {
  readonly period: Temporal.PlainYearMonth
  /** What it is worth beside the others: units, hours, minor units. */
  readonly weight: bigint
}

/** Usage as it was rated, before it is rounded: minor units. */
export interface RatedUsage {
  readonly date: Temporal.PlainDate
  readonly amount: Rational
}

/**
 * A price earned as its obligation progresses (ASC 606-10-25-31 to 37, IFRS 15.39 to 45). Each month brings what is
 * earned up to price × progress, so that a new estimate is caught up in the month that makes it (25-35); what is left
 * then is planned for the month in which the obligation is expected to be satisfied.
 */
export function progressEntries(
  price: bigint,
  steps: readonly Progress[],
  satisfiedIn: Temporal.PlainYearMonth,
): Outcome<ScheduleEntry[]> {
  const violations = checkSteps(steps, satisfiedIn)
  if (violations.length > 0) return { violations }
  let earned = 0n
  const entries = steps.map(({ period, completed }) => {
    const before = earned
    earned = round(multiply(rational(price), completed))
    return { period, amount: earned - before }
  })
  return { value: mergeEntries([...entries, { period: satisfiedIn, amount: price - earned }]) }
}

/**
 * Progress by cost: what it has cost of what it will cost in all (ASC 606-10-55-20, IFRS 15.B18). What does not depict
 * progress is in neither: wasted material, and goods that are installed later (55-21), which earn their cost alone.
 */
export function costToCost(costToDate: bigint, totalCost: bigint): Rational {
  return rational(costToDate, totalCost)
}

/**
 * A price earned by outputs (ASC 606-10-55-17, IFRS 15.B15): each milestone, or delivery of units, brings its part.
 * Every prefix is within half a minor unit of its exact share.
 */
export function milestoneEntries(price: bigint, milestones: readonly Milestone[]): ScheduleEntry[] {
  const inOrder = milestones.toSorted((a, b) => Temporal.PlainYearMonth.compare(a.period, b.period))
  const amounts = splitCumulative(
    price,
    inOrder.map(({ weight }) => weight),
  )
  return mergeEntries(inOrder.map(({ period }, index) => ({ period, amount: amounts[index] ?? 0n })))
}

/**
 * Usage earned in the month in which it was used (ASC 606-10-32-40 and 55-18, IFRS 15.85 and B16). The entries sum to
 * all usage rounded once; every prefix is within half a minor unit.
 */
export function usageEntries(usage: readonly RatedUsage[]): ScheduleEntry[] {
  let exact = zero
  let earned = 0n
  const inOrder = usage.toSorted((a, b) => Temporal.PlainDate.compare(a.date, b.date))
  return mergeEntries(
    inOrder.map(({ date, amount }) => {
      const before = earned
      exact = add(exact, amount)
      earned = round(exact)
      return { period: date.toPlainYearMonth(), amount: earned - before }
    }),
  )
}

function checkSteps(steps: readonly Progress[], satisfiedIn: Temporal.PlainYearMonth): Violation[] {
  return steps.flatMap(({ period, completed }, index) => {
    const next = steps[index + 1]?.period
    const isLate = next === undefined ? isAfter(period, satisfiedIn) : !isAfter(next, period)
    return [
      ...violationIf(
        completed.numerator < 0n || completed.numerator > completed.denominator,
        'PROGRESS_INVALID',
        `steps.${index}.completed`,
        'Progress is between nothing and all',
      ),
      ...violationIf(
        isLate,
        'DATE_ORDER',
        `steps.${index}.period`,
        'Steps follow each other by month, none after the obligation is satisfied',
      ),
    ]
  })
}

function isAfter(a: Temporal.PlainYearMonth, b: Temporal.PlainYearMonth): boolean {
  return Temporal.PlainYearMonth.compare(a, b) > 0
}
