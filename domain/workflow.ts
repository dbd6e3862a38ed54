/**
 * How a workflow goes on. Its state is all there is to know: whoever reads it, in whichever process, comes to the same
 * next turn, so that a turn which was cut off is taken again.
 */
import type { PlannedGate } from './approval.ts'
import type { Recorded } from './entity.ts'
import type { Money } from './money.ts'
import type { RetryPolicy } from './workflow-model.ts'

/** Which system a step writes to; OPERATIONS for what is only decided. */
export type WorkflowSystem = 'CRM' | 'BILLING' | 'ERP' | 'OPERATIONS'

/**
 * What may become of a step. A CHECK only reads; a COMPENSATABLE step can be undone; after the PIVOT, the first
 * document with a legal number, nothing is taken back any more and only RETRIABLE steps follow (sagas, Garcia-Molina
 * and Salem 1987, in the terms of Richardson's Microservices Patterns).
 */
export type StepKind = 'CHECK' | 'COMPENSATABLE' | 'PIVOT' | 'RETRIABLE'

type StepStatus = 'PLANNED' | 'RUNNING' | 'DONE' | 'FAILED' | 'COMPENSATED'

/** Where a workflow is. The last two are ends; in AWAITING_APPROVAL and EXCEPTION it waits for a person. */
export type WorkflowStatus =
  | 'ACCEPTED'
  | 'RUNNING'
  | 'RETRYING'
  | 'AWAITING_APPROVAL'
  | 'EXCEPTION'
  | 'COMPENSATING'
  | 'COMPENSATED'
  | 'COMPLETED'

/** Why a step came to nothing. */
export interface StepError {
  /** The rule that refused it, or SYSTEM_UNAVAILABLE, STEP_UNKNOWN, OUTCOME_UNKNOWN, DEFECT. */
  readonly code: string
  /** The field that is wrong, where one is. */
  readonly field: string | null
  readonly message: string
}

/** One step of a workflow, planned when it was accepted. */
export interface WorkflowStep {
  readonly name: string
  readonly system: WorkflowSystem
  readonly kind: StepKind
  readonly status: StepStatus
  /** The approval that it waits for; null for a step that does something itself. */
  readonly gate: PlannedGate | null
  /** How often it was begun, its undoing included. */
  readonly attempts: number
  /** How often a person had it tried again, its undoing included; 0 where it is not there. */
  readonly retries?: number
  /** Under which its effect happens once in its system, and is found there. */
  readonly effectKey: string
  /** When it was begun for the first time. */
  readonly startedAt: Temporal.Instant | null
  readonly endedAt: Temporal.Instant | null
  /** What later steps and the answer know of it, as JSON. */
  readonly result: unknown
  /** Of its last attempt, where that failed. */
  readonly error: StepError | null
}

/** A business process over several systems, as it is kept. */
export interface Workflow extends Recorded {
  readonly id: string
  /** The story that it tells: `closeOpportunity`. */
  readonly flow: string
  readonly status: WorkflowStatus
  /** The workflow model by which its steps were ordered. */
  readonly model: string
  readonly modelVersion: number
  /** What it changes, `contract:ctr_…`: workflows about one subject are carried out one after another. */
  readonly subject: string
  readonly customerId: string | null
  readonly legalEntityId: string | null
  /** What is at stake where it gets stuck; null where its story does not know. */
  readonly moneyAtRisk: Money | null
  /** What was asked for, as JSON. */
  readonly input: unknown
  /** What was found out before it was accepted, as JSON. */
  readonly prepared: unknown
  readonly steps: readonly WorkflowStep[]
  /**
   * Since then it is to go on, or not before then; null where it stands in line or waits for a person, and once it has
   * ended. It stays as it is while the workflow goes from turn to turn.
   */
  readonly dueAt: Temporal.Instant | null
  /** Why it is undone, or waits for a person; null while all goes well. */
  readonly failure: StepError | null
  readonly requestedBy: string
  /** W3C trace context of the request. */
  readonly traceparent: string | null
  readonly acceptedAt: Temporal.Instant
  readonly endedAt: Temporal.Instant | null
  /** How often a node has taken it to go on with it: what an earlier holder reports does not count. */
  readonly run: number
}

