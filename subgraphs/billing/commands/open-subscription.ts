import { type Outcome, violationIf } from '#domain/failure.ts'
import { recurringLines } from '#domain/subscription.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { recordFacts } from '#platform/facts.ts'
import { subscription } from '../record.ts'
import { lockDocuments, readRowsBy } from '../store.ts'
import { subscriptions } from '../tables.ts'
import {
  checkTerms,
  type ContractSubscription,
  newSubscription,
  type SubscribedContract,
} from './subscription-fact.ts'

/**
 * Opens the subscription of a signed contract: its recurring lines are the items, in quantity, price and dates. Refused
 * with what `checkContract` says of the contract, and STATUS_FORBIDS where it is not signed or subscribed already.
 */
export function openSubscription(
  db: Database,
  effect: Effect,
  input: SubscribedContract,
): Promise<Outcome<ContractSubscription>> {
  const { contract, ...how } = input
  return applyOnce<ContractSubscription>(
    db,
    effect,
    { operation: 'openSubscription', input: { ...how, contractId: contract.id } },
    async (unit) => {
      await lockDocuments(unit, [contract.id])
      const others = await readRowsBy(unit, subscriptions, 'contractId', [contract.id])
      const isSigned = contract.status === 'SIGNED' || contract.status === 'ACTIVE'
      const violations = [
        ...checkTerms(contract),
        ...violationIf(
          !isSigned,
          'STATUS_FORBIDS',
          'contract.status',
          'Only a signed contract is subscribed',
        ),
        ...violationIf(
          others.length > 0,
          'STATUS_FORBIDS',
          'contract.id',
          'The contract is subscribed already',
        ),
      ]
      if (violations.length > 0) return { violations }
      if (recurringLines(contract).length === 0) return { value: { subscriptionId: null } }
      const fact = await newSubscription(unit, effect, input)
      await recordFacts(unit, subscription, [fact])
      return { value: { subscriptionId: fact.id } }
    },
  )
}
