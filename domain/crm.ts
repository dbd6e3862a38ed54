import type { DateRange, Fact, Interval, Recorded } from './entity.ts'
import type { StandingLevel } from './standing.ts'

export type CustomerStatus = 'PROSPECT' | 'ACTIVE' | 'INACTIVE' | 'MERGED'
export type OpportunityStage = 'OPEN' | 'WON' | 'LOST'
export type QuoteStatus = 'DRAFT' | 'PRESENTED' | 'ACCEPTED' | 'REJECTED' | 'EXPIRED'
export type ContractStatus =
  | 'DRAFT'
  | 'SIGNED'
  | 'ACTIVE'
  | 'SUSPENDED'
  | 'EXPIRED'
  | 'TERMINATED'
  | 'RENEWED'
export type AmendmentKind =
  | 'ADD'
  | 'UPDATE'
  | 'REMOVE'
  | 'CHANGE_PLAN'
  | 'RENEW'
  | 'SUSPEND'
  | 'RESUME'
  | 'CANCEL'
  | 'TRANSFER'
export type AmendmentStatus =
  | 'DRAFT'
  | 'PREVIEWED'
  | 'APPROVED'
  | 'APPLYING'
  | 'APPLIED'
  | 'COMPENSATED'
  | 'FAILED'
export type CustomerSegment = 'SMALL_BUSINESS' | 'MID_MARKET' | 'ENTERPRISE'

/** A person at our company who answers for a customer or a deal. */
export interface Person {
  readonly name: string
  readonly email: string
}

/** A tax registration, as printed on invoices: `eu_vat` DE123456789. */
export interface TaxId {
  readonly type: string
  readonly value: string
}

/** Where a customer is billed; `country` is ISO 3166-1 alpha-2, `region` its state or prefecture code. */
export interface Address {
  readonly line1: string | null
  readonly city: string | null
  readonly postalCode: string | null
  readonly region: string | null
  readonly country: string | null
}

export interface CustomerFact extends Fact {
  readonly name: string
  readonly legalName: string | null
  readonly status: CustomerStatus
  readonly parentId: string | null
  readonly mergedIntoId: string | null
  readonly email: string | null
  readonly domain: string | null
  readonly taxIds: readonly TaxId[]
  readonly address: Address | null
  /** Sales region, such as AMER, EMEA, APAC. */
  readonly region: string | null
  readonly segment: CustomerSegment | null
  readonly owner: Person | null
  /** ISO 4217 code in which the customer is billed unless a document says otherwise. */
  readonly currency: string
}

/** What not every system that knows a customer can tell of it. */
type Untold = 'parentId' | 'domain' | 'region' | 'segment' | 'owner'

/** A customer as a source states it. What it cannot tell is not there, and stays; null says that there is none. */
export type CustomerStatement = Omit<CustomerFact, Untold> & Partial<Pick<CustomerFact, Untold>>

export interface ContactFact extends Fact {
  readonly customerId: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly title: string | null
}

export interface OpportunityFact extends Fact {
  readonly customerId: string
  readonly name: string
  readonly stage: OpportunityStage
  readonly currency: string
  /** Expected or won total, minor units. */
  readonly amount: bigint
  readonly expectedCloseDate: Temporal.PlainDate
  readonly closedOn: Temporal.PlainDate | null
  readonly owner: Person | null
}

export interface QuoteLine {
  readonly id: string
  readonly productId: string
  readonly quantity: string
  /** Minor units per unit and interval. */
  readonly unitPrice: bigint
}

export interface QuoteFact extends Fact {
  readonly opportunityId: string
  readonly number: string
  readonly status: QuoteStatus
  readonly currency: string
  readonly lines: readonly QuoteLine[]
  readonly validUntil: Temporal.PlainDate
}

/**
 * What was sold, in one quantity at one price over one range of dates. A change of quantity or price ends the
 * line and starts another, so a line equals one subscription item and one performance obligation.
 */
export interface ContractLine {
  readonly id: string
  readonly productId: string
  /** Exact decimal in plain notation. */
  readonly quantity: string
  /** Minor units per unit and interval, before tax. */
  readonly unitPrice: bigint
  /** How often the price is due; null for a one-time charge. */
  readonly interval: Interval | null
  readonly servicePeriod: DateRange
}

/** What is left of a suspended contract, to be delivered when it resumes. */
export interface Suspension {
  readonly since: Temporal.PlainDate
  readonly lines: readonly ContractLine[]
}

export interface ContractFact extends Fact {
  readonly customerId: string
  readonly opportunityId: string | null
  readonly legalEntityId: string
  readonly number: string
  readonly status: ContractStatus
  readonly currency: string
  readonly signedOn: Temporal.PlainDate | null
  readonly startDate: Temporal.PlainDate
  /** First day that is no longer covered. */
  readonly endDate: Temporal.PlainDate
  /** A day on which a billing period starts, from which all are counted; null for the first day of the term. */
  readonly billingAnchor: Temporal.PlainDate | null
  readonly autoRenew: boolean
  readonly renewalOfId: string | null
  readonly lines: readonly ContractLine[]
  /** What its lines do not hold while it is suspended; null while nothing is. */
  readonly suspension: Suspension | null
}

export interface AmendmentFact extends Fact {
  readonly contractId: string
  readonly kind: AmendmentKind
  readonly status: AmendmentStatus
  readonly effectiveDate: Temporal.PlainDate
  readonly reason: string | null
  readonly currency: string
  /** Change of the total contract value, minor units; negative for a reduction. */
  readonly contractValueDelta: bigint
}

/** What billing and ERP tell CRM of a customer, so that whoever speaks with it sees it there. */
export interface BillingFeedback {
  readonly standing: StandingLevel
  /** Whether a payment is contested at the bank. */
  readonly disputeOpen: boolean
  /** Whether nobody reminds it of overdue invoices at present. */
  readonly dunningPaused: boolean
  /** Whether accounting stopped selling to it on credit. */
  readonly creditHold: boolean
  /** When the other systems told it. */
  readonly asOf: Temporal.Instant
}

/** A customer as stored, with what no source of CRM states: null until other systems told it. */
export type Customer = CustomerFact & Recorded & { readonly billingFeedback: BillingFeedback | null }
export type Contact = ContactFact & Recorded
export type Opportunity = OpportunityFact & Recorded
export type Quote = QuoteFact & Recorded
export type Amendment = AmendmentFact & Recorded

/** A contract as stored: `totalContractValue` is derived from the lines by `domain/contract.ts`. */
export type Contract = ContractFact & Recorded & { readonly totalContractValue: bigint }