/** What came of an attempt at a step, or at undoing it. */
export type StepOutcome =
  | { readonly kind: 'DONE'; readonly result: unknown }
  /** The system said no, and will say so again: `parks` where a person can mend the reason. */
  | { readonly kind: 'REFUSED'; readonly error: StepError; readonly parks: boolean }
  /** Nothing was done, or by its code OUTCOME_UNKNOWN it may have been; asked again later, the system may tell. */
  | { readonly kind: 'UNAVAILABLE'; readonly error: StepError; readonly retryAfterMs: number | null }
  /** It may have been done, and nobody can tell. Or the step itself is broken. */
  | { readonly kind: 'UNKNOWN'; readonly error: StepError }
  /** A person is asked, whose decision lets it go on. */
  | { readonly kind: 'AWAITED' }

/** What is to be done next: a step, or undoing one. */
export interface Turn {
  readonly step: WorkflowStep
  readonly isUndo: boolean
}

const ENDED: ReadonlySet<WorkflowStatus> = new Set(['COMPLETED', 'COMPENSATED'])

/** Whether nothing more will happen to it. */
export const hasEnded = ({ status }: Pick<Workflow, 'status'>): boolean => ENDED.has(status)

/** Whether a document with a legal number was issued: nothing is taken back from there on. */
export const hasPassedPivot = ({ steps }: Pick<Workflow, 'steps'>): boolean =>
  steps.some(({ kind, status }) => kind === 'PIVOT' && status === 'DONE')

/** The turn that a workflow is at; none where it has ended or waits for a person. */
export function nextTurn({ status, steps }: Pick<Workflow, 'status' | 'steps'>): Turn | undefined {
  if (status === 'COMPENSATING') {
    const step = steps.findLast(isToBeUndone)
    return step && { step, isUndo: true }
  }
  if (status !== 'ACCEPTED' && status !== 'RUNNING' && status !== 'RETRYING') return undefined
  const step = steps.find(({ status: is }) => is !== 'DONE')
  return step && { step, isUndo: false }
}

const isToBeUndone = ({ kind, status }: WorkflowStep): boolean =>
  kind === 'COMPENSATABLE' && status === 'DONE'

/** A workflow as somebody goes on with it: the turn that it is at counts as begun. */
export function begun(workflow: Workflow, turn: Turn, now: Temporal.Instant): Workflow {
  const { step, isUndo } = turn
  const status = isUndo ? 'COMPENSATING' : 'RUNNING'
  const started = { attempts: step.attempts + 1, startedAt: step.startedAt ?? now }
  return {
    ...withStep(workflow, { ...step, ...started, ...(isUndo ? {} : { status: 'RUNNING' }) }),
    status,
  }
}

/** A workflow after an attempt at the turn that it was at. */
export function afterTurn(
  workflow: Workflow,
  turn: Turn,
  outcome: StepOutcome,
  now: Temporal.Instant,
  /** For what is UNAVAILABLE. */
  retry: RetryDecision | undefined,
): Workflow {
  const step = workflow.steps.find(({ name }) => name === turn.step.name) ?? turn.step
  if (outcome.kind === 'DONE') return afterSuccess(workflow, step, turn.isUndo, outcome.result, now)
  if (outcome.kind === 'AWAITED') return { ...workflow, status: 'AWAITING_APPROVAL', dueAt: null }
  const failed = withStep(workflow, { ...step, error: outcome.error })
  if (outcome.kind === 'UNAVAILABLE') {
    const delayMs = retry?.(step, outcome.retryAfterMs) ?? null
    if (delayMs === null) return parked(failed, step, outcome.error)
    const status = turn.isUndo ? 'COMPENSATING' : 'RETRYING'
    return { ...failed, status, dueAt: now.add({ milliseconds: delayMs }) }
  }
  if (outcome.kind === 'UNKNOWN' || outcome.parks || hasPassedPivot(workflow) || turn.isUndo)
    return parked(failed, step, turn.isUndo ? compensationFailed(step, outcome.error) : outcome.error)
  return undone(failed, { ...step, error: outcome.error }, outcome.error, now)
}

function afterSuccess(
  workflow: Workflow,
  step: WorkflowStep,
  isUndo: boolean,
  result: unknown,
  now: Temporal.Instant,
): Workflow {
  const done: WorkflowStep = isUndo
    ? { ...step, status: 'COMPENSATED', endedAt: now, error: null }
    : { ...step, status: 'DONE', endedAt: now, result, error: null }
  const next = withStep(workflow, done)
  const isOver = nextTurn(next) === undefined
  if (!isOver) return { ...next, status: isUndo ? 'COMPENSATING' : 'RUNNING' }
  return { ...next, status: isUndo ? 'COMPENSATED' : 'COMPLETED', dueAt: null, endedAt: now }
}

