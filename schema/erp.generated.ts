// Generated from the SDL by `npm run generate`: change the SDL, not this file.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PrintableMoney as MoneyParent } from '#domain/money.ts';
import type { LegalEntity as LegalEntityParent, LedgerAccount as LedgerAccountParent, AccountingPeriod as AccountingPeriodParent, FxRate as FxRateParent } from '#domain/erp.ts';
import type { AccountRuleOf as AccountRuleParent, JournalLineOf as JournalLineParent, JournalEntryConnection as JournalEntryConnectionParent, ScheduledMonthOf as RevenueScheduleEntryParent, PostingOf as PostingParent, BooksCheckOf as BooksCheckParent, CustomerReference as CustomerParent, Reference as ContractParent, Reference as ContractLineParent, SourceReference as JournalSourceParent, Context } from '#subgraphs/erp/loaders.ts';
import type { PeriodSeal as PeriodSealParent, SealProof as SealProofParent } from '#subgraphs/erp/seal-store.ts';
import type { PeriodAnswer as ReopenPeriodPayloadParent } from '#subgraphs/erp/period-resolvers.ts';
import type { JournalHeader as JournalEntryParent, RevenueSchedule as PerformanceObligationParent, RevenueSchedule as RevenueScheduleParent } from '#subgraphs/erp/tables.ts';
import type { TrialBalanceOf as TrialBalanceParent, AccountBalanceOf as AccountBalanceParent, CurrencyBalanceOf as CurrencyBalanceParent } from '#subgraphs/erp/reports.ts';
import type { DeferredRevenueConnection as DeferredRevenueConnectionParent, RollForwardOf as DeferredRevenueRollForwardParent, RolledPeriodOf as RollForwardPeriodParent, RolledAmounts as RollForwardParent } from '#subgraphs/erp/roll-forward.ts';
import type { ComparedMonth as RecognitionComparisonParent } from '#domain/convention-comparison.ts';
import type { RemainingObligations as RemainingPerformanceObligationsParent } from '#subgraphs/erp/deferred-store.ts';
import type { BooksPreview as AmendmentPreviewParent, PreviewedSchedule as PreviewedRevenueScheduleParent } from '#subgraphs/erp/preview.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** Calendar date in ISO 8601, `2027-05-01`, in the time zone of the legal entity concerned. */
  Date: { input: Temporal.PlainDate; output: Temporal.PlainDate; }
  /** Instant in ISO 8601 and UTC, `2027-05-01T09:30:00Z`. */
  DateTime: { input: Temporal.Instant; output: Temporal.Instant; }
  /** Exact decimal number as a string, `-12.30`, never a floating-point number. */
  Decimal: { input: string; output: string; }
  /** Currency code of ISO 4217, `USD`. */
  CurrencyCode: { input: string; output: string; }
  /** Whole number of any size, as a string of digits. */
  BigInt: { input: bigint; output: bigint; }
  /** Month of a year in ISO 8601, `2027-05`. */
  YearMonth: { input: Temporal.PlainYearMonth; output: Temporal.PlainYearMonth; }
  _FieldSet: { input: string; output: string; }
};

/** Anything that has a global id. */
export type Node = {
  /** Opaque global id, unique over all types. */
  readonly id: Scalars['ID']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
};

/** An exact amount of one currency. */
export type Money = {
  /** The amount in major units with exactly as many decimals as the currency has: `12.30` USD, `1230` JPY. */
  readonly amount: Scalars['Decimal']['output'];
  /** Currency of the amount. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** The amount as a whole number of minor units: `1230` for 12.30 USD. */
  readonly minorUnits: Scalars['BigInt']['output'];
};

/** One object of an outside system that is this entity. */
export type ExternalRef = {
  /** Kind of system: `stripe`, `salesforce`, `netsuite`. */
  readonly system: Scalars['String']['output'];
  /** Which installation of the system: its account or tenant. */
  readonly instance: Scalars['String']['output'];
  /** Name that the system gives to the kind of object. */
  readonly objectType: Scalars['String']['output'];
  /** The object's id in that system. */
  readonly externalId: Scalars['ID']['output'];
  /** Where a person can open the object there; null if the system has no such page. */
  readonly url: Maybe<Scalars['String']['output']>;
};

/** Half-open interval of calendar dates: `end` is the first day that is outside. */
export type DateRange = {
  /** First day inside. */
  readonly start: Scalars['Date']['output'];
  /** First day after; null while no end is known. */
  readonly end: Maybe<Scalars['Date']['output']>;
};

