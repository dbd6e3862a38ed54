/** The flows of the campaign as rows of a table: what is there before, what is asked, and what must come of it. */
import type { Outcome } from '#domain/failure.ts'
import type { Facts } from '#domain/facts.ts'
import { amendContract } from '#subgraphs/operations/flows/amend-contract.ts'
import { previewOf } from '#subgraphs/operations/flows/amendment-preview.ts'
import { cancelContract } from '#subgraphs/operations/flows/change-contract.ts'
import { closeOpportunity } from '#subgraphs/operations/flows/close-opportunity.ts'
import { issueCreditNote } from '#subgraphs/operations/flows/issue-credit-note.ts'
import { recordPayment } from '#subgraphs/operations/flows/record-payment.ts'
import { refundPayment } from '#subgraphs/operations/flows/refund-payment.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import { writeOffInvoice } from '#subgraphs/operations/flows/write-off-invoice.ts'
import type { Accepted } from '#subgraphs/operations/workflows/accept.ts'
import type { WorkflowDesk } from '#subgraphs/operations/workflows/desk.ts'
import type { AnyFlow, Flow } from '#subgraphs/operations/workflows/flow.ts'
import { quoteLine, yearly } from '#test/domain/deals.ts'
import { invoiceFact, invoiceLine, paymentFact } from '#test/domain/documents.ts'
import { stated } from '#test/erp/books.ts'
import { customerFact, opportunityFact, quoteFact } from '#test/support/facts.ts'
import { CHANGED_ON, contractFacts, contractIdOf, contractLineIdOf, DAYS } from './contracts.ts'
import { overpay } from './overpay.ts'

/** Something that is asked for once: all that belongs to it follows from its number. */
export interface Order {
  readonly story: string
  readonly number: number
  readonly customerId: string
  /** What its preview told, where it is asked for with that. */
  readonly previewHash?: string
}

/** What an order leaves in the books, in minor units, with what was there before. */
interface Left {
  readonly receivables: bigint
  readonly cash: bigint
}

/** A flow in the campaign. */
export interface Story {
  readonly flow: AnyFlow<Systems>
  /** Turns beside its steps: what it takes back. */
  readonly undoes?: readonly string[]
  readonly ends: 'COMPLETED' | 'COMPENSATED'
  readonly facts: (order: Order) => Partial<Facts>
  /** What a client looks at first, whose hash it asks with. */
  readonly preview?: (systems: Systems, order: Order) => Promise<string>
  readonly start: (desk: WorkflowDesk<Systems>, order: Order, key: string) => Promise<Outcome<Accepted>>
  /** What the systems do for it, each with its kind, what it is about, and its amount in minor units. */
  readonly effects: (order: Order) => readonly string[]
  readonly leaves: (order: Order) => Left
}

/** What is sold, and to whom, before anybody asks for anything. */
const PLATFORM = 'platform'
const CUSTOMER = {
  legalName: 'Acme Inc.',
  address: { line1: '1 Main St', city: 'Albany', postalCode: '12207', region: 'NY', country: 'US' },
}

/** Whose books everything goes to. */
export const LEGAL_ENTITY = 'entity-1'

/** Whoever asks in the campaign. */
export const REQUESTED_BY = 'campaign'

/** Under which key an order is asked for, however often. */
export const keyOf = ({ number }: Order): string => `order-${number}`

const INVOICED = 900_00n
const PAID = 300_00n
/** Each order is about an amount of its own, so that no two mistakes make up for each other. */
const amountOf = ({ number }: Order): bigint => 100_00n + BigInt(number)

const invoiceIdOf = ({ number }: Order): string => `inv_${number}`
const paymentIdOf = ({ number }: Order): string => `pay_${number}`
const opportunityIdOf = ({ number }: Order): string => `opp_${number}`
const lineIdOf = ({ number }: Order): string => `line_${number}`
const asMoney = (minor: bigint) => ({
  amount: `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`,
  currency: 'USD',
})

const invoiceOf = (order: Order) =>
  invoiceFact({
    id: invoiceIdOf(order),
    // No number of a series: those that the product gives have to follow each other.
    number: `N-${order.number}-stated`,
    customerId: order.customerId,
    lines: [invoiceLine(INVOICED, { id: lineIdOf(order) })],
  })

const paymentOf = (order: Order) =>
  paymentFact({
    id: paymentIdOf(order),
    customerId: order.customerId,
    amount: PAID,
    allocations: [{ id: `alc_${order.number}`, invoiceId: invoiceIdOf(order), amount: PAID }],
  })

