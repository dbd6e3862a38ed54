import type { Price } from '#domain/billing.ts'
import type { Money } from '#domain/money.ts'
import type { PriceTerms } from '#domain/pricing.ts'
import { priceOfUsage, ratedIn } from '#domain/unrated-usage.ts'
import type { Queryable } from '#platform/database.ts'
import { parseYearMonth } from '#platform/dates.ts'
import { readRowsBy } from './store.ts'
import { prices } from './tables.ts'
import { readUsedItems, readUsedSubscriptions, type UsedItem } from './usage-store.ts'

/** Use of a subscription item in a month that no invoice bills. */
export interface UnratedUsage {
  readonly subscriptionId: string
  readonly itemId: string
  readonly customerId: string | null
  /** What was used; null where the item is not known. */
  readonly productId: string | null
  /** Exact decimal. */
  readonly quantity: string
  /** What it would have been billed at; null where nothing says so. */
  readonly amount: Money | null
}

/** Hours by which the months of our companies may begin and end before and after those of UTC. */
const ZONE_HOURS = 15

/** All that is of a month somewhere. */
function reachOf(month: Temporal.PlainYearMonth): { from: Temporal.Instant; to: Temporal.Instant } {
  const begin = month.toPlainDate({ day: 1 })
  return {
    from: beginOf(begin).subtract({ hours: ZONE_HOURS }),
    to: beginOf(begin.add({ months: 1 })).add({ hours: ZONE_HOURS }),
  }
}

/** Ids of subscriptions of ours that may have been used in a month, after an id, in order. */
export function readUsedIn(
  db: Queryable,
  month: Temporal.PlainYearMonth,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const { from, to } = reachOf(month)
  return readUsedSubscriptions(db, from, to, afterId, limit)
}

const beginOf = (day: Temporal.PlainDate): Temporal.Instant => day.toZonedDateTime('UTC').toInstant()

/** The use of a month that no invoice bills, once the month is over: of one subscription, where one is named. */
export async function readUnratedUsage(
  db: Queryable,
  month: Temporal.PlainYearMonth,
  subscriptionId: string | null = null,
): Promise<UnratedUsage[]> {
  const { from, to } = reachOf(month)
  const items = await readUsedItems(db, from, to, subscriptionId)
  const sold = [...new Set(items.flatMap(({ productId }) => productId ?? []))]
  const byProduct = Map.groupBy(await readRowsBy(db, prices, 'productId', sold), ({ productId }) => productId)
  return items.flatMap((item) => unratedOf(item, month, byProduct.get(item.productId ?? '') ?? []))
}

function unratedOf(
  { subscriptionId, itemId, customerId, ...item }: UsedItem,
  month: Temporal.PlainYearMonth,
  offered: readonly Price[],
): UnratedUsage[] {
  const isMetered = offered.some(({ id, usage }) => id === item.priceId && usage === 'METERED')
  const use = ratedIn(month, {
    months: item.months.map(({ month: name, used }) => ({ month: parseYearMonth(name), used })),
    included: isMetered ? '0' : (item.quantity ?? '0'),
    billed: item.billed,
  })
  if (use.unrated === '0') return []
  const price = priceOf(item, offered)
  const amount =
    price === null || item.currency === null
      ? null
      : { minorUnits: priceOfUsage(price, use), currency: item.currency }
  return [{ subscriptionId, itemId, customerId, productId: item.productId, quantity: use.unrated, amount }]
}

/** Its own price where that is metered, else that at which the product is metered, else what the item costs. */
function priceOf(
  { priceId, currency, unitPrice }: Pick<UsedItem, 'priceId' | 'currency' | 'unitPrice'>,
  offered: readonly Price[],
): PriceTerms | null {
  const metered = offered.filter((price) => price.usage === 'METERED' && price.currency === currency)
  const own = metered.find(({ id }) => id === priceId) ?? metered.find(({ active }) => active)
  if (own !== undefined) return own
  return unitPrice === null ? null : { unitAmount: unitPrice, tiersMode: null, tiers: [] }
}