/** Position of a page in its connection. */
export type PageInfo = {
  /** Whether more items follow the last one of this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether items precede the first one of this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null on an empty page. */
  readonly startCursor: Maybe<Scalars['String']['output']>;
  /** Cursor of the last item; null on an empty page. */
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

/** Direction of a sort order. Equal values are ordered by id in the same direction. */
export type OrderDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** Largest, latest or last in the alphabet first. */
  | 'DESC';

/** Bounds on a date; those given must all hold. */
export type DateFilter = {
  /** On this date or later. */
  readonly gte?: InputMaybe<Scalars['Date']['input']>;
  /** Before this date. */
  readonly lt?: InputMaybe<Scalars['Date']['input']>;
};

/** A choice of ids. */
export type IdFilter = {
  /** Any of these ids; at most 100. */
  readonly in: ReadonlyArray<Scalars['ID']['input']>;
};

export type Query = {
  /** One legal entity. An unknown id gives null with the error NOT_FOUND. */
  readonly legalEntity: Maybe<LegalEntity>;
  /** All companies of ours, at most 100, by code. */
  readonly legalEntities: ReadonlyArray<LegalEntity>;
  /**
   * Revenue of a price, month by month, by the rules and policies that schedules follow, for any price and currency. Nothing
   * is kept. What cannot be scheduled is refused with BAD_USER_INPUT, and so in all previews.
   */
  readonly previewRevenueSchedule: RevenueScheduleExample;
  /** What a price charges for days of service, billing period by billing period: partial ones by days. */
  readonly previewCharges: ChargesExample;
  /** A transaction price over the obligations of a contract (ASC 606-10-32-28 to 38, IFRS 15.73 to 83). */
  readonly previewAllocation: AllocationExample;
  /** One amount over lines; the parts sum to it. */
  readonly previewSplit: ReadonlyArray<Money>;
  /** What a credit note gives back of a taxed amount: net and tax are each taken exactly and rounded once. */
  readonly previewTaxCredit: TaxCreditExample;
  /** Churn and retention of a period from the movements of its recurring revenue; null where nothing was there to be retained. */
  readonly previewRetention: Maybe<RetentionExample>;
  /** Days sales outstanding; null where nothing was billed, or the periods do not reach back as far as the receivables. */
  readonly previewDaysSalesOutstanding: Maybe<Scalars['Decimal']['output']>;
  /** One journal entry. An unknown id gives null with the error NOT_FOUND. */
  readonly journalEntry: Maybe<JournalEntry>;
  /** The journal of all legal entities. */
  readonly journalEntries: JournalEntryConnection;
  /** Exchange rates that the books use, latest date first, at most 100. */
  readonly fxRates: ReadonlyArray<FxRate>;
  /** How documents become journal entries: the rules in force. */
  readonly postingRules: ReadonlyArray<PostingRule>;
  /** What each account of a legal entity holds. Without `asOf` and `period` every entry counts. An unknown legal entity gives null with the error NOT_FOUND; a day or period outside its accounting periods, an instant that is still to come, or both `asOf` and `period`: BAD_USER_INPUT. */
  readonly trialBalance: Maybe<TrialBalance>;
  /** Checks what must always hold. Each system looks through all that it keeps, one check at a time: who asks while one is under way, or within ten seconds after it, gets its results. */
  readonly checkBooks: BooksCheck;
  /** How deferred revenue went from period to period: each opens with what the one before closed with. Entries count in the period that took them. An unknown legal entity gives null with the error NOT_FOUND; periods outside its accounting periods, or more than 36 of them: BAD_USER_INPUT. */
  readonly deferredRevenueRollForward: Maybe<DeferredRevenueConnection>;
  /** What is promised to customers and not earned yet, once for each currency, by currency code (ASC 606-10-50-13). An unknown legal entity gives null with the error NOT_FOUND; a day outside its accounting periods: BAD_USER_INPUT. */
  readonly remainingPerformanceObligations: Maybe<ReadonlyArray<RemainingPerformanceObligations>>;
  /**
   * What contracts earn month by month, as they are planned now, under two conventions of recognition side by side: by month
   * and then by currency code. What is measured by deliveries and usage, and what was earned before a modification, is the
   * same under both. An unknown legal entity gives an error NOT_FOUND, and so does a contract that is not planned there.
   */
  readonly recognitionComparison: Maybe<ReadonlyArray<RecognitionComparison>>;
  /** One revenue schedule. An unknown id, and one of a schedule that was planned after `knownAt`, gives null with the error NOT_FOUND. */
  readonly revenueSchedule: Maybe<RevenueSchedule>;
  /** What is left to do before a period can be closed. An unknown legal entity or period gives null with the error NOT_FOUND. */
  readonly periodChecklist: Maybe<PeriodChecklist>;
};


export type QueryLegalEntityArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPreviewRevenueScheduleArgs = {
  input: RevenueScheduleInput;
};


export type QueryPreviewChargesArgs = {
  input: ChargesInput;
};


export type QueryPreviewAllocationArgs = {
  input: AllocationInput;
};


export type QueryPreviewSplitArgs = {
  input: SplitInput;
};


export type QueryPreviewTaxCreditArgs = {
  input: TaxCreditInput;
};


export type QueryPreviewRetentionArgs = {
  input: RetentionInput;
};


export type QueryPreviewDaysSalesOutstandingArgs = {
  input: DaysSalesOutstandingInput;
};


export type QueryJournalEntryArgs = {
  id: Scalars['ID']['input'];
};


export type QueryJournalEntriesArgs = {
  filter?: InputMaybe<JournalEntryFilter>;
  orderBy?: InputMaybe<JournalEntryOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryFxRatesArgs = {
  baseCurrency: Scalars['CurrencyCode']['input'];
  quoteCurrency: Scalars['CurrencyCode']['input'];
};


export type QueryTrialBalanceArgs = {
  legalEntityId: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Date']['input']>;
  period?: InputMaybe<Scalars['YearMonth']['input']>;
  knownAt?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryDeferredRevenueRollForwardArgs = {
  legalEntityId: Scalars['ID']['input'];
  from: Scalars['YearMonth']['input'];
  through: Scalars['YearMonth']['input'];
  by?: RollForwardSubject;
  filter?: InputMaybe<DeferredRevenueFilter>;
  knownAt?: InputMaybe<Scalars['DateTime']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryRemainingPerformanceObligationsArgs = {
  legalEntityId: Scalars['ID']['input'];
  asOf: Scalars['Date']['input'];
  knownAt?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryRecognitionComparisonArgs = {
  legalEntityId: Scalars['ID']['input'];
  contractIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  convention?: RecognitionConvention;
  other: RecognitionConvention;
};


export type QueryRevenueScheduleArgs = {
  id: Scalars['ID']['input'];
  knownAt?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryPeriodChecklistArgs = {
  legalEntityId: Scalars['ID']['input'];
  period: Scalars['YearMonth']['input'];
};

export type Mutation = {
  /** Lets the last closed period take entries again. Its seal stays on record. */
  readonly reopenPeriod: Maybe<ReopenPeriodPayload>;
};


export type MutationReopenPeriodArgs = {
  input: ReopenPeriodInput;
};

/** A closed period that is to take entries again. */
export type ReopenPeriodInput = {
  /** Whose books. */
  readonly legalEntityId: Scalars['ID']['input'];
  /** The month by which the period is named. */
  readonly period: Scalars['YearMonth']['input'];
  /** Who decides it, as it is recorded with the period. */
  readonly actor: Scalars['String']['input'];
  /** Why, as it is recorded with the period. */
  readonly reason: Scalars['String']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the first answer, also where that was a refusal. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of a request to reopen a period. */
export type ReopenPeriodPayload = {
  /** The period as it is now; null where there is none of that name. */
  readonly period: Maybe<AccountingPeriod>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Everything that is wrong with the request. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What is left to do before a period can be closed. */
export type PeriodChecklist = {
  /** The period. */
  readonly period: AccountingPeriod;
  /** What keeps it from being closed until it is mended; nothing where it can be closed. */
  readonly blockers: ReadonlyArray<PeriodBlocker>;
  /** What the close will do by itself, in this order. */
  readonly steps: ReadonlyArray<PeriodStep>;
};

/** How business processes get on: of the books, what is left to close. */
export type ProcessHealth = {
  /** The same as in operations. */
  readonly id: Scalars['ID']['output'];
  /** The checklist of each legal entity's first period that has ended and is not closed, by the code of the legal entity: what blocks it, and who has to mend it. */
  readonly closing: ReadonlyArray<PeriodChecklist>;
};

/** A reason why a period cannot be closed. */
export type PeriodBlocker = {
  /** Which line of the checklist is not met. */
  readonly rule: PeriodRule;
  /** What to mend, for people, with one example. */
  readonly message: Scalars['String']['output'];
  /** How many things it is about. */
  readonly count: Scalars['Int']['output'];
};

/** Lines of the checklist of a period. */
export type PeriodRule =
  /** An earlier period is not closed. */
  | 'EARLIER_PERIOD_OPEN'
  /** There is no later open period that could take late entries. */
  | 'LATER_PERIOD_MISSING'
  /** A document of the period cannot be posted. */
  | 'DOCUMENT_BLOCKED'
  /** A document from before the period is held past its cut-off: it cannot be posted. */
  | 'DOCUMENT_HELD'
  /** Billing has a document that the books have not taken yet. */
  | 'DOCUMENT_UNPOSTED'
  /** A month of revenue cannot be recognised. */
  | 'REVENUE_UNRECOGNIZED'
  /** An invariant of the books does not hold in the period. */
  | 'BOOKS_BROKEN'
  /** The close needs an account that the legal entity does not have. */
  | 'ACCOUNT_MISSING'
  /** No rule gives an entry of the period an account. */
  | 'RULE_MISSING'
  /** The close needs an exchange rate of the last day that is not known. */
  | 'RATE_MISSING'
  /** The close needs a period for the day after it. */
  | 'PERIOD_MISSING'
  /** The legal entity is not known. */
  | 'ENTITY_MISSING';

/** Something that a close does by itself. */
export type PeriodStep = {
  /** What it does. */
  readonly step: PeriodStepKind;
  /** How many months of revenue, contracts or currencies are left for it. */
  readonly count: Scalars['Int']['output'];
};

/** Things that a close does by itself. */
export type PeriodStepKind =
  /** Posts the revenue of the months that are due. */
  | 'RECOGNIZE_REVENUE'
  /** Sets apart as contract assets what was earned and not billed yet. */
  | 'SET_UNBILLED_APART'
  /** Brings foreign money, and claims to it, to the rate of the last day. */
  | 'REVALUE_FOREIGN_MONEY';

/** Why a request can't be carried out as it stands. */
export type UserError = {
  /** Which rule it breaks. */
  readonly code: UserErrorCode;
  /** What is wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** Path of the field in the input: `period`. */
  readonly field: Scalars['String']['output'];
};

/** Rules that a request can break. */
export type UserErrorCode =
  /** Nobody is named who decides it. */
  | 'ACTOR_MISSING'
  /** Later periods are reopened first. */
  | 'LATER_PERIOD_CLOSED'
  /** No reason is given. */
  | 'REASON_MISSING'
  /** A thing is not named, or there is none of that name. */
  | 'REFERENCE_MISSING'
  /** Not possible in the state that the thing is in. */
  | 'STATUS_FORBIDS';

/** What was in a period when it was closed: the root of a Merkle tree over its entries (RFC 6962, 2.1), chained to the seal before it. */
export type PeriodSeal = {
  /** SHA-256 of the statement, hexadecimal. */
  readonly hash: Scalars['String']['output'];
  /** 1 for the first close of the period, one more for each that followed. */
  readonly version: Scalars['Int']['output'];
  /** How many entries there were, in the order of their numbers. */
  readonly entryCount: Scalars['BigInt']['output'];
  /** Root of the tree over them, hexadecimal: a leaf is SHA-256(0x00, content), a node SHA-256(0x01, left, right). */
  readonly root: Scalars['String']['output'];
  /** Hash of the seal that the legal entity had made before, of whatever period; null for its first. */
  readonly previousHash: Maybe<Scalars['String']['output']>;
  /** When it was made. */
  readonly sealedAt: Scalars['DateTime']['output'];
  /** What it says, as canonical JSON (RFC 8785). */
  readonly statement: Scalars['String']['output'];
};

/** Proof that a journal entry is under the seal of its period: hash the content as a leaf, then each hash of the path beside it up to the root. */
export type SealProof = {
  /** All of the entry that never changes, as canonical JSON (RFC 8785). */
  readonly content: Scalars['String']['output'];
  /** Place of the entry among those of the period, from 0: an even one stands left of the first hash of the path, and so on upwards by halves. */
  readonly place: Scalars['BigInt']['output'];
  /** Hashes beside the way to the root, from the bottom, hexadecimal; a level where the way has no neighbour is left out (RFC 6962, 2.1.1). */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** The newest seal of the period. */
  readonly seal: PeriodSeal;
};

/** That a closed period was opened again. */
export type PeriodReopening = {
  /** Who decided it. */
  readonly actor: Scalars['String']['output'];
  /** Why they did. */
  readonly reason: Scalars['String']['output'];
  /** When it was opened. */
  readonly reopenedAt: Scalars['DateTime']['output'];
};

/** Class of a ledger account. */
export type AccountType =
  /** What we own or are owed; grows by debit. */
  | 'ASSET'
  /** What we owe; grows by credit. */
  | 'LIABILITY'
  /** What belongs to the owners; grows by credit. */
  | 'EQUITY'
  /** What was earned; grows by credit. */
  | 'REVENUE'
  /** What reduces revenue; grows by debit. */
  | 'CONTRA_REVENUE'
  /** What was spent; grows by debit. */
  | 'EXPENSE';

/** What an account is for. Posting rules name roles; rules for accounts choose among those that an entity has for one. */
export type AccountRole =
  /** Owed by customers, less cash that settles no invoice yet. */
  | 'RECEIVABLES'
  /** Earned and not billed yet, set apart when a period is closed. */
  | 'CONTRACT_ASSETS'
  /** Billed and not yet earned. */
  | 'DEFERRED_REVENUE'
  /** Earned by delivery. */
  | 'REVENUE'
  /** Revenue given back for service already delivered. */
  | 'CREDITS_AND_REFUNDS'
  /** Tax collected for the authorities. */
  | 'TAX_PAYABLE'
  /** At the bank. */
  | 'BANK'
  /** Received and on its way to the bank. */
  | 'CASH_CLEARING'
  /** Kept by payment processors. */
  | 'PROCESSOR_FEES'
  /** Withheld while a dispute is open. */
  | 'DISPUTED_CASH'
  /** Lost in disputes. */
  | 'DISPUTE_LOSSES'
  /** Given up as uncollectible. */
  | 'BAD_DEBT'
  /** Owed to customers, to be used up by their invoices. */
  | 'CUSTOMER_BALANCE'
  /** Owed by other legal entities of the company, which bill contracts of this one; net of tax, by contract. */
  | 'DUE_FROM_AFFILIATES'
  /** Owed to other legal entities of the company, whose contracts this one bills; net of tax, by contract. */
  | 'DUE_TO_AFFILIATES'
  /** Won or lost because a rate changed before a debt was settled; a loss is a debit. */
  | 'FX_REALIZED'
  /** Won or lost so far because a rate changed, on what is not settled yet; a loss is a debit. */
  | 'FX_UNREALIZED';

/** State of an accounting period. */
export type PeriodStatus =
  /** Takes entries. */
  | 'OPEN'
  /** Being checked before it is closed. */
  | 'PENDING_CLOSE'
  /** Takes no entry: late ones go to the first open period. */
  | 'CLOSED'
  /** Was closed and takes entries again. */
  | 'REOPENED';

/** State of a journal entry. */
export type JournalStatus =
  /** Not in the books yet. */
  | 'DRAFT'
  /** In the books. */
  | 'POSTED'
  /** In the books and mirrored by another entry. */
  | 'REVERSED';

/** Whether a document is in the books. */
export type PostingStatus =
  /** The document has no effect on the books: a draft, or a total of zero. */
  | 'NOT_REQUIRED'
  /** To be posted. */
  | 'PENDING'
  /** It is in the books. */
  | 'POSTED'
  /** Cannot be posted until something is mended. */
  | 'BLOCKED';

/** Why an entry was posted. A document is posted at most once for a purpose. */
export type PostingPurpose =
  /** An invoice was issued. */
  | 'INVOICE_ISSUED'
  /** An invoice was cancelled. */
  | 'INVOICE_VOIDED'
  /** The rest of an invoice was given up. */
  | 'INVOICE_WRITTEN_OFF'
  /** A credit note was issued. */
  | 'CREDIT_NOTE_ISSUED'
  /** A credit note was cancelled. */
  | 'CREDIT_NOTE_VOIDED'
  /** Another legal entity issued an invoice for a contract of this one; its own entry has the same source. */
  | 'INTERCOMPANY_INVOICED'
  /** Such an invoice was cancelled. */
  | 'INTERCOMPANY_INVOICE_VOIDED'
  /** Another legal entity issued a credit note for a contract of this one; its own entry has the same source. */
  | 'INTERCOMPANY_CREDITED'
  /** Such a credit note was cancelled. */
  | 'INTERCOMPANY_CREDIT_VOIDED'
  /** A payment was received. */
  | 'PAYMENT_RECEIVED'
  /** The balance of a customer was used to pay. */
  | 'CUSTOMER_BALANCE_APPLIED'
  /** A refund was paid. */
  | 'REFUND_PAID'
  /** A payment was disputed. */
  | 'DISPUTE_OPENED'
  /** A dispute was decided for us. */
  | 'DISPUTE_WON'
  /** A dispute was decided for the payer. */
  | 'DISPUTE_LOST'
  /** What a payment processor held for us came to the bank. */
  | 'PAYOUT_RECEIVED'
  /** The last that a customer owed in a foreign currency was settled: what the books carried it at yet is realised. */
  | 'RECEIVABLES_SETTLED'
  /** A month of service was delivered. */
  | 'REVENUE_RECOGNIZED'
  /** What was earned beyond what was billed became a contract asset. */
  | 'UNBILLED_SET_APART'
  /** That was taken back at the start of the next period. */
  | 'UNBILLED_TAKEN_BACK'
  /** Foreign money and claims to it were brought to the rate of the close. */
  | 'FX_REVALUED'
  /** A revaluation was taken back at the start of the next period. */
  | 'FX_REVALUATION_REVERSED';

/** How revenue is spread over time (ASC 606-10-25-31, IFRS 15.39). */
export type RecognitionMethod =
  /** Each billing period evenly over its days. */
  | 'STRAIGHT_LINE_DAILY'
  /** Evenly over the months. */
  | 'STRAIGHT_LINE_MONTHLY'
  /** All at once on delivery. */
  | 'POINT_IN_TIME'
  /** As used and invoiced. */
  | 'USAGE'
  /** As agreed results are delivered. */
  | 'MILESTONE'
  /** As the work progresses. */
  | 'PERCENTAGE_OF_COMPLETION';

/** State of a month of a revenue schedule. */
export type ScheduleEntryStatus =
  /** Not in the books yet. */
  | 'PLANNED'
  /** In the books as revenue. */
  | 'POSTED'
  /** Was in the books and was taken back. */
  | 'REVERSED';

/** How a fiscal year is cut into periods. */
export type FiscalCalendar =
  /** Calendar months. */
  | 'CALENDAR_MONTHS'
  /** Quarters of four, four and five weeks. */
  | 'FOUR_FOUR_FIVE';

/** A company of ours that signs contracts and keeps books. */
export type LegalEntity = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Short code, prefix of its document numbers. */
  readonly code: Scalars['String']['output'];
  /** Registered name. */
  readonly name: Scalars['String']['output'];
  /** Country code of ISO 3166-1 alpha-2. */
  readonly country: Scalars['String']['output'];
  /** Currency in which it keeps its books. */
  readonly functionalCurrency: Scalars['CurrencyCode']['output'];
  /** IANA time zone in which its days begin and end. */
  readonly timeZone: Scalars['String']['output'];
  /** How its fiscal year is cut into periods. */
  readonly fiscalCalendar: FiscalCalendar;
  /** Month in which its fiscal year begins, 1 for January. */
  readonly fiscalYearStartMonth: Scalars['Int']['output'];
  /** Its chart of accounts, at most 100, by code. */
  readonly accounts: ReadonlyArray<LedgerAccount>;
  /** Which accounts its postings go to: the rules that are for it or for all, by role. */
  readonly accountRules: ReadonlyArray<AccountRule>;
  /** Its accounting periods, at most 100, latest first. */
  readonly accountingPeriods: ReadonlyArray<AccountingPeriod>;
};

/** An account of a legal entity's books. */
export type LedgerAccount = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Number in the chart of accounts. */
  readonly code: Scalars['String']['output'];
  /** Name in the chart of accounts. */
  readonly name: Scalars['String']['output'];
  /** Class of the account. */
  readonly type: AccountType;
  /** What it is for. */
  readonly role: AccountRole;
  /** Whose books it belongs to. */
  readonly legalEntity: LegalEntity;
};

/**
 * Which account a side of a posting goes to. What is null holds for all; of the rules that hold, the one that names most
 * counts. Where none holds the document is blocked: there is no default.
 */
export type AccountRule = {
  /** The role that the posting rule names. */
  readonly role: AccountRole;
  /** The account; null where the chart does not have it, which blocks what would go there. */
  readonly account: Maybe<LedgerAccount>;
  /** Number of the account in the chart. */
  readonly accountCode: Scalars['String']['output'];
  /** What happened. */
  readonly purpose: Maybe<PostingPurpose>;
  /** Family of the product that is sold. */
  readonly productFamily: Maybe<Scalars['String']['output']>;
  /** Sales region of the customer; for tax its jurisdiction. */
  readonly region: Maybe<Scalars['String']['output']>;
  /** First day on which it holds; null where it always did. */
  readonly validFrom: Maybe<Scalars['Date']['output']>;
  /** First day on which it holds no more; null where none is known. */
  readonly validUntil: Maybe<Scalars['Date']['output']>;
};

/** A month of a legal entity's books. */
export type AccountingPeriod = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Whose books it belongs to. */
  readonly legalEntity: LegalEntity;
  /** The month by which it is named. */
  readonly period: Scalars['YearMonth']['output'];
  /** Days that belong to it. */
  readonly range: DateRange;
  /** State of the period. */
  readonly status: PeriodStatus;
  /** The seal in force; null while the period is not closed. */
  readonly seal: Maybe<PeriodSeal>;
  /** All its seals, newest first: each time it was closed left one. */
  readonly seals: ReadonlyArray<PeriodSeal>;
  /** Who closed it last: whoever asked for it, or the source that stated it as closed; null where it never was, and where that was not noted yet. */
  readonly closedBy: Maybe<Scalars['String']['output']>;
  /** Every time it was opened again after it was closed, earliest first. */
  readonly reopenings: ReadonlyArray<PeriodReopening>;
};

/** One side of a journal entry. Exactly one of debit and credit is not zero. */
export type JournalLine = {
  /** The account that is posted to. */
  readonly account: LedgerAccount;
  /** Amount on the debit side, in the currency of the document; zero on both sides for an exchange gain or loss. */
  readonly debit: Money;
  /** Amount on the credit side, in the currency of the document. */
  readonly credit: Money;
  /** The debit amount in the legal entity's functional currency. */
  readonly functionalDebit: Money;
  /** The credit amount in the legal entity's functional currency. */
  readonly functionalCredit: Money;
};

/** An entry of the books. Debits equal credits in both currencies. Never changed: corrected by an entry that mirrors it. */
export type JournalEntry = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Number in the journal of its legal entity. Every entry has one; like the numbers of all documents, of which drafts have none, it may be null, so that one selection can ask for them all. */
  readonly number: Maybe<Scalars['String']['output']>;
  /** Whose books it belongs to. */
  readonly legalEntity: LegalEntity;
  /** Effective date. */
  readonly date: Scalars['Date']['output'];
  /** Period in which it is posted. */
  readonly period: Scalars['YearMonth']['output'];
  /** Period to which it belongs by its date, where that was closed; otherwise the same as `period`. */
  readonly originalPeriod: Scalars['YearMonth']['output'];
  /** State of the entry. */
  readonly status: JournalStatus;
  /** Why it was posted. */
  readonly purpose: PostingPurpose;
  /** What it says to a reader of the journal. */
  readonly description: Scalars['String']['output'];
  /** The document that caused it; null if that is a revenue schedule, a payout or a close. */
  readonly source: Maybe<JournalSource>;
  /** Debit and credit lines. */
  readonly lines: ReadonlyArray<JournalLine>;
  /** The entry that this one mirrors; null for an ordinary one. */
  readonly reversalOf: Maybe<JournalEntry>;
  /** The entry that mirrors this one; null if there is none. */
  readonly reversedBy: Maybe<JournalEntry>;
  /** Proof that it is what it was when its period was closed; null while it is under no seal. */
  readonly sealProof: Maybe<SealProof>;
};

/** Results of a check, each from the system that keeps what is checked; what compares the systems with each other is for `npm run check-books`, which sees all of them. */
export type BooksCheck = {
  /** The same for every check. */
  readonly id: Scalars['ID']['output'];
  /** When ERP began to check. */
  readonly checkedAt: Scalars['DateTime']['output'];
  /** Invariants of the books; ERP's. */
  readonly ledger: ReadonlyArray<InvariantResult>;
};

/** Whether one of the invariants holds. */
export type InvariantResult = {
  /** Short name with the number of the rule in the design: `1 journal balance`. */
  readonly name: Scalars['String']['output'];
  /** What holds, in a sentence. */
  readonly statement: Scalars['String']['output'];
  /** Whether nothing breaks it. */
  readonly holds: Scalars['Boolean']['output'];
  /** How many things break it. */
  readonly offenderCount: Scalars['Int']['output'];
  /** Ids of at most 100 of them. */
  readonly offenders: ReadonlyArray<Scalars['String']['output']>;
};

/** What the accounts of a legal entity hold. The totals of both sides are equal. */
export type TrialBalance = {
  /** Whose books these are. */
  readonly legalEntity: LegalEntity;
  /** Last day that counts; null where every day does. */
  readonly asOf: Maybe<Scalars['Date']['output']>;
  /** Last accounting period that counts; null where every period does. */
  readonly period: Maybe<Scalars['YearMonth']['output']>;
  /** What was recorded later does not count; null where everything does. */
  readonly knownAt: Maybe<Scalars['DateTime']['output']>;
  /** Sum of all debits, in functional currency. */
  readonly debit: Money;
  /** Sum of all credits, in functional currency. */
  readonly credit: Money;
  /** Accounts that were posted to, by code; there is at most one for each role. */
  readonly accounts: ReadonlyArray<AccountBalance>;
};

/** What an account holds. Amounts are in the legal entity's functional currency. */
export type AccountBalance = {
  /** The account. */
  readonly account: LedgerAccount;
  /** Sum of its debits. */
  readonly debit: Money;
  /** Sum of its credits. */
  readonly credit: Money;
  /** Debits less credits: negative for what is owed or earned. */
  readonly balance: Money;
  /** The same once for each currency of the documents, by currency code. */
  readonly currencies: ReadonlyArray<CurrencyBalance>;
};

/** What an account holds from documents of one currency. */
export type CurrencyBalance = {
  /** Currency of the documents. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Sum of the debits, in that currency. */
  readonly debit: Money;
  /** Sum of the credits, in that currency. */
  readonly credit: Money;
  /** Debits less credits, in that currency. */
  readonly balance: Money;
  /** What the books carry the balance at, in functional currency; exchange gains and losses and revaluations are in it. */
  readonly functionalBalance: Money;
};

/** What a roll-forward tells apart, beside the currencies. */
export type RollForwardSubject =
  /** Nothing else: all of the legal entity together. */
  | 'LEGAL_ENTITY'
  /** Each customer. */
  | 'CUSTOMER'
  /** Each contract; what was sold without one is together. */
  | 'CONTRACT';

/** Which deferred revenue to include; all conditions given must hold. */
export type DeferredRevenueFilter = {
  /** By customer. */
  readonly customer?: InputMaybe<IdFilter>;
  /** By contract. */
  readonly contract?: InputMaybe<IdFilter>;
};

/** Deferred revenue of one subject in one currency, from period to period. */
export type DeferredRevenueRollForward = {
  /** Whose it is; null unless customers are told apart. */
  readonly customer: Maybe<Customer>;
  /** What it was billed for; null unless contracts are told apart, and for what was sold without one. */
  readonly contract: Maybe<Contract>;
  /** Currency of the documents. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Every period that was asked for, in order, also one without a movement. */
  readonly periods: ReadonlyArray<RollForwardPeriod>;
};

/** Deferred revenue during an accounting period. */
export type RollForwardPeriod = {
  /** The accounting period. */
  readonly period: Scalars['YearMonth']['output'];
  /** Amounts in the currency of the documents. */
  readonly amounts: RollForward;
  /** What the books carry them at, in functional currency. */
  readonly functionalAmounts: RollForward;
};

/** How a balance went from its opening to its closing: `opening + billed - recognized + adjusted = closing`. */
export type RollForward = {
  /** Balance before the period: the closing balance of the one before. */
  readonly opening: Money;
  /** Deferred by invoices. */
  readonly billed: Money;
  /** Earned by delivery. */
  readonly recognized: Money;
  /** All else: credit notes, cancelled invoices, what is set apart as unbilled at a close. Negative where it takes off. */
  readonly adjusted: Money;
  /** Balance after the period. */
  readonly closing: Money;
};

/** A page of deferred revenue, by customer or contract and by currency code. */
export type DeferredRevenueConnection = {
  /** The roll-forwards of this page. */
  readonly nodes: ReadonlyArray<DeferredRevenueRollForward>;
  /** The roll-forwards of this page, each with its cursor. */
  readonly edges: ReadonlyArray<DeferredRevenueEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many roll-forwards there are over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of deferred revenue. */
export type DeferredRevenueEdge = {
  /** Opaque position, for `after` with the same arguments. */
  readonly cursor: Scalars['String']['output'];
  /** The roll-forward at this position. */
  readonly node: DeferredRevenueRollForward;
};

/** What contracts earn in a month under two conventions, in one currency. */
export type RecognitionComparison = {
  /** The month. */
  readonly period: Scalars['YearMonth']['output'];
  /** Currency of the contracts. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** What is earned under the one convention. */
  readonly amount: Money;
  /** What is earned under the other one. */
  readonly compared: Money;
  /** `amount` less `compared`: over all months of a contract it comes to nothing. */
  readonly difference: Money;
};

/** What is promised and not earned yet in one currency, billed or not. */
export type RemainingPerformanceObligations = {
  /** Currency of the promises. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Performance obligations of which something is left. */
  readonly count: Scalars['Int']['output'];
  /** Allocated prices less what is recognised. */
  readonly total: Money;
  /** The part that is to be earned by the end of the twelfth month after the month of `asOf`. */
  readonly withinTwelveMonths: Money;
  /** The part that is to be earned after that. */
  readonly later: Money;
};

/** A document that causes journal entries. */
export type JournalSource = Invoice | CreditNote | Payment | Refund | Dispute;

/** A promise to deliver a distinct good or service: one contract line, or one invoice line where there is no contract (ASC 606-10-25-14). */
export type PerformanceObligation = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** What is promised. */
  readonly description: Scalars['String']['output'];
  /** The contract; null for an obligation that is known only from an invoice. */
  readonly contract: Maybe<Contract>;
  /** Part of the transaction price that is allocated to it, before tax. */
  readonly allocatedPrice: Money;
  /** Days over which it is satisfied. */
  readonly servicePeriod: DateRange;
  /** How it is satisfied over time. */
  readonly method: RecognitionMethod;
  /** The schedule in force. */
  readonly revenueSchedule: RevenueSchedule;
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
};

/** A month of a revenue schedule. */
export type RevenueScheduleEntry = {
  /** Month in which the revenue is earned. */
  readonly period: Scalars['YearMonth']['output'];
  /** Revenue of the month; all months sum to the allocated price. */
  readonly amount: Money;
  /** Whether it is in the books. */
  readonly status: ScheduleEntryStatus;
  /** The entry that posted it; null while planned. */
  readonly journalEntry: Maybe<JournalEntry>;
};

/** What revenue a performance obligation earns, month by month. A change makes a new version; what was recognised stays. */
export type RevenueSchedule = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first plan, one more with every revision. */
  readonly version: Scalars['Int']['output'];
  /** When this version was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** What the revenue is earned for. */
  readonly obligation: PerformanceObligation;
  /** How revenue is spread over time. */
  readonly method: RecognitionMethod;
  /** Part of the transaction price that is allocated to the obligation, before tax. */
  readonly allocatedPrice: Money;
  /** Sum of the posted months. */
  readonly recognized: Money;
  /** Allocated price less what is recognised. */
  readonly deferred: Money;
  /** Months, earliest first. */
  readonly entries: ReadonlyArray<RevenueScheduleEntry>;
};


/** What revenue a performance obligation earns, month by month. A change makes a new version; what was recognised stays. */
export type RevenueScheduleRecognizedArgs = {
  asOf?: InputMaybe<Scalars['Date']['input']>;
};


/** What revenue a performance obligation earns, month by month. A change makes a new version; what was recognised stays. */
export type RevenueScheduleDeferredArgs = {
  asOf?: InputMaybe<Scalars['Date']['input']>;
};

/** Price of one currency in another on a day. */
export type FxRate = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Currency that is priced. */
  readonly baseCurrency: Scalars['CurrencyCode']['output'];
  /** Currency that it is priced in. */
  readonly quoteCurrency: Scalars['CurrencyCode']['output'];
  /** Units of the quote currency for one unit of the base currency. */
  readonly rate: Scalars['Decimal']['output'];
  /** Day from which it holds until a later rate. */
  readonly date: Scalars['Date']['output'];
  /** Who published it. */
  readonly source: Scalars['String']['output'];
};

/** How one kind of happening becomes a journal entry. */
export type PostingRule = {
  /** What happened. */
  readonly purpose: PostingPurpose;
  /** Roles of the accounts that are debited. */
  readonly debits: ReadonlyArray<AccountRole>;
  /** Roles of the accounts that are credited. */
  readonly credits: ReadonlyArray<AccountRole>;
  /** The rule in words. */
  readonly description: Scalars['String']['output'];
};

/** Whether and how a document is in the books. */
export type Posting = {
  /** State of the posting. */
  readonly status: PostingStatus;
  /** The entry made when the document was issued; null until posted. */
  readonly journalEntry: Maybe<JournalEntry>;
  /** Every entry that the document caused, by number, at most 100. */
  readonly journalEntries: ReadonlyArray<JournalEntry>;
  /** Why it is blocked, for a person; null unless it is. */
  readonly blockedBy: Maybe<Scalars['String']['output']>;
};

/** What accounting allows a customer. */
export type CreditTerms = {
  /** Most that the customer may owe; null for no limit. */
  readonly limit: Maybe<Money>;
  /** Whether accounting stopped further business. */
  readonly onHold: Scalars['Boolean']['output'];
  /** Why it did; null unless on hold. */
  readonly holdReason: Maybe<Scalars['String']['output']>;
};

/** A customer as accounting sees it; mastered in CRM. */
export type Customer = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** Currency in which the customer is billed. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Billed and not yet earned, in the currency in which the customer is billed: the balance of the deferred revenue account for this customer. */
  readonly deferredRevenue: Maybe<Money>;
  /** What accounting allows the customer: no limit and no hold where nothing was set. Null only while accounting does not answer. */
  readonly credit: Maybe<CreditTerms>;
};

/** A contract; mastered in CRM. */
export type Contract = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** Revenue schedules of the contract in force, at most 100, by start of service. */
  readonly revenueSchedules: Maybe<ReadonlyArray<RevenueSchedule>>;
};


