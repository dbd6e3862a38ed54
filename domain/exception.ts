/** What waits for a person: whose it is, by when, and what is at stake. */
import type { Recorded } from './entity.ts'
import type { Proposal } from './foreign-write.ts'
import type { Money } from './money.ts'

/** Who answers for exceptions and approvals. */
export type Owner = 'SALES_OPERATIONS' | 'FINANCE' | 'PLATFORM'
export const OWNERS: readonly Owner[] = ['SALES_OPERATIONS', 'FINANCE', 'PLATFORM']

/** Why a workflow stops until a person has looked at it. */
export type StuckClass =
  | 'MAPPING_MISSING'
  | 'ROUTE_MISSING'
  | 'TAX_MISMATCH'
  | 'TAX_UNAVAILABLE'
  | 'POSTING_REJECTED'
  | 'STEP_REFUSED'
  | 'RETRIES_EXHAUSTED'
  | 'OUTCOME_UNKNOWN'
  | 'COMPENSATION_FAILED'
  | 'FOREIGN_WRITE'
  | 'OUTGROWN'
  | 'COLLECTION_EXHAUSTED'
  | 'INBOUND_FAILED'

/** What kind of thing waits for a person. */
type ExceptionClass = StuckClass | 'RECONCILIATION_BREAK'

/** Who looks at exceptions of a class, and by when. */
export interface ExceptionRule extends OwnedFor {
  readonly class: StuckClass
}

/** Whose an exception is, and for how long. */
export interface OwnedFor {
  readonly owner: Owner
  readonly deadlineHours: number
  /** Who has it after the deadline. */
  readonly escalateTo: Owner
}

/** Where an exception is. IN_PROGRESS: a person has the workflow go on; AWAITING_APPROVAL: another one has to agree. */
type ExceptionStatus = 'OPEN' | 'ASSIGNED' | 'AWAITING_APPROVAL' | 'IN_PROGRESS' | 'RESOLVED'

/** What a person can do about an exception. */
export type ExceptionAction =
  | 'RETRY'
  | 'EDIT_AND_RETRY'
  | 'ADOPT'
  | 'SEND_AGAIN'
  | 'COMPENSATE'
  | 'ACCEPT'
  | 'REJECT'
  | 'RESOLVE'
  | 'ASSIGN'

/** What a person did about an exception. */
export interface ExceptionDecision {
  readonly action: ExceptionAction
  readonly actor: string
  readonly reason: string
  readonly at: Temporal.Instant
  /** What she named in an outside system, as made or as voided there; not there where she named nothing. */
  readonly externalId?: string
}

/** One value of a payload that a person changed. */
export interface PayloadChange {
  /** Names and places down to the value. */
  readonly path: readonly string[]
  readonly before: unknown
  readonly after: unknown
}

/** A version of a payload, as a person made it of the one before. */
export interface PayloadEdit {
  /** The payload as it was prepared is version 1. */
  readonly version: number
  readonly status: 'PROPOSED' | 'APPLIED' | 'REJECTED'
  readonly actor: string
  readonly reason: string
  readonly at: Temporal.Instant
  readonly changes: readonly PayloadChange[]
  /** Of the payload with these changes. */
  readonly payloadHash: string
  /** The approval that it needs; null where it touches no money. */
  readonly approvalId: string | null
}

/**
 * What waits for a person, or did: a stuck workflow, something that two systems do not hold alike, a foreign write, a
 * webhook that could not be taken in.
 */
