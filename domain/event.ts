import type {
  CreditNote,
  CreditNoteStatus,
  Dispute,
  DisputeStatus,
  Dunning,
  DunningStatus,
  Invoice,
  InvoiceStatus,
  Payment,
  PaymentStatus,
  Refund,
  RefundStatus,
  Subscription,
  SubscriptionStatus,
} from './billing.ts'
import type {
  Amendment,
  AmendmentStatus,
  Contract,
  ContractLine,
  ContractStatus,
  Customer,
  CustomerStatus,
  Opportunity,
  OpportunityStage,
  Quote,
  QuoteStatus,
} from './crm.ts'
import type { AccountingPeriod, PeriodStatus } from './erp.ts'

/** What happened to an aggregate between two states: the past tense in the event's type, `issued`. */
export type Happening<State> = (before: State | undefined, after: State) => string

/** A change of status that consumers wait for; `NEW` stands for the status of what was not known before. */
interface Milestone<Status extends string> {
  readonly from: readonly (Status | 'NEW')[] | 'ANY'
  readonly to: Status
  readonly event: string
}

const invoiceMilestones: readonly Milestone<InvoiceStatus>[] = [
  { from: ['NEW'], to: 'DRAFT', event: 'drafted' },
  { from: ['NEW', 'DRAFT'], to: 'OPEN', event: 'issued' },
  { from: ['NEW', 'DRAFT'], to: 'PARTIALLY_PAID', event: 'issued' },
  { from: 'ANY', to: 'PAID', event: 'paid' },
  { from: 'ANY', to: 'VOID', event: 'voided' },
  { from: 'ANY', to: 'UNCOLLECTIBLE', event: 'writtenOff' },
]

const paymentMilestones: readonly Milestone<PaymentStatus>[] = [
  { from: ['NEW', 'PENDING', 'FAILED'], to: 'SUCCEEDED', event: 'received' },
  { from: ['NEW', 'PENDING', 'FAILED'], to: 'DISPUTED', event: 'received' },
  { from: 'ANY', to: 'FAILED', event: 'failed' },
  { from: 'ANY', to: 'PARTIALLY_REFUNDED', event: 'refunded' },
  { from: 'ANY', to: 'REFUNDED', event: 'refunded' },
]

const creditNoteMilestones: readonly Milestone<CreditNoteStatus>[] = [
  { from: ['NEW', 'DRAFT'], to: 'ISSUED', event: 'issued' },
  { from: ['NEW', 'DRAFT'], to: 'APPLIED', event: 'issued' },
  { from: ['NEW', 'DRAFT'], to: 'REFUNDED', event: 'issued' },
  { from: 'ANY', to: 'VOID', event: 'voided' },
]

const refundMilestones: readonly Milestone<RefundStatus>[] = [
  { from: 'ANY', to: 'SUCCEEDED', event: 'paid' },
  { from: 'ANY', to: 'FAILED', event: 'failed' },
  { from: 'ANY', to: 'CANCELED', event: 'cancelled' },
]

const disputeMilestones: readonly Milestone<DisputeStatus>[] = [
  { from: ['NEW'], to: 'NEEDS_RESPONSE', event: 'opened' },
  { from: ['NEW'], to: 'UNDER_REVIEW', event: 'opened' },
  { from: 'ANY', to: 'WON', event: 'closed' },
  { from: 'ANY', to: 'LOST', event: 'closed' },
]

const subscriptionMilestones: readonly Milestone<SubscriptionStatus>[] = [
  { from: ['NEW', 'INCOMPLETE', 'TRIALING', 'PAUSED'], to: 'ACTIVE', event: 'activated' },
  { from: 'ANY', to: 'CANCELED', event: 'cancelled' },
  { from: 'ANY', to: 'INCOMPLETE_EXPIRED', event: 'expired' },
]

const dunningMilestones: readonly Milestone<DunningStatus>[] = [
  { from: 'ANY', to: 'RECOVERED', event: 'recovered' },
  { from: 'ANY', to: 'EXHAUSTED', event: 'exhausted' },
]

const customerMilestones: readonly Milestone<CustomerStatus>[] = [
  { from: 'ANY', to: 'MERGED', event: 'merged' },
]

const opportunityMilestones: readonly Milestone<OpportunityStage>[] = [
  { from: 'ANY', to: 'WON', event: 'won' },
  { from: 'ANY', to: 'LOST', event: 'lost' },
]

const quoteMilestones: readonly Milestone<QuoteStatus>[] = [
  { from: 'ANY', to: 'ACCEPTED', event: 'accepted' },
  { from: 'ANY', to: 'REJECTED', event: 'rejected' },
  { from: 'ANY', to: 'EXPIRED', event: 'expired' },
]