/** A contract; mastered in CRM. */
export type ContractRevenueSchedulesArgs = {
  knownAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A line of a contract; mastered in CRM. */
export type ContractLine = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** Revenue schedule of the line in force; null until it is built. */
  readonly revenueSchedule: Maybe<RevenueSchedule>;
};

/** An invoice; mastered in billing. */
export type Invoice = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** Whether and how the invoice is in the books. */
  readonly posting: Maybe<Posting>;
};

/** A credit note; mastered in billing. */
export type CreditNote = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** A payment; mastered in billing. */
export type Payment = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** A refund; mastered in billing. */
export type Refund = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** A dispute; mastered in billing. */
export type Dispute = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** A price as it is asked for. */
export type MoneyInput = {
  /** Amount in major units, with at most as many decimals as the currency has: `12.30` USD. */
  readonly amount: Scalars['Decimal']['input'];
  /** Currency of the amount. */
  readonly currency: Scalars['CurrencyCode']['input'];
};

/** How often a price is due, as it is asked for. */
export type IntervalInput = {
  /** Unit that is counted. */
  readonly unit: IntervalUnit;
  /** How many units lie between two charges; 1 or more. */
  readonly count: Scalars['Int']['input'];
};

/** Unit of an interval. */
export type IntervalUnit =
  /** Calendar day. */
  | 'DAY'
  /** Seven days. */
  | 'WEEK'
  /** Calendar month, anchored to the day of the first period. */
  | 'MONTH'
  /** Calendar year, anchored to the date of the first period. */
  | 'YEAR';

