// Generated from the SDL by `npm run generate`: change the SDL, not this file.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PrintableMoney as MoneyParent } from '#domain/money.ts';
import type { LoggedEvent as EventParent } from '#platform/log/event.ts';
import type { Product as ProductParent, Price as PriceParent, Subscription as BillingSubscriptionParent, Dunning as DunningParent, CreditNote as CreditNoteParent, Refund as RefundParent, Dispute as DisputeParent, Usage as UsageParent } from '#domain/billing.ts';
import type { PriceTierOf as PriceTierParent, SubscriptionItemOf as SubscriptionItemParent, InvoiceLineOf as InvoiceLineParent, TaxLineOf as TaxLineParent, CreditNoteLineOf as CreditNoteLineParent, CustomerReference as CustomerParent, AgeingAmountOf as AgeingBucketParent, InvoiceConnection as InvoiceConnectionParent, PaymentConnection as PaymentConnectionParent, SubscriptionConnection as BillingSubscriptionConnectionParent, ProductConnection as ProductConnectionParent, Context } from '#subgraphs/billing/loaders.ts';
import type { InvoiceHeader as InvoiceParent, AllocationRow as PaymentAllocationParent, PaymentHeader as PaymentParent } from '#subgraphs/billing/tables.ts';
import type { Receivables as ReceivablesParent } from '#domain/ageing.ts';
import type { AgeingOf as ReceivablesAgeingParent } from '#subgraphs/billing/ageing.ts';
import type { DeliveredEvent as InvoiceEventParent, DeliveredEvent as PaymentEventParent } from '#platform/log/subscribe.ts';
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
  /** Any JSON value, as it is: an object, a list, a text, a number, true, false or null. */
  JSON: { input: unknown; output: unknown; }
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
  /** One invoice. An unknown id gives null with the error NOT_FOUND. */
  readonly invoice: Maybe<Invoice>;
  /** Invoices of all customers. */
  readonly invoices: InvoiceConnection;
  /** One payment. An unknown id gives null with the error NOT_FOUND. */
  readonly payment: Maybe<Payment>;
  /** Payments of all customers. */
  readonly payments: PaymentConnection;
  /** One subscription. An unknown id gives null with the error NOT_FOUND. */
  readonly subscription: Maybe<BillingSubscription>;
  /** Subscriptions of all customers. */
  readonly subscriptions: BillingSubscriptionConnection;
  /** What all customers owe, by age and currency: of one legal entity, or of all together. An unknown legal entity gives null with the error NOT_FOUND; an instant or day that is still to come, or buckets that do not rise: BAD_USER_INPUT. */
  readonly receivablesAgeing: Maybe<ReceivablesAgeing>;
  /** The catalogue. */
  readonly products: ProductConnection;
};


export type QueryInvoiceArgs = {
  id: Scalars['ID']['input'];
};


