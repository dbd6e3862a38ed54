/** What has to be changed of a subscription of Stripe's own, for it to bill what ours does from its next period on. */
import type { Stripe } from 'stripe'
import { isBefore } from '#domain/calendar.ts'
import type { Interval } from '#domain/entity.ts'
import { currencyOf, stripeUnits, wholeMinorUnits } from './amounts.ts'
import { latest, secondsOf } from './dates.ts'
import {
  child,
  decimal,
  flag,
  InvalidField,
  members,
  requiredText,
  type StripeObject,
  text,
  wholeText,
} from './fields.ts'
import { intervalOf, unitAmountOf } from './map-catalogue.ts'
import { cancelAt, currentPeriod, isPaused, itemIdOf, priceOf } from './map-subscription.ts'
import { DETAILS } from './mapping.ts'
import { type Calls, detailsOf } from './write-calls.ts'
import { NotMade } from './write-errors.ts'

type Update = Stripe.SubscriptionUpdateParams
type ItemUpdate = Stripe.SubscriptionUpdateParams.Item

/** An item as it is to be billed. */
interface Wanted {
  readonly itemId: string
  readonly quantity: number
  /** Minor units per unit and interval. */
  readonly unitPrice: bigint
  readonly currency: string
  readonly interval: Interval
  readonly start: Temporal.PlainDate
  /** Null where it runs on. */
  readonly end: Temporal.PlainDate | null
  readonly stated: StripeObject
}

/** The update, or null where it is billed so already. What Stripe cannot bill so is thrown, before anything is done. */
export function changeOf(
  subscription: StripeObject,
  { instance, payload, timeZone }: Pick<Calls, 'instance' | 'payload' | 'timeZone'>,
): Update | null {
  const change = {
    ...itemsChange(subscription, { instance, payload, timeZone }),
    ...endChange(subscription, payload, timeZone),
    ...pauseChange(subscription, payload),
  }
  if (Object.keys(change).length === 0) return null
  const metadata = { [DETAILS]: detailsOf(payload, ['contractId']) }
  return { ...change, proration_behavior: 'none', metadata }
}

function pauseChange(subscription: StripeObject, payload: StripeObject): Update {
  const wanted = flag(payload, 'isPaused')
  if (wanted === isPaused(subscription)) return {}
  return { pause_collection: wanted ? { behavior: 'void' } : '' }
}

function endChange(subscription: StripeObject, payload: StripeObject, timeZone: string): Update {
  const end = cancelAt(subscription, members(subscription, 'items'), timeZone)
  const wanted = text(payload, 'cancelAt')
  if ((end && String(end)) === wanted) return {}
  if (wanted !== null) return { cancel_at: secondsOf(Temporal.PlainDate.from(wanted), timeZone) }
  return flag(subscription, 'cancel_at_period_end') ? { cancel_at_period_end: false } : { cancel_at: '' }
}

function itemsChange(
  subscription: StripeObject,
  { instance, payload, timeZone }: Pick<Calls, 'instance' | 'payload' | 'timeZone'>,
): Update {
  const items = members(subscription, 'items')
  if (flag(child(subscription, 'items') ?? {}, 'has_more'))
    throw new NotMade('ITEMS_TOO_MANY', 'Stripe bills more items of the subscription than it shows at once')
  const known = new Map(items.map((item) => [itemIdOf({ instance }, item), item]))
  const wanted = itemsFrom(currentPeriod(subscription, items, timeZone).end, payload)
  const wantedIds = new Set(wanted.map(({ itemId }) => itemId))
  const changes = [
    ...[...known].flatMap(([itemId, item]) => (wantedIds.has(itemId) ? [] : [removed(item)])),
    ...wanted.flatMap((one): ItemUpdate[] => {
      const item = known.get(one.itemId)
      if (item === undefined) return [added(one, items)]
      const change = changed(one, item)
      return change === null ? [] : [change]
    }),
  ]
  return changes.length > 0 ? { items: changes } : {}
}

/** What is billed of a period that begins on a day. Stripe keeps no items for later: what changes then is refused. */
function itemsFrom(nextPeriod: Temporal.PlainDate, payload: StripeObject): Wanted[] {
  const items = members(payload, 'items').map((item) => wantedOf(item, currencyOf(payload)))
  const lastEnd = items.some(({ end }) => end === null) ? null : latest(items.flatMap(({ end }) => end ?? []))
  // The last period of all is not followed by another.
  const lastDay = lastEnd?.subtract({ days: 1 })
  const day = lastDay !== undefined && isBefore(lastDay, nextPeriod) ? lastDay : nextPeriod
  const changesLater = items.find(
    ({ start, end }) =>
      isBefore(day, start) ||
      (end !== null && isBefore(day, end) && (lastEnd === null || isBefore(end, lastEnd))),
  )
  if (changesLater !== undefined)
    throw new NotMade(
      'CHANGE_TOO_EARLY',
      `Stripe bills its next period from ${String(day)} on as it is then, and the change is for later`,
    )
  return items.filter(({ start, end }) => !isBefore(day, start) && (end === null || isBefore(day, end)))
}