/** Calendar dates from the first day inside to the first day after. */
export type DateRangeInput = {
  /** First day inside. */
  readonly start: Scalars['Date']['input'];
  /** First day after. */
  readonly end: Scalars['Date']['input'];
};

/** How days of a part of a period are counted. */
export type DayCount =
  /** As they are. */
  | 'ACTUAL'
  /** As if every month had 30: the 31st counts as the 30th. */
  | 'THIRTY_DAY_MONTH';

/** Where an amount lies exactly between two minor units; all else goes to the nearer one. */
export type RoundingMode =
  /** Away from zero: 0.5 becomes 1, −0.5 becomes −1. */
  | 'HALF_AWAY_FROM_ZERO'
  /** To the even one: 0.5 becomes 0, 1.5 becomes 2. */
  | 'HALF_EVEN';

/** How revenue of a service period is spread over its months. */
export type RecognitionConvention =
  /** By the days of each month. */
  | 'DAILY'
  /** Evenly over the months; the one in which service ends is left out unless it is the only one. */
  | 'MONTHLY_EVEN'
  /** Evenly over the months, the first and the last one by their days. */
  | 'MONTHLY_PRORATED_ENDS';

/** Where the minor units go that a split cannot share evenly. */
export type RemainderPlacement =
  /** Each part is what the share up to it rounds to, less what came before: every prefix is right to half a unit. */
  | 'CUMULATIVE'
  /** Every part is rounded by itself, and the last one takes the rest. */
  | 'REMAINDER_LAST'
  /** Parts are cut to whole units, and what is left goes to the largest remainders, ties to the earlier part. */
  | 'LARGEST_REMAINDER';

/** How far something is delivered by the end of a month. */
export type DeliveryStepInput = {
  /** Month of the year. */
  readonly period: Scalars['YearMonth']['input'];
  /** All that was delivered by then: units, hours, cost. */
  readonly delivered: Scalars['Decimal']['input'];
  /** All that is to be delivered, as it is estimated by then; more than zero. */
  readonly total: Scalars['Decimal']['input'];
};

/** A price to be earned. */
export type RevenueScheduleInput = {
  /** The price, before tax. */
  readonly price: MoneyInput;
  /** Days over which it is earned; a period without days earns it in its month. */
  readonly servicePeriod: DateRangeInput;
  /** How it is spread over months, where no steps are given. */
  readonly convention?: RecognitionConvention;
  /** Where the minor units go that cannot be shared evenly. */
  readonly remainder?: RemainderPlacement;
  /** How halves are rounded. */
  readonly rounding?: RoundingMode;
  /** By usage, milestones or completion: how far it is delivered, earliest first, at most 600. What no step tells of is earned in the month in which the service ends. */
  readonly steps?: InputMaybe<ReadonlyArray<DeliveryStepInput>>;
};

/** Revenue of a price. */
export type RevenueScheduleExample = {
  /** Sum of the months. */
  readonly total: Money;
  /** Months, earliest first; none of zero. */
  readonly entries: ReadonlyArray<RevenueExample>;
};

/** Revenue of a month. */
export type RevenueExample = {
  /** Month of the year. */
  readonly period: Scalars['YearMonth']['output'];
  /** Earned in it; negative where a new estimate takes revenue back. */
  readonly amount: Money;
  /** What is left to be earned after it: deferred, where all of the price is billed. */
  readonly deferred: Money;
};

/** A price to be charged. */
export type ChargesInput = {
  /** Price of one unit for one interval, before tax. */
  readonly unitPrice: MoneyInput;
  /** How many units. */
  readonly quantity?: Scalars['Decimal']['input'];
  /** How often the price is due; all at once where it is not given. */
  readonly interval?: InputMaybe<IntervalInput>;
  /** Days of service. */
  readonly servicePeriod: DateRangeInput;
  /** A day on which a billing period begins; the first day of service where it is not given. */
  readonly billingAnchor?: InputMaybe<Scalars['Date']['input']>;
  /** How days of a part of a period are counted; days and weeks are always counted as they are. */
  readonly dayCount?: DayCount;
  /** How halves are rounded. */
  readonly rounding?: RoundingMode;
};

/** What a price charges. */
export type ChargesExample = {
  /** Sum of the charges. */
  readonly total: Money;
  /** One a billing period, earliest first. */
  readonly charges: ReadonlyArray<ChargeExample>;
};

/** What is charged for a billing period. */
export type ChargeExample = {
  /** Days that are charged. */
  readonly period: DateRange;
  /** The full billing period that they are of. */
  readonly whole: DateRange;
  /** Their part of it, exactly: `7/365`. */
  readonly share: Scalars['String']['output'];
  /** The charge, before tax. */
  readonly amount: Money;
};

/** How much is known of what an obligation costs alone. */
export type PriceBasis =
  /** It is regularly sold alone at this price. */
  | 'OBSERVED'
  /** An estimate. */
  | 'ESTIMATED'
  /** Highly variable or uncertain: what the others leave is its price (ASC 606-10-32-34(c)). */
  | 'RESIDUAL';

/** An obligation of a contract. */
export type ObligationInput = {
  /** Names it in the answer. */
  readonly name: Scalars['String']['input'];
  /** How much is known of its stand-alone selling price. */
  readonly basis?: PriceBasis;
  /** Its stand-alone selling price, in major units; for RESIDUAL an estimate by another method, if there is one. */
  readonly standalonePrice?: InputMaybe<Scalars['Decimal']['input']>;
  /** RESIDUAL: lowest price at which it is sold. */
  readonly from?: InputMaybe<Scalars['Decimal']['input']>;
  /** RESIDUAL: highest price at which it is sold. */
  readonly to?: InputMaybe<Scalars['Decimal']['input']>;
};

/** Obligations that are regularly sold together. */
export type BundleInput = {
  /** Names of the obligations. */
  readonly obligations: ReadonlyArray<Scalars['String']['input']>;
  /** Price of them together, in major units. */
  readonly price: Scalars['Decimal']['input'];
};

/** A transaction price to be allocated. */
export type AllocationInput = {
  /** The transaction price. */
  readonly transactionPrice: MoneyInput;
  /** What is promised, at most 100. */
  readonly obligations: ReadonlyArray<ObligationInput>;
  /** What of it is regularly sold together at a discount, at most 100. */
  readonly bundles?: ReadonlyArray<BundleInput>;
  /** By how many percent discounts may differ and be substantially the same (ASC 606-10-32-37(c)). */
  readonly discountTolerancePercent?: Scalars['Int']['input'];
};

/** How a transaction price is allocated. */
export type AllocationExample = {
  /** By which method. */
  readonly method: AllocationMethod;
  /** Each question of the standard with its answer and paragraph. */
  readonly reasons: ReadonlyArray<Scalars['String']['output']>;
  /** In the order in which they were given; the prices sum to the transaction price. */
  readonly obligations: ReadonlyArray<AllocatedObligation>;
};

/** How a transaction price is allocated. */
export type AllocationMethod =
  /** In proportion to stand-alone selling prices. */
  | 'RELATIVE'
  /** A discount goes to the obligations of bundles alone (ASC 606-10-32-36 and 37). */
  | 'BUNDLE_DISCOUNT'
  /** What observable prices leave goes to what has none (ASC 606-10-32-34(c)). */
  | 'RESIDUAL';

/** An obligation with its part of a transaction price. */
export type AllocatedObligation = {
  /** Its name as it was given. */
  readonly name: Scalars['String']['output'];
  /** Its part of the transaction price. */
  readonly allocatedPrice: Money;
};

