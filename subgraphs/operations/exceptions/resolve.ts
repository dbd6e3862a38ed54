import type { ExceptionAction, ExceptionDecision, RaisedException } from '#domain/exception.ts'
import type { Outcome, Violation } from '#domain/failure.ts'
import { ANYBODY, checkName, checkReason } from '#domain/person.ts'
import { checkLength } from '#domain/text.ts'
import { hasEnded, type Workflow } from '#domain/workflow.ts'
import type { Draft, UnitOfWork } from '#platform/command.ts'
import { contentHash } from '#platform/json.ts'
import { readRows } from '#platform/table.ts'
import { exceptions } from '../exception-store.ts'
import { dueAgain } from '../inbound-store.ts'
import type { Replan } from '../workflows/replan.ts'
import { type Mending, mend } from '../workflows/mend.ts'
import { workflowAggregate } from '../workflows/save.ts'
import { exceptionAggregate, exceptionId } from './attend.ts'
import { editAndRetry } from './edit.ts'
import { refusePossible, sendAgain, settleOutcome } from './outside.ts'

/** What a person wants done about an exception. */
export interface Resolution {
  readonly exceptionId: string
  readonly action: ExceptionAction
  readonly reason: string
  readonly actor: string | null
  /** Who gets it, for ASSIGN. */
  readonly assignee: string | null
  /** The whole payload with values changed, for EDIT_AND_RETRY. */
  readonly payload: unknown
  /** What the outside system calls what it made, for ADOPT, or what was voided there, for SEND_AGAIN and COMPENSATE. */
  readonly externalId: string | null
  /** The number of what was made, for ADOPT of a numbered document. */
  readonly documentNumber: string | null
  /** Of the proposal that was seen, for ACCEPT and REJECT; null for whatever is proposed. */
  readonly proposalHash: string | null
}

/** An exception and its workflow, both locked. */
interface LockedException {
  readonly exception: RaisedException
  /** Null of a break and of a webhook. */
  readonly workflow: Workflow | null
}

/** The newest decisions that an exception shows; the audit trail has all of them. */
const MAX_DECISIONS = 100

/** Has what was proposed taken over by a workflow that is accepted with the decision; gives its id. */
export type TakeOver = (
  unit: UnitOfWork,
  exception: RaisedException,
  resolution: Resolution,
) => Promise<Outcome<string>>

/** What is done about workflows where a person decides about an exception. */
export interface ExceptionDesk {
  readonly takeOver: TakeOver
  readonly replan: Replan
}

/** Does what a person decided about an exception. Ring the desk after it is committed. */
export async function resolveException(
  unit: UnitOfWork,
  resolution: Resolution,
  now: Temporal.Instant,
  desk: ExceptionDesk = NOBODY,
): Promise<Outcome<RaisedException>> {
  const locked = await lockException(unit, resolution.exceptionId)
  if (locked === undefined) return refused('REFERENCE_MISSING', 'exceptionId', 'There is no such exception')
  const wrong = [
    ...checkReason(resolution.reason),
    ...checkName(resolution.actor, 'actor'),
    ...checkName(resolution.assignee, 'assignee'),
    ...checkLength(resolution.externalId, 'externalId'),
  ]
  if (wrong.length > 0) return { violations: wrong }
  if (locked.exception.status === 'AWAITING_APPROVAL')
    return refused('STATUS_FORBIDS', 'exceptionId', 'An edit waits for approval: that is decided first')
  const { value: after, violations } = await ACTIONS[resolution.action](unit, locked, resolution, now, desk)
  if (violations !== undefined) return { violations }
  const decisions = [...locked.exception.decisions, decisionOf(resolution, now)].slice(-MAX_DECISIONS)
  const [saved = locked.exception] = await unit.save(exceptionAggregate, [
    { before: locked.exception, after: { ...after, decisions } },
  ])
  return { value: saved }
}

/** The workflow is locked first, as by whoever carries it out. */
async function lockException(unit: UnitOfWork, id: string): Promise<LockedException | undefined> {
  const [known] = await readRows(unit, exceptions, [id])
  if (known === undefined) return undefined
  const { workflowId } = known
  const workflow = workflowId && (await unit.lock(workflowAggregate, [workflowId])).get(workflowId)
  const exception = (await unit.lock(exceptionAggregate, [id])).get(id)
  return exception && { exception, workflow: workflow || null }
}

const decisionOf = (
  { action, actor, reason, externalId }: Resolution,
  at: Temporal.Instant,
): ExceptionDecision => ({
  action,
  actor: actor ?? ANYBODY,
  reason,
  at,
  ...(externalId !== null && { externalId }),
})

/** Has a webhook taken in again: whoever does so resolves it, or opens it again. */
async function takeInAgain(
  unit: UnitOfWork,
  exception: RaisedException,
  webhookId: string,
  now: Temporal.Instant,
): ReturnType<Act> {
  if (exception.status === 'RESOLVED')
    return refused('STATUS_FORBIDS', 'exceptionId', 'It is resolved already')
  const isDue = await dueAgain(unit, { source: exception.step, webhookId }, now)
  return isDue
    ? { value: { ...exception, status: 'IN_PROGRESS', resolvedAt: null } }
    : refused('STATUS_FORBIDS', 'exceptionId', 'It is about to be taken in already')
}

type Act = (
  unit: UnitOfWork,
  locked: LockedException,
  resolution: Resolution,
  now: Temporal.Instant,
  desk: ExceptionDesk,
) => Promise<Outcome<Draft<RaisedException>>>

const retryWorkflow = ofWorkflow(mending('RESUME'))