export type QueryInvoicesArgs = {
  filter?: InputMaybe<InvoiceFilter>;
  orderBy?: InputMaybe<InvoiceOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPaymentsArgs = {
  filter?: InputMaybe<PaymentFilter>;
  orderBy?: InputMaybe<PaymentOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QuerySubscriptionArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySubscriptionsArgs = {
  filter?: InputMaybe<BillingSubscriptionFilter>;
  orderBy?: InputMaybe<BillingSubscriptionOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryReceivablesAgeingArgs = {
  legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  asOf?: InputMaybe<Scalars['Date']['input']>;
  knownAt?: InputMaybe<Scalars['DateTime']['input']>;
  buckets?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
};


export type QueryProductsArgs = {
  filter?: InputMaybe<ProductFilter>;
  orderBy?: InputMaybe<ProductOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

export type Subscription = {
  /**
   * What happens to invoices: first what happened after the cursor, then live, without gap or repetition. Without a cursor,
   * live from now on. Events of one invoice come in the order of its versions. A cursor of before the oldest event that is
   * kept gives CURSOR_EXPIRED: read the state anew with the request extension `"eventCursor": true`, and subscribe after that.
   */
  readonly invoiceEvents: InvoiceEvent;
  /**
   * What happens to payments: first what happened after the cursor, then live, without gap or repetition. Without a cursor,
   * live from now on. Events of one payment come in the order of its versions. A cursor of before the oldest event that is
   * kept gives CURSOR_EXPIRED: read the state anew with the request extension `"eventCursor": true`, and subscribe after that.
   */
  readonly paymentEvents: PaymentEvent;
};


export type SubscriptionInvoiceEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<InvoiceEventFilter>;
};


export type SubscriptionPaymentEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentEventFilter>;
};

/** Which events of invoices to include; all conditions given must hold. */
export type InvoiceEventFilter = {
  /** Of one customer. */
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Of one company of ours. */
  readonly legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** Of any of these types, at most 100: `revgraph.billing.invoice.paid.v1`. */
  readonly types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Which events of payments to include; all conditions given must hold. */
export type PaymentEventFilter = {
  /** Of one customer. */
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
  /** Of one company of ours. */
  readonly legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** Of any of these types, at most 100: `revgraph.billing.payment.received.v1`. */
  readonly types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Something that happened to an invoice. */
export type InvoiceEvent = {
  /** What to resume after, as `after` or as Last-Event-ID. */
  readonly cursor: Scalars['String']['output'];
  /** What happened. */
  readonly event: Event;
  /** The invoice in the state that it had after this event. What lies beyond its own fields, such as its customer, is as it is now. */
  readonly invoice: Invoice;
};

/** Something that happened to a payment. */
export type PaymentEvent = {
  /** What to resume after, as `after` or as Last-Event-ID. */
  readonly cursor: Scalars['String']['output'];
  /** What happened. */
  readonly event: Event;
  /** The payment in the state that it had after this event. What lies beyond its own fields, such as the invoices that it settles, is as it is now. */
  readonly payment: Payment;
};

/**
 * What happened to one aggregate of one subgraph, in the terms of CloudEvents 1.0. Events of an aggregate come in the order
 * of their versions. An event may reach a reader more than once: its id tells.
 */
export type Event = {
  /** The subject and the version: unique within its source. */
  readonly id: Scalars['ID']['output'];
  /** What happened, with its major version: `revgraph.billing.invoice.issued.v1`. */
  readonly type: Scalars['String']['output'];
  /** The subgraph that it is from: `/revgraph/billing`. */
  readonly source: Scalars['String']['output'];
  /** Global id of what it is about. */
  readonly subject: Scalars['ID']['output'];
  /** When it was recorded. */
  readonly time: Scalars['DateTime']['output'];
  /** Version of the subject after the change: 1 for its first state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** Its place among the events of its source, from 1, without gaps. */
  readonly position: Scalars['BigInt']['output'];
  /** Binds together all that followed from one cause, such as an import. */
  readonly correlationId: Scalars['ID']['output'];
  /** Id of the event that caused it; null where none did. */
  readonly causationId: Maybe<Scalars['ID']['output']>;
  /** The full state of the subject after the change, as JSON: amounts are minor units in strings, dates are ISO 8601. `schema/events` has the schema of each type. */
  readonly data: Scalars['JSON']['output'];
};

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

/** State of a subscription, with the meaning that Stripe gives it. */
export type SubscriptionStatus =
  /** The first payment has not succeeded yet. */
  | 'INCOMPLETE'
  /** The first payment did not succeed in time. */
  | 'INCOMPLETE_EXPIRED'
  /** In a free trial. */
  | 'TRIALING'
  /** Running and in good standing. */
  | 'ACTIVE'
  /** Running with an invoice that failed to be paid. */
  | 'PAST_DUE'
  /** It has ended. */
  | 'CANCELED'
  /** Running, and collection was given up. */
  | 'UNPAID'
  /** Paused, so that no invoices are made. */
  | 'PAUSED';

/** State of an invoice. */
export type InvoiceStatus =
  /** Not issued: has no number and is owed by nobody. */
  | 'DRAFT'
  /** Issued and nothing of it is settled. */
  | 'OPEN'
  /** Issued and a part is settled by payments or credit notes. */
  | 'PARTIALLY_PAID'
  /** Settled in full. */
  | 'PAID'
  /** Cancelled as issued in error. */
  | 'VOID'
  /** Given up: the rest is written off. */
  | 'UNCOLLECTIBLE';

/** State of a credit note. */
export type CreditNoteStatus =
  /** Not issued. */
  | 'DRAFT'
  /** Issued and reduces what is owed. */
  | 'ISSUED'
  /** Issued and set against other invoices. */
  | 'APPLIED'
  /** Issued and paid out. */
  | 'REFUNDED'
  /** Cancelled as issued in error. */
  | 'VOID';

/** State of a payment. */
export type PaymentStatus =
  /** Not confirmed by the bank or processor. */
  | 'PENDING'
  /** The money is received. */
  | 'SUCCEEDED'
  /** The money was not received. */
  | 'FAILED'
  /** Received, and a part was paid back. */
  | 'PARTIALLY_REFUNDED'
  /** Received and paid back in full. */
  | 'REFUNDED'
  /** Received, and the payer contests it or won the contest. */
  | 'DISPUTED';

/** How money is moved. */
export type PaymentMethod =
  /** Credit or debit card. */
  | 'CARD'
  /** Transfer that the customer initiates. */
  | 'BANK_TRANSFER'
  /** Debit that we initiate: SEPA, ACH. */
  | 'DIRECT_DEBIT'
  /** Paper check. */
  | 'CHECK'
  /** Digital wallet. */
  | 'WALLET'
  /** What we owed the customer from before; no cash is received. */
  | 'CUSTOMER_BALANCE'
  /** Any other way, or one that the source does not tell. */
  | 'OTHER';

/** State of a refund. */
export type RefundStatus =
  /** Sent and not confirmed. */
  | 'PENDING'
  /** The customer has the money. */
  | 'SUCCEEDED'
  /** The money came back. */
  | 'FAILED'
  /** Withdrawn before it was sent. */
  | 'CANCELED';

/** State of a dispute. */
export type DisputeStatus =
  /** We have to give evidence. */
  | 'NEEDS_RESPONSE'
  /** The bank decides. */
  | 'UNDER_REVIEW'
  /** Decided for us: the money is back. */
  | 'WON'
  /** Decided for the payer. */
  | 'LOST';

/** How an invoice is collected. */
export type CollectionMethod =
  /** The stored payment method is charged. */
  | 'CHARGE_AUTOMATICALLY'
  /** The invoice is sent and the customer pays. */
  | 'SEND_INVOICE';

/** How the quantity of a price is found. */
export type PriceUsage =
  /** Agreed beforehand. */
  | 'LICENSED'
  /** Measured by usage records. */
  | 'METERED';

/** How tiers are applied to a quantity. */
export type TiersMode =
  /** Each unit at the price of the tier that it falls in. */
  | 'GRADUATED'
  /** All units at the price of the tier that the total falls in. */
  | 'VOLUME';

/** State of collecting an overdue invoice. */
export type DunningStatus =
  /** Further attempts are planned. */
  | 'ACTIVE'
  /** Stopped, for example during a dispute. */
  | 'PAUSED'
  /** The invoice was paid. */
  | 'RECOVERED'
  /** All attempts failed. */
  | 'EXHAUSTED';

/** A product of the catalogue, shared by the three systems under its SKU. */
export type Product = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Stock keeping unit: the code that the three systems share. */
  readonly sku: Scalars['String']['output'];
  /** Name on offers and invoices. */
  readonly name: Scalars['String']['output'];
  /** What it is, in a sentence or two. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** Group of products that are posted and reported alike. */
  readonly family: Maybe<Scalars['String']['output']>;
  /** Code by which tax rules recognise the product. */
  readonly taxCode: Maybe<Scalars['String']['output']>;
  /** Whether it can be sold. */
  readonly active: Scalars['Boolean']['output'];
  /** Its prices, at most 100, by currency and amount. */
  readonly prices: ReadonlyArray<Price>;
};

/** One tier of a tiered price. */
export type PriceTier = {
  /** Last quantity of the tier; null for the open-ended last tier. */
  readonly upTo: Maybe<Scalars['Decimal']['output']>;
  /** Price of a unit in major units, exact. */
  readonly unitAmountDecimal: Scalars['Decimal']['output'];
  /** Amount charged once when the tier is reached. */
  readonly flatAmount: Money;
};

/** A price of a product. */
export type Price = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** What is sold at this price; null if billing does not know it. */
  readonly product: Maybe<Product>;
  /** Name for people who choose among prices. */
  readonly nickname: Maybe<Scalars['String']['output']>;
  /** Currency of the price. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Price of one unit for one interval, before tax, rounded half away from zero to minor units; null for a tiered price. */
  readonly unitAmount: Maybe<Money>;
  /** The same in major units and exact, where it is finer than a minor unit; null for a tiered price. */
  readonly unitAmountDecimal: Maybe<Scalars['Decimal']['output']>;
  /** How often it is due; null for a one-time price. */
  readonly interval: Maybe<Interval>;
  /** How the quantity is found. */
  readonly usage: PriceUsage;
  /** How tiers are applied; null for a price without tiers. */
  readonly tiersMode: Maybe<TiersMode>;
  /** Tiers by quantity; empty for a price without tiers. */
  readonly tiers: ReadonlyArray<PriceTier>;
  /** Whether it can be used for new subscriptions. */
  readonly active: Scalars['Boolean']['output'];
};

/** One product of a subscription. Equals one recurring contract line. */
export type SubscriptionItem = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** What is subscribed; null if billing does not know it. */
  readonly product: Maybe<Product>;
  /** The catalogue price it was made from; null for a negotiated one. */
  readonly price: Maybe<Price>;
  /** The contract line it mirrors; null if there is no contract. */
  readonly contractLine: Maybe<ContractLine>;
  /** How many units. */
  readonly quantity: Scalars['Decimal']['output'];
  /** Price of one unit for one interval, before tax. */
  readonly unitPrice: Money;
  /** How often the price is due. */
  readonly interval: Interval;
  /** Days on which it runs; without an end while none is known. */
  readonly servicePeriod: DateRange;
};

/** A service that is billed again and again. */
export type BillingSubscription = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Who is billed. */
  readonly customer: Maybe<Customer>;
  /** The contract it carries out; null if there is none. */
  readonly contract: Maybe<Contract>;
  /** The company of ours that bills it. */
  readonly legalEntity: Maybe<LegalEntity>;
  /** State of the subscription. */
  readonly status: SubscriptionStatus;
  /** Currency in which it is billed. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** How its invoices are collected. */
  readonly collectionMethod: CollectionMethod;
  /** First day of the service. */
  readonly startDate: Scalars['Date']['output'];
  /** Billing period in which it is. */
  readonly currentPeriod: DateRange;
  /** Day on which it will end; null if none is set. */
  readonly cancelAt: Maybe<Scalars['Date']['output']>;
  /** Day on which it ended; null while it runs. */
  readonly endedOn: Maybe<Scalars['Date']['output']>;
  /** What is subscribed, by start date. */
  readonly items: ReadonlyArray<SubscriptionItem>;
  /** Recurring revenue of a month: running items normalised to a month and rounded once, half away from zero. Zero unless ACTIVE or PAST_DUE. */
  readonly monthlyRecurringRevenue: Money;
};