export interface RaisedException extends Recorded {
  readonly id: string
  /** Null of a break, of a webhook, and of a foreign write that is not taken over. */
  readonly workflowId: string | null
  /** Null of all but a break. */
  readonly breakId: string | null
  /** As its sender calls it; null of all but a webhook. */
  readonly webhookId: string | null
  readonly customerId: string | null
  readonly legalEntityId: string | null
  readonly class: ExceptionClass
  /**
   * The rule that refused the step, or SYSTEM_UNAVAILABLE, STEP_UNKNOWN, OUTCOME_UNKNOWN, COMPENSATION_FAILED,
   * DEFECT; of a break its cause; of a webhook WEBHOOK_UNREADABLE or WEBHOOK_NOT_RECORDED.
   */
  readonly code: string
  /** Of a break the rule of reconciliation; of a foreign write the id of what it was to; of a webhook its connector. */
  readonly step: string
  readonly field: string | null
  readonly message: string
  readonly status: ExceptionStatus
  readonly owner: Owner
  /** Who of the owner's people has taken it. */
  readonly assignee: string | null
  readonly openedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  /** How long an owner has for it. */
  readonly deadlineHours: number
  readonly escalateTo: Owner
  /** How many deadlines have passed. */
  readonly escalations: number
  readonly moneyAtRisk: Money | null
  /** Sorts amounts of all currencies by their number of major units; -1 where the amount is not known. */
  readonly riskRank: bigint
  /** How often the step was tried. */
  readonly attempts: number
  /** Oldest first. */
  readonly decisions: readonly ExceptionDecision[]
  /** Oldest first. */
  readonly edits: readonly PayloadEdit[]
  /** What a system wrote of a field that another one masters, where it can be taken over. */
  readonly proposal: Proposal | null
  readonly resolvedAt: Temporal.Instant | null
}

/** Owners and deadlines where no workflow model says others. */
export const DEFAULT_EXCEPTION_RULES: readonly ExceptionRule[] = [
  { class: 'MAPPING_MISSING', owner: 'FINANCE', deadlineHours: 24, escalateTo: 'PLATFORM' },
  { class: 'ROUTE_MISSING', owner: 'SALES_OPERATIONS', deadlineHours: 24, escalateTo: 'PLATFORM' },
  { class: 'TAX_MISMATCH', owner: 'FINANCE', deadlineHours: 24, escalateTo: 'FINANCE' },
  { class: 'TAX_UNAVAILABLE', owner: 'PLATFORM', deadlineHours: 4, escalateTo: 'FINANCE' },
  { class: 'POSTING_REJECTED', owner: 'FINANCE', deadlineHours: 24, escalateTo: 'PLATFORM' },
  { class: 'STEP_REFUSED', owner: 'SALES_OPERATIONS', deadlineHours: 24, escalateTo: 'FINANCE' },
  { class: 'RETRIES_EXHAUSTED', owner: 'PLATFORM', deadlineHours: 4, escalateTo: 'FINANCE' },
  { class: 'OUTCOME_UNKNOWN', owner: 'PLATFORM', deadlineHours: 4, escalateTo: 'FINANCE' },
  { class: 'COMPENSATION_FAILED', owner: 'PLATFORM', deadlineHours: 2, escalateTo: 'FINANCE' },
  { class: 'FOREIGN_WRITE', owner: 'SALES_OPERATIONS', deadlineHours: 72, escalateTo: 'PLATFORM' },
  { class: 'OUTGROWN', owner: 'SALES_OPERATIONS', deadlineHours: 168, escalateTo: 'FINANCE' },
  { class: 'COLLECTION_EXHAUSTED', owner: 'FINANCE', deadlineHours: 168, escalateTo: 'SALES_OPERATIONS' },
  { class: 'INBOUND_FAILED', owner: 'PLATFORM', deadlineHours: 4, escalateTo: 'FINANCE' },
]

/** All classes: each has somebody who answers for it. */
export const EXCEPTION_CLASSES = DEFAULT_EXCEPTION_RULES.map((rule) => rule.class)

/** An exception whose deadline passed: the next owner has it, for as long again, and whoever had taken it has not. */
export function escalated(exception: RaisedException, now: Temporal.Instant): RaisedException {
  const { escalateTo, deadlineHours, escalations, status } = exception
  return {
    ...exception,
    owner: escalateTo,
    assignee: null,
    status: status === 'ASSIGNED' ? 'OPEN' : status,
    dueAt: now.add({ hours: deadlineHours }),
    escalations: escalations + 1,
  }
}

/** What happened to an exception, in the past tense. */
export function exceptionEvent(before: RaisedException | undefined, after: RaisedException): string {
  if (before === undefined) return 'opened'
  if (after.escalations > before.escalations) return 'escalated'
  const isWaiting = after.status === 'OPEN' || after.status === 'ASSIGNED'
  if (after.status === 'RESOLVED' && before.status !== 'RESOLVED') return 'resolved'
  if (after.status === 'IN_PROGRESS') return 'takenUp'
  if (before.status === 'IN_PROGRESS' || before.status === 'RESOLVED')
    return isWaiting ? 'reopened' : 'changed'
  return after.assignee === before.assignee ? 'changed' : 'assigned'
}
