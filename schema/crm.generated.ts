// Generated from the SDL by `npm run generate`: change the SDL, not this file.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PrintableMoney as MoneyParent } from '#domain/money.ts';
import type { Customer as CustomerParent, Contact as ContactParent, Opportunity as OpportunityParent, Quote as QuoteParent, Contract as ContractParent, Amendment as AmendmentParent } from '#domain/crm.ts';
import type { QuoteLineOf as QuoteLineParent, CustomerConnection as CustomerConnectionParent, ContractConnection as ContractConnectionParent, OpportunityConnection as OpportunityConnectionParent, Context } from '#subgraphs/crm/loaders.ts';
import type { ContractLineOf as ContractLineParent } from '#subgraphs/crm/store.ts';
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
  /** One customer. An unknown id gives null with the error NOT_FOUND; a merged customer's id gives that customer with status MERGED. */
  readonly customer: Maybe<Customer>;
  /** Customers, found by what is written on a ticket or filtered. */
  readonly customers: CustomerConnection;
  /** One contract. An unknown id gives null with the error NOT_FOUND. */
  readonly contract: Maybe<Contract>;
  /** Contracts of all customers. */
  readonly contracts: ContractConnection;
  /**
   * What an amendment would do to a contract, its value and what was billed; nothing is written. An unknown contract gives
   * null with the error NOT_FOUND.
   */
  readonly previewAmendment: Maybe<AmendmentPreview>;
  /** One opportunity. An unknown id gives null with the error NOT_FOUND. */
  readonly opportunity: Maybe<Opportunity>;
  /** Opportunities of all customers. */
  readonly opportunities: OpportunityConnection;
};


export type QueryCustomerArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCustomersArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CustomerFilter>;
  orderBy?: InputMaybe<CustomerOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryContractArgs = {
  id: Scalars['ID']['input'];
};


