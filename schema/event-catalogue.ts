/**
 * Every event that the subgraphs publish: who owns it, what it tells, who reads it. The schemas in `schema/events` and
 * `schema/asyncapi.json` are generated from this page and from the types that it names.
 */
import { operationsEvents } from './operations-events.ts'
import { RECORDED } from './recorded.ts'

/** What is told about one kind of aggregate. Each of its events carries the full state after the change. */
export interface AggregateEvents {
  readonly subgraph: 'crm' | 'billing' | 'erp' | 'insight' | 'operations'
  /** As in the type of its events: `invoice`. */
  readonly aggregate: string
  /** The type of the state, `<path>#<exported name>`. */
  readonly state: string
  /** What the state is, for a reader who knows the field. */
  readonly description: string
  /** Past tense → what happened. */
  readonly events: Readonly<Record<string, string>>
  /** Readers that this repository knows of, beside those of every event. */
  readonly consumers?: readonly string[]
  /**
   * Fields that the first events of this major version lacked, `lines/discount` for one of a part: a reader must do
   * without them. A field that is not named here is in every event.
   */
  readonly addedLater?: readonly string[]
}

/** The major version of every type so far. A change that old events do not meet needs the next one, and an upcaster. */
const MAJOR = 1

/** Who answers for the events of a subgraph. */
const OWNERS: Readonly<Record<AggregateEvents['subgraph'], string>> = {
  crm: 'Sales operations',
  billing: 'Billing operations',
  erp: 'Accounting',
  insight: 'Customer insight',
  operations: 'Integration',
}

/** Any event can be had as a query of the logs. */
const OPEN_TO_ALL = 'graph: events'
/** What happens inside the integration is nobody else's: an endpoint must not learn of another one. */
const SENT_OUT = 'webhooks'