/** An amount to be split. */
export type SplitInput = {
  /** The amount; may be negative. */
  readonly amount: MoneyInput;
  /** What each part weighs, zero or more; at most 1,000 parts. */
  readonly weights: ReadonlyArray<Scalars['BigInt']['input']>;
  /** Where the minor units go that cannot be shared evenly. */
  readonly remainder?: RemainderPlacement;
  /** How halves are rounded. */
  readonly rounding?: RoundingMode;
};

/** A taxed amount to be given back in part. */
export type TaxCreditInput = {
  /** What was charged, before tax. */
  readonly net: MoneyInput;
  /** Percent of tax on top of it: `8.875`. */
  readonly rate: Scalars['Decimal']['input'];
  /** Numerator of the share that is given back: 29 of 29/30. */
  readonly numerator: Scalars['BigInt']['input'];
  /** Denominator of that share. */
  readonly denominator: Scalars['BigInt']['input'];
  /** How halves are rounded. */
  readonly rounding?: RoundingMode;
};

/** What a credit note gives back. */
export type TaxCreditExample = {
  /** Before tax. */
  readonly net: Money;
  /** Tax on the net amount. */
  readonly tax: Money;
  /** Both together. */
  readonly total: Money;
};

/** Whether customers who come back make up for those who leave. */
export type RetentionPolicy =
  /** Those who come back do not count. */
  | 'COHORT'
  /** They make up for those who left. */
  | 'REACTIVATION_NETTED';

/** Movements of monthly recurring revenue in a period, in major units of one currency. */
export type RetentionInput = {
  /** Currency of the amounts. */
  readonly currency: Scalars['CurrencyCode']['input'];
  /** At the start of the period. */
  readonly opening: Scalars['Decimal']['input'];
  /** Lost with customers who left. */
  readonly churn?: Scalars['Decimal']['input'];
  /** Lost of customers who stayed. */
  readonly contraction?: Scalars['Decimal']['input'];
  /** Won of customers who stayed. */
  readonly expansion?: Scalars['Decimal']['input'];
  /** Won of customers who came back. */
  readonly reactivation?: Scalars['Decimal']['input'];
  /** Whether customers who come back make up for those who leave. */
  readonly policy?: RetentionPolicy;
};

/** Churn and retention, as parts of the opening to four decimals, halves away from zero: `1.0500` is 105%. */
export type RetentionExample = {
  /** Churn and contraction. */
  readonly grossChurnRate: Scalars['Decimal']['output'];
  /** Churn and contraction less what was won. */
  readonly netChurnRate: Scalars['Decimal']['output'];
  /** Net revenue retention. */
  readonly netRevenueRetention: Scalars['Decimal']['output'];
  /** Gross revenue retention. */
  readonly grossRevenueRetention: Scalars['Decimal']['output'];
};

/** How days sales outstanding are counted. */
export type DaysSalesOutstandingMethod =
  /** Receivables ÷ billings × days. */
  | 'SIMPLE'
  /** Receivables are taken to be the latest billings, period by period. */
  | 'COUNT_BACK';

/** What was billed in a period. */
export type BilledPeriodInput = {
  /** Billings, in major units. */
  readonly billed: Scalars['Decimal']['input'];
  /** Days of the period. */
  readonly days: Scalars['Int']['input'];
};

/** Receivables and the billings that they came of. */
export type DaysSalesOutstandingInput = {
  /** Receivables at the end of the last period. */
  readonly receivables: MoneyInput;
  /** Billings by period, the latest last, at most 100. */
  readonly periods: ReadonlyArray<BilledPeriodInput>;
  /** How they are counted; the answer has two decimals, halves away from zero. */
  readonly method?: DaysSalesOutstandingMethod;
};

/** What an amendment would do, computed and not made; what it does to the contract is computed in CRM. */
export type AmendmentPreview = {
  /** What CRM computed; empty where the amendment is refused. */
  readonly proposal: Scalars['String']['output'];
  /**
   * Identifies the preview: the version of the contract, what was asked for and every effect, those on the books included.
   * Another one is got as soon as any of them changes. Null where the amendment is refused.
   */
  readonly previewHash: Maybe<Scalars['String']['output']>;
  /** How the change is accounted for (ASC 606-10-25-10 to 13, IFRS 15.18 to 21); null where the amendment is refused. */
  readonly treatment: Maybe<AccountingTreatment>;
  /** Revenue schedules of the contract as they would be, and after them those of its continuation; null where it is refused. */
  readonly revenueSchedules: Maybe<ReadonlyArray<PreviewedRevenueSchedule>>;
  /**
   * What would be posted at once: the credits and charges of the invoice lines, before tax, and revenue that is caught up.
   * Debits equal credits. Null where the amendment is refused; empty where nothing is posted, or cannot be.
   */
  readonly journalLines: Maybe<ReadonlyArray<JournalLine>>;
  /** Why it could not be posted as things are, for a person; null where it could. */
  readonly postingBlockedBy: Maybe<Scalars['String']['output']>;
};

/** How a change of a contract is accounted for. */
export type AccountingTreatment = {
  /** The treatment that the standard demands. */
  readonly kind: ModificationTreatment;
  /** Each question of the standard with its answer and paragraph, and what stands in where a price is not known. */
  readonly reasons: ReadonlyArray<Scalars['String']['output']>;
  /** Revenue that it catches up in the month of the change; negative where it is taken back. */
  readonly recognizedNow: Money;
  /** Revenue that is left for later, of what the contract promised before and what the change adds. */
  readonly recognizedLater: Money;
  /** What other treatments would have come to. */
  readonly alternatives: ReadonlyArray<TreatmentEffect>;
};

/** What a treatment of a change comes to. */
export type TreatmentEffect = {
  /** The treatment. */
  readonly kind: ModificationTreatment;
  /** Revenue that it catches up in the month of the change; negative where it is taken back. */
  readonly recognizedNow: Money;
  /** Revenue that is left for later. */
  readonly recognizedLater: Money;
};

/** How a change of a contract is accounted for (ASC 606-10-25-12 and 13, IFRS 15.20 and 21). */
export type ModificationTreatment =
  /** Nothing is earned otherwise than before. */
  | 'NONE'
  /** Not accounted for before the parties approve it. */
  | 'NOT_YET'
  /** What is added is a contract of its own: it is distinct, and sold at its stand-alone price. */
  | 'SEPARATE_CONTRACT'
  /** As if the contract was ended and a new one made: what was not earned and what changes is shared by what is left. */
  | 'PROSPECTIVE'
  /** As if it had been agreed from the start: the difference is caught up at once. */
  | 'CUMULATIVE_CATCH_UP'
  /** Prospectively for what is distinct, by a catch-up for what is not. */
  | 'MIXED'
  /** What was sold in the past is changed as well, so that the contract is planned afresh. */
  | 'REPLANNED';

/** A revenue schedule as it would be. */
export type PreviewedRevenueSchedule = {
  /** What the revenue is earned for. */
  readonly description: Scalars['String']['output'];
  /** The version that it would have: that of today where the amendment leaves it as it is, 1 for a new one. */
  readonly version: Scalars['Int']['output'];
  /** How revenue is spread over time. */
  readonly method: RecognitionMethod;
  /** Part of the transaction price that is allocated to the obligation, before tax. */
  readonly allocatedPrice: Money;
  /** Days over which it is satisfied. */
  readonly servicePeriod: DateRange;
  /** Months, earliest first: those in the books as they are, the others as they would be. */
  readonly entries: ReadonlyArray<RevenueScheduleEntry>;
};

/** A page of journal entries. */
export type JournalEntryConnection = {
  /** The journal entries of this page. */
  readonly nodes: ReadonlyArray<JournalEntry>;
  /** The journal entries of this page, each with its cursor. */
  readonly edges: ReadonlyArray<JournalEntryEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many journal entries match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of journal entries. */
export type JournalEntryEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The journal entry at this position. */
  readonly node: JournalEntry;
};

/** A choice of purposes. */
export type PostingPurposeFilter = {
  /** Any of these. */
  readonly in: ReadonlyArray<PostingPurpose>;
};

/** Which journal entries to include; all conditions given must hold. */
export type JournalEntryFilter = {
  /** By legal entity. */
  readonly legalEntity?: InputMaybe<IdFilter>;
  /** By purpose. */
  readonly purpose?: InputMaybe<PostingPurposeFilter>;
  /** By effective date. */
  readonly date?: InputMaybe<DateFilter>;
};

/** Fields by which JournalEntry lists can be sorted. */
export type JournalEntryOrderField =
  /** By effective date; the default, descending. */
  | 'DATE'
  /** By their number. */
  | 'NUMBER';

