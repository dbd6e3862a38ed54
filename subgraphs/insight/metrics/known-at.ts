/** Sums as they were known at an instant: of what was recorded by then, by the rules by which sums are kept. */
import type { Queryable } from '#platform/database.ts'
import { readBookSumsKnownAt, type SumRow, type SumsWanted } from '../sums-store.ts'
import { contractsGrouping } from './contracts.ts'
import { type MetricMovement, movementsKnownAt } from './grouped.ts'
import { sumsOfMovements } from './movement-sums.ts'
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
  return [
    ...(await readBookSumsKnownAt(db, wanted, knownAt)),
    ...(await sumsOfMovements(db, wanted, movements)),
  ]
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