/** One charge or credit of an invoice. */
export type InvoiceLine = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** Text on the invoice. */
  readonly description: Scalars['String']['output'];
  /** What is charged; null for a free-text line. */
  readonly product: Maybe<Product>;
  /** The contract line that is billed; null if there is no contract. */
  readonly contractLine: Maybe<ContractLine>;
  /** How many units. */
  readonly quantity: Scalars['Decimal']['output'];
  /** Amount after discount and before tax; negative for a credit. */
  readonly amount: Money;
  /** What was taken off before `amount`. */
  readonly discount: Money;
  /** Days that are billed; null for what is delivered at once. */
  readonly servicePeriod: Maybe<DateRange>;
};

/** Tax of one jurisdiction on a document. */
export type TaxLine = {
  /** Who levies the tax: `US-NY`, `DE`. */
  readonly jurisdiction: Scalars['String']['output'];
  /** Rate in percent: `8.875`. */
  readonly rate: Scalars['Decimal']['output'];
  /** Amount that is taxed. */
  readonly taxable: Money;
  /** The tax, as the document states it. */
  readonly amount: Money;
  /** What the rate of the taxable amount comes to, rounded half away from zero once a document and jurisdiction. */
  readonly computedAmount: Money;
  /** The stated tax less the computed one: zero where they agree, otherwise a mismatch that somebody has to look into. */
  readonly mismatch: Money;
};

/** The part of a payment that settles one invoice. */
export type PaymentAllocation = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** The payment. */
  readonly payment: Payment;
  /** The invoice that it settles; null if billing does not know it. */
  readonly invoice: Maybe<Invoice>;
  /** What the invoice took of the payment: less than was meant for it where a credit note came first. */
  readonly amount: Money;
};

/** Progress of collecting an overdue invoice. */
export type Dunning = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** The invoice that is collected; null if billing does not know it. */
  readonly invoice: Maybe<Invoice>;
  /** State of the collection. */
  readonly status: DunningStatus;
  /** Attempts made so far. */
  readonly attempts: Scalars['Int']['output'];
  /** Day of the next attempt; null if none is planned. */
  readonly nextAttemptOn: Maybe<Scalars['Date']['output']>;
};

/** A demand for payment. Never changed once issued: corrected by credit notes. */
export type Invoice = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Number without gaps a legal entity; null for a draft. */
  readonly number: Maybe<Scalars['String']['output']>;
  /** Who owes it; null if billing names a customer that CRM does not know. */
  readonly customer: Maybe<Customer>;
  /** The company of ours that issued it. */
  readonly legalEntity: Maybe<LegalEntity>;
  /** The contract it bills; null if there is none. */
  readonly contract: Maybe<Contract>;
  /** The subscription it bills; null if there is none. */
  readonly subscription: Maybe<BillingSubscription>;
  /** State of the invoice. */
  readonly status: InvoiceStatus;
  /** Currency of all its amounts. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** How it is collected. */
  readonly collectionMethod: CollectionMethod;
  /** Date printed on it. */
  readonly issueDate: Scalars['Date']['output'];
  /** Last day to pay in time. */
  readonly dueDate: Scalars['Date']['output'];
  /** Day on which it was settled in full; null until then. */
  readonly paidOn: Maybe<Scalars['Date']['output']>;
  /** Whole days since the due date while something is owed; 0 otherwise. */
  readonly daysPastDue: Scalars['Int']['output'];
  /** Sum of the lines before tax. */
  readonly subtotal: Money;
  /** Sum of the tax lines. */
  readonly tax: Money;
  /** Subtotal and tax. */
  readonly total: Money;
  /** What is still owed: total less payments, credit notes and write-offs. Never negative; zero for a void invoice. */
  readonly balance: Money;
  /** What payments settled. */
  readonly amountPaid: Money;
  /** What credit notes took off. */
  readonly amountCredited: Money;
  /** What was given up as uncollectible. */
  readonly amountWrittenOff: Money;
  /** Charges and credits. */
  readonly lines: ReadonlyArray<InvoiceLine>;
  /** Taxes by jurisdiction. */
  readonly taxLines: ReadonlyArray<TaxLine>;
  /** Credit notes against it, at most 100, by issue date. */
  readonly creditNotes: ReadonlyArray<CreditNote>;
  /** Payments meant for it, failed ones included, at most 100, by time of receipt. */
  readonly payments: ReadonlyArray<Payment>;
  /** Parts of payments that settle it, at most 100, by time of receipt. */
  readonly allocations: ReadonlyArray<PaymentAllocation>;
  /** Progress of collecting it; null if it was never overdue. */
  readonly dunning: Maybe<Dunning>;
};

/** One line of a credit note. */
export type CreditNoteLine = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** Text on the credit note. */
  readonly description: Scalars['String']['output'];
  /** Amount that is credited, before tax; negative where an earlier reduction of price is taken back, beside undelivered service of which less was left to give back. */
  readonly amount: Money;
  /** Undelivered service that is given back; null for a reduction of price. */
  readonly servicePeriod: Maybe<DateRange>;
};

/** A document that takes back a part of an invoice, which itself stays as it is. */
export type CreditNote = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Number printed on it. Every credit note has one; like the numbers of all documents, of which drafts have none, it may be null, so that one selection can ask for them all. */
  readonly number: Maybe<Scalars['String']['output']>;
  /** Who is credited. */
  readonly customer: Maybe<Customer>;
  /** The invoice that it corrects; null if billing does not know it. */
  readonly invoice: Maybe<Invoice>;
  /** State of the credit note. */
  readonly status: CreditNoteStatus;
  /** Why it was issued. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** Date printed on it. */
  readonly issuedOn: Scalars['Date']['output'];
  /** What is credited. */
  readonly lines: ReadonlyArray<CreditNoteLine>;
  /** Taxes that are credited, by jurisdiction. */
  readonly taxLines: ReadonlyArray<TaxLine>;
  /** Sum of the lines before tax. */
  readonly net: Money;
  /** Sum of the tax lines. */
  readonly tax: Money;
  /** Net and tax. */
  readonly amount: Money;
};

/** Why a payment failed. */
export type PaymentFailure = {
  /** Code of the processor: `card_declined`. */
  readonly code: Scalars['String']['output'];
  /** What the processor says, for a person. */
  readonly message: Scalars['String']['output'];
};