/** Sort order of a JournalEntry list. */
export type JournalEntryOrder = {
  /** Field to sort by. */
  readonly field: JournalEntryOrderField;
  /** Direction of the sort. */
  readonly direction: OrderDirection;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  ProcessHealth: ProcessHealth;
  LegalEntity: LegalEntity;
  LedgerAccount: LedgerAccount;
  AccountingPeriod: AccountingPeriod;
  JournalEntry: JournalEntry;
  BooksCheck: BooksCheck;
  PerformanceObligation: PerformanceObligation;
  RevenueSchedule: RevenueSchedule;
  FxRate: FxRate;
  Customer: Customer;
  Contract: Contract;
  ContractLine: ContractLine;
  Invoice: Invoice;
  AmendmentPreview: AmendmentPreview;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  ProcessHealth:
    ( { __typename: 'ProcessHealth' }
    & GraphQLRecursivePick<FederationTypes['ProcessHealth'], {"id":true}> );
  LegalEntity:
    ( { __typename: 'LegalEntity' }
    & GraphQLRecursivePick<FederationTypes['LegalEntity'], {"id":true}> );
  LedgerAccount:
    ( { __typename: 'LedgerAccount' }
    & GraphQLRecursivePick<FederationTypes['LedgerAccount'], {"id":true}> );
  AccountingPeriod:
    ( { __typename: 'AccountingPeriod' }
    & GraphQLRecursivePick<FederationTypes['AccountingPeriod'], {"id":true}> );
  JournalEntry:
    ( { __typename: 'JournalEntry' }
    & GraphQLRecursivePick<FederationTypes['JournalEntry'], {"id":true}> );
  BooksCheck:
    ( { __typename: 'BooksCheck' }
    & GraphQLRecursivePick<FederationTypes['BooksCheck'], {"id":true}> );
  PerformanceObligation:
    ( { __typename: 'PerformanceObligation' }
    & GraphQLRecursivePick<FederationTypes['PerformanceObligation'], {"id":true}> );
  RevenueSchedule:
    ( { __typename: 'RevenueSchedule' }
    & GraphQLRecursivePick<FederationTypes['RevenueSchedule'], {"id":true}> );
  FxRate:
    ( { __typename: 'FxRate' }
    & GraphQLRecursivePick<FederationTypes['FxRate'], {"id":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"currency":true}> ) );
  Contract:
    ( { __typename: 'Contract' }
    & GraphQLRecursivePick<FederationTypes['Contract'], {"id":true}> );
  ContractLine:
    ( { __typename: 'ContractLine' }
    & GraphQLRecursivePick<FederationTypes['ContractLine'], {"id":true}> );
  Invoice:
    ( { __typename: 'Invoice' }
    & GraphQLRecursivePick<FederationTypes['Invoice'], {"id":true}> );
  AmendmentPreview:
    ( { __typename: 'AmendmentPreview' }
    & GraphQLRecursivePick<FederationTypes['AmendmentPreview'], {"proposal":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( LegalEntityParent )
    | ( LedgerAccountParent )
    | ( AccountingPeriodParent )
    | ( JournalEntryParent )
    | ( PerformanceObligationParent )
    | ( RevenueScheduleParent )
    | ( FxRateParent )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Money: ResolverTypeWrapper<MoneyParent>;
  ExternalRef: ResolverTypeWrapper<ExternalRef>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  DateRange: ResolverTypeWrapper<DateRange>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  OrderDirection: OrderDirection;
  DateFilter: DateFilter;
  IdFilter: IdFilter;
  YearMonth: ResolverTypeWrapper<Scalars['YearMonth']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReopenPeriodInput: ReopenPeriodInput;
  ReopenPeriodPayload: ResolverTypeWrapper<ReopenPeriodPayloadParent>;
  PeriodChecklist: ResolverTypeWrapper<Omit<PeriodChecklist, 'period'> & { period: ResolversTypes['AccountingPeriod'] }>;
  ProcessHealth: ResolverTypeWrapper<Omit<ProcessHealth, 'closing'> & { closing: ReadonlyArray<ResolversTypes['PeriodChecklist']> }>;
  PeriodBlocker: ResolverTypeWrapper<PeriodBlocker>;
  PeriodRule: PeriodRule;
  PeriodStep: ResolverTypeWrapper<PeriodStep>;
  PeriodStepKind: PeriodStepKind;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  PeriodSeal: ResolverTypeWrapper<PeriodSealParent>;
  SealProof: ResolverTypeWrapper<SealProofParent>;
  PeriodReopening: ResolverTypeWrapper<PeriodReopening>;
  AccountType: AccountType;
  AccountRole: AccountRole;
  PeriodStatus: PeriodStatus;
  JournalStatus: JournalStatus;
  PostingStatus: PostingStatus;
  PostingPurpose: PostingPurpose;
  RecognitionMethod: RecognitionMethod;
  ScheduleEntryStatus: ScheduleEntryStatus;
  FiscalCalendar: FiscalCalendar;
  LegalEntity: ResolverTypeWrapper<LegalEntityParent>;
  LedgerAccount: ResolverTypeWrapper<LedgerAccountParent>;
  AccountRule: ResolverTypeWrapper<AccountRuleParent>;
  AccountingPeriod: ResolverTypeWrapper<AccountingPeriodParent>;
  JournalLine: ResolverTypeWrapper<JournalLineParent>;
  JournalEntry: ResolverTypeWrapper<JournalEntryParent>;
  BooksCheck: ResolverTypeWrapper<BooksCheckParent>;
  InvariantResult: ResolverTypeWrapper<InvariantResult>;
  TrialBalance: ResolverTypeWrapper<TrialBalanceParent>;
  AccountBalance: ResolverTypeWrapper<AccountBalanceParent>;
  CurrencyBalance: ResolverTypeWrapper<CurrencyBalanceParent>;
  RollForwardSubject: RollForwardSubject;
  DeferredRevenueFilter: DeferredRevenueFilter;
  DeferredRevenueRollForward: ResolverTypeWrapper<DeferredRevenueRollForwardParent>;
  RollForwardPeriod: ResolverTypeWrapper<RollForwardPeriodParent>;
  RollForward: ResolverTypeWrapper<RollForwardParent>;
  DeferredRevenueConnection: ResolverTypeWrapper<DeferredRevenueConnectionParent>;
  DeferredRevenueEdge: ResolverTypeWrapper<Omit<DeferredRevenueEdge, 'node'> & { node: ResolversTypes['DeferredRevenueRollForward'] }>;
  RecognitionComparison: ResolverTypeWrapper<RecognitionComparisonParent>;
  RemainingPerformanceObligations: ResolverTypeWrapper<RemainingPerformanceObligationsParent>;
  JournalSource: ResolverTypeWrapper<JournalSourceParent>;
  PerformanceObligation: ResolverTypeWrapper<PerformanceObligationParent>;
  RevenueScheduleEntry: ResolverTypeWrapper<RevenueScheduleEntryParent>;
  RevenueSchedule: ResolverTypeWrapper<RevenueScheduleParent>;
  FxRate: ResolverTypeWrapper<FxRateParent>;
  PostingRule: ResolverTypeWrapper<PostingRule>;
  Posting: ResolverTypeWrapper<PostingParent>;
  CreditTerms: ResolverTypeWrapper<Omit<CreditTerms, 'limit'> & { limit?: Maybe<ResolversTypes['Money']> }>;
  Customer: ResolverTypeWrapper<CustomerParent>;
  Contract: ResolverTypeWrapper<ContractParent>;
  ContractLine: ResolverTypeWrapper<ContractLineParent>;
  Invoice: ResolverTypeWrapper<Omit<Invoice, 'posting'> & { posting?: Maybe<ResolversTypes['Posting']> }>;
  CreditNote: ResolverTypeWrapper<CreditNote>;
  Payment: ResolverTypeWrapper<Payment>;
  Refund: ResolverTypeWrapper<Refund>;
  Dispute: ResolverTypeWrapper<Dispute>;
  MoneyInput: MoneyInput;
  IntervalInput: IntervalInput;
  IntervalUnit: IntervalUnit;
  DateRangeInput: DateRangeInput;
  DayCount: DayCount;
  RoundingMode: RoundingMode;
  RecognitionConvention: RecognitionConvention;
  RemainderPlacement: RemainderPlacement;
  DeliveryStepInput: DeliveryStepInput;
  RevenueScheduleInput: RevenueScheduleInput;
  RevenueScheduleExample: ResolverTypeWrapper<Omit<RevenueScheduleExample, 'total' | 'entries'> & { total: ResolversTypes['Money'], entries: ReadonlyArray<ResolversTypes['RevenueExample']> }>;
  RevenueExample: ResolverTypeWrapper<Omit<RevenueExample, 'amount' | 'deferred'> & { amount: ResolversTypes['Money'], deferred: ResolversTypes['Money'] }>;
  ChargesInput: ChargesInput;
  ChargesExample: ResolverTypeWrapper<Omit<ChargesExample, 'total' | 'charges'> & { total: ResolversTypes['Money'], charges: ReadonlyArray<ResolversTypes['ChargeExample']> }>;
  ChargeExample: ResolverTypeWrapper<Omit<ChargeExample, 'amount'> & { amount: ResolversTypes['Money'] }>;
  PriceBasis: PriceBasis;
  ObligationInput: ObligationInput;
  BundleInput: BundleInput;
  AllocationInput: AllocationInput;
  AllocationExample: ResolverTypeWrapper<Omit<AllocationExample, 'obligations'> & { obligations: ReadonlyArray<ResolversTypes['AllocatedObligation']> }>;
  AllocationMethod: AllocationMethod;
  AllocatedObligation: ResolverTypeWrapper<Omit<AllocatedObligation, 'allocatedPrice'> & { allocatedPrice: ResolversTypes['Money'] }>;
  SplitInput: SplitInput;
  TaxCreditInput: TaxCreditInput;
  TaxCreditExample: ResolverTypeWrapper<Omit<TaxCreditExample, 'net' | 'tax' | 'total'> & { net: ResolversTypes['Money'], tax: ResolversTypes['Money'], total: ResolversTypes['Money'] }>;
  RetentionPolicy: RetentionPolicy;
  RetentionInput: RetentionInput;
  RetentionExample: ResolverTypeWrapper<RetentionExample>;
  DaysSalesOutstandingMethod: DaysSalesOutstandingMethod;
  BilledPeriodInput: BilledPeriodInput;
  DaysSalesOutstandingInput: DaysSalesOutstandingInput;
  AmendmentPreview: ResolverTypeWrapper<AmendmentPreviewParent>;
  AccountingTreatment: ResolverTypeWrapper<Omit<AccountingTreatment, 'recognizedNow' | 'recognizedLater' | 'alternatives'> & { recognizedNow: ResolversTypes['Money'], recognizedLater: ResolversTypes['Money'], alternatives: ReadonlyArray<ResolversTypes['TreatmentEffect']> }>;
  TreatmentEffect: ResolverTypeWrapper<Omit<TreatmentEffect, 'recognizedNow' | 'recognizedLater'> & { recognizedNow: ResolversTypes['Money'], recognizedLater: ResolversTypes['Money'] }>;
  ModificationTreatment: ModificationTreatment;
  PreviewedRevenueSchedule: ResolverTypeWrapper<PreviewedRevenueScheduleParent>;
  JournalEntryConnection: ResolverTypeWrapper<JournalEntryConnectionParent>;
  JournalEntryEdge: ResolverTypeWrapper<Omit<JournalEntryEdge, 'node'> & { node: ResolversTypes['JournalEntry'] }>;
  PostingPurposeFilter: PostingPurposeFilter;
  JournalEntryFilter: JournalEntryFilter;
  JournalEntryOrderField: JournalEntryOrderField;
  JournalEntryOrder: JournalEntryOrder;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  BigInt: Scalars['BigInt']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  ID: Scalars['ID']['output'];
  Money: MoneyParent;
  ExternalRef: ExternalRef;
  String: Scalars['String']['output'];
  DateRange: DateRange;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  DateFilter: DateFilter;
  IdFilter: IdFilter;
  YearMonth: Scalars['YearMonth']['output'];
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  Mutation: Record<PropertyKey, never>;
  ReopenPeriodInput: ReopenPeriodInput;
  ReopenPeriodPayload: ReopenPeriodPayloadParent;
  PeriodChecklist: Omit<PeriodChecklist, 'period'> & { period: ResolversParentTypes['AccountingPeriod'] };
  ProcessHealth: Omit<ProcessHealth, 'closing'> & { closing: ReadonlyArray<ResolversParentTypes['PeriodChecklist']> } | FederationReferenceTypes['ProcessHealth'];
  PeriodBlocker: PeriodBlocker;
  PeriodStep: PeriodStep;
  UserError: UserError;
  PeriodSeal: PeriodSealParent;
  SealProof: SealProofParent;
  PeriodReopening: PeriodReopening;
  LegalEntity: LegalEntityParent;
  LedgerAccount: LedgerAccountParent;
  AccountRule: AccountRuleParent;
  AccountingPeriod: AccountingPeriodParent;
  JournalLine: JournalLineParent;
  JournalEntry: JournalEntryParent;
  BooksCheck: BooksCheckParent;
  InvariantResult: InvariantResult;
  TrialBalance: TrialBalanceParent;
  AccountBalance: AccountBalanceParent;
  CurrencyBalance: CurrencyBalanceParent;
  DeferredRevenueFilter: DeferredRevenueFilter;
  DeferredRevenueRollForward: DeferredRevenueRollForwardParent;
  RollForwardPeriod: RollForwardPeriodParent;
  RollForward: RollForwardParent;
  DeferredRevenueConnection: DeferredRevenueConnectionParent;
  DeferredRevenueEdge: Omit<DeferredRevenueEdge, 'node'> & { node: ResolversParentTypes['DeferredRevenueRollForward'] };
  RecognitionComparison: RecognitionComparisonParent;
  RemainingPerformanceObligations: RemainingPerformanceObligationsParent;
  JournalSource: JournalSourceParent;
  PerformanceObligation: PerformanceObligationParent;
  RevenueScheduleEntry: RevenueScheduleEntryParent;
  RevenueSchedule: RevenueScheduleParent;
  FxRate: FxRateParent;
  PostingRule: PostingRule;
  Posting: PostingParent;
  CreditTerms: Omit<CreditTerms, 'limit'> & { limit?: Maybe<ResolversParentTypes['Money']> };
  Customer: CustomerParent;
  Contract: ContractParent;
  ContractLine: ContractLineParent;
  Invoice: Omit<Invoice, 'posting'> & { posting?: Maybe<ResolversParentTypes['Posting']> } | FederationReferenceTypes['Invoice'];
  CreditNote: CreditNote;
  Payment: Payment;
  Refund: Refund;
  Dispute: Dispute;
  MoneyInput: MoneyInput;
  IntervalInput: IntervalInput;
  DateRangeInput: DateRangeInput;
  DeliveryStepInput: DeliveryStepInput;
  RevenueScheduleInput: RevenueScheduleInput;
  RevenueScheduleExample: Omit<RevenueScheduleExample, 'total' | 'entries'> & { total: ResolversParentTypes['Money'], entries: ReadonlyArray<ResolversParentTypes['RevenueExample']> };
  RevenueExample: Omit<RevenueExample, 'amount' | 'deferred'> & { amount: ResolversParentTypes['Money'], deferred: ResolversParentTypes['Money'] };
  ChargesInput: ChargesInput;
  ChargesExample: Omit<ChargesExample, 'total' | 'charges'> & { total: ResolversParentTypes['Money'], charges: ReadonlyArray<ResolversParentTypes['ChargeExample']> };
  ChargeExample: Omit<ChargeExample, 'amount'> & { amount: ResolversParentTypes['Money'] };
  ObligationInput: ObligationInput;
  BundleInput: BundleInput;
  AllocationInput: AllocationInput;
  AllocationExample: Omit<AllocationExample, 'obligations'> & { obligations: ReadonlyArray<ResolversParentTypes['AllocatedObligation']> };
  AllocatedObligation: Omit<AllocatedObligation, 'allocatedPrice'> & { allocatedPrice: ResolversParentTypes['Money'] };
  SplitInput: SplitInput;
  TaxCreditInput: TaxCreditInput;
  TaxCreditExample: Omit<TaxCreditExample, 'net' | 'tax' | 'total'> & { net: ResolversParentTypes['Money'], tax: ResolversParentTypes['Money'], total: ResolversParentTypes['Money'] };
  RetentionInput: RetentionInput;
  RetentionExample: RetentionExample;
  BilledPeriodInput: BilledPeriodInput;
  DaysSalesOutstandingInput: DaysSalesOutstandingInput;
  AmendmentPreview: AmendmentPreviewParent;
  AccountingTreatment: Omit<AccountingTreatment, 'recognizedNow' | 'recognizedLater' | 'alternatives'> & { recognizedNow: ResolversParentTypes['Money'], recognizedLater: ResolversParentTypes['Money'], alternatives: ReadonlyArray<ResolversParentTypes['TreatmentEffect']> };
  TreatmentEffect: Omit<TreatmentEffect, 'recognizedNow' | 'recognizedLater'> & { recognizedNow: ResolversParentTypes['Money'], recognizedLater: ResolversParentTypes['Money'] };
  PreviewedRevenueSchedule: PreviewedRevenueScheduleParent;
  JournalEntryConnection: JournalEntryConnectionParent;
  JournalEntryEdge: Omit<JournalEntryEdge, 'node'> & { node: ResolversParentTypes['JournalEntry'] };
  PostingPurposeFilter: PostingPurposeFilter;
  JournalEntryFilter: JournalEntryFilter;
  JournalEntryOrder: JournalEntryOrder;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface BigIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['BigInt'], any> {
  name: 'BigInt';
}

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'LegalEntity' | 'LedgerAccount' | 'AccountingPeriod' | 'JournalEntry' | 'PerformanceObligation' | 'RevenueSchedule' | 'FxRate', ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  minorUnits?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type ExternalRefResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalRef'] = ResolversParentTypes['ExternalRef']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  instance?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  objectType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DateRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DateRange'] = ResolversParentTypes['DateRange']> = {
  start?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  end?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface YearMonthScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['YearMonth'], any> {
  name: 'YearMonth';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType, RequireFields<QueryLegalEntityArgs, 'id'>>;
  legalEntities?: Resolver<ReadonlyArray<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  previewRevenueSchedule?: Resolver<ResolversTypes['RevenueScheduleExample'], ParentType, ContextType, RequireFields<QueryPreviewRevenueScheduleArgs, 'input'>>;
  previewCharges?: Resolver<ResolversTypes['ChargesExample'], ParentType, ContextType, RequireFields<QueryPreviewChargesArgs, 'input'>>;
  previewAllocation?: Resolver<ResolversTypes['AllocationExample'], ParentType, ContextType, RequireFields<QueryPreviewAllocationArgs, 'input'>>;
  previewSplit?: Resolver<ReadonlyArray<ResolversTypes['Money']>, ParentType, ContextType, RequireFields<QueryPreviewSplitArgs, 'input'>>;
  previewTaxCredit?: Resolver<ResolversTypes['TaxCreditExample'], ParentType, ContextType, RequireFields<QueryPreviewTaxCreditArgs, 'input'>>;
  previewRetention?: Resolver<Maybe<ResolversTypes['RetentionExample']>, ParentType, ContextType, RequireFields<QueryPreviewRetentionArgs, 'input'>>;
  previewDaysSalesOutstanding?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType, RequireFields<QueryPreviewDaysSalesOutstandingArgs, 'input'>>;
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType, RequireFields<QueryJournalEntryArgs, 'id'>>;
  journalEntries?: Resolver<ResolversTypes['JournalEntryConnection'], ParentType, ContextType, Partial<QueryJournalEntriesArgs>>;
  fxRates?: Resolver<ReadonlyArray<ResolversTypes['FxRate']>, ParentType, ContextType, RequireFields<QueryFxRatesArgs, 'baseCurrency' | 'quoteCurrency'>>;
  postingRules?: Resolver<ReadonlyArray<ResolversTypes['PostingRule']>, ParentType, ContextType>;
  trialBalance?: Resolver<Maybe<ResolversTypes['TrialBalance']>, ParentType, ContextType, RequireFields<QueryTrialBalanceArgs, 'legalEntityId'>>;
  checkBooks?: Resolver<ResolversTypes['BooksCheck'], ParentType, ContextType>;
  deferredRevenueRollForward?: Resolver<Maybe<ResolversTypes['DeferredRevenueConnection']>, ParentType, ContextType, RequireFields<QueryDeferredRevenueRollForwardArgs, 'legalEntityId' | 'from' | 'through' | 'by' | 'first'>>;
  remainingPerformanceObligations?: Resolver<Maybe<ReadonlyArray<ResolversTypes['RemainingPerformanceObligations']>>, ParentType, ContextType, RequireFields<QueryRemainingPerformanceObligationsArgs, 'legalEntityId' | 'asOf'>>;
  recognitionComparison?: Resolver<Maybe<ReadonlyArray<ResolversTypes['RecognitionComparison']>>, ParentType, ContextType, RequireFields<QueryRecognitionComparisonArgs, 'legalEntityId' | 'convention' | 'other'>>;
  revenueSchedule?: Resolver<Maybe<ResolversTypes['RevenueSchedule']>, ParentType, ContextType, RequireFields<QueryRevenueScheduleArgs, 'id'>>;
  periodChecklist?: Resolver<Maybe<ResolversTypes['PeriodChecklist']>, ParentType, ContextType, RequireFields<QueryPeriodChecklistArgs, 'legalEntityId' | 'period'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  reopenPeriod?: Resolver<Maybe<ResolversTypes['ReopenPeriodPayload']>, ParentType, ContextType, RequireFields<MutationReopenPeriodArgs, 'input'>>;
};

export type ReopenPeriodPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReopenPeriodPayload'] = ResolversParentTypes['ReopenPeriodPayload']> = {
  period?: Resolver<Maybe<ResolversTypes['AccountingPeriod']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PeriodChecklistResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PeriodChecklist'] = ResolversParentTypes['PeriodChecklist']> = {
  period?: Resolver<ResolversTypes['AccountingPeriod'], ParentType, ContextType>;
  blockers?: Resolver<ReadonlyArray<ResolversTypes['PeriodBlocker']>, ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['PeriodStep']>, ParentType, ContextType>;
};

export type ProcessHealthResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProcessHealth'] = ResolversParentTypes['ProcessHealth'], FederationReferenceType extends FederationReferenceTypes['ProcessHealth'] = FederationReferenceTypes['ProcessHealth']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProcessHealth']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  closing?: Resolver<ReadonlyArray<ResolversTypes['PeriodChecklist']>, ParentType, ContextType>;
};