export type QueryContractsArgs = {
  filter?: InputMaybe<ContractFilter>;
  orderBy?: InputMaybe<ContractOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryPreviewAmendmentArgs = {
  input: AmendmentInput;
};


export type QueryOpportunityArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOpportunitiesArgs = {
  filter?: InputMaybe<OpportunityFilter>;
  orderBy?: InputMaybe<OpportunityOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** State of a customer relationship. */
export type CustomerStatus =
  /** Known to sales and has bought nothing yet. */
  | 'PROSPECT'
  /** Has or had a contract and may buy. */
  | 'ACTIVE'
  /** No longer a customer. */
  | 'INACTIVE'
  /** Found to be the same as another customer, which carries on. */
  | 'MERGED';

/** How much speaks against serving a customer. */
export type StandingLevel =
  /** Nothing stands against it. */
  | 'GOOD'
  /** Something needs attention soon. */
  | 'WATCH'
  /** Money or the relationship is at risk. */
  | 'AT_RISK'
  /** Stop: accounting put the customer on hold, or it is not to be served. */
  | 'HOLD';

/** What billing and ERP tell CRM of a customer, for those who speak with it. The systems themselves may know more by now. */
export type BillingFeedback = {
  /** How the customer stands over all systems. */
  readonly standing: StandingLevel;
  /** Whether a payment of it is contested at the bank. */
  readonly disputeOpen: Scalars['Boolean']['output'];
  /** Whether it is not reminded of overdue invoices at present, as during a dispute. */
  readonly dunningPaused: Scalars['Boolean']['output'];
  /** Whether accounting stopped selling to it on credit. */
  readonly creditHold: Scalars['Boolean']['output'];
  /** When the other systems told this. */
  readonly asOf: Scalars['DateTime']['output'];
};

/** Size class by which sales and pricing treat a customer. */
export type CustomerSegment =
  /** Small business. */
  | 'SMALL_BUSINESS'
  /** Mid-sized business. */
  | 'MID_MARKET'
  /** Large business with negotiated terms. */
  | 'ENTERPRISE';

/** Outcome of a deal. */
export type OpportunityStage =
  /** Not decided. */
  | 'OPEN'
  /** Closed-won: a contract is due. */
  | 'WON'
  /** Closed-lost. */
  | 'LOST';

/** State of a quote. */
export type QuoteStatus =
  /** Being prepared. */
  | 'DRAFT'
  /** Sent to the customer. */
  | 'PRESENTED'
  /** Accepted by the customer. */
  | 'ACCEPTED'
  /** Declined by the customer. */
  | 'REJECTED'
  /** Past its validity without an answer. */
  | 'EXPIRED';

/** State of a contract. */
export type ContractStatus =
  /** Not signed. */
  | 'DRAFT'
  /** Signed, and its term has not begun. */
  | 'SIGNED'
  /** In its term. */
  | 'ACTIVE'
  /** Service and billing are paused. */
  | 'SUSPENDED'
  /** Its term ended and was not renewed. */
  | 'EXPIRED'
  /** Ended before its term. */
  | 'TERMINATED'
  /** Its term ended and another contract continues it. */
  | 'RENEWED';

/** What an amendment does to a contract. */
export type AmendmentKind =
  /** Adds a line. */
  | 'ADD'
  /** Changes the quantity or price of a line. */
  | 'UPDATE'
  /** Removes a line. */
  | 'REMOVE'
  /** Exchanges the product of a line. */
  | 'CHANGE_PLAN'
  /** Extends the term. */
  | 'RENEW'
  /** Pauses service and billing. */
  | 'SUSPEND'
  /** Ends a suspension. */
  | 'RESUME'
  /** Ends the contract early. */
  | 'CANCEL'
  /** Moves the contract to another customer. */
  | 'TRANSFER';

/** Progress of an amendment through the systems. */
export type AmendmentStatus =
  /** Being prepared. */
  | 'DRAFT'
  /** Its effects in all systems were computed. */
  | 'PREVIEWED'
  /** Released by who has to. */
  | 'APPROVED'
  /** Being applied to the systems. */
  | 'APPLYING'
  /** In force in all systems. */
  | 'APPLIED'
  /** Failed on the way; what was done has been undone by counter-documents. */
  | 'COMPENSATED'
  /** Failed and needs a person. */
  | 'FAILED';

/** Unit of a recurring interval. */
export type IntervalUnit =
  /** Calendar day. */
  | 'DAY'
  /** Seven days. */
  | 'WEEK'
  /** Calendar month, anchored to the day of the first period. */
  | 'MONTH'
  /** Calendar year, anchored to the date of the first period. */
  | 'YEAR';

/** How often a recurring price is charged. */
export type Interval = {
  /** Unit that is counted. */
  readonly unit: IntervalUnit;
  /** How many units lie between two charges. */
  readonly count: Scalars['Int']['output'];
};

/** A person at our company who answers for a customer or a deal. */
export type Person = {
  /** Full name. */
  readonly name: Scalars['String']['output'];
  /** E-mail address. */
  readonly email: Scalars['String']['output'];
};

/** A tax registration, as printed on invoices. */
export type TaxId = {
  /** Kind of registration: `eu_vat`, `us_ein`, `jp_trn`. */
  readonly type: Scalars['String']['output'];
  /** The number itself. */
  readonly value: Scalars['String']['output'];
};

/** Where a customer is billed. */
export type Address = {
  /** Street and number. */
  readonly line1: Maybe<Scalars['String']['output']>;
  /** City or locality. */
  readonly city: Maybe<Scalars['String']['output']>;
  /** Postal code. */
  readonly postalCode: Maybe<Scalars['String']['output']>;
  /** State, province or prefecture code. */
  readonly region: Maybe<Scalars['String']['output']>;
  /** Country code of ISO 3166-1 alpha-2. */
  readonly country: Maybe<Scalars['String']['output']>;
};

/** How a customer's contracts stand, counted. */
export type ContractSummary = {
  /** Contracts in their term. */
  readonly active: Scalars['Int']['output'];
  /** Contracts whose service and billing are paused. */
  readonly suspended: Scalars['Int']['output'];
  /** Earliest end of a contract in its term that does not renew by itself; null if there is none. */
  readonly nextEndDate: Maybe<Scalars['Date']['output']>;
};

/** A company or person that buys: one customer, whatever number of systems knows it. Mastered in CRM. */
export type Customer = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Name in daily use. */
  readonly name: Scalars['String']['output'];
  /** Registered name, as on contracts and invoices; null if not known. */
  readonly legalName: Maybe<Scalars['String']['output']>;
  /** State of the relationship. */
  readonly status: CustomerStatus;
  /** Main e-mail address for billing. */
  readonly email: Maybe<Scalars['String']['output']>;
  /** Internet domain of the company. */
  readonly domain: Maybe<Scalars['String']['output']>;
  /** Company that this one belongs to; null for a company of its own. */
  readonly parent: Maybe<Customer>;
  /** Customers whose parent this is, at most 100, by name. */
  readonly subsidiaries: ReadonlyArray<Customer>;
  /** The customer that this one was merged into; null unless the status is MERGED. */
  readonly mergedInto: Maybe<Customer>;
  /** Customers that were merged into this one, which carries on for them, at most 100, by name. */
  readonly mergedCustomers: ReadonlyArray<Customer>;
  /** Tax registrations. */
  readonly taxIds: ReadonlyArray<TaxId>;
  /** Billing address. */
  readonly address: Maybe<Address>;
  /** Sales region: `AMER`, `EMEA`, `APAC`. */
  readonly region: Maybe<Scalars['String']['output']>;
  /** Size class. */
  readonly segment: Maybe<CustomerSegment>;
  /** Who answers for this customer. */
  readonly owner: Maybe<Person>;
  /** Currency in which the customer is billed unless a document says otherwise. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** People at the customer, at most 100, by name. */
  readonly contacts: ReadonlyArray<Contact>;
  /** Deals with the customer. */
  readonly opportunities: OpportunityConnection;
  /** Contracts with the customer. */
  readonly contracts: ContractConnection;
  /** What billing and ERP tell of the customer; null until they told something. */
  readonly billingFeedback: Maybe<BillingFeedback>;
  /** Contracts with the customer, counted by what matters to standing. */
  readonly contractSummary: ContractSummary;
};


/** A company or person that buys: one customer, whatever number of systems knows it. Mastered in CRM. */
export type CustomerOpportunitiesArgs = {
  filter?: InputMaybe<OpportunityFilter>;
  orderBy?: InputMaybe<OpportunityOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


/** A company or person that buys: one customer, whatever number of systems knows it. Mastered in CRM. */
export type CustomerContractsArgs = {
  filter?: InputMaybe<ContractFilter>;
  orderBy?: InputMaybe<ContractOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** A person at a customer. */
export type Contact = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** The customer that the person works for. */
  readonly customer: Customer;
  /** Full name. */
  readonly name: Scalars['String']['output'];
  /** E-mail address. */
  readonly email: Maybe<Scalars['String']['output']>;
  /** Telephone number. */
  readonly phone: Maybe<Scalars['String']['output']>;
  /** Role at the customer. */
  readonly title: Maybe<Scalars['String']['output']>;
};

/** A deal, from first talk to won or lost. */
export type Opportunity = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** The customer that would buy. */
  readonly customer: Customer;
  /** What the deal is about. */
  readonly name: Scalars['String']['output'];
  /** Outcome so far. */
  readonly stage: OpportunityStage;
  /** Expected total, or the won one. */
  readonly amount: Money;
  /** When the deal is expected to be decided. */
  readonly expectedCloseDate: Scalars['Date']['output'];
  /** When it was won or lost; null while it is open. */
  readonly closedOn: Maybe<Scalars['Date']['output']>;
  /** Who leads the deal. */
  readonly owner: Maybe<Person>;
  /** Offers made, at most 100, latest first. */
  readonly quotes: ReadonlyArray<Quote>;
  /** Contract that the deal led to; null if it led to none. */
  readonly contract: Maybe<Contract>;
};

/** One product on a quote. */
export type QuoteLine = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** What is offered. */
  readonly product: Product;
  /** How many units. */
  readonly quantity: Scalars['Decimal']['output'];
  /** Price of one unit for one interval, before tax. */
  readonly unitPrice: Money;
};

