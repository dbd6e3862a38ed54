/** What flows ask of the systems, and have them do. The composition root connects it to the subgraphs' commands. */
import type { Blocker } from '#domain/checklist.ts'
import type { BilledInvoice } from '#domain/adjustment-document.ts'
import type { LineNames } from '#domain/bill.ts'
import type {
  CollectionMethod,
  CreditNote,
  Dispute,
  Invoice,
  Payment,
  Subscription,
  TaxLine,
} from '#domain/billing.ts'
import type { BillingFeedback, Contract, Customer } from '#domain/crm.ts'
import type { StatedCustomer } from '#domain/customer-identity.ts'
import type { Deal, DealTerms, Offering } from '#domain/deal.ts'
import type { DisputeTerms } from '#domain/dispute-terms.ts'
import type { InvoiceDraft } from '#domain/document-draft.ts'
import type { CreditNoteDraft } from '#domain/credit-note-draft.ts'
import type { Outcome, Violation } from '#domain/failure.ts'
import type { HeldWrite, Proposal } from '#domain/foreign-write.ts'
import type { JournalEntry } from '#domain/journal.ts'
import type { Money } from '#domain/money.ts'
import type { PaymentDraft, SettlementTerms } from '#domain/payment-draft.ts'
import type { RefundTerms } from '#domain/refund-terms.ts'
import type { AmendmentCommands, Command, Previewing, SubscriptionCommands } from './amendment-commands.ts'

/** A refund as billing makes it. */
export interface Refunding extends RefundTerms {
  readonly paymentId: string
  readonly reason: string | null
  readonly creditNoteId: string | null
}

/** What became of a payment, as billing takes it. */
export interface Settling extends SettlementTerms {
  readonly paymentId: string
}

/** An invoice that is given up, and from which day on. */
export interface WritingOff {
  readonly invoiceId: string
  readonly closedOn: Temporal.PlainDate
}

/** A dispute as the bank tells of it. */
export interface DisputeOpening extends DisputeTerms {
  readonly paymentId: string
}

/** What the bank decided, and when. */
export interface DisputeClosing {
  readonly disputeId: string
  readonly outcome: 'WON' | 'LOST'
  readonly closedOn: Temporal.PlainDate
}

/** The tax on what is sold, minor units, with the rule of each line. */
interface TaxQuote {
  readonly taxes: readonly TaxLine[]
}

/** Whether a customer can be sold to, and what speaks against it. */
interface Accounts {
  readonly validate: (
    customerId: string,
    date: Temporal.PlainDate,
  ) => Promise<{
    readonly isValid: boolean
    readonly findings: readonly { readonly message: string }[]
  } | null>
  /** Code of our company that sells where the customer is; null where no route says. */
  readonly route: (customerId: string, date: Temporal.PlainDate) => Promise<string | null>
}

/** A deal, or a contract as an amendment would leave it. */
interface LimitedDeal {
  readonly legalEntityId: string
  /** One for each line. */
  readonly productIds: readonly string[]
  /** Null for a contract that is still to be signed. */
  readonly contractId: string | null
  readonly amount: Money
}

/** What the workflow model is made for. */
interface ModelLimits {
  /** OUTGROWN for each limit that is exceeded. */
  readonly check: (deal: LimitedDeal) => Promise<readonly Violation[]>
}

/** What is sold. */
interface Catalogue {
  /** What a product lacks for us to sell it, naming it; null where billing does not know it. */
  readonly check: (productId: string) => Promise<readonly Violation[] | null>
}

interface Tax {
  readonly quote: (request: {
    readonly customerId: string
    readonly place: null
    readonly legalEntityId: string
    readonly date: Temporal.PlainDate
    readonly lines: readonly {
      readonly productId: string | null
      readonly taxCode: null
      readonly net: bigint
    }[]
  }) => Promise<Outcome<TaxQuote>>
}

/** An account of a customer in the books. */
interface Account {
  readonly customerId: string
  readonly region: string | null
  readonly legalEntityId: string
  readonly currency: string
}

/** What is stated of a customer, and what it is to us from now on; null leaves that as it is. */
export interface CustomerStatement {
  readonly stated: StatedCustomer
  readonly status: 'PROSPECT' | 'ACTIVE' | 'INACTIVE' | null
}

/** A customer as CRM has it. */
export interface UpsertedCustomer {
  readonly customerId: string
  /** What was not taken, since another system masters it; not given where all was. */
  readonly held?: readonly HeldWrite[]
}

