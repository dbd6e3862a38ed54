import { billedAtFirst } from '#domain/bill.ts'
import type { CollectionMethod, Subscription, SubscriptionFact } from '#domain/billing.ts'
import { earlier, isBefore } from '#domain/calendar.ts'
import { checkContract } from '#domain/contract.ts'
import type { ContractFact } from '#domain/crm.ts'
import type { Violation } from '#domain/failure.ts'
import { followContract } from '#domain/subscription.ts'
import { today } from '#platform/clock.ts'
import type { Queryable } from '#platform/database.ts'
import type { Effect } from '#platform/effect.ts'
import { ownFact, ownId, restate } from '#platform/own-facts.ts'
import { readTimeZones } from '../store.ts'

/** A contract to bill, and how the invoices of a subscription that is new are collected. */
export interface SubscribedContract {
  readonly contract: ContractFact
  readonly collectionMethod: CollectionMethod
}

/** A contract that a subscription follows. */
export interface FollowedContract extends SubscribedContract {
  /** The last day of which all that fell due is billed: the billing period is that of it from now on. */
  readonly billedThrough?: Temporal.PlainDate
}

/** The subscription of a contract; null for a contract without recurring lines, which needs none. */
export interface ContractSubscription {
  readonly subscriptionId: string | null
}

/** What is wrong with a contract, by its place in the input of a command. */
export const checkTerms = (contract: ContractFact): Violation[] =>
  checkContract(contract).map((violation) => ({ ...violation, field: `contract.${violation.field}` }))

/** The subscription that a step makes for a contract. */
export async function newSubscription(
  db: Queryable,
  effect: Effect,
  { contract, collectionMethod }: SubscribedContract,
): Promise<SubscriptionFact> {
  const day = await dayOf(db, effect, contract)
  const periodOn = isBefore(day, contract.startDate) ? day : billedAtFirst(contract, day)
  const terms = followContract(contract, day, null, periodOn)
  const items = terms.items.map((item) => ({ ...item, id: idOf(item), priceId: null }))
  return { ...ownFact('subscription', effect.effectKey), ...terms, collectionMethod, items }
}

/**
 * A subscription as it follows from its contract now. An item keeps its id and price as long as its line is there, and
 * the billing period goes on until the next one is billed.
 */
export async function followedSubscription(
  db: Queryable,
  effect: Effect,
  before: Subscription,
  { contract, billedThrough }: FollowedContract,
): Promise<SubscriptionFact> {
  const day = await dayOf(db, effect, contract)
  const lastOfPeriod = before.currentPeriod.end.subtract({ days: 1 })
  const periodOn = billedThrough ?? earlier(day, lastOfPeriod)
  const terms = followContract(contract, day, before.status, periodOn)
  const items = terms.items.map((item) => {
    const known = before.items.find(({ contractLineId }) => contractLineId === item.contractLineId)
    return { ...item, id: known?.id ?? idOf(item), priceId: known?.priceId ?? null }
  })
  return restate('subscription', before, { ...terms, items })
}

const idOf = ({ contractLineId }: { readonly contractLineId: string }): string =>
  ownId('subscriptionItem', contractLineId)

async function dayOf(db: Queryable, { clock }: Effect, contract: ContractFact): Promise<Temporal.PlainDate> {
  const [timeZone] = await readTimeZones(db, [contract.legalEntityId])
  return today(clock, timeZone)
}
