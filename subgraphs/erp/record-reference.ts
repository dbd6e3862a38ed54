import type { PriceFact, ProductFact } from '#domain/billing.ts'
import type { CustomerStatement } from '#domain/crm.ts'
import { recordEvent } from '#domain/event.ts'
import type { Facts } from '#domain/facts.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { type FactAggregate, recordFacts } from '#platform/facts.ts'
import { listPrices, type StoredListPrice } from './plan-store.ts'
import { type CustomerRegion, customerRegions, productFamilies, type ProductFamily } from './rule-store.ts'

const listPrice: FactAggregate<PriceFact, StoredListPrice> = {
  name: 'listPrice',
  table: listPrices,
  event: recordEvent,
  derive: ({
    id,
    externalRefs,
    productId,
    currency,
    unitAmount,
    interval,
    usage,
    tiersMode,
    tiers,
    active,
  }) => ({
    id,
    externalRefs,
    productId,
    currency,
    unitAmount,
    interval,
    usage,
    tiersMode,
    tiers,
    active,
  }),
}

const productFamily: FactAggregate<ProductFact, ProductFamily> = {
  name: 'productFamily',
  table: productFamilies,
  event: recordEvent,
  derive: ({ id, externalRefs, family }) => ({ id, externalRefs, family }),
}

/** Sales regions of customers, which may choose accounts. */
export const customerRegion: FactAggregate<CustomerStatement, CustomerRegion> = {
  name: 'customerRegion',
  table: customerRegions,
  event: recordEvent,
  derive: ({ id, externalRefs, region }, before) => ({
    id,
    externalRefs,
    region: region === undefined ? (before?.region ?? null) : region,
  }),
}

/**
 * Records what the books need of facts whose masters are others: prices and families of products, regions of customers.
 * The masters have checked them and count them.
 */
export async function recordReferenceFacts(
  db: Database,
  context: CommandContext,
  { prices, products, customers }: Partial<Facts>,
): Promise<void> {
  if ([prices, products, customers].every((facts = []) => facts.length === 0)) return
  await runCommand(db, context, async (unit) => {
    await recordFacts(unit, listPrice, prices)
    await recordFacts(unit, productFamily, products)
    await recordFacts(unit, customerRegion, customers)
  })
}