/** Two records of one customer: the one that carries on, and the one that was found to be it. */
export interface Merging {
  readonly survivorId: string
  readonly mergedId: string
}

/** How much of the merged customer went over, or back. */
interface Merged extends Merging {
  readonly contacts: number
  readonly opportunities: number
  readonly contracts: number
  readonly subsidiaries: number
}

/** What the other systems say of a customer at an instant; without a standing where insight has not told any yet. */
export type Feedback = Omit<BillingFeedback, 'standing'> & Partial<Pick<BillingFeedback, 'standing'>>

interface Crm extends AmendmentCommands {
  readonly readCustomer: (id: string) => Promise<Customer | undefined>
  readonly readDeal: (opportunityId: string) => Promise<Deal | null>
  /** Goes by the masters of the model that holds now; what is held back is before a person once this is done. */
  readonly upsertCustomer: Command<CustomerStatement, UpsertedCustomer>
  readonly mergeCustomers: Command<Merging, Merged>
  readonly unmergeCustomers: Command<Pick<Merging, 'mergedId'>, Merged>
  readonly readContract: (id: string) => Promise<Contract | undefined>
  readonly signContract: Command<DealTerms, { readonly contractId: string; readonly number: string }>
  readonly activateContract: Command<{ readonly contractId: string }, unknown>
  readonly expireContract: Command<{ readonly contractId: string }, unknown>
  readonly terminateContract: Command<
    { readonly contractId: string; readonly on: Temporal.PlainDate },
    unknown
  >
  readonly winOpportunity: Command<
    { readonly opportunityId: string; readonly closedOn: Temporal.PlainDate; readonly amount: bigint },
    unknown
  >
  readonly noteBillingFeedback: Command<{ readonly customerId: string } & Feedback, unknown>
}

/** What the next invoice or credit note of a contract follows from. */
interface ContractBilling {
  /** Null before it is opened, and for a contract without recurring lines. */
  readonly subscription: Subscription | null
  readonly invoices: readonly BilledInvoice[]
  readonly names: LineNames
}

/** What was used of an item, as an exact decimal, and what it comes to; null where no price says so. */
export interface UnratedUsage {
  readonly itemId: string
  readonly productId: string | null
  readonly quantity: string
  readonly amount: Money | null
}

interface Billing extends SubscriptionCommands {
  /** The products that are named, and their prices. */
  readonly readOffering: (productIds: readonly string[]) => Promise<Omit<Offering, 'legalEntities'>>
  /** What billing did for a contract, and what its lines are called on an invoice. */
  readonly readContractBilling: (contract: Pick<Contract, 'id' | 'lines'>) => Promise<ContractBilling>
  readonly openSubscription: Command<
    { readonly contract: Contract; readonly collectionMethod: CollectionMethod },
    { readonly subscriptionId: string | null }
  >
  readonly cancelSubscription: Command<
    { readonly subscriptionId: string; readonly on: Temporal.PlainDate },
    unknown
  >
  readonly issueInvoice: Command<InvoiceDraft, { readonly invoiceId: string; readonly number: string }>
  /** Today where a legal entity keeps its books. */
  readonly today: (legalEntityId: string) => Promise<Temporal.PlainDate>
  /** Which day an instant is there. */
  readonly dayOf: (instant: Temporal.Instant, legalEntityId: string) => Promise<Temporal.PlainDate>
  /** Those that there are, in no order. */
  readonly readInvoices: (ids: readonly string[]) => Promise<readonly Invoice[]>
  /** Of one invoice. */
  readonly readCreditNotes: (invoiceId: string) => Promise<readonly CreditNote[]>
  readonly readPayment: (id: string) => Promise<Payment | undefined>
  readonly recordPayment: Command<PaymentDraft, { readonly paymentId: string }>
  readonly settlePayment: Command<Settling, { readonly paymentId: string }>
  readonly refundPayment: Command<Refunding, { readonly refundId: string }>
  readonly readDispute: (id: string) => Promise<Dispute | undefined>
  /** Of one payment. */
  readonly readDisputes: (paymentId: string) => Promise<readonly Dispute[]>
  readonly openDispute: Command<DisputeOpening, { readonly disputeId: string }>
  readonly closeDispute: Command<DisputeClosing, { readonly disputeId: string }>
  /** Has the collection of a customer's invoices wait while a payment of it is contested, and go on once none is. */
  readonly steerCollection: Command<
    { readonly customerId: string; readonly on: Temporal.PlainDate },
    { readonly isDisputed: boolean }
  >
  readonly readSubscription: (id: string) => Promise<Subscription | undefined>
  /** What was used of a subscription in a month and no invoice bills. */
  readonly readUnratedUsage: (
    subscriptionId: string,
    month: Temporal.PlainYearMonth,
  ) => Promise<readonly UnratedUsage[]>
  /** Counts an attempt to collect an invoice; of one that owes nothing any more, ends its collection. */
  readonly advanceDunning: Command<
    { readonly invoiceId: string; readonly on: Temporal.PlainDate },
    { readonly status: string | null; readonly attempts: number }
  >
  readonly issueCreditNote: Command<
    CreditNoteDraft,
    { readonly creditNoteId: string; readonly number: string }
  >
  readonly publishProduct: Command<{ readonly productId: string }, unknown>
  readonly writeOffInvoice: Command<WritingOff, { readonly invoiceId: string }>
}

