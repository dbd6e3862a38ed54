import type { DateRange, Fact, Interval, Recorded } from './entity.ts'

/** Stripe's eight states of a subscription. */
export type SubscriptionStatus =
  | 'INCOMPLETE'
  | 'INCOMPLETE_EXPIRED'
  | 'TRIALING'
  | 'ACTIVE'
  | 'PAST_DUE'
  | 'CANCELED'
  | 'UNPAID'
  | 'PAUSED'
export type InvoiceStatus = 'DRAFT' | 'OPEN' | 'PARTIALLY_PAID' | 'PAID' | 'VOID' | 'UNCOLLECTIBLE'
/** What the issuer decided about an invoice; how far it is settled follows from payments and credits. */
export type InvoiceLifecycle = 'DRAFT' | 'ISSUED' | 'VOID' | 'UNCOLLECTIBLE'
export type CreditNoteStatus = 'DRAFT' | 'ISSUED' | 'APPLIED' | 'REFUNDED' | 'VOID'
export type PaymentStatus =
  | 'PENDING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'DISPUTED'
export type PaymentOutcome = 'PENDING' | 'SUCCEEDED' | 'FAILED'
export type RefundStatus = 'PENDING' | 'SUCCEEDED' | 'FAILED' | 'CANCELED'
export type DisputeStatus = 'NEEDS_RESPONSE' | 'UNDER_REVIEW' | 'WON' | 'LOST'
export type CollectionMethod = 'CHARGE_AUTOMATICALLY' | 'SEND_INVOICE'
export type PaymentMethod =
  | 'CARD'
  | 'BANK_TRANSFER'
  | 'DIRECT_DEBIT'
  | 'CHECK'
  | 'WALLET'
  | 'CUSTOMER_BALANCE'
  | 'OTHER'
export type DunningStatus = 'ACTIVE' | 'PAUSED' | 'RECOVERED' | 'EXHAUSTED'

export interface ProductFact extends Fact {
  /** Stock keeping unit: the code that the three systems share for a product. */
  readonly sku: string
  readonly name: string
  readonly description: string | null
  readonly family: string | null
  readonly taxCode: string | null
  readonly active: boolean
}

export interface PriceTier {
  /** Last quantity of the tier; null for the open-ended last one. */
  readonly upTo: string | null
  /** Exact decimal, minor units per unit. */
  readonly unitAmount: string
  /** Minor units once when the tier is reached. */
  readonly flatAmount: bigint
}

export interface PriceFact extends Fact {
  readonly productId: string
  readonly nickname: string | null
  readonly currency: string
  /** Exact decimal in minor units per unit, which may be finer than one; null for a tiered price. */
  readonly unitAmount: string | null
  /** Null for a one-time price. */
  readonly interval: Interval | null
  readonly usage: 'LICENSED' | 'METERED'
  readonly tiersMode: 'GRADUATED' | 'VOLUME' | null
  readonly tiers: readonly PriceTier[]
  readonly active: boolean
}

export interface SubscriptionItem {
  readonly id: string
  readonly productId: string
  readonly priceId: string | null
  readonly contractLineId: string | null
  /** Exact decimal in plain notation. */
  readonly quantity: string
  /** Minor units per unit and interval, before tax. */
  readonly unitPrice: bigint
  readonly interval: Interval
  readonly startDate: Temporal.PlainDate
  /** First day without the item; null while it runs. */
  readonly endDate: Temporal.PlainDate | null
}

export interface SubscriptionFact extends Fact {
  readonly customerId: string
  readonly contractId: string | null
  readonly legalEntityId: string
  readonly status: SubscriptionStatus
  readonly currency: string
  readonly collectionMethod: CollectionMethod
  readonly startDate: Temporal.PlainDate
  readonly currentPeriod: DateRange
  readonly cancelAt: Temporal.PlainDate | null
  readonly endedOn: Temporal.PlainDate | null
  readonly items: readonly SubscriptionItem[]
}

export interface InvoiceLine {
  readonly id: string
  readonly description: string
  readonly productId: string | null
  readonly subscriptionItemId: string | null
  readonly contractLineId: string | null
  readonly quantity: string
  /** Minor units, after discount and before exclusive tax; negative for a credit line. */
  readonly amount: bigint
  /** Minor units taken off before `amount`. */
  readonly discount: bigint
  /** Null for what is delivered at once. */
  readonly servicePeriod: DateRange | null
}

export interface TaxLine {
  readonly jurisdiction: string
  /** Percent as an exact decimal: `19`, `8.875`. */
  readonly rate: string
  /** Minor units. */
  readonly taxable: bigint
  readonly amount: bigint
}

export interface InvoiceFact extends Fact {
  readonly customerId: string
  readonly legalEntityId: string
  readonly contractId: string | null
  readonly subscriptionId: string | null
  /** Null until issued: numbers have no gaps per legal entity. */
  readonly number: string | null
  readonly lifecycle: InvoiceLifecycle
  readonly currency: string
  readonly collectionMethod: CollectionMethod
  readonly issueDate: Temporal.PlainDate
  readonly dueDate: Temporal.PlainDate
  /** When it was voided or given up as uncollectible. */
  readonly closedOn: Temporal.PlainDate | null
  readonly lines: readonly InvoiceLine[]
  readonly taxLines: readonly TaxLine[]
}

