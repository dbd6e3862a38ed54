/** Sums as they were known at an instant: of what was recorded by then, by the rules by which sums are kept. */
import { isBefore } from '#domain/calendar.ts'
import { parseDate } from '#platform/dates.ts'
import type { Queryable } from '#platform/database.ts'
import { readBookSumsKnownAt, type Stretch, type SumRow, type SumsWanted } from '../sums-store.ts'
import { contractsGrouping } from './contracts.ts'
import { type MetricMovement, movementsKnownAt } from './grouped.ts'
import { subscriptionsGrouping } from './subscriptions.ts'

/**
 * Reads sums of what was recorded by an instant. It costs a look at each entry, contract and subscription. What was
 * overdue then is not among them: it would take every invoice and payment (billing's `receivablesAgeing` tells it).
 */
export async function readSumsKnownAt(
  db: Queryable,
  wanted: SumsWanted,
  knownAt: Temporal.Instant,
): Promise<SumRow[]> {
  const movements = await readMovementsKnownAt(db, knownAt)
  return [...(await readBookSumsKnownAt(db, wanted, knownAt)), ...movements.flatMap(sumsIn(wanted))]
}

/** The movements of contracts and subscriptions, as they were known at an instant. */
export async function readMovementsKnownAt(
  db: Queryable,
  knownAt: Temporal.Instant,
): Promise<MetricMovement[]> {
  return [
    ...(await movementsKnownAt(db, contractsGrouping, knownAt)),
    ...(await movementsKnownAt(db, subscriptionsGrouping, knownAt)),
  ]
}

/** A movement as the sum of the stretch that it falls into; none where it is not wanted. */
function sumsIn({
  stretches,
  legalEntityIds,
  currencies,
}: SumsWanted): (movement: MetricMovement) => SumRow[] {
  return ({ on, measure, legalEntityId, currency, amount }) => {
    if (!legalEntityIds.includes(legalEntityId) || currencies?.includes(currency) === false) return []
    const day = parseDate(on)
    return stretches
      .filter((stretch) => isIn(stretch, legalEntityId, day))
      .map(({ period, start }) => ({
        period,
        measure,
        legalEntityId,
        currency,
        amount,
        functional: 0n,
        day: start,
      }))
  }
}

function isIn(stretch: Stretch, legalEntityId: string, day: Temporal.PlainDate): boolean {
  const { start, end } = stretch
  const isOfEntity = stretch.legalEntityId === null || stretch.legalEntityId === legalEntityId
  return isOfEntity && (start === null || !isBefore(day, start)) && isBefore(day, end)
}
