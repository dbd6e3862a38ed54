/** A deal for tests: a platform for 12,000 a year and seats, quoted to Acme in the United States. */
import { opportunityFact, customerFact, quoteFact } from '#test/support/facts.ts'
import type { QuoteLine } from '#domain/crm.ts'
import type { Deal, Offering } from '#domain/deal.ts'
import type { Interval } from '#domain/entity.ts'
import type { ListPrice } from '#domain/standalone-price.ts'

export const yearly: Interval = { unit: 'YEAR', count: 1 }
export const quarterly: Interval = { unit: 'MONTH', count: 3 }
export const monthly: Interval = { unit: 'MONTH', count: 1 }

/** A price of the catalogue, minor units. */
export function listPrice(
  productId: string,
  interval: Interval | null,
  unitAmount: string,
  fields: Partial<ListPrice> = {},
): ListPrice {
  return {
    productId,
    interval,
    unitAmount,
    currency: 'USD',
    usage: 'LICENSED',
    tiersMode: null,
    tiers: [],
    active: true,
    ...fields,
  }
}

/** A line of a quote. */
export function quoteLine(productId: string, unitPrice: bigint, quantity = '1'): QuoteLine {
  return { id: `qul_${productId}`, productId, quantity, unitPrice }
}

/** Seats are sold by the month, the quarter and the year, the platform by the year, setting up once. */
export const offering: Offering = {
  products: ['platform', 'seat', 'setup'].map((id) => ({ id, name: id, active: true })),
  prices: [
    listPrice('platform', yearly, '1200000'),
    listPrice('seat', monthly, '2900'),
    listPrice('seat', quarterly, '8700'),
    listPrice('seat', yearly, '29000'),
    listPrice('setup', null, '350000'),
  ],
  legalEntities: [
    { id: 'ent_us', code: 'US', country: 'US' },
    { id: 'ent_de', code: 'DE', country: 'DE' },
  ],
}

const address = { line1: null, city: null, postalCode: null, region: 'NY', country: 'US' }

/** A prospect of the United States with one quote. */
export function deal(fields: Partial<Deal> = {}): Deal {
  return {
    opportunity: opportunityFact(),
    quotes: [quoteFact({ lines: [quoteLine('platform', 1_200_000n)] })],
    draft: null,
    customer: customerFact({ status: 'PROSPECT', address }),
    lastLegalEntityId: null,
    ...fields,
  }
}