/**
 * How far an invoice is settled: a pure function of its payments and credit notes (`domain/settlement.ts`), so
 * that the order in which they arrive does not matter. Minor units.
 */
export interface Settlement {
  readonly allocated: bigint
  readonly credited: bigint
  readonly writtenOff: bigint
  readonly paidOn: Temporal.PlainDate | null
}

export interface CreditNoteLine {
  readonly id: string
  readonly invoiceLineId: string | null
  readonly description: string
  /** Minor units before tax; negative where a price reduction is taken back with service that was sold for less. */
  readonly amount: bigint
  /** The undelivered service that is given back; null for a price reduction. */
  readonly servicePeriod: DateRange | null
}

export interface CreditNoteFact extends Fact {
  readonly customerId: string
  readonly legalEntityId: string
  readonly invoiceId: string
  readonly number: string
  readonly status: CreditNoteStatus
  readonly currency: string
  readonly reason: string | null
  readonly issuedOn: Temporal.PlainDate
  readonly voidedOn: Temporal.PlainDate | null
  readonly lines: readonly CreditNoteLine[]
  readonly taxLines: readonly TaxLine[]
}

/** The part of a payment that settles one invoice. */
export interface Allocation {
  readonly id: string
  readonly invoiceId: string
  /** Minor units, positive. */
  readonly amount: bigint
}

export interface PaymentFact extends Fact {
  readonly customerId: string | null
  readonly legalEntityId: string
  readonly outcome: PaymentOutcome
  readonly currency: string
  /** Captured minor units; what was tried, for a failed payment. */
  readonly amount: bigint
  /** Minor units that the processor kept. */
  readonly fee: bigint
  readonly method: PaymentMethod
  readonly receivedAt: Temporal.Instant
  readonly receivedOn: Temporal.PlainDate
  readonly failureCode: string | null
  readonly failureMessage: string | null
  readonly allocations: readonly Allocation[]
}

export interface RefundFact extends Fact {
  readonly paymentId: string
  readonly creditNoteId: string | null
  readonly status: RefundStatus
  readonly currency: string
  readonly amount: bigint
  readonly reason: string | null
  readonly refundedOn: Temporal.PlainDate
}

export interface DisputeFact extends Fact {
  readonly paymentId: string
  readonly customerId: string | null
  readonly status: DisputeStatus
  readonly currency: string
  readonly amount: bigint
  /** Whether the bank took the money back: not so for an inquiry that comes before a dispute. */
  readonly fundsWithdrawn: boolean
  readonly reason: string
  readonly openedOn: Temporal.PlainDate
  readonly evidenceDueOn: Temporal.PlainDate | null
  readonly closedOn: Temporal.PlainDate | null
}

export interface UsageFact extends Fact {
  readonly subscriptionId: string
  readonly subscriptionItemId: string
  readonly quantity: string
  readonly usedAt: Temporal.Instant
}

export interface DunningFact extends Fact {
  readonly invoiceId: string
  readonly status: DunningStatus
  readonly attempts: number
  readonly nextAttemptOn: Temporal.PlainDate | null
}

export type Product = ProductFact & Recorded
export type Price = PriceFact & Recorded
export type Subscription = SubscriptionFact & Recorded
export type Usage = UsageFact & Recorded
export type Dunning = DunningFact & Recorded
export type Dispute = DisputeFact & Recorded

/** An invoice as stored: totals and status are derived by `domain/invoice.ts`. Minor units. */
export type Invoice = InvoiceFact &
  Recorded &
  Settlement & {
    readonly status: InvoiceStatus
    readonly subtotal: bigint
    readonly tax: bigint
    readonly total: bigint
    /** total − allocated − credited − writtenOff; never negative; zero when void. */
    readonly balance: bigint
    /** First day past due with a balance, as the legal entity counts days; stays once noted. Null if it never was. */
    readonly overdueSince: Temporal.PlainDate | null
  }

/** A credit note as stored; `amount` is net + tax, minor units. */
export type CreditNote = CreditNoteFact &
  Recorded & { readonly net: bigint; readonly tax: bigint; readonly amount: bigint }

/** An allocation with the part of it that the invoice could take: a credit note may have freed the rest. */
export type AppliedAllocation = Allocation & { readonly applied: bigint }

/** A payment as stored. Minor units. */
export type Payment = Omit<PaymentFact, 'allocations'> &
  Recorded & {
    readonly status: PaymentStatus
    readonly allocations: readonly AppliedAllocation[]
    readonly refunded: bigint
    /** Cash on account: amount − applied − refunds taken from it; never negative, zero unless it succeeded. */
    readonly unapplied: bigint
  }

/** A refund as stored; what was not taken from unapplied cash is a reduction of revenue. Minor units. */
export type Refund = RefundFact & Recorded & { readonly fromUnapplied: bigint }
