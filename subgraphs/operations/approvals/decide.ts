import type { Approval } from '#domain/approval.ts'
import type { Outcome, Violation } from '#domain/failure.ts'
import { checkName, checkReason, isSamePerson } from '#domain/person.ts'
import type { Workflow } from '#domain/workflow.ts'
import type { Draft, UnitOfWork } from '#platform/command.ts'
import { contentHash } from '#platform/json.ts'
import { readRows } from '#platform/table.ts'
import { approvals } from '../approval-store.ts'
import { decideEdit, editedPayload } from '../exceptions/edit.ts'
import type { Replan } from '../workflows/replan.ts'
import { mend } from '../workflows/mend.ts'
import { workflowAggregate } from '../workflows/save.ts'
import { approvalAggregate } from './ask.ts'

/** What a person decides. */
export interface Decision {
  readonly approvalId: string
  readonly decision: 'APPROVE' | 'REJECT'
  readonly reason: string
  readonly decidedBy: string | null
}

/** An approval and its workflow, both locked. */
export interface LockedApproval {
  readonly approval: Approval
  readonly workflow: Workflow
}

/** Does what a person decided. Ring the desk after it is committed. */
export async function decideApproval(
  unit: UnitOfWork,
  { approvalId, decision, reason, decidedBy }: Decision,
  now: Temporal.Instant,
  replan: Replan,
): Promise<Outcome<Approval>> {
  const locked = await lockApproval(unit, approvalId)
  if (locked === undefined) return refused('REFERENCE_MISSING', 'approvalId', 'There is no such approval')
  const wrong = [...checkReason(reason), ...checkName(decidedBy ?? '', 'decidedBy')]
  if (wrong.length > 0) return { violations: wrong }
  const forbidden = await forbiddenBy(unit, locked, decidedBy ?? '')
  if (forbidden !== undefined) return { violations: [forbidden] }
  const status = decision === 'APPROVE' ? 'APPROVED' : 'REJECTED'
  return settle(unit, locked, { ...locked.approval, status, reason, decidedBy, decidedAt: now }, now, replan)
}

/** The workflow is locked first, as by whoever carries it out. */
export async function lockApproval(unit: UnitOfWork, id: string): Promise<LockedApproval | undefined> {
  const [known] = await readRows(unit, approvals, [id])
  if (known === undefined) return undefined
  const workflow = (await unit.lock(workflowAggregate, [known.workflowId])).get(known.workflowId)
  const approval = (await unit.lock(approvalAggregate, [id])).get(id)
  return workflow && approval && { approval, workflow }
}

async function forbiddenBy(
  unit: UnitOfWork,
  { approval, workflow }: LockedApproval,
  decidedBy: string,
): Promise<Violation | undefined> {
  if (approval.status !== 'PENDING')
    return violation('STATUS_FORBIDS', 'approvalId', `It is ${approval.status} already`)
  if (isSamePerson(decidedBy, approval.requestedBy))
    return violation(
      'SELF_APPROVAL',
      'decidedBy',
      `${approval.requestedBy} asked for it: another one decides`,
    )
  const payload = approval.kind === 'GATE' ? workflow.prepared : await editedPayload(unit, approval, workflow)
  if (contentHash(payload) !== approval.payloadHash)
    return violation('PAYLOAD_CHANGED', 'approvalId', 'The payload is not the one that was to be approved')
  return undefined
}

/** Keeps a decision, a person's or a deadline's, and has the workflow go on by it. */
export async function settle(
  unit: UnitOfWork,
  { approval: before, workflow }: LockedApproval,
  after: Draft<Approval>,
  now: Temporal.Instant,
  replan: Replan,
): Promise<Outcome<Approval>> {
  const { violations } =
    after.kind === 'GATE'
      ? await mend(unit, workflow.id, 'RESUME', now)
      : await decideEdit(unit, after, workflow, now, replan)
  if (violations !== undefined)
    return { violations: violations.map((each) => ({ ...each, field: 'approvalId' })) }
  const [saved = before] = await unit.save(approvalAggregate, [{ before, after }])
  return { value: saved }
}

const violation = (code: Violation['code'], field: string, message: string): Violation => ({
  code,
  field,
  message,
})

const refused = (code: Violation['code'], field: string, message: string) => ({
  violations: [violation(code, field, message)],
})
