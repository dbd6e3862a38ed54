import { type Approval, EDIT_GATE } from '#domain/approval.ts'
import type { PayloadEdit, RaisedException } from '#domain/exception.ts'
import type { Outcome, Violation } from '#domain/failure.ts'
import { comparePayloads, touchesMoney, withChanges } from '#domain/payload.ts'
import { type Replanned, withPayload } from '#domain/gated-steps.ts'
import type { Workflow } from '#domain/workflow.ts'
import type { Draft, UnitOfWork } from '#platform/command.ts'
import { canonicalId } from '#platform/ids.ts'
import { contentHash } from '#platform/json.ts'
import { ask } from '../approvals/ask.ts'
import type { Replan } from '../workflows/replan.ts'
import { mend } from '../workflows/mend.ts'
import { exceptionAggregate, exceptionId } from './attend.ts'

/** A payload as a person wants it. */
export interface Edit {
  readonly payload: unknown
  readonly actor: string | null
  readonly reason: string
}

const WHOLE =
  'Give the whole payload, with other values of the same kinds; missing, too much or of another kind'

/** Most versions of a payload. */
const MAX_EDITS = 20

/** Has a workflow go on with another payload; where money is at stake, once another person has approved it. */
export async function editAndRetry(
  unit: UnitOfWork,
  { exception, workflow }: { readonly exception: RaisedException; readonly workflow: Workflow },
  { payload, actor, reason }: Edit,
  now: Temporal.Instant,
  replan: Replan,
): Promise<Outcome<Draft<RaisedException>>> {
  if (actor === null) return refused('ACTOR_MISSING', 'actor', 'Who edits is named')
  if (exception.edits.length >= MAX_EDITS)
    return refused('TOO_MANY', 'payload', `There are ${MAX_EDITS} versions already`)
  const { changes, misshapen } = comparePayloads(workflow.prepared, payload)
  if (misshapen.length > 0) return refused('PAYLOAD_INVALID', 'payload', `${WHOLE}: ${misshapen.join(', ')}`)
  if (changes.length === 0) return refused('CHANGES_MISSING', 'payload', 'Nothing is different')
  const { value: replanned, violations } = await replan(workflow, withChanges(workflow.prepared, changes))
  if (violations !== undefined) return { violations }
  const isMoney = workflow.moneyAtRisk !== null || touchesMoney(changes)
  const version = exception.edits.length + 2
  const edit: PayloadEdit = {
    version,
    status: isMoney ? 'PROPOSED' : 'APPLIED',
    actor,
    reason,
    at: now,
    changes,
    payloadHash: contentHash(replanned.prepared),
    approvalId: isMoney ? editApprovalId(workflow.id, version) : null,
  }
  const edited = { ...exception, edits: [...exception.edits, edit] }
  return edit.approvalId === null
    ? goOn(unit, edited, workflow, replanned, now)
    : propose(unit, edited, { ...workflow, moneyAtRisk: replanned.moneyAtRisk }, edit, edit.approvalId, now)
}

const editApprovalId = (workflowId: string, version: number): string =>
  canonicalId('approval', 'revgraph', workflowId, EDIT_GATE.name, String(version))

async function propose(
  unit: UnitOfWork,
  exception: Draft<RaisedException>,
  workflow: Workflow,
  { payloadHash, actor }: PayloadEdit,
  id: string,
  now: Temporal.Instant,
): Promise<Outcome<Draft<RaisedException>>> {
  const requested = { id, kind: 'EDIT', payloadHash, requestedBy: actor } as const
  await ask(unit, workflow, EDIT_GATE, requested, now)
  return { value: { ...exception, status: 'AWAITING_APPROVAL', resolvedAt: null } }
}

async function goOn(
  unit: UnitOfWork,
  exception: Draft<RaisedException>,
  { id }: Workflow,
  replanned: Replanned,
  now: Temporal.Instant,
): Promise<Outcome<Draft<RaisedException>>> {
  const { violations } = await mend(unit, id, 'RESUME', now, (workflow) => withPayload(workflow, replanned))
  if (violations !== undefined) return { violations }
  return { value: { ...exception, status: 'IN_PROGRESS', resolvedAt: null } }
}

/** The payload with the edit that an approval is about; the payload itself where there is no such edit. */
export async function editedPayload(
  unit: UnitOfWork,
  { id }: Approval,
  workflow: Workflow,
): Promise<unknown> {
  const exception = await lockedOf(unit, workflow)
  const edit = exception?.edits.find(({ approvalId }) => approvalId === id)
  return edit === undefined ? workflow.prepared : withChanges(workflow.prepared, edit.changes)
}

/** Has the workflow go on with an edit that was approved; otherwise the exception waits for another idea. */
export async function decideEdit(
  unit: UnitOfWork,
  { id, status: decided }: Draft<Approval>,
  workflow: Workflow,
  now: Temporal.Instant,
  replan: Replan,
): Promise<Outcome<null>> {
  const before = await lockedOf(unit, workflow)
  const edit = before?.edits.find(({ approvalId }) => approvalId === id)
  if (before === undefined || edit === undefined || before.status !== 'AWAITING_APPROVAL')
    return refused('STATUS_FORBIDS', 'approvalId', 'Nothing waits for it')
  const settled = (status: PayloadEdit['status']): RaisedException => ({
    ...before,
    edits: before.edits.map((each) => (each.version === edit.version ? { ...edit, status } : each)),
  })
  if (decided !== 'APPROVED') {
    const status = before.assignee === null ? 'OPEN' : 'ASSIGNED'
    await unit.save(exceptionAggregate, [{ before, after: { ...settled('REJECTED'), status } }])
    return { value: null }
  }
  const { value: replanned, violations: unplanned } = await replan(
    workflow,
    withChanges(workflow.prepared, edit.changes),
  )
  if (unplanned !== undefined) return { violations: unplanned }
  const { value: after, violations } = await goOn(unit, settled('APPLIED'), workflow, replanned, now)
  if (violations !== undefined) return { violations }
  await unit.save(exceptionAggregate, [{ before, after }])
  return { value: null }
}

async function lockedOf(unit: UnitOfWork, workflow: Workflow): Promise<RaisedException | undefined> {
  const id = exceptionId(workflow)
  return (await unit.lock(exceptionAggregate, [id])).get(id)
}

const refused = (code: Violation['code'], field: string, message: string) => ({
  violations: [{ code, field, message }],
})
