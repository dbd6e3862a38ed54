/** A subscription that an outside system bills: what becomes of it happens there first, lest it is billed as before. */
import type { Subscription } from '#domain/billing.ts'
import { endsContract } from '#domain/subscription.ts'
import { knownAs } from '#platform/connector.ts'
import { readRows } from '#platform/table.ts'
import { cancelSubscription, checkCancellation } from '#subgraphs/billing/commands/cancel-subscription.ts'
import { changeSubscription, checkChange } from '#subgraphs/billing/commands/change-subscription.ts'
import {
  readPastSubscription,
  restoreSubscription,
} from '#subgraphs/billing/commands/restore-subscription.ts'
import { followedSubscription } from '#subgraphs/billing/commands/subscription-fact.ts'
import { products } from '#subgraphs/billing/tables.ts'
import { type OutsideStep, outsideFirst } from '#subgraphs/operations/effects/outside-first.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { BillingOutside, Known } from './billing.ts'

type Cancel = Systems['billing']['cancelSubscription']
type Change = Systems['billing']['changeSubscription']
type Restore = Systems['billing']['restoreSubscription']

/** Checked by our own rules first, unless it may have happened already. */
export async function cancelOutside(
  { outside, billing, inBilling }: BillingOutside,
  known: Known,
  subscription: Subscription,
  effect: Parameters<Cancel>[0],
  ending: Parameters<Cancel>[1],
): ReturnType<Cancel> {
  if (!(await outside.mayHaveHappened(known.connector, effect.effectKey))) {
    const violations = checkCancellation(subscription, ending)
    if (violations.length > 0) return { violations }
  }
  return outsideFirst(outside, cancelling(known, subscription, ending.on), effect, () =>
    cancelSubscription(billing, inBilling(effect), ending),
  )
}

/** A contract that was ended is cancelled there as well, to its last day; any other is billed as it is now. */
export async function changeOutside(
  place: BillingOutside,
  known: Known,
  before: Subscription,
  effect: Parameters<Change>[0],
  change: Parameters<Change>[1],
): ReturnType<Change> {
  const { outside, billing, inBilling } = place
  const { contract } = change
  if (!(await outside.mayHaveHappened(known.connector, effect.effectKey))) {
    const violations = checkChange(contract, before)
    if (violations.length > 0) return { violations }
  }
  const step = endsContract(contract)
    ? cancelling(known, before, contract.endDate)
    : await changing(place, known, await followed(place, before, effect, change))
  return outsideFirst(outside, step, effect, () => changeSubscription(billing, inBilling(effect), change))
}

/** It is billed there again as it was. What was cancelled there for good is refused there, for a person. */
export async function restoreOutside(
  place: BillingOutside,
  known: Known,
  effect: Parameters<Restore>[0],
  past: Parameters<Restore>[1],
): ReturnType<Restore> {
  const { outside, billing, inBilling } = place
  const restore = () => restoreSubscription(billing, inBilling(effect), past)
  const was = await readPastSubscription(billing, past)
  if (was === null) return restore()
  const step = was.endedOn === null ? await changing(place, known, was) : cancelling(known, was, was.endedOn)
  return outsideFirst(outside, step, effect, restore)
}

const followed = (
  { billing, inBilling }: BillingOutside,
  before: Subscription,
  effect: Parameters<Change>[0],
  change: Parameters<Change>[1],
) => followedSubscription(billing, inBilling(effect), before, change)

type Ending = Pick<Subscription, 'id' | 'customerId' | 'legalEntityId'>
type Terms = Ending & Pick<Subscription, 'contractId' | 'currency' | 'status' | 'cancelAt' | 'items'>

function cancelling(
  { connector, ref }: Known,
  { id, customerId, legalEntityId }: Ending,
  on: Temporal.PlainDate,
): OutsideStep {
  const payload = {
    subscription: ref.externalId,
    subscriptionId: id,
    customerId,
    legalEntityId,
    on: String(on),
  }
  return { connector, operation: 'cancelSubscription', objectType: SUBSCRIPTION, payload }
}

/** All that is billed from now on, whatever it was before. */
async function changing(
  { billing }: BillingOutside,
  { connector, ref }: Known,
  { id, contractId, customerId, legalEntityId, currency, status, cancelAt, items }: Terms,
): Promise<OutsideStep> {
  const sold = await readRows(
    billing,
    products,
    items.map(({ productId }) => productId),
  )
  const refs = new Map(sold.map((product) => [product.id, product.externalRefs]))
  const payload = {
    subscription: ref.externalId,
    subscriptionId: id,
    contractId,
    customerId,
    legalEntityId,
    currency,
    isPaused: status === 'PAUSED',
    cancelAt: cancelAt && String(cancelAt),
    items: items.map((item) => ({
      subscriptionItemId: item.id,
      contractLineId: item.contractLineId,
      product: knownAs(connector, 'product', refs.get(item.productId) ?? [])?.externalId ?? null,
      productId: item.productId,
      quantity: item.quantity,
      minorUnits: String(item.unitPrice),
      interval: { unit: item.interval.unit, count: item.interval.count },
      start: String(item.startDate),
      end: item.endDate && String(item.endDate),
    })),
  }
  // A day may go by, and a name may be learned, before it is answered: it stays the same change.
  const identity = { subscriptionId: id, contractId }
  return { connector, operation: 'changeSubscription', objectType: SUBSCRIPTION, payload, identity }
}

const SUBSCRIPTION = 'subscription'
