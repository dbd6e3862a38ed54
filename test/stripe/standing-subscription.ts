/** A subscription that Stripe bills already, and what a request makes of it. */
import { systemClock } from '#platform/clock.ts'
import type { StripeCall } from './write-server.ts'

/** A price as Stripe shows it, in its unit. */
interface StandingPrice {
  readonly id: string
  readonly object: 'price'
  readonly currency: string
  readonly unit_amount: number
  readonly unit_amount_decimal: string
  readonly product: string
  readonly recurring: {
    readonly interval: string
    readonly interval_count: number
    readonly usage_type: string
  }
}

interface StandingItem {
  readonly id: string
  readonly object: 'subscription_item'
  readonly created: number
  readonly current_period_start: number
  readonly current_period_end: number
  readonly quantity?: number
  readonly price: StandingPrice
  readonly metadata: Readonly<Record<string, string>>
}

/** As Stripe shows it, in its seconds. */
export interface StandingSubscription {
  readonly id: string
  readonly object: 'subscription'
  readonly created: number
  readonly start_date: number
  readonly customer: string
  readonly currency: string
  readonly collection_method: string
  readonly status: string
  readonly cancel_at: number | null
  readonly ended_at: number | null
  readonly pause_collection: { readonly behavior: string } | null
  readonly metadata: Readonly<Record<string, string>>
  readonly items: {
    readonly object: 'list'
    readonly has_more: boolean
    readonly data: readonly StandingItem[]
  }
}

/** What of a subscription a test is about; times in seconds. */
export interface Billed {
  readonly id: string
  readonly customer?: string
  readonly currency?: string
  readonly period: { readonly start: number; readonly end: number }
  readonly items: readonly {
    readonly id: string
    readonly product: string
    readonly unitAmount: number
    readonly quantity?: number
    readonly interval?: string
    readonly usage?: 'metered'
  }[]
}

/** One that runs. */
export function standingSubscription({
  id,
  customer = 'cus_7',
  currency = 'usd',
  period: { start, end },
  items,
}: Billed): StandingSubscription {
  const dates = { created: start, current_period_start: start, current_period_end: end }
  const data = items.map(
    ({ id: itemId, product, unitAmount, quantity = 1, interval = 'year', usage }): StandingItem => ({
      id: itemId,
      object: 'subscription_item',
      ...dates,
      ...(usage === undefined && { quantity }),
      price: priceOf({ currency, product, interval, unitAmount, usage: usage ?? 'licensed' }),
      metadata: {},
    }),
  )
  return {
    id,
    object: 'subscription',
    created: start,
    start_date: start,
    customer,
    currency,
    collection_method: 'send_invoice',
    status: 'active',
    cancel_at: null,
    ended_at: null,
    pause_collection: null,
    metadata: {},
    items: { object: 'list', has_more: false, data },
  }
}

function priceOf(fields: {
  readonly currency: string
  readonly product: string
  readonly interval: string
  readonly unitAmount: number
  readonly usage: string
}): StandingPrice {
  const { currency, product, interval, unitAmount, usage } = fields
  return {
    id: `price_${product}_${unitAmount}`,
    object: 'price',
    currency,
    unit_amount: unitAmount,
    unit_amount_decimal: String(unitAmount),
    product,
    recurring: { interval, interval_count: 1, usage_type: usage },
  }
}

type Body = StripeCall['body']

/** What it is after a request: cancelled at once, or with other fields and items. */
export function changedSubscription(
  subscription: StandingSubscription,
  { method, body }: Pick<StripeCall, 'method' | 'body'>,
): StandingSubscription {
  if (method === 'DELETE')
    return {
      ...subscription,
      status: 'canceled',
      ended_at: Math.floor(systemClock.now().epochMilliseconds / 1_000),
    }
  const behavior = body['pause_collection[behavior]']
  return {
    ...subscription,
    ...('cancel_at' in body && { cancel_at: body['cancel_at'] ? Number(body['cancel_at']) : null }),
    ...('pause_collection' in body && { pause_collection: null }),
    ...(behavior !== undefined && { pause_collection: { behavior } }),
    metadata: { ...subscription.metadata, ...fieldsUnder('metadata', body) },
    items: { ...subscription.items, data: changedItems(subscription, body) },
  }
}

function changedItems(subscription: StandingSubscription, body: Body): StandingItem[] {
  const places = [...new Set(Object.keys(body).flatMap((name) => /^items\[(\d+)\]/.exec(name)?.[1] ?? []))]
  return places.reduce<StandingItem[]>(
    (items, place) => changedItem(subscription, items, fieldsUnder(`items[${place}]`, body)),
    [...subscription.items.data],
  )
}

function changedItem(
  { currency, items: { data } }: StandingSubscription,
  items: readonly StandingItem[],
  fields: Body,
): StandingItem[] {
  const { id, deleted, quantity } = fields
  const price = fieldsUnder('price_data', fields)
  const priced = price['product'] !== undefined && {
    price: priceOf({
      currency,
      product: price['product'],
      interval: price['recurring[interval]'] ?? '',
      unitAmount: Number(price['unit_amount']),
      usage: 'licensed',
    }),
  }
  const change = { ...priced, ...(quantity !== undefined && { quantity: Number(quantity) }) }
  if (deleted === 'true') return items.filter((item) => item.id !== id)
  if (id !== undefined) return items.map((item) => (item.id === id ? { ...item, ...change } : item))
  const [first] = data
  if (first === undefined) throw new Error('a subscription without items')
  const metadata = fieldsUnder('metadata', fields)
  return [...items, { ...first, ...change, id: `si_${items.length + 100}`, metadata }]
}

/** Flat fields of a form below a name: `items[0][price_data][product]` is `price_data[product]` below `items[0]`. */
function fieldsUnder(name: string, body: Body): Body {
  return Object.fromEntries(
    Object.entries(body).flatMap(([field, value]) => {
      if (!field.startsWith(`${name}[`)) return []
      const [first = '', ...rest] = field.slice(name.length + 1).split(']')
      return [[`${first}${rest.join(']')}`, value]]
    }),
  )
}