const payment = (order: Order) => ({
  customerId: order.customerId,
  amount: asMoney(amountOf(order)),
  method: 'BANK_TRANSFER' as const,
  receivedAt: Temporal.Instant.from('2026-02-01T12:00:00Z'),
  allocations: [{ invoiceId: invoiceIdOf(order), amount: asMoney(amountOf(order)) }],
})

const credit = (order: Order, amount: bigint) => ({
  invoiceId: invoiceIdOf(order),
  reason: 'Late delivery',
  lines: [{ invoiceLineId: lineIdOf(order), amount: asMoney(amount) }],
})

/** A price of which the tax is a whole number of cents. */
const priceOf = ({ number }: Order): bigint => 12_000_00n + 100n * BigInt(number)

/** With the sales tax of the state where the customers are, 4 percent. */
const taxed = (net: bigint): bigint => net + (net * 4n) / 100n

const opportunityOf = (order: Order) =>
  opportunityFact({ id: opportunityIdOf(order), customerId: order.customerId })

const quoteOf = (order: Order) =>
  quoteFact({
    id: `quo_${order.number}`,
    opportunityId: opportunityIdOf(order),
    number: `Q-${order.number}`,
    status: 'ACCEPTED',
    lines: [quoteLine(PLATFORM, priceOf(order))],
  })

/** What a contract costs a day before and after it is amended, so that the tax on it is a whole number of cents. */
const dailyOf = ({ number }: Order): bigint => 10_00n + BigInt(number)
const amendedDailyOf = ({ number }: Order): bigint => 20_00n + 6n * BigInt(number)

const nameOf = ({ number }: Order): string => String(number)

const billedContract = (order: Order): Partial<Facts> =>
  contractFacts({ name: nameOf(order), customerId: order.customerId, daily: dailyOf(order) }, PLATFORM)

const amendment = (order: Order) => ({
  contractId: contractIdOf(nameOf(order)),
  effectiveDate: Temporal.PlainDate.from(CHANGED_ON),
  changes: [
    { lineId: contractLineIdOf(nameOf(order)), unitPrice: asMoney(DAYS.year * amendedDailyOf(order)) },
  ],
})

const charged = (order: Order): bigint => taxed(DAYS.after * (amendedDailyOf(order) - dailyOf(order)))

/** What a changed contract is worth, as it was signed and as the books plan it, and that the change is closed. */
const changed = (order: Order, worth: bigint): string[] => {
  const id = contractIdOf(nameOf(order))
  return [
    `contract ${id} ${worth}`,
    `subscription ${id}`,
    `schedule ${id} ${worth}`,
    `amendment APPLIED ${id}`,
    `invoice ${id} ${DAYS.year * dailyOf(order)}`,
  ]
}

/** Starts a flow with what an order asks for. */
const starts =
  <Asked extends object, Prepared>(
    flow: Flow<Systems, Asked & { readonly idempotencyKey: string }, Prepared>,
    ask: (order: Order) => Asked,
  ): Story['start'] =>
  (desk, order, key) =>
    desk.start(
      flow,
      { ...ask(order), idempotencyKey: key },
      { requestedBy: REQUESTED_BY, correlationId: key },
    )