/** Money received, expected or tried. */
export type Payment = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** Who paid; null if that is not known. */
  readonly customer: Maybe<Customer>;
  /** The company of ours that received it. */
  readonly legalEntity: Maybe<LegalEntity>;
  /** State of the payment. */
  readonly status: PaymentStatus;
  /** What was received; for a failed payment, what was tried. */
  readonly amount: Money;
  /** What the processor kept of it. */
  readonly fee: Money;
  /** How the money was moved. */
  readonly method: PaymentMethod;
  /** When it was received or tried. */
  readonly receivedAt: Scalars['DateTime']['output'];
  /** Invoices that it is meant for, at most 100, with what each of them took of it. */
  readonly allocations: ReadonlyArray<PaymentAllocation>;
  /** What settles no invoice and was not paid back: cash on account. */
  readonly unapplied: Money;
  /** What was paid back. */
  readonly amountRefunded: Money;
  /** Why it failed; null unless it did. */
  readonly failure: Maybe<PaymentFailure>;
  /** Repayments, at most 100, by date. */
  readonly refunds: ReadonlyArray<Refund>;
  /** Disputes about it, at most 100, latest first. */
  readonly disputes: ReadonlyArray<Dispute>;
};

/** Money paid back to the customer. */
export type Refund = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** The payment that is paid back in whole or part; null if billing does not know it. */
  readonly payment: Maybe<Payment>;
  /** The credit note that it pays out; null for one without. */
  readonly creditNote: Maybe<CreditNote>;
  /** State of the refund. */
  readonly status: RefundStatus;
  /** What is paid back. */
  readonly amount: Money;
  /** Why it is paid back. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** Day on which it was sent. */
  readonly refundedOn: Scalars['Date']['output'];
};

/** A payment contested by the payer at the bank. */
export type Dispute = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** The contested payment; null if billing does not know it. */
  readonly payment: Maybe<Payment>;
  /** Who contests it; null if that is not known. */
  readonly customer: Maybe<Customer>;
  /** State of the dispute. */
  readonly status: DisputeStatus;
  /** What is contested. */
  readonly amount: Money;
  /** Reason that the payer gave: `fraudulent`, `product_not_received`. */
  readonly reason: Scalars['String']['output'];
  /** Day on which it was opened. */
  readonly openedOn: Scalars['Date']['output'];
  /** Last day for evidence; null if none is asked for. */
  readonly evidenceDueOn: Maybe<Scalars['Date']['output']>;
  /** Day on which it was decided; null until then. */
  readonly closedOn: Maybe<Scalars['Date']['output']>;
};

/** Measured use of a metered subscription item. */
export type Usage = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first recorded state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When the current state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The objects of outside systems that are this one. */
  readonly externalRefs: ReadonlyArray<ExternalRef>;
  /** The subscription that is used; null if billing does not know it. */
  readonly subscription: Maybe<BillingSubscription>;
  /** Units used. */
  readonly quantity: Scalars['Decimal']['output'];
  /** When they were used. */
  readonly usedAt: Scalars['DateTime']['output'];
};

/** Open receivables of one age. */
export type AgeingBucket = {
  /** Name of the bucket: `current`, `1-30`, `31-60`, `61-90`, `over-90` days past the due date, unless others are asked for. */
  readonly bucket: Scalars['String']['output'];
  /** Sum of the open balances of that age. */
  readonly amount: Money;
};

/** Results of a check; ERP begins it. */
export type BooksCheck = {
  /** The same for every check. */
  readonly id: Scalars['ID']['output'];
  /** Invariants of invoices, credit notes, payments and refunds; billing's. Null only while billing does not answer. */
  readonly documents: Maybe<ReadonlyArray<InvariantResult>>;
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

/** What all customers owe. */
export type ReceivablesAgeing = {
  /** The company of ours that is owed; null for all of them. */
  readonly legalEntity: Maybe<LegalEntity>;
  /** Once for each currency in which something is owed or on account, by currency code. */
  readonly currencies: ReadonlyArray<Receivables>;
};

/** What is owed in one currency. */
export type Receivables = {
  /** Currency of all amounts here. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Open balances of issued invoices, before unapplied cash. */
  readonly total: Money;
  /** The part of it that is past its due date. */
  readonly overdue: Money;
  /** Cash received that settles no invoice yet. */
  readonly unappliedCash: Money;
  /** The total by age, in days past the due date. */
  readonly ageing: ReadonlyArray<AgeingBucket>;
  /** Days past due of the oldest open invoice; 0 if none is overdue. */
  readonly oldestDaysPastDue: Scalars['Int']['output'];
};

/** A customer as billing sees it; mastered in CRM. */
export type Customer = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** Currency in which the customer is billed. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Subscriptions of the customer, at most 100, latest start first. */
  readonly subscriptions: Maybe<ReadonlyArray<BillingSubscription>>;
  /** Invoices of the customer. */
  readonly invoices: Maybe<InvoiceConnection>;
  /** Payments of the customer. */
  readonly payments: Maybe<PaymentConnection>;
  /** Credit notes of the customer, at most 100, latest first. */
  readonly creditNotes: Maybe<ReadonlyArray<CreditNote>>;
  /** Disputes by the customer, at most 100, latest first. */
  readonly disputes: Maybe<ReadonlyArray<Dispute>>;
  /** What the customer owes in the currency in which it is billed; documents in other currencies are in `receivablesByCurrency`. */
  readonly receivables: Maybe<Receivables>;
  /** What the customer owes, once for each currency in which something is owed or on account, by currency code. */
  readonly receivablesByCurrency: Maybe<ReadonlyArray<Receivables>>;
  /** The same as of a day, as known at an instant. An instant or day that is still to come: BAD_USER_INPUT. */
  readonly receivablesAt: Maybe<ReadonlyArray<Receivables>>;
  /** Recurring revenue of a year: the running subscriptions in the currency in which the customer is billed, each normalised to a year exactly and rounded once, half away from zero. A yearly price is exactly itself. */
  readonly annualRecurringRevenue: Maybe<Money>;
};


