/** A workflow model is data: who masters what, in which order flows take their steps, and who has to agree. */
import type { GateRule } from './approval.ts'
import type { ExceptionRule } from './exception.ts'
import type { StepKind } from './workflow.ts'

/** What steps work in, and who can master a field. */
export const SYSTEMS = ['CRM', 'BILLING', 'ERP', 'OPERATIONS'] as const
export type SystemName = (typeof SYSTEMS)[number]

/** The business stories that cross systems. */
export const FLOW_NAMES = [
  'closeOpportunity',
  'amendContract',
  'renewContract',
  'suspendContract',
  'resumeContract',
  'cancelContract',
  'transferContract',
  'recordPayment',
  'settlePayment',
  'recordPayout',
  'refundPayment',
  'issueCreditNote',
  'writeOffInvoice',
  'upsertCustomer',
  'mergeCustomers',
  'unmergeCustomers',
  'closePeriod',
  'shareStanding',
  'publishProduct',
  'billContract',
  'billUsage',
  'collectInvoice',
  'openDispute',
  'closeDispute',
  'followDispute',
  'acceptProposal',
] as const
export type FlowName = (typeof FLOW_NAMES)[number]

/** A rule that steps of several flows share. */
export type SharedRule = 'ROUTE' | 'TAX' | 'PRICE' | 'ACCOUNT' | 'LIMIT'

/** A step as its flow's code states it. */
export interface CatalogueStep {
  readonly name: string
  readonly system: SystemName
  readonly kind: StepKind
  /** Steps whose results it reads. */
  readonly needs: readonly string[]
  readonly hasUndo: boolean
  /** Shared rules that it asks. */
  readonly uses?: readonly SharedRule[]
}

/** The steps of each flow that there is code for, in its story's order. */
export type FlowCatalogue = Readonly<Partial<Record<FlowName, readonly CatalogueStep[]>>>

/** Object → its fields, as the events of the three systems tell them. */
export type ObjectCatalogue = Readonly<Record<string, readonly string[]>>

/** What becomes of a write by a system that does not master the field. */
export const FOREIGN_TREATMENTS = ['PROPOSE', 'REJECT', 'MERGE'] as const
type ForeignTreatment = (typeof FOREIGN_TREATMENTS)[number]

/** A way on which the value of a field travels. */
export interface Carrying {
  readonly from: SystemName
  readonly to: SystemName
}

/** Who masters fields, and what becomes of another's write. */
export interface MasterRule {
  /** As events name them: `customer`, `price`. */
  readonly objects: readonly string[]
  /** `all` are those that no other rule names. */
  readonly fields: 'all' | readonly string[]
  readonly master: SystemName
  readonly foreign: ForeignTreatment
  /** The only systems whose writes are taken over; for MERGE. */
  readonly mergedFrom: readonly SystemName[]
  readonly carried: readonly Carrying[]
}

/** Currency → major units as a plain decimal: `25000.00`. Text, since a model is kept as it was written. */
export type AmountByCurrency = Readonly<Record<string, string>>

/** An approval that work waits for. Always bound to the hash of what is approved, and never by who asked for it. */
export interface Gate extends GateRule {
  readonly description: string
}

/** Where a gate stands in a flow. */
interface GatePlace {
  readonly gate: string
  /** The step that waits; null for the first one. */
  readonly before: string | null
}

/** How a model takes a flow. */
export interface FlowPlan {
  /** Empty for the story's own order. */
  readonly steps: readonly string[]
  readonly gates: readonly GatePlace[]
}

export const ROUTE_KINDS = ['LEGAL_ENTITY', 'TAX', 'PAYMENT'] as const
export type RouteKind = (typeof ROUTE_KINDS)[number]

/** Which of our companies sells, who reckons the tax, who takes the payment. Null holds for all. */
export interface Route {
  readonly name: string
  readonly kind: RouteKind
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[] | null
  /** States or prefectures of the country. */
  readonly regions: readonly string[] | null
  /** Codes of our companies. */
  readonly legalEntities: readonly string[] | null
  /** First day on which it holds; null where it always did. */
  readonly since: Temporal.PlainDate | null
  /** First day on which it holds no more; null where none is known. */
  readonly until: Temporal.PlainDate | null
  /** Code of the company, name of the tax provider or of the payment processor. */
  readonly to: string
  /** The tax provider that reckons instead while that one does not answer; null for none. */
  readonly fallback: string | null
}

/** A country that we sell in: all its routes must be known. */
export interface Market {
  readonly country: string
  readonly since: Temporal.PlainDate
}

/** Systems that event rules send to. */
export type EventTarget = 'CRM' | 'BILLING' | 'ERP' | 'TAX' | 'PAYMENT' | 'ANALYTICS'
export const EVENT_TARGETS = [
  'CRM',
  'BILLING',
  'ERP',
  'TAX',
  'PAYMENT',
  'ANALYTICS',
] as const satisfies EventTarget[]

/** Who gets an event. */
export interface EventRoute {
  readonly name: string
  /** Types of events. */
  readonly on: readonly string[]
  readonly to: readonly EventTarget[]
}

/** What a model is made for; more is OUTGROWN. Null is no limit. */
export interface Limits {
  /** Usage-based lines of a deal. */
  readonly usageLines: number | null
  /** Our companies that sell. */
  readonly legalEntities: number | null
  /** Amendments of one contract. */
  readonly amendments: number | null
  /** Most that a deal is worth. */
  readonly dealAmount: AmountByCurrency | null
}

/** How a step that fails in a way that may pass is tried again. */
export interface RetryPolicy {
  /** Until a person has to know; she has it tried as often again. */
  readonly attempts: number
  /** Before the second attempt; each later wait is twice the one before. */
  readonly firstDelaySeconds: number
  readonly maxDelaySeconds: number
  /** By how much a delay may be shorter, as chance has it. */
  readonly jitterPercent: number
}

/** All that a model says. */
export interface WorkflowModel {
  readonly name: string
  readonly version: number
  readonly description: string
  readonly masters: readonly MasterRule[]
  readonly flows: Readonly<Partial<Record<FlowName, FlowPlan>>>
  readonly gates: readonly Gate[]
  readonly markets: readonly Market[]
  readonly routes: readonly Route[]
  readonly events: readonly EventRoute[]
  readonly limits: Limits
  readonly retry: RetryPolicy
  readonly exceptions: readonly ExceptionRule[]
}

/** A model for some of our companies, by code; null for all. */
export interface ModelPart {
  readonly legalEntities: readonly string[] | null
  readonly model: WorkflowModel
}

/** A model as it is activated: one part for all, or a hybrid with a part for each of our companies. */
export interface ModelDocument {
  readonly name: string
  readonly version: number
  readonly description: string
  readonly parts: readonly ModelPart[]
}

/** A model and the hash of all that it says, which tells two of one name and version apart. */
export interface HashedModel extends ModelDocument {
  readonly hash: string
}
