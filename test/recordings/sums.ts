import { sum } from '#domain/money.ts'
import type { StripeObject } from '#subgraphs/billing/stripe/fields.ts'
import { recordedList } from './recordings.ts'

/** What Stripe calls an invoice that has our status. */
export const STRIPE_STATUS: Readonly<Record<string, string>> = {
  DRAFT: 'draft',
  OPEN: 'open',
  PARTIALLY_PAID: 'open',
  PAID: 'paid',
  VOID: 'void',
  UNCOLLECTIBLE: 'uncollectible',
}

/** `32 × 5000` by group: how many there are and what they come to. */
export function sums<T>(
  items: readonly T[],
  key: (it: T) => unknown[],
  of: (it: T) => bigint,
): Record<string, string> {
  const groups = Map.groupBy(items, (it) => key(it).join(' '))
  return Object.fromEntries(
    [...groups].map(([name, group]) => [name, `${group.length} × ${sum(group.map(of))}`]),
  )
}

/** The same of Stripe's own objects, straight from the JSON. */
export const tally = (
  objects: readonly StripeObject[],
  key: (it: StripeObject) => unknown[],
  field: string,
) => sums(objects, key, (it) => amount(it, field))

/** An amount of a Stripe object, in minor units. */
export const amount = (it: StripeObject, field: string): bigint => BigInt(it[field] as number)

/** The groups of what has a currency and a status. */
export const byStatus = (it: StripeObject): unknown[] => [it['currency'], it['status']]

/** A void invoice owes nothing by our rules, while Stripe goes on to state what it was about. */
export const balanceOf = (it: StripeObject): number =>
  it['status'] === 'void' ? 0 : Number(it['amount_remaining'])

const OUTCOMES: Readonly<Record<string, string>> = { succeeded: 'SUCCEEDED', canceled: 'FAILED' }

/** The recorded payment intents by currency and our outcome. */
export function recordedOutcomes(): Record<string, string> {
  const counted = recordedList('payment_intents').map((it) => ({
    ...it,
    counted: it['status'] === 'succeeded' ? it['amount_received'] : it['amount'],
  }))
  return tally(counted, (it) => [it['currency'], OUTCOMES[String(it['status'])] ?? 'PENDING'], 'counted')
}
