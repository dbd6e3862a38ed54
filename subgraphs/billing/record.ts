import type {
  Dunning,
  DunningFact,
  Price,
  PriceFact,
  Product,
  ProductFact,
  Subscription,
  SubscriptionFact,
  Usage,
  UsageFact,
} from '#domain/billing.ts'
import { dunningEvent, recordEvent, subscriptionEvent } from '#domain/event.ts'
import type { Facts, RecordCounts } from '#domain/facts.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { type FactAggregate, recordFacts } from '#platform/facts.ts'
import type { ConnectedDocuments } from './documents.ts'
import { saveLegalEntities } from './legal-entity-store.ts'
import { recordDocuments } from './settle.ts'
import { dunnings, prices, products, subscriptions, usage } from './tables.ts'

/** What is sold. */
export const product: FactAggregate<ProductFact, Product> = {
  name: 'product',
  table: products,
  event: recordEvent,
  derive: (fact) => fact,
}

const price: FactAggregate<PriceFact, Price> = {
  name: 'price',
  table: prices,
  event: recordEvent,
  derive: (fact) => fact,
}

/** What is billed again and again. */
export const subscription: FactAggregate<SubscriptionFact, Subscription> = {
  name: 'subscription',
  table: subscriptions,
  event: subscriptionEvent,
  derive: (fact) => fact,
}

const usageRecord: FactAggregate<UsageFact, Usage> = {
  name: 'usage',
  table: usage,
  event: recordEvent,
  derive: (fact) => fact,
}

/** The collection of what is overdue. */
export const dunning: FactAggregate<DunningFact, Dunning> = {
  name: 'dunning',
  table: dunnings,
  event: dunningEvent,
  derive: (fact) => fact,
}

/** What recording did, and what may have to follow elsewhere. */
export interface BillingRecording {
  readonly counts: RecordCounts
  /** The documents that the facts state and all that may follow from them, as stored now: changed or not. */
  readonly touched: ConnectedDocuments
}

/**
 * Records what a source states about what is sold, billed and paid, and settles the documents that this touches, in
 * one transaction. Throws InvalidFactError when a fact breaks a rule by itself: then nothing is written.
 */
export function recordBillingFacts(
  db: Database,
  context: CommandContext,
  facts: Partial<Facts>,
): Promise<BillingRecording> {
  return runCommand(db, context, async (unit) => {
    await saveLegalEntities(unit, facts.legalEntities ?? [])
    const others = {
      products: (await recordFacts(unit, product, facts.products)).count,
      prices: (await recordFacts(unit, price, facts.prices)).count,
      subscriptions: (await recordFacts(unit, subscription, facts.subscriptions)).count,
      usage: (await recordFacts(unit, usageRecord, facts.usage)).count,
      dunning: (await recordFacts(unit, dunning, facts.dunning)).count,
    }
    const { counts, touched } = await recordDocuments(unit, facts)
    return { counts: { ...others, ...counts }, touched }
  })
}