/** A customer as billing sees it; mastered in CRM. */
export type CustomerInvoicesArgs = {
  filter?: InputMaybe<InvoiceFilter>;
  orderBy?: InputMaybe<InvoiceOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


/** A customer as billing sees it; mastered in CRM. */
export type CustomerPaymentsArgs = {
  filter?: InputMaybe<PaymentFilter>;
  orderBy?: InputMaybe<PaymentOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


/** A customer as billing sees it; mastered in CRM. */
export type CustomerReceivablesAtArgs = {
  asOf?: InputMaybe<Scalars['Date']['input']>;
  knownAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A contract; mastered in CRM. */
export type Contract = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** Invoices that bill the contract. */
  readonly invoices: Maybe<InvoiceConnection>;
  /** Subscriptions that carry out the contract, at most 100, latest start first. */
  readonly subscriptions: Maybe<ReadonlyArray<BillingSubscription>>;
};


/** A contract; mastered in CRM. */
export type ContractInvoicesArgs = {
  filter?: InputMaybe<InvoiceFilter>;
  orderBy?: InputMaybe<InvoiceOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** A line of a contract; mastered in CRM. */
export type ContractLine = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** A company of ours; mastered in ERP. */
export type LegalEntity = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** A page of invoices. */
export type InvoiceConnection = {
  /** The invoices of this page. */
  readonly nodes: ReadonlyArray<Invoice>;
  /** The invoices of this page, each with its cursor. */
  readonly edges: ReadonlyArray<InvoiceEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many invoices match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of invoices. */
export type InvoiceEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The invoice at this position. */
  readonly node: Invoice;
};

/** A page of payments. */
export type PaymentConnection = {
  /** The payments of this page. */
  readonly nodes: ReadonlyArray<Payment>;
  /** The payments of this page, each with its cursor. */
  readonly edges: ReadonlyArray<PaymentEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many payments match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of payments. */
export type PaymentEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The payment at this position. */
  readonly node: Payment;
};

/** A page of subscriptions. */
export type BillingSubscriptionConnection = {
  /** The subscriptions of this page. */
  readonly nodes: ReadonlyArray<BillingSubscription>;
  /** The subscriptions of this page, each with its cursor. */
  readonly edges: ReadonlyArray<BillingSubscriptionEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many subscriptions match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of subscriptions. */
export type BillingSubscriptionEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The subscription at this position. */
  readonly node: BillingSubscription;
};

/** A page of products. */
export type ProductConnection = {
  /** The products of this page. */
  readonly nodes: ReadonlyArray<Product>;
  /** The products of this page, each with its cursor. */
  readonly edges: ReadonlyArray<ProductEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many products match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of products. */
export type ProductEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The product at this position. */
  readonly node: Product;
};

/** A choice of invoice states. */
export type InvoiceStatusFilter = {
  /** Any of these. */
  readonly in: ReadonlyArray<InvoiceStatus>;
};

/** A choice of payment states. */
export type PaymentStatusFilter = {
  /** Any of these. */
  readonly in: ReadonlyArray<PaymentStatus>;
};

/** A choice of subscription states. */
export type SubscriptionStatusFilter = {
  /** Any of these. */
  readonly in: ReadonlyArray<SubscriptionStatus>;
};

/** A choice of currencies. */
export type CurrencyFilter = {
  /** Any of these; at most 100. */
  readonly in: ReadonlyArray<Scalars['CurrencyCode']['input']>;
};

/** A choice of document numbers. */
export type NumberFilter = {
  /** Any of these; at most 100. */
  readonly in: ReadonlyArray<Scalars['String']['input']>;
};

/** Which invoices to include; all conditions given must hold. */
export type InvoiceFilter = {
  /** By their state. */
  readonly status?: InputMaybe<InvoiceStatusFilter>;
  /** By their number. */
  readonly number?: InputMaybe<NumberFilter>;
  /** By legal entity that issued them. */
  readonly legalEntity?: InputMaybe<IdFilter>;
  /** By currency. */
  readonly currency?: InputMaybe<CurrencyFilter>;
  /** By date printed on them. */
  readonly issueDate?: InputMaybe<DateFilter>;
  /** By last day to pay in time. */
  readonly dueDate?: InputMaybe<DateFilter>;
};

/** Which payments to include; all conditions given must hold. */
export type PaymentFilter = {
  /** By their state. */
  readonly status?: InputMaybe<PaymentStatusFilter>;
  /** By legal entity that received them. */
  readonly legalEntity?: InputMaybe<IdFilter>;
  /** By currency. */
  readonly currency?: InputMaybe<CurrencyFilter>;
  /** By day of receipt in the legal entity's time zone. */
  readonly receivedOn?: InputMaybe<DateFilter>;
};

/** Which subscriptions to include; all conditions given must hold. */
export type BillingSubscriptionFilter = {
  /** By their state. */
  readonly status?: InputMaybe<SubscriptionStatusFilter>;
  /** By legal entity that bills them. */
  readonly legalEntity?: InputMaybe<IdFilter>;
};

/** Which products to include; all conditions given must hold. */
export type ProductFilter = {
  /** Only those that can be sold, or only those that cannot. */
  readonly active?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Fields by which Invoice lists can be sorted. */
export type InvoiceOrderField =
  /** By date printed on it; the default, descending. */
  | 'ISSUE_DATE'
  /** By last day to pay in time. */
  | 'DUE_DATE'
  /** By total in minor units, whatever the currency. */
  | 'TOTAL'
  /** By what is still owed in minor units, whatever the currency. */
  | 'BALANCE';

/** Sort order of a Invoice list. */
export type InvoiceOrder = {
  /** Field to sort by. */
  readonly field: InvoiceOrderField;
  /** Direction of the sort. */
  readonly direction: OrderDirection;
};

/** Fields by which Payment lists can be sorted. */
export type PaymentOrderField =
  /** By time of receipt; the default, descending. */
  | 'RECEIVED_AT'
  /** By amount in minor units, whatever the currency. */
  | 'AMOUNT';

/** Sort order of a Payment list. */
export type PaymentOrder = {
  /** Field to sort by. */
  readonly field: PaymentOrderField;
  /** Direction of the sort. */
  readonly direction: OrderDirection;
};

/** Fields by which subscription lists can be sorted. */
export type BillingSubscriptionOrderField =
  /** By first day of the service; the default, descending. */
  | 'START_DATE';

/** Sort order of a subscription list. */
export type BillingSubscriptionOrder = {
  /** Field to sort by. */
  readonly field: BillingSubscriptionOrderField;
  /** Direction of the sort. */
  readonly direction: OrderDirection;
};

/** Fields by which Product lists can be sorted. */
export type ProductOrderField =
  /** By stock keeping unit; the default, ascending. */
  | 'SKU'
  /** By their name. */
  | 'NAME';

/** Sort order of a Product list. */
export type ProductOrder = {
  /** Field to sort by. */
  readonly field: ProductOrderField;
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
  Product: Product;
  Price: Price;
  BillingSubscription: BillingSubscription;
  Dunning: Dunning;
  Invoice: Invoice;
  CreditNote: CreditNote;
  Payment: Payment;
  Refund: Refund;
  Dispute: Dispute;
  Usage: Usage;
  BooksCheck: BooksCheck;
  Customer: Customer;
  Contract: Contract;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"id":true}> );
  Price:
    ( { __typename: 'Price' }
    & GraphQLRecursivePick<FederationTypes['Price'], {"id":true}> );
  BillingSubscription:
    ( { __typename: 'BillingSubscription' }
    & GraphQLRecursivePick<FederationTypes['BillingSubscription'], {"id":true}> );
  Dunning:
    ( { __typename: 'Dunning' }
    & GraphQLRecursivePick<FederationTypes['Dunning'], {"id":true}> );
  Invoice:
    ( { __typename: 'Invoice' }
    & GraphQLRecursivePick<FederationTypes['Invoice'], {"id":true}> );
  CreditNote:
    ( { __typename: 'CreditNote' }
    & GraphQLRecursivePick<FederationTypes['CreditNote'], {"id":true}> );
  Payment:
    ( { __typename: 'Payment' }
    & GraphQLRecursivePick<FederationTypes['Payment'], {"id":true}> );
  Refund:
    ( { __typename: 'Refund' }
    & GraphQLRecursivePick<FederationTypes['Refund'], {"id":true}> );
  Dispute:
    ( { __typename: 'Dispute' }
    & GraphQLRecursivePick<FederationTypes['Dispute'], {"id":true}> );
  Usage:
    ( { __typename: 'Usage' }
    & GraphQLRecursivePick<FederationTypes['Usage'], {"id":true}> );
  BooksCheck:
    ( { __typename: 'BooksCheck' }
    & GraphQLRecursivePick<FederationTypes['BooksCheck'], {"id":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"currency":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"currency":true}>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"currency":true}> ) );
  Contract:
    ( { __typename: 'Contract' }
    & GraphQLRecursivePick<FederationTypes['Contract'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( ProductParent )
    | ( PriceParent )
    | ( BillingSubscriptionParent )
    | ( DunningParent )
    | ( InvoiceParent )
    | ( CreditNoteParent )
    | ( PaymentParent )
    | ( RefundParent )
    | ( DisputeParent )
    | ( UsageParent )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
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
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  InvoiceEventFilter: InvoiceEventFilter;
  PaymentEventFilter: PaymentEventFilter;
  InvoiceEvent: ResolverTypeWrapper<InvoiceEventParent>;
  PaymentEvent: ResolverTypeWrapper<PaymentEventParent>;
  Event: ResolverTypeWrapper<EventParent>;
  IntervalUnit: IntervalUnit;
  Interval: ResolverTypeWrapper<Interval>;
  SubscriptionStatus: SubscriptionStatus;
  InvoiceStatus: InvoiceStatus;
  CreditNoteStatus: CreditNoteStatus;
  PaymentStatus: PaymentStatus;
  PaymentMethod: PaymentMethod;
  RefundStatus: RefundStatus;
  DisputeStatus: DisputeStatus;
  CollectionMethod: CollectionMethod;
  PriceUsage: PriceUsage;
  TiersMode: TiersMode;
  DunningStatus: DunningStatus;
  Product: ResolverTypeWrapper<ProductParent>;
  PriceTier: ResolverTypeWrapper<PriceTierParent>;
  Price: ResolverTypeWrapper<PriceParent>;
  SubscriptionItem: ResolverTypeWrapper<SubscriptionItemParent>;
  BillingSubscription: ResolverTypeWrapper<BillingSubscriptionParent>;
  InvoiceLine: ResolverTypeWrapper<InvoiceLineParent>;
  TaxLine: ResolverTypeWrapper<TaxLineParent>;
  PaymentAllocation: ResolverTypeWrapper<PaymentAllocationParent>;
  Dunning: ResolverTypeWrapper<DunningParent>;
  Invoice: ResolverTypeWrapper<InvoiceParent>;
  CreditNoteLine: ResolverTypeWrapper<CreditNoteLineParent>;
  CreditNote: ResolverTypeWrapper<CreditNoteParent>;
  PaymentFailure: ResolverTypeWrapper<PaymentFailure>;
  Payment: ResolverTypeWrapper<PaymentParent>;
  Refund: ResolverTypeWrapper<RefundParent>;
  Dispute: ResolverTypeWrapper<DisputeParent>;
  Usage: ResolverTypeWrapper<UsageParent>;
  AgeingBucket: ResolverTypeWrapper<AgeingBucketParent>;
  BooksCheck: ResolverTypeWrapper<BooksCheck>;
  InvariantResult: ResolverTypeWrapper<InvariantResult>;
  ReceivablesAgeing: ResolverTypeWrapper<ReceivablesAgeingParent>;
  Receivables: ResolverTypeWrapper<ReceivablesParent>;
  Customer: ResolverTypeWrapper<CustomerParent>;
  Contract: ResolverTypeWrapper<Omit<Contract, 'invoices' | 'subscriptions'> & { invoices?: Maybe<ResolversTypes['InvoiceConnection']>, subscriptions?: Maybe<ReadonlyArray<ResolversTypes['BillingSubscription']>> }>;
  ContractLine: ResolverTypeWrapper<ContractLine>;
  LegalEntity: ResolverTypeWrapper<LegalEntity>;
  InvoiceConnection: ResolverTypeWrapper<InvoiceConnectionParent>;
  InvoiceEdge: ResolverTypeWrapper<Omit<InvoiceEdge, 'node'> & { node: ResolversTypes['Invoice'] }>;
  PaymentConnection: ResolverTypeWrapper<PaymentConnectionParent>;
  PaymentEdge: ResolverTypeWrapper<Omit<PaymentEdge, 'node'> & { node: ResolversTypes['Payment'] }>;
  BillingSubscriptionConnection: ResolverTypeWrapper<BillingSubscriptionConnectionParent>;
  BillingSubscriptionEdge: ResolverTypeWrapper<Omit<BillingSubscriptionEdge, 'node'> & { node: ResolversTypes['BillingSubscription'] }>;
  ProductConnection: ResolverTypeWrapper<ProductConnectionParent>;
  ProductEdge: ResolverTypeWrapper<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>;
  InvoiceStatusFilter: InvoiceStatusFilter;
  PaymentStatusFilter: PaymentStatusFilter;
  SubscriptionStatusFilter: SubscriptionStatusFilter;
  CurrencyFilter: CurrencyFilter;
  NumberFilter: NumberFilter;
  InvoiceFilter: InvoiceFilter;
  PaymentFilter: PaymentFilter;
  BillingSubscriptionFilter: BillingSubscriptionFilter;
  ProductFilter: ProductFilter;
  InvoiceOrderField: InvoiceOrderField;
  InvoiceOrder: InvoiceOrder;
  PaymentOrderField: PaymentOrderField;
  PaymentOrder: PaymentOrder;
  BillingSubscriptionOrderField: BillingSubscriptionOrderField;
  BillingSubscriptionOrder: BillingSubscriptionOrder;
  ProductOrderField: ProductOrderField;
  ProductOrder: ProductOrder;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  BigInt: Scalars['BigInt']['output'];
  JSON: Scalars['JSON']['output'];
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
  Subscription: Record<PropertyKey, never>;
  InvoiceEventFilter: InvoiceEventFilter;
  PaymentEventFilter: PaymentEventFilter;
  InvoiceEvent: InvoiceEventParent;
  PaymentEvent: PaymentEventParent;
  Event: EventParent;
  Interval: Interval;
  Product: ProductParent;
  PriceTier: PriceTierParent;
  Price: PriceParent;
  SubscriptionItem: SubscriptionItemParent;
  BillingSubscription: BillingSubscriptionParent;
  InvoiceLine: InvoiceLineParent;
  TaxLine: TaxLineParent;
  PaymentAllocation: PaymentAllocationParent;
  Dunning: DunningParent;
  Invoice: InvoiceParent;
  CreditNoteLine: CreditNoteLineParent;
  CreditNote: CreditNoteParent;
  PaymentFailure: PaymentFailure;
  Payment: PaymentParent;
  Refund: RefundParent;
  Dispute: DisputeParent;
  Usage: UsageParent;
  AgeingBucket: AgeingBucketParent;
  BooksCheck: BooksCheck | FederationReferenceTypes['BooksCheck'];
  InvariantResult: InvariantResult;
  ReceivablesAgeing: ReceivablesAgeingParent;
  Receivables: ReceivablesParent;
  Customer: CustomerParent;
  Contract: Omit<Contract, 'invoices' | 'subscriptions'> & { invoices?: Maybe<ResolversParentTypes['InvoiceConnection']>, subscriptions?: Maybe<ReadonlyArray<ResolversParentTypes['BillingSubscription']>> } | FederationReferenceTypes['Contract'];
  ContractLine: ContractLine;
  LegalEntity: LegalEntity;
  InvoiceConnection: InvoiceConnectionParent;
  InvoiceEdge: Omit<InvoiceEdge, 'node'> & { node: ResolversParentTypes['Invoice'] };
  PaymentConnection: PaymentConnectionParent;
  PaymentEdge: Omit<PaymentEdge, 'node'> & { node: ResolversParentTypes['Payment'] };
  BillingSubscriptionConnection: BillingSubscriptionConnectionParent;
  BillingSubscriptionEdge: Omit<BillingSubscriptionEdge, 'node'> & { node: ResolversParentTypes['BillingSubscription'] };
  ProductConnection: ProductConnectionParent;
  ProductEdge: Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] };
  InvoiceStatusFilter: InvoiceStatusFilter;
  PaymentStatusFilter: PaymentStatusFilter;
  SubscriptionStatusFilter: SubscriptionStatusFilter;
  CurrencyFilter: CurrencyFilter;
  NumberFilter: NumberFilter;
  InvoiceFilter: InvoiceFilter;
  PaymentFilter: PaymentFilter;
  BillingSubscriptionFilter: BillingSubscriptionFilter;
  ProductFilter: ProductFilter;
  InvoiceOrder: InvoiceOrder;
  PaymentOrder: PaymentOrder;
  BillingSubscriptionOrder: BillingSubscriptionOrder;
  ProductOrder: ProductOrder;
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

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Product' | 'Price' | 'BillingSubscription' | 'Dunning' | 'Invoice' | 'CreditNote' | 'Payment' | 'Refund' | 'Dispute' | 'Usage', ParentType, ContextType>;
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
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType, RequireFields<QueryInvoiceArgs, 'id'>>;
  invoices?: Resolver<ResolversTypes['InvoiceConnection'], ParentType, ContextType, Partial<QueryInvoicesArgs>>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<QueryPaymentArgs, 'id'>>;
  payments?: Resolver<ResolversTypes['PaymentConnection'], ParentType, ContextType, Partial<QueryPaymentsArgs>>;
  subscription?: Resolver<Maybe<ResolversTypes['BillingSubscription']>, ParentType, ContextType, RequireFields<QuerySubscriptionArgs, 'id'>>;
  subscriptions?: Resolver<ResolversTypes['BillingSubscriptionConnection'], ParentType, ContextType, Partial<QuerySubscriptionsArgs>>;
  receivablesAgeing?: Resolver<Maybe<ResolversTypes['ReceivablesAgeing']>, ParentType, ContextType, RequireFields<QueryReceivablesAgeingArgs, 'buckets'>>;
  products?: Resolver<ResolversTypes['ProductConnection'], ParentType, ContextType, Partial<QueryProductsArgs>>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  invoiceEvents?: SubscriptionResolver<ResolversTypes['InvoiceEvent'], "invoiceEvents", ParentType, ContextType, Partial<SubscriptionInvoiceEventsArgs>>;
  paymentEvents?: SubscriptionResolver<ResolversTypes['PaymentEvent'], "paymentEvents", ParentType, ContextType, Partial<SubscriptionPaymentEventsArgs>>;
};

