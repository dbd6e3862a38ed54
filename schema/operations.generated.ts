// Generated from the SDL by `npm run generate`: change the SDL, not this file.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PrintableMoney as MoneyParent } from '#domain/money.ts';
import type { LoggedEvent as EventParent } from '#platform/log/event.ts';
import type { ViewExport as ExportParent } from '#subgraphs/operations/export-store.ts';
import type { ExportAnswer as ExportViewPayloadParent } from '#subgraphs/operations/exports/resolvers.ts';
import type { ProcessHealthOf as ProcessHealthParent, StuckOf as StuckWorkflowsParent } from '#subgraphs/operations/health/resolvers.ts';
import type { Durations as DurationSummaryParent, LateDeal as LateInvoiceParent } from '#domain/deal-progress.ts';
import type { DealsHealth as LateInvoicesParent } from '#subgraphs/operations/health/deals.ts';
import type { StuckWorkflow as StuckWorkflowParent, GateWaits as GateWaitParent } from '#subgraphs/operations/health-store.ts';
import type { RevenueLeakageOf as RevenueLeakageParent, RevenueLeakOf as RevenueLeakParent } from '#subgraphs/operations/reconciliation/leakage.ts';
import type { ReconciliationOf as ReconciliationParent, CheckOf as ReconciliationCheckParent } from '#subgraphs/operations/reconciliation/resolvers.ts';
import type { UnratedUsageOf as UnratedUsageParent } from '#subgraphs/operations/reconciliation/sources.ts';
import type { ProgressOf as ReconciliationProgressParent } from '#subgraphs/operations/reconciliation/status.ts';
import type { BreakGroup as BreakGroupParent, FoundBreak as ReconciliationBreakParent, ContractAgreement as ContractAgreementParent } from '#subgraphs/operations/reconciliation-store.ts';
import type { ReconciliationRun as ReconciliationRunParent, BreakChange as BreakChangeParent } from '#subgraphs/operations/run-store.ts';
import type { ReconciliationRunConnection as ReconciliationRunConnectionParent, WebhookDeliveryConnection as WebhookDeliveryConnectionParent, AuditRecordConnection as AuditRecordConnectionParent, ApprovalConnection as ApprovalConnectionParent, Reference as ContractParent, Reference as CustomerParent, ExceptionConnection as ExceptionConnectionParent, WorkflowConnection as WorkflowConnectionParent, Context } from '#subgraphs/operations/loaders.ts';
import type { WebhookEndpoint as WebhookEndpointParent } from '#domain/webhook.ts';
import type { WebhookDelivery as WebhookDeliveryParent } from '#subgraphs/operations/delivery-store.ts';
import type { EndpointAnswer as WebhookEndpointPayloadParent, RecoveryAnswer as RecoverWebhookDeliveriesPayloadParent } from '#subgraphs/operations/webhooks/resolvers.ts';
import type { AuditRecord as AuditRecordParent } from '#domain/audit.ts';
import type { Approval as ApprovalParent } from '#domain/approval.ts';
import type { ApprovalAnswer as DecideApprovalPayloadParent } from '#subgraphs/operations/approvals/resolvers.ts';
import type { PayloadChange as PayloadChangeParent, PayloadEdit as PayloadEditParent, RaisedException as ExceptionParent } from '#domain/exception.ts';
import type { Proposal as ProposalParent } from '#domain/foreign-write.ts';
import type { KeptWebhook as InboundWebhookParent } from '#subgraphs/operations/inbound-store.ts';
import type { ExceptionAnswer as ResolveExceptionPayloadParent, BulkAnswer as ResolveExceptionsPayloadParent } from '#subgraphs/operations/exceptions/resolvers.ts';
import type { RefusedException as RefusedExceptionParent } from '#subgraphs/operations/exceptions/bulk.ts';
import type { Workflow as WorkflowParent } from '#domain/workflow.ts';
import type { DeliveredEvent as WorkflowProgressParent } from '#platform/log/subscribe.ts';
import type { FlowAnswer as AmendContractPayloadParent, FlowAnswer as CloseOpportunityPayloadParent, FlowAnswer as IssueCreditNotePayloadParent, FlowAnswer as RecordPaymentPayloadParent, FlowAnswer as RefundPaymentPayloadParent, FlowAnswer as CloseDisputePayloadParent, FlowAnswer as OpenDisputePayloadParent, FlowAnswer as PublishProductPayloadParent, FlowAnswer as MergeCustomersPayloadParent, FlowAnswer as SettlePaymentPayloadParent, FlowAnswer as UpsertCustomerPayloadParent, FlowAnswer as RecordPayoutPayloadParent, FlowAnswer as BillContractPayloadParent, FlowAnswer as BillUsagePayloadParent, FlowAnswer as WriteOffInvoicePayloadParent } from '#subgraphs/operations/flows/answer.ts';
import type { CloseAnswer as ClosePeriodPayloadParent } from '#subgraphs/operations/flows/period-resolvers.ts';
import type { ReplayOrder as ReplayParent } from '#domain/replay.ts';
import type { ReplayAnswer as ReplayEventsPayloadParent } from '#subgraphs/operations/replays/order.ts';
import type { HashedModel as WorkflowModelParent, ModelPart as ModelPartParent } from '#domain/workflow-model.ts';
import type { ActivatedModel as ModelActivationParent } from '#domain/model-activation.ts';
import type { ActivationAnswer as ActivateModelPayloadParent } from '#subgraphs/operations/models/activate.ts';
import type { ExplainedRoute as RouteExplanationParent, ExplainedWrite as WriteExplanationParent } from '#subgraphs/operations/models/explain.ts';
import type { AccountAnswer as AccountValidationParent } from '#subgraphs/operations/services/services.ts';
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
  /** Instant in ISO 8601 and UTC, `2027-05-01T09:30:00Z`. */
  DateTime: { input: Temporal.Instant; output: Temporal.Instant; }
  /** Whole number of any size, as a string of digits. */
  BigInt: { input: bigint; output: bigint; }
  /** Exact decimal as a string, `12.30`; never a float. */
  Decimal: { input: string; output: string; }
  /** Currency code of ISO 4217, `USD`. */
  CurrencyCode: { input: string; output: string; }
  /** Any JSON value, as it is: an object, a list, a text, a number, true, false or null. */
  JSON: { input: unknown; output: unknown; }
  /** Month in ISO 8601, `2027-05`. */
  YearMonth: { input: Temporal.PlainYearMonth; output: Temporal.PlainYearMonth; }
  /** Calendar date in ISO 8601, `2027-05-01`, in the time zone of the legal entity concerned. */
  Date: { input: Temporal.PlainDate; output: Temporal.PlainDate; }
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

export type Query = {
  /**
   * What happened in all subgraphs, as one log that clients poll. Events of one source come in the order of their positions;
   * events of different sources by the time at which they were published. Following `endCursor` misses nothing and repeats
   * nothing, whatever is published meanwhile. A page may be short or empty although more follows, where few events match the
   * filter. A cursor of before the oldest event that is kept gives CURSOR_EXPIRED.
   */
  readonly events: EventPage;
  /**
   * Where the logs end now. What is read after this was answered reflects every event up to here, so a client that reads a
   * state and then reads or subscribes after this cursor misses nothing. In the same request the order is not certain: send
   * the request with the extension `"eventCursor": true` instead, and find it in `extensions.eventCursor`.
   */
  readonly eventCursor: Scalars['String']['output'];
  /** Every type of event that the graph publishes, by source. */
  readonly eventTypes: ReadonlyArray<EventType>;
  /**
   * What CRM, billing and the books hold of the same things in a month, compared rule by rule. What is compared follows the
   * events of the three: an answer takes no longer for being asked while much is held. A month that is not over, or not yet
   * begun, is answered by what concerns it so far.
   */
  readonly reconciliation: Reconciliation;
  /**
   * Money that a month leaves on the table. By what CRM and billing tell of contract lines, period by period: what was agreed
   * and not billed, what was billed and not agreed, and what was billed with a discount that was not agreed; each is a break of
   * the rule BILLING_COVERAGE of `reconciliation`. And what was used and not billed, once the month is over.
   */
  readonly revenueLeakage: RevenueLeakage;
  /**
   * How what was sold gets on: from the deal to the money, and what holds it up. Every figure is read from the systems as they
   * are now. "from" after "to", or too many deals: BAD_USER_INPUT.
   */
  readonly processHealth: ProcessHealth;
  /** What failed and waits to be mended, by class; a class of which nothing waits is told with 0. */
  readonly failedTransactions: ReadonlyArray<FailedTransactions>;
  /** How long events take on their way, and where they wait. */
  readonly messageLatency: MessageLatency;
  /** A file of a published view, to see how far it is. An unknown id, or one of a file that was forgotten, gives null with the error NOT_FOUND. */
  readonly export: Maybe<Export>;
  /** How far the systems are compared, what is broken between them by rule and cause, and what came of comparing them last. */
  readonly reconciliationStatus: ReconciliationProgress;
  /** How comparing the systems went, the last run first. Each is what a node compared until nothing was left; those of the last 90 days are kept. */
  readonly reconciliationRuns: ReconciliationRunConnection;
  /** A replay, to see how far it is. An unknown id gives null with the error NOT_FOUND. */
  readonly replay: Maybe<Replay>;
  /** All endpoints that webhooks are sent to; there are at most 200. */
  readonly webhookEndpoints: ReadonlyArray<WebhookEndpoint>;
  /** One endpoint. An unknown id gives null with the error NOT_FOUND. */
  readonly webhookEndpoint: Maybe<WebhookEndpoint>;
  /** The log of deliveries: each event that was to be sent to an endpoint, with what came of it. */
  readonly webhookDeliveries: WebhookDeliveryConnection;
  /** A business process over several systems. An unknown id gives null with the error NOT_FOUND. */
  readonly workflow: Maybe<Workflow>;
  /** Business processes over several systems, newest first unless it is said otherwise. */
  readonly workflows: WorkflowConnection;
  /**
   * What was decided or done to what is governed, newest first unless it is said otherwise: workflows with all that they did in
   * the systems, exceptions, approvals, activations of models, replays, periods that were closed or opened again. It follows within
   * seconds. `npm run check-audit` shows whether anything of it was changed since.
   */
  readonly auditTrail: AuditRecordConnection;
  /** What waits for a person. An unknown id gives null with the error NOT_FOUND. */
  readonly exception: Maybe<Exception>;
  /** What a person is asked to agree to. An unknown id gives null with the error NOT_FOUND. */
  readonly approval: Maybe<Approval>;
  /** What people are asked to agree to or were, first asked first unless it is said otherwise. */
  readonly approvals: ApprovalConnection;
  /** What waits for a person or did, most money at risk first unless it is said otherwise. */
  readonly exceptions: ExceptionConnection;
  /** The workflow models that can be activated by name, each with what it says and what is wrong with it. */
  readonly workflowModels: ReadonlyArray<WorkflowModel>;
  /** Which models hold, or held, for new workflows, newest first: the newest 100. */
  readonly modelActivations: ReadonlyArray<ModelActivation>;
  /** What is wrong with the text of a workflow model: first its form, then its rules. Nothing is kept. */
  readonly validateModel: ModelValidation;
  /**
   * Which model suits a company, and why: from its facts where they are given, else from those of this store. It only says so:
   * nothing is activated.
   */
  readonly recommendModel: ModelRecommendation;
  /** Where a document, or an event, is sent to, and why: every rule that was looked at, in order, with what kept it from holding. */
  readonly explainRoute: RouteExplanation;
  /** What becomes of a system's write to a field under the model that holds: each field has one master. */
  readonly explainWrite: WriteExplanation;
  /** Whether a customer can be sold to as things are known now, from CRM and ERP. An unknown id gives null with the error NOT_FOUND. */
  readonly validateAccount: Maybe<AccountValidation>;
  /** The list price of a product, and what a quantity costs by it. Never a guess: no price, or several, is told as an error. */
  readonly priceLookup: PriceLookup;
  /**
   * The tax on what is sold, by the provider to which the tax route leads. A provider that does not answer in time gives what
   * the route's fallback says, and tells so, or TAX_UNAVAILABLE: never zero because nobody knew.
   */
  readonly quoteTax: TaxQuote;
  /** A document with what the rules add to it: our company, the currency, and for each product its tax code and account. */
  readonly enrichDocument: DocumentEnrichment;
  /** Whether a product can be published: whether every company of ours could tax, book and price it. An unknown id gives null with the error NOT_FOUND. */
  readonly checkProduct: Maybe<ProductCheck>;
};