/** A binding offer for an opportunity. */
export type Quote = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Number printed on the quote. */
  readonly number: Scalars['String']['output'];
  /** The deal it belongs to. */
  readonly opportunity: Opportunity;
  /** State of the quote. */
  readonly status: QuoteStatus;
  /** What is offered. */
  readonly lines: ReadonlyArray<QuoteLine>;
  /** Sum of quantity times unit price over the lines, each rounded half away from zero. */
  readonly total: Money;
  /** Last day on which it can be accepted. */
  readonly validUntil: Scalars['Date']['output'];
};

/**
 * What was sold, in one quantity at one price over one range of dates. A change of quantity or price ends the line
 * and starts another, so that a line equals one subscription item and one performance obligation.
 */
export type ContractLine = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** What was sold. */
  readonly product: Product;
  /** How many units. */
  readonly quantity: Scalars['Decimal']['output'];
  /** Price of one unit for one interval, before tax. */
  readonly unitPrice: Money;
  /** How often the price is due; null for a one-time charge. */
  readonly interval: Maybe<Interval>;
  /** Days on which the line is served. */
  readonly servicePeriod: DateRange;
  /** Price of the line over its whole service period: each full billing period of the contract at its price, the rest by days, each rounded half away from zero. */
  readonly value: Money;
};

/** A change of a contract. */
export type Amendment = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** The contract that it changes. */
  readonly contract: Contract;
  /** What it does. */
  readonly kind: AmendmentKind;
  /** How far it is applied. */
  readonly status: AmendmentStatus;
  /** First day on which the change holds. */
  readonly effectiveDate: Scalars['Date']['output'];
  /** Why it was made. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** Change of the total contract value; negative for a reduction. */
  readonly contractValueDelta: Money;
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

/** One change of a contract. A kind reads the fields that name it; what is not given stays as it is. */
export type AmendmentChange = {
  /** What it does. */
  readonly kind?: AmendmentKind;
  /** UPDATE, CHANGE_PLAN, REMOVE: the line, by the id that it was sold under or that of its latest part. */
  readonly lineId?: InputMaybe<Scalars['ID']['input']>;
  /** ADD, CHANGE_PLAN: what is sold from now on. A preview takes any; `amendContract` refuses what billing does not know (MAPPING_MISSING) or sells no more (STATUS_FORBIDS). */
  readonly productId?: InputMaybe<Scalars['ID']['input']>;
  /** ADD, UPDATE, CHANGE_PLAN: how many units; 1 for an added line where it is not given. */
  readonly quantity?: InputMaybe<Scalars['Decimal']['input']>;
  /** ADD, UPDATE, CHANGE_PLAN: price of one unit for one interval, before tax. */
  readonly unitPrice?: InputMaybe<MoneyInput>;
  /** ADD, CHANGE_PLAN: how often the price is due. An added line without it is charged once. */
  readonly interval?: InputMaybe<IntervalInput>;
  /** ADD: first day without the line, the end of the contract where it is not given. RENEW: first day after the next term, which is as long as the last one where it is not given. */
  readonly endDate?: InputMaybe<Scalars['Date']['input']>;
  /** RESUME: whether the term ends as many days later as the contract stood still. */
  readonly extendsTerm?: Scalars['Boolean']['input'];
  /** CANCEL: whether the billing period that runs is delivered and paid to its end. */
  readonly atEndOfPeriod?: Scalars['Boolean']['input'];
  /** TRANSFER: the customer who gets what is left. */
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
  /** RENEW: percent by which prices rise; negative where they fall. */
  readonly uplift?: Scalars['Decimal']['input'];
};

/** A change of a contract, as it is asked for. */
export type AmendmentInput = {
  /** The contract that it changes. */
  readonly contractId: Scalars['ID']['input'];
  /** First day on which the changes hold; for a renewal the day on which the term ends. */
  readonly effectiveDate: Scalars['Date']['input'];
  /** What changes, one after the other: 1 to 50. */
  readonly changes: ReadonlyArray<AmendmentChange>;
};

