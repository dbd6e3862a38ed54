// Generated from the SDL by `npm run generate`: change the SDL, not this file.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PrintableMoney as MoneyParent } from '#domain/money.ts';
import type { LoggedEvent as EventParent } from '#platform/log/event.ts';
import type { CustomerRepresentation as CustomerParent } from '#subgraphs/insight/standing.ts';
import type { StandingReason as StandingReasonParent, Standing as ToldStandingParent } from '#domain/standing.ts';
import type { DeliveredEvent as StandingChangeParent } from '#platform/log/subscribe.ts';
import type { ListedStanding as ListedStandingParent, StandingRecord as StandingRecordParent } from '#subgraphs/insight/list-store.ts';
import type { ListedStandingConnection as ListedStandingConnectionParent, StandingRecordConnection as StandingRecordConnectionParent } from '#subgraphs/insight/standing-list.ts';
import type { Metrics as RevenueMetricsParent, MetricsRow as RevenueMetricsRowParent, MetricsRow as MetricReceivablesParent, Group as MetricGroupParent } from '#subgraphs/insight/metrics/report.ts';
import type { Explanation as MetricExplanationParent, ExplainedEntry as MetricEntryParent, EntryConnection as MetricEntryConnectionParent } from '#subgraphs/insight/metrics/explain.ts';
import type { Context } from '#subgraphs/insight/subgraph.ts';
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
  /** Exact decimal number as a string, `-12.30`, never a floating-point number. */
  Decimal: { input: string; output: string; }
  /** Currency code of ISO 4217, `USD`. */
  CurrencyCode: { input: string; output: string; }
  /** Whole number of any size, as a string of digits. */
  BigInt: { input: bigint; output: bigint; }
  /** Calendar month in ISO 8601, `2027-05`. */
  YearMonth: { input: Temporal.PlainYearMonth; output: Temporal.PlainYearMonth; }
  /** Instant in ISO 8601 and UTC, `2027-05-01T09:30:00Z`. */
  DateTime: { input: Temporal.Instant; output: Temporal.Instant; }
  /** Any JSON value, as it is: an object, a list, a text, a number, true, false or null. */
  JSON: { input: unknown; output: unknown; }
  _FieldSet: { input: string; output: string; }
};