export type InvoiceEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceEvent'] = ResolversParentTypes['InvoiceEvent']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  invoice?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
};

export type PaymentEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentEvent'] = ResolversParentTypes['PaymentEvent']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  payment?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
};

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  time?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  data?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
};

export type IntervalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Interval'] = ResolversParentTypes['Interval']> = {
  unit?: Resolver<ResolversTypes['IntervalUnit'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  family?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  taxCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  prices?: Resolver<ReadonlyArray<ResolversTypes['Price']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PriceTierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceTier'] = ResolversParentTypes['PriceTier']> = {
  upTo?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  unitAmountDecimal?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  flatAmount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PriceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Price'] = ResolversParentTypes['Price'], FederationReferenceType extends FederationReferenceTypes['Price'] = FederationReferenceTypes['Price']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Price']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  nickname?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  unitAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  unitAmountDecimal?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  interval?: Resolver<Maybe<ResolversTypes['Interval']>, ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['PriceUsage'], ParentType, ContextType>;
  tiersMode?: Resolver<Maybe<ResolversTypes['TiersMode']>, ParentType, ContextType>;
  tiers?: Resolver<ReadonlyArray<ResolversTypes['PriceTier']>, ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubscriptionItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SubscriptionItem'] = ResolversParentTypes['SubscriptionItem']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  price?: Resolver<Maybe<ResolversTypes['Price']>, ParentType, ContextType>;
  contractLine?: Resolver<Maybe<ResolversTypes['ContractLine']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  interval?: Resolver<ResolversTypes['Interval'], ParentType, ContextType>;
  servicePeriod?: Resolver<ResolversTypes['DateRange'], ParentType, ContextType>;
};

