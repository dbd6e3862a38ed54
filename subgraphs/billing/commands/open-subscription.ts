import type { CollectionMethod, SubscriptionFact } from '#domain/billing.ts'
import { checkContract } from '#domain/contract.ts'
import type { ContractFact } from '#domain/crm.ts'
import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import { followContract, recurringLines } from '#domain/subscription.ts'
import { today } from '#platform/clock.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { recordFacts } from '#platform/facts.ts'
import { ownFact, ownId } from '#platform/own-facts.ts'
import { subscription } from '../record.ts'
import { lockDocuments, readRowsBy, readTimeZones } from '../store.ts'
import { subscriptions } from '../tables.ts'

/** A contract to bill, and how its invoices are collected. */
export interface OpeningSubscription {
  readonly contract: ContractFact
  readonly collectionMethod: CollectionMethod
}

/** The subscription of a contract; null for a contract without recurring lines, which needs none. */
export interface OpenedSubscription {
  readonly subscriptionId: string | null
}

/**
 * Opens the subscription of a signed contract: its recurring lines are the items, in quantity, price and dates. Refused
 * with what `checkContract` says of the contract, and STATUS_FORBIDS where it is not signed or subscribed already.
 */
export function openSubscription(
  db: Database,
  effect: Effect,
  { contract, collectionMethod }: OpeningSubscription,
): Promise<Outcome<OpenedSubscription>> {
  const input = { contract, collectionMethod }
  return applyOnce<OpenedSubscription>(db, effect, { operation: 'openSubscription', input }, async (unit) => {
    await lockDocuments(unit, [contract.id])
    const violations = [...checkTerms(contract), ...(await checkUnsubscribed(unit, contract))]
    if (violations.length > 0) return { violations }
    if (recurringLines(contract).length === 0) return { value: { subscriptionId: null } }
    const fact = await newSubscription(unit, effect, input)
    await recordFacts(unit, subscription, [fact])
    return { value: { subscriptionId: fact.id } }
  })
}

function checkTerms(contract: ContractFact): Violation[] {
  const isSigned = contract.status === 'SIGNED' || contract.status === 'ACTIVE'
  return [
    ...checkContract(contract).map((it) => ({ ...it, field: `contract.${it.field}` })),
    ...violationIf(!isSigned, 'STATUS_FORBIDS', 'contract.status', 'Only a signed contract is subscribed'),
  ]
}

async function checkUnsubscribed(unit: UnitOfWork, { id }: ContractFact): Promise<Violation[]> {
  const others = await readRowsBy(unit, subscriptions, 'contractId', [id])
  return violationIf(others.length > 0, 'STATUS_FORBIDS', 'contract.id', 'The contract is subscribed already')
}

/** The subscription that a step makes for a contract. */
async function newSubscription(
  unit: UnitOfWork,
  { clock, effectKey }: Effect,
  { contract, collectionMethod }: OpeningSubscription,
): Promise<SubscriptionFact> {
  const [timeZone] = await readTimeZones(unit, [contract.legalEntityId])
  const terms = followContract(contract, today(clock, timeZone), null)
  return {
    ...ownFact('subscription', effectKey),
    ...terms,
    collectionMethod,
    items: terms.items.map((item) => ({
      ...item,
      id: ownId('subscriptionItem', item.contractLineId),
      priceId: null,
    })),
  }
}