/** Anything that has a global id. */
export type Node = {
  /** Opaque global id, unique over all types. */
  readonly id: Scalars['ID']['output'];
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

export type Query = {
  /**
   * All customers by how they stand, from what insight keeps of them: it follows a change within moments, and the calendar
   * when a day begins. Amounts are filtered and sorted within one currency only: BAD_USER_INPUT otherwise.
   */
  readonly customerStandings: ListedStandingConnection;
  /** Any object by its global id. An unknown id gives null with the error NOT_FOUND. */
  readonly node: Maybe<Node>;
  /**
   * Figures of revenue by period and group, in one currency. They rest on sums that are kept up to date from what CRM,
   * billing and ERP record, within moments, so that an answer costs the same whatever the number of documents. `ratePolicy`
   * says by which rates they are translated. Errors: BAD_USER_INPUT for a period that ends before it begins, one of more than
   * 400 periods, an unknown legal entity; RATE_MISSING, naming the pair and the day, where no rate leads from a currency to
   * the reporting currency.
   */
  readonly revenueMetrics: RevenueMetrics;
  /**
   * A figure of a period, opened down to its entries, whose sum is its value to the minor unit: each comes to what the figure
   * differs by with it and without. The value is that of `revenueMetrics` under the same arguments. Errors as there.
   */
  readonly explainMetric: MetricExplanation;
  /** What the figures mean: formula, owner and version of each, ratios included. */
  readonly metricDefinitions: ReadonlyArray<MetricDefinition>;
};


export type QueryCustomerStandingsArgs = {
  filter?: InputMaybe<CustomerStandingFilter>;
  orderBy?: InputMaybe<CustomerStandingOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRevenueMetricsArgs = {
  period: YearMonthRange;
  grain?: MetricGrain;
  groupBy?: ReadonlyArray<MetricDimension>;
  filter?: InputMaybe<MetricFilter>;
  reportingCurrency: Scalars['CurrencyCode']['input'];
  ratePolicy?: MetricRatePolicy;
  constantRatesOn?: InputMaybe<Scalars['Date']['input']>;
  asOf?: InputMaybe<Scalars['Date']['input']>;
  knownAt?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryExplainMetricArgs = {
  metric: RevenueMetricName;
  period: Scalars['YearMonth']['input'];
  grain?: MetricGrain;
  day?: InputMaybe<Scalars['Date']['input']>;
  reportingCurrency: Scalars['CurrencyCode']['input'];
  ratePolicy?: MetricRatePolicy;
  constantRatesOn?: InputMaybe<Scalars['Date']['input']>;
  asOf?: InputMaybe<Scalars['Date']['input']>;
  knownAt?: InputMaybe<Scalars['DateTime']['input']>;
  group?: InputMaybe<MetricGroupInput>;
};

/** A figure of revenue that can be opened down to its entries. */
export type RevenueMetricName =
  /** Total contract value of what was signed. */
  | 'BOOKINGS'
  /** Invoices less credit notes, before tax. */
  | 'BILLINGS'
  /** Payments received. */
  | 'COLLECTIONS'
  /** Revenue earned. */
  | 'RECOGNIZED_REVENUE'
  /** What is to be taken off recognised revenue. */
  | 'CREDITS_AND_REFUNDS'
  /** What cash changed by. */
  | 'NET_CASH'
  /** What signed contracts promise and is not earned yet, at the end of the month. */
  | 'REMAINING_PERFORMANCE_OBLIGATIONS'
  /** Deferred revenue at the end of the month. */
  | 'DEFERRED_REVENUE'
  /** Deferred by invoices. */
  | 'DEFERRED_REVENUE_BILLED'
  /** Taken off deferred revenue as earned. */
  | 'DEFERRED_REVENUE_RECOGNIZED'
  /** All else that changed deferred revenue; what currencies moved is an entry without a source. */
  | 'DEFERRED_REVENUE_ADJUSTED'
  /** Monthly recurring revenue at the end of the month. */
  | 'MONTHLY_RECURRING_REVENUE'
  /** Of subscriptions that began. */
  | 'MRR_NEW'
  /** Of subscriptions that earn more. */
  | 'MRR_EXPANSION'
  /** Of what came back. */
  | 'MRR_REACTIVATION'
  /** Of subscriptions that earn less. */
  | 'MRR_CONTRACTION'
  /** Of subscriptions that ended or paused. */
  | 'MRR_CHURN'
  /** Annual recurring revenue at the end of the month. */
  | 'ANNUAL_RECURRING_REVENUE'
  /** What customers owe at the end of the month. */
  | 'RECEIVABLES'
  /** What of open invoices is past its due date at the end of the month. */
  | 'OVERDUE_RECEIVABLES';

/** What a figure is of. */
export type MetricGroupInput = {
  /** The company of ours; all where it is not given. */
  readonly legalEntity?: InputMaybe<Scalars['ID']['input']>;
  /** The currency of the documents; all where it is not given. */
  readonly currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** The customer; all where it is not given. */
  readonly customer?: InputMaybe<Scalars['ID']['input']>;
  /** The sales region of the customers, as CRM has it now; all where it is not given. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** The segment of the customers, as CRM has it now; all where it is not given. */
  readonly segment?: InputMaybe<CustomerSegment>;
};

/** A figure with what it is the sum of. */
export type MetricExplanation = {
  /** What the figure means. */
  readonly definition: MetricDefinition;
  /** The figure, in the reporting currency. */
  readonly value: Money;
  /** What it is the sum of, by day. */
  readonly entries: MetricEntryConnection;
};


/** A figure with what it is the sum of. */
export type MetricExplanationEntriesArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** What a figure means. */
export type MetricDefinition = {
  /** Its name, as `RevenueMetricName` has it; ratios have names of the same kind. */
  readonly name: Scalars['String']['output'];
  /** What it tells, with its source in the standard where it has one. */
  readonly description: Scalars['String']['output'];
  /** How it is computed. */
  readonly formula: Scalars['String']['output'];
  /** One more with every change of the formula. */
  readonly version: Scalars['Int']['output'];
  /** Who answers for it. */
  readonly owner: Scalars['String']['output'];
};

/** One of the entries that a figure is the sum of. */
export type MetricEntry = {
  /** What it comes to, in the reporting currency: what the figure differs by with it and without. */
  readonly amount: Money;
  /** The day on which it counts. */
  readonly date: Scalars['Date']['output'];
  /** What it follows from: the document, contract or subscription, or the journal entry for figures of the books. Null for what currencies moved. */
  readonly source: Maybe<MetricSource>;
};

/** What an entry of a figure follows from. */
export type MetricSource = Invoice | CreditNote | Payment | Refund | JournalEntry | Contract | BillingSubscription;

/** Entries of a figure, a page of them. */
export type MetricEntryConnection = {
  /** The entries of this page. */
  readonly nodes: ReadonlyArray<MetricEntry>;
  /** The entries of this page, each with its cursor. */
  readonly edges: ReadonlyArray<MetricEntryEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many entries there are over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of entries. */
export type MetricEntryEdge = {
  /** Opaque position, for `after` with the same arguments. */
  readonly cursor: Scalars['String']['output'];
  /** The entry at this position. */
  readonly node: MetricEntry;
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

/** Calendar months from one through another. */
export type YearMonthRange = {
  /** The first month. */
  readonly from: Scalars['YearMonth']['input'];
  /** The last month, which is included. */
  readonly to: Scalars['YearMonth']['input'];
};

/** How finely figures are told over time. */
export type MetricGrain =
  /** Calendar days. */
  | 'DAY'
  /** Calendar months. */
  | 'MONTH'
  /** Quarters of the calendar year, whole ones where the period begins or ends within. */
  | 'QUARTER'
  /** Accounting periods of each legal entity's own fiscal calendar, by the month that they are known by. */
  | 'FISCAL_PERIOD';

/** What figures are told apart by. */
export type MetricDimension =
  /** The company of ours. */
  | 'LEGAL_ENTITY'
  /** The currency of the documents, before they are translated. */
  | 'CURRENCY'
  /** The customer; kept by month, not by day. */
  | 'CUSTOMER'
  /** The sales region of the customer, as CRM has it now; null where it has none. */
  | 'REGION'
  /** The segment of the customer, as CRM has it now; null where it has none. */
  | 'SEGMENT';

/**
 * By which exchange rates figures become those of the reporting currency. What has the same currency and rate is added up for
 * each legal entity, and then rounded once, half away from zero: figures of legal entities add up to that of all.
 */
export type MetricRatePolicy =
  /** As the books have them: what is in the reporting currency of a legal entity's books is taken from there. In other books, what happened has the rate of its day, and what is left at the end of a period that of its last day (IAS 21.39). */
  | 'TRANSACTION'
  /** Everything of a period at the rate of its last day. */
  | 'CLOSING'
  /** Everything at the rate of one day, so that no figure moves because a currency does. */
  | 'CONSTANT';

/** Which figures count. */
export type MetricFilter = {
  /** Of these legal entities. */
  readonly legalEntity?: InputMaybe<IdFilter>;
  /** Of documents in these currencies. */
  readonly currency?: InputMaybe<CurrencyFilter>;
  /** Of these customers. */
  readonly customer?: InputMaybe<IdFilter>;
  /** Of customers in these sales regions. */
  readonly region?: InputMaybe<RegionFilter>;
  /** Of customers of these segments. */
  readonly segment?: InputMaybe<CustomerSegmentFilter>;
};

/** A choice of sales regions. */
export type RegionFilter = {
  /** Any of these; at most 100. */
  readonly in: ReadonlyArray<Scalars['String']['input']>;
};

/** A choice of segments. */
export type CustomerSegmentFilter = {
  /** Any of these. */
  readonly in: ReadonlyArray<CustomerSegment>;
};

/** Size class of a customer. */
export type CustomerSegment =
  /** Small business. */
  | 'SMALL_BUSINESS'
  /** Mid-sized business. */
  | 'MID_MARKET'
  /** Large business with negotiated terms. */
  | 'ENTERPRISE';

/** Ids to be found. */
export type IdFilter = {
  /** Any of these ids; at most 100. */
  readonly in: ReadonlyArray<Scalars['ID']['input']>;
};

/** Currencies to be found. */
export type CurrencyFilter = {
  /** Any of these; at most 100. */
  readonly in: ReadonlyArray<Scalars['CurrencyCode']['input']>;
};

/** Figures of revenue, and what they rest on. */
export type RevenueMetrics = {
  /** The last day that counts. */
  readonly asOf: Scalars['Date']['output'];
  /** What was recorded later does not count; null where all does. */
  readonly knownAt: Maybe<Scalars['DateTime']['output']>;
  /** The currency of all figures. */
  readonly reportingCurrency: Scalars['CurrencyCode']['output'];
  /** By which exchange rates they were translated. */
  readonly ratePolicy: MetricRatePolicy;
  /** The figures, by period and then by group. */
  readonly rows: ReadonlyArray<RevenueMetricsRow>;
};

/** The figures of one group in one period, in the reporting currency. */
export type RevenueMetricsRow = {
  /** Name of the period: `2026-03-15`, `2026-03` for a month or an accounting period, `2026-Q1` for a quarter. */
  readonly period: Scalars['String']['output'];
  /** First day of the period. */
  readonly start: Scalars['Date']['output'];
  /** First day that is not in the period. */
  readonly end: Scalars['Date']['output'];
  /** What the figures are of. */
  readonly group: MetricGroup;
  /** Total contract value of what was signed, before tax, on the day of signature; what an amendment changes it by, on the day from which that holds. Source: CRM's contracts and applied amendments. */
  readonly bookings: Money;
  /** What invoices charge before tax, on their issue date, less credit notes on theirs; a voided document is taken back on the day of its voiding. Source: the books' entries of invoices and credit notes. */
  readonly billings: Money;
  /** Payments received from customers, before the processor's fee, on the day of receipt, whatever became of them later. Source: the books' entries of payments. */
  readonly collections: Money;
  /** Revenue earned by the end of the period's days: what is posted to revenue accounts, before credits and refunds. Source: the books. */
  readonly recognizedRevenue: Money;
  /** Recognised revenue by product, by the id of the product; they add up to it. What is earned at once by an invoice, and what is of a product that nobody told, has none. Costs a look at all entries of revenue in the periods. */
  readonly recognizedRevenueByProduct: ReadonlyArray<ProductRevenue>;
  /** Credits for what was delivered, and refunds: what is to be taken off recognised revenue. Source: the books. */
  readonly creditsAndRefunds: Money;
  /** What cash changed by: collections less fees, refunds, and what disputes withdrew. Source: the books' accounts of cash in clearing and at the bank; what a processor pays out moves between them. */
  readonly netCash: Money;
  /** Remaining performance obligations, RPO or backlog: what signed contracts promise and is not earned by the end of the period, billed or not (ASC 606-10-50-13). Bookings up to then less revenue of contracts, in their currency, at the rate of a balance. Promises that are known from an invoice alone are not of it. */
  readonly remainingPerformanceObligations: Money;
  /** What was billed and is not earned yet, from the opening to the closing. */
  readonly deferredRevenue: DeferredRevenueBridge;
  /** Recurring revenue a month, from the opening to the closing. */
  readonly monthlyRecurringRevenue: RecurringRevenueBridge;
  /** Recurring revenue a year at the end of the period: of each subscription twelve times the monthly one before that is rounded. Source: billing's subscriptions. */
  readonly annualRecurringRevenue: Money;
  /** Net revenue retention, NRR: what is left of the opening with customers who paid then, with what they bought more, to four decimals; `1.0500` is 105%. Null where nothing was there to be retained. Cohorts are kept for months and quarters; of other grains they cost a look at all movements. */
  readonly netRevenueRetention: Maybe<Scalars['Decimal']['output']>;
  /** Gross revenue retention, GRR: the same without what they bought more; never above 1. */
  readonly grossRevenueRetention: Maybe<Scalars['Decimal']['output']>;
  /** Days sales outstanding, to two decimals. Null where nothing was billed, or where counting back comes to the first period that was asked for. */
  readonly daysSalesOutstanding: Maybe<Scalars['Decimal']['output']>;
  /** What customers owe at the end of the period. */
  readonly receivables: MetricReceivables;
  /** Each figure beside what it is under another rate policy, with the difference. Errors as for `revenueMetrics`. */
  readonly comparison: ReadonlyArray<MetricComparison>;
};


/** The figures of one group in one period, in the reporting currency. */
export type RevenueMetricsRowNetRevenueRetentionArgs = {
  policy?: RetentionPolicy;
};


/** The figures of one group in one period, in the reporting currency. */
export type RevenueMetricsRowDaysSalesOutstandingArgs = {
  method?: DaysSalesOutstandingMethod;
};


/** The figures of one group in one period, in the reporting currency. */
export type RevenueMetricsRowComparisonArgs = {
  ratePolicy: MetricRatePolicy;
  constantRatesOn?: InputMaybe<Scalars['Date']['input']>;
};

/** A figure under two policies. */
export type MetricComparison = {
  /** The figure. */
  readonly metric: RevenueMetricName;
  /** What it is under the policy of the rows. */
  readonly value: Money;
  /** What it is under the other policy. */
  readonly compared: Money;
  /** `value` less `compared`. */
  readonly difference: Money;
};

/** Whether customers who come back make up for those who leave, in net revenue retention. */
export type RetentionPolicy =
  /** They do not: only customers who paid at the opening count. */
  | 'COHORT'
  /** They do: reactivation is added. */
  | 'REACTIVATION_NETTED';

/** What was earned with a product. */
export type ProductRevenue = {
  /** The product; null for what is of none that is known. */
  readonly product: Maybe<Product>;
  /** Revenue earned with it. */
  readonly amount: Money;
};

/** How days sales outstanding are counted. */
export type DaysSalesOutstandingMethod =
  /** Receivables ÷ billings × days. */
  | 'SIMPLE'
  /** Receivables are taken to be the latest billings, period by period. */
  | 'COUNT_BACK';

/**
 * Monthly recurring revenue over a period: opening + new + expansion + reactivation − contraction − churn = closing. All of it
 * has the rate of the period's last day (CONSTANT: of the constant day), so a currency that moves is no movement: the opening
 * is the closing before at that rate. Movements are those of subscriptions; several within an hour, or on one day, are one.
 * Source: billing's subscriptions: active and past due ones, a month is a twelfth of a year, a week a fifty-second.
 */
export type RecurringRevenueBridge = {
  /** Before the period. */
  readonly opening: Money;
  /** Of subscriptions that began, of customers who had not left. */
  readonly new: Money;
  /** Of subscriptions that earn more; so does a renewal under another subscription on the same day. */
  readonly expansion: Money;
  /** Of customers who had left and came back, and of subscriptions that had paused. */
  readonly reactivation: Money;
  /** Of subscriptions that earn less; positive. */
  readonly contraction: Money;
  /** Of subscriptions that ended or paused; positive. */
  readonly churn: Money;
  /** At the end of the period. */
  readonly closing: Money;
};

/** What a row of figures is of. A field is null where the figures are not told apart by it. */
export type MetricGroup = {
  /** The company of ours. */
  readonly legalEntity: Maybe<LegalEntity>;
  /** The currency of the documents. */
  readonly currency: Maybe<Scalars['CurrencyCode']['output']>;
  /** The customer; null as well for what is nobody's. */
  readonly customer: Maybe<Customer>;
  /** The sales region; null as well for customers without one. */
  readonly region: Maybe<Scalars['String']['output']>;
  /** The segment; null as well for customers without one. */
  readonly segment: Maybe<CustomerSegment>;
};

/**
 * Deferred revenue over a period: opening + billed − recognized + adjusted = closing, and each opening is the closing before.
 * Source: the books' entries on deferred revenue (ASC 606-10-50-8).
 */
export type DeferredRevenueBridge = {
  /** Before the period, at the rate of the day before it. */
  readonly opening: Money;
  /** Deferred by invoices. */
  readonly billed: Money;
  /** Earned: taken off. */
  readonly recognized: Money;
  /** All else: credit notes, voided invoices, what a close sets apart as unbilled, and what exchange rates moved. */
  readonly adjusted: Money;
  /** At the end of the period. */
  readonly closing: Money;
};

/** What customers owe at the end of a period. */
export type MetricReceivables = {
  /** Balance of the receivables accounts: open invoices less cash and credits on account. Source: the books. */
  readonly total: Money;
  /** Open balances of invoices that are past their due date, before cash on account. Source: billing's documents. Null with `knownAt`: `receivablesAgeing` tells what was overdue as it was known. */
  readonly overdue: Maybe<Money>;
  /** `overdue` by how long it is, the youngest first; the buckets add up to it. Null with `knownAt`. Costs a look at all invoices that were ever overdue. */
  readonly ageing: Maybe<ReadonlyArray<OverdueBucket>>;
};

/** What is overdue for some days. */
export type OverdueBucket = {
  /** Days past the due date: `1-30`, `31-60`, `61-90`, `over-90`. */
  readonly bucket: Scalars['String']['output'];
  /** Open balances of that age. */
  readonly amount: Money;
};

export type Subscription = {
  /**
   * Changes of customers' standing, as they follow from what CRM, billing and ERP record and from the calendar: first those
   * after the cursor, then live, without gap or repetition. Without a cursor, live from now on. CURSOR_EXPIRED as for
   * `invoiceEvents`.
   */
  readonly standingChanges: StandingChange;
};


export type SubscriptionStandingChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<StandingChangeFilter>;
};

/** Which changes of standing to include. */
export type StandingChangeFilter = {
  /** Of one customer. */
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
};

/** A standing that came out with another level, or with other reasons, than before. */
export type StandingChange = {
  /** What to resume after, as `after` or as Last-Event-ID. */
  readonly cursor: Scalars['String']['output'];
  /** What happened; it was caused by the event that its causation id names, or by the calendar. */
  readonly event: Event;
  /** Whose standing changed, as the customer is now. */
  readonly customer: Customer;
  /** The standing before the change; null for the first one of a customer. */
  readonly before: Maybe<ToldStanding>;
  /** The standing from then on. */
  readonly after: ToldStanding;
  /** The day for which it holds, in UTC: days past due are counted to it. */
  readonly asOf: Scalars['Date']['output'];
};

/** A customer's standing as it was told. */
export type ToldStanding = {
  /** The worst level that a reason gives; GOOD without reasons. */
  readonly level: StandingLevel;
  /** Reasons, worst first. Their messages are those of the day of the change. */
  readonly reasons: ReadonlyArray<StandingReason>;
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

/** How safe it is to go on doing business with a customer. */
export type StandingLevel =
  /** Nothing stands against it. */
  | 'GOOD'
  /** Something needs attention soon. */
  | 'WATCH'
  /** Money or the relationship is at risk. */
  | 'AT_RISK'
  /** Stop: accounting put the customer on hold, or it is not to be served. */
  | 'HOLD';

/** Why a customer stands as it does. */
export type StandingReasonCode =
  /** Accounting put the customer on hold. */
  | 'CREDIT_HOLD'
  /** More is owed than accounting allows. */
  | 'CREDIT_LIMIT_EXCEEDED'
  /** Invoices are past their due date. */
  | 'OVERDUE'
  /** Payments are contested. */
  | 'DISPUTED'
  /** Service under a contract is paused. */
  | 'CONTRACT_SUSPENDED'
  /** A contract ends soon and does not renew by itself. */
  | 'RENEWAL_DUE'
  /** The customer is no longer one. */
  | 'INACTIVE';

/** One reason for a customer's standing. */
export type StandingReason = {
  /** What the reason is, for programs. */
  readonly code: StandingReasonCode;
  /** The level that this reason alone would give. */
  readonly level: StandingLevel;
  /** What the reason is, for a person. */
  readonly message: Scalars['String']['output'];
  /** Money concerned; null where none is. */
  readonly amount: Maybe<Money>;
};

/** Direction of a sort. */
export type OrderDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** Largest, latest or last in the alphabet first. */
  | 'DESC';

/** How a customer stands, as it was when something of the customer last changed or a day began. */
export type ListedStanding = {
  /** The customer. */
  readonly customer: Customer;
  /** The worst level that a reason gives; GOOD without reasons. */
  readonly level: StandingLevel;
  /** What all amounts here are in; null for a customer who owes and brings nothing. */
  readonly currency: Maybe<Scalars['CurrencyCode']['output']>;
  /** Open balances of issued invoices in this currency, also of those of customers that were merged into it; null without a currency. */
  readonly receivables: Maybe<Money>;
  /** The part of it that is past its due date, by the days of the legal entity that is owed; null without a currency. */
  readonly overdue: Maybe<Money>;
  /** Recurring revenue of a year under the subscriptions of this currency that are active or past due; null without a currency. */
  readonly annualRecurringRevenue: Maybe<Money>;
  /** The day on which the running contract that ends first does, whether it renews by itself or not; null where none runs. */
  readonly renewalDate: Maybe<Scalars['Date']['output']>;
  /** The day for which it holds, in UTC. */
  readonly asOf: Scalars['Date']['output'];
};

/** A page of standings. */
export type ListedStandingConnection = {
  /** The standings of this page. */
  readonly nodes: ReadonlyArray<ListedStanding>;
  /** The standings of this page, each with its cursor. */
  readonly edges: ReadonlyArray<ListedStandingEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many standings match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of standings. */
export type ListedStandingEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The standing at this position. */
  readonly node: ListedStanding;
};

/** Which standings to include; all conditions given must hold. */
export type CustomerStandingFilter = {
  /** By the level of the standing. */
  readonly level?: InputMaybe<StandingLevelFilter>;
  /** Customers who owe or bring something in this currency, with their amounts in it. Without it each customer is listed once, with the currency that brings most, or else the one in which most is owed. */
  readonly currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** By what is past its due date. Needs a currency. */
  readonly overdue?: InputMaybe<AmountFilter>;
  /** By recurring revenue of a year. Needs a currency. */
  readonly annualRecurringRevenue?: InputMaybe<AmountFilter>;
  /** By the day on which the running contract that ends first does; customers without one are left out where `lt` is given. */
  readonly renewalDate?: InputMaybe<DateFilter>;
};

/** Selects by levels of standing. */
export type StandingLevelFilter = {
  /** One of these levels. */
  readonly in?: InputMaybe<ReadonlyArray<StandingLevel>>;
};

/** Selects by amounts in major units of the currency, with no more decimals than it has. */
export type AmountFilter = {
  /** At least this. */
  readonly gte?: InputMaybe<Scalars['Decimal']['input']>;
  /** Less than this. */
  readonly lt?: InputMaybe<Scalars['Decimal']['input']>;
};

/** A range of dates, without its end. */
export type DateFilter = {
  /** On this date or later. */
  readonly gte?: InputMaybe<Scalars['Date']['input']>;
  /** Before this date. */
  readonly lt?: InputMaybe<Scalars['Date']['input']>;
};

/** Fields by which standings can be sorted. The customer's id breaks ties. */
export type CustomerStandingOrderField =
  /** By level, GOOD first when ascending; the default, descending. */
  | 'LEVEL'
  /** By the day on which the running contract that ends first does; customers without one come last when ascending. */
  | 'RENEWAL_DATE'
  /** By what is past its due date. Needs `filter.currency`, since amounts of different currencies have no order. */
  | 'OVERDUE'
  /** By recurring revenue of a year. Needs `filter.currency`. */
  | 'ANNUAL_RECURRING_REVENUE';

/** Sort order of a list of standings. */
export type CustomerStandingOrder = {
  /** Field to sort by. */
  readonly field: CustomerStandingOrderField;
  /** Direction of the sort. */
  readonly direction: OrderDirection;
};

/** A standing as it came out at some time, with what it was before. */
export type StandingRecord = {
  /** The standing until then; null for the first one of a customer. */
  readonly before: Maybe<ToldStanding>;
  /** The standing from then on. */
  readonly after: ToldStanding;
  /** The day for which it was computed, in UTC. */
  readonly asOf: Scalars['Date']['output'];
  /** When it was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** Id of the event that caused it; null where the calendar did. */
  readonly causationId: Maybe<Scalars['ID']['output']>;
};

/** A page of the changes of a standing. */
export type StandingRecordConnection = {
  /** The changes of this page. */
  readonly nodes: ReadonlyArray<StandingRecord>;
  /** The changes of this page, each with its cursor. */
  readonly edges: ReadonlyArray<StandingRecordEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many changes there were in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of changes of a standing. */
export type StandingRecordEdge = {
  /** Opaque position, for `after` and `before` in the same list. */
  readonly cursor: Scalars['String']['output'];
  /** The change at this position. */
  readonly node: StandingRecord;
};

/** A customer's unified standing over CRM, billing and ERP. */
export type CustomerStanding = {
  /** The worst level that a reason gives; GOOD without reasons. */
  readonly level: StandingLevel;
  /** Reasons, worst first. */
  readonly reasons: ReadonlyArray<StandingReason>;
  /** The day for which it holds, in UTC: days past due are counted to it. It rests on what is recorded at the time of the query. */
  readonly asOf: Scalars['Date']['output'];
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

/** A customer; mastered in CRM. */
export type Customer = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** State of the relationship, from CRM. */
  readonly status: CustomerStatus;
  /** Contracts counted, from CRM. */
  readonly contractSummary: ContractSummary;
  /** What the customer owes by currency, from billing. */
  readonly receivablesByCurrency: Maybe<ReadonlyArray<Receivables>>;
  /** Disputes by the customer, from billing. */
  readonly disputes: Maybe<ReadonlyArray<Dispute>>;
  /** What accounting allows the customer, from ERP. */
  readonly credit: Maybe<CreditTerms>;
  /** Customers that were merged into this one, from CRM. */
  readonly mergedCustomers: ReadonlyArray<Customer>;
  /** The changes of the standing that were noticed, newest first; the first of them is from when the customer was first looked at. */
  readonly standingHistory: StandingRecordConnection;
  /** The standing as it was known at an instant; null where none was known yet. What came later does not change it. */
  readonly standingAt: Maybe<StandingRecord>;
  /** The customer's unified standing, by published rules over what CRM, billing and ERP hold now: with what is owed and disputed of the customers that were merged into it, and without that where it was merged itself. Null with an error while one of them does not answer: a standing is never computed from a part. */
  readonly standing: Maybe<CustomerStanding>;
};


/** A customer; mastered in CRM. */
export type CustomerStandingHistoryArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


/** A customer; mastered in CRM. */
export type CustomerStandingAtArgs = {
  knownAt: Scalars['DateTime']['input'];
};

/** How a customer's contracts stand, counted; from CRM. */
export type ContractSummary = {
  /** Contracts in their term. */
  readonly active: Scalars['Int']['output'];
  /** Contracts whose service and billing are paused. */
  readonly suspended: Scalars['Int']['output'];
  /** Earliest end of a contract in its term that does not renew by itself. */
  readonly nextEndDate: Maybe<Scalars['Date']['output']>;
};

/** What accounting allows a customer; from ERP. */
export type CreditTerms = {
  /** Whether accounting stopped further business. */
  readonly onHold: Scalars['Boolean']['output'];
  /** Why it did; null unless on hold. */
  readonly holdReason: Maybe<Scalars['String']['output']>;
  /** Most that the customer may owe; null for no limit. */
  readonly limit: Maybe<Money>;
};

/** What a customer owes in one currency; from billing. */
export type Receivables = {
  /** Currency of all amounts here. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Open balances of issued invoices. */
  readonly total: Money;
  /** The part of it that is past its due date. */
  readonly overdue: Money;
  /** Cash received that settles no invoice yet. */
  readonly unappliedCash: Money;
  /** Days past due of the oldest open invoice. */
  readonly oldestDaysPastDue: Scalars['Int']['output'];
};

/** Stands for a person at a customer, so that `node` can name it; kept by its own system. */
export type Contact = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a deal, so that `node` can name it; kept by its own system. */
export type Opportunity = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for an offer, so that `node` can name it; kept by its own system. */
export type Quote = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a contract, so that `node` can name it; kept by its own system. */
export type Contract = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a change of a contract, so that `node` can name it; kept by its own system. */
export type Amendment = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a product, so that `node` can name it; kept by its own system. */
export type Product = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a price, so that `node` can name it; kept by its own system. */
export type Price = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a subscription, so that `node` can name it; kept by its own system. */
export type BillingSubscription = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for an invoice, so that `node` can name it; kept by its own system. */
export type Invoice = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a credit note, so that `node` can name it; kept by its own system. */
export type CreditNote = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a payment, so that `node` can name it; kept by its own system. */
export type Payment = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a refund, so that `node` can name it; kept by its own system. */
export type Refund = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a dispute; from billing. */
export type Dispute = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** State of the dispute. */
  readonly status: DisputeStatus;
  /** What is contested. */
  readonly amount: Money;
};

/** Stands for a usage record, so that `node` can name it; kept by its own system. */
export type Usage = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for the collection of an invoice, so that `node` can name it; kept by its own system. */
export type Dunning = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a company of ours, so that `node` can name it; kept by its own system. */
export type LegalEntity = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for an account, so that `node` can name it; kept by its own system. */
export type LedgerAccount = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for an accounting period, so that `node` can name it; kept by its own system. */
export type AccountingPeriod = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for an exchange rate, so that `node` can name it; kept by its own system. */
export type FxRate = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a journal entry, so that `node` can name it; kept by its own system. */
export type JournalEntry = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a revenue schedule, so that `node` can name it; kept by its own system. */
export type RevenueSchedule = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a performance obligation, so that `node` can name it; kept by its own system. */
export type PerformanceObligation = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** A business process of operations. */
export type Workflow = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** An exception of operations. */
export type Exception = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** An approval of operations. */
export type Approval = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
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
  Dispute: Dispute;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Customer'], {"status":true,"contractSummary":{"active":true,"suspended":true,"nextEndDate":true},"receivablesByCurrency":{"currency":true,"total":{"minorUnits":true},"overdue":{"minorUnits":true},"unappliedCash":{"minorUnits":true},"oldestDaysPastDue":true},"disputes":{"status":true,"amount":{"minorUnits":true,"currency":true}},"credit":{"onHold":true,"holdReason":true,"limit":{"minorUnits":true,"currency":true}},"mergedCustomers":{"receivablesByCurrency":{"currency":true,"total":{"minorUnits":true},"overdue":{"minorUnits":true},"unappliedCash":{"minorUnits":true},"oldestDaysPastDue":true},"disputes":{"status":true,"amount":{"minorUnits":true,"currency":true}}}}> ) );
  Dispute:
    ( { __typename: 'Dispute' }
    & GraphQLRecursivePick<FederationTypes['Dispute'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  MetricSource:
    | ( Invoice )
    | ( CreditNote )
    | ( Payment )
    | ( Refund )
    | ( JournalEntry )
    | ( Contract )
    | ( BillingSubscription )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( CustomerParent )
    | ( Contact )
    | ( Opportunity )
    | ( Quote )
    | ( Contract )
    | ( Amendment )
    | ( Product )
    | ( Price )
    | ( BillingSubscription )
    | ( Invoice )
    | ( CreditNote )
    | ( Payment )
    | ( Refund )
    | ( Omit<Dispute, 'amount'> & { amount: _RefType['Money'] } )
    | ( Usage )
    | ( Dunning )
    | ( LegalEntity )
    | ( LedgerAccount )
    | ( AccountingPeriod )
    | ( FxRate )
    | ( JournalEntry )
    | ( RevenueSchedule )
    | ( PerformanceObligation )
    | ( Workflow )
    | ( Exception )
    | ( Approval )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  YearMonth: ResolverTypeWrapper<Scalars['YearMonth']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Money: ResolverTypeWrapper<MoneyParent>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  RevenueMetricName: RevenueMetricName;
  MetricGroupInput: MetricGroupInput;
  MetricExplanation: ResolverTypeWrapper<MetricExplanationParent>;
  MetricDefinition: ResolverTypeWrapper<MetricDefinition>;
  MetricEntry: ResolverTypeWrapper<MetricEntryParent>;
  MetricSource: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['MetricSource']>;
  MetricEntryConnection: ResolverTypeWrapper<MetricEntryConnectionParent>;
  MetricEntryEdge: ResolverTypeWrapper<Omit<MetricEntryEdge, 'node'> & { node: ResolversTypes['MetricEntry'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  YearMonthRange: YearMonthRange;
  MetricGrain: MetricGrain;
  MetricDimension: MetricDimension;
  MetricRatePolicy: MetricRatePolicy;
  MetricFilter: MetricFilter;
  RegionFilter: RegionFilter;
  CustomerSegmentFilter: CustomerSegmentFilter;
  CustomerSegment: CustomerSegment;
  IdFilter: IdFilter;
  CurrencyFilter: CurrencyFilter;
  RevenueMetrics: ResolverTypeWrapper<RevenueMetricsParent>;
  RevenueMetricsRow: ResolverTypeWrapper<RevenueMetricsRowParent>;
  MetricComparison: ResolverTypeWrapper<Omit<MetricComparison, 'value' | 'compared' | 'difference'> & { value: ResolversTypes['Money'], compared: ResolversTypes['Money'], difference: ResolversTypes['Money'] }>;
  RetentionPolicy: RetentionPolicy;
  ProductRevenue: ResolverTypeWrapper<Omit<ProductRevenue, 'amount'> & { amount: ResolversTypes['Money'] }>;
  DaysSalesOutstandingMethod: DaysSalesOutstandingMethod;
  RecurringRevenueBridge: ResolverTypeWrapper<Omit<RecurringRevenueBridge, 'opening' | 'new' | 'expansion' | 'reactivation' | 'contraction' | 'churn' | 'closing'> & { opening: ResolversTypes['Money'], new: ResolversTypes['Money'], expansion: ResolversTypes['Money'], reactivation: ResolversTypes['Money'], contraction: ResolversTypes['Money'], churn: ResolversTypes['Money'], closing: ResolversTypes['Money'] }>;
  MetricGroup: ResolverTypeWrapper<MetricGroupParent>;
  DeferredRevenueBridge: ResolverTypeWrapper<Omit<DeferredRevenueBridge, 'opening' | 'billed' | 'recognized' | 'adjusted' | 'closing'> & { opening: ResolversTypes['Money'], billed: ResolversTypes['Money'], recognized: ResolversTypes['Money'], adjusted: ResolversTypes['Money'], closing: ResolversTypes['Money'] }>;
  MetricReceivables: ResolverTypeWrapper<MetricReceivablesParent>;
  OverdueBucket: ResolverTypeWrapper<Omit<OverdueBucket, 'amount'> & { amount: ResolversTypes['Money'] }>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  StandingChangeFilter: StandingChangeFilter;
  StandingChange: ResolverTypeWrapper<StandingChangeParent>;
  ToldStanding: ResolverTypeWrapper<ToldStandingParent>;
  Event: ResolverTypeWrapper<EventParent>;
  StandingLevel: StandingLevel;
  StandingReasonCode: StandingReasonCode;
  StandingReason: ResolverTypeWrapper<StandingReasonParent>;
  OrderDirection: OrderDirection;
  ListedStanding: ResolverTypeWrapper<ListedStandingParent>;
  ListedStandingConnection: ResolverTypeWrapper<ListedStandingConnectionParent>;
  ListedStandingEdge: ResolverTypeWrapper<Omit<ListedStandingEdge, 'node'> & { node: ResolversTypes['ListedStanding'] }>;
  CustomerStandingFilter: CustomerStandingFilter;
  StandingLevelFilter: StandingLevelFilter;
  AmountFilter: AmountFilter;
  DateFilter: DateFilter;
  CustomerStandingOrderField: CustomerStandingOrderField;
  CustomerStandingOrder: CustomerStandingOrder;
  StandingRecord: ResolverTypeWrapper<StandingRecordParent>;
  StandingRecordConnection: ResolverTypeWrapper<StandingRecordConnectionParent>;
  StandingRecordEdge: ResolverTypeWrapper<Omit<StandingRecordEdge, 'node'> & { node: ResolversTypes['StandingRecord'] }>;
  CustomerStanding: ResolverTypeWrapper<Omit<CustomerStanding, 'reasons'> & { reasons: ReadonlyArray<ResolversTypes['StandingReason']> }>;
  CustomerStatus: CustomerStatus;
  DisputeStatus: DisputeStatus;
  Customer: ResolverTypeWrapper<CustomerParent>;
  ContractSummary: ResolverTypeWrapper<ContractSummary>;
  CreditTerms: ResolverTypeWrapper<Omit<CreditTerms, 'limit'> & { limit?: Maybe<ResolversTypes['Money']> }>;
  Receivables: ResolverTypeWrapper<Omit<Receivables, 'total' | 'overdue' | 'unappliedCash'> & { total: ResolversTypes['Money'], overdue: ResolversTypes['Money'], unappliedCash: ResolversTypes['Money'] }>;
  Contact: ResolverTypeWrapper<Contact>;
  Opportunity: ResolverTypeWrapper<Opportunity>;
  Quote: ResolverTypeWrapper<Quote>;
  Contract: ResolverTypeWrapper<Contract>;
  Amendment: ResolverTypeWrapper<Amendment>;
  Product: ResolverTypeWrapper<Product>;
  Price: ResolverTypeWrapper<Price>;
  BillingSubscription: ResolverTypeWrapper<BillingSubscription>;
  Invoice: ResolverTypeWrapper<Invoice>;
  CreditNote: ResolverTypeWrapper<CreditNote>;
  Payment: ResolverTypeWrapper<Payment>;
  Refund: ResolverTypeWrapper<Refund>;
  Dispute: ResolverTypeWrapper<Omit<Dispute, 'amount'> & { amount: ResolversTypes['Money'] }>;
  Usage: ResolverTypeWrapper<Usage>;
  Dunning: ResolverTypeWrapper<Dunning>;
  LegalEntity: ResolverTypeWrapper<LegalEntity>;
  LedgerAccount: ResolverTypeWrapper<LedgerAccount>;
  AccountingPeriod: ResolverTypeWrapper<AccountingPeriod>;
  FxRate: ResolverTypeWrapper<FxRate>;
  JournalEntry: ResolverTypeWrapper<JournalEntry>;
  RevenueSchedule: ResolverTypeWrapper<RevenueSchedule>;
  PerformanceObligation: ResolverTypeWrapper<PerformanceObligation>;
  Workflow: ResolverTypeWrapper<Workflow>;
  Exception: ResolverTypeWrapper<Exception>;
  Approval: ResolverTypeWrapper<Approval>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Date: Scalars['Date']['output'];
  Decimal: Scalars['Decimal']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  BigInt: Scalars['BigInt']['output'];
  YearMonth: Scalars['YearMonth']['output'];
  DateTime: Scalars['DateTime']['output'];
  JSON: Scalars['JSON']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  ID: Scalars['ID']['output'];
  Money: MoneyParent;
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  MetricGroupInput: MetricGroupInput;
  MetricExplanation: MetricExplanationParent;
  MetricDefinition: MetricDefinition;
  MetricEntry: MetricEntryParent;
  MetricSource: ResolversUnionTypes<ResolversParentTypes>['MetricSource'];
  MetricEntryConnection: MetricEntryConnectionParent;
  MetricEntryEdge: Omit<MetricEntryEdge, 'node'> & { node: ResolversParentTypes['MetricEntry'] };
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  YearMonthRange: YearMonthRange;
  MetricFilter: MetricFilter;
  RegionFilter: RegionFilter;
  CustomerSegmentFilter: CustomerSegmentFilter;
  IdFilter: IdFilter;
  CurrencyFilter: CurrencyFilter;
  RevenueMetrics: RevenueMetricsParent;
  RevenueMetricsRow: RevenueMetricsRowParent;
  MetricComparison: Omit<MetricComparison, 'value' | 'compared' | 'difference'> & { value: ResolversParentTypes['Money'], compared: ResolversParentTypes['Money'], difference: ResolversParentTypes['Money'] };
  ProductRevenue: Omit<ProductRevenue, 'amount'> & { amount: ResolversParentTypes['Money'] };
  RecurringRevenueBridge: Omit<RecurringRevenueBridge, 'opening' | 'new' | 'expansion' | 'reactivation' | 'contraction' | 'churn' | 'closing'> & { opening: ResolversParentTypes['Money'], new: ResolversParentTypes['Money'], expansion: ResolversParentTypes['Money'], reactivation: ResolversParentTypes['Money'], contraction: ResolversParentTypes['Money'], churn: ResolversParentTypes['Money'], closing: ResolversParentTypes['Money'] };
  MetricGroup: MetricGroupParent;
  DeferredRevenueBridge: Omit<DeferredRevenueBridge, 'opening' | 'billed' | 'recognized' | 'adjusted' | 'closing'> & { opening: ResolversParentTypes['Money'], billed: ResolversParentTypes['Money'], recognized: ResolversParentTypes['Money'], adjusted: ResolversParentTypes['Money'], closing: ResolversParentTypes['Money'] };
  MetricReceivables: MetricReceivablesParent;
  OverdueBucket: Omit<OverdueBucket, 'amount'> & { amount: ResolversParentTypes['Money'] };
  Subscription: Record<PropertyKey, never>;
  StandingChangeFilter: StandingChangeFilter;
  StandingChange: StandingChangeParent;
  ToldStanding: ToldStandingParent;
  Event: EventParent;
  StandingReason: StandingReasonParent;
  ListedStanding: ListedStandingParent;
  ListedStandingConnection: ListedStandingConnectionParent;
  ListedStandingEdge: Omit<ListedStandingEdge, 'node'> & { node: ResolversParentTypes['ListedStanding'] };
  CustomerStandingFilter: CustomerStandingFilter;
  StandingLevelFilter: StandingLevelFilter;
  AmountFilter: AmountFilter;
  DateFilter: DateFilter;
  CustomerStandingOrder: CustomerStandingOrder;
  StandingRecord: StandingRecordParent;
  StandingRecordConnection: StandingRecordConnectionParent;
  StandingRecordEdge: Omit<StandingRecordEdge, 'node'> & { node: ResolversParentTypes['StandingRecord'] };
  CustomerStanding: Omit<CustomerStanding, 'reasons'> & { reasons: ReadonlyArray<ResolversParentTypes['StandingReason']> };
  Customer: CustomerParent;
  ContractSummary: ContractSummary;
  CreditTerms: Omit<CreditTerms, 'limit'> & { limit?: Maybe<ResolversParentTypes['Money']> };
  Receivables: Omit<Receivables, 'total' | 'overdue' | 'unappliedCash'> & { total: ResolversParentTypes['Money'], overdue: ResolversParentTypes['Money'], unappliedCash: ResolversParentTypes['Money'] };
  Contact: Contact;
  Opportunity: Opportunity;
  Quote: Quote;
  Contract: Contract;
  Amendment: Amendment;
  Product: Product;
  Price: Price;
  BillingSubscription: BillingSubscription;
  Invoice: Invoice;
  CreditNote: CreditNote;
  Payment: Payment;
  Refund: Refund;
  Dispute: Omit<Dispute, 'amount'> & { amount: ResolversParentTypes['Money'] } | FederationReferenceTypes['Dispute'];
  Usage: Usage;
  Dunning: Dunning;
  LegalEntity: LegalEntity;
  LedgerAccount: LedgerAccount;
  AccountingPeriod: AccountingPeriod;
  FxRate: FxRate;
  JournalEntry: JournalEntry;
  RevenueSchedule: RevenueSchedule;
  PerformanceObligation: PerformanceObligation;
  Workflow: Workflow;
  Exception: Exception;
  Approval: Approval;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
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

export interface YearMonthScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['YearMonth'], any> {
  name: 'YearMonth';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Customer' | 'Contact' | 'Opportunity' | 'Quote' | 'Contract' | 'Amendment' | 'Product' | 'Price' | 'BillingSubscription' | 'Invoice' | 'CreditNote' | 'Payment' | 'Refund' | 'Dispute' | 'Usage' | 'Dunning' | 'LegalEntity' | 'LedgerAccount' | 'AccountingPeriod' | 'FxRate' | 'JournalEntry' | 'RevenueSchedule' | 'PerformanceObligation' | 'Workflow' | 'Exception' | 'Approval', ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  minorUnits?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  customerStandings?: Resolver<ResolversTypes['ListedStandingConnection'], ParentType, ContextType, Partial<QueryCustomerStandingsArgs>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  revenueMetrics?: Resolver<ResolversTypes['RevenueMetrics'], ParentType, ContextType, RequireFields<QueryRevenueMetricsArgs, 'period' | 'grain' | 'groupBy' | 'reportingCurrency' | 'ratePolicy'>>;
  explainMetric?: Resolver<ResolversTypes['MetricExplanation'], ParentType, ContextType, RequireFields<QueryExplainMetricArgs, 'metric' | 'period' | 'grain' | 'reportingCurrency' | 'ratePolicy'>>;
  metricDefinitions?: Resolver<ReadonlyArray<ResolversTypes['MetricDefinition']>, ParentType, ContextType>;
};

export type MetricExplanationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricExplanation'] = ResolversParentTypes['MetricExplanation']> = {
  definition?: Resolver<ResolversTypes['MetricDefinition'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['MetricEntryConnection'], ParentType, ContextType, RequireFields<MetricExplanationEntriesArgs, 'first'>>;
};

export type MetricDefinitionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricDefinition'] = ResolversParentTypes['MetricDefinition']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  formula?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MetricEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricEntry'] = ResolversParentTypes['MetricEntry']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  date?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['MetricSource']>, ParentType, ContextType>;
};

export type MetricSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricSource'] = ResolversParentTypes['MetricSource']> = {
  __resolveType: TypeResolveFn<'Invoice' | 'CreditNote' | 'Payment' | 'Refund' | 'JournalEntry' | 'Contract' | 'BillingSubscription', ParentType, ContextType>;
};

export type MetricEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricEntryConnection'] = ResolversParentTypes['MetricEntryConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['MetricEntry']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['MetricEntryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MetricEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricEntryEdge'] = ResolversParentTypes['MetricEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MetricEntry'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RevenueMetricsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueMetrics'] = ResolversParentTypes['RevenueMetrics']> = {
  asOf?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  knownAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reportingCurrency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  ratePolicy?: Resolver<ResolversTypes['MetricRatePolicy'], ParentType, ContextType>;
  rows?: Resolver<ReadonlyArray<ResolversTypes['RevenueMetricsRow']>, ParentType, ContextType>;
};

export type RevenueMetricsRowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueMetricsRow'] = ResolversParentTypes['RevenueMetricsRow']> = {
  period?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  group?: Resolver<ResolversTypes['MetricGroup'], ParentType, ContextType>;
  bookings?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  billings?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  collections?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  recognizedRevenue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  recognizedRevenueByProduct?: Resolver<ReadonlyArray<ResolversTypes['ProductRevenue']>, ParentType, ContextType>;
  creditsAndRefunds?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  netCash?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  remainingPerformanceObligations?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  deferredRevenue?: Resolver<ResolversTypes['DeferredRevenueBridge'], ParentType, ContextType>;
  monthlyRecurringRevenue?: Resolver<ResolversTypes['RecurringRevenueBridge'], ParentType, ContextType>;
  annualRecurringRevenue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  netRevenueRetention?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType, RequireFields<RevenueMetricsRowNetRevenueRetentionArgs, 'policy'>>;
  grossRevenueRetention?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  daysSalesOutstanding?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType, RequireFields<RevenueMetricsRowDaysSalesOutstandingArgs, 'method'>>;
  receivables?: Resolver<ResolversTypes['MetricReceivables'], ParentType, ContextType>;
  comparison?: Resolver<ReadonlyArray<ResolversTypes['MetricComparison']>, ParentType, ContextType, RequireFields<RevenueMetricsRowComparisonArgs, 'ratePolicy'>>;
};

export type MetricComparisonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricComparison'] = ResolversParentTypes['MetricComparison']> = {
  metric?: Resolver<ResolversTypes['RevenueMetricName'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  compared?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  difference?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ProductRevenueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductRevenue'] = ResolversParentTypes['ProductRevenue']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type RecurringRevenueBridgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecurringRevenueBridge'] = ResolversParentTypes['RecurringRevenueBridge']> = {
  opening?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  new?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  expansion?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  reactivation?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  contraction?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  churn?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  closing?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type MetricGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricGroup'] = ResolversParentTypes['MetricGroup']> = {
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  segment?: Resolver<Maybe<ResolversTypes['CustomerSegment']>, ParentType, ContextType>;
};

export type DeferredRevenueBridgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeferredRevenueBridge'] = ResolversParentTypes['DeferredRevenueBridge']> = {
  opening?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  billed?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  recognized?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  adjusted?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  closing?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type MetricReceivablesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MetricReceivables'] = ResolversParentTypes['MetricReceivables']> = {
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  overdue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  ageing?: Resolver<Maybe<ReadonlyArray<ResolversTypes['OverdueBucket']>>, ParentType, ContextType>;
};

export type OverdueBucketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OverdueBucket'] = ResolversParentTypes['OverdueBucket']> = {
  bucket?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  standingChanges?: SubscriptionResolver<ResolversTypes['StandingChange'], "standingChanges", ParentType, ContextType, Partial<SubscriptionStandingChangesArgs>>;
};

export type StandingChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StandingChange'] = ResolversParentTypes['StandingChange']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['ToldStanding']>, ParentType, ContextType>;
  after?: Resolver<ResolversTypes['ToldStanding'], ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type ToldStandingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ToldStanding'] = ResolversParentTypes['ToldStanding']> = {
  level?: Resolver<ResolversTypes['StandingLevel'], ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['StandingReason']>, ParentType, ContextType>;
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

export type StandingReasonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StandingReason'] = ResolversParentTypes['StandingReason']> = {
  code?: Resolver<ResolversTypes['StandingReasonCode'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['StandingLevel'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ListedStandingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListedStanding'] = ResolversParentTypes['ListedStanding']> = {
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['StandingLevel'], ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  receivables?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  overdue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  annualRecurringRevenue?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  renewalDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type ListedStandingConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListedStandingConnection'] = ResolversParentTypes['ListedStandingConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ListedStanding']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ListedStandingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ListedStandingEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListedStandingEdge'] = ResolversParentTypes['ListedStandingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ListedStanding'], ParentType, ContextType>;
};

export type StandingRecordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StandingRecord'] = ResolversParentTypes['StandingRecord']> = {
  before?: Resolver<Maybe<ResolversTypes['ToldStanding']>, ParentType, ContextType>;
  after?: Resolver<ResolversTypes['ToldStanding'], ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  causationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type StandingRecordConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StandingRecordConnection'] = ResolversParentTypes['StandingRecordConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['StandingRecord']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['StandingRecordEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StandingRecordEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StandingRecordEdge'] = ResolversParentTypes['StandingRecordEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StandingRecord'], ParentType, ContextType>;
};

export type CustomerStandingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerStanding'] = ResolversParentTypes['CustomerStanding']> = {
  level?: Resolver<ResolversTypes['StandingLevel'], ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['StandingReason']>, ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  standingHistory?: Resolver<ResolversTypes['StandingRecordConnection'], ParentType, ContextType, Partial<CustomerStandingHistoryArgs>>;
  standingAt?: Resolver<Maybe<ResolversTypes['StandingRecord']>, ParentType, ContextType, RequireFields<CustomerStandingAtArgs, 'knownAt'>>;
  standing?: Resolver<Maybe<ResolversTypes['CustomerStanding']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContactResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Contact'] = ResolversParentTypes['Contact']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OpportunityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Opportunity'] = ResolversParentTypes['Opportunity']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QuoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quote'] = ResolversParentTypes['Quote']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContractResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Contract'] = ResolversParentTypes['Contract']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AmendmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Amendment'] = ResolversParentTypes['Amendment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PriceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Price'] = ResolversParentTypes['Price']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BillingSubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BillingSubscription'] = ResolversParentTypes['BillingSubscription']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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

