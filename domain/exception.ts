/** What waits for a person: whose it is, by when, and what is at stake. */
import type { Recorded } from './entity.ts'
import type { HeldWrite, Proposal } from './foreign-write.ts'
import { currencyExponent, type Money } from './money.ts'
import type { Break } from './reconciliation.ts'
import { reconciliationRules, type RuleName } from './reconciliation-rules.ts'
import type { StepError, Workflow, WorkflowStep } from './workflow.ts'

/** Who answers for exceptions and approvals. */
export type Owner = 'SALES_OPERATIONS' | 'FINANCE' | 'PLATFORM'
export const OWNERS: readonly Owner[] = ['SALES_OPERATIONS', 'FINANCE', 'PLATFORM']

/** Why a workflow stops until a person has looked at it. */
type StuckClass =
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

/** What kind of thing waits for a person. */
type ExceptionClass = StuckClass | 'RECONCILIATION_BREAK'

/** Who looks at exceptions of a class, and by when. */
export interface ExceptionRule extends OwnedFor {
  readonly class: StuckClass
}

/** Whose an exception is, and for how long. */
interface OwnedFor {
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

/** What waits for a person, or did: a stuck workflow, something that two systems do not hold alike, a foreign write. */
export interface RaisedException extends Recorded {
  readonly id: string
  /** Null of a break, and of a foreign write that is not taken over. */
  readonly workflowId: string | null
  /** Null of a workflow and of a foreign write. */
  readonly breakId: string | null
  readonly customerId: string | null
  readonly legalEntityId: string | null
  readonly class: ExceptionClass
  /**
   * The rule that refused the step, or SYSTEM_UNAVAILABLE, STEP_UNKNOWN, OUTCOME_UNKNOWN, COMPENSATION_FAILED,
   * DEFECT; of a break its cause.
   */
  readonly code: string
  /** Of a break the rule of reconciliation; of a foreign write the id of what it was to. */
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

/** Codes that name their class; any other is a refusal of the system whose step it is. */
const CLASS_BY_CODE: Readonly<Record<string, StuckClass>> = {
  MAPPING_MISSING: 'MAPPING_MISSING',
  TAX_CODE_MISSING: 'MAPPING_MISSING',
  ROUTE_MISSING: 'ROUTE_MISSING',
  RULES_AMBIGUOUS: 'ROUTE_MISSING',
  TAX_MISMATCH: 'TAX_MISMATCH',
  TAX_SIGN: 'TAX_MISMATCH',
  TAX_UNAVAILABLE: 'TAX_UNAVAILABLE',
  POSTING_BLOCKED: 'POSTING_REJECTED',
  PERIOD_CLOSED: 'POSTING_REJECTED',
  SYSTEM_UNAVAILABLE: 'RETRIES_EXHAUSTED',
  STEP_UNKNOWN: 'RETRIES_EXHAUSTED',
  OUTCOME_UNKNOWN: 'OUTCOME_UNKNOWN',
  // A step that is broken may have had its effect.
  DEFECT: 'OUTCOME_UNKNOWN',
  COMPENSATION_FAILED: 'COMPENSATION_FAILED',
  FOREIGN_WRITE: 'FOREIGN_WRITE',
  OUTGROWN: 'OUTGROWN',
  COLLECTION_EXHAUSTED: 'COLLECTION_EXHAUSTED',
}

/** The class of a failure. What the books refuse for a reason of their own is theirs to mend. */
function classOf({ code }: Pick<StepError, 'code'>, { system }: Pick<WorkflowStep, 'system'>): StuckClass {
  return CLASS_BY_CODE[code] ?? (system === 'ERP' ? 'POSTING_REJECTED' : 'STEP_REFUSED')
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
]

/** All classes: each has somebody who answers for it. */
export const EXCEPTION_CLASSES = DEFAULT_EXCEPTION_RULES.map((rule) => rule.class)

/** The exception of a workflow that got stuck: a new one, or the one that it had before, opened again. */
export function stuck(
  workflow: Workflow,
  id: string,
  before: RaisedException | undefined,
  rules: readonly ExceptionRule[],
  now: Temporal.Instant,
): Omit<RaisedException, keyof Recorded> {
  const { failure } = workflow
  const step = workflow.steps.find(
    ({ error }) => error?.code === failure?.code && error?.message === failure?.message,
  )
  if (failure === null || step === undefined) throw new RangeError(`${workflow.id} does not say why it waits`)
  const rule = ruleOf(rules, classOf(failure, step))
  const carried = before === undefined ? freshlyOwned(rule, now) : ownedAgain(before, rule, now)
  return {
    id,
    workflowId: workflow.id,
    breakId: null,
    customerId: workflow.customerId,
    legalEntityId: workflow.legalEntityId,
    class: rule.class,
    code: failure.code,
    step: step.name,
    field: failure.field,
    message: failure.message,
    moneyAtRisk: workflow.moneyAtRisk,
    riskRank: riskRank(workflow.moneyAtRisk),
    attempts: step.attempts,
    resolvedAt: null,
    openedAt: before?.openedAt ?? now,
    decisions: before?.decisions ?? [],
    edits: before?.edits ?? [],
    proposal: null,
    ...carried,
  }
}

/** A break that lasts, as it is told to a person. */
export interface LastingBreak extends Pick<Break, 'cause' | 'message' | 'left' | 'right' | 'delta'> {
  readonly id: string
  readonly rule: RuleName
  readonly customerId: string | null
}

/** The exception of a break: a new one, or the one that it had before, opened again. */
export function broken(
  found: LastingBreak,
  id: string,
  before: RaisedException | undefined,
  now: Temporal.Instant,
): Omit<RaisedException, keyof Recorded> {
  const { owner, deadlineDays } = reconciliationRules[found.rule]
  const rule = {
    class: 'RECONCILIATION_BREAK',
    owner,
    deadlineHours: deadlineDays * HOURS_PER_DAY,
    escalateTo: owner === 'FINANCE' ? 'PLATFORM' : 'FINANCE',
  } as const
  const moneyAtRisk = magnitudeOf(found.delta ?? found.left ?? found.right)
  return {
    id,
    workflowId: null,
    breakId: found.id,
    customerId: found.customerId,
    legalEntityId: null,
    class: rule.class,
    code: found.cause,
    step: found.rule,
    field: null,
    message: found.message,
    moneyAtRisk,
    riskRank: riskRank(moneyAtRisk),
    attempts: 0,
    resolvedAt: null,
    openedAt: before?.openedAt ?? now,
    decisions: before?.decisions ?? [],
    edits: [],
    proposal: null,
    ...(before === undefined ? freshlyOwned(rule, now) : ownedAgain(before, rule, now)),
  }
}

/** The exception of a write that was held back: a new one, or the one that it had before, opened again. */
export function foreignWrite(
  { decision, ...write }: HeldWrite,
  id: string,
  before: RaisedException | undefined,
  rules: readonly ExceptionRule[],
  now: Temporal.Instant,
): Omit<RaisedException, keyof Recorded> {
  const { object, objectId, field, source, writer, master, stated, kept } = write
  const rule = ruleOf(rules, 'FOREIGN_WRITE')
  const values = `${textOf(stated)} instead of ${textOf(kept)}`
  return {
    id,
    workflowId: null,
    breakId: null,
    customerId: object === 'customer' ? objectId : null,
    legalEntityId: null,
    class: rule.class,
    code: decision === 'REJECT' ? 'REJECTED_NOT_MASTER' : 'FOREIGN_WRITE',
    step: objectId,
    field: `${object}.${field}`,
    message: `${writer} (${source}) wrote ${values} to ${object}.${field}, which ${master} masters`,
    moneyAtRisk: null,
    riskRank: riskRank(null),
    attempts: 0,
    resolvedAt: null,
    openedAt: before?.openedAt ?? now,
    decisions: before?.decisions ?? [],
    edits: [],
    proposal: decision === 'PROPOSE' ? write : null,
    ...(before === undefined ? freshlyOwned(rule, now) : ownedAgain(before, rule, now)),
  }
}

const MAX_VALUE_CHARACTERS = 100

/** A `bigint` as its digits. */
const digits = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value)

/** A value of any kind for a person to read. */
const textOf = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null, digits)
  return text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text
}

