/** How much of recurring revenue was retained, by the cohorts of periods. */
import { type Retention, retention, type RetentionPolicy, type RecurringBridge } from '#domain/metrics.ts'
import { cohortChanges, type RecurringMovement } from '#domain/recurring-movements.ts'
import { recurringSteps } from '#domain/metric-definitions.ts'
import { type RateOn, translate } from '#domain/translation.ts'
import { isBefore } from '#domain/calendar.ts'
import { parseDate } from '#platform/dates.ts'
import type { Queryable } from '#platform/database.ts'
import { readMovements } from '../movements-store.ts'
import type { SumRow, SumsWanted } from '../sums-store.ts'
import type { Scope } from './arguments.ts'
import { dating } from './figures.ts'
import type { MetricMovement } from './grouped.ts'
import { readMovementsKnownAt } from './known-at.ts'
import { sumsOfMovements } from './movement-sums.ts'

/** What cohorts are kept as: by the months and the quarters of the calendar; those of other periods are made. */
const KEPT: Readonly<Partial<Record<Scope['grain'], string>>> = {
  MONTH: 'COHORT_MONTH',
  QUARTER: 'COHORT_QUARTER',
}
const MADE = 'COHORT_PERIOD'

/** What cohorts lost and won: of what was read where they are kept, and of all movements where they are not. */
export async function cohortSums(
  db: Queryable,
  scope: Scope,
  wanted: SumsWanted,
  read: readonly SumRow[],
): Promise<readonly SumRow[]> {
  if (KEPT[scope.grain] !== undefined) return read
  const { knownAt } = scope
  const all = await (knownAt === null
    ? readMovements(db, recurringSteps, wanted)
    : readMovementsKnownAt(db, knownAt))
  const own = all.filter(({ measure }) => (recurringSteps as readonly string[]).includes(measure))
  const byCustomer = Map.groupBy(own, ({ customerId, legalEntityId }) => `${customerId} ${legalEntityId}`)
  return sumsOfMovements(
    db,
    wanted,
    [...byCustomer.values()].flatMap((moves) => cohortsOf(scope, moves)),
  )
}

/** What the movements of one customer in one legal entity do to the cohorts of its periods. */
function cohortsOf({ rangesOf }: Scope, moves: readonly MetricMovement[]): MetricMovement[] {
  const [first] = moves
  if (first === undefined) return []
  const ranges = rangesOf(first.legalEntityId)
  const openingOf = (day: Temporal.PlainDate): Temporal.PlainDate =>
    ranges.find(({ start, end }) => !isBefore(day, start) && isBefore(day, end))?.start ?? BEFORE_ALL
  return cohortChanges(moves.map(recurringOf), openingOf).flatMap(
    ({ on, net, lost, subscriptionId, ...about }) => {
      const entry = { ...about, on: on.toString(), customerId: first.customerId, sourceId: subscriptionId }
      return [
        { ...entry, sourceType: 'SUBSCRIPTION', measure: `${MADE}_NET`, amount: net },
        { ...entry, sourceType: 'SUBSCRIPTION', measure: `${MADE}_LOST`, amount: lost },
      ]
    },
  )
}

/** Stands for the one period of all days that are not asked for. */
const BEFORE_ALL = Temporal.PlainDate.from('0001-01-01')

function recurringOf({
  on,
  measure,
  sourceId,
  legalEntityId,
  currency,
  amount,
}: MetricMovement): RecurringMovement {
  const move = measure.slice('MRR_'.length) as RecurringMovement['move']
  return { subscriptionId: sourceId, legalEntityId, currency, on: parseDate(on), move, amount, annual: 0n }
}

/** The retention of a period, by its bridge and what its cohort lost and won. Throws RateMissing. */
export function retentionOf(
  scope: Scope,
  period: number,
  { bridge, cohorts }: { readonly bridge: RecurringBridge; readonly cohorts: readonly SumRow[] },
  rateOn: RateOn,
  policy: RetentionPolicy,
): Retention | null {
  const dated = dating(scope)
  const sumOf = (part: 'NET' | 'LOST'): bigint => {
    const measure = `${KEPT[scope.grain] ?? MADE}_${part}`
    const own = cohorts.filter((row) => row.period === period && row.measure === measure)
    return translate(dated(own, period), { ...scope, kind: 'BALANCE' }, scope.reportingCurrency, rateOn)
  }
  const [net, contraction] = [sumOf('NET'), sumOf('LOST')]
  const { opening, reactivation } = bridge
  return retention({ opening, expansion: net + contraction, reactivation, contraction, churn: 0n }, policy)
}