function wantedOf(item: StripeObject, currency: string): Wanted {
  const quantity = requiredText(item, 'quantity')
  if (!/^\d+$/.test(quantity) || !Number.isSafeInteger(Number(quantity)))
    throw new InvalidField('quantity', quantity)
  const unitPrice = wholeText(item, 'minorUnits')
  const interval = child(item, 'interval')
  if (unitPrice === null || interval === null) throw new InvalidField('items', item)
  const end = text(item, 'end')
  return {
    itemId: requiredText(item, 'subscriptionItemId'),
    quantity: Number(quantity),
    unitPrice,
    currency,
    interval: intervalOf({
      interval: requiredText(interval, 'unit').toLowerCase(),
      interval_count: interval['count'],
    }),
    start: Temporal.PlainDate.from(requiredText(item, 'start')),
    end: end === null ? null : Temporal.PlainDate.from(end),
    stated: item,
  }
}

function removed(item: StripeObject): ItemUpdate {
  refuseMetered(item)
  return { id: requiredText(item, 'id'), deleted: true }
}

/** An item that Stripe does not have yet: it needs a product of Stripe's, and the interval that is billed there. */
function added(wanted: Wanted, items: readonly StripeObject[]): ItemUpdate {
  const { quantity, stated } = wanted
  const product = text(stated, 'product')
  if (product === null)
    throw new NotMade(
      'PRODUCT_UNKNOWN',
      `Stripe does not know the product ${requiredText(stated, 'productId')}, and could not bill it`,
    )
  refuseOtherInterval(wanted, items)
  const metadata = {
    [DETAILS]: detailsOf(stated, ['subscriptionItemId', 'contractLineId', 'start', 'end']),
  }
  return { quantity, price_data: priceData(wanted, product), metadata }
}

function changed(wanted: Wanted, item: StripeObject): ItemUpdate | null {
  const price = priceOf(item)
  const isMetered = isMeteredItem(item)
  const isPrice = isPriceOf(wanted, price)
  const isQuantity = isMetered || (decimal(item, 'quantity') ?? '1') === String(wanted.quantity)
  if (isPrice && isQuantity) return null
  refuseMetered(item)
  refuseOtherInterval(wanted, [item])
  const product = text(price, 'product') ?? requiredText(child(price, 'product') ?? {}, 'id')
  return {
    id: requiredText(item, 'id'),
    quantity: wanted.quantity,
    ...(!isPrice && { price_data: priceData(wanted, product) }),
  }
}

/** Whether an import would read that price. */
function isPriceOf({ currency, interval, unitPrice }: Wanted, price: StripeObject): boolean {
  const unitAmount = unitAmountOf(price, currency)
  const theirs = unitAmount === null ? 0n : wholeMinorUnits(unitAmount).minorUnits
  return theirs === unitPrice && isSameInterval(interval, recurringOf(price))
}

const recurringOf = (price: StripeObject): StripeObject => child(price, 'recurring') ?? price

function isSameInterval({ count, unit }: Interval, recurring: StripeObject): boolean {
  const theirs = intervalOf(recurring)
  return theirs.unit === unit && theirs.count === count
}

const isMeteredItem = (item: StripeObject): boolean =>
  text(recurringOf(priceOf(item)), 'usage_type') === 'metered'

function refuseMetered(item: StripeObject): void {
  if (isMeteredItem(item))
    throw new NotMade(
      'ITEM_METERED',
      'An item of Stripe that is billed by usage is changed there by a person',
    )
}

/** With another interval Stripe would begin a period at once, and bill it. */
function refuseOtherInterval({ interval }: Wanted, items: readonly StripeObject[]): void {
  if (!items.some((item) => isSameInterval(interval, recurringOf(priceOf(item)))))
    throw new NotMade('INTERVAL_OTHER', 'Stripe would begin a new period at once and bill it')
}

const priceData = (
  { currency, interval, unitPrice }: Wanted,
  product: string,
): NonNullable<ItemUpdate['price_data']> => ({
  product,
  currency: currency.toLowerCase(),
  unit_amount: stripeUnits(unitPrice, currency),
  recurring: { interval: interval.unit.toLowerCase(), interval_count: interval.count },
})
