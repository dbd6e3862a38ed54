import type { SubscriptionFact, SubscriptionItem, SubscriptionStatus } from '#domain/billing.ts'
import type { DateRange } from '#domain/entity.ts'
import { currencyOf } from './amounts.ts'
import { dateIn, dateOf, earliest, latest, rangeIn } from './dates.ts'
import {
  child,
  decimal,
  InvalidField,
  members,
  requiredInteger,
  requiredText,
  text,
  type StripeObject,
} from './fields.ts'
import { intervalOf, wholeUnitPrice } from './map-catalogue.ts'
import {
  detailsIn,
  identity,
  idOf,
  legalEntityId,
  link,
  linkIn,
  report,
  requiredLink,
  stripeId,
  word,
  wordOr,
  type Mapping,
  type StripeAccount,
} from './mapping.ts'
import { COLLECTION_METHODS, SUBSCRIPTION_STATUSES } from './words.ts'

/**
 * A subscription with its items. It may bill for several contracts, and names none but the one that its metadata
 * tells: we keep it there for what we change.
 */
export function mapSubscription(mapping: Mapping): SubscriptionFact {
  const { object, account } = mapping
  const { timeZone } = account.legalEntity
  const items = members(object, 'items')
  return {
    ...identity(mapping, 'subscription'),
    customerId: requiredLink(mapping, 'customer', 'customer', 'customer'),
    contractId: text(detailsIn(object), 'contractId'),
    legalEntityId: legalEntityId(account),
    status: statusOf(object),
    currency: subscriptionCurrency(object, items),
    collectionMethod: wordOr(
      mapping,
      COLLECTION_METHODS,
      text(object, 'collection_method'),
      'collection_method',
      'CHARGE_AUTOMATICALLY',
    ),
    startDate: startOf(object, timeZone),
    currentPeriod: currentPeriod(object, items, timeZone),
    cancelAt: cancelAt(object, items, timeZone),
    endedOn: dateIn(object, 'ended_at', timeZone),
    items: items.map((item) => mapItem(mapping, item)),
  }
}

function mapItem(mapping: Mapping, item: StripeObject): SubscriptionItem {
  const { object, account } = mapping
  const { timeZone } = account.legalEntity
  const price = priceOf(item)
  const currency = currencyOf(price)
  if (currency !== subscriptionCurrency(object, [item])) {
    report(
      mapping,
      'INVALID',
      'items.price.currency',
      `${currency}, which is not the subscription's currency`,
    )
  }
  const recurring = child(price, 'recurring') ?? price
  const known = detailsIn(item)
  return {
    id: idOf(mapping, 'subscriptionItem', 'subscription_item', requiredText(item, 'id')),
    productId:
      linkIn(mapping, 'product', 'product', price, 'product', 'items.price.product') ?? missing('product'),
    priceId: link(mapping, 'price', 'price', requiredText(price, 'id'), 'items.price'),
    contractLineId: text(known, 'contractLineId'),
    quantity: quantityOf(item, recurring),
    unitPrice: wholeUnitPrice(mapping, price, currency, 'items.price.unit_amount_decimal'),
    interval: intervalOf(recurring),
    startDate: plainDateIn(known, 'start') ?? itemStart(object, item, timeZone),
    endDate: dateIn(object, 'ended_at', timeZone) ?? plainDateIn(known, 'end'),
  }
}

/** A subscription whose invoices are voided before anyone sees them stands still: Stripe itself calls it active. */
function statusOf(object: StripeObject): SubscriptionStatus {
  const status = word(SUBSCRIPTION_STATUSES, text(object, 'status'), 'status')
  const runs = status === 'TRIALING' || status === 'ACTIVE' || status === 'PAST_DUE' || status === 'UNPAID'
  return runs && isPaused(object) ? 'PAUSED' : status
}

/** Whether nothing of a subscription is billed until it is resumed. */
export function isPaused(object: StripeObject): boolean {
  const pause = child(object, 'pause_collection')
  return pause !== null && text(pause, 'behavior') === 'void'
}

/** Our id of an item: the one that we had made it under, where we did. */
export const itemIdOf = (account: Pick<StripeAccount, 'instance'>, item: StripeObject): string =>
  text(detailsIn(item), 'subscriptionItemId') ??
  stripeId(account, 'subscriptionItem', 'subscription_item', requiredText(item, 'id'))

function plainDateIn(object: StripeObject, field: string): Temporal.PlainDate | null {
  const date = text(object, field)
  return date === null ? null : Temporal.PlainDate.from(date)
}

/** The item's price; before 2020 it was called a plan. */
export const priceOf = (item: StripeObject): StripeObject =>
  child(item, 'price') ?? child(item, 'plan') ?? missing('items.price')

/** How many of it. Metered usage has no quantity of its own; a licensed item without one is sold once. */
const quantityOf = (item: StripeObject, recurring: StripeObject): string =>
  decimal(item, 'quantity') ?? (text(recurring, 'usage_type') === 'metered' ? '0' : '1')

const startOf = (object: StripeObject, timeZone: string): Temporal.PlainDate =>
  dateOf(requiredInteger(object, 'start_date'), timeZone)

/** An item that came with the subscription starts with it, which may be backdated; a later one when it was added. */
function itemStart(object: StripeObject, item: StripeObject, timeZone: string): Temporal.PlainDate {
  const added = dateIn(item, 'created', timeZone)
  const created = dateIn(object, 'created', timeZone)
  const start = startOf(object, timeZone)
  return added === null || created === null || Temporal.PlainDate.compare(added, created) <= 0 ? start : added
}

/** The period that is being billed: the subscription's own until 2025, its items' since. */
export function currentPeriod(
  object: StripeObject,
  items: readonly StripeObject[],
  timeZone: string,
): DateRange {
  const ranges = [object, ...items]
    .map((holder) => rangeIn(holder, 'current_period_start', 'current_period_end', timeZone))
    .filter((range) => range !== null)
  const start = earliest(ranges.map((range) => range.start))
  const end = latest(ranges.map((range) => range.end))
  return start === null || end === null ? missing('current_period_start') : { start, end }
}

/** The day from which it is cancelled. `cancel_at_period_end` says it without a date in the older API. */
export function cancelAt(
  object: StripeObject,
  items: readonly StripeObject[],
  timeZone: string,
): Temporal.PlainDate | null {
  const date = dateIn(object, 'cancel_at', timeZone)
  if (date !== null || object['cancel_at_period_end'] !== true) return date
  return currentPeriod(object, items, timeZone).end
}

/** Its currency; before 2021 only the prices knew it. */
function subscriptionCurrency(object: StripeObject, items: readonly StripeObject[]): string {
  if (text(object, 'currency') !== null) return currencyOf(object)
  const first = items[0]
  return first === undefined ? missing('currency') : currencyOf(priceOf(first))
}

function missing(path: string): never {
  throw new InvalidField(path, null)
}
