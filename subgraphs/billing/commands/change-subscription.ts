import type { Subscription } from '#domain/billing.ts'
import type { ContractFact } from '#domain/crm.ts'
import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import { recurringLines } from '#domain/subscription.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { recordFacts } from '#platform/facts.ts'
import { subscription } from '../record.ts'
import { lockDocuments, readRowsBy } from '../store.ts'
import { subscriptions } from '../tables.ts'
import { isCancelled } from './cancel-subscription.ts'
import {
  checkTerms,
  type ContractSubscription,
  followedSubscription,
  newSubscription,
  type FollowedContract,
} from './subscription-fact.ts'

/** The subscription of a contract, after it followed an amendment. */
export interface AmendedSubscription extends ContractSubscription {
  /** What `restoreSubscription` takes it back to; null where the contract was not subscribed before. */
  readonly versionBefore: number | null
}

/**
 * Has the subscription of a contract follow it as it is after an amendment: its items, dates and status. A contract
 * that had no recurring lines before is subscribed now. Refused with what `checkContract` says of the contract, and
 * STATUS_FORBIDS for a draft, or a subscription that was cancelled for good.
 */
export function changeSubscription(
  db: Database,
  effect: Effect,
  input: FollowedContract,
): Promise<Outcome<AmendedSubscription>> {
  const { contract, ...how } = input
  return applyOnce<AmendedSubscription>(
    db,
    effect,
    { operation: 'changeSubscription', input: { ...how, contractId: contract.id } },
    async (unit) => {
      await lockDocuments(unit, [contract.id])
      const known = await readRowsBy(unit, subscriptions, 'contractId', [contract.id])
      const locked = await unit.lock(
        subscription,
        known.map(({ id }) => id),
      )
      const before = newestOf([...locked.values()])
      const violations = checkChange(contract, before)
      if (violations.length > 0) return { violations }
      if (before === undefined && recurringLines(contract).length === 0)
        return { value: { subscriptionId: null, versionBefore: null } }
      const fact =
        before === undefined
          ? await newSubscription(unit, effect, input)
          : await followedSubscription(unit, effect, before, input)
      await recordFacts(unit, subscription, [fact])
      return { value: { subscriptionId: fact.id, versionBefore: before?.version ?? null } }
    },
  )
}

function newestOf(some: readonly Subscription[]): Subscription | undefined {
  return some.toSorted((a, b) => Temporal.PlainDate.compare(a.startDate, b.startDate)).at(-1)
}

/** What speaks against having a subscription follow its contract. */
export function checkChange(contract: ContractFact, before: Subscription | undefined): Violation[] {
  const isDraft = contract.status === 'DRAFT'
  const isGone = before !== undefined && isCancelled(before.status)
  return [
    ...checkTerms(contract),
    ...violationIf(isDraft, 'STATUS_FORBIDS', 'contract.status', 'Nobody is bound by a draft'),
    ...violationIf(isGone, 'STATUS_FORBIDS', 'contract.id', 'Its subscription is cancelled'),
  ]
}
