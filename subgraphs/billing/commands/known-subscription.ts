import type { Subscription, SubscriptionFact } from '#domain/billing.ts'
import type { Outcome } from '#domain/failure.ts'
import { today } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { recordFacts } from '#platform/facts.ts'
import { restate } from '#platform/own-facts.ts'
import { subscription } from '../record.ts'
import { readTimeZones } from '../store.ts'
import { refused } from './refusals.ts'

/** A command about one subscription. */
export interface SubscriptionCommand {
  readonly subscriptionId: string
}

/** The subscription as it is now, as far as a workflow asks. */
export interface ChangedSubscription {
  readonly subscriptionId: string
  readonly status: Subscription['status']
}

type Changes = Partial<SubscriptionFact>

/** Changes a subscription by a rule, or refuses: REFERENCE_MISSING for one that is not there. */
export function changeKnown(
  db: Database,
  effect: Effect,
  { operation, input }: { readonly operation: string; readonly input: SubscriptionCommand },
  rule: (before: Subscription, today: Temporal.PlainDate) => Outcome<Changes>,
): Promise<Outcome<ChangedSubscription>> {
  const { subscriptionId } = input
  return applyOnce<ChangedSubscription>(db, effect, { operation, input }, async (unit) => {
    const before = (await unit.lock(subscription, [subscriptionId])).get(subscriptionId)
    if (before === undefined)
      return refused('REFERENCE_MISSING', 'subscriptionId', 'There is no such subscription')
    const [timeZone] = await readTimeZones(unit, [before.legalEntityId])
    const { value, violations } = rule(before, today(effect.clock, timeZone))
    if (violations !== undefined) return { violations }
    const after = restate('subscription', before, value)
    await recordFacts(unit, subscription, [after])
    return { value: { subscriptionId, status: after.status } }
  })
}
