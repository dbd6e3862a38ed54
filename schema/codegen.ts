/**
 * What the generated resolver types need to know beyond the SDL, as data: the subgraphs, the TypeScript value behind
 * each scalar, and the row or domain type that a resolver gets as its parent. Extend `mappers` when a type is resolved
 * from something other than an object of the same shape. References read `<import>#<exported name>`.
 */

/** How one subgraph's SDL becomes resolver types. */
export interface SubgraphTypes {
  /** The type of the per-request context. */
  readonly context: string
  /** GraphQL type name → the TypeScript type that its resolvers receive as parent. */
  readonly mappers: Readonly<Record<string, string>>
}

/** GraphQL scalar → TypeScript type, the same in every subgraph; a scalar that is not listed stops the generator. */
export const scalarTypes = {
  ID: 'string',
  Date: 'Temporal.PlainDate',
  DateTime: 'Temporal.Instant',
  YearMonth: 'Temporal.PlainYearMonth',
  Decimal: 'string',
  CurrencyCode: 'string',
  BigInt: 'bigint',
  JSON: 'unknown',
} as const

/** Mappers that hold in every subgraph that has the type. */
export const sharedMappers: Readonly<Record<string, string>> = {
  Money: '#domain/money.ts#PrintableMoney',
  Event: '#platform/log/event.ts#LoggedEvent',
}

