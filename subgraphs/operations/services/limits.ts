import type { Violation } from '#domain/failure.ts'
import type { Money } from '#domain/money.ts'
import { outgrownReasons } from '#domain/outgrown.ts'
import { modelFor } from '../models/model-for.ts'
import type { ServiceSetup } from './services.ts'

/** A deal, or a contract as an amendment would leave it. */
export interface LimitedDeal {
  readonly legalEntityId: string
  /** One for each line. */
  readonly productIds: readonly string[]
  /** The contract that is amended; null for one that is still to be signed. */
  readonly contractId: string | null
  /** What it is worth. */
  readonly amount: Money
}

/**
 * OUTGROWN with each limit of the model that a deal exceeds. The model is the one that holds now for its company: where
 * a larger one was activated since, the deal fits.
 */
export async function checkLimits(
  setup: Pick<ServiceSetup, 'sources' | 'modelOf'>,
  { legalEntityId, productIds, contractId, amount }: LimitedDeal,
): Promise<readonly Violation[]> {
  const { value, violations } = await modelFor(setup, legalEntityId)
  if (violations !== undefined) return violations
  const { name, limits } = value.model
  const { sources } = setup
  const usage = await Promise.all(productIds.map((id) => isSoldByUsage(sources, id)))
  const amendments = contractId === null ? 0 : (await sources.amendmentsOf(contractId)) + 1
  const facts = {
    usageLines: usage.filter(Boolean).length,
    legalEntities: (await sources.legalEntities()).length,
    amendments,
    amount,
  }
  return outgrownReasons(limits, facts).map(({ limit, message }) => ({
    code: 'OUTGROWN',
    field: `limits.${limit}`,
    message: `${name} is outgrown: ${message}`,
  }))
}

/** What has a price for a term as well is sold by the term. */
async function isSoldByUsage(
  { pricesOf }: Pick<ServiceSetup['sources'], 'pricesOf'>,
  productId: string,
): Promise<boolean> {
  const prices = (await pricesOf(productId)).filter(({ active }) => active)
  return prices.length > 0 && prices.every(({ usage }) => usage === 'METERED')
}