const ACTIONS: Readonly<Record<ExceptionAction, Act>> = {
  RETRY: (unit, locked, resolution, now, desk) => {
    const { webhookId } = locked.exception
    return webhookId === null
      ? retryWorkflow(unit, locked, resolution, now, desk)
      : takeInAgain(unit, locked.exception, webhookId, now)
  },
  EDIT_AND_RETRY: ofWorkflow(
    (unit, stuck, edit, now, { replan }) => editAndRetry(unit, stuck, edit, now, replan),
    (unit, workflow) => refusePossible(unit, workflow),
  ),
  ADOPT: ofWorkflow(mending('RESUME'), (unit, workflow, { externalId, documentNumber }) =>
    settleOutcome(unit, workflow, { externalId: externalId ?? '', number: documentNumber }),
  ),
  SEND_AGAIN: ofWorkflow(mending('RESUME'), (unit, workflow, { externalId }) =>
    sendAgain(unit, workflow, externalId),
  ),
  COMPENSATE: ofWorkflow(mending('COMPENSATE'), (unit, workflow, { externalId }) =>
    refusePossible(unit, workflow, externalId),
  ),
  ACCEPT: async (unit, { exception }, resolution, now, { takeOver }) => {
    const refusal = refuseDecided(exception, resolution)
    if (refusal !== undefined) return refusal
    const { value: workflowId, violations } = await takeOver(unit, exception, resolution)
    if (violations !== undefined) return { violations }
    return { value: { ...exception, workflowId, status: 'RESOLVED', resolvedAt: now } }
  },
  REJECT: (_, { exception }, resolution, now) =>
    Promise.resolve(
      refuseDecided(exception, resolution) ?? {
        value: { ...exception, status: 'RESOLVED', resolvedAt: now },
      },
    ),
  RESOLVE: (_, { exception }, __, now) =>
    Promise.resolve(
      exception.status === 'RESOLVED'
        ? refused('STATUS_FORBIDS', 'exceptionId', 'It is resolved already')
        : { value: { ...exception, status: 'RESOLVED', resolvedAt: now } },
    ),
  ASSIGN: (_, { exception }, { assignee }) =>
    Promise.resolve(
      exception.status === 'OPEN' || exception.status === 'ASSIGNED'
        ? { value: { ...exception, assignee, status: assignee === null ? 'OPEN' : 'ASSIGNED' } }
        : refused('STATUS_FORBIDS', 'exceptionId', `It is not to be taken: it is ${exception.status}`),
    ),
}

/** Only what is proposed and waits can be accepted or rejected, and only what was seen where that is named. */
function refuseDecided(
  { proposal, status }: RaisedException,
  { proposalHash }: Resolution,
): ReturnType<typeof refused> | undefined {
  if (proposal === null) return refused('STATUS_FORBIDS', 'action', 'Nothing is proposed')
  if (status === 'RESOLVED') return refused('STATUS_FORBIDS', 'exceptionId', 'It is decided already')
  return proposalHash === null || proposalHash === contentHash(proposal)
    ? undefined
    : refused('PAYLOAD_CHANGED', 'proposalHash', 'Another proposal came meanwhile: look at that first')
}

/** For what is decided of many at once. */
const NOBODY: ExceptionDesk = {
  takeOver: () =>
    Promise.resolve(refused('STATUS_FORBIDS', 'action', 'What is proposed is accepted one by one')),
  replan: () => Promise.resolve(refused('STATUS_FORBIDS', 'action', 'Payloads are edited one by one')),
}

/**
 * What two systems do not hold alike is mended in them; what takes a proposal over has an exception of its own; what an
 * outside system signed is not edited.
 */
const NO_WORKFLOW = refused('STATUS_FORBIDS', 'exceptionId', 'No workflow waits for it')

/** What is done about an exception that has a workflow. */
type ActOfWorkflow = (
  unit: UnitOfWork,
  stuck: { readonly exception: RaisedException; readonly workflow: Workflow },
  resolution: Resolution,
  now: Temporal.Instant,
  desk: ExceptionDesk,
) => ReturnType<Act>

/** Does so, unless there is no workflow, or what has to be settled before refuses it. */
function ofWorkflow(
  act: ActOfWorkflow,
  settle?: (unit: UnitOfWork, workflow: Workflow, resolution: Resolution) => Promise<Outcome<unknown>>,
): Act {
  return async (unit, { exception, workflow }, resolution, now, desk) => {
    if (workflow === null || exception.id !== exceptionId(workflow)) return NO_WORKFLOW
    if (workflow.status !== 'EXCEPTION')
      return refused('STATUS_FORBIDS', 'exceptionId', `The workflow does not wait: it is ${workflow.status}`)
    const settled = await settle?.(unit, workflow, resolution)
    return settled?.violations === undefined
      ? act(unit, { exception, workflow }, resolution, now, desk)
      : { violations: settled.violations }
  }
}

/** The workflow goes on. One that had nothing to undo has ended at once. */
function mending(how: Mending): ActOfWorkflow {
  return async (unit, { exception, workflow: { id } }, _, now) => {
    const { value: workflow, violations } = await mend(unit, id, how, now)
    if (violations !== undefined)
      return { violations: violations.map((each) => ({ ...each, field: 'exceptionId' })) }
    return hasEnded(workflow)
      ? { value: { ...exception, status: 'RESOLVED', resolvedAt: now } }
      : { value: { ...exception, status: 'IN_PROGRESS', resolvedAt: null } }
  }
}

/** One reason why nothing was done. */
export function refused(
  code: Violation['code'],
  field: string,
  message: string,
): { readonly violations: readonly Violation[] } {
  return { violations: [{ code, field, message }] }
}