/** The subgraphs in the order in which they are composed; each has `schema/<name>.graphql`. */
export const subgraphTypes: Readonly<Record<string, SubgraphTypes>> = {
  crm: {
    context: '#subgraphs/crm/loaders.ts#Context',
    mappers: {
      Customer: '#domain/crm.ts#Customer',
      Contact: '#domain/crm.ts#Contact',
      Opportunity: '#domain/crm.ts#Opportunity',
      Quote: '#domain/crm.ts#Quote',
      QuoteLine: '#subgraphs/crm/loaders.ts#QuoteLineOf',
      Contract: '#domain/crm.ts#Contract',
      ContractLine: '#subgraphs/crm/store.ts#ContractLineOf',
      Amendment: '#domain/crm.ts#Amendment',
      CustomerConnection: '#subgraphs/crm/loaders.ts#CustomerConnection',
      ContractConnection: '#subgraphs/crm/loaders.ts#ContractConnection',
      OpportunityConnection: '#subgraphs/crm/loaders.ts#OpportunityConnection',
    },
  },
  billing: {
    context: '#subgraphs/billing/loaders.ts#Context',
    mappers: {
      Product: '#domain/billing.ts#Product',
      Price: '#domain/billing.ts#Price',
      PriceTier: '#subgraphs/billing/loaders.ts#PriceTierOf',
      BillingSubscription: '#domain/billing.ts#Subscription',
      SubscriptionItem: '#subgraphs/billing/loaders.ts#SubscriptionItemOf',
      Invoice: '#subgraphs/billing/tables.ts#InvoiceHeader',
      InvoiceLine: '#subgraphs/billing/loaders.ts#InvoiceLineOf',
      TaxLine: '#subgraphs/billing/loaders.ts#TaxLineOf',
      PaymentAllocation: '#subgraphs/billing/tables.ts#AllocationRow',
      Dunning: '#domain/billing.ts#Dunning',
      CreditNote: '#domain/billing.ts#CreditNote',
      CreditNoteLine: '#subgraphs/billing/loaders.ts#CreditNoteLineOf',
      Payment: '#subgraphs/billing/tables.ts#PaymentHeader',
      Refund: '#domain/billing.ts#Refund',
      Dispute: '#domain/billing.ts#Dispute',
      Usage: '#domain/billing.ts#Usage',
      Customer: '#subgraphs/billing/loaders.ts#CustomerReference',
      Receivables: '#domain/ageing.ts#Receivables',
      ReceivablesAgeing: '#subgraphs/billing/ageing.ts#AgeingOf',
      AgeingBucket: '#subgraphs/billing/loaders.ts#AgeingAmountOf',
      InvoiceConnection: '#subgraphs/billing/loaders.ts#InvoiceConnection',
      PaymentConnection: '#subgraphs/billing/loaders.ts#PaymentConnection',
      BillingSubscriptionConnection: '#subgraphs/billing/loaders.ts#SubscriptionConnection',
      ProductConnection: '#subgraphs/billing/loaders.ts#ProductConnection',
      InvoiceEvent: '#platform/log/subscribe.ts#DeliveredEvent',
      PaymentEvent: '#platform/log/subscribe.ts#DeliveredEvent',
    },
  },
  erp: {
    context: '#subgraphs/erp/loaders.ts#Context',
    mappers: {
      LegalEntity: '#domain/erp.ts#LegalEntity',
      LedgerAccount: '#domain/erp.ts#LedgerAccount',
      AccountRule: '#subgraphs/erp/loaders.ts#AccountRuleOf',
      AccountingPeriod: '#domain/erp.ts#AccountingPeriod',
      PeriodSeal: '#subgraphs/erp/seal-store.ts#PeriodSeal',
      SealProof: '#subgraphs/erp/seal-store.ts#SealProof',
      ClosePeriodPayload: '#subgraphs/erp/period-resolvers.ts#PeriodAnswer',
      ReopenPeriodPayload: '#subgraphs/erp/period-resolvers.ts#PeriodAnswer',
      FxRate: '#domain/erp.ts#FxRate',
      JournalEntry: '#subgraphs/erp/tables.ts#JournalHeader',
      JournalLine: '#subgraphs/erp/loaders.ts#JournalLineOf',
      JournalEntryConnection: '#subgraphs/erp/loaders.ts#JournalEntryConnection',
      PerformanceObligation: '#subgraphs/erp/tables.ts#RevenueSchedule',
      RevenueSchedule: '#subgraphs/erp/tables.ts#RevenueSchedule',
      RevenueScheduleEntry: '#subgraphs/erp/loaders.ts#ScheduledMonthOf',
      Posting: '#subgraphs/erp/loaders.ts#PostingOf',
      BooksCheck: '#subgraphs/erp/loaders.ts#BooksCheckOf',
      TrialBalance: '#subgraphs/erp/reports.ts#TrialBalanceOf',
      AccountBalance: '#subgraphs/erp/reports.ts#AccountBalanceOf',
      CurrencyBalance: '#subgraphs/erp/reports.ts#CurrencyBalanceOf',
      DeferredRevenueConnection: '#subgraphs/erp/roll-forward.ts#DeferredRevenueConnection',
      DeferredRevenueRollForward: '#subgraphs/erp/roll-forward.ts#RollForwardOf',
      RollForwardPeriod: '#subgraphs/erp/roll-forward.ts#RolledPeriodOf',
      RollForward: '#subgraphs/erp/roll-forward.ts#RolledAmounts',
      RemainingPerformanceObligations: '#subgraphs/erp/deferred-store.ts#RemainingObligations',
      Customer: '#subgraphs/erp/loaders.ts#CustomerReference',
      Contract: '#subgraphs/erp/loaders.ts#Reference',
      ContractLine: '#subgraphs/erp/loaders.ts#Reference',
      JournalSource: '#subgraphs/erp/loaders.ts#SourceReference',
      AmendmentPreview: '#subgraphs/erp/preview.ts#BooksPreview',
      PreviewedRevenueSchedule: '#subgraphs/erp/preview.ts#PreviewedSchedule',
    },
  },
  insight: {
    context: '#subgraphs/insight/subgraph.ts#Context',
    mappers: {
      Customer: '#subgraphs/insight/standing.ts#CustomerRepresentation',
      StandingReason: '#domain/standing.ts#StandingReason',
      StandingChange: '#platform/log/subscribe.ts#DeliveredEvent',
      ListedStanding: '#subgraphs/insight/list-store.ts#ListedStanding',
      ListedStandingConnection: '#subgraphs/insight/standing-list.ts#ListedStandingConnection',
      StandingRecord: '#subgraphs/insight/list-store.ts#StandingRecord',
      StandingRecordConnection: '#subgraphs/insight/standing-list.ts#StandingRecordConnection',
      ToldStanding: '#domain/standing.ts#Standing',
      RevenueMetrics: '#subgraphs/insight/metrics/report.ts#Metrics',
      RevenueMetricsRow: '#subgraphs/insight/metrics/report.ts#MetricsRow',
      MetricExplanation: '#subgraphs/insight/metrics/explain.ts#Explanation',
      MetricEntry: '#subgraphs/insight/metrics/explain.ts#ExplainedEntry',
      MetricEntryConnection: '#subgraphs/insight/metrics/explain.ts#EntryConnection',
      MetricGroup: '#subgraphs/insight/metrics/report.ts#Group',
    },
  },
  operations: {
    context: '#subgraphs/operations/loaders.ts#Context',
    mappers: {
      RevenueLeakage: '#subgraphs/operations/reconciliation/leakage.ts#RevenueLeakageOf',
      RevenueLeak: '#subgraphs/operations/reconciliation/leakage.ts#RevenueLeakOf',
      Reconciliation: '#subgraphs/operations/reconciliation/resolvers.ts#ReconciliationOf',
      ReconciliationCheck: '#subgraphs/operations/reconciliation/resolvers.ts#CheckOf',
      ReconciliationBreak: '#subgraphs/operations/reconciliation-store.ts#FoundBreak',
      WebhookEndpoint: '#domain/webhook.ts#WebhookEndpoint',
      WebhookDelivery: '#subgraphs/operations/delivery-store.ts#WebhookDelivery',
      WebhookDeliveryConnection: '#subgraphs/operations/loaders.ts#WebhookDeliveryConnection',
      WebhookEndpointPayload: '#subgraphs/operations/webhooks/resolvers.ts#EndpointAnswer',
      Approval: '#domain/approval.ts#Approval',
      ApprovalConnection: '#subgraphs/operations/loaders.ts#ApprovalConnection',
      DecideApprovalPayload: '#subgraphs/operations/approvals/resolvers.ts#ApprovalAnswer',
      PayloadChange: '#domain/exception.ts#PayloadChange',
      PayloadEdit: '#domain/exception.ts#PayloadEdit',
      Exception: '#domain/exception.ts#WorkflowException',
      ExceptionConnection: '#subgraphs/operations/loaders.ts#ExceptionConnection',
      ResolveExceptionPayload: '#subgraphs/operations/exceptions/resolvers.ts#ExceptionAnswer',
      Workflow: '#domain/workflow.ts#Workflow',
      WorkflowProgress: '#platform/log/subscribe.ts#DeliveredEvent',
      WorkflowConnection: '#subgraphs/operations/loaders.ts#WorkflowConnection',
      AmendContractPayload: '#subgraphs/operations/flows/answer.ts#FlowAnswer',
      CloseOpportunityPayload: '#subgraphs/operations/flows/answer.ts#FlowAnswer',
      IssueCreditNotePayload: '#subgraphs/operations/flows/answer.ts#FlowAnswer',
      RecordPaymentPayload: '#subgraphs/operations/flows/answer.ts#FlowAnswer',
      RefundPaymentPayload: '#subgraphs/operations/flows/answer.ts#FlowAnswer',
      WriteOffInvoicePayload: '#subgraphs/operations/flows/answer.ts#FlowAnswer',
      Replay: '#subgraphs/operations/replays/order.ts#ReplayOrder',
      ReplayEventsPayload: '#subgraphs/operations/replays/order.ts#ReplayAnswer',
      WorkflowModel: '#domain/workflow-model.ts#HashedModel',
      ModelPart: '#domain/workflow-model.ts#ModelPart',
      ModelActivation: '#domain/model-activation.ts#ActivatedModel',
      ActivateModelPayload: '#subgraphs/operations/models/activate.ts#ActivationAnswer',
      RouteExplanation: '#subgraphs/operations/models/explain.ts#ExplainedRoute',
      WriteExplanation: '#subgraphs/operations/models/explain.ts#ExplainedWrite',
      AccountValidation: '#subgraphs/operations/services/services.ts#AccountAnswer',
      RecoverWebhookDeliveriesPayload: '#subgraphs/operations/webhooks/resolvers.ts#RecoveryAnswer',
    },
  },
}
