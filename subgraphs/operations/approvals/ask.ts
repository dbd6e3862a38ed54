import { type Approval, approvalEvent, type PlannedGate } from '#domain/approval.ts'
import type { Workflow } from '#domain/workflow.ts'
import type { Clock } from '#platform/clock.ts'
import type { Aggregate, Draft, UnitOfWork } from '#platform/command.ts'
import { contentHash } from '#platform/json.ts'
import { approvals } from '../approval-store.ts'
import type { AlongWith } from '../workflows/save.ts'
import { gateApprovalId } from './gate.ts'

export const approvalAggregate: Aggregate<Approval> = {
  name: 'approval',
  table: approvals,
  event: approvalEvent,
}

/** Asks for the approval in the transaction in which a workflow comes to stand before its gate. */
export function askForApprovals(clock: Clock): AlongWith {
  return async (unit, workflow) => {
    if (workflow.status !== 'AWAITING_APPROVAL') return
    const gate = workflow.steps.find(({ status }) => status !== 'DONE')?.gate
    if (!gate) throw new RangeError(`${workflow.id} waits for an approval that no gate asks for`)
    const id = gateApprovalId(workflow, gate)
    if ((await unit.lock(approvalAggregate, [id])).has(id)) return
    const payloadHash = contentHash(workflow.prepared)
    const requested = { id, kind: 'GATE', payloadHash, requestedBy: workflow.requestedBy } as const
    await ask(unit, workflow, gate, requested, clock.now())
  }
}

/** Asks for an approval. */
export async function ask(
  unit: UnitOfWork,
  { id: workflowId, customerId, moneyAtRisk }: Workflow,
  { name: gate, approver, band, deadlineHours, atDeadline, escalateTo }: PlannedGate,
  requested: Pick<Approval, 'id' | 'kind' | 'payloadHash' | 'requestedBy'>,
  now: Temporal.Instant,
): Promise<void> {
  const after: Draft<Approval> = {
    ...requested,
    gate,
    workflowId,
    customerId,
    moneyAtRisk,
    band,
    approver,
    requestedAt: now,
    status: 'PENDING',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    dueAt: now.add({ hours: deadlineHours }),
    deadlineHours,
    atDeadline,
    escalateTo,
  }
  await unit.save(approvalAggregate, [{ before: undefined, after }])
}
