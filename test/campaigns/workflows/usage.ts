/** A subscription of an order's own whose use of a month is to be billed. */
import type { Facts } from '#domain/facts.ts'
import { monthly } from '#test/domain/deals.ts'
import { day, range } from '#test/domain/documents.ts'
import { stated } from '#test/erp/books.ts'
import { LEGAL_ENTITY, type Order } from './orders.ts'

/** What is used, and what a call costs: the tax on it is a whole cent. */
const [CALLS, PRICE] = ['calls', 'price_of_calls']
export const CALL_PRICE = 25n
export const USED_IN = '2026-02'

export const subscriptionIdOf = ({ number }: Order): string => `sub_${number}_used`
export const callsOf = ({ number }: Order): bigint => 100n + BigInt(number)
const itemIdOf = (order: Order): string => `sit_${subscriptionIdOf(order)}`

export const meteredFacts = (order: Order): Partial<Facts> => ({
  subscriptions: [
    {
      ...stated(subscriptionIdOf(order)),
      customerId: order.customerId,
      contractId: null,
      legalEntityId: LEGAL_ENTITY,
      status: 'ACTIVE',
      currency: 'USD',
      collectionMethod: 'SEND_INVOICE',
      startDate: day('2026-01-01'),
      currentPeriod: range('2026-03-01', '2026-04-01'),
      cancelAt: null,
      endedOn: null,
      items: [
        {
          id: itemIdOf(order),
          productId: CALLS,
          priceId: PRICE,
          contractLineId: null,
          quantity: '0',
          unitPrice: 0n,
          interval: monthly,
          startDate: day('2026-01-01'),
          endDate: null,
        },
      ],
    },
  ],
  usage: [
    {
      ...stated(`usg_${order.number}`),
      subscriptionId: subscriptionIdOf(order),
      subscriptionItemId: itemIdOf(order),
      quantity: String(callsOf(order)),
      usedAt: Temporal.Instant.from('2026-02-10T12:00:00Z'),
    },
  ],
})

/** What is metered. */
export const meteredCatalogue: Pick<Facts, 'products' | 'prices'> = {
  products: [
    {
      ...stated(CALLS),
      sku: 'CALLS',
      name: 'Calls',
      description: null,
      family: null,
      taxCode: 'txcd_10103001',
      active: true,
    },
  ],
  prices: [
    {
      ...stated(PRICE),
      productId: CALLS,
      nickname: null,
      currency: 'USD',
      unitAmount: String(CALL_PRICE),
      interval: monthly,
      usage: 'METERED',
      tiersMode: null,
      tiers: [],
      active: true,
    },
  ],
}
