/** How what waits for a person is opened: its class, whose it is and by when, and what is at stake. */
import type { Recorded } from './entity.ts'
import {
  DEFAULT_EXCEPTION_RULES,
  type ExceptionRule,
  type OwnedFor,
  type RaisedException,
  type StuckClass,
} from './exception.ts'
import type { HeldWrite } from './foreign-write.ts'
import { currencyExponent, type Money } from './money.ts'
import type { Break } from './reconciliation.ts'
import { reconciliationRules, type RuleName } from './reconciliation-rules.ts'
import type { StepError, Workflow, WorkflowStep } from './workflow.ts'

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

/** What is new of an exception each time that it is raised. */
type Raising = Pick<RaisedException, 'code' | 'step' | 'message'> &
  Partial<
    Pick<RaisedException, 'workflowId' | 'breakId' | 'webhookId' | 'customerId' | 'legalEntityId'> &
      Pick<RaisedException, 'field' | 'moneyAtRisk' | 'attempts' | 'edits' | 'proposal'>
  >

/** An exception: a new one, or the one that there was before, opened again. */
function raised(
  id: string,
  rule: OwnedFor & Pick<RaisedException, 'class'>,
  before: RaisedException | undefined,
  now: Temporal.Instant,
  raising: Raising,
): Omit<RaisedException, keyof Recorded> {
  return {
    id,
    workflowId: null,
    breakId: null,
    webhookId: null,
    customerId: null,
    legalEntityId: null,
    class: rule.class,
    field: null,
    moneyAtRisk: null,
    attempts: 0,
    edits: [],
    proposal: null,
    ...raising,
    riskRank: riskRank(raising.moneyAtRisk ?? null),
    resolvedAt: null,
    openedAt: before?.openedAt ?? now,
    decisions: before?.decisions ?? [],
    ...(before === undefined ? freshlyOwned(rule, now) : ownedAgain(before, rule, now)),
  }
}

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
  return raised(id, rule, before, now, {
    workflowId: workflow.id,
    customerId: workflow.customerId,
    legalEntityId: workflow.legalEntityId,
    code: failure.code,
    step: step.name,
    field: failure.field,
    message: failure.message,
    moneyAtRisk: workflow.moneyAtRisk,
    attempts: step.attempts,
    edits: before?.edits ?? [],
  })
}

/** A break that lasts, as it is told to a person. */
export interface LastingBreak extends Pick<
  Break,
  'cause' | 'message' | 'left' | 'right' | 'delta' | 'recordId'
> {
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
  return raised(id, rule, before, now, {
    breakId: found.id,
    customerId: found.customerId,
    code: found.cause,
    step: found.rule,
    message: `${found.rule} of ${found.recordId}: ${found.message}`,
    moneyAtRisk: magnitudeOf(found.delta ?? found.left ?? found.right),
  })
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
  return raised(id, rule, before, now, {
    customerId: object === 'customer' ? objectId : null,
    code: decision === 'REJECT' ? 'REJECTED_NOT_MASTER' : 'FOREIGN_WRITE',
    step: objectId,
    field: `${object}.${field}`,
    message: `${writer} (${source}) wrote ${values} to ${object}.${field}, which ${master} masters`,
    proposal: decision === 'PROPOSE' ? write : null,
  })
}

/** A webhook of an outside system of which nothing came to be known here. */
interface UntakenWebhook {
  /** Name of the connector whose system sent it. */
  readonly source: string
  readonly webhookId: string
  /** Whether it cannot be read, or says what cannot be recorded. */
  readonly code: 'WEBHOOK_UNREADABLE' | 'WEBHOOK_NOT_RECORDED'
  readonly reason: string
  readonly attempts: number
}

/** The exception of a webhook that failed: a new one, or the one that it had before, opened again. */
export function inboundFailure(
  { source, webhookId, code, reason, attempts }: UntakenWebhook,
  id: string,
  before: RaisedException | undefined,
  rules: readonly ExceptionRule[],
  now: Temporal.Instant,
): Omit<RaisedException, keyof Recorded> {
  const rule = ruleOf(rules, 'INBOUND_FAILED')
  const trouble = code === 'WEBHOOK_UNREADABLE' ? 'cannot be read' : 'cannot be recorded'
  return raised(id, rule, before, now, {
    webhookId,
    code,
    step: source,
    message: `${source} sent the webhook ${webhookId}, which ${trouble}: ${reason}`,
    attempts: (before?.attempts ?? 0) + attempts,
  })
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