/** The catalogue, by subgraph. */
export const aggregateEvents: readonly AggregateEvents[] = [
  {
    subgraph: 'crm',
    aggregate: 'customer',
    state: 'domain/crm.ts#Customer',
    description: 'A customer or prospect.',
    events: { ...RECORDED, merged: 'It was found to be the same as another customer, which carries on.' },
    addedLater: ['billingFeedback'],
  },
  {
    subgraph: 'crm',
    aggregate: 'contact',
    state: 'domain/crm.ts#Contact',
    description: 'A person at a customer.',
    events: RECORDED,
  },
  {
    subgraph: 'crm',
    aggregate: 'opportunity',
    state: 'domain/crm.ts#Opportunity',
    description: 'A deal that sales works on.',
    events: { ...RECORDED, won: 'The customer agreed.', lost: 'The deal came to nothing.' },
  },
  {
    subgraph: 'crm',
    aggregate: 'quote',
    state: 'domain/crm.ts#Quote',
    description: 'An offer within an opportunity.',
    events: {
      ...RECORDED,
      accepted: 'The customer accepted it.',
      rejected: 'The customer rejected it.',
      expired: 'It was not accepted in time.',
    },
  },
  {
    subgraph: 'crm',
    aggregate: 'contract',
    state: 'domain/crm.ts#Contract',
    description: 'What was sold to a customer for a term, with its lines.',
    events: {
      ...RECORDED,
      signed: 'Both sides signed it.',
      activated: 'Its term began.',
      amended: 'Other things are sold than before: lines, quantities, prices or dates changed.',
      suspended: 'Its delivery stopped for a while.',
      resumed: 'Its delivery goes on.',
      renewed: 'Another contract follows it.',
      expired: 'Its term ended.',
      terminated: 'It was ended before its term.',
    },
  },
  {
    subgraph: 'crm',
    aggregate: 'amendment',
    state: 'domain/crm.ts#Amendment',
    description: 'A change of a contract, from its draft to its effect.',
    events: {
      ...RECORDED,
      approved: 'It may be applied.',
      applied: 'It took effect in all systems.',
      compensated: 'What it had done was taken back.',
      failed: 'It could not be applied.',
    },
  },
  {
    subgraph: 'billing',
    aggregate: 'product',
    state: 'domain/billing.ts#Product',
    description: 'Something that is sold.',
    events: RECORDED,
  },
  {
    subgraph: 'billing',
    aggregate: 'price',
    state: 'domain/billing.ts#Price',
    description: 'What a product costs.',
    events: RECORDED,
  },
  {
    subgraph: 'billing',
    aggregate: 'subscription',
    state: 'domain/billing.ts#Subscription',
    description: 'What is billed to a customer again and again, with its items.',
    events: {
      ...RECORDED,
      activated: 'Billing began, or goes on.',
      cancelled: 'It ended.',
      expired: 'Its first payment did not come in time.',
    },
  },
  {
    subgraph: 'billing',
    aggregate: 'invoice',
    state: 'domain/billing.ts#Invoice',
    description: 'A bill with its lines, taxes and what is still owed.',
    consumers: ['graph: invoiceEvents'],
    addedLater: ['overdueSince'],
    events: {
      drafted: 'It was prepared and has no number yet.',
      issued: 'It was sent to the customer.',
      changed: 'Something about it changed, such as its balance by a part payment.',
      overdue:
        'Its due date passed with a balance. Told once, within an hour of the day after in its time zone.',
      paid: 'Nothing is owed any more.',
      voided: 'It was withdrawn as if it had never been.',
      writtenOff: 'It is not expected to be paid.',
    },
  },
  {
    subgraph: 'billing',
    aggregate: 'payment',
    state: 'domain/billing.ts#Payment',
    description: 'Money from a customer, with the invoices that it settles.',
    consumers: ['graph: paymentEvents'],
    events: {
      ...RECORDED,
      received: 'The money arrived.',
      failed: 'The money did not arrive.',
      refunded: 'Some or all of it was paid back.',
    },
  },
  {
    subgraph: 'billing',
    aggregate: 'creditNote',
    state: 'domain/billing.ts#CreditNote',
    description: 'What corrects an invoice.',
    events: { ...RECORDED, issued: 'It was sent to the customer.', voided: 'It was withdrawn.' },
  },
  {
    subgraph: 'billing',
    aggregate: 'refund',
    state: 'domain/billing.ts#Refund',
    description: 'Money that goes back to a customer.',
    events: {
      ...RECORDED,
      paid: 'The money left.',
      failed: 'The money could not be paid back.',
      cancelled: 'It was called off before the money left.',
    },
  },
  {
    subgraph: 'billing',
    aggregate: 'dispute',
    state: 'domain/billing.ts#Dispute',
    description: 'A payment that the payer contests at the bank.',
    consumers: ['operations: disputes-are-followed'],
    events: {
      opened: 'The bank told of it.',
      changed: 'Something about it changed, such as the day by which evidence is due.',
      closed: 'The bank decided, for us or for the payer.',
    },
  },
  {
    subgraph: 'billing',
    aggregate: 'usage',
    state: 'domain/billing.ts#Usage',
    description: 'A measured quantity that a metered price is applied to.',
    events: RECORDED,
  },
  {
    subgraph: 'billing',
    aggregate: 'dunning',
    state: 'domain/billing.ts#Dunning',
    description: 'The attempts to collect an invoice.',
    events: { ...RECORDED, recovered: 'The invoice was paid.', exhausted: 'The last attempt failed.' },
  },
  {
    subgraph: 'erp',
    aggregate: 'legalEntity',
    state: 'domain/erp.ts#LegalEntity',
    description: 'One of our companies.',
    events: RECORDED,
  },
  {
    subgraph: 'erp',
    aggregate: 'ledgerAccount',
    state: 'domain/erp.ts#LedgerAccount',
    description: 'An account of the chart of a legal entity.',
    events: RECORDED,
  },
  {
    subgraph: 'erp',
    aggregate: 'period',
    state: 'domain/erp.ts#AccountingPeriod',
    description: 'A month of the books of a legal entity.',
    events: {
      ...RECORDED,
      closed: 'It takes no more entries.',
      reopened: 'It takes entries again, for a correction.',
    },
    addedLater: ['sealHash', 'reopenings', 'closedBy'],
  },
  {
    subgraph: 'erp',
    aggregate: 'fxRate',
    state: 'domain/erp.ts#FxRate',
    description: 'The exchange rate of two currencies on a day.',
    events: RECORDED,
  },
  {
    subgraph: 'erp',
    aggregate: 'creditProfile',
    state: 'domain/erp.ts#CreditProfile',
    description: 'The credit that accounting allows a customer.',
    events: RECORDED,
  },
  {
    subgraph: 'erp',
    aggregate: 'journal',
    state: 'domain/journal.ts#JournalEntry',
    description: 'An entry of the books with its lines, in transaction and functional currency.',
    events: {
      posted: 'It is in the books.',
      reversed: 'Another entry mirrors it.',
      referenced: 'An outside ledger has it as well.',
    },
  },
  {
    subgraph: 'erp',
    aggregate: 'posting',
    state: 'subgraphs/erp/tables.ts#PostingNote',
    description: 'Why a document has no entry in the books.',
    events: {
      blocked: 'It cannot be posted until something is mended.',
      waived: 'It has no effect on the books.',
      unblocked: 'It is posted after all.',
    },
    addedLater: ['legalEntityId', 'date'],
  },
  {
    subgraph: 'erp',
    aggregate: 'revenueSchedule',
    state: 'subgraphs/erp/tables.ts#RevenueSchedule',
    description: 'A performance obligation and the months in which its revenue is earned.',
    addedLater: ['productId'],
    events: { created: 'It was first planned.', revised: 'Its plan changed; what is posted stays.' },
  },
  {
    subgraph: 'erp',
    aggregate: 'contractPlan',
    state: 'subgraphs/erp/plan-store.ts#StoredPlan',
    description:
      'How a contract is earned: its price over its obligations, and how its changes were treated.',
    events: {
      created: 'It was first planned.',
      modified: 'A change of the contract was treated as the standard demands.',
      replaced: 'It was planned afresh, because its past is not what was planned.',
    },
  },
  {
    subgraph: 'erp',
    aggregate: 'delivery',
    state: 'domain/delivery.ts#Delivery',
    description: 'How far a contract line is delivered, where days do not tell.',
    events: RECORDED,
  },
  {
    subgraph: 'erp',
    aggregate: 'accountRule',
    state: 'domain/account-rules.ts#AccountRule',
    description: 'Which account a side of a posting goes to.',
    events: RECORDED,
  },
  {
    subgraph: 'erp',
    aggregate: 'productFamily',
    state: 'subgraphs/erp/rule-store.ts#ProductFamily',
    description: 'The family of a product as the books know it: it may choose accounts.',
    events: RECORDED,
  },
  {
    subgraph: 'erp',
    aggregate: 'customerRegion',
    state: 'subgraphs/erp/rule-store.ts#CustomerRegion',
    description: 'The sales region of a customer as the books know it: it may choose accounts.',
    events: RECORDED,
  },
  {
    subgraph: 'erp',
    aggregate: 'listPrice',
    state: 'subgraphs/erp/plan-store.ts#StoredListPrice',
    description: 'A price of the catalogue as the books know it: evidence of what a product costs alone.',
    events: RECORDED,
  },
  {
    subgraph: 'insight',
    aggregate: 'standing',
    state: 'domain/standing.ts#StandingChange',
    description: "A change of a customer's standing over CRM, billing and ERP.",
    consumers: ['graph: standingChanges', 'operations: standing-is-known-to-sales'],
    events: { changed: 'The level, or a reason for it, is another than before.' },
  },
  ...operationsEvents,
]