export type BillingSubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BillingSubscription'] = ResolversParentTypes['BillingSubscription'], FederationReferenceType extends FederationReferenceTypes['BillingSubscription'] = FederationReferenceTypes['BillingSubscription']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['BillingSubscription']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SubscriptionStatus'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  collectionMethod?: Resolver<ResolversTypes['CollectionMethod'], ParentType, ContextType>;
  startDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  currentPeriod?: Resolver<ResolversTypes['DateRange'], ParentType, ContextType>;
  cancelAt?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  endedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['SubscriptionItem']>, ParentType, ContextType>;
  monthlyRecurringRevenue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoiceLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceLine'] = ResolversParentTypes['InvoiceLine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  contractLine?: Resolver<Maybe<ResolversTypes['ContractLine']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  servicePeriod?: Resolver<Maybe<ResolversTypes['DateRange']>, ParentType, ContextType>;
};

export type TaxLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxLine'] = ResolversParentTypes['TaxLine']> = {
  jurisdiction?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rate?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  taxable?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  computedAmount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  mismatch?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PaymentAllocationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentAllocation'] = ResolversParentTypes['PaymentAllocation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payment?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type DunningResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dunning'] = ResolversParentTypes['Dunning'], FederationReferenceType extends FederationReferenceTypes['Dunning'] = FederationReferenceTypes['Dunning']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Dunning']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DunningStatus'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nextAttemptOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice'], FederationReferenceType extends FederationReferenceTypes['Invoice'] = FederationReferenceTypes['Invoice']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Invoice']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  subscription?: Resolver<Maybe<ResolversTypes['BillingSubscription']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['InvoiceStatus'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  collectionMethod?: Resolver<ResolversTypes['CollectionMethod'], ParentType, ContextType>;
  issueDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  dueDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  paidOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  daysPastDue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  balance?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  amountPaid?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  amountCredited?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  amountWrittenOff?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['InvoiceLine']>, ParentType, ContextType>;
  taxLines?: Resolver<ReadonlyArray<ResolversTypes['TaxLine']>, ParentType, ContextType>;
  creditNotes?: Resolver<ReadonlyArray<ResolversTypes['CreditNote']>, ParentType, ContextType>;
  payments?: Resolver<ReadonlyArray<ResolversTypes['Payment']>, ParentType, ContextType>;
  allocations?: Resolver<ReadonlyArray<ResolversTypes['PaymentAllocation']>, ParentType, ContextType>;
  dunning?: Resolver<Maybe<ResolversTypes['Dunning']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreditNoteLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreditNoteLine'] = ResolversParentTypes['CreditNoteLine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  servicePeriod?: Resolver<Maybe<ResolversTypes['DateRange']>, ParentType, ContextType>;
};

