/** A subscription of Stripe's own, changed or cancelled: it is found again by how it stands. */
import { isBefore } from '#domain/calendar.ts'
import { systemClock, today } from '#platform/clock.ts'
import { secondsOf } from './dates.ts'
import { InvalidField, isObject, members, requiredText, type StripeObject, text } from './fields.ts'
import { cancelAt } from './map-subscription.ts'
import { changeOf } from './subscription-change.ts'
import type { Calls, Made, Operation } from './write-calls.ts'
import { NotMade } from './write-errors.ts'

/**
 * `{ subscription, on }`: to a day that is still to come, or at once. Nothing is credited or billed for it there: what
 * it comes to, our own documents say.
 */
export const cancelSubscription: Operation = {
  send: async (calls) => {
    const subscription = await read(calls)
    if (isCancelled(subscription, calls)) return made(subscription)
    const { client, options, timeZone } = calls
    const [id, on] = [requiredText(subscription, 'id'), dayOf(calls)]
    return isBefore(today(systemClock, timeZone), on)
      ? client.subscriptions.update(
          id,
          { cancel_at: secondsOf(on, timeZone), proration_behavior: 'none' },
          options('to-the-day'),
        )
      : client.subscriptions.cancel(id, { invoice_now: false, prorate: false }, options('at-once'))
  },
  find: async (calls) => {
    const subscription = await read(calls)
    return isCancelled(subscription, calls) ? [made(subscription)] : []
  },
}

/**
 * `{ subscription, contractId, currency, isPaused, cancelAt, items: [{ subscriptionItemId, contractLineId, product,
 * productId, quantity, minorUnits, interval: { unit, count }, start, end }] }`: as it is to be billed from its next
 * period on. Nothing is prorated there: our own documents do that.
 */
export const changeSubscription: Operation = {
  send: async (calls) => {
    const subscription = await read(calls)
    if (isOver(subscription))
      throw new NotMade('SUBSCRIPTION_CANCELED', 'The subscription is cancelled in Stripe for good')
    const change = changeOf(subscription, calls)
    const { client, options } = calls
    return change === null
      ? made(subscription)
      : client.subscriptions.update(requiredText(subscription, 'id'), change, options())
  },
  find: async (calls) => {
    const subscription = await read(calls)
    return !isOver(subscription) && changeOf(subscription, calls) === null ? [made(subscription)] : []
  },
}

/** As Stripe sends it, so that it is read as an import reads it. */
async function read({ client, payload, reading }: Calls): Promise<StripeObject> {
  const id = encodeURIComponent(requiredText(payload, 'subscription'))
  const answer: unknown = await client.rawRequest('GET', `/v1/subscriptions/${id}`, undefined, reading())
  if (!isObject(answer)) throw new InvalidField('subscription', answer)
  return answer
}

const made = (subscription: StripeObject): Made => ({
  id: requiredText(subscription, 'id'),
  status: text(subscription, 'status'),
})

const dayOf = ({ payload }: Calls): Temporal.PlainDate => Temporal.PlainDate.from(requiredText(payload, 'on'))

/** Whether it ends on that day, or has ended. */
function isCancelled(subscription: StripeObject, calls: Calls): boolean {
  if (isOver(subscription)) return true
  const end = cancelAt(subscription, members(subscription, 'items'), calls.timeZone)
  return end !== null && end.equals(dayOf(calls))
}

const isOver = (subscription: StripeObject): boolean =>
  text(subscription, 'status') === 'canceled' || text(subscription, 'status') === 'incomplete_expired'