export type QueryEventsArgs = {
  filter?: InputMaybe<EventFilter>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryReconciliationArgs = {
  period: Scalars['YearMonth']['input'];
};


export type QueryRevenueLeakageArgs = {
  period: Scalars['YearMonth']['input'];
};


export type QueryProcessHealthArgs = {
  from?: InputMaybe<Scalars['Date']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
};


export type QueryExportArgs = {
  id: Scalars['ID']['input'];
};


export type QueryReconciliationRunsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryReplayArgs = {
  id: Scalars['ID']['input'];
};


export type QueryWebhookEndpointArgs = {
  id: Scalars['ID']['input'];
};


export type QueryWebhookDeliveriesArgs = {
  filter?: InputMaybe<WebhookDeliveryFilter>;
  orderBy?: InputMaybe<WebhookDeliveryOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryWorkflowArgs = {
  id: Scalars['ID']['input'];
};


export type QueryWorkflowsArgs = {
  filter?: InputMaybe<WorkflowFilter>;
  orderBy?: InputMaybe<WorkflowOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryAuditTrailArgs = {
  filter?: InputMaybe<AuditFilter>;
  orderBy?: InputMaybe<AuditOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryExceptionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryApprovalArgs = {
  id: Scalars['ID']['input'];
};


export type QueryApprovalsArgs = {
  filter?: InputMaybe<ApprovalFilter>;
  orderBy?: InputMaybe<ApprovalOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryExceptionsArgs = {
  filter?: InputMaybe<ExceptionFilter>;
  orderBy?: InputMaybe<ExceptionOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryValidateModelArgs = {
  source: Scalars['String']['input'];
};


export type QueryRecommendModelArgs = {
  facts?: InputMaybe<ModelFactsInput>;
};


export type QueryExplainRouteArgs = {
  input: ExplainRouteInput;
};


export type QueryExplainWriteArgs = {
  input: ExplainWriteInput;
};


export type QueryValidateAccountArgs = {
  customerId: Scalars['ID']['input'];
  date?: InputMaybe<Scalars['Date']['input']>;
};


export type QueryPriceLookupArgs = {
  input: PriceLookupInput;
};


export type QueryQuoteTaxArgs = {
  input: QuoteTaxInput;
};


export type QueryEnrichDocumentArgs = {
  input: EnrichDocumentInput;
};


export type QueryCheckProductArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  /**
   * Makes a file of a published view (those of the schema `bi`), as it is at one moment. Its link can be asked for ranges of
   * bytes, so that a download that was cut off goes on where it ended; whoever has the link may read the file. It is kept for
   * 24 hours. A view that there is not: REFERENCE_MISSING; while two files are being made: TOO_MANY.
   */
  readonly exportView: Maybe<ExportViewPayload>;
  /**
   * Has consumers take events again. Only after a dry run of the same within the last hour, and once for each dry run: sent
   * again it gives the replay that it began. REDELIVER gives a consumer its events under the same ids: what it set aside is
   * applied, and what it has applied is skipped. REBUILD_PROJECTION builds a projection anew from its first event, beside
   * what is read, and takes that one's place when it has caught up.
   */
  readonly replayEvents: Maybe<ReplayEventsPayload>;
  /** Ends a replay early; what it has done stays. Nothing happens where it has ended. */
  readonly cancelReplay: Maybe<ReplayEventsPayload>;
  /** Makes an endpoint, which gets what is recorded from now on, and its first secret. */
  readonly createWebhookEndpoint: Maybe<WebhookEndpointPayload>;
  /** Changes what is given of an endpoint, or enables or disables it. Enabled again, it goes on with what waits for it; what it missed is had by a recovery. */
  readonly updateWebhookEndpoint: Maybe<WebhookEndpointPayload>;
  /** Makes a new secret for an endpoint. For a while deliveries are signed with those before it as well. */
  readonly rotateWebhookSecret: Maybe<WebhookEndpointPayload>;
  /** Has an endpoint sent to again, under the same `webhook-id`s. What failed may so come after later events of its aggregate, as its sequence tells. At most 100,000 deliveries, or BAD_USER_INPUT and none. */
  readonly recoverWebhookDeliveries: Maybe<RecoverWebhookDeliveriesPayload>;
  /** Corrects an invoice by a credit note, with the tax that goes with it: the invoice stays as it is, and the books follow. */
  readonly issueCreditNote: Maybe<IssueCreditNotePayload>;
  /** Gives money of a payment back: what is on account first; the rest lowers revenue. */
  readonly refundPayment: Maybe<RefundPaymentPayload>;
  /** Tells that a payer contests a payment at the bank: its money is set apart, what the customer owes is not collected meanwhile, and CRM shows it. The customer's other invoices wait as well, longest due first, at most 100. Refused with STATUS_FORBIDS, AMOUNT_INVALID, AMOUNT_NOT_POSITIVE, CURRENCY_MISMATCH, DATE_ORDER, REASON_MISSING, REFERENCE_MISSING. */
  readonly openDispute: Maybe<OpenDisputePayload>;
  /** Tells what the bank decided: the money comes back or is a loss, collection goes on unless another dispute of the customer is open, and CRM shows it. Refused with STATUS_FORBIDS, DATE_ORDER, REFERENCE_MISSING. */
  readonly closeDispute: Maybe<CloseDisputePayload>;
  /**
   * Puts a product on sale, once each company of ours has posting rules and a price for it, and it has a tax code: refused with
   * MAPPING_MISSING, PRICE_MISSING, TAX_CODE_MISSING, TAX_RULE_MISSING, each naming the product; REFERENCE_MISSING.
   */
  readonly publishProduct: Maybe<PublishProductPayload>;
  /** Tells what became of a payment that was under way, such as a direct debit: once it arrives its invoices are paid and the books have it, and where it fails they are owed as before. Refused with STATUS_FORBIDS, AMOUNT_INVALID, AMOUNT_NEGATIVE, CURRENCY_MISMATCH, DATE_ORDER, REFERENCE_MISSING. */
  readonly settlePayment: Maybe<SettlePaymentPayload>;
  /** Tells that what a payment processor held for us came to the bank: in the books it leaves clearing, at what it was carried at. Refused with AMOUNT_INVALID, DATE_ORDER, REFERENCE_MISSING, TEXT_TOO_LONG; undone with DUPLICATE_ID where the bank's reference is in the books already. */
  readonly recordPayout: Maybe<RecordPayoutPayload>;
  /** Bills what a contract of which a subscription of ours is the billing charges through yesterday and no invoice bills, with its tax, and has the subscription show the period that runs. It is done by itself on the day after each period begins, so that a change made on the day itself is on its bill. Refused with LINES_MISSING where all of it is billed, STATUS_FORBIDS where another system bills it, CONTRACT_BUSY while the deal or renewal that began it has still to bill its first period, REFERENCE_MISSING. */
  readonly billContract: Maybe<BillContractPayload>;
  /** Rates what was used of a subscription in a month that is over, at the metered price of each item, and bills it with its tax: what no invoice bills yet, so that use is billed once and what came in late is billed by the next request. Refused with LINES_MISSING where there is none, PERIOD_NOT_ENDED, PRICE_MISSING, REFERENCE_MISSING. */
  readonly billUsage: Maybe<BillUsagePayload>;
  /** Keeps what a system states of a customer: of the one that a system calls so already, otherwise of the one with the same tax registration, otherwise of a new one. Refused with NAME_MISSING, REFERENCE_MISSING, TEXT_TOO_LONG above 1,000 characters, TOO_MANY; undone with DUPLICATE_ID where the references are of two customers, which are to be merged first. The system of the first reference is the one that speaks: where it is a CRM, billing or ERP (`salesforce`, `hubspot`, `stripe`, `netsuite`), fields that another one masters by the workflow model, and has told of, stay as they are and are `heldBack`, as by imports (`explainWrite` tells which). */
  readonly upsertCustomer: Maybe<UpsertCustomerPayload>;
  /** Merges a customer into another one: its contacts, deals, contracts and subsidiaries go over, and what systems call it. Documents and books stay as they are. `unmergeCustomers` undoes it. Refused with SAME_CUSTOMER, STATUS_FORBIDS, REFERENCE_MISSING; undone with TOO_MANY above 5,000 records of a kind. */
  readonly mergeCustomers: Maybe<MergeCustomersPayload>;
  /** Undoes a merge: what moved and is still with the survivor goes back, and both are called what they were. What happened since stays with the survivor. Refused with STATUS_FORBIDS, REFERENCE_MISSING. */
  readonly unmergeCustomers: Maybe<MergeCustomersPayload>;
  /** Gives up what is still owed of an invoice: it is uncollectible from today on, and the books take the loss. */
  readonly writeOffInvoice: Maybe<WriteOffInvoicePayload>;
  /**
   * Closes a period once nothing on its checklist is left: posts its revenue, sets apart what is not billed, revalues foreign
   * money, and seals the entries. Periods are closed in their order, after their last day. While there are blockers nothing is
   * started, and the key stays free: the same request closes it once they are mended. Refused with EARLIER_PERIOD_OPEN,
   * PERIOD_BUSY where an earlier close of these books waits for a person, PERIOD_CLOSED, PERIOD_NOT_ENDED, REFERENCE_MISSING.
   */
  readonly closePeriod: Maybe<ClosePeriodPayload>;
  /**
   * Closes a deal that was won, in all systems: its contract, its subscription, the first invoice with tax, the posting and the
   * revenue schedule. Once it is accepted, all of it happens, or none, or a person is told; the answer waits some seconds for it.
   */
  readonly closeOpportunity: Maybe<CloseOpportunityPayload>;
  /**
   * Changes a contract exactly as it was previewed, in all systems: its subscription follows, what was billed is set right by an
   * invoice or a credit note, and the books and the revenue schedule follow. Changes of one contract are made one after another;
   * PREVIEW_OUTDATED where one came between, CONTRACT_BUSY where an earlier one waits for a person, the deal or renewal that began
   * the contract has still to bill it, or what fell due before today is not billed yet.
   */
  readonly amendContract: Maybe<AmendContractPayload>;
  /** Renews a contract: it goes on in a contract of its own, with a subscription and its first invoice. */
  readonly renewContract: Maybe<AmendContractPayload>;
  /** Suspends a contract: service and billing stand still, and what was billed for the time is given back. */
  readonly suspendContract: Maybe<AmendContractPayload>;
  /** Resumes a contract that is suspended: service and billing go on. */
  readonly resumeContract: Maybe<AmendContractPayload>;
  /** Cancels a contract before its end: what was billed beyond that is given back. */
  readonly cancelContract: Maybe<AmendContractPayload>;
  /** Transfers what is left of a contract to another customer, on a contract of its own that is billed to that one. */
  readonly transferContract: Maybe<AmendContractPayload>;
  /** Records money that came in, settles the invoices that it is meant for, and has the books and CRM follow. */
  readonly recordPayment: Maybe<RecordPaymentPayload>;
  /** Does something about an exception. Where the workflow goes on by it, the answer waits up to two seconds for what becomes of it. */
  readonly resolveException: Maybe<ResolveExceptionPayload>;
  /** Does one thing about all exceptions that a filter selects, at most 100. A dry run counts them first: the count that it gives is expected then, so that nothing is done about what came meanwhile. */
  readonly resolveExceptions: Maybe<ResolveExceptionsPayload>;
  /** Decides what a workflow waits for. Nobody decides what she asked for herself. Approved, the workflow goes on; rejected before its pivot, it is undone. A rejected edit leaves the exception as it was. */
  readonly decideApproval: Maybe<DecideApprovalPayload>;
  /**
   * Has new workflows run under a model from now on; those that run keep theirs. A model that breaks a rule of the linter is
   * refused with MODEL_INVALID, and the rules that it breaks.
   */
  readonly activateModel: Maybe<ActivateModelPayload>;
};


export type MutationExportViewArgs = {
  input: ExportViewInput;
};


export type MutationReplayEventsArgs = {
  input: ReplayEventsInput;
};


export type MutationCancelReplayArgs = {
  input: CancelReplayInput;
};


export type MutationCreateWebhookEndpointArgs = {
  input: CreateWebhookEndpointInput;
};


export type MutationUpdateWebhookEndpointArgs = {
  input: UpdateWebhookEndpointInput;
};


export type MutationRotateWebhookSecretArgs = {
  input: RotateWebhookSecretInput;
};


export type MutationRecoverWebhookDeliveriesArgs = {
  input: RecoverWebhookDeliveriesInput;
};


export type MutationIssueCreditNoteArgs = {
  input: IssueCreditNoteInput;
};


export type MutationRefundPaymentArgs = {
  input: RefundPaymentInput;
};


export type MutationOpenDisputeArgs = {
  input: OpenDisputeInput;
};


export type MutationCloseDisputeArgs = {
  input: CloseDisputeInput;
};


export type MutationPublishProductArgs = {
  input: PublishProductInput;
};


export type MutationSettlePaymentArgs = {
  input: SettlePaymentInput;
};


export type MutationRecordPayoutArgs = {
  input: RecordPayoutInput;
};


export type MutationBillContractArgs = {
  input: BillContractInput;
};


export type MutationBillUsageArgs = {
  input: BillUsageInput;
};


export type MutationUpsertCustomerArgs = {
  input: UpsertCustomerInput;
};


export type MutationMergeCustomersArgs = {
  input: MergeCustomersInput;
};


export type MutationUnmergeCustomersArgs = {
  input: UnmergeCustomersInput;
};


export type MutationWriteOffInvoiceArgs = {
  input: WriteOffInvoiceInput;
};


export type MutationClosePeriodArgs = {
  input: ClosePeriodInput;
};


export type MutationCloseOpportunityArgs = {
  input: CloseOpportunityInput;
};


export type MutationAmendContractArgs = {
  input: AmendContractInput;
};


export type MutationRenewContractArgs = {
  input: RenewContractInput;
};


export type MutationSuspendContractArgs = {
  input: SuspendContractInput;
};


export type MutationResumeContractArgs = {
  input: ResumeContractInput;
};


export type MutationCancelContractArgs = {
  input: CancelContractInput;
};


export type MutationTransferContractArgs = {
  input: TransferContractInput;
};


export type MutationRecordPaymentArgs = {
  input: RecordPaymentInput;
};


export type MutationResolveExceptionArgs = {
  input: ResolveExceptionInput;
};


export type MutationResolveExceptionsArgs = {
  input: ResolveExceptionsInput;
};


export type MutationDecideApprovalArgs = {
  input: DecideApprovalInput;
};


export type MutationActivateModelArgs = {
  input: ActivateModelInput;
};

export type Subscription = {
  /**
   * How workflows get on: each step that is begun, done, undone or put off. With a cursor, first what was missed, in order and
   * without gap or repetition; without one, what happens from now on. An expired cursor gives CURSOR_EXPIRED.
   */
  readonly workflowProgress: WorkflowProgress;
};


export type SubscriptionWorkflowProgressArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A step further, or an end. */
export type WorkflowProgress = {
  /** What to resume after, as `after` or as Last-Event-ID. */
  readonly cursor: Scalars['String']['output'];
  /** What happened. */
  readonly event: Event;
  /** The workflow as it was then. */
  readonly workflow: Workflow;
};

/** A type of event: what its readers may rely on. */
export type EventType = {
  /** Its name in `Event.type`: `revgraph.billing.invoice.issued.v1`. */
  readonly type: Scalars['String']['output'];
  /** Major version: a reader of one understands every event of it, also those that were written under earlier minor ones. */
  readonly version: Scalars['Int']['output'];
  /** Who answers for it. */
  readonly owner: Scalars['String']['output'];
  /** What it tells. */
  readonly description: Scalars['String']['output'];
  /** Readers that are known of. */
  readonly consumers: ReadonlyArray<Scalars['String']['output']>;
  /** File of the JSON Schema of `Event.data`, under `schema/`. */
  readonly schema: Scalars['String']['output'];
};

/** How events are taken again. */
export type ReplayMode =
  /** Given to a consumer once more, which skips what it has applied. */
  | 'REDELIVER'
  /** Read from the first one on into a projection that takes the place of the old one. */
  | 'REBUILD_PROJECTION';

/** How far a replay is. */
export type ReplayStatus =
  /** It only counted. */
  | 'DRY_RUN'
  /** It waits for its turn. */
  | 'REQUESTED'
  /** It is under way. */
  | 'RUNNING'
  /** All of it was done. */
  | 'DONE'
  /** It was ended early. */
  | 'CANCELLED'
  /** Something could not be done: the log of the node tells what. */
  | 'FAILED';

/** A view to make a file of. */
export type ExportViewInput = {
  /** Name of the view, `invoice`. */
  readonly view: Scalars['String']['input'];
  /** Form of the file. */
  readonly format: ExportFormat;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the first answer. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** Forms of files. */
export type ExportFormat =
  /** Comma-separated values by RFC 4180, with a header. */
  | 'CSV'
  /** Apache Parquet, compressed by Snappy; amounts are decimals. */
  | 'PARQUET';

/** What came of asking for a file. */
export type ExportViewPayload = {
  /** The export, which goes on; null where it was refused. */
  readonly export: Maybe<Export>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Everything that is wrong with the request. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A file of a published view. */
export type Export = {
  /** Opaque id of the export. */
  readonly id: Scalars['ID']['output'];
  /** Name of the view. */
  readonly view: Scalars['String']['output'];
  /** Form of the file. */
  readonly format: ExportFormat;
  /** Whether it is whole. */
  readonly status: ExportStatus;
  /** Rows that are written. */
  readonly rowsWritten: Scalars['BigInt']['output'];
  /** Rows that there are; null until they are counted. */
  readonly rowsTotal: Maybe<Scalars['BigInt']['output']>;
  /** Bytes that are written. */
  readonly bytes: Scalars['BigInt']['output'];
  /** Path of the file at the gateway, once it is whole; it takes ranges of bytes. Whoever has it may read the file. */
  readonly url: Maybe<Scalars['String']['output']>;
  /** When it was asked for. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** When it is forgotten. */
  readonly expiresAt: Scalars['DateTime']['output'];
};

/** Whether a file is whole. */
export type ExportStatus =
  /** It is being made. */
  | 'RUNNING'
  /** It is whole: see `url`. */
  | 'DONE'
  /** It could not be made: ask for it anew. */
  | 'FAILED';

/** How business processes get on. */
export type ProcessHealth = {
  /** The days that were asked for, `2026-01-01..2026-06-30`. */
  readonly id: Scalars['ID']['output'];
  /** First day on which deals were won. */
  readonly from: Scalars['Date']['output'];
  /** Last day on which deals were won. */
  readonly to: Scalars['Date']['output'];
  /** The deals by how far they have come, in the order of the stages: each stage needs the one before. */
  readonly funnel: ReadonlyArray<DealStageHealth>;
  /** Days from the day on which a deal was won to the day of its first invoice. */
  readonly dealToInvoiceDays: DurationSummary;
  /** Seconds from the recording of the first invoice of a deal to that of its posting. */
  readonly invoiceToPostingSeconds: DurationSummary;
  /** Deals without an invoice after its deadline, also those that are still being closed. */
  readonly lateInvoices: LateInvoices;
  /** Workflows that do not get on, whenever they were begun. */
  readonly stuckWorkflows: StuckWorkflows;
  /** For how long work waits at each gate of the workflow models. */
  readonly gates: ReadonlyArray<GateWait>;
};

/** How many deals reached a stage. */
export type DealStageHealth = {
  /** Which stage. */
  readonly stage: DealStage;
  /** Deals that reached it. */
  readonly count: Scalars['Int']['output'];
  /** Of these, the deals that have come no further; none of the last stage. */
  readonly waiting: Scalars['Int']['output'];
  /** What the deals that reached it come to by currency: values of contracts, and of deals without one what CRM expected. */
  readonly totals: ReadonlyArray<Money>;
};

/** Stages of a deal on its way to money. */
export type DealStage =
  /** CRM says that it was won. */
  | 'WON'
  /** A contract is signed. */
  | 'CONTRACTED'
  /** Billing has a subscription of the contract, or nothing of it recurs. */
  | 'SUBSCRIBED'
  /** Its first invoice is issued, and not withdrawn. */
  | 'INVOICED'
  /** The first invoice is posted. */
  | 'POSTED'
  /** The first invoice is paid. */
  | 'PAID';

/** How long something took, in the unit that the field names, to three decimals: percentiles by nearest rank, so that each of them occurred. */
export type DurationSummary = {
  /** How many there were. */
  readonly count: Scalars['Int']['output'];
  /** Half took no longer; null where there were none. */
  readonly p50: Maybe<Scalars['Decimal']['output']>;
  /** Nine in ten took no longer; null where there were none. */
  readonly p90: Maybe<Scalars['Decimal']['output']>;
};

/** Deals without an invoice after its deadline. */
export type LateInvoices = {
  /** Days by which a first invoice is to follow: after the day on which the deal was won or, where that is later, the day of the first charge of its contract. */
  readonly deadlineDays: Scalars['Int']['output'];
  /** How many deals. */
  readonly count: Scalars['Int']['output'];
  /** What they come to by currency. */
  readonly totals: ReadonlyArray<Money>;
  /** The deals, those that are late for longest first; at most 100. */
  readonly deals: ReadonlyArray<LateInvoice>;
};

/** A deal without an invoice after its deadline: one that was won, or that the customer agreed to and a workflow is still closing. */
export type LateInvoice = {
  /** The deal that was agreed on. */
  readonly opportunity: Opportunity;
  /** Who bought. */
  readonly customer: Customer;
  /** The contract; null while none is signed. */
  readonly contract: Maybe<Contract>;
  /** The value of the contract; without one, what CRM expected of the deal. */
  readonly amount: Money;
  /** When the deal was won: while it is being closed, the day on which the customer agreed. */
  readonly wonOn: Scalars['Date']['output'];
  /** The last day on which its invoice was in time. */
  readonly dueOn: Scalars['Date']['output'];
  /** Days since the deal was won, counted in UTC. */
  readonly ageDays: Scalars['Int']['output'];
  /** Who has to look: whose the exception or approval is that holds up its closing, otherwise who answers for billing. */
  readonly owner: BreakOwner;
};

/** Workflows that do not get on: they wait for a person, or have not ended for longer than any system should take. */
export type StuckWorkflows = {
  /** Minutes after which a workflow that waits for nobody counts as stuck. */
  readonly stuckAfterMinutes: Scalars['Int']['output'];
  /** How many workflows are stuck. */
  readonly count: Scalars['Int']['output'];
  /** How many are stuck, by status. */
  readonly byStatus: ReadonlyArray<StuckWorkflowCount>;
  /** The workflows, those that were begun first at the start; at most 100. */
  readonly workflows: ReadonlyArray<StuckWorkflow>;
};

/** How many workflows of a status are stuck. */
export type StuckWorkflowCount = {
  /** The status in which they are stuck. */
  readonly status: WorkflowStatus;
  /** How many are stuck in it. */
  readonly count: Scalars['Int']['output'];
};

/** A workflow that does not get on. */
export type StuckWorkflow = {
  /** The workflow that is stuck. */
  readonly workflow: Workflow;
  /** The step that it is at; null where it stands in line behind another one. */
  readonly step: Maybe<Scalars['String']['output']>;
  /** Seconds since that step was begun first; since the workflow was accepted where none was. */
  readonly ageSeconds: Scalars['Int']['output'];
  /** Who has to look; PLATFORM where it waits for a system. */
  readonly owner: BreakOwner;
  /** By when somebody has to look; null where it waits for nobody. */
  readonly dueAt: Maybe<Scalars['DateTime']['output']>;
};

/** For how long work waits at a gate. */
export type GateWait = {
  /** The gate, as the workflow model names it. */
  readonly gate: Scalars['String']['output'];
  /** Seconds from asking to deciding, of what was asked for from the first day on. */
  readonly decidedSeconds: DurationSummary;
  /** How many wait now. */
  readonly pending: Scalars['Int']['output'];
  /** For how long the first of these has waited, seconds; null where none waits. */
  readonly oldestPendingSeconds: Maybe<Scalars['Int']['output']>;
};

/** What failed and waits to be mended, of one class. */
export type FailedTransactions = {
  /** The class. */
  readonly class: FailureClass;
  /** How many wait. */
  readonly count: Scalars['Int']['output'];
  /** Who mends them: of exceptions, as the workflow model says that holds for all companies. */
  readonly owner: BreakOwner;
  /** Since when the first of them has waited; null where there are none. */
  readonly oldestAt: Maybe<Scalars['DateTime']['output']>;
  /** How much money is at risk by currency, where that is known. */
  readonly moneyAtRisk: ReadonlyArray<Money>;
};

/** Classes of what fails. All but the last four are those of exceptions: see `exceptions`. */
export type FailureClass =
  /** A system does not know the thing, or where it belongs in the books. */
  | 'MAPPING_MISSING'
  /** No rule, or more than one, says who sells, reckons tax or takes the payment. */
  | 'ROUTE_MISSING'
  /** Two systems reckon another tax. */
  | 'TAX_MISMATCH'
  /** The tax provider does not answer, and no fallback is declared. */
  | 'TAX_UNAVAILABLE'
  /** The books refuse the document of a workflow. */
  | 'POSTING_REJECTED'
  /** Another system refuses its step, for a reason that has no class of its own. */
  | 'STEP_REFUSED'
  /** A system did not answer for as long as it is tried. */
  | 'RETRIES_EXHAUSTED'
  /** A step may have had its effect, and nobody can tell. */
  | 'OUTCOME_UNKNOWN'
  /** What was done could not be undone. */
  | 'COMPENSATION_FAILED'
  /** A system wrote what another one masters. */
  | 'FOREIGN_WRITE'
  /** More than the workflow model is made for. */
  | 'OUTGROWN'
  /** The last attempt to collect an invoice brought nothing: it is written off, credited, or paid after all. */
  | 'COLLECTION_EXHAUSTED'
  /** A webhook of an outside system, signed by it, could not be read or recorded. */
  | 'INBOUND_FAILED'
  /** Documents that the books cannot post: see `posting` of each. */
  | 'POSTING_BLOCKED'
  /** Events that a consumer could not apply, and those of the same objects behind them. */
  | 'EVENT_SET_ASIDE'
  /** Webhooks of which no endpoint took delivery: see `webhookDeliveries`. */
  | 'WEBHOOK_UNDELIVERED';

/** How long events take on their way, and where they wait. */
export type MessageLatency = {
  /** The logs, by source. */
  readonly sources: ReadonlyArray<SourceLatency>;
  /** Whoever takes note of events, by subgraph, name and source. */
  readonly consumers: ReadonlyArray<ConsumerLatency>;
};

/** How events of a subgraph get into its log. */
export type SourceLatency = {
  /** The subgraph. */
  readonly source: Scalars['String']['output'];
  /** Events that were ever published. */
  readonly published: Scalars['BigInt']['output'];
  /** Seconds from the recording of an event to its publishing, of the last 1,000 events. */
  readonly publishSeconds: DurationSummary;
  /** Events that are committed and not published. */
  readonly unpublished: Scalars['Int']['output'];
  /** For how long the first of these has waited, seconds; null where none waits. */
  readonly oldestUnpublishedSeconds: Maybe<Scalars['Int']['output']>;
};

/** How far a consumer of events is. */
export type ConsumerLatency = {
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /** The subgraph that it belongs to. */
  readonly subgraph: Scalars['String']['output'];
  /** The subgraph whose events it takes. */
  readonly source: Scalars['String']['output'];
  /** Published events that it has not passed, those that do not concern it included. */
  readonly pending: Scalars['BigInt']['output'];
  /** For how long the first of these has waited since its recording, seconds; null where none waits. */
  readonly oldestPendingSeconds: Maybe<Scalars['Int']['output']>;
  /** Events that it has set aside, since it could not apply one of their object. */
  readonly setAside: Scalars['Int']['output'];
};

/** Money that a month leaves on the table. */
export type RevenueLeakage = {
  /** The month. */
  readonly period: Scalars['YearMonth']['output'];
  /** Everything that the systems had told by then is compared; null while that was never so, as after the first start. */
  readonly asOf: Maybe<Scalars['DateTime']['output']>;
  /** One for each kind. */
  readonly leaks: ReadonlyArray<RevenueLeak>;
};

/** Leakage of one kind. */
export type RevenueLeak = {
  /** Which kind. */
  readonly kind: RevenueLeakKind;
  /** Periods of contract lines that are concerned, or subscription items that were used. */
  readonly count: Scalars['Int']['output'];
  /** What they come to by currency, before tax; empty where there are none. */
  readonly totals: ReadonlyArray<Money>;
  /** The periods, the oldest first; at most 100 of all kinds together. */
  readonly breaks: ReadonlyArray<ReconciliationBreak>;
  /** What was used and not billed, at most 100; empty for all other kinds. */
  readonly usage: ReadonlyArray<UnratedUsage>;
};

/** Kinds of leakage. */
export type RevenueLeakKind =
  /** A period of a signed contract line has begun, and no invoice bills it. */
  | 'SIGNED_NOT_BILLED'
  /** An invoice bills a period of a contract line that no signed contract has. */
  | 'BILLED_NOT_CONTRACTED'
  /** An invoice takes off a discount, so that a period is billed below the price of its contract line: as a discount that has ended. */
  | 'EXPIRED_DISCOUNT'
  /** What was used of a subscription item above what its price includes, and that no invoice bills. Bills pay for the oldest use first. */
  | 'UNRATED_USAGE';

/** Use of a subscription item in the month that no invoice bills. */
export type UnratedUsage = {
  /** The subscription that was used. */
  readonly subscription: BillingSubscription;
  /** Who used it; null where billing does not know the subscription. */
  readonly customer: Maybe<Customer>;
  /** How much of it is not billed. */
  readonly quantity: Scalars['Decimal']['output'];
  /** What it would have been billed at, before tax: at the metered price of the product, else at that of the item. Null where neither is known. */
  readonly amount: Maybe<Money>;
};

/** What came of comparing the systems for a month. */
export type Reconciliation = {
  /** The month. */
  readonly period: Scalars['YearMonth']['output'];
  /** Everything that the systems had told by then is compared; null while that was never so, as after the first start. */
  readonly asOf: Maybe<Scalars['DateTime']['output']>;
  /** One for each rule, in the order in which money flows. */
  readonly checks: ReadonlyArray<ReconciliationCheck>;
};

/** How far the systems are compared, and what is broken between them. */
export type ReconciliationProgress = {
  /** Everything that the systems had told by then is compared; null while that was never so, as after the first start. */
  readonly asOf: Maybe<Scalars['DateTime']['output']>;
  /** Seconds since then; null where there is no such time. */
  readonly ageSeconds: Maybe<Scalars['Int']['output']>;
  /** Things of which a system told something new, and that are not compared again yet. */
  readonly waiting: Scalars['Int']['output'];
  /** How many things two systems do not hold alike, of all months. */
  readonly breakCount: Scalars['Int']['output'];
  /** The breaks of all months by rule and cause; empty where the systems hold the same. */
  readonly breaks: ReadonlyArray<BreakGroup>;
  /** What came of comparing last; null where nothing was compared within 90 days. */
  readonly lastRun: Maybe<ReconciliationRun>;
};

/** Breaks of one rule that have the same cause. */
export type BreakGroup = {
  /** Which rule. */
  readonly rule: ReconciliationRule;
  /** Why the systems do not hold the same. */
  readonly cause: BreakCause;
  /** How many there are. */
  readonly count: Scalars['Int']['output'];
  /** Who mends them. */
  readonly owner: BreakOwner;
  /** Days since the other system should have held the oldest of them. Counted in UTC. */
  readonly oldestDays: Scalars['Int']['output'];
};

/** What a node compared until nothing was left. */
export type ReconciliationRun = {
  /** Opaque id of the run. */
  readonly id: Scalars['ID']['output'];
  /** When it began. */
  readonly beganAt: Scalars['DateTime']['output'];
  /** When the last of it was committed. */
  readonly endedAt: Scalars['DateTime']['output'];
  /** How long it took, seconds to three decimals. */
  readonly durationSeconds: Scalars['Decimal']['output'];
  /** Things that were compared: those of which a system had told something new, whatever else is held. */
  readonly comparedCount: Scalars['BigInt']['output'];
  /** Objects of the systems that were read for it. */
  readonly readCount: Scalars['BigInt']['output'];
  /** Breaks that were found and were not there before. */
  readonly foundCount: Scalars['BigInt']['output'];
  /** Breaks that have another cause than before. */
  readonly changedCount: Scalars['BigInt']['output'];
  /** Breaks that are gone. */
  readonly goneCount: Scalars['BigInt']['output'];
  /** Which breaks these are; at most 100. */
  readonly changes: ReadonlyArray<BreakChange>;
};

/** A break that is new, has another cause, or is gone. */
export type BreakChange = {
  /** Which rule. */
  readonly rule: ReconciliationRule;
  /** The cause that it had before; null where it was not there. */
  readonly before: Maybe<BreakCause>;
  /** The cause that it had after the run; null where it was gone. */
  readonly after: Maybe<BreakCause>;
  /** The break as it is now; null where it is gone. */
  readonly break: Maybe<ReconciliationBreak>;
};

/** A page of runs. */
export type ReconciliationRunConnection = {
  /** The runs of the page. */
  readonly nodes: ReadonlyArray<ReconciliationRun>;
  /** The runs, each with its cursor. */
  readonly edges: ReadonlyArray<ReconciliationRunEdge>;
  /** Where the page lies in the list. */
  readonly pageInfo: PageInfo;
  /** Number of runs in the whole list. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A run in a page. */
export type ReconciliationRunEdge = {
  /** The run of this place. */
  readonly node: ReconciliationRun;
  /** Position of this run in the list, for `after` and `before`. */
  readonly cursor: Scalars['String']['output'];
};

/** What two systems must hold alike, and whether they do. */
export type ReconciliationCheck = {
  /** Which rule. */
  readonly rule: ReconciliationRule;
  /** What holds while nothing is broken. */
  readonly statement: Scalars['String']['output'];
  /** Whether it holds. */
  readonly status: ReconciliationStatus;
  /** The master, whose value is the left one. */
  readonly left: ReconciledSystem;
  /** The system that follows it, whose value is the right one. */
  readonly right: ReconciledSystem;
  /** Who mends what is broken. */
  readonly owner: BreakOwner;
  /** How many things both systems hold alike. */
  readonly matched: Scalars['Int']['output'];
  /** How many things they do not hold alike. */
  readonly breakCount: Scalars['Int']['output'];
  /** The breaks, those of the oldest things first; at most 100. */
  readonly breaks: ReadonlyArray<ReconciliationBreak>;
};

/** Rules by which the systems are compared. */
export type ReconciliationRule =
  /** Customers of CRM and customers in the books. */
  | 'CUSTOMERS'
  /** Products that billing sells and products in the books. */
  | 'CATALOGUE'
  /** Prices of the catalogue and prices that the books allocate by. */
  | 'LIST_PRICES'
  /** Total value of contracts and the price that is allocated over their obligations. */
  | 'CONTRACT_VALUE'
  /** Contracts and subscriptions: whose they are, and whether they run, are paused or have ended. */
  | 'SUBSCRIPTIONS'
  /** Recurring lines of contracts and items of subscriptions. */
  | 'SUBSCRIPTION_ITEMS'
  /** Lines of contracts and performance obligations. */
  | 'OBLIGATIONS'
  /** Periods of contract lines that have begun, and the invoices that bill them. */
  | 'BILLING_COVERAGE'
  /** Invoices and what is booked as receivable for them. */
  | 'INVOICE_POSTINGS'
  /** Credit notes and what is taken off receivables for them. */
  | 'CREDIT_NOTE_POSTINGS'
  /** Payments less fees and the cash that is booked for them. */
  | 'CASH_RECEIPTS'
  /** Refunds and the cash that is booked as paid back. */
  | 'REFUND_POSTINGS'
  /** Disputes and the cash that is booked as withdrawn. */
  | 'DISPUTE_POSTINGS';

/** Whether the systems hold the same. */
export type ReconciliationStatus =
  /** Not all that they told is compared yet, as after the first start (`asOf` is null), and nothing is found to be broken. */
  | 'NOT_COMPARED'
  /** They hold the same, in all that they had told by `asOf`. */
  | 'RECONCILED'
  /** They do not hold the same: see the breaks. */
  | 'BROKEN';

/** Systems that are reconciled. */
export type ReconciledSystem =
  /** Customers, contracts and what was agreed. */
  | 'CRM'
  /** Who keeps subscriptions, invoices and payments. */
  | 'BILLING'
  /** The books. */
  | 'ERP';

/** Who mends a break. */
export type BreakOwner =
  /** Who looks after customers and contracts. */
  | 'SALES_OPERATIONS'
  /** Who keeps the books. */
  | 'FINANCE'
  /** Who looks after the catalogue and the connections between the systems. */
  | 'PLATFORM';

/** Why two systems do not hold the same. The first that is true, in the order in which one explains the next. */
export type BreakCause =
  /** One system holds nothing of it. */
  | 'MISSING'
  /** They hold it for different customers, regions or product families. */
  | 'IDENTITY'
  /** They hold it in different currencies. */
  | 'FX'
  /** One holds it twice; counted once, the amounts are the same. */
  | 'DUPLICATE'
  /** Withdrawn, paused or ended in one system, and in force in the other. */
  | 'VOID_NOT_POSTED'
  /** The amounts differ by no more than one minor unit for each part of a sum. */
  | 'ROUNDING'
  /** The amount, the price or the quantity is another. */
  | 'PRICE_DRIFT'
  /** The same on other days, or in another accounting period. */
  | 'TIMING';

/** A thing that two systems do not hold alike. */
export type ReconciliationBreak = {
  /** Opaque id: the same for as long as it concerns the same thing. */
  readonly id: Scalars['ID']['output'];
  /** Why they do not hold the same. */
  readonly cause: BreakCause;
  /** What differs, for people. */
  readonly message: Scalars['String']['output'];
  /** What the master holds. */
  readonly left: ReconciledValue;
  /** What the other one holds. */
  readonly right: ReconciledValue;
  /** What the left one holds less what the right one holds; null where that is no amount of one currency. */
  readonly delta: Maybe<Money>;
  /** Days since the other system should have held it: of documents since their own day, of all else since its last change. Counted in UTC. */
  readonly ageDays: Scalars['Int']['output'];
  /** When it was found to be broken in this way. */
  readonly foundAt: Scalars['DateTime']['output'];
  /** Who mends it. */
  readonly owner: BreakOwner;
  /** What to look at: of the master where it holds one. */
  readonly record: Maybe<ReconciledRecord>;
};

/** What a system holds of a thing. */
export type ReconciledValue = {
  /** The system. */
  readonly system: ReconciledSystem;
  /** The amount; null where it holds nothing, or where the thing is no amount of one currency. Of a price or a line that recurs, for one interval. */
  readonly value: Maybe<Money>;
};

/** What a break is about. */
export type ReconciledRecord = Customer | Contract | Product | Price | BillingSubscription | Invoice | CreditNote | Payment | Refund | Dispute | JournalEntry | RevenueSchedule;

/** Stands for a contract; kept by its own system. */
export type Contract = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /**
   * Whether CRM, billing and the books hold the same of the contract. Each has a version of its own of it: `version`,
   * `subscriptions { version }` and `revenueSchedules { version }`; while an amendment is half way, they differ.
   */
  readonly agreement: ContractAgreement;
  /** What systems wrote of the contract that another one masters, and that waits for a person to ACCEPT or REJECT it; oldest first, at most 100. */
  readonly pendingProposals: ReadonlyArray<Exception>;
};

/** What came of comparing a contract: its value, its subscription, and its lines in billing and in the books. Its documents are compared by `reconciliation`. */
export type ContractAgreement = {
  /** Up to when all that the systems told, of whatever, is compared; null before the first time. */
  readonly asOf: Maybe<Scalars['DateTime']['output']>;
  /** Whether they hold the same; false as well while something that one of them told is still to be compared. */
  readonly agrees: Scalars['Boolean']['output'];
  /** What they do not hold alike. */
  readonly breaks: ReadonlyArray<ReconciliationBreak>;
};

/** Stands for a product; kept by its own system. */
export type Product = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a price; kept by its own system. */
export type Price = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a subscription; kept by its own system. */
export type BillingSubscription = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a refund; kept by its own system. */
export type Refund = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a dispute; kept by its own system. */
export type Dispute = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a journal entry; kept by its own system. */
export type JournalEntry = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** Stands for a revenue schedule; kept by its own system. */
export type RevenueSchedule = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** What to replay, and why. */
export type ReplayEventsInput = {
  /** How events are taken again. */
  readonly mode: ReplayMode;
  /** Consumers that take any of these types, at most 100; all, where it is not given. */
  readonly types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Published at this instant or later; from the first event on, where it is not given. Not for REBUILD_PROJECTION, which takes all. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Published before this instant; up to now, where it is not given. Not for REBUILD_PROJECTION. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
  /** Consumers by name; all that take the types, where it is not given. */
  readonly consumers?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Whether only to count what it would come to. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Why it is needed, 1 to 500 characters; kept with the replay. */
  readonly reason: Scalars['String']['input'];
  /** Events a second and consumer at most, 1 to 10,000: the rest of the system keeps its share. 500 where it is not given. */
  readonly eventsPerSecond?: InputMaybe<Scalars['Int']['input']>;
};

/** Which replay to end. */
export type CancelReplayInput = {
  /** Global id of the replay. */
  readonly id: Scalars['ID']['input'];
  /** Why, 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** What became of asking for a replay. */
export type ReplayEventsPayload = {
  /** The replay, or the dry run; null where it was refused. */
  readonly replay: Maybe<Replay>;
  /** Why it was refused; empty where it was not. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Events that are taken again, or a count of what that would come to. */
export type Replay = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** How events are taken again. */
  readonly mode: ReplayMode;
  /** How far it is. */
  readonly status: ReplayStatus;
  /** Events of the range, of the types that were named. */
  readonly eventCount: Scalars['BigInt']['output'];
  /** What it is for each consumer. */
  readonly consumers: ReadonlyArray<ReplayConsumer>;
  /** Why it was asked for. */
  readonly reason: Scalars['String']['output'];
  /** Who asked for it. */
  readonly requestedBy: Scalars['String']['output'];
  /** When it was asked for. */
  readonly requestedAt: Scalars['DateTime']['output'];
};

/** A consumer that takes events again. */
export type ReplayConsumer = {
  /** Its name. Consumers of one name in a subgraph take the events of different ones. */
  readonly name: Scalars['String']['output'];
  /** The subgraph whose consumer it is: `/revgraph/insight`. */
  readonly subgraph: Scalars['String']['output'];
  /** The subgraph whose events it takes: `/revgraph/billing`; null of a replay that was asked for before this was kept. */
  readonly source: Maybe<Scalars['String']['output']>;
  /** Events that it would apply, as it was when the replay was asked for. */
  readonly wouldApply: Scalars['BigInt']['output'];
  /** Events that it had applied before. */
  readonly wouldSkip: Scalars['BigInt']['output'];
  /** Events that the replay has applied so far. */
  readonly applied: Scalars['BigInt']['output'];
  /** Events that the replay has skipped so far. */
  readonly skipped: Scalars['BigInt']['output'];
  /** What a projection that was built anew has other than before; null while it is being built, and for a consumer that is none. */
  readonly diff: Maybe<ProjectionDiff>;
};

/**
 * How a projection that was built anew differs from what was read until then. All numbers are 0 where nothing was wrong. A
 * projection keeps one state of each object that it knows.
 */
export type ProjectionDiff = {
  /** States that were missing. */
  readonly added: Scalars['Int']['output'];
  /** States that were others. */
  readonly changed: Scalars['Int']['output'];
  /** States of what no event tells. */
  readonly removed: Scalars['Int']['output'];
  /** Global ids of the first of these objects, at most 20, in their order. */
  readonly ids: ReadonlyArray<Scalars['ID']['output']>;
};

/** Which events to include; all conditions given must hold. */
export type EventFilter = {
  /** Of any of these types, at most 100: `revgraph.billing.invoice.issued.v1`. */
  readonly types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** From any of these sources: `/revgraph/billing`. */
  readonly sources?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** About a customer, or about what belongs to the customer. */
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
  /** About one aggregate, by its global id. */
  readonly aggregateId?: InputMaybe<Scalars['ID']['input']>;
  /** Recorded at this instant or later. */
  readonly recordedFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Recorded before this instant. */
  readonly recordedTo?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A page of the log. */
export type EventPage = {
  /** The events, in order. */
  readonly nodes: ReadonlyArray<Event>;
  /** Where the page ends; `endCursor` goes on from here even where the page is empty. */
  readonly pageInfo: PageInfo;
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

/** Direction of a sort. */
export type OrderDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** Largest, latest or last in the alphabet first. */
  | 'DESC';

/** Selects by global ids. */
export type IdFilter = {
  /** One of these ids, at most 100. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** Where events are sent to as they happen: a POST of a CloudEvent in structured JSON, signed by Standard Webhooks 1.0. */
export type WebhookEndpoint = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** Absolute URL. `http` reaches only addresses that the configuration allows. */
  readonly url: Scalars['String']['output'];
  /** Whose endpoint it is, for people. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** The system that it is of: it gets what the event rules of the workflow models send there. Null for one that gets what it asks for. */
  readonly system: Maybe<EventTarget>;
  /** Types of the events that it gets; all, where there are none. One of a system gets no others of what is sent there. */
  readonly eventTypes: ReadonlyArray<Scalars['String']['output']>;
  /** Whether it is sent to. */
  readonly status: WebhookEndpointStatus;
  /** Why it is disabled: a person, a receiver that wants no more, or three days in which it took nothing. Null while it is not. */
  readonly disabledReason: Maybe<Scalars['String']['output']>;
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When its newest secret was made. */
  readonly secretMadeAt: Scalars['DateTime']['output'];
  /** 1 for the first state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When this state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
};

/** Systems that event rules send to. */
export type EventTarget =
  /** Who sells. */
  | 'CRM'
  /** Who keeps subscriptions, invoices and payments. */
  | 'BILLING'
  /** Who keeps the books. */
  | 'ERP'
  /** Who reckons and reports taxes. */
  | 'TAX'
  /** Who takes payments. */
  | 'PAYMENT'
  /** Who reports and analyses. */
  | 'ANALYTICS';

/** Whether an endpoint is sent to. */
export type WebhookEndpointStatus =
  /** It is sent to. */
  | 'ENABLED'
  /** It is not sent to. What waited for it goes on waiting; what happens meanwhile is not noted for it. */
  | 'DISABLED';

/** One event for one endpoint. Events of an aggregate come in their order: one that fails holds those after it. */
export type WebhookDelivery = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** The endpoint. */
  readonly endpoint: WebhookEndpoint;
  /** The header `webhook-id`: the same for every attempt, so that a receiver can tell what it took already. */
  readonly webhookId: Scalars['String']['output'];
  /** Type of the event. */
  readonly type: Scalars['String']['output'];
  /** Global id of what the event is about. */
  readonly subject: Scalars['ID']['output'];
  /** Version of the subject after the change. */
  readonly version: Scalars['Int']['output'];
  /** When the event was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** Name of the event rule that sent it to the endpoint of a system: `deals-reach-all`. Null where the endpoint asks for it itself. It stays when the rule is changed. */
  readonly rule: Maybe<Scalars['String']['output']>;
  /** Name of the workflow model whose rule that is. */
  readonly model: Maybe<Scalars['String']['output']>;
  /** What became of it. */
  readonly status: WebhookDeliveryStatus;
  /** Attempts so far; a recovery counts anew. */
  readonly attempts: Scalars['Int']['output'];
  /** When it is tried next; null unless it is pending. */
  readonly nextAttemptAt: Maybe<Scalars['DateTime']['output']>;
  /** When the receiver last took it; null where it never did. */
  readonly deliveredAt: Maybe<Scalars['DateTime']['output']>;
  /** The newest 20 attempts, newest first. */
  readonly log: ReadonlyArray<WebhookAttempt>;
};

/** What became of a delivery. */
export type WebhookDeliveryStatus =
  /** It waits for its turn, or for its next attempt: up to 11 within three days. */
  | 'PENDING'
  /** The receiver answered with a status of 200 to 299. */
  | 'DELIVERED'
  /** It was given up, until a recovery. */
  | 'FAILED';

/** One request to a receiver. */
export type WebhookAttempt = {
  /** When it began. */
  readonly beganAt: Scalars['DateTime']['output'];
  /** How long it took, in milliseconds. */
  readonly durationMs: Scalars['Int']['output'];
  /** HTTP status; null where no answer came. */
  readonly status: Maybe<Scalars['Int']['output']>;
  /** Why no answer came; null where one did. */
  readonly error: Maybe<Scalars['String']['output']>;
  /** The first 500 characters of the answer. */
  readonly excerpt: Scalars['String']['output'];
};

/** A page of deliveries. */
export type WebhookDeliveryConnection = {
  /** The deliveries of this page. */
  readonly nodes: ReadonlyArray<WebhookDelivery>;
  /** The deliveries of this page, each with its cursor. */
  readonly edges: ReadonlyArray<WebhookDeliveryEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many deliveries match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of deliveries. */
export type WebhookDeliveryEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The delivery at this position. */
  readonly node: WebhookDelivery;
};

/** Selects by the states of deliveries. */
export type WebhookDeliveryStatusFilter = {
  /** One of these states. */
  readonly in?: InputMaybe<ReadonlyArray<WebhookDeliveryStatus>>;
};

/** Selects by types of events. */
export type EventTypeFilter = {
  /** One of these types, at most 100. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Which deliveries to include; all conditions given must hold. */
export type WebhookDeliveryFilter = {
  /** By endpoint. */
  readonly endpoint?: InputMaybe<IdFilter>;
  /** By what became of them. */
  readonly status?: InputMaybe<WebhookDeliveryStatusFilter>;
  /** By type of the event. */
  readonly type?: InputMaybe<EventTypeFilter>;
  /** By what the event is about. */
  readonly subject?: InputMaybe<IdFilter>;
};

/** Fields by which deliveries can be sorted. */
export type WebhookDeliveryOrderField =
  /** By the time at which the event was recorded; the default, descending. */
  | 'RECORDED_AT';

/** Sort order of a list of deliveries. */
export type WebhookDeliveryOrder = {
  /** Field to sort by. */
  readonly field: WebhookDeliveryOrderField;
  /** Direction of the sort. */
  readonly direction: OrderDirection;
};

/** An endpoint to make. */
export type CreateWebhookEndpointInput = {
  /** Absolute `https` URL without user, password or fragment, at most 2,000 characters. Whether its address may be reached shows when it is connected to. */
  readonly url: Scalars['String']['input'];
  /** Whose endpoint it is, for people; at most 500 characters. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The system that it is of, to which the event rules of the workflow models send; where it is not given, it gets what it asks for. */
  readonly system?: InputMaybe<EventTarget>;
  /** Types of the events that it gets, at most 100; all, where it is not given or empty. */
  readonly eventTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the first answer, without its secret. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What to change of an endpoint; what is not given stays. */
export type UpdateWebhookEndpointInput = {
  /** Global id of the endpoint. */
  readonly id: Scalars['ID']['input'];
  /** As for a new endpoint. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
  /** As for a new endpoint; null takes it away. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** As for a new endpoint; null has it get what it asks for. */
  readonly system?: InputMaybe<EventTarget>;
  /** As for a new endpoint; an empty list means all. */
  readonly eventTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Enables or disables it. */
  readonly status?: InputMaybe<WebhookEndpointStatus>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the first answer. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** A secret to make. */
export type RotateWebhookSecretInput = {
  /** Global id of the endpoint. */
  readonly id: Scalars['ID']['input'];
  /** For how many hours deliveries are signed with the secrets before it as well: 0 to 168, 24 where it is not given. At most three are used at once. */
  readonly overlapHours?: InputMaybe<Scalars['Int']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the first answer, without its secret. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What to send again. */
export type RecoverWebhookDeliveriesInput = {
  /** Global id of the endpoint, which must be enabled. */
  readonly id: Scalars['ID']['input'];
  /** Of what was published at this instant or later: 90 days ago at most (RANGE_INVALID). */
  readonly since: Scalars['DateTime']['input'];
  /** Which of that; FAILED where it is not given. */
  readonly scope?: InputMaybe<WebhookRecoveryScope>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the first answer. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** Which deliveries a recovery sends again. */
export type WebhookRecoveryScope =
  /** What was given up, and what was missed while the endpoint was disabled; for a system, what the rules that hold now send there. */
  | 'FAILED'
  /** What was delivered as well. */
  | 'ALL';

/** What became of a change of an endpoint. */
export type WebhookEndpointPayload = {
  /** The endpoint as it is now; null where there is none. */
  readonly endpoint: Maybe<WebhookEndpoint>;
  /** The secret that was made, `whsec_` and base64. It is told this once and never again; null where none was made, and in a replay. */
  readonly secret: Maybe<Scalars['String']['output']>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Everything that is wrong with the request. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What became of a recovery. */
export type RecoverWebhookDeliveriesPayload = {
  /** How many deliveries it made due. */
  readonly count: Scalars['Int']['output'];
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Everything that is wrong with the request. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Why a request can't be carried out as it stands. */
export type UserError = {
  /** Which rule it breaks. */
  readonly code: UserErrorCode;
  /** What is wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** Path of the field in the input: `url`. */
  readonly field: Scalars['String']['output'];
};

/** Rules that a request can break. */
export type UserErrorCode =
  /** It was called off after something that was done could not be taken back at first. */
  | 'COMPENSATION_FAILED'
  /** It was called off after an error that nobody foresaw. */
  | 'DEFECT'
  /** It was called off after nobody could tell what an outside system had done. */
  | 'OUTCOME_UNKNOWN'
  /** It was called off after no node knew its next step. */
  | 'STEP_UNKNOWN'
  /** It was called off after a system had not answered for long enough. */
  | 'SYSTEM_UNAVAILABLE'
  /** It was called off after an outside system had made a document with another tax than ours. */
  | 'TAX_MISMATCH'
  /** The workflow model is not made for it. */
  | 'OUTGROWN'
  /** The outside system that masters it refuses: the message has its reason. */
  | 'OUTSIDE_REFUSED'
  /** The model breaks rules: `findings` has them. */
  | 'MODEL_INVALID'
  /** There is no such price. */
  | 'PRICE_MISSING'
  /** Another system masters the field. */
  | 'REJECTED_NOT_MASTER'
  /** No rule says what tax falls due there. */
  | 'TAX_RULE_MISSING'
  /** The tax provider did not answer, and the route names no other. */
  | 'TAX_UNAVAILABLE'
  /** Nobody is named who decides it. */
  | 'ACTOR_MISSING'
  /** More than the invoice owes. */
  | 'ALLOCATION_EXCEEDS_BALANCE'
  /** More is allocated than was paid. */
  | 'ALLOCATION_EXCEEDS_PAYMENT'
  /** The line changes on a later day already. */
  | 'AMENDMENT_OVERLAPS'
  /** Not an amount. */
  | 'AMOUNT_INVALID'
  /** An amount that can't be negative is. */
  | 'AMOUNT_NEGATIVE'
  /** An amount that must be more than zero is not. */
  | 'AMOUNT_NOT_POSITIVE'
  /** More decimals than the currency has. */
  | 'AMOUNT_TOO_PRECISE'
  /** Nobody decided in time. */
  | 'APPROVAL_EXPIRED'
  /** Another person did not agree. */
  | 'APPROVAL_REJECTED'
  /** Nothing is asked for. */
  | 'CHANGES_MISSING'
  /** All attempts to collect an invoice brought nothing: a person decides what becomes of it. */
  | 'COLLECTION_EXHAUSTED'
  /** An earlier change of the contract waits for a person, what began it has still to bill it, or what fell due before today is not billed yet. */
  | 'CONTRACT_BUSY'
  /** Not as many as were counted. */
  | 'COUNT_CHANGED'
  /** More is credited than was invoiced. */
  | 'CREDIT_EXCEEDS_INVOICE'
  /** Another currency than the thing has. */
  | 'CURRENCY_MISMATCH'
  /** Not a currency of ISO 4217. */
  | 'CURRENCY_UNKNOWN'
  /** It belongs to another customer. */
  | 'CUSTOMER_MISMATCH'
  /** A day is not given. */
  | 'DATE_MISSING'
  /** An end before its start. */
  | 'DATE_ORDER'
  /** A day that the contract does not cover. */
  | 'DATE_OUTSIDE_CONTRACT'
  /** A day on which the line does not run. */
  | 'DATE_OUTSIDE_LINE'
  /** An id that is in use. */
  | 'DUPLICATE_ID'
  /** Earlier periods are closed first. */
  | 'EARLIER_PERIOD_OPEN'
  /** No event has that type, or none that is sent out. */
  | 'EVENT_TYPE_UNKNOWN'
  /** The catalogue has several intervals for the price: it is not told which is meant. */
  | 'INTERVAL_AMBIGUOUS'
  /** An interval that does not advance. */
  | 'INTERVAL_INVALID'
  /** The invoice has no such line. */
  | 'INVOICE_LINE_MISSING'
  /** The invoice is not issued, or not in force any more. */
  | 'INVOICE_NOT_ISSUED'
  /** There is nothing to sell, bill or credit. */
  | 'LINES_MISSING'
  /** A system does not know the thing, or where it belongs in the books. */
  | 'MAPPING_MISSING'
  /** A name is missing. */
  | 'NAME_MISSING'
  /** A number is missing. */
  | 'NUMBER_MISSING'
  /** What is to be approved or accepted is not any more what was seen. */
  | 'PAYLOAD_CHANGED'
  /** Not the payload with single values changed. */
  | 'PAYLOAD_INVALID'
  /** Something on the checklist of the period is left. */
  | 'PERIOD_BLOCKED'
  /** A close of the same books waits for a person. */
  | 'PERIOD_BUSY'
  /** The books of that day are closed. */
  | 'PERIOD_CLOSED'
  /** The period is not over. */
  | 'PERIOD_NOT_ENDED'
  /** The books cannot take it as it is. */
  | 'POSTING_BLOCKED'
  /** It would not do what was previewed any more. */
  | 'PREVIEW_OUTDATED'
  /** Not a quantity of zero or more. */
  | 'QUANTITY_INVALID'
  /** Several quotes could be the one that was agreed on. */
  | 'QUOTE_AMBIGUOUS'
  /** Not within the bounds that the field tells. */
  | 'RANGE_INVALID'
  /** Not a rate that can be applied. */
  | 'RATE_INVALID'
  /** There is no exchange rate for the day. */
  | 'RATE_MISSING'
  /** It is not told why. */
  | 'REASON_MISSING'
  /** A thing is not named, or there is none of that name. */
  | 'REFERENCE_MISSING'
  /** More is refunded than was paid. */
  | 'REFUND_EXCEEDS_PAYMENT'
  /** A contract that renews itself. */
  | 'RENEWS_ITSELF'
  /** No rule says who sells there. */
  | 'ROUTE_MISSING'
  /** Several rules say different things. */
  | 'RULES_AMBIGUOUS'
  /** The contract is with this customer already. */
  | 'SAME_CUSTOMER'
  /** Nobody decides what she asked for herself. */
  | 'SELF_APPROVAL'
  /** The catalogue has no price for the thing by itself. */
  | 'STANDALONE_PRICE_MISSING'
  /** Not possible in the state that the thing is in. */
  | 'STATUS_FORBIDS'
  /** The product has no tax code. */
  | 'TAX_CODE_MISSING'
  /** Tax of another sign than its amount. */
  | 'TAX_SIGN'
  /** A term of more than 25 years. */
  | 'TERM_TOO_LONG'
  /** More characters than the field may have. */
  | 'TEXT_TOO_LONG'
  /** More than there may be. */
  | 'TOO_MANY'
  /** A total below zero. */
  | 'TOTAL_NEGATIVE'
  /** Not a URL that webhooks can be sent to. */
  | 'URL_INVALID';

/** A system that holds part of a business process. */
export type BusinessSystem =
  /** Customers, deals and contracts. */
  | 'CRM'
  /** Who keeps subscriptions, invoices and payments. */
  | 'BILLING'
  /** The books. */
  | 'ERP'
  /** What is only decided, and what people are asked. */
  | 'OPERATIONS';

/** What may become of a step once it is done. */
export type StepKind =
  /** Only reads. */
  | 'CHECK'
  /** Can be undone: by a document that corrects it, never by deleting. */
  | 'COMPENSATABLE'
  /** The first document with a legal number: after it nothing is undone. */
  | 'PIVOT'
  /** Comes after the pivot, and is tried until it is done. */
  | 'RETRIABLE';

/** How far a step is. */
export type StepStatus =
  /** Its turn has not come. */
  | 'PLANNED'
  /** It is being done, or is tried again. */
  | 'RUNNING'
  /** It is done. */
  | 'DONE'
  /** It was refused, or waits for a person. */
  | 'FAILED'
  /** It was done and undone. */
  | 'COMPENSATED';

/** Where a workflow is. */
export type WorkflowStatus =
  /** It waits for its turn. */
  | 'ACCEPTED'
  /** A step is being done. */
  | 'RUNNING'
  /** A system does not answer: the step is tried again by and by. */
  | 'RETRYING'
  /** A person has to approve it first. */
  | 'AWAITING_APPROVAL'
  /** Something went wrong that a person has to mend. */
  | 'EXCEPTION'
  /** What was done is being undone. */
  | 'COMPENSATING'
  /** All that was done was undone: nothing came of it. */
  | 'COMPENSATED'
  /** All steps are done. */
  | 'COMPLETED';

/** Why a step came to nothing. */
export type StepError = {
  /** The rule that refused it (see `UserErrorCode`), SYSTEM_UNAVAILABLE, STEP_UNKNOWN, OUTCOME_UNKNOWN, COMPENSATION_FAILED or DEFECT. */
  readonly code: Scalars['String']['output'];
  /** What is wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** Path of the field that is wrong; null where no field is. */
  readonly field: Maybe<Scalars['String']['output']>;
};

/** One step of a workflow: what it does to one system. */
export type WorkflowStep = {
  /** Its name in the story: `invoice`. */
  readonly name: Scalars['String']['output'];
  /** The system that it changes or asks. */
  readonly system: BusinessSystem;
  /** What may become of it once it is done. */
  readonly kind: StepKind;
  /** How far it is. */
  readonly status: StepStatus;
  /** How often it was begun, its undoing included. However often, it has one effect. */
  readonly attempts: Scalars['Int']['output'];
  /** What its effect is known by in the system: it happens at most once under this key. */
  readonly effectKey: Scalars['String']['output'];
  /** When it was begun first; null before that. */
  readonly startedAt: Maybe<Scalars['DateTime']['output']>;
  /** When it was done, or undone; null before that. */
  readonly endedAt: Maybe<Scalars['DateTime']['output']>;
  /** Of its last attempt, where that failed. */
  readonly error: Maybe<StepError>;
};

/** A business process over several systems. Once accepted, it ends COMPLETED or COMPENSATED, or waits before a person. */
export type Workflow = Node & {
  /** Opaque global id. All that follows from it carries this as correlation id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When this state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** The story that it tells, by the mutation that asks for it: `closeOpportunity`. */
  readonly flow: Scalars['String']['output'];
  /** Where it is. */
  readonly status: WorkflowStatus;
  /** The workflow model that ordered its steps; it keeps it to its end. */
  readonly model: Scalars['String']['output'];
  /** Version of that model. */
  readonly modelVersion: Scalars['Int']['output'];
  /** What it changes, such as `contract:ctr_…`: workflows about one subject are carried out one after another. */
  readonly subject: Scalars['String']['output'];
  /** The customer that it is about; null for none. */
  readonly customer: Maybe<Customer>;
  /** Its steps, in their order. */
  readonly steps: ReadonlyArray<WorkflowStep>;
  /** Why it is undone, or waits for a person; null while all goes well. */
  readonly failure: Maybe<StepError>;
  /** When it goes on; null where it stands in line or waits for a person, and once it has ended. */
  readonly dueAt: Maybe<Scalars['DateTime']['output']>;
  /** Who asked for it. */
  readonly requestedBy: Scalars['String']['output'];
  /** W3C trace context of the request that asked for it; null for one without. */
  readonly traceparent: Maybe<Scalars['String']['output']>;
  /** When it was accepted. */
  readonly acceptedAt: Scalars['DateTime']['output'];
  /** When it ended; null while it has not. */
  readonly endedAt: Maybe<Scalars['DateTime']['output']>;
};

/** Workflows of a list. */
export type WorkflowConnection = {
  /** The workflows of this page. */
  readonly nodes: ReadonlyArray<Workflow>;
  /** The workflows of this page, each with its cursor. */
  readonly edges: ReadonlyArray<WorkflowEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many workflows match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of workflows. */
export type WorkflowEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The workflow at this position. */
  readonly node: Workflow;
};

/** Selects by the states of workflows. */
export type WorkflowStatusFilter = {
  /** One of these, at most 100. */
  readonly in?: InputMaybe<ReadonlyArray<WorkflowStatus>>;
};

/** Selects by names. */
export type NameFilter = {
  /** One of these, at most 100. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Which workflows to include; all conditions given must hold. */
export type WorkflowFilter = {
  /** By where they are. */
  readonly status?: InputMaybe<WorkflowStatusFilter>;
  /** By the story that they tell: `closeOpportunity`. */
  readonly flow?: InputMaybe<NameFilter>;
  /** By the model that ordered their steps. */
  readonly model?: InputMaybe<NameFilter>;
  /** By customer. */
  readonly customer?: InputMaybe<IdFilter>;
  /** By legal entity. */
  readonly legalEntity?: InputMaybe<IdFilter>;
};

/** What workflows are sorted by. */
export type WorkflowOrderField =
  /** When they were accepted. */
  | 'ACCEPTED_AT';

/** How workflows are sorted. */
export type WorkflowOrder = {
  /** What they are sorted by. */
  readonly field: WorkflowOrderField;
  /** Direction of the sort. */
  readonly direction: OrderDirection;
};

/** Something that was decided or done, bound by its hash to all that was before. */
export type AuditRecord = {
  /** Opaque id. */
  readonly id: Scalars['ID']['output'];
  /** Its place in the trail: from 1, without gaps. */
  readonly sequence: Scalars['BigInt']['output'];
  /** When it was done. */
  readonly happenedAt: Scalars['DateTime']['output'];
  /** Who did it, or had it done: `revgraph` for what follows of itself, `anonymous` for who named nobody. */
  readonly actor: Scalars['String']['output'];
  /** What was done, as the type of its event: `revgraph.operations.approval.approved.v1`. */
  readonly action: Scalars['String']['output'];
  /** The subgraph where it was done: `/revgraph/operations`. */
  readonly source: Scalars['String']['output'];
  /** Global id of what it was done to. */
  readonly subject: Scalars['ID']['output'];
  /** Version of the subject since then. */
  readonly version: Scalars['Int']['output'];
  /** The workflow that did it, or the request. */
  readonly correlationId: Scalars['ID']['output'];
  /** State of the subject before, as JSON; null where it is new. */
  readonly before: Maybe<Scalars['JSON']['output']>;
  /** State of the subject since, as JSON; null where its event is gone, which a check of the trail finds. */
  readonly after: Maybe<Scalars['JSON']['output']>;
  /** SHA-256 over this record, both states and the hash of the record before. */
  readonly hash: Scalars['String']['output'];
};

/** Records of the audit trail. */
export type AuditRecordConnection = {
  /** The records of this page. */
  readonly nodes: ReadonlyArray<AuditRecord>;
  /** The records of this page, each with its cursor. */
  readonly edges: ReadonlyArray<AuditRecordEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many records match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of records. */
export type AuditRecordEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The record at this position. */
  readonly node: AuditRecord;
};

/** Which records to include; all conditions given must hold. */
export type AuditFilter = {
  /** By what was done. */
  readonly action?: InputMaybe<NameFilter>;
  /** By who did it. */
  readonly actor?: InputMaybe<NameFilter>;
  /** By what it was done to. */
  readonly subject?: InputMaybe<IdFilter>;
  /** By the workflow or request that did it. */
  readonly correlationId?: InputMaybe<IdFilter>;
};

/** What records are sorted by. */
export type AuditOrderField =
  /** Their place in the trail. */
  | 'SEQUENCE';

/** How records are sorted. */
export type AuditOrder = {
  /** What they are sorted by. */
  readonly field: AuditOrderField;
  /** Direction of the sort. */
  readonly direction: OrderDirection;
};

/** Why something waits for a person. */
export type ExceptionClass =
  /** A system does not know the thing, or where it belongs in the books. */
  | 'MAPPING_MISSING'
  /** No rule, or more than one, says who sells, reckons tax or takes the payment. */
  | 'ROUTE_MISSING'
  /** Two systems reckon another tax. */
  | 'TAX_MISMATCH'
  /** The tax provider does not answer, and no fallback is declared. */
  | 'TAX_UNAVAILABLE'
  /** The books refuse the document. */
  | 'POSTING_REJECTED'
  /** Another system refuses its step, for a reason that has no class of its own. */
  | 'STEP_REFUSED'
  /** A system did not answer for as long as it is tried. */
  | 'RETRIES_EXHAUSTED'
  /** A step may have had its effect, and nobody can tell. */
  | 'OUTCOME_UNKNOWN'
  /** What was done could not be undone. */
  | 'COMPENSATION_FAILED'
  /** A system wrote what another one masters. */
  | 'FOREIGN_WRITE'
  /** More than the workflow model is made for. */
  | 'OUTGROWN'
  /** The last attempt to collect an invoice brought nothing: it is written off, credited, or paid after all. */
  | 'COLLECTION_EXHAUSTED'
  /** A webhook of an outside system, signed by it, could not be read or recorded: nothing of what it told is known here, which may be a payment. */
  | 'INBOUND_FAILED'
  /** Two systems have not held the same for a quarter of an hour: it is resolved once they do. */
  | 'RECONCILIATION_BREAK';

/** Where an exception is. */
export type ExceptionStatus =
  /** Nobody has taken it. */
  | 'OPEN'
  /** Somebody has taken it. */
  | 'ASSIGNED'
  /** An edit of its payload waits for another person. */
  | 'AWAITING_APPROVAL'
  /** A person has the workflow go on, or the webhook taken in again: it will be resolved, or opened again. */
  | 'IN_PROGRESS'
  /** The workflow ended, the systems hold the same, the webhook was taken in, or a person closed it with a reason. */
  | 'RESOLVED';

/** Who answers for approvals and exceptions. */
export type RuleOwner =
  /** Sales operations. */
  | 'SALES_OPERATIONS'
  /** Those who answer for the books. */
  | 'FINANCE'
  /** Those who run the integration. */
  | 'PLATFORM';

/** What can be done about an exception. */
export type ExceptionAction =
  /** Has the workflow go on from the step that failed; of a webhook, has it taken in again, as a newer version of the program may be able to. */
  | 'RETRY'
  /** Changes values of the workflow's payload and has it go on. Where money is at stake, only once another person has approved it; gates that were passed are to be passed again. */
  | 'EDIT_AND_RETRY'
  /** What is in doubt did happen in the outside system: a person looked, and `externalId` names what was made. The workflow goes on with that. */
  | 'ADOPT'
  /** What is in doubt did not happen in the outside system: a person looked. It is sent again. Where a document of other figures was made (TAX_MISMATCH), a person has voided it there first, and `externalId` names it; it is sent again, under a new key, only once the system does not find it any more, if it can be asked. */
  | 'SEND_AGAIN'
  /** Has the workflow undone; not possible once its pivot is done (a numbered document is issued, money has moved), nor while its step may have happened in an outside system: of a document that was made there and is voided by now, `externalId` names it. */
  | 'COMPENSATE'
  /** Takes over what a system proposed of a field that another one masters: a workflow has it written and the books follow. Refused with STATUS_FORBIDS where nothing is proposed, or the field is not any more what it was; not for many at once. */
  | 'ACCEPT'
  /** Leaves the field as its master has it. Nobody is asked again before the system or the master says something else. */
  | 'REJECT'
  /** Closes it. The workflow stays as it is: where it waits, it and those behind it about the same subject go on waiting until it is retried or compensated. */
  | 'RESOLVE'
  /** Gives it to somebody, or to nobody. */
  | 'ASSIGN';

/** What a person did about an exception. */
export type ExceptionDecision = {
  /** What was done. */
  readonly action: ExceptionAction;
  /** Who did it, as they named themselves. */
  readonly actor: Scalars['String']['output'];
  /** Why it was done. */
  readonly reason: Scalars['String']['output'];
  /** When it was done. */
  readonly at: Scalars['DateTime']['output'];
  /** What they named in the outside system: what was made there, for ADOPT, or what they had voided there, for SEND_AGAIN and COMPENSATE. Null where they named nothing. */
  readonly externalId: Maybe<Scalars['String']['output']>;
};

/** What waits for a person, or did: a workflow that is stuck, a break between systems, a foreign write, or a webhook that could not be taken in. Each has at most one: it is opened again where the same comes again. */
export type Exception = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When this state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** What kind of reason it has. */
  readonly class: ExceptionClass;
  /** The rule that refused the step (see `UserErrorCode`), SYSTEM_UNAVAILABLE, STEP_UNKNOWN, OUTCOME_UNKNOWN, COMPENSATION_FAILED or DEFECT; of a break its cause (see `BreakCause`); of a foreign write REJECTED_NOT_MASTER, or FOREIGN_WRITE where the model has it proposed; of a webhook WEBHOOK_UNREADABLE, or WEBHOOK_NOT_RECORDED where its facts were refused or a system stayed away. */
  readonly code: Scalars['String']['output'];
  /** The step at which the workflow is stuck; of a break the rule of reconciliation; of a foreign write the id of what was written to; of a webhook the name of its connector. */
  readonly step: Scalars['String']['output'];
  /** Path of the field that is wrong; null where no field is. */
  readonly field: Maybe<Scalars['String']['output']>;
  /** What is wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** Where it is. */
  readonly status: ExceptionStatus;
  /** Who answers for it now. */
  readonly owner: RuleOwner;
  /** Who of the owner's people has taken it; null for nobody. */
  readonly assignee: Maybe<Scalars['String']['output']>;
  /** When the workflow got stuck first, the break was told of, or the webhook failed first. */
  readonly openedAt: Scalars['DateTime']['output'];
  /** By when it is to be resolved: after that it goes to the next owner. Trying again buys no time. */
  readonly dueAt: Scalars['DateTime']['output'];
  /** How many deadlines have passed. */
  readonly escalations: Scalars['Int']['output'];
  /** What the workflow is about, in its own currency, or the amount that a break is about; null where there is none. */
  readonly moneyAtRisk: Maybe<Money>;
  /** How often the step was tried, or the webhook; 0 of a break and of a foreign write. */
  readonly attempts: Scalars['Int']['output'];
  /** The workflow that is stuck, or that takes over what was proposed; null of a break, of a webhook and of any other foreign write. */
  readonly workflow: Maybe<Workflow>;
  /** What a system wrote of a field that another one masters, where it can be accepted; null of all else. */
  readonly proposal: Maybe<Proposal>;
  /** What two systems do not hold alike, while they do not; null of all else. */
  readonly break: Maybe<ReconciliationBreak>;
  /** The webhook that could not be taken in; null of all else. */
  readonly webhook: Maybe<InboundWebhook>;
  /** The customer that it is about; null for none. */
  readonly customer: Maybe<Customer>;
  /** What the workflow's steps go by, as JSON: to be edited and given back whole with EDIT_AND_RETRY. Of a webhook its body as it came, as text, at most its first 20,000 characters: what another system signed is not edited. Null of a break and of a foreign write. */
  readonly payload: Maybe<Scalars['JSON']['output']>;
  /** Versions of the payload that people made, oldest first; at most 20. The payload as it was prepared is version 1. */
  readonly edits: ReadonlyArray<PayloadEdit>;
  /** The approval that an edit waits for; null where none does. */
  readonly approval: Maybe<Approval>;
  /** What people did about it, oldest first: the newest 100, the audit trail has all. */
  readonly decisions: ReadonlyArray<ExceptionDecision>;
  /** When it was resolved; null while it is not. */
  readonly resolvedAt: Maybe<Scalars['DateTime']['output']>;
};

/** A webhook that an outside system sent: signed by it, and kept as it came. */
export type InboundWebhook = {
  /** Name of the connector whose system sent it: `billing-us`. */
  readonly connector: Scalars['String']['output'];
  /** Its id, as its sender calls it (header `webhook-id`). */
  readonly webhookId: Scalars['String']['output'];
  /** When it came first. */
  readonly receivedAt: Scalars['DateTime']['output'];
};

/** What a system wrote of a field that another one masters. */
export type Proposal = {
  /** What kind of object it is about, as events name it: `customer`. */
  readonly object: Scalars['String']['output'];
  /** Global id of the object. */
  readonly subject: Scalars['ID']['output'];
  /** The field of its state, as events tell it: `legalName`. */
  readonly field: Scalars['String']['output'];
  /** The source that wrote it: `netsuite`. */
  readonly source: Scalars['String']['output'];
  /** The system that the source is. */
  readonly writer: BusinessSystem;
  /** The system that masters the field. */
  readonly master: BusinessSystem;
  /** What was written, as JSON. */
  readonly stated: Maybe<Scalars['JSON']['output']>;
  /** What the field was then, as JSON. */
  readonly kept: Maybe<Scalars['JSON']['output']>;
  /** Of all that is proposed: another proposal has another one. Given back as `proposalHash` with what is decided about it. */
  readonly hash: Scalars['String']['output'];
};

/** What to do about many exceptions. */
export type ResolveExceptionsInput = {
  /** Which exceptions; all conditions given must hold. */
  readonly filter: ExceptionFilter;
  /** What to do; not EDIT_AND_RETRY, ADOPT, SEND_AGAIN or ACCEPT. */
  readonly action: ExceptionAction;
  /** Why, 1 to 500 characters; kept with each exception. */
  readonly reason: Scalars['String']['input'];
  /** Who does it, at most 200 characters; `anonymous` where it is not given. */
  readonly actor?: InputMaybe<Scalars['String']['input']>;
  /** Who gets them, for ASSIGN: at most 200 characters; nobody where it is not given. */
  readonly assignee?: InputMaybe<Scalars['String']['input']>;
  /** Whether only to count them. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** The count that the dry run gave; COUNT_CHANGED where it is another one by now. Not for a dry run. */
  readonly expectedCount?: InputMaybe<Scalars['Int']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again do nothing more and get the first answer. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** An exception about which nothing was done. */
export type RefusedException = {
  /** Which one it is. */
  readonly exception: Exception;
  /** Which rule forbids it. */
  readonly code: UserErrorCode;
  /** What is wrong, for people. */
  readonly message: Scalars['String']['output'];
};

/** What became of doing one thing about many exceptions. */
export type ResolveExceptionsPayload = {
  /** How many the filter selects. */
  readonly count: Scalars['Int']['output'];
  /** About how many it was done. */
  readonly doneCount: Scalars['Int']['output'];
  /** About which it could not be done; those that can are not held up by them. */
  readonly refused: ReadonlyArray<RefusedException>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done at all. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** One value of a payload that a person changed. */
export type PayloadChange = {
  /** Where it is: `lines.0.taxCode`. */
  readonly path: Scalars['String']['output'];
  /** The value before; null for none. */
  readonly before: Maybe<Scalars['JSON']['output']>;
  /** The value after. */
  readonly after: Scalars['JSON']['output'];
};

/** What became of an edit of a payload. */
export type PayloadEditStatus =
  /** It waits for another person. */
  | 'PROPOSED'
  /** The workflow goes by it. */
  | 'APPLIED'
  /** Another person did not agree, or nobody in time. */
  | 'REJECTED';

/** A version of a payload, as a person made it of the one before. */
export type PayloadEdit = {
  /** 2 for the first edit. */
  readonly version: Scalars['Int']['output'];
  /** What became of it. */
  readonly status: PayloadEditStatus;
  /** Who made it. */
  readonly actor: Scalars['String']['output'];
  /** Why it was made. */
  readonly reason: Scalars['String']['output'];
  /** When it was made. */
  readonly at: Scalars['DateTime']['output'];
  /** What is different from the version before. */
  readonly changes: ReadonlyArray<PayloadChange>;
  /** SHA-256 of the payload with these changes, in base64url, as the approval names it. */
  readonly payloadHash: Scalars['String']['output'];
};

/** Where an approval is. */
export type ApprovalStatus =
  /** It waits for a person. */
  | 'PENDING'
  /** It was agreed to. */
  | 'APPROVED'
  /** It was not agreed to. */
  | 'REJECTED'
  /** Nobody decided in time, which is a no. */
  | 'EXPIRED';

/** What an approval is about. */
export type ApprovalKind =
  /** A gate of the workflow model that the workflow stands before. */
  | 'GATE'
  /** An edit of the workflow's payload. */
  | 'EDIT';

/** What happens when nobody decides by the deadline. */
export type ApprovalDeadline =
  /** It expires, which is a no. */
  | 'REJECT'
  /** The next one decides, in as much time again; then it expires. */
  | 'ESCALATE'
  /** It is approved, where no money is at stake; otherwise it expires. */
  | 'APPROVE';

/** What a person is asked to agree to before a workflow goes on. */
export type Approval = Node & {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** 1 for the first state, one more with every change. */
  readonly version: Scalars['Int']['output'];
  /** When this state was recorded. */
  readonly recordedAt: Scalars['DateTime']['output'];
  /** What it is about. */
  readonly kind: ApprovalKind;
  /** Name of the gate: `large-deal`, or `payload-edit`. */
  readonly gate: Scalars['String']['output'];
  /** Where it is. */
  readonly status: ApprovalStatus;
  /** The workflow that waits for it. */
  readonly workflow: Workflow;
  /** The customer that the workflow is about; null for none. */
  readonly customer: Maybe<Customer>;
  /** SHA-256 of the payload that is approved, in base64url: a decision says nothing of another payload. */
  readonly payloadHash: Scalars['String']['output'];
  /** What the workflow is about, in its own currency; null where its story is about no amount. */
  readonly moneyAtRisk: Maybe<Money>;
  /** From which amount on the approver decides, `250000.00 USD`; null where the amount does not matter. */
  readonly band: Maybe<Scalars['String']['output']>;
  /** Who decides. */
  readonly approver: RuleOwner;
  /** Who asked for it. */
  readonly requestedBy: Scalars['String']['output'];
  /** When it was asked for. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** Who decided; null while nobody has, and where the deadline did. */
  readonly decidedBy: Maybe<Scalars['String']['output']>;
  /** When it was decided; null while it is not. */
  readonly decidedAt: Maybe<Scalars['DateTime']['output']>;
  /** Why it was decided so; null while it is not. */
  readonly reason: Maybe<Scalars['String']['output']>;
  /** By when it is to be decided. */
  readonly dueAt: Scalars['DateTime']['output'];
  /** What happens then. */
  readonly atDeadline: ApprovalDeadline;
};

/** Approvals of a list. */
export type ApprovalConnection = {
  /** The approvals of this page. */
  readonly nodes: ReadonlyArray<Approval>;
  /** The approvals of this page, each with its cursor. */
  readonly edges: ReadonlyArray<ApprovalEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many approvals match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of approvals. */
export type ApprovalEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The approval at this position. */
  readonly node: Approval;
};

/** Selects by the states of approvals. */
export type ApprovalStatusFilter = {
  /** One of these. */
  readonly in?: InputMaybe<ReadonlyArray<ApprovalStatus>>;
};

/** Which approvals to include; all conditions given must hold. */
export type ApprovalFilter = {
  /** By where they are. */
  readonly status?: InputMaybe<ApprovalStatusFilter>;
  /** By gate: `large-deal`. */
  readonly gate?: InputMaybe<NameFilter>;
  /** By who decides. */
  readonly approver?: InputMaybe<RuleOwnerFilter>;
  /** By workflow. */
  readonly workflow?: InputMaybe<IdFilter>;
  /** By customer. */
  readonly customer?: InputMaybe<IdFilter>;
};

/** What approvals are sorted by. */
export type ApprovalOrderField =
  /** When they were asked for. */
  | 'REQUESTED_AT'
  /** By when they are to be decided. */
  | 'DUE_AT';

/** How approvals are sorted. */
export type ApprovalOrder = {
  /** What they are sorted by. */
  readonly field: ApprovalOrderField;
  /** Direction of the sort. */
  readonly direction: OrderDirection;
};

/** What can be decided. */
export type ApprovalDecision =
  /** The workflow goes on. */
  | 'APPROVE'
  /** It does not. */
  | 'REJECT';

/** A decision. */
export type DecideApprovalInput = {
  /** Global id of the approval. */
  readonly approvalId: Scalars['ID']['input'];
  /** What is decided. */
  readonly decision: ApprovalDecision;
  /** Why, 1 to 500 characters; kept with the approval. */
  readonly reason: Scalars['String']['input'];
  /** Who decides, at most 200 characters: another one than asked for it. ACTOR_MISSING where nobody is named. */
  readonly decidedBy?: InputMaybe<Scalars['String']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again do nothing more and get the approval as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. Without a key, what is decided already is refused. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What became of a decision. */
export type DecideApprovalPayload = {
  /** The approval as it is now; null where there is none. */
  readonly approval: Maybe<Approval>;
  /** Its workflow as it is now; null where there is none. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was decided. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Exceptions of a list. */
export type ExceptionConnection = {
  /** The exceptions of this page. */
  readonly nodes: ReadonlyArray<Exception>;
  /** The exceptions of this page, each with its cursor. */
  readonly edges: ReadonlyArray<ExceptionEdge>;
  /** Where this page lies in the whole. */
  readonly pageInfo: PageInfo;
  /** How many exceptions match the filter over all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One of a page of exceptions. */
export type ExceptionEdge = {
  /** Opaque position, for `after` and `before` in the same list and order. */
  readonly cursor: Scalars['String']['output'];
  /** The exception at this position. */
  readonly node: Exception;
};

/** Selects by the states of exceptions. */
export type ExceptionStatusFilter = {
  /** One of these. */
  readonly in?: InputMaybe<ReadonlyArray<ExceptionStatus>>;
};

/** Selects by the classes of exceptions. */
export type ExceptionClassFilter = {
  /** One of these. */
  readonly in?: InputMaybe<ReadonlyArray<ExceptionClass>>;
};

/** Selects by owners. */
export type RuleOwnerFilter = {
  /** One of these. */
  readonly in?: InputMaybe<ReadonlyArray<RuleOwner>>;
};

/** Which exceptions to include; all conditions given must hold. */
export type ExceptionFilter = {
  /** By where they are. */
  readonly status?: InputMaybe<ExceptionStatusFilter>;
  /** By why the workflow waits. */
  readonly class?: InputMaybe<ExceptionClassFilter>;
  /** By who answers for them now. */
  readonly owner?: InputMaybe<RuleOwnerFilter>;
  /** By who has taken them. */
  readonly assignee?: InputMaybe<NameFilter>;
  /** By customer. */
  readonly customer?: InputMaybe<IdFilter>;
  /** By legal entity. */
  readonly legalEntity?: InputMaybe<IdFilter>;
};

/** What exceptions are sorted by. */
export type ExceptionOrderField =
  /** The number of major units at risk, whatever their currency; unknown amounts come below all others. */
  | 'MONEY_AT_RISK'
  /** By when they are to be resolved. */
  | 'DUE_AT'
  /** When they were opened. */
  | 'OPENED_AT';

/** How exceptions are sorted. */
export type ExceptionOrder = {
  /** What they are sorted by. */
  readonly field: ExceptionOrderField;
  /** Direction of the sort. */
  readonly direction: OrderDirection;
};

/** What to do about an exception. */
export type ResolveExceptionInput = {
  /** Global id of the exception. */
  readonly exceptionId: Scalars['ID']['input'];
  /** What to do. */
  readonly action: ExceptionAction;
  /** Why, 1 to 500 characters; kept with the exception. */
  readonly reason: Scalars['String']['input'];
  /** Who does it, at most 200 characters; `anonymous` where it is not given. */
  readonly actor?: InputMaybe<Scalars['String']['input']>;
  /** Who gets it, for ASSIGN: at most 200 characters; nobody where it is not given. */
  readonly assignee?: InputMaybe<Scalars['String']['input']>;
  /** The whole payload with values changed, for EDIT_AND_RETRY: each to another of its kind, or from null to one. Gates are passed again, those of the amount that it comes to. */
  readonly payload?: InputMaybe<Scalars['JSON']['input']>;
  /** What the outside system calls what it made, for ADOPT: 1 to 200 characters. For SEND_AGAIN and COMPENSATE, what was made and is voided there; not given where nothing was. What is noted here already stays: that is refused with STATUS_FORBIDS. */
  readonly externalId?: InputMaybe<Scalars['String']['input']>;
  /** The number of the invoice or credit note that was made, for ADOPT: 1 to 200 characters. Where it is not given, the id stands in for it. */
  readonly documentNumber?: InputMaybe<Scalars['String']['input']>;
  /** The `hash` of the proposal that was seen, for ACCEPT and REJECT: refused with PAYLOAD_CHANGED where another one came meanwhile. Without it, it is decided about what is proposed by then. */
  readonly proposalHash?: InputMaybe<Scalars['String']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again do nothing more and get the exception as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. Without a key each request is a new one: it is refused where the workflow goes on already. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** What became of doing something about an exception. */
export type ResolveExceptionPayload = {
  /** The exception as it is now; null where there is none. */
  readonly exception: Maybe<Exception>;
  /** Its workflow as it is now; null where there is none. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An amount that is asked for. */
export type MoneyInput = {
  /** Amount in major units, with at most as many decimals as the currency has: `12.30` USD. */
  readonly amount: Scalars['Decimal']['input'];
  /** Currency of the amount. */
  readonly currency: Scalars['CurrencyCode']['input'];
};

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

/** The part of a payment that is meant for one invoice. */
export type PaymentAllocationInput = {
  /** The invoice, which is open. */
  readonly invoiceId: Scalars['ID']['input'];
  /** How much of it is paid, at most its balance. */
  readonly amount: MoneyInput;
};

/** Money that came in from a customer. */
export type RecordPaymentInput = {
  /** The customer who paid. Where customers were merged, whoever carries on pays what was billed to the other, under either id: the payment is of the customer whose invoices they are, and pays those of both by a payment each (otherwise CUSTOMER_MISMATCH). */
  readonly customerId: Scalars['ID']['input'];
  /** All that was paid. */
  readonly amount: MoneyInput;
  /** How it was paid. */
  readonly method: PaymentMethod;
  /** When it came in; DATE_ORDER for a day that is still to come, and before the books of the legal entity begin. */
  readonly receivedAt: Scalars['DateTime']['input'];
  /** The invoices that it is meant for, at most 100, also those that were given up: so much less is written off then. What is left stays on account. */
  readonly allocations: ReadonlyArray<PaymentAllocationInput>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of recording a payment. */
export type RecordPaymentPayload = {
  /** The payment; null while it is not recorded. */
  readonly payment: Maybe<Payment>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A customer of CRM. */
export type Customer = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** What systems wrote of the customer that another one masters, and that waits for a person to ACCEPT or REJECT it; oldest first, at most 100. */
  readonly pendingProposals: ReadonlyArray<Exception>;
};

/** A payment of billing. */
export type Payment = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** What is given back of one line of an invoice. */
export type CreditedLineInput = {
  /** The line of the invoice. */
  readonly invoiceLineId: Scalars['ID']['input'];
  /** How much of it, before tax; at most what earlier credit notes left of it. */
  readonly amount: MoneyInput;
};

/** What is given back of an invoice. */
export type IssueCreditNoteInput = {
  /** The invoice that is corrected. */
  readonly invoiceId: Scalars['ID']['input'];
  /** Why, as it is printed on the note: 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** What is given back, line by line. */
  readonly lines: ReadonlyArray<CreditedLineInput>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of issuing a credit note. */
export type IssueCreditNotePayload = {
  /** The credit note; null while it is not issued. */
  readonly creditNote: Maybe<CreditNote>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What is given back of a payment. */
export type RefundPaymentInput = {
  /** The payment that came in. */
  readonly paymentId: Scalars['ID']['input'];
  /** How much of it; at most what was captured and not refunded yet. */
  readonly amount: MoneyInput;
  /** Why it is given back, 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of a refund. */
export type RefundPaymentPayload = {
  /** The payment, with its refunds; null where nothing was started. */
  readonly payment: Maybe<Payment>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A payment that its payer contests at the bank. */
export type OpenDisputeInput = {
  /** The payment, which arrived and of which no other dispute is open. */
  readonly paymentId: Scalars['ID']['input'];
  /** What is contested; at most what was captured and not refunded. */
  readonly amount: MoneyInput;
  /** Whether the bank took the money back: not so for an inquiry that comes before a dispute. */
  readonly fundsWithdrawn?: Scalars['Boolean']['input'];
  /** Reason that the payer gave: `fraudulent`, `product_not_received`; 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** Day on which the bank opened it: the books have it on that day. DATE_ORDER before the payment arrived or the books begin, and for a day that is still to come. */
  readonly openedOn: Scalars['Date']['input'];
  /** Last day for evidence; null if none is asked for. */
  readonly evidenceDueOn?: InputMaybe<Scalars['Date']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of telling that a dispute was opened. */
export type OpenDisputePayload = {
  /** The dispute; null while it is not recorded. */
  readonly dispute: Maybe<Dispute>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How a bank decides a dispute. */
export type DisputeOutcome =
  /** For us: the money comes back. */
  | 'WON'
  /** For the payer: the money is lost. */
  | 'LOST';

/** What the bank decided about a dispute. */
export type CloseDisputeInput = {
  /** The dispute, which is open. */
  readonly disputeId: Scalars['ID']['input'];
  /** What was decided. */
  readonly outcome: DisputeOutcome;
  /** Day of the decision: the books have it on that day. DATE_ORDER before the dispute was opened or the books begin, and for a day that is still to come. */
  readonly closedOn: Scalars['Date']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of telling that a dispute was closed. */
export type CloseDisputePayload = {
  /** The dispute; null where nothing was started. */
  readonly dispute: Maybe<Dispute>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A product that is to be sold. */
export type PublishProductInput = {
  /** The product, as billing knows it. */
  readonly productId: Scalars['ID']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of a publication. */
export type PublishProductPayload = {
  /** The product; null where nothing was started. */
  readonly product: Maybe<Product>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What becomes of a payment that was under way. */
export type SettlementOutcome =
  /** The money arrived. */
  | 'SUCCEEDED'
  /** It did not: its invoices are owed as before. */
  | 'FAILED';

/** What became of a payment that was under way. */
export type SettlePaymentInput = {
  /** The payment, which is PENDING. */
  readonly paymentId: Scalars['ID']['input'];
  /** Whether the money arrived. */
  readonly outcome: SettlementOutcome;
  /** When it arrived or failed: it is received on that day, in the time zone of the legal entity. DATE_ORDER for a day that is still to come, and before the books of the legal entity begin. */
  readonly settledAt: Scalars['DateTime']['input'];
  /** What the processor kept of it, in the payment's currency; nothing where it is not given. */
  readonly fee?: InputMaybe<MoneyInput>;
  /** Code of why it failed, as the bank or processor gives it: `insufficient_funds`. */
  readonly failureCode?: InputMaybe<Scalars['String']['input']>;
  /** The same in words. */
  readonly failureMessage?: InputMaybe<Scalars['String']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of settling a payment. */
export type SettlePaymentPayload = {
  /** The payment; null where nothing was started. */
  readonly payment: Maybe<Payment>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a payment processor paid out to us. */
export type RecordPayoutInput = {
  /** The company of ours whose money it is. */
  readonly legalEntityId: Scalars['ID']['input'];
  /** What came to the bank, net of fees, refunds and disputes; negative where the processor took money back. */
  readonly amount: MoneyInput;
  /** The day on which the bank booked it; DATE_ORDER for a day that is still to come, and before 2000. */
  readonly paidOn: Scalars['Date']['input'];
  /** Under which the bank has it: it is posted once, whatever key it is told under. */
  readonly reference: Scalars['String']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of recording a payout. */
export type RecordPayoutPayload = {
  /** The entry of the books; null while there is none. */
  readonly entry: Maybe<JournalEntry>;
  /** What that left in clearing in the payout's currency: zero once all that was received is at the bank. */
  readonly inClearing: Maybe<Money>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A contract of which all that fell due before today is to be billed. */
export type BillContractInput = {
  /** The contract, as CRM knows it. */
  readonly contractId: Scalars['ID']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of billing a contract. */
export type BillContractPayload = {
  /** The contract. */
  readonly contract: Maybe<Contract>;
  /** The invoice; null while it is not issued, and where a change of the contract had billed all of it. */
  readonly invoice: Maybe<Invoice>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A month of which the use of a subscription is to be billed. */
export type BillUsageInput = {
  /** The subscription, as billing knows it. */
  readonly subscriptionId: Scalars['ID']['input'];
  /** A month that is over where the company of ours is that bills it. */
  readonly month: Scalars['YearMonth']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of billing use. */
export type BillUsagePayload = {
  /** The invoice; null while it is not issued. */
  readonly invoice: Maybe<Invoice>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What an outside system calls a customer. */
export type CustomerReferenceInput = {
  /** The system: `salesforce`, `stripe`, `netsuite`. */
  readonly system: Scalars['String']['input'];
  /** Which one, where there are several. */
  readonly instance?: Scalars['String']['input'];
  /** What kind of object it is there. */
  readonly objectType?: Scalars['String']['input'];
  /** Its id there. */
  readonly externalId: Scalars['String']['input'];
  /** Where a person can see it. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

/** A tax registration, as printed on invoices. */
export type TaxIdInput = {
  /** Kind of registration: `eu_vat`, `us_ein`, `jp_trn`. */
  readonly type: Scalars['String']['input'];
  /** The number itself. */
  readonly value: Scalars['String']['input'];
};

/** Where a customer is billed. */
export type AddressInput = {
  /** Street and number. */
  readonly line1?: InputMaybe<Scalars['String']['input']>;
  /** City or locality. */
  readonly city?: InputMaybe<Scalars['String']['input']>;
  /** Postal code. */
  readonly postalCode?: InputMaybe<Scalars['String']['input']>;
  /** State, province or prefecture code. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** Country code of ISO 3166-1 alpha-2. */
  readonly country?: InputMaybe<Scalars['String']['input']>;
};

/** A person at our company who answers for a customer. */
export type PersonInput = {
  /** Full name. */
  readonly name: Scalars['String']['input'];
  /** E-mail address. */
  readonly email: Scalars['String']['input'];
};

/** What a customer is to us. */
export type CustomerRelation =
  /** Nothing was sold yet. */
  | 'PROSPECT'
  /** It buys from us. */
  | 'ACTIVE'
  /** It does not buy any more. */
  | 'INACTIVE';

/** Size class by which sales and pricing treat a customer. */
export type CustomerSegment =
  /** Small business. */
  | 'SMALL_BUSINESS'
  /** Mid-sized business. */
  | 'MID_MARKET'
  /** Large business with negotiated terms. */
  | 'ENTERPRISE';

/** What a system states of a customer. What is not given it does not know, and nothing of that is forgotten. */
export type UpsertCustomerInput = {
  /** What systems call it, at most 20. It is the customer that any of them calls so already. */
  readonly externalRefs: ReadonlyArray<CustomerReferenceInput>;
  /** Name in daily use. */
  readonly name: Scalars['String']['input'];
  /** Registered name, as on contracts and invoices. */
  readonly legalName?: InputMaybe<Scalars['String']['input']>;
  /** What it is to us from now on; a new customer is a prospect where it is not given. */
  readonly status?: InputMaybe<CustomerRelation>;
  /** Main e-mail address for billing. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** Internet domain of the company. */
  readonly domain?: InputMaybe<Scalars['String']['input']>;
  /** Tax registrations, at most 20. Where no system calls a customer so, it is the one with such a registration. */
  readonly taxIds?: ReadonlyArray<TaxIdInput>;
  /** Billing address. */
  readonly address?: InputMaybe<AddressInput>;
  /** Sales region: `AMER`, `EMEA`, `APAC`. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** Size class. */
  readonly segment?: InputMaybe<CustomerSegment>;
  /** Who answers for this customer. */
  readonly owner?: InputMaybe<PersonInput>;
  /** Currency in which the customer is billed unless a document says otherwise. */
  readonly currency: Scalars['CurrencyCode']['input'];
  /** The company of ours that it deals with: its account there is opened. None is where it is not given. */
  readonly legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of stating a customer. */
export type UpsertCustomerPayload = {
  /** The customer; null while it is not kept. */
  readonly customer: Maybe<Customer>;
  /** What was stated and is not taken, since another system masters the field: for a person to ACCEPT or REJECT where the model has it proposed, otherwise REJECTED_NOT_MASTER; one a field. What was decided before about the same stays RESOLVED. */
  readonly heldBack: ReadonlyArray<Exception>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Two records of one customer. */
export type MergeCustomersInput = {
  /** The one that carries on. */
  readonly survivorId: Scalars['ID']['input'];
  /** The one that was found to be it. */
  readonly mergedId: Scalars['ID']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** A customer that was merged by mistake. */
export type UnmergeCustomersInput = {
  /** The one that was merged into another. */
  readonly mergedId: Scalars['ID']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of merging customers, or of undoing it. */
export type MergeCustomersPayload = {
  /** The customer that carries on; null where nothing was started. */
  readonly survivor: Maybe<Customer>;
  /** The customer that was merged, or is one of its own again; null where nothing was started. */
  readonly merged: Maybe<Customer>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An invoice of which nothing more is expected. */
export type WriteOffInvoiceInput = {
  /** The invoice, which is open. */
  readonly invoiceId: Scalars['ID']['input'];
  /** Why nothing more is expected, 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of a write-off. */
export type WriteOffInvoicePayload = {
  /** The invoice; null where nothing was started. */
  readonly invoice: Maybe<Invoice>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A period to close. */
export type ClosePeriodInput = {
  /** Whose books. */
  readonly legalEntityId: Scalars['ID']['input'];
  /** The month by which the period is named. */
  readonly period: Scalars['YearMonth']['input'];
  /** Who closes it, at most 200 characters; `anonymous` where it is not given. */
  readonly actor?: InputMaybe<Scalars['String']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused or blocked leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of a request to close a period. */
export type ClosePeriodPayload = {
  /** The period as it is now; null where there is none of that name. */
  readonly period: Maybe<AccountingPeriod>;
  /** What keeps it from being closed now, where the close was not begun, was undone or got stuck. */
  readonly blockers: ReadonlyArray<PeriodBlocker>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A month of a legal entity's books. */
export type AccountingPeriod = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
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

/** An invoice of billing. */
export type Invoice = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** A credit note of billing. */
export type CreditNote = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** What becomes of a write by a system that is not the master of the field. */
export type ForeignWrite =
  /** A person decides. */
  | 'PROPOSE'
  /** It is refused with REJECTED_NOT_MASTER. */
  | 'REJECT'
  /** It is taken over by the master, from the systems that are named. */
  | 'MERGE';

/** Kinds of rules that several flows use. */
export type SharedRuleKind =
  /** An approval. */
  | 'GATE'
  /** Which of our companies, tax providers and payment processors a document goes to. */
  | 'ROUTE'
  /** What tax falls due: `schema/rules/taxes.yaml`. */
  | 'TAX'
  /** List prices, as billing has them. */
  | 'PRICE'
  /** Which account a posting goes to, as ERP has it. */
  | 'ACCOUNT'
  /** What the model is made for. */
  | 'LIMIT'
  /** How failed steps are tried again. */
  | 'RETRY'
  /** Who answers for what stopped. */
  | 'EXCEPTION';

/** A workflow model: who masters what, in which order flows take their steps, who has to agree, and who answers for what stopped. */
export type WorkflowModel = {
  /** Its name: `crm-led`. */
  readonly name: Scalars['String']['output'];
  /** Version that its author gave it. */
  readonly version: Scalars['Int']['output'];
  /** Hash of all that it says, with what it includes. */
  readonly hash: Scalars['String']['output'];
  /** Whom it is for. */
  readonly description: Scalars['String']['output'];
  /** What it says, for all of our companies or part by part. */
  readonly parts: ReadonlyArray<ModelPart>;
  /** The rules of the linter that it breaks; empty where it can be activated. */
  readonly findings: ReadonlyArray<ModelFinding>;
};

/** What a model says for some of our companies. */
export type ModelPart = {
  /** Codes of the companies; null for all. */
  readonly legalEntityCodes: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Name of the model that holds for them. */
  readonly model: Scalars['String']['output'];
  /** Who masters what. A rule that names a field counts before one for all fields of its object. */
  readonly masters: ReadonlyArray<ModelMaster>;
  /** The flows of the model, each with its steps in order. */
  readonly flows: ReadonlyArray<ModelFlow>;
  /** The rules that flows share, each with the flows that use it: a change of the rule changes all of them. */
  readonly rules: ReadonlyArray<SharedRuleUse>;
  /** Who answers for each class of exception. */
  readonly exceptions: ReadonlyArray<ModelException>;
  /** All of it as data: markets, routes, gates with their bands, limits, retry policy. */
  readonly content: Scalars['JSON']['output'];
};

/** Who masters fields of objects. */
export type ModelMaster = {
  /** Objects, as events name them: `customer`. */
  readonly objects: ReadonlyArray<Scalars['String']['output']>;
  /** Their fields; null for all that no other rule names. */
  readonly fields: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The system whose write counts. */
  readonly master: BusinessSystem;
  /** What becomes of another system's write. */
  readonly foreign: ForeignWrite;
  /** The systems whose writes are merged. */
  readonly mergedFrom: ReadonlyArray<BusinessSystem>;
};

/** A flow under a model. */
export type ModelFlow = {
  /** Its name, that of the mutation: `closeOpportunity`. */
  readonly name: Scalars['String']['output'];
  /** Its steps in order; empty where no code has it yet. */
  readonly steps: ReadonlyArray<ModelStep>;
  /** The gates in it. */
  readonly gates: ReadonlyArray<ModelGatePlace>;
};

/** A step of a flow. */
export type ModelStep = {
  /** Its name in the flow. */
  readonly name: Scalars['String']['output'];
  /** Where it works. */
  readonly system: BusinessSystem;
  /** What it does. */
  readonly kind: StepKind;
};

/** Where an approval stands in a flow. */
export type ModelGatePlace = {
  /** Name of the gate. */
  readonly gate: Scalars['String']['output'];
  /** The step that waits for it; null for the first one. */
  readonly before: Maybe<Scalars['String']['output']>;
};

/** A rule that flows share. */
export type SharedRuleUse = {
  /** What kind of rule it is. */
  readonly kind: SharedRuleKind;
  /** Its name in the model, or that of the set of rules. */
  readonly name: Scalars['String']['output'];
  /** The flows that use it. */
  readonly flows: ReadonlyArray<Scalars['String']['output']>;
};

/** Who answers for a class of exceptions. */
export type ModelException = {
  /** The class: `OUTCOME_UNKNOWN`. */
  readonly class: Scalars['String']['output'];
  /** Who has to look at it. */
  readonly owner: RuleOwner;
  /** Hours until it must be resolved. */
  readonly deadlineHours: Scalars['Int']['output'];
  /** Who has it after the deadline. */
  readonly escalateTo: RuleOwner;
};

/** A rule that a model breaks. */
export type ModelFinding = {
  /** The rule: FORM where the text has not the form of a model, otherwise a rule of the linter such as WRITE_CYCLE. */
  readonly rule: Scalars['String']['output'];
  /** Where in the model: `flows.closeOpportunity.steps.3`; empty for the whole. */
  readonly path: Scalars['String']['output'];
  /** Line of the text; null where a rule is about more than one. */
  readonly line: Maybe<Scalars['Int']['output']>;
  /** What is wrong, or what was expected. */
  readonly message: Scalars['String']['output'];
};

/** What is wrong with the text of a model. */
export type ModelValidation = {
  /** Whether it could be activated. */
  readonly isValid: Scalars['Boolean']['output'];
  /** All that is wrong with it. */
  readonly findings: ReadonlyArray<ModelFinding>;
  /** The model, where the text has the form of one. */
  readonly model: Maybe<WorkflowModel>;
};

/** That a model holds for new workflows. */
export type ModelActivation = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
  /** Name of the model. */
  readonly model: Scalars['String']['output'];
  /** Version that its author gave it. */
  readonly modelVersion: Scalars['Int']['output'];
  /** Hash of all that it said when it was activated; this content is kept. */
  readonly hash: Scalars['String']['output'];
  /** The company for which it holds; null for all that have no activation of their own. */
  readonly legalEntity: Maybe<LegalEntity>;
  /** From when on. */
  readonly since: Scalars['DateTime']['output'];
  /** Who decided it. */
  readonly actor: Scalars['String']['output'];
  /** Why it was activated. */
  readonly reason: Scalars['String']['output'];
};

/** Which model to activate, for whom, and why. */
export type ActivateModelInput = {
  /** Name of a model of `workflowModels`, or of the one in `source`. */
  readonly model: Scalars['String']['input'];
  /** Text of the model, where it is none of `workflowModels` or changes one of them. */
  readonly source?: InputMaybe<Scalars['String']['input']>;
  /** The company for which it shall hold; all that have no activation of their own, where it is not given. */
  readonly legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** Who decides, 1 to 200 characters. */
  readonly actor: Scalars['String']['input'];
  /** Why, 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the first answer. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of an activation. */
export type ActivateModelPayload = {
  /** The activation; null where it was refused. */
  readonly activation: Maybe<ModelActivation>;
  /** The rules that the model breaks. */
  readonly findings: ReadonlyArray<ModelFinding>;
  /** Whether this is the answer to an earlier request with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Everything that is wrong with the request. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What a company is like, as far as it chooses a model. What is not given is counted in the store. */
export type ModelFactsInput = {
  /** Our companies that sell. */
  readonly legalEntities?: InputMaybe<Scalars['Int']['input']>;
  /** Most usage-based lines of one subscription. */
  readonly usageLines?: InputMaybe<Scalars['Int']['input']>;
  /** Percent of subscriptions with a usage-based line, 0 to 100. */
  readonly usagePercent?: InputMaybe<Scalars['Int']['input']>;
  /** Most amendments of one contract. */
  readonly amendments?: InputMaybe<Scalars['Int']['input']>;
  /** Percent of customers whose deals accounting has to look at, 0 to 100: those on credit hold or with a credit limit. */
  readonly erpApprovalPercent?: InputMaybe<Scalars['Int']['input']>;
};

/** What a company is like. */
export type ModelFacts = {
  /** Our companies that sell. */
  readonly legalEntities: Scalars['Int']['output'];
  /** Most usage-based lines of one subscription. */
  readonly usageLines: Scalars['Int']['output'];
  /** Percent of subscriptions with a usage-based line, rounded down. */
  readonly usagePercent: Scalars['Int']['output'];
  /** Most amendments of one contract. */
  readonly amendments: Scalars['Int']['output'];
  /** Percent of customers whose deals accounting has to look at, rounded down. */
  readonly erpApprovalPercent: Scalars['Int']['output'];
};

/** A model that suits a company. */
export type ModelRecommendation = {
  /** Name of the model. */
  readonly model: Scalars['String']['output'];
  /** Why this one. */
  readonly reasons: ReadonlyArray<Scalars['String']['output']>;
  /** Why not each of the others. */
  readonly others: ReadonlyArray<RejectedModel>;
  /** What the recommendation rests on. */
  readonly facts: ModelFacts;
};

/** A model that was not recommended. */
export type RejectedModel = {
  /** Name of the model. */
  readonly model: Scalars['String']['output'];
  /** What speaks against it. A limit that is exceeded begins with OUTGROWN. */
  readonly reasons: ReadonlyArray<Scalars['String']['output']>;
};

/** What a route leads to. */
export type RouteTarget =
  /** One of our companies, by its code. */
  | 'LEGAL_ENTITY'
  /** A tax provider. */
  | 'TAX'
  /** A payment processor. */
  | 'PAYMENT'
  /** The systems that are told of an event. */
  | 'EVENT';

/** What is routed: an event by its type, a document by its id, or a place. */
export type ExplainRouteInput = {
  /** What the route leads to. */
  readonly target: RouteTarget;
  /** Type of the event, for EVENT: `revgraph.billing.invoice.issued.v1`. */
  readonly eventType?: InputMaybe<Scalars['String']['input']>;
  /** An invoice, of which place, day and company are taken. */
  readonly invoiceId?: InputMaybe<Scalars['ID']['input']>;
  /** Country of the customer, of ISO 3166-1 alpha-2; not with an invoice. */
  readonly country?: InputMaybe<Scalars['String']['input']>;
  /** State or prefecture of the customer. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** Day of the document; today where it is not given. */
  readonly date?: InputMaybe<Scalars['Date']['input']>;
  /** The company that sells; where it is not given, that to which LEGAL_ENTITY leads. Of an event, the company that it is about. */
  readonly legalEntityId?: InputMaybe<Scalars['ID']['input']>;
};

/** Where something is sent to, and why. */
export type RouteExplanation = {
  /** The model by whose rules it is: `crm-led`. */
  readonly model: Scalars['String']['output'];
  /** Where it is sent to: one for a document, one or more for an event; empty where no rule holds. */
  readonly targets: ReadonlyArray<RoutedTarget>;
  /** Every rule that was looked at, in order; for an event, those that are about it. */
  readonly steps: ReadonlyArray<RouteStep>;
  /** ROUTE_MISSING where no rule holds: nothing stands in for it. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A target, with the rule that leads there. */
export type RoutedTarget = {
  /** Code of a company, name of a provider or processor, or a system. */
  readonly target: Scalars['String']['output'];
  /** Name of the rule. */
  readonly rule: Scalars['String']['output'];
};

/** A rule that was looked at. */
export type RouteStep = {
  /** Name of the rule. */
  readonly rule: Scalars['String']['output'];
  /** Where it leads to. */
  readonly target: Scalars['String']['output'];
  /** Whether it was taken. */
  readonly isTaken: Scalars['Boolean']['output'];
  /** Why it was not; null where it was. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** A write to a field. */
export type ExplainWriteInput = {
  /** Object, as events name it: `price`. */
  readonly object: Scalars['String']['input'];
  /** Field of the object: `unitAmount`. */
  readonly field: Scalars['String']['input'];
  /** Who writes. */
  readonly writer: BusinessSystem;
  /** The company under whose model it is; where it is not given, the model for all. */
  readonly legalEntityId?: InputMaybe<Scalars['ID']['input']>;
};

/** What becomes of a write. */
export type WriteDecision =
  /** The master wrote. */
  | 'ACCEPT'
  /** A person decides. */
  | 'PROPOSE'
  /** The master takes it over. */
  | 'MERGE'
  /** It is refused. */
  | 'REJECT';

/** What becomes of a write, and why. */
export type WriteExplanation = {
  /** The model by whose rules it is. */
  readonly model: Scalars['String']['output'];
  /** What becomes of it. */
  readonly decision: WriteDecision;
  /** Who masters the field; null where nobody does. */
  readonly master: Maybe<BusinessSystem>;
  /** REJECTED_NOT_MASTER where it is refused. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Whether a customer can be sold to. */
export type AccountValidation = {
  /** The customer. */
  readonly customer: Customer;
  /** Whether nothing stands in the way. */
  readonly isValid: Scalars['Boolean']['output'];
  /** Code of our company that sells there; null where none does. */
  readonly legalEntityCode: Maybe<Scalars['String']['output']>;
  /** What was found, errors first. */
  readonly findings: ReadonlyArray<AccountFinding>;
};

/** What stands in the way of a sale, or may. */
export type AccountFinding = {
  /** Which rule found it. */
  readonly code: AccountFindingCode;
  /** How bad it is. */
  readonly severity: FindingSeverity;
  /** Where it is to be mended. */
  readonly system: BusinessSystem;
  /** What is wrong, for people. */
  readonly message: Scalars['String']['output'];
};

/** What can be wrong with an account. */
export type AccountFindingCode =
  /** Another customer has taken its place. */
  | 'CUSTOMER_MERGED'
  /** It is no longer a customer. */
  | 'CUSTOMER_INACTIVE'
  /** The country of the customer is not known. */
  | 'ADDRESS_MISSING'
  /** None of our companies sells in the country. */
  | 'ROUTE_MISSING'
  /** An invoice names its customer by the legal name. */
  | 'LEGAL_NAME_MISSING'
  /** The customer owes the tax itself, and is not registered for it. */
  | 'TAX_ID_MISSING'
  /** Accounting stopped the credit. */
  | 'CREDIT_HOLD';

/** How bad a finding is. */
export type FindingSeverity =
  /** It stands in the way. */
  | 'ERROR'
  /** A gate or a later step takes care of it. */
  | 'WARNING';

/** What is priced. */
export type PriceLookupInput = {
  /** Global id of the product. */
  readonly productId: Scalars['ID']['input'];
  /** Currency of the price. */
  readonly currency: Scalars['CurrencyCode']['input'];
  /** How often the price is due; once, where it is not given. */
  readonly interval?: InputMaybe<PriceIntervalInput>;
  /** Exact quantity, 0 or more; 1 where it is not given. */
  readonly quantity?: InputMaybe<Scalars['Decimal']['input']>;
  /** Whether the quantity is measured afterwards; not, where it is not given. */
  readonly isMetered?: InputMaybe<Scalars['Boolean']['input']>;
};

/** How often a price is due. */
export type PriceIntervalInput = {
  /** Unit of the interval. */
  readonly unit: PriceIntervalUnit;
  /** How many units, 1 or more. */
  readonly count: Scalars['Int']['input'];
};

/** Units of an interval. */
export type PriceIntervalUnit =
  /** Calendar day. */
  | 'DAY'
  /** Seven days. */
  | 'WEEK'
  /** Calendar month. */
  | 'MONTH'
  /** Calendar year, twelve months. */
  | 'YEAR';

/** A price, and what a quantity costs by it. */
export type PriceLookup = {
  /** The price; null where there is none, or several. */
  readonly price: Maybe<Price>;
  /** What the quantity costs for one interval, before tax, rounded half away from zero. */
  readonly amount: Maybe<Money>;
  /** The rule by which the price was found. */
  readonly rule: Maybe<Scalars['String']['output']>;
  /** Why there is no price: PRICE_MISSING, RULES_AMBIGUOUS, STATUS_FORBIDS, REFERENCE_MISSING, QUANTITY_INVALID. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What is taxed, and where: for a customer, or for a place. */
export type QuoteTaxInput = {
  /** The customer, whose address is the place. */
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
  /** The place, where there is no customer. */
  readonly place?: InputMaybe<TaxPlaceInput>;
  /** The company that sells; where it is not given, that to which the route leads. */
  readonly legalEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** Day on which the tax falls due; today where it is not given. */
  readonly date?: InputMaybe<Scalars['Date']['input']>;
  /** Currency of the amounts. */
  readonly currency: Scalars['CurrencyCode']['input'];
  /** What is sold, at most 200 lines. */
  readonly lines: ReadonlyArray<TaxableLineInput>;
};

/** Where something is taxed. */
export type TaxPlaceInput = {
  /** Country of ISO 3166-1 alpha-2. */
  readonly country: Scalars['String']['input'];
  /** State or prefecture, by its code. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** City, as addresses write it. */
  readonly city?: InputMaybe<Scalars['String']['input']>;
};

/** A line that is taxed: by its product or by a tax code. */
export type TaxableLineInput = {
  /** The product, whose tax code counts. */
  readonly productId?: InputMaybe<Scalars['ID']['input']>;
  /** The tax code, where there is no product. */
  readonly taxCode?: InputMaybe<Scalars['String']['input']>;
  /** Amount before tax in major units; negative for a credit. */
  readonly net: Scalars['Decimal']['input'];
};

/** What tax falls due, and by which rules. */
export type TaxQuote = {
  /** Who reckoned it; null where nobody could. */
  readonly provider: Maybe<Scalars['String']['output']>;
  /** Whether the provider did not answer and its declared fallback reckoned instead. */
  readonly isFallback: Scalars['Boolean']['output'];
  /** Name of the route that leads to the provider. */
  readonly route: Maybe<Scalars['String']['output']>;
  /** All of the tax; null where nobody could reckon it, which is not zero. */
  readonly tax: Maybe<Money>;
  /** One a jurisdiction and rate, rounded once each. */
  readonly taxes: ReadonlyArray<QuotedTax>;
  /** Where nothing is charged, and why. */
  readonly exemptions: ReadonlyArray<TaxExemption>;
  /** Why there is no quote: ROUTE_MISSING, TAX_RULE_MISSING, TAX_CODE_MISSING, TAX_UNAVAILABLE, RULES_AMBIGUOUS, REFERENCE_MISSING. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A tax of one jurisdiction. */
export type QuotedTax = {
  /** Who levies it. */
  readonly jurisdiction: Scalars['String']['output'];
  /** Percent, an exact decimal. */
  readonly rate: Scalars['Decimal']['output'];
  /** What it is levied on. */
  readonly taxable: Money;
  /** The tax, rounded half away from zero. */
  readonly amount: Money;
  /** Name of the rule that says so. */
  readonly rule: Scalars['String']['output'];
};

/** That nothing is charged. */
export type TaxExemption = {
  /** Who levies nothing. */
  readonly jurisdiction: Scalars['String']['output'];
  /** Why nothing is charged. */
  readonly reason: Scalars['String']['output'];
  /** Name of the rule that says so. */
  readonly rule: Scalars['String']['output'];
};

/** A document as far as it is known before it belongs to one of our companies. */
export type EnrichDocumentInput = {
  /** The customer; where the customer is billed decides. */
  readonly customerId: Scalars['ID']['input'];
  /** Day of the document; today where it is not given. */
  readonly date?: InputMaybe<Scalars['Date']['input']>;
  /** What is sold, at most 200 products. */
  readonly productIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** What the rules add to a document. */
export type DocumentEnrichment = {
  /** Code of our company; null where anything is missing, as the rest. */
  readonly legalEntity: Maybe<RuledValue>;
  /** Currency of its books. */
  readonly currency: Maybe<RuledValue>;
  /** Who reckons its tax. */
  readonly taxProvider: Maybe<RuledValue>;
  /** Who takes its payment. */
  readonly paymentProcessor: Maybe<RuledValue>;
  /** For each product, in the order of the request. */
  readonly lines: ReadonlyArray<EnrichedLine>;
  /** All that no rule gives: nothing is made up. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A value, and the rule that gave it. */
export type RuledValue = {
  /** The value. */
  readonly value: Scalars['String']['output'];
  /** The rule, by its name or in words. */
  readonly rule: Scalars['String']['output'];
};

/** What the rules add to a line. */
export type EnrichedLine = {
  /** The product. */
  readonly product: Product;
  /** Its tax code. */
  readonly taxCode: RuledValue;
  /** Number of the account to which its revenue goes. */
  readonly revenueAccount: RuledValue;
};

/** Whether a product can be published. */
export type ProductCheck = {
  /** The product. */
  readonly product: Product;
  /** Whether it can be. */
  readonly isPublishable: Scalars['Boolean']['output'];
  /** What is missing, naming the product: MAPPING_MISSING, TAX_CODE_MISSING, TAX_RULE_MISSING, PRICE_MISSING. */
  readonly userErrors: ReadonlyArray<UserError>;
};

export type LegalEntity = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

/** A deal that was won. */
export type CloseOpportunityInput = {
  /** The opportunity, which is open. */
  readonly opportunityId: Scalars['ID']['input'];
  /** The day on which the customer agreed: the contract is signed and begins then, unless it was drafted with other dates. DATE_ORDER for a day that is still to come, and before the books of the legal entity begin. */
  readonly closedOn: Scalars['Date']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of closing a deal. */
export type CloseOpportunityPayload = {
  /** The deal, as it is now; null where nothing was started. */
  readonly opportunity: Maybe<Opportunity>;
  /** The contract that was signed; null while it is not. */
  readonly contract: Maybe<Contract>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An opportunity of CRM. */
export type Opportunity = {
  /** Opaque global id. */
  readonly id: Scalars['ID']['output'];
};

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

/** A change of a contract that was previewed. */
export type AmendContractInput = {
  /** The contract that it changes. */
  readonly contractId: Scalars['ID']['input'];
  /** First day on which the changes hold; for a renewal the day on which the term ends. */
  readonly effectiveDate: Scalars['Date']['input'];
  /** What changes, one after the other: 1 to 50, as they were previewed. */
  readonly changes: ReadonlyArray<AmendmentChange>;
  /** What `previewAmendment` told of them: refused with PREVIEW_OUTDATED where that does not hold any more. */
  readonly previewHash: Scalars['String']['input'];
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** The next term of a contract. */
export type RenewContractInput = {
  /** The contract. */
  readonly contractId: Scalars['ID']['input'];
  /** First day after the next term, which is as long as the last one where it is not given. */
  readonly endDate?: InputMaybe<Scalars['Date']['input']>;
  /** Percent by which prices rise; negative where they fall. */
  readonly uplift?: Scalars['Decimal']['input'];
  /** What the preview told: refused with PREVIEW_OUTDATED where that does not hold any more. Without it the change is made as it comes to when it is accepted. */
  readonly previewHash?: InputMaybe<Scalars['String']['input']>;
  /** Why, as it is printed on credit notes. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** From when on a contract stands still. */
export type SuspendContractInput = {
  /** The contract. */
  readonly contractId: Scalars['ID']['input'];
  /** First day on which it holds. */
  readonly effectiveDate: Scalars['Date']['input'];
  /** What the preview told: refused with PREVIEW_OUTDATED where that does not hold any more. Without it the change is made as it comes to when it is accepted. */
  readonly previewHash?: InputMaybe<Scalars['String']['input']>;
  /** Why, as it is printed on credit notes. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** From when on a suspended contract goes on. */
export type ResumeContractInput = {
  /** The contract. */
  readonly contractId: Scalars['ID']['input'];
  /** First day on which it holds. */
  readonly effectiveDate: Scalars['Date']['input'];
  /** Whether the term ends as many days later as the contract stood still. */
  readonly extendsTerm?: Scalars['Boolean']['input'];
  /** What the preview told: refused with PREVIEW_OUTDATED where that does not hold any more. Without it the change is made as it comes to when it is accepted. */
  readonly previewHash?: InputMaybe<Scalars['String']['input']>;
  /** Why, as it is printed on credit notes. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** When a contract ends early. */
export type CancelContractInput = {
  /** The contract. */
  readonly contractId: Scalars['ID']['input'];
  /** First day without the contract. */
  readonly effectiveDate: Scalars['Date']['input'];
  /** Whether the billing period that runs on that day is delivered and paid to its end. */
  readonly atEndOfPeriod?: Scalars['Boolean']['input'];
  /** What the preview told: refused with PREVIEW_OUTDATED where that does not hold any more. Without it the change is made as it comes to when it is accepted. */
  readonly previewHash?: InputMaybe<Scalars['String']['input']>;
  /** Why, as it is printed on credit notes. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** To whom a contract goes. */
export type TransferContractInput = {
  /** The contract. */
  readonly contractId: Scalars['ID']['input'];
  /** First day on which it holds. */
  readonly effectiveDate: Scalars['Date']['input'];
  /** The customer who gets what is left. */
  readonly customerId: Scalars['ID']['input'];
  /** What the preview told: refused with PREVIEW_OUTDATED where that does not hold any more. Without it the change is made as it comes to when it is accepted. */
  readonly previewHash?: InputMaybe<Scalars['String']['input']>;
  /** Why, as it is printed on credit notes. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Chosen by the caller, 1 to 255 characters: the same key and input again get the same workflow, as it is then. Another input or mutation under the key fails with IDEMPOTENCY_KEY_REUSED. What is refused leaves the key free. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of a change of a contract. */
export type AmendContractPayload = {
  /** The contract, as it is now; null where nothing was started. */
  readonly contract: Maybe<Contract>;
  /** The contract that continues it, for a renewal or a transfer; null for all else, and while it is not made. */
  readonly successor: Maybe<Contract>;
  /** The invoice that sets right what was billed; null where there is none. For a renewal or a transfer, that of the contract that continues it. */
  readonly invoice: Maybe<Invoice>;
  /** The credit note, where more goes back than is charged; the first where several invoices give back. */
  readonly creditNote: Maybe<CreditNote>;
  /** The workflow, as it is now; null where nothing was started. */
  readonly workflow: Maybe<Workflow>;
  /** Whether it had been asked for before under the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Why nothing was started, or why it was undone; empty while all goes well. */
  readonly userErrors: ReadonlyArray<UserError>;
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
  Contract: Contract;
  Workflow: Workflow;
  Exception: Exception;
  Approval: Approval;
  Customer: Customer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  ProcessHealth:
    ( { __typename: 'ProcessHealth' }
    & GraphQLRecursivePick<FederationTypes['ProcessHealth'], {"id":true}> );
  Contract:
    ( { __typename: 'Contract' }
    & GraphQLRecursivePick<FederationTypes['Contract'], {"id":true}> );
  Workflow:
    ( { __typename: 'Workflow' }
    & GraphQLRecursivePick<FederationTypes['Workflow'], {"id":true}> );
  Exception:
    ( { __typename: 'Exception' }
    & GraphQLRecursivePick<FederationTypes['Exception'], {"id":true}> );
  Approval:
    ( { __typename: 'Approval' }
    & GraphQLRecursivePick<FederationTypes['Approval'], {"id":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ReconciledRecord:
    | ( CustomerParent )
    | ( ContractParent )
    | ( Product )
    | ( Price )
    | ( BillingSubscription )
    | ( Invoice )
    | ( CreditNote )
    | ( Payment )
    | ( Refund )
    | ( Dispute )
    | ( JournalEntry )
    | ( RevenueSchedule )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( WorkflowParent )
    | ( ExceptionParent )
    | ( ApprovalParent )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  YearMonth: ResolverTypeWrapper<Scalars['YearMonth']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Money: ResolverTypeWrapper<MoneyParent>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  WorkflowProgress: ResolverTypeWrapper<WorkflowProgressParent>;
  EventType: ResolverTypeWrapper<EventType>;
  ReplayMode: ReplayMode;
  ReplayStatus: ReplayStatus;
  ExportViewInput: ExportViewInput;
  ExportFormat: ExportFormat;
  ExportViewPayload: ResolverTypeWrapper<ExportViewPayloadParent>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Export: ResolverTypeWrapper<ExportParent>;
  ExportStatus: ExportStatus;
  ProcessHealth: ResolverTypeWrapper<ProcessHealthParent>;
  DealStageHealth: ResolverTypeWrapper<Omit<DealStageHealth, 'totals'> & { totals: ReadonlyArray<ResolversTypes['Money']> }>;
  DealStage: DealStage;
  DurationSummary: ResolverTypeWrapper<DurationSummaryParent>;
  LateInvoices: ResolverTypeWrapper<LateInvoicesParent>;
  LateInvoice: ResolverTypeWrapper<LateInvoiceParent>;
  StuckWorkflows: ResolverTypeWrapper<StuckWorkflowsParent>;
  StuckWorkflowCount: ResolverTypeWrapper<StuckWorkflowCount>;
  StuckWorkflow: ResolverTypeWrapper<StuckWorkflowParent>;
  GateWait: ResolverTypeWrapper<GateWaitParent>;
  FailedTransactions: ResolverTypeWrapper<Omit<FailedTransactions, 'moneyAtRisk'> & { moneyAtRisk: ReadonlyArray<ResolversTypes['Money']> }>;
  FailureClass: FailureClass;
  MessageLatency: ResolverTypeWrapper<Omit<MessageLatency, 'sources'> & { sources: ReadonlyArray<ResolversTypes['SourceLatency']> }>;
  SourceLatency: ResolverTypeWrapper<Omit<SourceLatency, 'publishSeconds'> & { publishSeconds: ResolversTypes['DurationSummary'] }>;
  ConsumerLatency: ResolverTypeWrapper<ConsumerLatency>;
  RevenueLeakage: ResolverTypeWrapper<RevenueLeakageParent>;
  RevenueLeak: ResolverTypeWrapper<RevenueLeakParent>;
  RevenueLeakKind: RevenueLeakKind;
  UnratedUsage: ResolverTypeWrapper<UnratedUsageParent>;
  Reconciliation: ResolverTypeWrapper<ReconciliationParent>;
  ReconciliationProgress: ResolverTypeWrapper<ReconciliationProgressParent>;
  BreakGroup: ResolverTypeWrapper<BreakGroupParent>;
  ReconciliationRun: ResolverTypeWrapper<ReconciliationRunParent>;
  BreakChange: ResolverTypeWrapper<BreakChangeParent>;
  ReconciliationRunConnection: ResolverTypeWrapper<ReconciliationRunConnectionParent>;
  ReconciliationRunEdge: ResolverTypeWrapper<Omit<ReconciliationRunEdge, 'node'> & { node: ResolversTypes['ReconciliationRun'] }>;
  ReconciliationCheck: ResolverTypeWrapper<ReconciliationCheckParent>;
  ReconciliationRule: ReconciliationRule;
  ReconciliationStatus: ReconciliationStatus;
  ReconciledSystem: ReconciledSystem;
  BreakOwner: BreakOwner;
  BreakCause: BreakCause;
  ReconciliationBreak: ResolverTypeWrapper<ReconciliationBreakParent>;
  ReconciledValue: ResolverTypeWrapper<Omit<ReconciledValue, 'value'> & { value?: Maybe<ResolversTypes['Money']> }>;
  ReconciledRecord: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReconciledRecord']>;
  Contract: ResolverTypeWrapper<ContractParent>;
  ContractAgreement: ResolverTypeWrapper<ContractAgreementParent>;
  Product: ResolverTypeWrapper<Product>;
  Price: ResolverTypeWrapper<Price>;
  BillingSubscription: ResolverTypeWrapper<BillingSubscription>;
  Refund: ResolverTypeWrapper<Refund>;
  Dispute: ResolverTypeWrapper<Dispute>;
  JournalEntry: ResolverTypeWrapper<JournalEntry>;
  RevenueSchedule: ResolverTypeWrapper<RevenueSchedule>;
  ReplayEventsInput: ReplayEventsInput;
  CancelReplayInput: CancelReplayInput;
  ReplayEventsPayload: ResolverTypeWrapper<ReplayEventsPayloadParent>;
  Replay: ResolverTypeWrapper<ReplayParent>;
  ReplayConsumer: ResolverTypeWrapper<ReplayConsumer>;
  ProjectionDiff: ResolverTypeWrapper<ProjectionDiff>;
  EventFilter: EventFilter;
  EventPage: ResolverTypeWrapper<Omit<EventPage, 'nodes'> & { nodes: ReadonlyArray<ResolversTypes['Event']> }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Event: ResolverTypeWrapper<EventParent>;
  OrderDirection: OrderDirection;
  IdFilter: IdFilter;
  WebhookEndpoint: ResolverTypeWrapper<WebhookEndpointParent>;
  EventTarget: EventTarget;
  WebhookEndpointStatus: WebhookEndpointStatus;
  WebhookDelivery: ResolverTypeWrapper<WebhookDeliveryParent>;
  WebhookDeliveryStatus: WebhookDeliveryStatus;
  WebhookAttempt: ResolverTypeWrapper<WebhookAttempt>;
  WebhookDeliveryConnection: ResolverTypeWrapper<WebhookDeliveryConnectionParent>;
  WebhookDeliveryEdge: ResolverTypeWrapper<Omit<WebhookDeliveryEdge, 'node'> & { node: ResolversTypes['WebhookDelivery'] }>;
  WebhookDeliveryStatusFilter: WebhookDeliveryStatusFilter;
  EventTypeFilter: EventTypeFilter;
  WebhookDeliveryFilter: WebhookDeliveryFilter;
  WebhookDeliveryOrderField: WebhookDeliveryOrderField;
  WebhookDeliveryOrder: WebhookDeliveryOrder;
  CreateWebhookEndpointInput: CreateWebhookEndpointInput;
  UpdateWebhookEndpointInput: UpdateWebhookEndpointInput;
  RotateWebhookSecretInput: RotateWebhookSecretInput;
  RecoverWebhookDeliveriesInput: RecoverWebhookDeliveriesInput;
  WebhookRecoveryScope: WebhookRecoveryScope;
  WebhookEndpointPayload: ResolverTypeWrapper<WebhookEndpointPayloadParent>;
  RecoverWebhookDeliveriesPayload: ResolverTypeWrapper<RecoverWebhookDeliveriesPayloadParent>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  BusinessSystem: BusinessSystem;
  StepKind: StepKind;
  StepStatus: StepStatus;
  WorkflowStatus: WorkflowStatus;
  StepError: ResolverTypeWrapper<StepError>;
  WorkflowStep: ResolverTypeWrapper<WorkflowStep>;
  Workflow: ResolverTypeWrapper<WorkflowParent>;
  WorkflowConnection: ResolverTypeWrapper<WorkflowConnectionParent>;
  WorkflowEdge: ResolverTypeWrapper<Omit<WorkflowEdge, 'node'> & { node: ResolversTypes['Workflow'] }>;
  WorkflowStatusFilter: WorkflowStatusFilter;
  NameFilter: NameFilter;
  WorkflowFilter: WorkflowFilter;
  WorkflowOrderField: WorkflowOrderField;
  WorkflowOrder: WorkflowOrder;
  AuditRecord: ResolverTypeWrapper<AuditRecordParent>;
  AuditRecordConnection: ResolverTypeWrapper<AuditRecordConnectionParent>;
  AuditRecordEdge: ResolverTypeWrapper<Omit<AuditRecordEdge, 'node'> & { node: ResolversTypes['AuditRecord'] }>;
  AuditFilter: AuditFilter;
  AuditOrderField: AuditOrderField;
  AuditOrder: AuditOrder;
  ExceptionClass: ExceptionClass;
  ExceptionStatus: ExceptionStatus;
  RuleOwner: RuleOwner;
  ExceptionAction: ExceptionAction;
  ExceptionDecision: ResolverTypeWrapper<ExceptionDecision>;
  Exception: ResolverTypeWrapper<ExceptionParent>;
  InboundWebhook: ResolverTypeWrapper<InboundWebhookParent>;
  Proposal: ResolverTypeWrapper<ProposalParent>;
  ResolveExceptionsInput: ResolveExceptionsInput;
  RefusedException: ResolverTypeWrapper<RefusedExceptionParent>;
  ResolveExceptionsPayload: ResolverTypeWrapper<ResolveExceptionsPayloadParent>;
  PayloadChange: ResolverTypeWrapper<PayloadChangeParent>;
  PayloadEditStatus: PayloadEditStatus;
  PayloadEdit: ResolverTypeWrapper<PayloadEditParent>;
  ApprovalStatus: ApprovalStatus;
  ApprovalKind: ApprovalKind;
  ApprovalDeadline: ApprovalDeadline;
  Approval: ResolverTypeWrapper<ApprovalParent>;
  ApprovalConnection: ResolverTypeWrapper<ApprovalConnectionParent>;
  ApprovalEdge: ResolverTypeWrapper<Omit<ApprovalEdge, 'node'> & { node: ResolversTypes['Approval'] }>;
  ApprovalStatusFilter: ApprovalStatusFilter;
  ApprovalFilter: ApprovalFilter;
  ApprovalOrderField: ApprovalOrderField;
  ApprovalOrder: ApprovalOrder;
  ApprovalDecision: ApprovalDecision;
  DecideApprovalInput: DecideApprovalInput;
  DecideApprovalPayload: ResolverTypeWrapper<DecideApprovalPayloadParent>;
  ExceptionConnection: ResolverTypeWrapper<ExceptionConnectionParent>;
  ExceptionEdge: ResolverTypeWrapper<Omit<ExceptionEdge, 'node'> & { node: ResolversTypes['Exception'] }>;
  ExceptionStatusFilter: ExceptionStatusFilter;
  ExceptionClassFilter: ExceptionClassFilter;
  RuleOwnerFilter: RuleOwnerFilter;
  ExceptionFilter: ExceptionFilter;
  ExceptionOrderField: ExceptionOrderField;
  ExceptionOrder: ExceptionOrder;
  ResolveExceptionInput: ResolveExceptionInput;
  ResolveExceptionPayload: ResolverTypeWrapper<ResolveExceptionPayloadParent>;
  MoneyInput: MoneyInput;
  PaymentMethod: PaymentMethod;
  PaymentAllocationInput: PaymentAllocationInput;
  RecordPaymentInput: RecordPaymentInput;
  RecordPaymentPayload: ResolverTypeWrapper<RecordPaymentPayloadParent>;
  Customer: ResolverTypeWrapper<CustomerParent>;
  Payment: ResolverTypeWrapper<Payment>;
  CreditedLineInput: CreditedLineInput;
  IssueCreditNoteInput: IssueCreditNoteInput;
  IssueCreditNotePayload: ResolverTypeWrapper<IssueCreditNotePayloadParent>;
  RefundPaymentInput: RefundPaymentInput;
  RefundPaymentPayload: ResolverTypeWrapper<RefundPaymentPayloadParent>;
  OpenDisputeInput: OpenDisputeInput;
  OpenDisputePayload: ResolverTypeWrapper<OpenDisputePayloadParent>;
  DisputeOutcome: DisputeOutcome;
  CloseDisputeInput: CloseDisputeInput;
  CloseDisputePayload: ResolverTypeWrapper<CloseDisputePayloadParent>;
  PublishProductInput: PublishProductInput;
  PublishProductPayload: ResolverTypeWrapper<PublishProductPayloadParent>;
  SettlementOutcome: SettlementOutcome;
  SettlePaymentInput: SettlePaymentInput;
  SettlePaymentPayload: ResolverTypeWrapper<SettlePaymentPayloadParent>;
  RecordPayoutInput: RecordPayoutInput;
  RecordPayoutPayload: ResolverTypeWrapper<RecordPayoutPayloadParent>;
  BillContractInput: BillContractInput;
  BillContractPayload: ResolverTypeWrapper<BillContractPayloadParent>;
  BillUsageInput: BillUsageInput;
  BillUsagePayload: ResolverTypeWrapper<BillUsagePayloadParent>;
  CustomerReferenceInput: CustomerReferenceInput;
  TaxIdInput: TaxIdInput;
  AddressInput: AddressInput;
  PersonInput: PersonInput;
  CustomerRelation: CustomerRelation;
  CustomerSegment: CustomerSegment;
  UpsertCustomerInput: UpsertCustomerInput;
  UpsertCustomerPayload: ResolverTypeWrapper<UpsertCustomerPayloadParent>;
  MergeCustomersInput: MergeCustomersInput;
  UnmergeCustomersInput: UnmergeCustomersInput;
  MergeCustomersPayload: ResolverTypeWrapper<MergeCustomersPayloadParent>;
  WriteOffInvoiceInput: WriteOffInvoiceInput;
  WriteOffInvoicePayload: ResolverTypeWrapper<WriteOffInvoicePayloadParent>;
  ClosePeriodInput: ClosePeriodInput;
  ClosePeriodPayload: ResolverTypeWrapper<ClosePeriodPayloadParent>;
  AccountingPeriod: ResolverTypeWrapper<AccountingPeriod>;
  PeriodBlocker: ResolverTypeWrapper<PeriodBlocker>;
  PeriodRule: PeriodRule;
  Invoice: ResolverTypeWrapper<Invoice>;
  CreditNote: ResolverTypeWrapper<CreditNote>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  ForeignWrite: ForeignWrite;
  SharedRuleKind: SharedRuleKind;
  WorkflowModel: ResolverTypeWrapper<WorkflowModelParent>;
  ModelPart: ResolverTypeWrapper<ModelPartParent>;
  ModelMaster: ResolverTypeWrapper<ModelMaster>;
  ModelFlow: ResolverTypeWrapper<ModelFlow>;
  ModelStep: ResolverTypeWrapper<ModelStep>;
  ModelGatePlace: ResolverTypeWrapper<ModelGatePlace>;
  SharedRuleUse: ResolverTypeWrapper<SharedRuleUse>;
  ModelException: ResolverTypeWrapper<ModelException>;
  ModelFinding: ResolverTypeWrapper<ModelFinding>;
  ModelValidation: ResolverTypeWrapper<Omit<ModelValidation, 'model'> & { model?: Maybe<ResolversTypes['WorkflowModel']> }>;
  ModelActivation: ResolverTypeWrapper<ModelActivationParent>;
  ActivateModelInput: ActivateModelInput;
  ActivateModelPayload: ResolverTypeWrapper<ActivateModelPayloadParent>;
  ModelFactsInput: ModelFactsInput;
  ModelFacts: ResolverTypeWrapper<ModelFacts>;
  ModelRecommendation: ResolverTypeWrapper<ModelRecommendation>;
  RejectedModel: ResolverTypeWrapper<RejectedModel>;
  RouteTarget: RouteTarget;
  ExplainRouteInput: ExplainRouteInput;
  RouteExplanation: ResolverTypeWrapper<RouteExplanationParent>;
  RoutedTarget: ResolverTypeWrapper<RoutedTarget>;
  RouteStep: ResolverTypeWrapper<RouteStep>;
  ExplainWriteInput: ExplainWriteInput;
  WriteDecision: WriteDecision;
  WriteExplanation: ResolverTypeWrapper<WriteExplanationParent>;
  AccountValidation: ResolverTypeWrapper<AccountValidationParent>;
  AccountFinding: ResolverTypeWrapper<AccountFinding>;
  AccountFindingCode: AccountFindingCode;
  FindingSeverity: FindingSeverity;
  PriceLookupInput: PriceLookupInput;
  PriceIntervalInput: PriceIntervalInput;
  PriceIntervalUnit: PriceIntervalUnit;
  PriceLookup: ResolverTypeWrapper<Omit<PriceLookup, 'amount'> & { amount?: Maybe<ResolversTypes['Money']> }>;
  QuoteTaxInput: QuoteTaxInput;
  TaxPlaceInput: TaxPlaceInput;
  TaxableLineInput: TaxableLineInput;
  TaxQuote: ResolverTypeWrapper<Omit<TaxQuote, 'tax' | 'taxes'> & { tax?: Maybe<ResolversTypes['Money']>, taxes: ReadonlyArray<ResolversTypes['QuotedTax']> }>;
  QuotedTax: ResolverTypeWrapper<Omit<QuotedTax, 'taxable' | 'amount'> & { taxable: ResolversTypes['Money'], amount: ResolversTypes['Money'] }>;
  TaxExemption: ResolverTypeWrapper<TaxExemption>;
  EnrichDocumentInput: EnrichDocumentInput;
  DocumentEnrichment: ResolverTypeWrapper<DocumentEnrichment>;
  RuledValue: ResolverTypeWrapper<RuledValue>;
  EnrichedLine: ResolverTypeWrapper<EnrichedLine>;
  ProductCheck: ResolverTypeWrapper<ProductCheck>;
  LegalEntity: ResolverTypeWrapper<LegalEntity>;
  CloseOpportunityInput: CloseOpportunityInput;
  CloseOpportunityPayload: ResolverTypeWrapper<CloseOpportunityPayloadParent>;
  Opportunity: ResolverTypeWrapper<Opportunity>;
  AmendmentKind: AmendmentKind;
  IntervalUnit: IntervalUnit;
  IntervalInput: IntervalInput;
  AmendmentChange: AmendmentChange;
  AmendContractInput: AmendContractInput;
  RenewContractInput: RenewContractInput;
  SuspendContractInput: SuspendContractInput;
  ResumeContractInput: ResumeContractInput;
  CancelContractInput: CancelContractInput;
  TransferContractInput: TransferContractInput;
  AmendContractPayload: ResolverTypeWrapper<AmendContractPayloadParent>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  BigInt: Scalars['BigInt']['output'];
  Decimal: Scalars['Decimal']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  JSON: Scalars['JSON']['output'];
  YearMonth: Scalars['YearMonth']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  ID: Scalars['ID']['output'];
  Money: MoneyParent;
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Mutation: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
  WorkflowProgress: WorkflowProgressParent;
  EventType: EventType;
  ExportViewInput: ExportViewInput;
  ExportViewPayload: ExportViewPayloadParent;
  Boolean: Scalars['Boolean']['output'];
  Export: ExportParent;
  ProcessHealth: ProcessHealthParent;
  DealStageHealth: Omit<DealStageHealth, 'totals'> & { totals: ReadonlyArray<ResolversParentTypes['Money']> };
  DurationSummary: DurationSummaryParent;
  LateInvoices: LateInvoicesParent;
  LateInvoice: LateInvoiceParent;
  StuckWorkflows: StuckWorkflowsParent;
  StuckWorkflowCount: StuckWorkflowCount;
  StuckWorkflow: StuckWorkflowParent;
  GateWait: GateWaitParent;
  FailedTransactions: Omit<FailedTransactions, 'moneyAtRisk'> & { moneyAtRisk: ReadonlyArray<ResolversParentTypes['Money']> };
  MessageLatency: Omit<MessageLatency, 'sources'> & { sources: ReadonlyArray<ResolversParentTypes['SourceLatency']> };
  SourceLatency: Omit<SourceLatency, 'publishSeconds'> & { publishSeconds: ResolversParentTypes['DurationSummary'] };
  ConsumerLatency: ConsumerLatency;
  RevenueLeakage: RevenueLeakageParent;
  RevenueLeak: RevenueLeakParent;
  UnratedUsage: UnratedUsageParent;
  Reconciliation: ReconciliationParent;
  ReconciliationProgress: ReconciliationProgressParent;
  BreakGroup: BreakGroupParent;
  ReconciliationRun: ReconciliationRunParent;
  BreakChange: BreakChangeParent;
  ReconciliationRunConnection: ReconciliationRunConnectionParent;
  ReconciliationRunEdge: Omit<ReconciliationRunEdge, 'node'> & { node: ResolversParentTypes['ReconciliationRun'] };
  ReconciliationCheck: ReconciliationCheckParent;
  ReconciliationBreak: ReconciliationBreakParent;
  ReconciledValue: Omit<ReconciledValue, 'value'> & { value?: Maybe<ResolversParentTypes['Money']> };
  ReconciledRecord: ResolversUnionTypes<ResolversParentTypes>['ReconciledRecord'];
  Contract: ContractParent;
  ContractAgreement: ContractAgreementParent;
  Product: Product;
  Price: Price;
  BillingSubscription: BillingSubscription;
  Refund: Refund;
  Dispute: Dispute;
  JournalEntry: JournalEntry;
  RevenueSchedule: RevenueSchedule;
  ReplayEventsInput: ReplayEventsInput;
  CancelReplayInput: CancelReplayInput;
  ReplayEventsPayload: ReplayEventsPayloadParent;
  Replay: ReplayParent;
  ReplayConsumer: ReplayConsumer;
  ProjectionDiff: ProjectionDiff;
  EventFilter: EventFilter;
  EventPage: Omit<EventPage, 'nodes'> & { nodes: ReadonlyArray<ResolversParentTypes['Event']> };
  PageInfo: PageInfo;
  Event: EventParent;
  IdFilter: IdFilter;
  WebhookEndpoint: WebhookEndpointParent;
  WebhookDelivery: WebhookDeliveryParent;
  WebhookAttempt: WebhookAttempt;
  WebhookDeliveryConnection: WebhookDeliveryConnectionParent;
  WebhookDeliveryEdge: Omit<WebhookDeliveryEdge, 'node'> & { node: ResolversParentTypes['WebhookDelivery'] };
  WebhookDeliveryStatusFilter: WebhookDeliveryStatusFilter;
  EventTypeFilter: EventTypeFilter;
  WebhookDeliveryFilter: WebhookDeliveryFilter;
  WebhookDeliveryOrder: WebhookDeliveryOrder;
  CreateWebhookEndpointInput: CreateWebhookEndpointInput;
  UpdateWebhookEndpointInput: UpdateWebhookEndpointInput;
  RotateWebhookSecretInput: RotateWebhookSecretInput;
  RecoverWebhookDeliveriesInput: RecoverWebhookDeliveriesInput;
  WebhookEndpointPayload: WebhookEndpointPayloadParent;
  RecoverWebhookDeliveriesPayload: RecoverWebhookDeliveriesPayloadParent;
  UserError: UserError;
  StepError: StepError;
  WorkflowStep: WorkflowStep;
  Workflow: WorkflowParent;
  WorkflowConnection: WorkflowConnectionParent;
  WorkflowEdge: Omit<WorkflowEdge, 'node'> & { node: ResolversParentTypes['Workflow'] };
  WorkflowStatusFilter: WorkflowStatusFilter;
  NameFilter: NameFilter;
  WorkflowFilter: WorkflowFilter;
  WorkflowOrder: WorkflowOrder;
  AuditRecord: AuditRecordParent;
  AuditRecordConnection: AuditRecordConnectionParent;
  AuditRecordEdge: Omit<AuditRecordEdge, 'node'> & { node: ResolversParentTypes['AuditRecord'] };
  AuditFilter: AuditFilter;
  AuditOrder: AuditOrder;
  ExceptionDecision: ExceptionDecision;
  Exception: ExceptionParent;
  InboundWebhook: InboundWebhookParent;
  Proposal: ProposalParent;
  ResolveExceptionsInput: ResolveExceptionsInput;
  RefusedException: RefusedExceptionParent;
  ResolveExceptionsPayload: ResolveExceptionsPayloadParent;
  PayloadChange: PayloadChangeParent;
  PayloadEdit: PayloadEditParent;
  Approval: ApprovalParent;
  ApprovalConnection: ApprovalConnectionParent;
  ApprovalEdge: Omit<ApprovalEdge, 'node'> & { node: ResolversParentTypes['Approval'] };
  ApprovalStatusFilter: ApprovalStatusFilter;
  ApprovalFilter: ApprovalFilter;
  ApprovalOrder: ApprovalOrder;
  DecideApprovalInput: DecideApprovalInput;
  DecideApprovalPayload: DecideApprovalPayloadParent;
  ExceptionConnection: ExceptionConnectionParent;
  ExceptionEdge: Omit<ExceptionEdge, 'node'> & { node: ResolversParentTypes['Exception'] };
  ExceptionStatusFilter: ExceptionStatusFilter;
  ExceptionClassFilter: ExceptionClassFilter;
  RuleOwnerFilter: RuleOwnerFilter;
  ExceptionFilter: ExceptionFilter;
  ExceptionOrder: ExceptionOrder;
  ResolveExceptionInput: ResolveExceptionInput;
  ResolveExceptionPayload: ResolveExceptionPayloadParent;
  MoneyInput: MoneyInput;
  PaymentAllocationInput: PaymentAllocationInput;
  RecordPaymentInput: RecordPaymentInput;
  RecordPaymentPayload: RecordPaymentPayloadParent;
  Customer: CustomerParent;
  Payment: Payment;
  CreditedLineInput: CreditedLineInput;
  IssueCreditNoteInput: IssueCreditNoteInput;
  IssueCreditNotePayload: IssueCreditNotePayloadParent;
  RefundPaymentInput: RefundPaymentInput;
  RefundPaymentPayload: RefundPaymentPayloadParent;
  OpenDisputeInput: OpenDisputeInput;
  OpenDisputePayload: OpenDisputePayloadParent;
  CloseDisputeInput: CloseDisputeInput;
  CloseDisputePayload: CloseDisputePayloadParent;
  PublishProductInput: PublishProductInput;
  PublishProductPayload: PublishProductPayloadParent;
  SettlePaymentInput: SettlePaymentInput;
  SettlePaymentPayload: SettlePaymentPayloadParent;
  RecordPayoutInput: RecordPayoutInput;
  RecordPayoutPayload: RecordPayoutPayloadParent;
  BillContractInput: BillContractInput;
  BillContractPayload: BillContractPayloadParent;
  BillUsageInput: BillUsageInput;
  BillUsagePayload: BillUsagePayloadParent;
  CustomerReferenceInput: CustomerReferenceInput;
  TaxIdInput: TaxIdInput;
  AddressInput: AddressInput;
  PersonInput: PersonInput;
  UpsertCustomerInput: UpsertCustomerInput;
  UpsertCustomerPayload: UpsertCustomerPayloadParent;
  MergeCustomersInput: MergeCustomersInput;
  UnmergeCustomersInput: UnmergeCustomersInput;
  MergeCustomersPayload: MergeCustomersPayloadParent;
  WriteOffInvoiceInput: WriteOffInvoiceInput;
  WriteOffInvoicePayload: WriteOffInvoicePayloadParent;
  ClosePeriodInput: ClosePeriodInput;
  ClosePeriodPayload: ClosePeriodPayloadParent;
  AccountingPeriod: AccountingPeriod;
  PeriodBlocker: PeriodBlocker;
  Invoice: Invoice;
  CreditNote: CreditNote;
  Date: Scalars['Date']['output'];
  WorkflowModel: WorkflowModelParent;
  ModelPart: ModelPartParent;
  ModelMaster: ModelMaster;
  ModelFlow: ModelFlow;
  ModelStep: ModelStep;
  ModelGatePlace: ModelGatePlace;
  SharedRuleUse: SharedRuleUse;
  ModelException: ModelException;
  ModelFinding: ModelFinding;
  ModelValidation: Omit<ModelValidation, 'model'> & { model?: Maybe<ResolversParentTypes['WorkflowModel']> };
  ModelActivation: ModelActivationParent;
  ActivateModelInput: ActivateModelInput;
  ActivateModelPayload: ActivateModelPayloadParent;
  ModelFactsInput: ModelFactsInput;
  ModelFacts: ModelFacts;
  ModelRecommendation: ModelRecommendation;
  RejectedModel: RejectedModel;
  ExplainRouteInput: ExplainRouteInput;
  RouteExplanation: RouteExplanationParent;
  RoutedTarget: RoutedTarget;
  RouteStep: RouteStep;
  ExplainWriteInput: ExplainWriteInput;
  WriteExplanation: WriteExplanationParent;
  AccountValidation: AccountValidationParent;
  AccountFinding: AccountFinding;
  PriceLookupInput: PriceLookupInput;
  PriceIntervalInput: PriceIntervalInput;
  PriceLookup: Omit<PriceLookup, 'amount'> & { amount?: Maybe<ResolversParentTypes['Money']> };
  QuoteTaxInput: QuoteTaxInput;
  TaxPlaceInput: TaxPlaceInput;
  TaxableLineInput: TaxableLineInput;
  TaxQuote: Omit<TaxQuote, 'tax' | 'taxes'> & { tax?: Maybe<ResolversParentTypes['Money']>, taxes: ReadonlyArray<ResolversParentTypes['QuotedTax']> };
  QuotedTax: Omit<QuotedTax, 'taxable' | 'amount'> & { taxable: ResolversParentTypes['Money'], amount: ResolversParentTypes['Money'] };
  TaxExemption: TaxExemption;
  EnrichDocumentInput: EnrichDocumentInput;
  DocumentEnrichment: DocumentEnrichment;
  RuledValue: RuledValue;
  EnrichedLine: EnrichedLine;
  ProductCheck: ProductCheck;
  LegalEntity: LegalEntity;
  CloseOpportunityInput: CloseOpportunityInput;
  CloseOpportunityPayload: CloseOpportunityPayloadParent;
  Opportunity: Opportunity;
  IntervalInput: IntervalInput;
  AmendmentChange: AmendmentChange;
  AmendContractInput: AmendContractInput;
  RenewContractInput: RenewContractInput;
  SuspendContractInput: SuspendContractInput;
  ResumeContractInput: ResumeContractInput;
  CancelContractInput: CancelContractInput;
  TransferContractInput: TransferContractInput;
  AmendContractPayload: AmendContractPayloadParent;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface BigIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['BigInt'], any> {
  name: 'BigInt';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export interface YearMonthScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['YearMonth'], any> {
  name: 'YearMonth';
}

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Workflow' | 'Exception' | 'Approval', ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  minorUnits?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  events?: Resolver<ResolversTypes['EventPage'], ParentType, ContextType, RequireFields<QueryEventsArgs, 'first'>>;
  eventCursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  eventTypes?: Resolver<ReadonlyArray<ResolversTypes['EventType']>, ParentType, ContextType>;
  reconciliation?: Resolver<ResolversTypes['Reconciliation'], ParentType, ContextType, RequireFields<QueryReconciliationArgs, 'period'>>;
  revenueLeakage?: Resolver<ResolversTypes['RevenueLeakage'], ParentType, ContextType, RequireFields<QueryRevenueLeakageArgs, 'period'>>;
  processHealth?: Resolver<ResolversTypes['ProcessHealth'], ParentType, ContextType, Partial<QueryProcessHealthArgs>>;
  failedTransactions?: Resolver<ReadonlyArray<ResolversTypes['FailedTransactions']>, ParentType, ContextType>;
  messageLatency?: Resolver<ResolversTypes['MessageLatency'], ParentType, ContextType>;
  export?: Resolver<Maybe<ResolversTypes['Export']>, ParentType, ContextType, RequireFields<QueryExportArgs, 'id'>>;
  reconciliationStatus?: Resolver<ResolversTypes['ReconciliationProgress'], ParentType, ContextType>;
  reconciliationRuns?: Resolver<ResolversTypes['ReconciliationRunConnection'], ParentType, ContextType, Partial<QueryReconciliationRunsArgs>>;
  replay?: Resolver<Maybe<ResolversTypes['Replay']>, ParentType, ContextType, RequireFields<QueryReplayArgs, 'id'>>;
  webhookEndpoints?: Resolver<ReadonlyArray<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType, RequireFields<QueryWebhookEndpointArgs, 'id'>>;
  webhookDeliveries?: Resolver<ResolversTypes['WebhookDeliveryConnection'], ParentType, ContextType, Partial<QueryWebhookDeliveriesArgs>>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType, RequireFields<QueryWorkflowArgs, 'id'>>;
  workflows?: Resolver<ResolversTypes['WorkflowConnection'], ParentType, ContextType, Partial<QueryWorkflowsArgs>>;
  auditTrail?: Resolver<ResolversTypes['AuditRecordConnection'], ParentType, ContextType, Partial<QueryAuditTrailArgs>>;
  exception?: Resolver<Maybe<ResolversTypes['Exception']>, ParentType, ContextType, RequireFields<QueryExceptionArgs, 'id'>>;
  approval?: Resolver<Maybe<ResolversTypes['Approval']>, ParentType, ContextType, RequireFields<QueryApprovalArgs, 'id'>>;
  approvals?: Resolver<ResolversTypes['ApprovalConnection'], ParentType, ContextType, Partial<QueryApprovalsArgs>>;
  exceptions?: Resolver<ResolversTypes['ExceptionConnection'], ParentType, ContextType, Partial<QueryExceptionsArgs>>;
  workflowModels?: Resolver<ReadonlyArray<ResolversTypes['WorkflowModel']>, ParentType, ContextType>;
  modelActivations?: Resolver<ReadonlyArray<ResolversTypes['ModelActivation']>, ParentType, ContextType>;
  validateModel?: Resolver<ResolversTypes['ModelValidation'], ParentType, ContextType, RequireFields<QueryValidateModelArgs, 'source'>>;
  recommendModel?: Resolver<ResolversTypes['ModelRecommendation'], ParentType, ContextType, Partial<QueryRecommendModelArgs>>;
  explainRoute?: Resolver<ResolversTypes['RouteExplanation'], ParentType, ContextType, RequireFields<QueryExplainRouteArgs, 'input'>>;
  explainWrite?: Resolver<ResolversTypes['WriteExplanation'], ParentType, ContextType, RequireFields<QueryExplainWriteArgs, 'input'>>;
  validateAccount?: Resolver<Maybe<ResolversTypes['AccountValidation']>, ParentType, ContextType, RequireFields<QueryValidateAccountArgs, 'customerId'>>;
  priceLookup?: Resolver<ResolversTypes['PriceLookup'], ParentType, ContextType, RequireFields<QueryPriceLookupArgs, 'input'>>;
  quoteTax?: Resolver<ResolversTypes['TaxQuote'], ParentType, ContextType, RequireFields<QueryQuoteTaxArgs, 'input'>>;
  enrichDocument?: Resolver<ResolversTypes['DocumentEnrichment'], ParentType, ContextType, RequireFields<QueryEnrichDocumentArgs, 'input'>>;
  checkProduct?: Resolver<Maybe<ResolversTypes['ProductCheck']>, ParentType, ContextType, RequireFields<QueryCheckProductArgs, 'id'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  exportView?: Resolver<Maybe<ResolversTypes['ExportViewPayload']>, ParentType, ContextType, RequireFields<MutationExportViewArgs, 'input'>>;
  replayEvents?: Resolver<Maybe<ResolversTypes['ReplayEventsPayload']>, ParentType, ContextType, RequireFields<MutationReplayEventsArgs, 'input'>>;
  cancelReplay?: Resolver<Maybe<ResolversTypes['ReplayEventsPayload']>, ParentType, ContextType, RequireFields<MutationCancelReplayArgs, 'input'>>;
  createWebhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpointPayload']>, ParentType, ContextType, RequireFields<MutationCreateWebhookEndpointArgs, 'input'>>;
  updateWebhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpointPayload']>, ParentType, ContextType, RequireFields<MutationUpdateWebhookEndpointArgs, 'input'>>;
  rotateWebhookSecret?: Resolver<Maybe<ResolversTypes['WebhookEndpointPayload']>, ParentType, ContextType, RequireFields<MutationRotateWebhookSecretArgs, 'input'>>;
  recoverWebhookDeliveries?: Resolver<Maybe<ResolversTypes['RecoverWebhookDeliveriesPayload']>, ParentType, ContextType, RequireFields<MutationRecoverWebhookDeliveriesArgs, 'input'>>;
  issueCreditNote?: Resolver<Maybe<ResolversTypes['IssueCreditNotePayload']>, ParentType, ContextType, RequireFields<MutationIssueCreditNoteArgs, 'input'>>;
  refundPayment?: Resolver<Maybe<ResolversTypes['RefundPaymentPayload']>, ParentType, ContextType, RequireFields<MutationRefundPaymentArgs, 'input'>>;
  openDispute?: Resolver<Maybe<ResolversTypes['OpenDisputePayload']>, ParentType, ContextType, RequireFields<MutationOpenDisputeArgs, 'input'>>;
  closeDispute?: Resolver<Maybe<ResolversTypes['CloseDisputePayload']>, ParentType, ContextType, RequireFields<MutationCloseDisputeArgs, 'input'>>;
  publishProduct?: Resolver<Maybe<ResolversTypes['PublishProductPayload']>, ParentType, ContextType, RequireFields<MutationPublishProductArgs, 'input'>>;
  settlePayment?: Resolver<Maybe<ResolversTypes['SettlePaymentPayload']>, ParentType, ContextType, RequireFields<MutationSettlePaymentArgs, 'input'>>;
  recordPayout?: Resolver<Maybe<ResolversTypes['RecordPayoutPayload']>, ParentType, ContextType, RequireFields<MutationRecordPayoutArgs, 'input'>>;
  billContract?: Resolver<Maybe<ResolversTypes['BillContractPayload']>, ParentType, ContextType, RequireFields<MutationBillContractArgs, 'input'>>;
  billUsage?: Resolver<Maybe<ResolversTypes['BillUsagePayload']>, ParentType, ContextType, RequireFields<MutationBillUsageArgs, 'input'>>;
  upsertCustomer?: Resolver<Maybe<ResolversTypes['UpsertCustomerPayload']>, ParentType, ContextType, RequireFields<MutationUpsertCustomerArgs, 'input'>>;
  mergeCustomers?: Resolver<Maybe<ResolversTypes['MergeCustomersPayload']>, ParentType, ContextType, RequireFields<MutationMergeCustomersArgs, 'input'>>;
  unmergeCustomers?: Resolver<Maybe<ResolversTypes['MergeCustomersPayload']>, ParentType, ContextType, RequireFields<MutationUnmergeCustomersArgs, 'input'>>;
  writeOffInvoice?: Resolver<Maybe<ResolversTypes['WriteOffInvoicePayload']>, ParentType, ContextType, RequireFields<MutationWriteOffInvoiceArgs, 'input'>>;
  closePeriod?: Resolver<Maybe<ResolversTypes['ClosePeriodPayload']>, ParentType, ContextType, RequireFields<MutationClosePeriodArgs, 'input'>>;
  closeOpportunity?: Resolver<Maybe<ResolversTypes['CloseOpportunityPayload']>, ParentType, ContextType, RequireFields<MutationCloseOpportunityArgs, 'input'>>;
  amendContract?: Resolver<Maybe<ResolversTypes['AmendContractPayload']>, ParentType, ContextType, RequireFields<MutationAmendContractArgs, 'input'>>;
  renewContract?: Resolver<Maybe<ResolversTypes['AmendContractPayload']>, ParentType, ContextType, RequireFields<MutationRenewContractArgs, 'input'>>;
  suspendContract?: Resolver<Maybe<ResolversTypes['AmendContractPayload']>, ParentType, ContextType, RequireFields<MutationSuspendContractArgs, 'input'>>;
  resumeContract?: Resolver<Maybe<ResolversTypes['AmendContractPayload']>, ParentType, ContextType, RequireFields<MutationResumeContractArgs, 'input'>>;
  cancelContract?: Resolver<Maybe<ResolversTypes['AmendContractPayload']>, ParentType, ContextType, RequireFields<MutationCancelContractArgs, 'input'>>;
  transferContract?: Resolver<Maybe<ResolversTypes['AmendContractPayload']>, ParentType, ContextType, RequireFields<MutationTransferContractArgs, 'input'>>;
  recordPayment?: Resolver<Maybe<ResolversTypes['RecordPaymentPayload']>, ParentType, ContextType, RequireFields<MutationRecordPaymentArgs, 'input'>>;
  resolveException?: Resolver<Maybe<ResolversTypes['ResolveExceptionPayload']>, ParentType, ContextType, RequireFields<MutationResolveExceptionArgs, 'input'>>;
  resolveExceptions?: Resolver<Maybe<ResolversTypes['ResolveExceptionsPayload']>, ParentType, ContextType, RequireFields<MutationResolveExceptionsArgs, 'input'>>;
  decideApproval?: Resolver<Maybe<ResolversTypes['DecideApprovalPayload']>, ParentType, ContextType, RequireFields<MutationDecideApprovalArgs, 'input'>>;
  activateModel?: Resolver<Maybe<ResolversTypes['ActivateModelPayload']>, ParentType, ContextType, RequireFields<MutationActivateModelArgs, 'input'>>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  workflowProgress?: SubscriptionResolver<ResolversTypes['WorkflowProgress'], "workflowProgress", ParentType, ContextType, Partial<SubscriptionWorkflowProgressArgs>>;
};

export type WorkflowProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkflowProgress'] = ResolversParentTypes['WorkflowProgress']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  workflow?: Resolver<ResolversTypes['Workflow'], ParentType, ContextType>;
};

export type EventTypeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventType'] = ResolversParentTypes['EventType']> = {
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  consumers?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  schema?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExportViewPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExportViewPayload'] = ResolversParentTypes['ExportViewPayload']> = {
  export?: Resolver<Maybe<ResolversTypes['Export']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ExportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Export'] = ResolversParentTypes['Export']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  view?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  format?: Resolver<ResolversTypes['ExportFormat'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ExportStatus'], ParentType, ContextType>;
  rowsWritten?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  rowsTotal?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ProcessHealthResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProcessHealth'] = ResolversParentTypes['ProcessHealth'], FederationReferenceType extends FederationReferenceTypes['ProcessHealth'] = FederationReferenceTypes['ProcessHealth']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProcessHealth']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  funnel?: Resolver<ReadonlyArray<ResolversTypes['DealStageHealth']>, ParentType, ContextType>;
  dealToInvoiceDays?: Resolver<ResolversTypes['DurationSummary'], ParentType, ContextType>;
  invoiceToPostingSeconds?: Resolver<ResolversTypes['DurationSummary'], ParentType, ContextType>;
  lateInvoices?: Resolver<ResolversTypes['LateInvoices'], ParentType, ContextType>;
  stuckWorkflows?: Resolver<ResolversTypes['StuckWorkflows'], ParentType, ContextType>;
  gates?: Resolver<ReadonlyArray<ResolversTypes['GateWait']>, ParentType, ContextType>;
};

export type DealStageHealthResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DealStageHealth'] = ResolversParentTypes['DealStageHealth']> = {
  stage?: Resolver<ResolversTypes['DealStage'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totals?: Resolver<ReadonlyArray<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type DurationSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DurationSummary'] = ResolversParentTypes['DurationSummary']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  p50?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  p90?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
};

export type LateInvoicesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LateInvoices'] = ResolversParentTypes['LateInvoices']> = {
  deadlineDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totals?: Resolver<ReadonlyArray<ResolversTypes['Money']>, ParentType, ContextType>;
  deals?: Resolver<ReadonlyArray<ResolversTypes['LateInvoice']>, ParentType, ContextType>;
};

export type LateInvoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LateInvoice'] = ResolversParentTypes['LateInvoice']> = {
  opportunity?: Resolver<ResolversTypes['Opportunity'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  wonOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  dueOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  ageDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['BreakOwner'], ParentType, ContextType>;
};

export type StuckWorkflowsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StuckWorkflows'] = ResolversParentTypes['StuckWorkflows']> = {
  stuckAfterMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  byStatus?: Resolver<ReadonlyArray<ResolversTypes['StuckWorkflowCount']>, ParentType, ContextType>;
  workflows?: Resolver<ReadonlyArray<ResolversTypes['StuckWorkflow']>, ParentType, ContextType>;
};

export type StuckWorkflowCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StuckWorkflowCount'] = ResolversParentTypes['StuckWorkflowCount']> = {
  status?: Resolver<ResolversTypes['WorkflowStatus'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StuckWorkflowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StuckWorkflow'] = ResolversParentTypes['StuckWorkflow']> = {
  workflow?: Resolver<ResolversTypes['Workflow'], ParentType, ContextType>;
  step?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ageSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['BreakOwner'], ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type GateWaitResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GateWait'] = ResolversParentTypes['GateWait']> = {
  gate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  decidedSeconds?: Resolver<ResolversTypes['DurationSummary'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  oldestPendingSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type FailedTransactionsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FailedTransactions'] = ResolversParentTypes['FailedTransactions']> = {
  class?: Resolver<ResolversTypes['FailureClass'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['BreakOwner'], ParentType, ContextType>;
  oldestAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  moneyAtRisk?: Resolver<ReadonlyArray<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type MessageLatencyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageLatency'] = ResolversParentTypes['MessageLatency']> = {
  sources?: Resolver<ReadonlyArray<ResolversTypes['SourceLatency']>, ParentType, ContextType>;
  consumers?: Resolver<ReadonlyArray<ResolversTypes['ConsumerLatency']>, ParentType, ContextType>;
};

export type SourceLatencyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SourceLatency'] = ResolversParentTypes['SourceLatency']> = {
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  published?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  publishSeconds?: Resolver<ResolversTypes['DurationSummary'], ParentType, ContextType>;
  unpublished?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  oldestUnpublishedSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ConsumerLatencyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsumerLatency'] = ResolversParentTypes['ConsumerLatency']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subgraph?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  oldestPendingSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  setAside?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RevenueLeakageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueLeakage'] = ResolversParentTypes['RevenueLeakage']> = {
  period?: Resolver<ResolversTypes['YearMonth'], ParentType, ContextType>;
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  leaks?: Resolver<ReadonlyArray<ResolversTypes['RevenueLeak']>, ParentType, ContextType>;
};

export type RevenueLeakResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevenueLeak'] = ResolversParentTypes['RevenueLeak']> = {
  kind?: Resolver<ResolversTypes['RevenueLeakKind'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totals?: Resolver<ReadonlyArray<ResolversTypes['Money']>, ParentType, ContextType>;
  breaks?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationBreak']>, ParentType, ContextType>;
  usage?: Resolver<ReadonlyArray<ResolversTypes['UnratedUsage']>, ParentType, ContextType>;
};

export type UnratedUsageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnratedUsage'] = ResolversParentTypes['UnratedUsage']> = {
  subscription?: Resolver<ResolversTypes['BillingSubscription'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ReconciliationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reconciliation'] = ResolversParentTypes['Reconciliation']> = {
  period?: Resolver<ResolversTypes['YearMonth'], ParentType, ContextType>;
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  checks?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationCheck']>, ParentType, ContextType>;
};

export type ReconciliationProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationProgress'] = ResolversParentTypes['ReconciliationProgress']> = {
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  ageSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  breakCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  breaks?: Resolver<ReadonlyArray<ResolversTypes['BreakGroup']>, ParentType, ContextType>;
  lastRun?: Resolver<Maybe<ResolversTypes['ReconciliationRun']>, ParentType, ContextType>;
};

export type BreakGroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BreakGroup'] = ResolversParentTypes['BreakGroup']> = {
  rule?: Resolver<ResolversTypes['ReconciliationRule'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['BreakCause'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['BreakOwner'], ParentType, ContextType>;
  oldestDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReconciliationRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationRun'] = ResolversParentTypes['ReconciliationRun']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  beganAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  durationSeconds?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  comparedCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  readCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  foundCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  changedCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  goneCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['BreakChange']>, ParentType, ContextType>;
};

export type BreakChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BreakChange'] = ResolversParentTypes['BreakChange']> = {
  rule?: Resolver<ResolversTypes['ReconciliationRule'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['BreakCause']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['BreakCause']>, ParentType, ContextType>;
  break?: Resolver<Maybe<ResolversTypes['ReconciliationBreak']>, ParentType, ContextType>;
};

export type ReconciliationRunConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationRunConnection'] = ResolversParentTypes['ReconciliationRunConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationRun']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationRunEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReconciliationRunEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationRunEdge'] = ResolversParentTypes['ReconciliationRunEdge']> = {
  node?: Resolver<ResolversTypes['ReconciliationRun'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReconciliationCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationCheck'] = ResolversParentTypes['ReconciliationCheck']> = {
  rule?: Resolver<ResolversTypes['ReconciliationRule'], ParentType, ContextType>;
  statement?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReconciliationStatus'], ParentType, ContextType>;
  left?: Resolver<ResolversTypes['ReconciledSystem'], ParentType, ContextType>;
  right?: Resolver<ResolversTypes['ReconciledSystem'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['BreakOwner'], ParentType, ContextType>;
  matched?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  breakCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  breaks?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationBreak']>, ParentType, ContextType>;
};

export type ReconciliationBreakResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationBreak'] = ResolversParentTypes['ReconciliationBreak']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['BreakCause'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  left?: Resolver<ResolversTypes['ReconciledValue'], ParentType, ContextType>;
  right?: Resolver<ResolversTypes['ReconciledValue'], ParentType, ContextType>;
  delta?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  ageDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  foundAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['BreakOwner'], ParentType, ContextType>;
  record?: Resolver<Maybe<ResolversTypes['ReconciledRecord']>, ParentType, ContextType>;
};

export type ReconciledValueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciledValue'] = ResolversParentTypes['ReconciledValue']> = {
  system?: Resolver<ResolversTypes['ReconciledSystem'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type ReconciledRecordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciledRecord'] = ResolversParentTypes['ReconciledRecord']> = {
  __resolveType: TypeResolveFn<'Customer' | 'Contract' | 'Product' | 'Price' | 'BillingSubscription' | 'Invoice' | 'CreditNote' | 'Payment' | 'Refund' | 'Dispute' | 'JournalEntry' | 'RevenueSchedule', ParentType, ContextType>;
};

export type ContractResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Contract'] = ResolversParentTypes['Contract'], FederationReferenceType extends FederationReferenceTypes['Contract'] = FederationReferenceTypes['Contract']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Contract']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  agreement?: Resolver<ResolversTypes['ContractAgreement'], ParentType, ContextType>;
  pendingProposals?: Resolver<ReadonlyArray<ResolversTypes['Exception']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ContractAgreementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ContractAgreement'] = ResolversParentTypes['ContractAgreement']> = {
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  agrees?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  breaks?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationBreak']>, ParentType, ContextType>;
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

export type RefundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DisputeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Dispute'] = ResolversParentTypes['Dispute']> = {
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

export type ReplayEventsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplayEventsPayload'] = ResolversParentTypes['ReplayEventsPayload']> = {
  replay?: Resolver<Maybe<ResolversTypes['Replay']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReplayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Replay'] = ResolversParentTypes['Replay']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mode?: Resolver<ResolversTypes['ReplayMode'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReplayStatus'], ParentType, ContextType>;
  eventCount?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  consumers?: Resolver<ReadonlyArray<ResolversTypes['ReplayConsumer']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ReplayConsumerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReplayConsumer'] = ResolversParentTypes['ReplayConsumer']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subgraph?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  wouldApply?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  wouldSkip?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  applied?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  skipped?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  diff?: Resolver<Maybe<ResolversTypes['ProjectionDiff']>, ParentType, ContextType>;
};

export type ProjectionDiffResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProjectionDiff'] = ResolversParentTypes['ProjectionDiff']> = {
  added?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  removed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ids?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type EventPageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventPage'] = ResolversParentTypes['EventPage']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Event']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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

export type WebhookEndpointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookEndpoint'] = ResolversParentTypes['WebhookEndpoint']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  system?: Resolver<Maybe<ResolversTypes['EventTarget']>, ParentType, ContextType>;
  eventTypes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WebhookEndpointStatus'], ParentType, ContextType>;
  disabledReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  secretMadeAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type WebhookDeliveryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDelivery'] = ResolversParentTypes['WebhookDelivery']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  endpoint?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
  webhookId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  rule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WebhookDeliveryStatus'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deliveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  log?: Resolver<ReadonlyArray<ResolversTypes['WebhookAttempt']>, ParentType, ContextType>;
};

export type WebhookAttemptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookAttempt'] = ResolversParentTypes['WebhookAttempt']> = {
  beganAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  excerpt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WebhookDeliveryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDeliveryConnection'] = ResolversParentTypes['WebhookDeliveryConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['WebhookDeliveryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WebhookDeliveryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDeliveryEdge'] = ResolversParentTypes['WebhookDeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookDelivery'], ParentType, ContextType>;
};

export type WebhookEndpointPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookEndpointPayload'] = ResolversParentTypes['WebhookEndpointPayload']> = {
  endpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecoverWebhookDeliveriesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecoverWebhookDeliveriesPayload'] = ResolversParentTypes['RecoverWebhookDeliveriesPayload']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StepErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StepError'] = ResolversParentTypes['StepError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type WorkflowStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkflowStep'] = ResolversParentTypes['WorkflowStep']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['BusinessSystem'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StepKind'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['StepStatus'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  effectKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['StepError']>, ParentType, ContextType>;
};

export type WorkflowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Workflow'] = ResolversParentTypes['Workflow'], FederationReferenceType extends FederationReferenceTypes['Workflow'] = FederationReferenceTypes['Workflow']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Workflow']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  flow?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WorkflowStatus'], ParentType, ContextType>;
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  modelVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['WorkflowStep']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['StepError']>, ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  requestedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  traceparent?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  acceptedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WorkflowConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkflowConnection'] = ResolversParentTypes['WorkflowConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Workflow']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['WorkflowEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WorkflowEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkflowEdge'] = ResolversParentTypes['WorkflowEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Workflow'], ParentType, ContextType>;
};

export type AuditRecordResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditRecord'] = ResolversParentTypes['AuditRecord']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  happenedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditRecordConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditRecordConnection'] = ResolversParentTypes['AuditRecordConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AuditRecord']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditRecordEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AuditRecordEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditRecordEdge'] = ResolversParentTypes['AuditRecordEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditRecord'], ParentType, ContextType>;
};

export type ExceptionDecisionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExceptionDecision'] = ResolversParentTypes['ExceptionDecision']> = {
  action?: Resolver<ResolversTypes['ExceptionAction'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ExceptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Exception'] = ResolversParentTypes['Exception'], FederationReferenceType extends FederationReferenceTypes['Exception'] = FederationReferenceTypes['Exception']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Exception']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  class?: Resolver<ResolversTypes['ExceptionClass'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ExceptionStatus'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['RuleOwner'], ParentType, ContextType>;
  assignee?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dueAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  escalations?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  moneyAtRisk?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  proposal?: Resolver<Maybe<ResolversTypes['Proposal']>, ParentType, ContextType>;
  break?: Resolver<Maybe<ResolversTypes['ReconciliationBreak']>, ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['InboundWebhook']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  payload?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  edits?: Resolver<ReadonlyArray<ResolversTypes['PayloadEdit']>, ParentType, ContextType>;
  approval?: Resolver<Maybe<ResolversTypes['Approval']>, ParentType, ContextType>;
  decisions?: Resolver<ReadonlyArray<ResolversTypes['ExceptionDecision']>, ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InboundWebhookResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InboundWebhook'] = ResolversParentTypes['InboundWebhook']> = {
  connector?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  webhookId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ProposalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Proposal'] = ResolversParentTypes['Proposal']> = {
  object?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  writer?: Resolver<ResolversTypes['BusinessSystem'], ParentType, ContextType>;
  master?: Resolver<ResolversTypes['BusinessSystem'], ParentType, ContextType>;
  stated?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  kept?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RefusedExceptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefusedException'] = ResolversParentTypes['RefusedException']> = {
  exception?: Resolver<ResolversTypes['Exception'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ResolveExceptionsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResolveExceptionsPayload'] = ResolversParentTypes['ResolveExceptionsPayload']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  doneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refused?: Resolver<ReadonlyArray<ResolversTypes['RefusedException']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PayloadChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayloadChange'] = ResolversParentTypes['PayloadChange']> = {
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  after?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
};

export type PayloadEditResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PayloadEdit'] = ResolversParentTypes['PayloadEdit']> = {
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PayloadEditStatus'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['PayloadChange']>, ParentType, ContextType>;
  payloadHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ApprovalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Approval'] = ResolversParentTypes['Approval'], FederationReferenceType extends FederationReferenceTypes['Approval'] = FederationReferenceTypes['Approval']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Approval']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ApprovalKind'], ParentType, ContextType>;
  gate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ApprovalStatus'], ParentType, ContextType>;
  workflow?: Resolver<ResolversTypes['Workflow'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  payloadHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  moneyAtRisk?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  band?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  approver?: Resolver<ResolversTypes['RuleOwner'], ParentType, ContextType>;
  requestedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decidedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  dueAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  atDeadline?: Resolver<ResolversTypes['ApprovalDeadline'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApprovalConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApprovalConnection'] = ResolversParentTypes['ApprovalConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Approval']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ApprovalEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ApprovalEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApprovalEdge'] = ResolversParentTypes['ApprovalEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Approval'], ParentType, ContextType>;
};

export type DecideApprovalPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecideApprovalPayload'] = ResolversParentTypes['DecideApprovalPayload']> = {
  approval?: Resolver<Maybe<ResolversTypes['Approval']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ExceptionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExceptionConnection'] = ResolversParentTypes['ExceptionConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Exception']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ExceptionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ExceptionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExceptionEdge'] = ResolversParentTypes['ExceptionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Exception'], ParentType, ContextType>;
};

export type ResolveExceptionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResolveExceptionPayload'] = ResolversParentTypes['ResolveExceptionPayload']> = {
  exception?: Resolver<Maybe<ResolversTypes['Exception']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecordPaymentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordPaymentPayload'] = ResolversParentTypes['RecordPaymentPayload']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  pendingProposals?: Resolver<ReadonlyArray<ResolversTypes['Exception']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IssueCreditNotePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IssueCreditNotePayload'] = ResolversParentTypes['IssueCreditNotePayload']> = {
  creditNote?: Resolver<Maybe<ResolversTypes['CreditNote']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RefundPaymentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundPaymentPayload'] = ResolversParentTypes['RefundPaymentPayload']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OpenDisputePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OpenDisputePayload'] = ResolversParentTypes['OpenDisputePayload']> = {
  dispute?: Resolver<Maybe<ResolversTypes['Dispute']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CloseDisputePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CloseDisputePayload'] = ResolversParentTypes['CloseDisputePayload']> = {
  dispute?: Resolver<Maybe<ResolversTypes['Dispute']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PublishProductPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PublishProductPayload'] = ResolversParentTypes['PublishProductPayload']> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SettlePaymentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SettlePaymentPayload'] = ResolversParentTypes['SettlePaymentPayload']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecordPayoutPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordPayoutPayload'] = ResolversParentTypes['RecordPayoutPayload']> = {
  entry?: Resolver<Maybe<ResolversTypes['JournalEntry']>, ParentType, ContextType>;
  inClearing?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type BillContractPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BillContractPayload'] = ResolversParentTypes['BillContractPayload']> = {
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type BillUsagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BillUsagePayload'] = ResolversParentTypes['BillUsagePayload']> = {
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpsertCustomerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertCustomerPayload'] = ResolversParentTypes['UpsertCustomerPayload']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  heldBack?: Resolver<ReadonlyArray<ResolversTypes['Exception']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MergeCustomersPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MergeCustomersPayload'] = ResolversParentTypes['MergeCustomersPayload']> = {
  survivor?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  merged?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type WriteOffInvoicePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WriteOffInvoicePayload'] = ResolversParentTypes['WriteOffInvoicePayload']> = {
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ClosePeriodPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ClosePeriodPayload'] = ResolversParentTypes['ClosePeriodPayload']> = {
  period?: Resolver<Maybe<ResolversTypes['AccountingPeriod']>, ParentType, ContextType>;
  blockers?: Resolver<ReadonlyArray<ResolversTypes['PeriodBlocker']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AccountingPeriodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountingPeriod'] = ResolversParentTypes['AccountingPeriod']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PeriodBlockerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PeriodBlocker'] = ResolversParentTypes['PeriodBlocker']> = {
  rule?: Resolver<ResolversTypes['PeriodRule'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InvoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreditNoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreditNote'] = ResolversParentTypes['CreditNote']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export type WorkflowModelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WorkflowModel'] = ResolversParentTypes['WorkflowModel']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parts?: Resolver<ReadonlyArray<ResolversTypes['ModelPart']>, ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['ModelFinding']>, ParentType, ContextType>;
};

export type ModelPartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelPart'] = ResolversParentTypes['ModelPart']> = {
  legalEntityCodes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  masters?: Resolver<ReadonlyArray<ResolversTypes['ModelMaster']>, ParentType, ContextType>;
  flows?: Resolver<ReadonlyArray<ResolversTypes['ModelFlow']>, ParentType, ContextType>;
  rules?: Resolver<ReadonlyArray<ResolversTypes['SharedRuleUse']>, ParentType, ContextType>;
  exceptions?: Resolver<ReadonlyArray<ResolversTypes['ModelException']>, ParentType, ContextType>;
  content?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
};

export type ModelMasterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelMaster'] = ResolversParentTypes['ModelMaster']> = {
  objects?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  fields?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  master?: Resolver<ResolversTypes['BusinessSystem'], ParentType, ContextType>;
  foreign?: Resolver<ResolversTypes['ForeignWrite'], ParentType, ContextType>;
  mergedFrom?: Resolver<ReadonlyArray<ResolversTypes['BusinessSystem']>, ParentType, ContextType>;
};

export type ModelFlowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelFlow'] = ResolversParentTypes['ModelFlow']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['ModelStep']>, ParentType, ContextType>;
  gates?: Resolver<ReadonlyArray<ResolversTypes['ModelGatePlace']>, ParentType, ContextType>;
};

export type ModelStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelStep'] = ResolversParentTypes['ModelStep']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['BusinessSystem'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StepKind'], ParentType, ContextType>;
};

export type ModelGatePlaceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelGatePlace'] = ResolversParentTypes['ModelGatePlace']> = {
  gate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SharedRuleUseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SharedRuleUse'] = ResolversParentTypes['SharedRuleUse']> = {
  kind?: Resolver<ResolversTypes['SharedRuleKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  flows?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ModelExceptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelException'] = ResolversParentTypes['ModelException']> = {
  class?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['RuleOwner'], ParentType, ContextType>;
  deadlineHours?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  escalateTo?: Resolver<ResolversTypes['RuleOwner'], ParentType, ContextType>;
};

export type ModelFindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelFinding'] = ResolversParentTypes['ModelFinding']> = {
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ModelValidationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelValidation'] = ResolversParentTypes['ModelValidation']> = {
  isValid?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['ModelFinding']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['WorkflowModel']>, ParentType, ContextType>;
};

export type ModelActivationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelActivation'] = ResolversParentTypes['ModelActivation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  modelVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  legalEntity?: Resolver<Maybe<ResolversTypes['LegalEntity']>, ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ActivateModelPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivateModelPayload'] = ResolversParentTypes['ActivateModelPayload']> = {
  activation?: Resolver<Maybe<ResolversTypes['ModelActivation']>, ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['ModelFinding']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ModelFactsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelFacts'] = ResolversParentTypes['ModelFacts']> = {
  legalEntities?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  usageLines?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  usagePercent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  amendments?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  erpApprovalPercent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ModelRecommendationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModelRecommendation'] = ResolversParentTypes['ModelRecommendation']> = {
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  others?: Resolver<ReadonlyArray<ResolversTypes['RejectedModel']>, ParentType, ContextType>;
  facts?: Resolver<ResolversTypes['ModelFacts'], ParentType, ContextType>;
};

export type RejectedModelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RejectedModel'] = ResolversParentTypes['RejectedModel']> = {
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RouteExplanationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RouteExplanation'] = ResolversParentTypes['RouteExplanation']> = {
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  targets?: Resolver<ReadonlyArray<ResolversTypes['RoutedTarget']>, ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['RouteStep']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RoutedTargetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoutedTarget'] = ResolversParentTypes['RoutedTarget']> = {
  target?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RouteStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RouteStep'] = ResolversParentTypes['RouteStep']> = {
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  target?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isTaken?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type WriteExplanationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WriteExplanation'] = ResolversParentTypes['WriteExplanation']> = {
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['WriteDecision'], ParentType, ContextType>;
  master?: Resolver<Maybe<ResolversTypes['BusinessSystem']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AccountValidationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountValidation'] = ResolversParentTypes['AccountValidation']> = {
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  isValid?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  legalEntityCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['AccountFinding']>, ParentType, ContextType>;
};

export type AccountFindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountFinding'] = ResolversParentTypes['AccountFinding']> = {
  code?: Resolver<ResolversTypes['AccountFindingCode'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['FindingSeverity'], ParentType, ContextType>;
  system?: Resolver<ResolversTypes['BusinessSystem'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PriceLookupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceLookup'] = ResolversParentTypes['PriceLookup']> = {
  price?: Resolver<Maybe<ResolversTypes['Price']>, ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  rule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TaxQuoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxQuote'] = ResolversParentTypes['TaxQuote']> = {
  provider?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isFallback?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  route?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tax?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  taxes?: Resolver<ReadonlyArray<ResolversTypes['QuotedTax']>, ParentType, ContextType>;
  exemptions?: Resolver<ReadonlyArray<ResolversTypes['TaxExemption']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type QuotedTaxResolvers<ContextType = Context, ParentType extends ResolversParentTypes['QuotedTax'] = ResolversParentTypes['QuotedTax']> = {
  jurisdiction?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rate?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  taxable?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TaxExemptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxExemption'] = ResolversParentTypes['TaxExemption']> = {
  jurisdiction?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DocumentEnrichmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DocumentEnrichment'] = ResolversParentTypes['DocumentEnrichment']> = {
  legalEntity?: Resolver<Maybe<ResolversTypes['RuledValue']>, ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['RuledValue']>, ParentType, ContextType>;
  taxProvider?: Resolver<Maybe<ResolversTypes['RuledValue']>, ParentType, ContextType>;
  paymentProcessor?: Resolver<Maybe<ResolversTypes['RuledValue']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['EnrichedLine']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RuledValueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RuledValue'] = ResolversParentTypes['RuledValue']> = {
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EnrichedLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EnrichedLine'] = ResolversParentTypes['EnrichedLine']> = {
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  taxCode?: Resolver<ResolversTypes['RuledValue'], ParentType, ContextType>;
  revenueAccount?: Resolver<ResolversTypes['RuledValue'], ParentType, ContextType>;
};

export type ProductCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductCheck'] = ResolversParentTypes['ProductCheck']> = {
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  isPublishable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type LegalEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LegalEntity'] = ResolversParentTypes['LegalEntity']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CloseOpportunityPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CloseOpportunityPayload'] = ResolversParentTypes['CloseOpportunityPayload']> = {
  opportunity?: Resolver<Maybe<ResolversTypes['Opportunity']>, ParentType, ContextType>;
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OpportunityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Opportunity'] = ResolversParentTypes['Opportunity']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type AmendContractPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AmendContractPayload'] = ResolversParentTypes['AmendContractPayload']> = {
  contract?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  successor?: Resolver<Maybe<ResolversTypes['Contract']>, ParentType, ContextType>;
  invoice?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  creditNote?: Resolver<Maybe<ResolversTypes['CreditNote']>, ParentType, ContextType>;
  workflow?: Resolver<Maybe<ResolversTypes['Workflow']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  YearMonth?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  WorkflowProgress?: WorkflowProgressResolvers<ContextType>;
  EventType?: EventTypeResolvers<ContextType>;
  ExportViewPayload?: ExportViewPayloadResolvers<ContextType>;
  Export?: ExportResolvers<ContextType>;
  ProcessHealth?: ProcessHealthResolvers<ContextType>;
  DealStageHealth?: DealStageHealthResolvers<ContextType>;
  DurationSummary?: DurationSummaryResolvers<ContextType>;
  LateInvoices?: LateInvoicesResolvers<ContextType>;
  LateInvoice?: LateInvoiceResolvers<ContextType>;
  StuckWorkflows?: StuckWorkflowsResolvers<ContextType>;
  StuckWorkflowCount?: StuckWorkflowCountResolvers<ContextType>;
  StuckWorkflow?: StuckWorkflowResolvers<ContextType>;
  GateWait?: GateWaitResolvers<ContextType>;
  FailedTransactions?: FailedTransactionsResolvers<ContextType>;
  MessageLatency?: MessageLatencyResolvers<ContextType>;
  SourceLatency?: SourceLatencyResolvers<ContextType>;
  ConsumerLatency?: ConsumerLatencyResolvers<ContextType>;
  RevenueLeakage?: RevenueLeakageResolvers<ContextType>;
  RevenueLeak?: RevenueLeakResolvers<ContextType>;
  UnratedUsage?: UnratedUsageResolvers<ContextType>;
  Reconciliation?: ReconciliationResolvers<ContextType>;
  ReconciliationProgress?: ReconciliationProgressResolvers<ContextType>;
  BreakGroup?: BreakGroupResolvers<ContextType>;
  ReconciliationRun?: ReconciliationRunResolvers<ContextType>;
  BreakChange?: BreakChangeResolvers<ContextType>;
  ReconciliationRunConnection?: ReconciliationRunConnectionResolvers<ContextType>;
  ReconciliationRunEdge?: ReconciliationRunEdgeResolvers<ContextType>;
  ReconciliationCheck?: ReconciliationCheckResolvers<ContextType>;
  ReconciliationBreak?: ReconciliationBreakResolvers<ContextType>;
  ReconciledValue?: ReconciledValueResolvers<ContextType>;
  ReconciledRecord?: ReconciledRecordResolvers<ContextType>;
  Contract?: ContractResolvers<ContextType>;
  ContractAgreement?: ContractAgreementResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Price?: PriceResolvers<ContextType>;
  BillingSubscription?: BillingSubscriptionResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  Dispute?: DisputeResolvers<ContextType>;
  JournalEntry?: JournalEntryResolvers<ContextType>;
  RevenueSchedule?: RevenueScheduleResolvers<ContextType>;
  ReplayEventsPayload?: ReplayEventsPayloadResolvers<ContextType>;
  Replay?: ReplayResolvers<ContextType>;
  ReplayConsumer?: ReplayConsumerResolvers<ContextType>;
  ProjectionDiff?: ProjectionDiffResolvers<ContextType>;
  EventPage?: EventPageResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  WebhookEndpoint?: WebhookEndpointResolvers<ContextType>;
  WebhookDelivery?: WebhookDeliveryResolvers<ContextType>;
  WebhookAttempt?: WebhookAttemptResolvers<ContextType>;
  WebhookDeliveryConnection?: WebhookDeliveryConnectionResolvers<ContextType>;
  WebhookDeliveryEdge?: WebhookDeliveryEdgeResolvers<ContextType>;
  WebhookEndpointPayload?: WebhookEndpointPayloadResolvers<ContextType>;
  RecoverWebhookDeliveriesPayload?: RecoverWebhookDeliveriesPayloadResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  StepError?: StepErrorResolvers<ContextType>;
  WorkflowStep?: WorkflowStepResolvers<ContextType>;
  Workflow?: WorkflowResolvers<ContextType>;
  WorkflowConnection?: WorkflowConnectionResolvers<ContextType>;
  WorkflowEdge?: WorkflowEdgeResolvers<ContextType>;
  AuditRecord?: AuditRecordResolvers<ContextType>;
  AuditRecordConnection?: AuditRecordConnectionResolvers<ContextType>;
  AuditRecordEdge?: AuditRecordEdgeResolvers<ContextType>;
  ExceptionDecision?: ExceptionDecisionResolvers<ContextType>;
  Exception?: ExceptionResolvers<ContextType>;
  InboundWebhook?: InboundWebhookResolvers<ContextType>;
  Proposal?: ProposalResolvers<ContextType>;
  RefusedException?: RefusedExceptionResolvers<ContextType>;
  ResolveExceptionsPayload?: ResolveExceptionsPayloadResolvers<ContextType>;
  PayloadChange?: PayloadChangeResolvers<ContextType>;
  PayloadEdit?: PayloadEditResolvers<ContextType>;
  Approval?: ApprovalResolvers<ContextType>;
  ApprovalConnection?: ApprovalConnectionResolvers<ContextType>;
  ApprovalEdge?: ApprovalEdgeResolvers<ContextType>;
  DecideApprovalPayload?: DecideApprovalPayloadResolvers<ContextType>;
  ExceptionConnection?: ExceptionConnectionResolvers<ContextType>;
  ExceptionEdge?: ExceptionEdgeResolvers<ContextType>;
  ResolveExceptionPayload?: ResolveExceptionPayloadResolvers<ContextType>;
  RecordPaymentPayload?: RecordPaymentPayloadResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  IssueCreditNotePayload?: IssueCreditNotePayloadResolvers<ContextType>;
  RefundPaymentPayload?: RefundPaymentPayloadResolvers<ContextType>;
  OpenDisputePayload?: OpenDisputePayloadResolvers<ContextType>;
  CloseDisputePayload?: CloseDisputePayloadResolvers<ContextType>;
  PublishProductPayload?: PublishProductPayloadResolvers<ContextType>;
  SettlePaymentPayload?: SettlePaymentPayloadResolvers<ContextType>;
  RecordPayoutPayload?: RecordPayoutPayloadResolvers<ContextType>;
  BillContractPayload?: BillContractPayloadResolvers<ContextType>;
  BillUsagePayload?: BillUsagePayloadResolvers<ContextType>;
  UpsertCustomerPayload?: UpsertCustomerPayloadResolvers<ContextType>;
  MergeCustomersPayload?: MergeCustomersPayloadResolvers<ContextType>;
  WriteOffInvoicePayload?: WriteOffInvoicePayloadResolvers<ContextType>;
  ClosePeriodPayload?: ClosePeriodPayloadResolvers<ContextType>;
  AccountingPeriod?: AccountingPeriodResolvers<ContextType>;
  PeriodBlocker?: PeriodBlockerResolvers<ContextType>;
  Invoice?: InvoiceResolvers<ContextType>;
  CreditNote?: CreditNoteResolvers<ContextType>;
  Date?: GraphQLScalarType;
  WorkflowModel?: WorkflowModelResolvers<ContextType>;
  ModelPart?: ModelPartResolvers<ContextType>;
  ModelMaster?: ModelMasterResolvers<ContextType>;
  ModelFlow?: ModelFlowResolvers<ContextType>;
  ModelStep?: ModelStepResolvers<ContextType>;
  ModelGatePlace?: ModelGatePlaceResolvers<ContextType>;
  SharedRuleUse?: SharedRuleUseResolvers<ContextType>;
  ModelException?: ModelExceptionResolvers<ContextType>;
  ModelFinding?: ModelFindingResolvers<ContextType>;
  ModelValidation?: ModelValidationResolvers<ContextType>;
  ModelActivation?: ModelActivationResolvers<ContextType>;
  ActivateModelPayload?: ActivateModelPayloadResolvers<ContextType>;
  ModelFacts?: ModelFactsResolvers<ContextType>;
  ModelRecommendation?: ModelRecommendationResolvers<ContextType>;
  RejectedModel?: RejectedModelResolvers<ContextType>;
  RouteExplanation?: RouteExplanationResolvers<ContextType>;
  RoutedTarget?: RoutedTargetResolvers<ContextType>;
  RouteStep?: RouteStepResolvers<ContextType>;
  WriteExplanation?: WriteExplanationResolvers<ContextType>;
  AccountValidation?: AccountValidationResolvers<ContextType>;
  AccountFinding?: AccountFindingResolvers<ContextType>;
  PriceLookup?: PriceLookupResolvers<ContextType>;
  TaxQuote?: TaxQuoteResolvers<ContextType>;
  QuotedTax?: QuotedTaxResolvers<ContextType>;
  TaxExemption?: TaxExemptionResolvers<ContextType>;
  DocumentEnrichment?: DocumentEnrichmentResolvers<ContextType>;
  RuledValue?: RuledValueResolvers<ContextType>;
  EnrichedLine?: EnrichedLineResolvers<ContextType>;
  ProductCheck?: ProductCheckResolvers<ContextType>;
  LegalEntity?: LegalEntityResolvers<ContextType>;
  CloseOpportunityPayload?: CloseOpportunityPayloadResolvers<ContextType>;
  Opportunity?: OpportunityResolvers<ContextType>;
  AmendContractPayload?: AmendContractPayloadResolvers<ContextType>;
};
