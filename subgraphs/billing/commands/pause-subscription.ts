import type { SubscriptionStatus } from '#domain/billing.ts'
import type { Outcome } from '#domain/failure.ts'
import type { Database } from '#platform/database.ts'
import type { Effect } from '#platform/effect.ts'
import { type ChangedSubscription, changeKnown, type SubscriptionCommand } from './known-subscription.ts'
import { refused } from './refusals.ts'

const runningStatuses: ReadonlySet<SubscriptionStatus> = new Set(['TRIALING', 'ACTIVE', 'PAST_DUE', 'UNPAID'])

/**
 * Has a subscription stand still: it counts as recurring revenue no more. Its items stay; where the contract is
 * suspended, `changeSubscription` has them follow it. Refused where it does not run (STATUS_FORBIDS).
 */
export function pauseSubscription(
  db: Database,
  effect: Effect,
  input: SubscriptionCommand,
): Promise<Outcome<ChangedSubscription>> {
  return changeKnown(db, effect, { operation: 'pauseSubscription', input }, ({ status }) =>
    runningStatuses.has(status)
      ? { value: { status: 'PAUSED' } }
      : refused('STATUS_FORBIDS', 'subscriptionId', `The subscription is ${status}`),
  )
}

/** Has a paused subscription run again. Refused where it is not paused (STATUS_FORBIDS). */
export function resumeSubscription(
  db: Database,
  effect: Effect,
  input: SubscriptionCommand,
): Promise<Outcome<ChangedSubscription>> {
  return changeKnown(db, effect, { operation: 'resumeSubscription', input }, ({ status, startDate }, today) =>
    status === 'PAUSED'
      ? { value: { status: Temporal.PlainDate.compare(today, startDate) < 0 ? 'TRIALING' : 'ACTIVE' } }
      : refused('STATUS_FORBIDS', 'subscriptionId', `The subscription is ${status}`),
  )
}
