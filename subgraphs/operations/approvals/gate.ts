import type { PlannedGate } from '#domain/approval.ts'
import type { StepOutcome, Workflow } from '#domain/workflow.ts'
import type { Queryable } from '#platform/database.ts'
import { canonicalId } from '#platform/ids.ts'
import { contentHash } from '#platform/json.ts'
import { readRows } from '#platform/table.ts'
import { approvals } from '../approval-store.ts'

/** The approval of a workflow's present payload at a gate: another payload needs another one. */
export const gateApprovalId = ({ id, prepared }: Workflow, { name }: PlannedGate): string =>
  canonicalId('approval', 'revgraph', id, name, contentHash(prepared))

/** Whether a workflow may pass a gate. Where nobody has decided, it waits, and the approval is asked for with that. */
export async function passGate(db: Queryable, workflow: Workflow, gate: PlannedGate): Promise<StepOutcome> {
  const [approval] = await readRows(db, approvals, [gateApprovalId(workflow, gate)])
  if (approval === undefined || approval.status === 'PENDING') return { kind: 'AWAITED' }
  if (approval.status === 'APPROVED')
    return { kind: 'DONE', result: { approvalId: approval.id, decidedBy: approval.decidedBy } }
  const code = approval.status === 'EXPIRED' ? 'APPROVAL_EXPIRED' : 'APPROVAL_REJECTED'
  const message = `${gate.name}: ${approval.reason ?? ''}`
  return { kind: 'REFUSED', error: { code, field: null, message }, parks: false }
}