export type PeriodBlockerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PeriodBlocker'] = ResolversParentTypes['PeriodBlocker']> = {
  rule?: Resolver<ResolversTypes['PeriodRule'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PeriodStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PeriodStep'] = ResolversParentTypes['PeriodStep']> = {
  step?: Resolver<ResolversTypes['PeriodStepKind'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PeriodSealResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PeriodSeal'] = ResolversParentTypes['PeriodSeal']> = {
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entryCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  previousHash?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sealedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  statement?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SealProofResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SealProof'] = ResolversParentTypes['SealProof']> = {
  content?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  place?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  seal?: Resolver<ResolversTypes['PeriodSeal'], ParentType, ContextType>;
};

export type PeriodReopeningResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PeriodReopening'] = ResolversParentTypes['PeriodReopening']> = {
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reopenedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type LegalEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LegalEntity'] = ResolversParentTypes['LegalEntity'], FederationReferenceType extends FederationReferenceTypes['LegalEntity'] = FederationReferenceTypes['LegalEntity']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['LegalEntity']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  functionalCurrency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fiscalCalendar?: Resolver<ResolversTypes['FiscalCalendar'], ParentType, ContextType>;
  fiscalYearStartMonth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['LedgerAccount']>, ParentType, ContextType>;
  accountRules?: Resolver<ReadonlyArray<ResolversTypes['AccountRule']>, ParentType, ContextType>;
  accountingPeriods?: Resolver<ReadonlyArray<ResolversTypes['AccountingPeriod']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LedgerAccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerAccount'] = ResolversParentTypes['LedgerAccount'], FederationReferenceType extends FederationReferenceTypes['LedgerAccount'] = FederationReferenceTypes['LedgerAccount']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['LedgerAccount']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['AccountType'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['AccountRole'], ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccountRuleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountRule'] = ResolversParentTypes['AccountRule']> = {
  role?: Resolver<ResolversTypes['AccountRole'], ParentType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['LedgerAccount']>, ParentType, ContextType>;
  accountCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  purpose?: Resolver<Maybe<ResolversTypes['PostingPurpose']>, ParentType, ContextType>;
  productFamily?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type AccountingPeriodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountingPeriod'] = ResolversParentTypes['AccountingPeriod'], FederationReferenceType extends FederationReferenceTypes['AccountingPeriod'] = FederationReferenceTypes['AccountingPeriod']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['AccountingPeriod']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['YearMonth'], ParentType, ContextType>;
  range?: Resolver<ResolversTypes['DateRange'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PeriodStatus'], ParentType, ContextType>;
  seal?: Resolver<Maybe<ResolversTypes['PeriodSeal']>, ParentType, ContextType>;
  seals?: Resolver<ReadonlyArray<ResolversTypes['PeriodSeal']>, ParentType, ContextType>;
  closedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reopenings?: Resolver<ReadonlyArray<ResolversTypes['PeriodReopening']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JournalLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalLine'] = ResolversParentTypes['JournalLine']> = {
  account?: Resolver<ResolversTypes['LedgerAccount'], ParentType, ContextType>;
  debit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  credit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  functionalDebit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  functionalCredit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type JournalEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalEntry'] = ResolversParentTypes['JournalEntry'], FederationReferenceType extends FederationReferenceTypes['JournalEntry'] = FederationReferenceTypes['JournalEntry']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['JournalEntry']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  date?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['YearMonth'], ParentType, ContextType>;
  originalPeriod?: Resolver<ResolversTypes['YearMonth'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JournalStatus'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['PostingPurpose'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['JournalSource']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['JournalLine']>, ParentType, ContextType>;
  reversalOf?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  reversedBy?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  sealProof?: Resolver<Maybe<ResolversTypes['SealProof']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BooksCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BooksCheck'] = ResolversParentTypes['BooksCheck'], FederationReferenceType extends FederationReferenceTypes['BooksCheck'] = FederationReferenceTypes['BooksCheck']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['BooksCheck']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  checkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  ledger?: Resolver<ReadonlyArray<ResolversTypes['InvariantResult']>, ParentType, ContextType>;
};

export type InvariantResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvariantResult'] = ResolversParentTypes['InvariantResult']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  statement?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  holds?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  offenderCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  offenders?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TrialBalanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TrialBalance'] = ResolversParentTypes['TrialBalance']> = {
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  asOf?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  period?: Resolver<Maybe<ResolversTypes['YearMonth']>, ParentType, ContextType>;
  knownAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  debit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  credit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['AccountBalance']>, ParentType, ContextType>;
};

export type AccountBalanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountBalance'] = ResolversParentTypes['AccountBalance']> = {
  account?: Resolver<ResolversTypes['LedgerAccount'], ParentType, ContextType>;
  debit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  credit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  balance?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  currencies?: Resolver<ReadonlyArray<ResolversTypes['CurrencyBalance']>, ParentType, ContextType>;
};

export type CurrencyBalanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CurrencyBalance'] = ResolversParentTypes['CurrencyBalance']> = {
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  debit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  credit?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  balance?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  functionalBalance?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type DeferredRevenueRollForwardResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeferredRevenueRollForward'] = ResolversParentTypes['DeferredRevenueRollForward']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  periods?: Resolver<ReadonlyArray<ResolversTypes['RollForwardPeriod']>, ParentType, ContextType>;
};

export type RollForwardPeriodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RollForwardPeriod'] = ResolversParentTypes['RollForwardPeriod']> = {
  period?: Resolver<ResolversTypes['YearMonth'], ParentType, ContextType>;
  amounts?: Resolver<ResolversTypes['RollForward'], ParentType, ContextType>;
  functionalAmounts?: Resolver<ResolversTypes['RollForward'], ParentType, ContextType>;
};