/** Name → flow: another one is another row. */
export const STORIES: Readonly<Record<string, Story>> = {
  recordPayment: {
    flow: recordPayment,
    ends: 'COMPLETED',
    facts: (order) => ({ invoices: [invoiceOf(order)] }),
    start: starts(recordPayment, payment),
    effects: (order) => [`payment ${invoiceIdOf(order)} ${amountOf(order)}`],
    leaves: (order) => ({ receivables: INVOICED - amountOf(order), cash: amountOf(order) }),
  },
  refundPayment: {
    flow: refundPayment,
    ends: 'COMPLETED',
    facts: (order) => ({ invoices: [invoiceOf(order)], payments: [paymentOf(order)] }),
    start: starts(refundPayment, (order) => ({
      paymentId: paymentIdOf(order),
      amount: asMoney(amountOf(order)),
      reason: 'Goodwill',
    })),
    effects: (order) => [`refund ${invoiceIdOf(order)} ${amountOf(order)}`],
    leaves: (order) => ({ receivables: INVOICED - PAID, cash: PAID - amountOf(order) }),
  },
  issueCreditNote: {
    flow: issueCreditNote,
    ends: 'COMPLETED',
    facts: (order) => ({ invoices: [invoiceOf(order)] }),
    start: starts(issueCreditNote, (order) => credit(order, amountOf(order))),
    effects: (order) => [`credit note ${invoiceIdOf(order)} ${amountOf(order)}`],
    leaves: (order) => ({ receivables: INVOICED - amountOf(order), cash: 0n }),
  },
  writeOffInvoice: {
    flow: writeOffInvoice,
    ends: 'COMPLETED',
    facts: (order) => ({ invoices: [invoiceOf(order)] }),
    start: starts(writeOffInvoice, (order) => ({ invoiceId: invoiceIdOf(order), reason: 'Insolvent' })),
    effects: (order) => [`write-off ${invoiceIdOf(order)} ${INVOICED}`],
    leaves: () => ({ receivables: 0n, cash: 0n }),
  },
  closeOpportunity: {
    flow: closeOpportunity,
    ends: 'COMPLETED',
    facts: (order) => ({ opportunities: [opportunityOf(order)], quotes: [quoteOf(order)] }),
    start: starts(closeOpportunity, (order) => ({
      opportunityId: opportunityIdOf(order),
      closedOn: Temporal.PlainDate.from('2026-06-15'),
    })),
    effects: (order) => {
      const [deal, price] = [opportunityIdOf(order), priceOf(order)]
      return [
        `contract ${deal} ${price}`,
        `subscription ${deal}`,
        `invoice ${deal} ${taxed(price)}`,
        `schedule ${deal} ${price}`,
        `won ${deal} ${price}`,
      ]
    },
    leaves: (order) => ({ receivables: taxed(priceOf(order)), cash: 0n }),
  },
  amendContract: {
    flow: amendContract,
    ends: 'COMPLETED',
    facts: billedContract,
    preview: async ({ preview }, order) => {
      const { value, violations } = await previewOf(preview, amendment(order), preview.today())
      if (value === undefined) throw new Error(JSON.stringify(violations))
      return value.previewHash
    },
    start: starts(amendContract, (order) => ({ ...amendment(order), previewHash: order.previewHash ?? '' })),
    effects: (order) => [
      ...changed(order, DAYS.before * dailyOf(order) + DAYS.after * amendedDailyOf(order)),
      `invoice ${contractIdOf(nameOf(order))} ${charged(order)}`,
    ],
    leaves: (order) => ({ receivables: DAYS.year * dailyOf(order) + charged(order), cash: 0n }),
  },
  cancelContract: {
    flow: cancelContract,
    ends: 'COMPLETED',
    facts: billedContract,
    start: starts(cancelContract, (order) => ({
      contractId: contractIdOf(nameOf(order)),
      effectiveDate: Temporal.PlainDate.from(CHANGED_ON),
      reason: 'Moves on',
    })),
    effects: (order) => [
      ...changed(order, DAYS.before * dailyOf(order)),
      `credit note inv_${nameOf(order)} ${DAYS.after * dailyOf(order)}`,
    ],
    leaves: (order) => ({ receivables: DAYS.before * dailyOf(order), cash: 0n }),
  },
  // Its pivot is refused: what was done before is taken back.
  overpay: {
    flow: overpay,
    undoes: ['pay/undo'],
    ends: 'COMPENSATED',
    facts: (order) => ({ invoices: [invoiceOf(order)] }),
    start: starts(overpay, (order) => ({
      payment: payment(order),
      creditNote: credit(order, INVOICED + 1n),
    })),
    effects: (order) =>
      ['payment', 'refund'].map((kind) => `${kind} ${invoiceIdOf(order)} ${amountOf(order)}`),
    leaves: (order) => ({ receivables: INVOICED - amountOf(order), cash: 0n }),
  },
}

/** The story of an order. */
export function storyOf({ story }: Pick<Order, 'story'>): Story {
  const known = STORIES[story]
  if (known === undefined) throw new RangeError(`there is no story ${story}`)
  return known
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

/** What has to be there before orders, all together. */
export function factsOf(orders: readonly Order[]): Partial<Facts> {
  const customerIds = [...new Set(orders.map(({ customerId }) => customerId))]
  const facts = orders.map((order) => storyOf(order).facts(order))
  return {
    customers: customerIds.map((id) => customerFact({ ...CUSTOMER, id })),
    opportunities: facts.flatMap(({ opportunities = [] }) => opportunities),
    quotes: facts.flatMap(({ quotes = [] }) => quotes),
    contracts: facts.flatMap(({ contracts = [] }) => contracts),
    subscriptions: facts.flatMap(({ subscriptions = [] }) => subscriptions),
    invoices: facts.flatMap(({ invoices = [] }) => invoices),
    payments: facts.flatMap(({ payments = [] }) => payments),
  }
}
