/** A deal for flows: a platform for 12,000.00 dollars a year, quoted to a prospect in the State of New York. */
import { quoteLine, yearly } from '#test/domain/deals.ts'
import { stated } from '#test/erp/books.ts'
import { customerFact, opportunityFact, quoteFact } from '#test/support/facts.ts'
import type { LiveWorld } from './live.ts'

/** Where four percent of tax fall due. */
export const ADDRESS = {
  line1: '1 Main St',
  city: 'Albany',
  postalCode: '12207',
  region: 'NY',
  country: 'US',
}

/** Has the platform on sale. */
export async function recordPlatform({ record }: Pick<LiveWorld, 'record'>): Promise<void> {
  const product = { description: null, family: null, taxCode: 'txcd_10103001', active: true }
  await record({
    products: [{ ...stated('platform'), ...product, sku: 'PLATFORM', name: 'Platform' }],
    prices: [
      {
        ...stated('price'),
        productId: 'platform',
        nickname: null,
        currency: 'USD',
        unitAmount: '1200000',
        interval: yearly,
        usage: 'LICENSED',
        tiersMode: null,
        tiers: [],
        active: true,
      },
    ],
  })
}

/** Has a customer agree to a quote; ids end in `name`. */
export async function recordDeal(
  { record }: Pick<LiveWorld, 'record'>,
  name: string,
): Promise<{ readonly opportunityId: string; readonly customerId: string }> {
  const [customerId, opportunityId] = [`cus_${name}`, `opp_${name}`]
  const legalName = 'Acme Inc.'
  await record({
    customers: [customerFact({ id: customerId, legalName, status: 'PROSPECT', address: ADDRESS })],
    opportunities: [opportunityFact({ id: opportunityId, customerId })],
    quotes: [
      quoteFact({
        id: `quo_${name}`,
        opportunityId,
        number: `Q-${name}`,
        status: 'ACCEPTED',
        lines: [quoteLine('platform', 1_200_000n)],
      }),
    ],
  })
  return { opportunityId, customerId }
}
