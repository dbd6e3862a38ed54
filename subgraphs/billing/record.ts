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
import type { Facts } from '#domain/facts.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import {
  type FactAggregate,
  recordFacts,
  type RecordingSum,
  sumOf,
  type WriteGuard,
} from '#platform/facts.ts'
import type { ConnectedDocuments } from './documents.ts'
import { saveLegalEntities } from './entity-store.ts'
import { recordDocuments } from './settle.ts'
import { dunnings, prices, products, subscriptions, usage } from './tables.ts'

/** What is sold. */
export const product: FactAggregate<ProductFact, Product> = {
  name: 'product',
  table: products,
  event: recordEvent,
  derive: (fact) => fact,
}

/** What it costs. */
export const price: FactAggregate<PriceFact, Price> = {
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
export interface BillingRecording extends RecordingSum {
  /** What others are told of what is sold. */
  readonly taken: Pick<Facts, 'products' | 'prices'>
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
  guard?: WriteGuard,
): Promise<BillingRecording> {
  return runCommand(db, context, async (unit) => {
    await saveLegalEntities(unit, facts.legalEntities ?? [])
    const recorded = {
      products: await recordFacts(unit, product, facts.products, guard),
      prices: await recordFacts(unit, price, facts.prices, guard),
      subscriptions: await recordFacts(unit, subscription, facts.subscriptions, guard),
      usage: await recordFacts(unit, usageRecord, facts.usage, guard),
      dunning: await recordFacts(unit, dunning, facts.dunning, guard),
    }
    const { counts, touched } = await recordDocuments(unit, facts)
    const { counts: others, held } = sumOf(recorded)
    const taken = { products: recorded.products.taken, prices: recorded.prices.taken }
    return { counts: { ...others, ...counts }, held, taken, touched }
  })
}
