import { isBefore } from '#domain/calendar.ts'
import type { DateRange } from '#domain/entity.ts'
import type { Stretch } from '../sums-store.ts'

/** The periods of a legal entity, or of all of them. */
export interface PeriodsOf {
  readonly legalEntityId: string | null
  readonly ranges: readonly DateRange[]
}

/**
 * Cuts periods into runs of days over which no rate changes, each read from sums of months where it is whole months and
 * from sums of days where it is not; and all that was before the first period. Nothing is read beyond `end`.
 */
export function stretchesOf(
  { legalEntityId, ranges }: PeriodsOf,
  rateDays: readonly Temporal.PlainDate[],
  end: Temporal.PlainDate,
): Stretch[] {
  const [first] = ranges
  if (first === undefined) return []
  const before = { start: null, end: first.start }
  const runs = ranges.flatMap((range, period) => cut(range, rateDays, end).map((run) => ({ period, ...run })))
  return [{ period: -1, ...before }, ...runs]
    .flatMap(({ period, ...run }) => byGrain(run).map((part) => ({ period, ...part })))
    .map((part) => ({ ...part, legalEntityId }))
}

interface Run {
  readonly start: Temporal.PlainDate | null
  readonly end: Temporal.PlainDate
}

function cut(
  { start, end: periodEnd }: DateRange,
  rateDays: readonly Temporal.PlainDate[],
  last: Temporal.PlainDate,
): Run[] {
  const end = isBefore(last, periodEnd) ? last : periodEnd
  const cuts = rateDays.filter((day) => isBefore(start, day) && isBefore(day, end))
  const starts = isBefore(start, end) ? [start, ...cuts] : []
  return starts.map((from, index) => ({ start: from, end: starts[index + 1] ?? end }))
}

/** Whole months from their sums, and the days before and behind them from theirs. */
function byGrain({ start, end }: Run): (Run & Pick<Stretch, 'grain'>)[] {
  const lastMonth = end.with({ day: 1 })
  const firstMonth = start === null || start.day === 1 ? start : start.add({ months: 1 }).with({ day: 1 })
  if (firstMonth !== null && !isBefore(firstMonth, lastMonth)) return [{ grain: 'DAY', start, end }]
  const isIn = ({ start: from, end: to }: Run): boolean => from === null || isBefore(from, to)
  const parts: (Run & Pick<Stretch, 'grain'>)[] = [
    ...(start !== null && firstMonth !== null ? [{ grain: 'DAY' as const, start, end: firstMonth }] : []),
    { grain: 'MONTH', start: firstMonth, end: lastMonth },
    { grain: 'DAY', start: lastMonth, end },
  ]
  return parts.filter(isIn)
}
