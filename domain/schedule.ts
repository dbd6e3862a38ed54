import { daysIn, firstDay, isBefore, monthsOf } from './calendar.ts'
import { sum } from './money.ts'
import { defaultRounding } from './rational.ts'
import { splitCumulative, splits } from './split.ts'
import type { MonthShare } from './calendar.ts'
import type { DateRange } from './entity.ts'
import type { ScheduleEntry } from './erp.ts'
import type { RoundingMode } from './rational.ts'
import type { SplitPolicy } from './split.ts'

/** How revenue is spread over the months of a service period. */
export type Convention = 'DAILY' | 'MONTHLY_EVEN' | 'MONTHLY_PRORATED_ENDS'

/** The months that earn something, with their weights. */
const weighings: Readonly<Record<Convention, (range: DateRange) => [Temporal.PlainYearMonth, bigint][]>> = {
  DAILY: (range) => monthsOf(range).map(({ period, days }) => [period, BigInt(days)]),
  MONTHLY_EVEN: (range) => wholeMonthsOf(range).map(({ period }) => [period, 1n]),
  MONTHLY_PRORATED_ENDS: (range) => monthsOf(range).map((month) => [month.period, shareOfMonth(month)]),
}

/** Divisible by every length of a month, so that a month of any length weighs the same when it is full. */
const fullMonthWeight = 28n * 29n * 30n * 31n

/**
 * One amount spread over a service period, one entry a month; the entries sum to the amount. A period without days
 * is one entry in its month. Minor units.
 */
export function scheduleEntries(
  amount: bigint,
  range: DateRange,
  convention: Convention = 'DAILY',
  policy: SplitPolicy = 'CUMULATIVE',
  rounding: RoundingMode = defaultRounding,
): ScheduleEntry[] {
  if (daysIn(range) <= 0) return [{ period: range.start.toPlainYearMonth(), amount }]
  const weights = weighings[convention](range)
  const amounts = splits[policy](
    amount,
    weights.map(([, weight]) => weight),
    rounding,
  )
  return weights.map(([period], index) => ({ period, amount: amounts[index] ?? 0n }))
}

/**
 * What an amount earned before a day inside its service period, and what it did not: where a modification or the end
 * of a service cuts its schedule. Both parts together are the amount, and full months earn what they always did.
 */
export function cutSchedule(
  amount: bigint,
  range: DateRange,
  day: Temporal.PlainDate,
  convention: Convention = 'DAILY',
): { readonly earned: readonly ScheduleEntry[]; readonly left: bigint } {
  if (!isBefore(range.start, day)) return { earned: [], left: amount }
  if (!isBefore(day, range.end)) return { earned: scheduleEntries(amount, range, convention), left: 0n }
  const before = weighings[convention]({ start: range.start, end: day })
  const after = weighings[convention]({ start: day, end: range.end })
  const amounts = splitCumulative(
    amount,
    [...before, ...after].map(([, weight]) => weight),
  )
  const earned = before.map(([period], index) => ({ period, amount: amounts[index] ?? 0n }))
  return { earned, left: amount - total(earned) }
}

/**
 * What is left to recognise when a schedule gets a new plan. Recognised months stay as they are; what they differ
 * by from the plan goes to the first month that is left, or to the one after the last recognised month where that is
 * earlier. The recognised months and the result sum to the plan, and every month that ends after the catch-up is right.
 */
export function reviseSchedule(
  recognized: readonly ScheduleEntry[],
  plan: readonly ScheduleEntry[],
): ScheduleEntry[] {
  const known = new Set(recognized.map(({ period }) => period.toString()))
  const left = plan.filter(({ period }) => !known.has(period.toString()))
  const catchUp = total(plan) - total(recognized) - total(left)
  const last = mergeEntries(recognized.length > 0 ? recognized : plan)
    .at(-1)
    ?.period.add({ months: 1 })
  const months = [mergeEntries(left)[0]?.period, last].filter((month) => month !== undefined)
  const [period] = months.toSorted((a, b) => Temporal.PlainYearMonth.compare(a, b))
  if (period === undefined) return []
  return mergeEntries([...left, { period, amount: catchUp }])
}

function total(entries: readonly ScheduleEntry[]): bigint {
  return sum(entries.map(({ amount }) => amount))
}

/** One entry a month, in order of time; months of zero are left out. */
export function mergeEntries(entries: readonly ScheduleEntry[]): ScheduleEntry[] {
  const amounts = new Map<string, ScheduleEntry>()
  for (const { period, amount } of entries) {
    const key = period.toString()
    amounts.set(key, { period, amount: (amounts.get(key)?.amount ?? 0n) + amount })
  }
  return [...amounts.values()]
    .filter(({ amount }) => amount !== 0n)
    .toSorted((a, b) => Temporal.PlainYearMonth.compare(a.period, b.period))
}

/** The months of a range without the one in which it ends; at least the one in which it starts. */
function wholeMonthsOf({ start, end }: DateRange): MonthShare[] {
  const cut = firstDay(end.toPlainYearMonth())
  return monthsOf({ start, end: isBefore(start, cut) ? cut : end })
}

function shareOfMonth({ period, days }: MonthShare): bigint {
  return (fullMonthWeight / BigInt(period.daysInMonth)) * BigInt(days)
}