/** One type of event as readers know it. */
export interface CataloguedEvent {
  /** `revgraph.billing.invoice.issued.v1`: in `type` of the CloudEvents envelope. */
  readonly type: string
  readonly version: number
  readonly owner: string
  readonly description: string
  readonly consumers: readonly string[]
  /** File of the JSON Schema of `data`, in `schema/`. */
  readonly schema: string
}

/** The types of an aggregate's events, by the past tense. */
export function typesOf({ subgraph, aggregate, events }: AggregateEvents): Map<string, string> {
  const past = Object.keys(events)
  return new Map(past.map((event) => [event, `revgraph.${subgraph}.${aggregate}.${event}.v${MAJOR}`]))
}

/** Name of the schema of an aggregate's state: `billing.invoice.v1`. */
export const stateName = ({ subgraph, aggregate }: AggregateEvents): string =>
  `${subgraph}.${aggregate}.v${MAJOR}`

/** Every type of event, by subgraph and aggregate. */
export const eventCatalogue: readonly CataloguedEvent[] = aggregateEvents.flatMap((about) =>
  [...typesOf(about)].map(([event, type]) => ({
    type,
    version: MAJOR,
    owner: OWNERS[about.subgraph],
    description: `${about.description} ${about.events[event] ?? ''}`,
    consumers: [
      OPEN_TO_ALL,
      ...(about.subgraph === 'operations' ? [] : [SENT_OUT]),
      ...(about.consumers ?? []),
    ],
    schema: `events/${type}.json`,
  })),
)

/** Types that can be had by a webhook. */
export const webhookTypes: ReadonlySet<string> = new Set(
  eventCatalogue.filter(({ consumers }) => consumers.includes(SENT_OUT)).map(({ type }) => type),
)