const contractMilestones: readonly Milestone<ContractStatus>[] = [
  { from: ['NEW', 'DRAFT'], to: 'SIGNED', event: 'signed' },
  { from: ['NEW', 'DRAFT'], to: 'ACTIVE', event: 'signed' },
  { from: ['SIGNED'], to: 'ACTIVE', event: 'activated' },
  { from: 'ANY', to: 'SUSPENDED', event: 'suspended' },
  { from: ['SUSPENDED'], to: 'ACTIVE', event: 'resumed' },
  { from: 'ANY', to: 'RENEWED', event: 'renewed' },
  { from: 'ANY', to: 'EXPIRED', event: 'expired' },
  { from: 'ANY', to: 'TERMINATED', event: 'terminated' },
]

const amendmentMilestones: readonly Milestone<AmendmentStatus>[] = [
  { from: 'ANY', to: 'APPROVED', event: 'approved' },
  { from: 'ANY', to: 'APPLIED', event: 'applied' },
  { from: 'ANY', to: 'COMPENSATED', event: 'compensated' },
  { from: 'ANY', to: 'FAILED', event: 'failed' },
]

const periodMilestones: readonly Milestone<PeriodStatus>[] = [
  { from: 'ANY', to: 'CLOSED', event: 'closed' },
  { from: 'ANY', to: 'REOPENED', event: 'reopened' },
]

/** `created` or `changed`: for what has no milestones, such as products and contacts. */
export function recordEvent(before: unknown): string {
  return before === undefined ? 'created' : 'changed'
}

/** What happened to a payment. */
export const paymentEvent: Happening<Payment> = byStatus(paymentMilestones)
/** What happened to a credit note. */
export const creditNoteEvent: Happening<CreditNote> = byStatus(creditNoteMilestones)
/** What happened to a refund. */
export const refundEvent: Happening<Refund> = byStatus(refundMilestones)
/** What happened to a dispute. */
export const disputeEvent: Happening<Dispute> = byStatus(disputeMilestones)
/** What happened to a subscription. */
export const subscriptionEvent: Happening<Subscription> = byStatus(subscriptionMilestones)
/** What happened to the collection of an invoice. */
export const dunningEvent: Happening<Dunning> = byStatus(dunningMilestones)
/** What happened to a customer. */
export const customerEvent: Happening<Customer> = byStatus(customerMilestones)
/** What happened to a quote. */
export const quoteEvent: Happening<Quote> = byStatus(quoteMilestones)
/** What happened to an amendment. */
export const amendmentEvent: Happening<Amendment> = byStatus(amendmentMilestones)
/** What happened to an accounting period. */
export const accountingPeriodEvent: Happening<AccountingPeriod> = byStatus(periodMilestones)

/** What happened to an invoice; it is overdue once. */
export function invoiceEvent(before: Invoice | undefined, after: Invoice): string {
  const milestone = milestoneOf(invoiceMilestones, before?.status, after.status)
  if (milestone !== undefined) return milestone
  return before?.overdueSince === null && after.overdueSince !== null ? 'overdue' : recordEvent(before)
}

/** What happened to an opportunity. */
export function opportunityEvent(before: Opportunity | undefined, after: Opportunity): string {
  return milestoneOf(opportunityMilestones, before?.stage, after.stage) ?? recordEvent(before)
}

/** A contract of which other things were sold than before was amended. */
export function contractEvent(before: Contract | undefined, after: Contract): string {
  const milestone = milestoneOf(contractMilestones, before?.status, after.status)
  if (milestone !== undefined) return milestone
  return before !== undefined && soldBy(before) !== soldBy(after) ? 'amended' : recordEvent(before)
}

/** Where one change passes several milestones, it tells of the last: an invoice first seen paid was `paid`. */
function byStatus<Status extends string, State extends { readonly status: Status }>(
  milestones: readonly Milestone<Status>[],
): Happening<State> {
  return (before, after) => milestoneOf(milestones, before?.status, after.status) ?? recordEvent(before)
}

function milestoneOf<Status extends string>(
  milestones: readonly Milestone<Status>[],
  before: Status | undefined,
  after: Status,
): string | undefined {
  if (before === after) return undefined
  return milestones.find(({ from, to }) => to === after && (from === 'ANY' || from.includes(before ?? 'NEW')))
    ?.event
}

/** The lines of a contract as a text that is the same when the same was sold. */
function soldBy({ lines }: Contract): string {
  return lines.map(textOfLine).toSorted().join('\n')
}

function textOfLine({ id, productId, quantity, unitPrice, interval, servicePeriod }: ContractLine): string {
  const dates = `${servicePeriod.start.toString()}/${servicePeriod.end.toString()}`
  return [id, productId, quantity, unitPrice, interval?.unit, interval?.count, dates].join(' ')
}