export type DisputeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dispute'] = ResolversParentTypes['Dispute'], FederationReferenceType extends FederationReferenceTypes['Dispute'] = FederationReferenceTypes['Dispute']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Dispute']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UsageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Usage'] = ResolversParentTypes['Usage']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DunningResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dunning'] = ResolversParentTypes['Dunning']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LegalEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LegalEntity'] = ResolversParentTypes['LegalEntity']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LedgerAccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerAccount'] = ResolversParentTypes['LedgerAccount']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccountingPeriodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountingPeriod'] = ResolversParentTypes['AccountingPeriod']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FxRateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FxRate'] = ResolversParentTypes['FxRate']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JournalEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JournalEntry'] = ResolversParentTypes['JournalEntry']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevenueScheduleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueSchedule'] = ResolversParentTypes['RevenueSchedule']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PerformanceObligationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PerformanceObligation'] = ResolversParentTypes['PerformanceObligation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WorkflowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Workflow'] = ResolversParentTypes['Workflow']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExceptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Exception'] = ResolversParentTypes['Exception']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApprovalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Approval'] = ResolversParentTypes['Approval']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Date?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  YearMonth?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  MetricExplanation?: MetricExplanationResolvers<ContextType>;
  MetricDefinition?: MetricDefinitionResolvers<ContextType>;
  MetricEntry?: MetricEntryResolvers<ContextType>;
  MetricSource?: MetricSourceResolvers<ContextType>;
  MetricEntryConnection?: MetricEntryConnectionResolvers<ContextType>;
  MetricEntryEdge?: MetricEntryEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  RevenueMetrics?: RevenueMetricsResolvers<ContextType>;
  RevenueMetricsRow?: RevenueMetricsRowResolvers<ContextType>;
  MetricComparison?: MetricComparisonResolvers<ContextType>;
  ProductRevenue?: ProductRevenueResolvers<ContextType>;
  RecurringRevenueBridge?: RecurringRevenueBridgeResolvers<ContextType>;
  MetricGroup?: MetricGroupResolvers<ContextType>;
  DeferredRevenueBridge?: DeferredRevenueBridgeResolvers<ContextType>;
  MetricReceivables?: MetricReceivablesResolvers<ContextType>;
  OverdueBucket?: OverdueBucketResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  StandingChange?: StandingChangeResolvers<ContextType>;
  ToldStanding?: ToldStandingResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  StandingReason?: StandingReasonResolvers<ContextType>;
  ListedStanding?: ListedStandingResolvers<ContextType>;
  ListedStandingConnection?: ListedStandingConnectionResolvers<ContextType>;
  ListedStandingEdge?: ListedStandingEdgeResolvers<ContextType>;
  StandingRecord?: StandingRecordResolvers<ContextType>;
  StandingRecordConnection?: StandingRecordConnectionResolvers<ContextType>;
  StandingRecordEdge?: StandingRecordEdgeResolvers<ContextType>;
  CustomerStanding?: CustomerStandingResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  Opportunity?: OpportunityResolvers<ContextType>;
  Quote?: QuoteResolvers<ContextType>;
  Contract?: ContractResolvers<ContextType>;
  Amendment?: AmendmentResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Price?: PriceResolvers<ContextType>;
  BillingSubscription?: BillingSubscriptionResolvers<ContextType>;
  Invoice?: InvoiceResolvers<ContextType>;
  CreditNote?: CreditNoteResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  Dispute?: DisputeResolvers<ContextType>;
  Usage?: UsageResolvers<ContextType>;
  Dunning?: DunningResolvers<ContextType>;
  LegalEntity?: LegalEntityResolvers<ContextType>;
  LedgerAccount?: LedgerAccountResolvers<ContextType>;
  AccountingPeriod?: AccountingPeriodResolvers<ContextType>;
  FxRate?: FxRateResolvers<ContextType>;
  JournalEntry?: JournalEntryResolvers<ContextType>;
  RevenueSchedule?: RevenueScheduleResolvers<ContextType>;
  PerformanceObligation?: PerformanceObligationResolvers<ContextType>;
  Workflow?: WorkflowResolvers<ContextType>;
  Exception?: ExceptionResolvers<ContextType>;
  Approval?: ApprovalResolvers<ContextType>;
};
