/** A deal for flows: a platform for 12,000.00 a year, quoted to a prospect. */
import type { CustomerFact } from '#domain/crm.ts'
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

/** Has the platform on sale, for as much in euros. */
export async function recordPlatform({ record }: Pick<LiveWorld, 'record'>): Promise<void> {
  const product = { description: null, family: null, taxCode: 'txcd_10103001', active: true }
  await record({
    products: [{ ...stated('platform'), ...product, sku: 'PLATFORM', name: 'Platform' }],
    prices: ['USD', 'EUR'].map((currency) => ({
      ...stated(`price ${currency}`),
      productId: 'platform',
      nickname: null,
      currency,
      unitAmount: '1200000',
      interval: yearly,
      usage: 'LICENSED',
      tiersMode: null,
      tiers: [],
      active: true,
    })),
  })
}

/** Has a customer, in New York and with dollars if `fields` say no other, agree to a quote; ids end in `name`. */
export async function recordDeal(
  { record }: Pick<LiveWorld, 'record'>,
  name: string,
  fields: Partial<Pick<CustomerFact, 'address' | 'taxIds' | 'currency'>> = {},
): Promise<{ readonly opportunityId: string; readonly customerId: string }> {
  const [customerId, opportunityId] = [`cus_${name}`, `opp_${name}`]
  const legalName = 'Acme Inc.'
  const currency = fields.currency ?? 'USD'
  await record({
    customers: [customerFact({ id: customerId, legalName, status: 'PROSPECT', address: ADDRESS, ...fields })],
    opportunities: [opportunityFact({ id: opportunityId, customerId, currency })],
    quotes: [
      quoteFact({
        id: `quo_${name}`,
        opportunityId,
        number: `Q-${name}`,
        status: 'ACCEPTED',
        currency,
        lines: [quoteLine('platform', 1_200_000n)],
      }),
    ],
  })
  return { opportunityId, customerId }
}