/** What an amendment would do, computed and not made. */
export type AmendmentPreview = {
  /** What other systems preview the rest of it from; empty where the amendment is refused. */
  readonly proposal: Scalars['String']['output'];
  /** The contract as it would be from the effective date on; null where the amendment is refused. */
  readonly contract: Maybe<PreviewedContract>;
  /** The contract that a renewal or a transfer would begin; null for all else. */
  readonly continuation: Maybe<PreviewedContract>;
  /** How the total contract value would change; null where the amendment is refused. */
  readonly contractValue: Maybe<ContractValueChange>;
  /** Credits and charges for billing periods that have begun: what was billed for them is set right. Credits come first. */
  readonly invoiceLines: ReadonlyArray<PreviewedInvoiceLine>;
  /** Sum of the invoice lines of the contract itself, before tax; negative for a credit. Null where it is refused. */
  readonly netInvoiceAmount: Maybe<Money>;
  /** How the monthly recurring revenue would change, of the contract and its continuation; null where it is refused. */
  readonly monthlyRecurringRevenueDelta: Maybe<Money>;
  /** Why it has these effects. */
  readonly reasons: ReadonlyArray<AmendmentReason>;
  /** Everything that is wrong with the amendment; it can be made if there is nothing. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A contract as it would be. */
export type PreviewedContract = {
  /** Its state. */
  readonly status: ContractStatus;
  /** First day of its term. */
  readonly startDate: Scalars['Date']['output'];
  /** First day after its term. */
  readonly endDate: Scalars['Date']['output'];
  /** Sum of its lines' values over the whole term, before tax. */
  readonly totalContractValue: Money;
  /** What it would sell, in the order in which it was sold. */
  readonly lines: ReadonlyArray<PreviewedLine>;
};

/** A contract line as it would be. */
export type PreviewedLine = {
  /** What is sold. */
  readonly product: Product;
  /** How many units. */
  readonly quantity: Scalars['Decimal']['output'];
  /** Price of one unit for one interval, before tax. */
  readonly unitPrice: Money;
  /** How often the price is due; null for a one-time charge. */
  readonly interval: Maybe<Interval>;
  /** Days on which the line is served. */
  readonly servicePeriod: DateRange;
  /** Price of the line over its whole service period. */
  readonly value: Money;
};

/** A credit or a charge for a part of a billing period. */
export type PreviewedInvoiceLine = {
  /** What it is for, as an invoice says it. */
  readonly description: Scalars['String']['output'];
  /** Before tax; negative for a credit. */
  readonly amount: Money;
  /** The service that is given back or charged. */
  readonly servicePeriod: DateRange;
  /** Whether it is for the contract that continues this one, and so perhaps for another customer. */
  readonly isOfContinuation: Scalars['Boolean']['output'];
};

/** How a total contract value changes. */
export type ContractValueChange = {
  /** The value as it is. */
  readonly before: Money;
  /** The value as it would be. */
  readonly after: Money;
  /** The difference; negative for a reduction. */
  readonly delta: Money;
};

/** Why an amendment has the effect that it has. */
export type AmendmentReason = {
  /** What it tells, for programs. */
  readonly code: AmendmentReasonCode;
  /** What it tells, for people. */
  readonly message: Scalars['String']['output'];
};

/** What an amendment was found to do. */
export type AmendmentReasonCode =
  /** A line begins. */
  | 'LINE_STARTED'
  /** A line is on other terms from the effective date on. */
  | 'LINE_CHANGED'
  /** A line ends. */
  | 'LINE_ENDED'
  /** The contract ends before its term. */
  | 'CONTRACT_ENDED'
  /** Service and charges stop. */
  | 'CONTRACT_SUSPENDED'
  /** Service and charges go on. */
  | 'CONTRACT_RESUMED'
  /** Another contract continues it. */
  | 'CONTRACT_CONTINUED'
  /** The term ends later. */
  | 'TERM_EXTENDED'
  /** What was billed is credited and charged anew. */
  | 'BILLING_ADJUSTED'
  /** What was billed stays as it is. */
  | 'BILLING_UNCHANGED';

/** Why a request can't be carried out as it stands. */
export type UserError = {
  /** Which rule it breaks. */
  readonly code: UserErrorCode;
  /** What is wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** Path of the field in the input: `changes.0.quantity`. */
  readonly field: Scalars['String']['output'];
};

/** Rules that a request can break. */
export type UserErrorCode =
  /** The line changes on a later day already. */
  | 'AMENDMENT_OVERLAPS'
  /** Not an amount. */
  | 'AMOUNT_INVALID'
  /** An amount that can't be negative is. */
  | 'AMOUNT_NEGATIVE'
  /** More decimals than the currency has. */
  | 'AMOUNT_TOO_PRECISE'
  /** Nothing is asked for. */
  | 'CHANGES_MISSING'
  /** Another currency than the contract has. */
  | 'CURRENCY_MISMATCH'
  /** An end before its start. */
  | 'DATE_ORDER'
  /** A day that the contract does not cover. */
  | 'DATE_OUTSIDE_CONTRACT'
  /** A day on which the line does not run. */
  | 'DATE_OUTSIDE_LINE'
  /** An id that is in use. */
  | 'DUPLICATE_ID'
  /** An interval that does not advance. */
  | 'INTERVAL_INVALID'
  /** A number is missing. */
  | 'NUMBER_MISSING'
  /** The books of that day are closed. */
  | 'PERIOD_CLOSED'
  /** Not a quantity of zero or more. */
  | 'QUANTITY_INVALID'
  /** Not a rate that can be applied. */
  | 'RATE_INVALID'
  /** A thing is not named, or there is none of that name. */
  | 'REFERENCE_MISSING'
  /** The contract is with this customer already. */
  | 'SAME_CUSTOMER'
  /** Not possible in the state that the contract is in. */
  | 'STATUS_FORBIDS'
  /** A term of more than 25 years. */
  | 'TERM_TOO_LONG';

/** An agreement to deliver and pay. Mastered in CRM. */
export type Contract = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Number printed on the contract. Never null in fact: it has the shape of `Invoice.number`, so that a client can ask both of a union. */
  readonly number: Maybe<Scalars['String']['output']>;
  /** The customer that is bound by it. */
  readonly customer: Customer;
  /** The deal it came from; null if it came otherwise. */
  readonly opportunity: Maybe<Opportunity>;
  /** The company of ours that is bound by it. */
  readonly legalEntity: LegalEntity;
  /** State of the contract. */
  readonly status: ContractStatus;
  /** When it was signed; null for a draft. */
  readonly signedOn: Maybe<Scalars['Date']['output']>;
  /** First day of the term. */
  readonly startDate: Scalars['Date']['output'];
  /** First day after the term. */
  readonly endDate: Scalars['Date']['output'];
  /** A day on which a billing period starts: the periods of all its lines are counted from there, so that a line which starts in the middle of one is charged for the rest of it. */
  readonly billingAnchor: Scalars['Date']['output'];
  /** Whether it continues by itself at the end of its term. */
  readonly autoRenew: Scalars['Boolean']['output'];
  /** The contract that this one continues; null for a first one. */
  readonly renewalOf: Maybe<Contract>;
  /** What was sold, by start date. */
  readonly lines: ReadonlyArray<ContractLine>;
  /** Sum of the lines' values over the whole term, before tax. */
  readonly totalContractValue: Money;
  /** Changes of the contract, at most 100, latest effective date first. */
  readonly amendments: ReadonlyArray<Amendment>;
};

