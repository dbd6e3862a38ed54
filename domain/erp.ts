import type { DateRange, Fact, Recorded } from './entity.ts'

export type PeriodStatus = 'OPEN' | 'PENDING_CLOSE' | 'CLOSED' | 'REOPENED'
export type JournalStatus = 'DRAFT' | 'POSTED' | 'REVERSED'
export type ScheduleEntryStatus = 'PLANNED' | 'POSTED' | 'REVERSED'
export type AccountType = 'ASSET' | 'LIABILITY' | 'EQUITY' | 'REVENUE' | 'CONTRA_REVENUE' | 'EXPENSE'
export type RecognitionMethod =
  | 'STRAIGHT_LINE_DAILY'
  | 'STRAIGHT_LINE_MONTHLY'
  | 'POINT_IN_TIME'
  | 'USAGE'
  | 'MILESTONE'
  | 'PERCENTAGE_OF_COMPLETION'
/** What an account is for; posting rules name roles, a chart of accounts gives each entity's account for it. */
export type AccountRole =
  | 'RECEIVABLES'
  | 'CONTRACT_ASSETS'
  | 'DEFERRED_REVENUE'
  | 'REVENUE'
  | 'CREDITS_AND_REFUNDS'
  | 'TAX_PAYABLE'
  | 'BANK'
  | 'CASH_CLEARING'
  | 'PROCESSOR_FEES'
  | 'DISPUTED_CASH'
  | 'DISPUTE_LOSSES'
  | 'BAD_DEBT'
  | 'CUSTOMER_BALANCE'
  | 'DUE_FROM_AFFILIATES'
  | 'DUE_TO_AFFILIATES'
  | 'FX_REALIZED'
  | 'FX_UNREALIZED'
type FiscalCalendar = 'CALENDAR_MONTHS' | 'FOUR_FOUR_FIVE'

export interface LegalEntityFact extends Fact {
  /** Short code, prefix of its document numbers: US, DE. */
  readonly code: string
  readonly name: string
  readonly country: string
  readonly functionalCurrency: string
  readonly timeZone: string
  readonly fiscalCalendar: FiscalCalendar
  /** 1 for January. */
  readonly fiscalYearStartMonth: number
}

export interface LedgerAccountFact extends Fact {
  readonly legalEntityId: string
  readonly code: string
  readonly name: string
  readonly type: AccountType
  readonly role: AccountRole
}

export interface AccountingPeriodFact extends Fact {
  readonly legalEntityId: string
  readonly period: Temporal.PlainYearMonth
  readonly range: DateRange
  readonly status: PeriodStatus
}

export interface FxRateFact extends Fact {
  readonly baseCurrency: string
  readonly quoteCurrency: string
  /** Units of quote currency for one unit of base currency: exact decimal. */
  readonly rate: string
  readonly date: Temporal.PlainDate
  readonly source: string
}

/** What accounting allows a customer: a limit and a stop. */
export interface CreditProfileFact extends Fact {
  readonly customerId: string
  readonly currency: string
  /** Minor units; null for no limit. */
  readonly creditLimit: bigint | null
  readonly onHold: boolean
  readonly holdReason: string | null
}

export type LegalEntity = LegalEntityFact & Recorded
export type LedgerAccount = LedgerAccountFact & Recorded

/** That a closed period was opened again. */
export interface Reopening {
  /** Who decided it. */
  readonly actor: string
  readonly reason: string
  readonly reopenedAt: Temporal.Instant
}

/** A month of the books, with what closing left. */
export interface AccountingPeriod extends AccountingPeriodFact, Recorded {
  /** Hash of its newest seal, hexadecimal; null until it is closed for the first time. */
  readonly sealHash: string | null
  /** Who closed it last; null where it never was, and where that was not noted yet. */
  readonly closedBy: string | null
  /** Earliest first. */
  readonly reopenings: readonly Reopening[]
}

export type FxRate = FxRateFact & Recorded
export type CreditProfile = CreditProfileFact & Recorded

/** Why an entry was posted: with its source document, the key under which it is posted at most once. */
export type PostingPurpose =
  | 'INVOICE_ISSUED'
  | 'INVOICE_VOIDED'
  | 'INVOICE_WRITTEN_OFF'
  | 'CREDIT_NOTE_ISSUED'
  | 'CREDIT_NOTE_VOIDED'
  | 'INTERCOMPANY_INVOICED'
  | 'INTERCOMPANY_INVOICE_VOIDED'
  | 'INTERCOMPANY_CREDITED'
  | 'INTERCOMPANY_CREDIT_VOIDED'
  | 'PAYMENT_RECEIVED'
  | 'CUSTOMER_BALANCE_APPLIED'
  | 'REFUND_PAID'
  | 'DISPUTE_OPENED'
  | 'DISPUTE_WON'
  | 'DISPUTE_LOST'
  | 'PAYOUT_RECEIVED'
  | 'RECEIVABLES_SETTLED'
  | 'REVENUE_RECOGNIZED'
  | 'UNBILLED_SET_APART'
  | 'UNBILLED_TAKEN_BACK'
  | 'FX_REVALUED'
  | 'FX_REVALUATION_REVERSED'

export type SourceType =
  | 'INVOICE'
  | 'CREDIT_NOTE'
  | 'PAYMENT'
  | 'REFUND'
  | 'DISPUTE'
  | 'PAYOUT'
  | 'REVENUE_SCHEDULE'
  | 'ACCOUNTING_PERIOD'

/** One side of a posting before accounts are looked up: exactly one of debit and credit is not zero. Minor units. */
export interface PostingLine {
  readonly role: AccountRole
  readonly debit: bigint
  readonly credit: bigint
  /** What of it settles what was posted before and is worth what that is; the rest has the rate of the day. */
  readonly carried?: readonly CarriedPart[]
  readonly subject?: LineSubject
}

/** What a line is about, where that may choose its account. */
export interface LineSubject {
  readonly productId?: string | null
  /** Jurisdiction of a tax. */
  readonly region?: string
}

/** A part of an amount, positive minor units, that has the rate of an earlier day or a known worth. */
export type CarriedPart = { readonly amount: bigint } & (
  | { readonly since: Temporal.PlainDate }
  /** Minor units of the functional currency. */
  | { readonly worth: bigint }
)

/** What a document demands of the ledger, in transaction currency. */
export interface Posting {
  readonly legalEntityId: string
  readonly customerId: string | null
  readonly contractId: string | null
  readonly sourceType: SourceType
  readonly sourceId: string
  readonly purpose: PostingPurpose
  /** Distinguishes several postings of one purpose by one source: the period of a recognition; '' otherwise. */
  readonly discriminator: string
  /** The posting that this one mirrors, for voids. */
  readonly reverses: PostingPurpose | null
  readonly date: Temporal.PlainDate
  readonly currency: string
  readonly description: string
  readonly lines: readonly PostingLine[]
}

export interface ScheduleEntry {
  readonly period: Temporal.PlainYearMonth
  /** Minor units. */
  readonly amount: bigint
}

/** What revenue a contract line (or an invoice line without contract) earns, month by month. */
export interface ScheduleFact {
  readonly id: string
  readonly obligationId: string
  readonly contractId: string | null
  readonly customerId: string
  readonly legalEntityId: string
  readonly description: string
  readonly method: RecognitionMethod
  readonly currency: string
  /** What is sold; null where that is not told. */
  readonly productId: string | null
  readonly allocatedPrice: bigint
  readonly servicePeriod: DateRange
  readonly entries: readonly ScheduleEntry[]
}
