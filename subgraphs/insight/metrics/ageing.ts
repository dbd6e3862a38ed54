/** What is overdue at the end of a period, by how long it is. */
import { earlier } from '#domain/calendar.ts'
import { type RateOn, translateSteps } from '#domain/translation.ts'
import type { Queryable } from '#platform/database.ts'
import { type ClosingDay, overdueBuckets, readOverdueByAge } from '../ageing-store.ts'
import type { SumRow, SumsWanted } from '../sums-store.ts'
import type { Scope } from './arguments.ts'
import { dating } from './figures.ts'

/** What is overdue for some days; minor units of the reporting currency. */
export interface OverdueBucket {
  readonly bucket: string
  readonly amount: bigint
}

/** Reads what was overdue by age at the ends of all periods. */
export function ageingSums(db: Queryable, scope: Scope, wanted: SumsWanted): Promise<SumRow[]> {
  const { entities, rangesOf, isOneCalendar, asOf } = scope
  const days = (isOneCalendar ? entities.slice(0, 1) : entities).flatMap(({ id }) =>
    rangesOf(id).map(({ end }, period): ClosingDay => ({
      period,
      legalEntityId: isOneCalendar ? null : id,
      closing: earlier(asOf, end.subtract({ days: 1 })),
    })),
  )
  return readOverdueByAge(db, wanted, days)
}

/** The buckets of a group in a period: they add up to what is overdue. Throws RateMissing. */
export function bucketsOf(
  scope: Scope,
  period: number,
  sums: readonly SumRow[],
  rateOn: RateOn,
): OverdueBucket[] {
  const dated = dating(scope)
  const steps = overdueBuckets.map(({ bucket }) =>
    dated(
      sums
        .filter((row) => row.period === period && row.measure === bucket)
        .map((row) => ({ ...row, measure: 'OVERDUE' })),
      period,
    ),
  )
  const amounts = translateSteps(steps, { ...scope, kind: 'BALANCE' }, scope.reportingCurrency, rateOn)
  return overdueBuckets.map(({ bucket }, place) => ({ bucket, amount: amounts[place] ?? 0n }))
}