/** It waits for a person, at the step where it is. */
function parked(workflow: Workflow, step: WorkflowStep, failure: StepError): Workflow {
  const isDone = step.status === 'DONE'
  const stuck: WorkflowStep = { ...step, error: failure, ...(isDone ? {} : { status: 'FAILED' }) }
  return { ...withStep(workflow, stuck), status: 'EXCEPTION', failure, dueAt: null }
}

const compensationFailed = ({ name }: WorkflowStep, { code, field, message }: StepError): StepError => ({
  code: 'COMPENSATION_FAILED',
  field,
  message: `${name} could not be undone: ${message} (${code})`,
})

/** What was done is taken back, from the last step to the first. */
function undone(workflow: Workflow, step: WorkflowStep, failure: StepError, now: Temporal.Instant): Workflow {
  const next: Workflow = {
    ...withStep(workflow, { ...step, status: 'FAILED' }),
    failure,
    status: 'COMPENSATING',
  }
  return nextTurn(next) === undefined
    ? { ...next, status: 'COMPENSATED', dueAt: null, endedAt: now }
    : { ...next, dueAt: now }
}

function withStep(workflow: Workflow, step: WorkflowStep): Workflow {
  return { ...workflow, steps: workflow.steps.map((other) => (other.name === step.name ? step : other)) }
}

/** The turn at which a workflow waits for a person. */
export function stuckTurn({ failure, steps }: Pick<Workflow, 'failure' | 'steps'>): Turn | undefined {
  const isUndo = failure?.code === 'COMPENSATION_FAILED'
  const step = isUndo ? steps.findLast(isToBeUndone) : steps.find(({ status }) => status === 'FAILED')
  return step && { step, isUndo }
}

/** What a turn's effect is known by in its system. */
export const effectKeyOf = ({ step: { effectKey }, isUndo }: Turn): string =>
  isUndo ? `${effectKey}/undo` : effectKey

/** A person has a workflow go on from where it is stuck: forwards, or backwards for the reason why it is undone. */
export function resumed(workflow: Workflow, now: Temporal.Instant): Workflow {
  const stuck = stuckTurn(workflow)
  const again: Workflow = { ...(stuck ? withStep(workflow, triedAgain(stuck.step)) : workflow), dueAt: now }
  if (stuck?.isUndo !== true) return { ...again, status: 'RUNNING', failure: null }
  const refused = workflow.steps.find(({ status }) => status === 'FAILED')
  return { ...again, status: 'COMPENSATING', failure: refused?.error ?? null }
}

const triedAgain = (step: WorkflowStep): WorkflowStep => ({
  ...step,
  retries: (step.retries ?? 0) + 1,
  status: step.status === 'FAILED' ? 'PLANNED' : step.status,
})

/** A person has a workflow undone that is stuck before its pivot; undefined where it has passed that. */
export function abandoned(workflow: Workflow, now: Temporal.Instant): Workflow | undefined {
  const stuck = workflow.steps.find(({ status }) => status === 'FAILED')
  const { failure } = workflow
  if (hasPassedPivot(workflow) || stuck === undefined || failure === null) return undefined
  return undone(workflow, stuck, failure, now)
}

/** Milliseconds until a step is tried again, or null where it has been tried for long enough. */
export type RetryDecision = (step: WorkflowStep, retryAfterMs: number | null) => number | null

/** Where no model says how: waits double from 0.2 s to 30 s, and 500 attempts are four hours. */
export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 500,
  firstDelaySeconds: 0.2,
  maxDelaySeconds: 30,
  jitterPercent: 50,
}

/**
 * Decides by a policy: each wait is twice the one before, and shorter by up to the jitter, so that what failed together
 * does not come back together. `fraction` gives a number from 0 to 1 for a try; what a system asks for is honoured.
 */
export const retryBy =
  (
    { attempts: maxAttempts, firstDelaySeconds, maxDelaySeconds, jitterPercent }: RetryPolicy,
    fraction: (seed: string) => number,
  ): RetryDecision =>
  ({ effectKey, attempts }, retryAfterMs) => {
    if (attempts % maxAttempts === 0) return null
    const seconds = Math.min(maxDelaySeconds, firstDelaySeconds * 2 ** Math.min(attempts - 1, MAX_DOUBLINGS))
    const left = 1 - (jitterPercent / 100) * fraction(`${effectKey} ${attempts}`)
    return Math.max(Math.round(seconds * 1_000 * left), retryAfterMs ?? 0)
  }

/** Beyond any longest wait, and within what a number holds. */
const MAX_DOUBLINGS = 20