export type CreditNoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreditNote'] = ResolversParentTypes['CreditNote'], FederationReferenceType extends FederationReferenceTypes['CreditNote'] = FederationReferenceTypes['CreditNote']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CreditNote']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CreditNoteStatus'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  issuedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['CreditNoteLine']>, ParentType, ContextType>;
  taxLines?: Resolver<ReadonlyArray<ResolversTypes['TaxLine']>, ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentFailureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentFailure'] = ResolversParentTypes['PaymentFailure']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'], FederationReferenceType extends FederationReferenceTypes['Payment'] = FederationReferenceTypes['Payment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  fee?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  method?: Resolver<ResolversTypes['PaymentMethod'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  allocations?: Resolver<ReadonlyArray<ResolversTypes['PaymentAllocation']>, ParentType, ContextType>;
  unapplied?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  amountRefunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['PaymentFailure']>, ParentType, ContextType>;
  refunds?: Resolver<ReadonlyArray<ResolversTypes['Refund']>, ParentType, ContextType>;
  disputes?: Resolver<ReadonlyArray<ResolversTypes['Dispute']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund'], FederationReferenceType extends FederationReferenceTypes['Refund'] = FederationReferenceTypes['Refund']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Refund']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  creditNote?: Resolver<Maybe<ResolversTypes['CreditNote']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RefundStatus'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refundedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DisputeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dispute'] = ResolversParentTypes['Dispute'], FederationReferenceType extends FederationReferenceTypes['Dispute'] = FederationReferenceTypes['Dispute']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Dispute']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DisputeStatus'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  openedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  evidenceDueOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  closedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UsageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Usage'] = ResolversParentTypes['Usage'], FederationReferenceType extends FederationReferenceTypes['Usage'] = FederationReferenceTypes['Usage']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Usage']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalRefs?: Resolver<ReadonlyArray<ResolversTypes['ExternalRef']>, ParentType, ContextType>;
  subscription?: Resolver<Maybe<ResolversTypes['BillingSubscription']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  usedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AgeingBucketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgeingBucket'] = ResolversParentTypes['AgeingBucket']> = {
  bucket?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type BooksCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BooksCheck'] = ResolversParentTypes['BooksCheck'], FederationReferenceType extends FederationReferenceTypes['BooksCheck'] = FederationReferenceTypes['BooksCheck']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['BooksCheck']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  documents?: Resolver<Maybe<ReadonlyArray<ResolversTypes['InvariantResult']>>, ParentType, ContextType>;
};

export type InvariantResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvariantResult'] = ResolversParentTypes['InvariantResult']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  statement?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  holds?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  offenderCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  offenders?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReceivablesAgeingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReceivablesAgeing'] = ResolversParentTypes['ReceivablesAgeing']> = {
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  currencies?: Resolver<ReadonlyArray<ResolversTypes['Receivables']>, ParentType, ContextType>;
};

export type ReceivablesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Receivables'] = ResolversParentTypes['Receivables']> = {
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  unappliedCash?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  ageing?: Resolver<ReadonlyArray<ResolversTypes['AgeingBucket']>, ParentType, ContextType>;
  oldestDaysPastDue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subscriptions?: Resolver<Maybe<ReadonlyArray<ResolversTypes['BillingSubscription']>>, ParentType, ContextType>;
  invoices?: Resolver<Maybe<ResolversTypes['InvoiceConnection']>, ParentType, ContextType, Partial<CustomerInvoicesArgs>>;
  payments?: Resolver<Maybe<ResolversTypes['PaymentConnection']>, ParentType, ContextType, Partial<CustomerPaymentsArgs>>;
  creditNotes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['CreditNote']>>, ParentType, ContextType>;
  disputes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Dispute']>>, ParentType, ContextType>;
  receivables?: Resolver<Maybe<ResolversTypes['Receivables']>, ParentType, ContextType>;
  receivablesByCurrency?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Receivables']>>, ParentType, ContextType>;
  receivablesAt?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Receivables']>>, ParentType, ContextType, Partial<CustomerReceivablesAtArgs>>;
  annualRecurringRevenue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ContractResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Contract'] = ResolversParentTypes['Contract'], FederationReferenceType extends FederationReferenceTypes['Contract'] = FederationReferenceTypes['Contract']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Contract']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoices?: Resolver<Maybe<ResolversTypes['InvoiceConnection']>, ParentType, ContextType, Partial<ContractInvoicesArgs>>;
  subscriptions?: Resolver<Maybe<ReadonlyArray<ResolversTypes['BillingSubscription']>>, ParentType, ContextType>;
};

export type ContractLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractLine'] = ResolversParentTypes['ContractLine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type LegalEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LegalEntity'] = ResolversParentTypes['LegalEntity']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type InvoiceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceConnection'] = ResolversParentTypes['InvoiceConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Invoice']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['InvoiceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InvoiceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvoiceEdge'] = ResolversParentTypes['InvoiceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Invoice'], ParentType, ContextType>;
};

export type PaymentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentConnection'] = ResolversParentTypes['PaymentConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Payment']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['PaymentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PaymentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentEdge'] = ResolversParentTypes['PaymentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
};

export type BillingSubscriptionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BillingSubscriptionConnection'] = ResolversParentTypes['BillingSubscriptionConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['BillingSubscription']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['BillingSubscriptionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BillingSubscriptionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BillingSubscriptionEdge'] = ResolversParentTypes['BillingSubscriptionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['BillingSubscription'], ParentType, ContextType>;
};

export type ProductConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Product']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  ExternalRef?: ExternalRefResolvers<ContextType>;
  DateRange?: DateRangeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  InvoiceEvent?: InvoiceEventResolvers<ContextType>;
  PaymentEvent?: PaymentEventResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  Interval?: IntervalResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  PriceTier?: PriceTierResolvers<ContextType>;
  Price?: PriceResolvers<ContextType>;
  SubscriptionItem?: SubscriptionItemResolvers<ContextType>;
  BillingSubscription?: BillingSubscriptionResolvers<ContextType>;
  InvoiceLine?: InvoiceLineResolvers<ContextType>;
  TaxLine?: TaxLineResolvers<ContextType>;
  PaymentAllocation?: PaymentAllocationResolvers<ContextType>;
  Dunning?: DunningResolvers<ContextType>;
  Invoice?: InvoiceResolvers<ContextType>;
  CreditNoteLine?: CreditNoteLineResolvers<ContextType>;
  CreditNote?: CreditNoteResolvers<ContextType>;
  PaymentFailure?: PaymentFailureResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  Dispute?: DisputeResolvers<ContextType>;
  Usage?: UsageResolvers<ContextType>;
  AgeingBucket?: AgeingBucketResolvers<ContextType>;
  BooksCheck?: BooksCheckResolvers<ContextType>;
  InvariantResult?: InvariantResultResolvers<ContextType>;
  ReceivablesAgeing?: ReceivablesAgeingResolvers<ContextType>;
  Receivables?: ReceivablesResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  Contract?: ContractResolvers<ContextType>;
  ContractLine?: ContractLineResolvers<ContextType>;
  LegalEntity?: LegalEntityResolvers<ContextType>;
  InvoiceConnection?: InvoiceConnectionResolvers<ContextType>;
  InvoiceEdge?: InvoiceEdgeResolvers<ContextType>;
  PaymentConnection?: PaymentConnectionResolvers<ContextType>;
  PaymentEdge?: PaymentEdgeResolvers<ContextType>;
  BillingSubscriptionConnection?: BillingSubscriptionConnectionResolvers<ContextType>;
  BillingSubscriptionEdge?: BillingSubscriptionEdgeResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
};