const HOURS_PER_DAY = 24

function magnitudeOf(amount: Money | null): Money | null {
  if (amount === null || amount.minorUnits >= 0n) return amount
  return { ...amount, minorUnits: -amount.minorUnits }
}

type Ownership = Pick<
  RaisedException,
  'status' | 'owner' | 'assignee' | 'dueAt' | 'deadlineHours' | 'escalateTo' | 'escalations'
>

const freshlyOwned = ({ owner, deadlineHours, escalateTo }: OwnedFor, now: Temporal.Instant): Ownership => ({
  status: 'OPEN',
  owner,
  assignee: null,
  dueAt: now.add({ hours: deadlineHours }),
  deadlineHours,
  escalateTo,
  escalations: 0,
})

/** What fails for the same kind of reason as before stays with whoever has it: trying again buys no time. */
function ownedAgain(
  before: RaisedException,
  rule: OwnedFor & Pick<RaisedException, 'class'>,
  now: Temporal.Instant,
): Ownership {
  if (before.class !== rule.class || before.status === 'RESOLVED') return freshlyOwned(rule, now)
  const { owner, assignee, dueAt, deadlineHours, escalateTo, escalations } = before
  const status = assignee === null ? 'OPEN' : 'ASSIGNED'
  return { status, owner, assignee, dueAt, deadlineHours, escalateTo, escalations }
}

/** The rule of a class. A model that was activated before there was the class does not name it. */
function ruleOf(rules: readonly ExceptionRule[], name: StuckClass): ExceptionRule {
  const rule = [...rules, ...DEFAULT_EXCEPTION_RULES].find((known) => known.class === name)
  if (rule === undefined) throw new RangeError(`nobody answers for exceptions of class ${name}`)
  return rule
}

/** Most decimals that a currency has. */
const MAX_EXPONENT = 4
const MAX_RANK = 2n ** 63n - 1n

function riskRank(amount: Money | null): bigint {
  if (amount === null) return -1n
  const rank = amount.minorUnits * 10n ** BigInt(MAX_EXPONENT - currencyExponent(amount.currency))
  return rank > MAX_RANK ? MAX_RANK : rank
}

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
