import type { Subscription, SubscriptionFact, SubscriptionItem } from '#domain/billing.ts'
import { earlier, isBefore, later } from '#domain/calendar.ts'
import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import type { Database } from '#platform/database.ts'
import type { Effect } from '#platform/effect.ts'
import { type ChangedSubscription, changeKnown, type SubscriptionCommand } from './known-subscription.ts'

interface Cancellation extends SubscriptionCommand {
  /** First day without the subscription; its start takes it back as if it had never run. */
  readonly on: Temporal.PlainDate
}

/**
 * Cancels a subscription with a date: at once, or to the end of a day that is still to come. Its items end then, as the
 * lines of its contract do. Refused where it is cancelled already (STATUS_FORBIDS), or on a day before its start
 * (DATE_ORDER).
 */
export function cancelSubscription(
  db: Database,
  effect: Effect,
  input: Cancellation,
): Promise<Outcome<ChangedSubscription>> {
  return changeKnown(db, effect, { operation: 'cancelSubscription', input }, (before, today) => {
    const violations = checkCancellation(before, input)
    return violations.length > 0 ? { violations } : { value: cancelled(before, input.on, today) }
  })
}

/** What speaks against cancelling a subscription on a day. */
export const checkCancellation = (
  { status, startDate }: Subscription,
  { on }: Pick<Cancellation, 'on'>,
): Violation[] => [
  ...violationIf(
    isCancelled(status),
    'STATUS_FORBIDS',
    'subscriptionId',
    'The subscription is cancelled already',
  ),
  ...violationIf(isBefore(on, startDate), 'DATE_ORDER', 'on', 'Before the subscription starts'),
]

/** Whether a subscription is over for good. */
export const isCancelled = (status: Subscription['status']): boolean =>
  status === 'CANCELED' || status === 'INCOMPLETE_EXPIRED'

function cancelled(
  { items }: Subscription,
  on: Temporal.PlainDate,
  today: Temporal.PlainDate,
): Partial<SubscriptionFact> {
  const ended = items.map((item) => endedItem(item, on))
  return isBefore(today, on)
    ? { cancelAt: on, items: ended }
    : { status: 'CANCELED', cancelAt: null, endedOn: on, items: ended }
}

function endedItem(item: SubscriptionItem, on: Temporal.PlainDate): SubscriptionItem {
  const endDate = item.endDate === null ? on : earlier(item.endDate, on)
  return { ...item, endDate: later(item.startDate, endDate) }
}
