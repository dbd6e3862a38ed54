/** Orders: their ids, their amounts, and what is there before. All follows from their number. */
import type { Facts } from '#domain/facts.ts'
import { quoteLine, yearly } from '#test/domain/deals.ts'
import { invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { stated } from '#test/erp/books.ts'
import { customerFact, opportunityFact, quoteFact } from '#test/support/facts.ts'
import {
  CHANGED_ON,
  contractFacts,
  contractIdOf,
  contractLineIdOf,
  DAYS,
  suspendedFacts,
  type Terms,
  unbilledFacts,
} from './contracts.ts'

/** Something that is asked for once: all that belongs to it follows from its number. */
export interface Order {
  readonly story: string
  readonly number: number
  readonly customerId: string
  /** What its preview told, where it is asked for with that. */
  readonly previewHash?: string
}

/** What is sold, and to whom, before anybody asks for anything. */
const PLATFORM = 'platform'
export const CUSTOMER = {
  legalName: 'Acme Inc.',
  address: { line1: '1 Main St', city: 'Albany', postalCode: '12207', region: 'NY', country: 'US' },
}

/** Name of the connector to the outside billing, and of the system on what it made. */
export const OUTSIDE = 'billing-us'

/** A system that tells of customers. */
export const TELLER = 'campaign-crm'

/** Whose books everything goes to. */
export const LEGAL_ENTITY = 'entity-1'

/** Whoever asks in the campaign. */
export const REQUESTED_BY = 'campaign'

/** Under which key an order is asked for, however often. */
export const keyOf = ({ number }: Order): string => `order-${number}`

export const INVOICED = 900_00n
export const PAID = 300_00n
/** Each order is about an amount of its own, so that no two mistakes make up for each other. */
export const amountOf = ({ number }: Order): bigint => 100_00n + BigInt(number)

export const invoiceIdOf = ({ number }: Order): string => `inv_${number}`
export const paymentIdOf = ({ number }: Order): string => `pay_${number}`
export const opportunityIdOf = ({ number }: Order): string => `opp_${number}`
const lineIdOf = ({ number }: Order): string => `line_${number}`
export const asMoney = (minor: bigint) => ({
  amount: `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`,
  currency: 'USD',
})

export const invoiceOf = (order: Order) =>
  invoiceFact({
    id: invoiceIdOf(order),
    // No number of a series: those that the product gives have to follow each other.
    number: `N-${order.number}-stated`,
    customerId: order.customerId,
    lines: [invoiceLine(INVOICED, { id: lineIdOf(order) })],
  })

export const paymentOf = (order: Order) =>
  paymentFact({
    id: paymentIdOf(order),
    customerId: order.customerId,
    amount: PAID,
    allocations: [{ id: `alc_${order.number}`, invoiceId: invoiceIdOf(order), amount: PAID }],
  })

/** A payment of an amount of its own. */
export const wholePaymentOf = (order: Order) =>
  paymentFact({
    id: paymentIdOf(order),
    customerId: order.customerId,
    amount: amountOf(order),
    allocations: [{ id: `alc_${order.number}`, invoiceId: invoiceIdOf(order), amount: amountOf(order) }],
  })

export const disputeIdOf = ({ number }: Order): string => `dsp_${number}`

export const disputeOf = (order: Order) => ({
  ...stated(disputeIdOf(order)),
  paymentId: paymentIdOf(order),
  customerId: order.customerId,
  status: 'NEEDS_RESPONSE' as const,
  currency: 'USD',
  amount: amountOf(order),
  fundsWithdrawn: true,
  reason: 'fraudulent',
  openedOn: Temporal.PlainDate.from('2026-03-01'),
  evidenceDueOn: null,
  closedOn: null,
})

/** A customer of an order's own, beside the one that it is about. */
export const OTHER_CUSTOMER = 'cus_other_'
export const otherCustomerIdOf = ({ number }: Order): string => `${OTHER_CUSTOMER}${number}`
export const otherCustomerOf = (order: Order) => customerFact({ ...CUSTOMER, id: otherCustomerIdOf(order) })

/** What the outside billing calls a payment that it took before. */
export const takenIdOf = ({ number }: Order): string => `stated_${number}`

/** The same, taken by the outside billing. */
export const takenOutside = (order: Order) => ({
  ...paymentOf(order),
  externalRefs: [
    {
      system: OUTSIDE,
      instance: 'default',
      objectType: 'payment',
      externalId: takenIdOf(order),
      url: null,
      sourceVersion: 1n,
    },
  ],
})

export const refund = (order: Order) => ({
  paymentId: paymentIdOf(order),
  amount: asMoney(amountOf(order)),
  reason: 'Goodwill',
})

export const payment = (order: Order) => ({
  customerId: order.customerId,
  amount: asMoney(amountOf(order)),
  method: 'BANK_TRANSFER' as const,
  receivedAt: Temporal.Instant.from('2026-02-01T12:00:00Z'),
  allocations: [{ invoiceId: invoiceIdOf(order), amount: asMoney(amountOf(order)) }],
})

export const credit = (order: Order, amount: bigint) => ({
  invoiceId: invoiceIdOf(order),
  reason: 'Late delivery',
  lines: [{ invoiceLineId: lineIdOf(order), amount: asMoney(amount) }],
})

/** A price of which the tax is a whole number of cents. */
export const priceOf = ({ number }: Order): bigint => 12_000_00n + 100n * BigInt(number)

/** With the sales tax of the state where the customers are, 4 percent. */
export const taxed = (net: bigint): bigint => net + (net * 4n) / 100n

export const opportunityOf = (order: Order) =>
  opportunityFact({ id: opportunityIdOf(order), customerId: order.customerId })

export const quoteOf = (order: Order) =>
  quoteFact({
    id: `quo_${order.number}`,
    opportunityId: opportunityIdOf(order),
    number: `Q-${order.number}`,
    status: 'ACCEPTED',
    lines: [quoteLine(PLATFORM, priceOf(order))],
  })

/** What a contract costs a day before and after it is amended, so that the tax on it is a whole number of cents. */
export const dailyOf = ({ number }: Order): bigint => 10_00n + BigInt(number)
export const amendedDailyOf = ({ number }: Order): bigint => 20_00n + 6n * BigInt(number)

/** The same, so that the tax on any number of days that a story has is a whole number of cents. */
export const roundDailyOf = ({ number }: Order): bigint => 10_00n + 25n * BigInt(number)

export const nameOf = ({ number }: Order): string => String(number)

const termsOf = (order: Order, daily: bigint): Terms => ({
  name: nameOf(order),
  customerId: order.customerId,
  daily,
})

export const billedContract = (order: Order, daily = dailyOf(order)): Partial<Facts> =>
  contractFacts(termsOf(order, daily), PLATFORM)

export const unbilledContract = (order: Order): Partial<Facts> =>
  unbilledFacts(termsOf(order, roundDailyOf(order)), PLATFORM)

export const suspendedContract = (order: Order): Partial<Facts> =>
  suspendedFacts(termsOf(order, roundDailyOf(order)), PLATFORM)

export const amendment = (order: Order) => ({
  contractId: contractIdOf(nameOf(order)),
  effectiveDate: Temporal.PlainDate.from(CHANGED_ON),
  changes: [
    { lineId: contractLineIdOf(nameOf(order)), unitPrice: asMoney(DAYS.year * amendedDailyOf(order)) },
  ],
})

export const charged = (order: Order): bigint => taxed(DAYS.after * (amendedDailyOf(order) - dailyOf(order)))

/** What a contract is worth, as it was signed and as the books plan it. */
export const agreed = (about: string, worth: bigint): string[] => [
  `contract ${about} ${worth}`,
  `subscription ${about}`,
  `schedule ${about} ${worth}`,
]

/** What a changed contract is worth, that the change is closed, and what was billed before. */
export const changed = (order: Order, worth: bigint, billed = DAYS.year * dailyOf(order)): string[] => {
  const id = contractIdOf(nameOf(order))
  return [...agreed(id, worth), `amendment APPLIED ${id}`, `invoice ${id} ${billed}`]
}

/** What is there before any order. */
export const catalogueFacts = (): Partial<Facts> => ({
  products: [
    {
      ...stated(PLATFORM),
      sku: 'PLATFORM',
      name: 'Platform',
      description: null,
      family: null,
      taxCode: 'txcd_10103001',
      active: true,
    },
  ],
  prices: [
    {
      ...stated('price'),
      productId: PLATFORM,
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