/** What the books have to meet. */
interface Bookable {
  readonly contractIds: readonly string[]
  readonly documentIds: readonly string[]
}

/** What came to the bank from a payment processor: minor units, negative where it took money back. */
export interface PaidOut {
  readonly legalEntityId: string
  readonly currency: string
  readonly amount: bigint
  readonly paidOn: Temporal.PlainDate
  readonly reference: string
}

/** A period of a company's books, by its name. */
export interface PeriodName {
  readonly legalEntityId: string
  readonly period: Temporal.PlainYearMonth
}

/** Whether a period can be closed now. */
interface PeriodCheck {
  /** Null where there is no such period. */
  readonly periodId: string | null
  readonly blockers: readonly Blocker[]
  readonly violations: readonly Violation[]
}

/** What the books post before a period is sealed. */
type Adjustment = 'SET_UNBILLED_APART' | 'REVALUE_FOREIGN_MONEY'

/** How the books of a period are closed. */
interface Closing {
  readonly checkPeriod: (name: PeriodName) => Promise<PeriodCheck>
  readonly beginClose: Command<PeriodName, unknown>
  readonly giveUpClose: Command<PeriodName, unknown>
  readonly recognizePeriod: Command<PeriodName, { readonly months: number }>
  readonly adjustPeriod: Command<PeriodName & { readonly step: Adjustment }, { readonly entries: number }>
  readonly sealPeriod: Command<PeriodName & { readonly closedBy: string }, { readonly sealHash: string }>
}

/** Of an entry, what it is about. */
type PostedEntry = Pick<JournalEntry, 'customerId' | 'legalEntityId' | 'sourceId'>

interface Erp extends Closing {
  readonly recordPayout: Command<PaidOut, { readonly entryId: string; readonly inClearing: string }>
  /** As it last told of them where it is away: nothing that is asked for before work is accepted needs it. */
  readonly readLegalEntities: () => Promise<Offering['legalEntities']>
  /** The first day of which a legal entity has books; null where it has none yet, or ERP is away. */
  readonly firstDay: (legalEntityId: string) => Promise<Temporal.PlainDate | null>
  readonly openAccount: Command<Account, { readonly onHold: boolean }>
  readonly readEntry: (id: string) => Promise<PostedEntry | undefined>
  /** Has an entry in the outside general ledger of its company; false where we keep that, or it is there already. */
  readonly shareEntry: Command<{ readonly entryId: string }, { readonly isShared: boolean }>
  /** Brings the books to what contracts and documents say now: planned, posted and scheduled. */
  readonly book: Command<Bookable, { readonly entryIds: readonly string[] }>
}

/** What becomes of what a system proposes of a field that another one masters. */
interface Proposals {
  /** Why it cannot be taken over now. */
  readonly check: (proposal: Proposal) => Promise<readonly Violation[]>
  readonly takeOver: Command<Proposal, { readonly version: number }>
  /** The books learn what the object is now. */
  readonly follow: Command<Proposal, unknown>
}

/** The systems as flows see them. */
export interface Systems {
  readonly crm: Crm
  readonly billing: Billing
  readonly erp: Erp
  readonly tax: Tax
  readonly accounts: Accounts
  readonly limits: ModelLimits
  readonly catalogue: Catalogue
  readonly preview: Previewing
  readonly proposals: Proposals
  /** How a customer stands by what insight, billing and ERP know now. */
  readonly readFeedback: (customerId: string) => Promise<Feedback>
  /** Whether the workflow that is first in line about a subject waits for a person. */
  readonly waiting: (subject: string) => Promise<boolean>
  /** Whether a workflow, if it is one, has still to issue what it is there for. */
  readonly isToIssue: (workflowId: string) => Promise<boolean>
}