/** A product of the catalogue; mastered in billing. */
export type Product = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** A company of ours; mastered in ERP. */
export type LegalEntity = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** A page of customers. */
export type CustomerConnection = {
  /** The customers of this page. */
  readonly nodes: ReadonlyArray<Customer>;
  /** The customers of this page, each with its cursor. */
  readonly edges: ReadonlyArray<CustomerEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many customers match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of customers. */
export type CustomerEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The customer at this position. */
  readonly node: Customer;
};

/** A page of contracts. */
export type ContractConnection = {
  /** The contracts of this page. */
  readonly nodes: ReadonlyArray<Contract>;
  /** The contracts of this page, each with its cursor. */
  readonly edges: ReadonlyArray<ContractEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many contracts match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of contracts. */
export type ContractEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The contract at this position. */
  readonly node: Contract;
};

/** A page of opportunities. */
export type OpportunityConnection = {
  /** The opportunities of this page. */
  readonly nodes: ReadonlyArray<Opportunity>;
  /** The opportunities of this page, each with its cursor. */
  readonly edges: ReadonlyArray<OpportunityEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many opportunities match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of opportunities. */
export type OpportunityEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The opportunity at this position. */
  readonly node: Opportunity;
};

/** A choice of customer states. */
export type CustomerStatusFilter = {
  /** Any of these. */
  readonly in: ReadonlyArray<CustomerStatus>;
};

/** A choice of segments. */
export type CustomerSegmentFilter = {
  /** Any of these. */
  readonly in: ReadonlyArray<CustomerSegment>;
};

/** A choice of contract states. */
export type ContractStatusFilter = {
  /** Any of these. */
  readonly in: ReadonlyArray<ContractStatus>;
};

/** A choice of opportunity stages. */
export type OpportunityStageFilter = {
  /** Any of these. */
  readonly in: ReadonlyArray<OpportunityStage>;
};

/** A choice of sales regions. */
export type RegionFilter = {
  /** Any of these; at most 100. */
  readonly in: ReadonlyArray<Scalars['String']['input']>;
};

/** Which customers to include; all conditions given must hold. */
export type CustomerFilter = {
  /** By their state. */
  readonly status?: InputMaybe<CustomerStatusFilter>;
  /** By size class. */
  readonly segment?: InputMaybe<CustomerSegmentFilter>;
  /** By sales region. */
  readonly region?: InputMaybe<RegionFilter>;
};

/** Which contracts to include; all conditions given must hold. */
export type ContractFilter = {
  /** By their state. */
  readonly status?: InputMaybe<ContractStatusFilter>;
  /** By legal entity. */
  readonly legalEntity?: InputMaybe<IdFilter>;
  /** By first day of the term. */
  readonly startDate?: InputMaybe<DateFilter>;
  /** By first day after the term. */
  readonly endDate?: InputMaybe<DateFilter>;
};

/** Which opportunities to include; all conditions given must hold. */
export type OpportunityFilter = {
  /** By outcome. */
  readonly stage?: InputMaybe<OpportunityStageFilter>;
  /** By expected close date. */
  readonly expectedCloseDate?: InputMaybe<DateFilter>;
};

/** Fields by which Customer lists can be sorted. */
export type CustomerOrderField =
  /** By name; the default, ascending. */
  | 'NAME'
  /** By the time of the last change. */
  | 'RECORDED_AT';

/** Sort order of a Customer list. */
export type CustomerOrder = {
  /** Field to sort by. */
  readonly field: CustomerOrderField;
  /** Direction of the sort. */
  readonly direction: OrderDirection;
};

/** Fields by which Contract lists can be sorted. */
export type ContractOrderField =
  /** By first day of the term; the default, descending. */
  | 'START_DATE'
  /** By first day after the term. */
  | 'END_DATE'
  /** By total contract value in minor units, whatever the currency. */
  | 'TOTAL_CONTRACT_VALUE';

/** Sort order of a Contract list. */
export type ContractOrder = {
  /** Field to sort by. */
  readonly field: ContractOrderField;
  /** Direction of the sort. */
  readonly direction: OrderDirection;
};

/** Fields by which Opportunity lists can be sorted. */
export type OpportunityOrderField =
  /** By expected close date; the default, descending. */
  | 'EXPECTED_CLOSE_DATE'
  /** By amount in minor units, whatever the currency. */
  | 'AMOUNT';