export type RollForwardResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RollForward'] = ResolversParentTypes['RollForward']> = {
  opening?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  billed?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  recognized?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  adjusted?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  closing?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type DeferredRevenueConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeferredRevenueConnection'] = ResolversParentTypes['DeferredRevenueConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['DeferredRevenueRollForward']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['DeferredRevenueEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DeferredRevenueEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeferredRevenueEdge'] = ResolversParentTypes['DeferredRevenueEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DeferredRevenueRollForward'], ParentType, ContextType>;
};

export type RecognitionComparisonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecognitionComparison'] = ResolversParentTypes['RecognitionComparison']> = {
  period?: Resolver<ResolversTypes['YearMonth'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  compared?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  difference?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type RemainingPerformanceObligationsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemainingPerformanceObligations'] = ResolversParentTypes['RemainingPerformanceObligations']> = {
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  withinTwelveMonths?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  later?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type JournalSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalSource'] = ResolversParentTypes['JournalSource']> = {
  __resolveType: TypeResolveFn<'Invoice' | 'CreditNote' | 'Payment' | 'Refund' | 'Dispute', ParentType, ContextType>;
};

export type PerformanceObligationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PerformanceObligation'] = ResolversParentTypes['PerformanceObligation'], FederationReferenceType extends FederationReferenceTypes['PerformanceObligation'] = FederationReferenceTypes['PerformanceObligation']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PerformanceObligation']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  allocatedPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  servicePeriod?: Resolver<ResolversTypes['DateRange'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['RecognitionMethod'], ParentType, ContextType>;
  revenueSchedule?: Resolver<ResolversTypes['RevenueSchedule'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevenueScheduleEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueScheduleEntry'] = ResolversParentTypes['RevenueScheduleEntry']> = {
  period?: Resolver<ResolversTypes['YearMonth'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ScheduleEntryStatus'], ParentType, ContextType>;
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
};

export type RevenueScheduleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueSchedule'] = ResolversParentTypes['RevenueSchedule'], FederationReferenceType extends FederationReferenceTypes['RevenueSchedule'] = FederationReferenceTypes['RevenueSchedule']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['RevenueSchedule']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  obligation?: Resolver<ResolversTypes['PerformanceObligation'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['RecognitionMethod'], ParentType, ContextType>;
  allocatedPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  recognized?: Resolver<ResolversTypes['Money'], ParentType, ContextType, Partial<RevenueScheduleRecognizedArgs>>;
  deferred?: Resolver<ResolversTypes['Money'], ParentType, ContextType, Partial<RevenueScheduleDeferredArgs>>;
  entries?: Resolver<ReadonlyArray<ResolversTypes['RevenueScheduleEntry']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FxRateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FxRate'] = ResolversParentTypes['FxRate'], FederationReferenceType extends FederationReferenceTypes['FxRate'] = FederationReferenceTypes['FxRate']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['FxRate']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  baseCurrency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  quoteCurrency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  rate?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  date?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PostingRuleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PostingRule'] = ResolversParentTypes['PostingRule']> = {
  purpose?: Resolver<ResolversTypes['PostingPurpose'], ParentType, ContextType>;
  debits?: Resolver<ReadonlyArray<ResolversTypes['AccountRole']>, ParentType, ContextType>;
  credits?: Resolver<ReadonlyArray<ResolversTypes['AccountRole']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PostingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Posting'] = ResolversParentTypes['Posting']> = {
  status?: Resolver<ResolversTypes['PostingStatus'], ParentType, ContextType>;
  journalEntry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  journalEntries?: Resolver<ReadonlyArray<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  blockedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CreditTermsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreditTerms'] = ResolversParentTypes['CreditTerms']> = {
  limit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  onHold?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  holdReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  deferredRevenue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  credit?: Resolver<Maybe<ResolversTypes['CreditTerms']>, ParentType, ContextType>;
};

export type ContractResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Contract'] = ResolversParentTypes['Contract'], FederationReferenceType extends FederationReferenceTypes['Contract'] = FederationReferenceTypes['Contract']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Contract']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  revenueSchedules?: Resolver<Maybe<ReadonlyArray<ResolversTypes['RevenueSchedule']>>, ParentType, ContextType, Partial<ContractRevenueSchedulesArgs>>;
};

export type ContractLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractLine'] = ResolversParentTypes['ContractLine'], FederationReferenceType extends FederationReferenceTypes['ContractLine'] = FederationReferenceTypes['ContractLine']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ContractLine']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  revenueSchedule?: Resolver<Maybe<ResolversTypes['RevenueSchedule']>, ParentType, ContextType>;
};

export type InvoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice'], FederationReferenceType extends FederationReferenceTypes['Invoice'] = FederationReferenceTypes['Invoice']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Invoice']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  posting?: Resolver<Maybe<ResolversTypes['Posting']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreditNoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreditNote'] = ResolversParentTypes['CreditNote']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DisputeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dispute'] = ResolversParentTypes['Dispute']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevenueScheduleExampleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueScheduleExample'] = ResolversParentTypes['RevenueScheduleExample']> = {
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  entries?: Resolver<ReadonlyArray<ResolversTypes['RevenueExample']>, ParentType, ContextType>;
};

export type RevenueExampleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueExample'] = ResolversParentTypes['RevenueExample']> = {
  period?: Resolver<ResolversTypes['YearMonth'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  deferred?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ChargesExampleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChargesExample'] = ResolversParentTypes['ChargesExample']> = {
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  charges?: Resolver<ReadonlyArray<ResolversTypes['ChargeExample']>, ParentType, ContextType>;
};

export type ChargeExampleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChargeExample'] = ResolversParentTypes['ChargeExample']> = {
  period?: Resolver<ResolversTypes['DateRange'], ParentType, ContextType>;
  whole?: Resolver<ResolversTypes['DateRange'], ParentType, ContextType>;
  share?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type AllocationExampleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AllocationExample'] = ResolversParentTypes['AllocationExample']> = {
  method?: Resolver<ResolversTypes['AllocationMethod'], ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  obligations?: Resolver<ReadonlyArray<ResolversTypes['AllocatedObligation']>, ParentType, ContextType>;
};

export type AllocatedObligationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AllocatedObligation'] = ResolversParentTypes['AllocatedObligation']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  allocatedPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type TaxCreditExampleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxCreditExample'] = ResolversParentTypes['TaxCreditExample']> = {
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type RetentionExampleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetentionExample'] = ResolversParentTypes['RetentionExample']> = {
  grossChurnRate?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  netChurnRate?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  netRevenueRetention?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  grossRevenueRetention?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type AmendmentPreviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AmendmentPreview'] = ResolversParentTypes['AmendmentPreview'], FederationReferenceType extends FederationReferenceTypes['AmendmentPreview'] = FederationReferenceTypes['AmendmentPreview']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['AmendmentPreview']> | FederationReferenceType, FederationReferenceType, ContextType>;
  proposal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  previewHash?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  treatment?: Resolver<Maybe<ResolversTypes['AccountingTreatment']>, ParentType, ContextType>;
  revenueSchedules?: Resolver<Maybe<ReadonlyArray<ResolversTypes['PreviewedRevenueSchedule']>>, ParentType, ContextType>;
  journalLines?: Resolver<Maybe<ReadonlyArray<ResolversTypes['JournalLine']>>, ParentType, ContextType>;
  postingBlockedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AccountingTreatmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountingTreatment'] = ResolversParentTypes['AccountingTreatment']> = {
  kind?: Resolver<ResolversTypes['ModificationTreatment'], ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  recognizedNow?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  recognizedLater?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  alternatives?: Resolver<ReadonlyArray<ResolversTypes['TreatmentEffect']>, ParentType, ContextType>;
};

export type TreatmentEffectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TreatmentEffect'] = ResolversParentTypes['TreatmentEffect']> = {
  kind?: Resolver<ResolversTypes['ModificationTreatment'], ParentType, ContextType>;
  recognizedNow?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  recognizedLater?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PreviewedRevenueScheduleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PreviewedRevenueSchedule'] = ResolversParentTypes['PreviewedRevenueSchedule']> = {
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['RecognitionMethod'], ParentType, ContextType>;
  allocatedPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  servicePeriod?: Resolver<ResolversTypes['DateRange'], ParentType, ContextType>;
  entries?: Resolver<ReadonlyArray<ResolversTypes['RevenueScheduleEntry']>, ParentType, ContextType>;
};

export type JournalEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalEntryConnection'] = ResolversParentTypes['JournalEntryConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['JournalEntryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type JournalEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalEntryEdge'] = ResolversParentTypes['JournalEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['JournalEntry'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  ExternalRef?: ExternalRefResolvers<ContextType>;
  DateRange?: DateRangeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  YearMonth?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  ReopenPeriodPayload?: ReopenPeriodPayloadResolvers<ContextType>;
  PeriodChecklist?: PeriodChecklistResolvers<ContextType>;
  ProcessHealth?: ProcessHealthResolvers<ContextType>;
  PeriodBlocker?: PeriodBlockerResolvers<ContextType>;
  PeriodStep?: PeriodStepResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  PeriodSeal?: PeriodSealResolvers<ContextType>;
  SealProof?: SealProofResolvers<ContextType>;
  PeriodReopening?: PeriodReopeningResolvers<ContextType>;
  LegalEntity?: LegalEntityResolvers<ContextType>;
  LedgerAccount?: LedgerAccountResolvers<ContextType>;
  AccountRule?: AccountRuleResolvers<ContextType>;
  AccountingPeriod?: AccountingPeriodResolvers<ContextType>;
  JournalLine?: JournalLineResolvers<ContextType>;
  JournalEntry?: JournalEntryResolvers<ContextType>;
  BooksCheck?: BooksCheckResolvers<ContextType>;
  InvariantResult?: InvariantResultResolvers<ContextType>;
  TrialBalance?: TrialBalanceResolvers<ContextType>;
  AccountBalance?: AccountBalanceResolvers<ContextType>;
  CurrencyBalance?: CurrencyBalanceResolvers<ContextType>;
  DeferredRevenueRollForward?: DeferredRevenueRollForwardResolvers<ContextType>;
  RollForwardPeriod?: RollForwardPeriodResolvers<ContextType>;
  RollForward?: RollForwardResolvers<ContextType>;
  DeferredRevenueConnection?: DeferredRevenueConnectionResolvers<ContextType>;
  DeferredRevenueEdge?: DeferredRevenueEdgeResolvers<ContextType>;
  RecognitionComparison?: RecognitionComparisonResolvers<ContextType>;
  RemainingPerformanceObligations?: RemainingPerformanceObligationsResolvers<ContextType>;
  JournalSource?: JournalSourceResolvers<ContextType>;
  PerformanceObligation?: PerformanceObligationResolvers<ContextType>;
  RevenueScheduleEntry?: RevenueScheduleEntryResolvers<ContextType>;
  RevenueSchedule?: RevenueScheduleResolvers<ContextType>;
  FxRate?: FxRateResolvers<ContextType>;
  PostingRule?: PostingRuleResolvers<ContextType>;
  Posting?: PostingResolvers<ContextType>;
  CreditTerms?: CreditTermsResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  Contract?: ContractResolvers<ContextType>;
  ContractLine?: ContractLineResolvers<ContextType>;
  Invoice?: InvoiceResolvers<ContextType>;
  CreditNote?: CreditNoteResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  Dispute?: DisputeResolvers<ContextType>;
  RevenueScheduleExample?: RevenueScheduleExampleResolvers<ContextType>;
  RevenueExample?: RevenueExampleResolvers<ContextType>;
  ChargesExample?: ChargesExampleResolvers<ContextType>;
  ChargeExample?: ChargeExampleResolvers<ContextType>;
  AllocationExample?: AllocationExampleResolvers<ContextType>;
  AllocatedObligation?: AllocatedObligationResolvers<ContextType>;
  TaxCreditExample?: TaxCreditExampleResolvers<ContextType>;
  RetentionExample?: RetentionExampleResolvers<ContextType>;
  AmendmentPreview?: AmendmentPreviewResolvers<ContextType>;
  AccountingTreatment?: AccountingTreatmentResolvers<ContextType>;
  TreatmentEffect?: TreatmentEffectResolvers<ContextType>;
  PreviewedRevenueSchedule?: PreviewedRevenueScheduleResolvers<ContextType>;
  JournalEntryConnection?: JournalEntryConnectionResolvers<ContextType>;
  JournalEntryEdge?: JournalEntryEdgeResolvers<ContextType>;
};
