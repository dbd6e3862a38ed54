import type { Subscription } from '#domain/billing.ts'
import type { Outcome } from '#domain/failure.ts'
import type { Database, Queryable } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { recordFacts } from '#platform/facts.ts'
import { restate } from '#platform/own-facts.ts'
import { readPastVersion } from '#platform/past-version.ts'
import { subscription } from '../record.ts'
import { subscriptions } from '../tables.ts'
import type { ChangedSubscription, SubscriptionCommand } from './known-subscription.ts'
import { refused } from './refusals.ts'

interface Restoration extends SubscriptionCommand {
  /** The version that it had before what is taken back. */
  readonly version: number
}

/**
 * Has a subscription be in a new version what it was in an earlier one, a cancelled one as well: it takes back that it
 * followed its contract. Refused with REFERENCE_MISSING for a subscription, or a version of it, that is not there.
 */
export function restoreSubscription(
  db: Database,
  effect: Effect,
  input: Restoration,
): Promise<Outcome<ChangedSubscription>> {
  const { subscriptionId } = input
  const request = { operation: 'restoreSubscription', input }
  return applyOnce<ChangedSubscription>(db, effect, request, async (unit) => {
    const now = (await unit.lock(subscription, [subscriptionId])).get(subscriptionId)
    const was = await readPastSubscription(unit, input)
    if (now === undefined || was === null)
      return refused('REFERENCE_MISSING', 'subscriptionId', 'There is no such version of a subscription')
    const { version: _, recordedAt: __, externalRefs: ___, ...terms } = was
    await recordFacts(unit, subscription, [restate('subscription', now, terms)])
    return { value: { subscriptionId, status: was.status } }
  })
}

/** A subscription as it was in an earlier version; null where it had none. */
export const readPastSubscription = (
  db: Queryable,
  { subscriptionId: id, version }: Restoration,
): Promise<Subscription | null> => readPastVersion(db, 'billing', subscriptions, { id, version })