/** Sort order of a Opportunity list. */
export type OpportunityOrder = {
  /** Field to sort by. */
  readonly field: OpportunityOrderField;
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
  Customer: Customer;
  Contact: Contact;
  Opportunity: Opportunity;
  Quote: Quote;
  ContractLine: ContractLine;
  Amendment: Amendment;
  Contract: Contract;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Contact:
    ( { __typename: 'Contact' }
    & GraphQLRecursivePick<FederationTypes['Contact'], {"id":true}> );
  Opportunity:
    ( { __typename: 'Opportunity' }
    & GraphQLRecursivePick<FederationTypes['Opportunity'], {"id":true}> );
  Quote:
    ( { __typename: 'Quote' }
    & GraphQLRecursivePick<FederationTypes['Quote'], {"id":true}> );
  ContractLine:
    ( { __typename: 'ContractLine' }
    & GraphQLRecursivePick<FederationTypes['ContractLine'], {"id":true}> );
  Amendment:
    ( { __typename: 'Amendment' }
    & GraphQLRecursivePick<FederationTypes['Amendment'], {"id":true}> );
  Contract:
    ( { __typename: 'Contract' }
    & GraphQLRecursivePick<FederationTypes['Contract'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( CustomerParent )
    | ( ContactParent )
    | ( OpportunityParent )
    | ( QuoteParent )
    | ( AmendmentParent )
    | ( ContractParent )
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
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  CustomerStatus: CustomerStatus;
  StandingLevel: StandingLevel;
  BillingFeedback: ResolverTypeWrapper<BillingFeedback>;
  CustomerSegment: CustomerSegment;
  OpportunityStage: OpportunityStage;
  QuoteStatus: QuoteStatus;
  ContractStatus: ContractStatus;
  AmendmentKind: AmendmentKind;
  AmendmentStatus: AmendmentStatus;
  IntervalUnit: IntervalUnit;
  Interval: ResolverTypeWrapper<Interval>;
  Person: ResolverTypeWrapper<Person>;
  TaxId: ResolverTypeWrapper<TaxId>;
  Address: ResolverTypeWrapper<Address>;
  ContractSummary: ResolverTypeWrapper<ContractSummary>;
  Customer: ResolverTypeWrapper<CustomerParent>;
  Contact: ResolverTypeWrapper<ContactParent>;
  Opportunity: ResolverTypeWrapper<OpportunityParent>;
  QuoteLine: ResolverTypeWrapper<QuoteLineParent>;
  Quote: ResolverTypeWrapper<QuoteParent>;
  ContractLine: ResolverTypeWrapper<ContractLineParent>;
  Amendment: ResolverTypeWrapper<AmendmentParent>;
  MoneyInput: MoneyInput;
  IntervalInput: IntervalInput;
  AmendmentChange: AmendmentChange;
  AmendmentInput: AmendmentInput;
  AmendmentPreview: ResolverTypeWrapper<Omit<AmendmentPreview, 'contract' | 'continuation' | 'contractValue' | 'invoiceLines' | 'netInvoiceAmount' | 'monthlyRecurringRevenueDelta'> & { contract?: Maybe<ResolversTypes['PreviewedContract']>, continuation?: Maybe<ResolversTypes['PreviewedContract']>, contractValue?: Maybe<ResolversTypes['ContractValueChange']>, invoiceLines: ReadonlyArray<ResolversTypes['PreviewedInvoiceLine']>, netInvoiceAmount?: Maybe<ResolversTypes['Money']>, monthlyRecurringRevenueDelta?: Maybe<ResolversTypes['Money']> }>;
  PreviewedContract: ResolverTypeWrapper<Omit<PreviewedContract, 'totalContractValue' | 'lines'> & { totalContractValue: ResolversTypes['Money'], lines: ReadonlyArray<ResolversTypes['PreviewedLine']> }>;
  PreviewedLine: ResolverTypeWrapper<Omit<PreviewedLine, 'unitPrice' | 'value'> & { unitPrice: ResolversTypes['Money'], value: ResolversTypes['Money'] }>;
  PreviewedInvoiceLine: ResolverTypeWrapper<Omit<PreviewedInvoiceLine, 'amount'> & { amount: ResolversTypes['Money'] }>;
  ContractValueChange: ResolverTypeWrapper<Omit<ContractValueChange, 'before' | 'after' | 'delta'> & { before: ResolversTypes['Money'], after: ResolversTypes['Money'], delta: ResolversTypes['Money'] }>;
  AmendmentReason: ResolverTypeWrapper<AmendmentReason>;
  AmendmentReasonCode: AmendmentReasonCode;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  Contract: ResolverTypeWrapper<ContractParent>;
  Product: ResolverTypeWrapper<Product>;
  LegalEntity: ResolverTypeWrapper<LegalEntity>;
  CustomerConnection: ResolverTypeWrapper<CustomerConnectionParent>;
  CustomerEdge: ResolverTypeWrapper<Omit<CustomerEdge, 'node'> & { node: ResolversTypes['Customer'] }>;
  ContractConnection: ResolverTypeWrapper<ContractConnectionParent>;
  ContractEdge: ResolverTypeWrapper<Omit<ContractEdge, 'node'> & { node: ResolversTypes['Contract'] }>;
  OpportunityConnection: ResolverTypeWrapper<OpportunityConnectionParent>;
  OpportunityEdge: ResolverTypeWrapper<Omit<OpportunityEdge, 'node'> & { node: ResolversTypes['Opportunity'] }>;
  CustomerStatusFilter: CustomerStatusFilter;
  CustomerSegmentFilter: CustomerSegmentFilter;
  ContractStatusFilter: ContractStatusFilter;
  OpportunityStageFilter: OpportunityStageFilter;
  RegionFilter: RegionFilter;
  CustomerFilter: CustomerFilter;
  ContractFilter: ContractFilter;
  OpportunityFilter: OpportunityFilter;
  CustomerOrderField: CustomerOrderField;
  CustomerOrder: CustomerOrder;
  ContractOrderField: ContractOrderField;
  ContractOrder: ContractOrder;
  OpportunityOrderField: OpportunityOrderField;
  OpportunityOrder: OpportunityOrder;
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
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  BillingFeedback: BillingFeedback;
  Interval: Interval;
  Person: Person;
  TaxId: TaxId;
  Address: Address;
  ContractSummary: ContractSummary;
  Customer: CustomerParent;
  Contact: ContactParent;
  Opportunity: OpportunityParent;
  QuoteLine: QuoteLineParent;
  Quote: QuoteParent;
  ContractLine: ContractLineParent;
  Amendment: AmendmentParent;
  MoneyInput: MoneyInput;
  IntervalInput: IntervalInput;
  AmendmentChange: AmendmentChange;
  AmendmentInput: AmendmentInput;
  AmendmentPreview: Omit<AmendmentPreview, 'contract' | 'continuation' | 'contractValue' | 'invoiceLines' | 'netInvoiceAmount' | 'monthlyRecurringRevenueDelta'> & { contract?: Maybe<ResolversParentTypes['PreviewedContract']>, continuation?: Maybe<ResolversParentTypes['PreviewedContract']>, contractValue?: Maybe<ResolversParentTypes['ContractValueChange']>, invoiceLines: ReadonlyArray<ResolversParentTypes['PreviewedInvoiceLine']>, netInvoiceAmount?: Maybe<ResolversParentTypes['Money']>, monthlyRecurringRevenueDelta?: Maybe<ResolversParentTypes['Money']> };
  PreviewedContract: Omit<PreviewedContract, 'totalContractValue' | 'lines'> & { totalContractValue: ResolversParentTypes['Money'], lines: ReadonlyArray<ResolversParentTypes['PreviewedLine']> };
  PreviewedLine: Omit<PreviewedLine, 'unitPrice' | 'value'> & { unitPrice: ResolversParentTypes['Money'], value: ResolversParentTypes['Money'] };
  PreviewedInvoiceLine: Omit<PreviewedInvoiceLine, 'amount'> & { amount: ResolversParentTypes['Money'] };
  ContractValueChange: Omit<ContractValueChange, 'before' | 'after' | 'delta'> & { before: ResolversParentTypes['Money'], after: ResolversParentTypes['Money'], delta: ResolversParentTypes['Money'] };
  AmendmentReason: AmendmentReason;
  UserError: UserError;
  Contract: ContractParent;
  Product: Product;
  LegalEntity: LegalEntity;
  CustomerConnection: CustomerConnectionParent;
  CustomerEdge: Omit<CustomerEdge, 'node'> & { node: ResolversParentTypes['Customer'] };
  ContractConnection: ContractConnectionParent;
  ContractEdge: Omit<ContractEdge, 'node'> & { node: ResolversParentTypes['Contract'] };
  OpportunityConnection: OpportunityConnectionParent;
  OpportunityEdge: Omit<OpportunityEdge, 'node'> & { node: ResolversParentTypes['Opportunity'] };
  CustomerStatusFilter: CustomerStatusFilter;
  CustomerSegmentFilter: CustomerSegmentFilter;
  ContractStatusFilter: ContractStatusFilter;
  OpportunityStageFilter: OpportunityStageFilter;
  RegionFilter: RegionFilter;
  CustomerFilter: CustomerFilter;
  ContractFilter: ContractFilter;
  OpportunityFilter: OpportunityFilter;
  CustomerOrder: CustomerOrder;
  ContractOrder: ContractOrder;
  OpportunityOrder: OpportunityOrder;
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
  __resolveType: TypeResolveFn<'Customer' | 'Contact' | 'Opportunity' | 'Quote' | 'Amendment' | 'Contract', ParentType, ContextType>;
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

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerArgs, 'id'>>;
  customers?: Resolver<ResolversTypes['CustomerConnection'], ParentType, ContextType, Partial<QueryCustomersArgs>>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType, RequireFields<QueryContractArgs, 'id'>>;
  contracts?: Resolver<ResolversTypes['ContractConnection'], ParentType, ContextType, Partial<QueryContractsArgs>>;
  previewAmendment?: Resolver<Maybe<ResolversTypes['AmendmentPreview']>, ParentType, ContextType, RequireFields<QueryPreviewAmendmentArgs, 'input'>>;
  opportunity?: Resolver<Maybe<ResolversTypes['Opportunity']>, ParentType, ContextType, RequireFields<QueryOpportunityArgs, 'id'>>;
  opportunities?: Resolver<ResolversTypes['OpportunityConnection'], ParentType, ContextType, Partial<QueryOpportunitiesArgs>>;
};

export type BillingFeedbackResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BillingFeedback'] = ResolversParentTypes['BillingFeedback']> = {
  standing?: Resolver<ResolversTypes['StandingLevel'], ParentType, ContextType>;
  disputeOpen?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  dunningPaused?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  creditHold?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type IntervalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Interval'] = ResolversParentTypes['Interval']> = {
  unit?: Resolver<ResolversTypes['IntervalUnit'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PersonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Person'] = ResolversParentTypes['Person']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TaxIdResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxId'] = ResolversParentTypes['TaxId']> = {
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  line1?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ContractSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractSummary'] = ResolversParentTypes['ContractSummary']> = {
  active?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  suspended?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nextEndDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  legalName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CustomerStatus'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  domain?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  subsidiaries?: Resolver<ReadonlyArray<ResolversTypes['Customer']>, ParentType, ContextType>;
  mergedInto?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  mergedCustomers?: Resolver<ReadonlyArray<ResolversTypes['Customer']>, ParentType, ContextType>;
  taxIds?: Resolver<ReadonlyArray<ResolversTypes['TaxId']>, ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  segment?: Resolver<Maybe<ResolversTypes['CustomerSegment']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['Person']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  contacts?: Resolver<ReadonlyArray<ResolversTypes['Contact']>, ParentType, ContextType>;
  opportunities?: Resolver<ResolversTypes['OpportunityConnection'], ParentType, ContextType, Partial<CustomerOpportunitiesArgs>>;
  contracts?: Resolver<ResolversTypes['ContractConnection'], ParentType, ContextType, Partial<CustomerContractsArgs>>;
  billingFeedback?: Resolver<Maybe<ResolversTypes['BillingFeedback']>, ParentType, ContextType>;
  contractSummary?: Resolver<ResolversTypes['ContractSummary'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContactResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Contact'] = ResolversParentTypes['Contact'], FederationReferenceType extends FederationReferenceTypes['Contact'] = FederationReferenceTypes['Contact']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Contact']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OpportunityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Opportunity'] = ResolversParentTypes['Opportunity'], FederationReferenceType extends FederationReferenceTypes['Opportunity'] = FederationReferenceTypes['Opportunity']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Opportunity']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stage?: Resolver<ResolversTypes['OpportunityStage'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  expectedCloseDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  closedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['Person']>, ParentType, ContextType>;
  quotes?: Resolver<ReadonlyArray<ResolversTypes['Quote']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QuoteLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuoteLine'] = ResolversParentTypes['QuoteLine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type QuoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quote'] = ResolversParentTypes['Quote'], FederationReferenceType extends FederationReferenceTypes['Quote'] = FederationReferenceTypes['Quote']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Quote']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  opportunity?: Resolver<ResolversTypes['Opportunity'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['QuoteStatus'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['QuoteLine']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  validUntil?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContractLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractLine'] = ResolversParentTypes['ContractLine'], FederationReferenceType extends FederationReferenceTypes['ContractLine'] = FederationReferenceTypes['ContractLine']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ContractLine']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  interval?: Resolver<Maybe<ResolversTypes['Interval']>, ParentType, ContextType>;
  servicePeriod?: Resolver<ResolversTypes['DateRange'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type AmendmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Amendment'] = ResolversParentTypes['Amendment'], FederationReferenceType extends FederationReferenceTypes['Amendment'] = FederationReferenceTypes['Amendment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Amendment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  contract?: Resolver<ResolversTypes['Contract'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AmendmentKind'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AmendmentStatus'], ParentType, ContextType>;
  effectiveDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  contractValueDelta?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AmendmentPreviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AmendmentPreview'] = ResolversParentTypes['AmendmentPreview']> = {
  proposal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['PreviewedContract']>, ParentType, ContextType>;
  continuation?: Resolver<Maybe<ResolversTypes['PreviewedContract']>, ParentType, ContextType>;
  contractValue?: Resolver<Maybe<ResolversTypes['ContractValueChange']>, ParentType, ContextType>;
  invoiceLines?: Resolver<ReadonlyArray<ResolversTypes['PreviewedInvoiceLine']>, ParentType, ContextType>;
  netInvoiceAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  monthlyRecurringRevenueDelta?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['AmendmentReason']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PreviewedContractResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PreviewedContract'] = ResolversParentTypes['PreviewedContract']> = {
  status?: Resolver<ResolversTypes['ContractStatus'], ParentType, ContextType>;
  startDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  endDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  totalContractValue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['PreviewedLine']>, ParentType, ContextType>;
};

export type PreviewedLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PreviewedLine'] = ResolversParentTypes['PreviewedLine']> = {
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  interval?: Resolver<Maybe<ResolversTypes['Interval']>, ParentType, ContextType>;
  servicePeriod?: Resolver<ResolversTypes['DateRange'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PreviewedInvoiceLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PreviewedInvoiceLine'] = ResolversParentTypes['PreviewedInvoiceLine']> = {
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  servicePeriod?: Resolver<ResolversTypes['DateRange'], ParentType, ContextType>;
  isOfContinuation?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ContractValueChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractValueChange'] = ResolversParentTypes['ContractValueChange']> = {
  before?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  after?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  delta?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type AmendmentReasonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AmendmentReason'] = ResolversParentTypes['AmendmentReason']> = {
  code?: Resolver<ResolversTypes['AmendmentReasonCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ContractResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Contract'] = ResolversParentTypes['Contract'], FederationReferenceType extends FederationReferenceTypes['Contract'] = FederationReferenceTypes['Contract']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Contract']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  opportunity?: Resolver<Maybe<ResolversTypes['Opportunity']>, ParentType, ContextType>;
  legalEntity?: Resolver<ResolversTypes['LegalEntity'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ContractStatus'], ParentType, ContextType>;
  signedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  startDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  endDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  billingAnchor?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  autoRenew?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  renewalOf?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['ContractLine']>, ParentType, ContextType>;
  totalContractValue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  amendments?: Resolver<ReadonlyArray<ResolversTypes['Amendment']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type LegalEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LegalEntity'] = ResolversParentTypes['LegalEntity']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CustomerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerConnection'] = ResolversParentTypes['CustomerConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Customer']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['CustomerEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CustomerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerEdge'] = ResolversParentTypes['CustomerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
};

export type ContractConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractConnection'] = ResolversParentTypes['ContractConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Contract']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ContractEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ContractEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractEdge'] = ResolversParentTypes['ContractEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Contract'], ParentType, ContextType>;
};

export type OpportunityConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OpportunityConnection'] = ResolversParentTypes['OpportunityConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Opportunity']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['OpportunityEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OpportunityEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OpportunityEdge'] = ResolversParentTypes['OpportunityEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Opportunity'], ParentType, ContextType>;
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
  Query?: QueryResolvers<ContextType>;
  BillingFeedback?: BillingFeedbackResolvers<ContextType>;
  Interval?: IntervalResolvers<ContextType>;
  Person?: PersonResolvers<ContextType>;
  TaxId?: TaxIdResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  ContractSummary?: ContractSummaryResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  Opportunity?: OpportunityResolvers<ContextType>;
  QuoteLine?: QuoteLineResolvers<ContextType>;
  Quote?: QuoteResolvers<ContextType>;
  ContractLine?: ContractLineResolvers<ContextType>;
  Amendment?: AmendmentResolvers<ContextType>;
  AmendmentPreview?: AmendmentPreviewResolvers<ContextType>;
  PreviewedContract?: PreviewedContractResolvers<ContextType>;
  PreviewedLine?: PreviewedLineResolvers<ContextType>;
  PreviewedInvoiceLine?: PreviewedInvoiceLineResolvers<ContextType>;
  ContractValueChange?: ContractValueChangeResolvers<ContextType>;
  AmendmentReason?: AmendmentReasonResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Contract?: ContractResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  LegalEntity?: LegalEntityResolvers<ContextType>;
  CustomerConnection?: CustomerConnectionResolvers<ContextType>;
  CustomerEdge?: CustomerEdgeResolvers<ContextType>;
  ContractConnection?: ContractConnectionResolvers<ContextType>;
  ContractEdge?: ContractEdgeResolvers<ContextType>;
  OpportunityConnection?: OpportunityConnectionResolvers<ContextType>;
  OpportunityEdge?: OpportunityEdgeResolvers<ContextType>;
};
