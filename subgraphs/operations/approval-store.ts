import type { Approval } from '#domain/approval.ts'
import type { ListSpec } from '#platform/page.ts'
import { instant, int, optional, table, text, word } from '#platform/table.ts'
import { moneyAtRisk } from './workflow-store.ts'

export const approvals = table<Approval>('operations.approval', {
  id: text,
  version: int,
  recordedAt: instant,
  kind: word(),
  gate: text,
  workflowId: text,
  customerId: optional(text),
  payloadHash: text,
  moneyAtRisk,
  band: optional(text),
  approver: word(),
  requestedBy: text,
  requestedAt: instant,
  status: word(),
  decidedBy: optional(text),
  decidedAt: optional(instant),
  reason: optional(text),
  dueAt: instant,
  deadlineHours: int,
  atDeadline: word(),
  escalateTo: optional(word()),
})

/** All approvals, those asked for first at the start. */
export const approvalList: ListSpec<Approval> = {
  name: 'approvals',
  table: approvals,
  parent: null,
  sortKeys: {
    REQUESTED_AT: { column: 'requested_at', type: 'timestamptz' },
    DUE_AT: { column: 'due_at', type: 'timestamptz' },
  },
  defaultOrder: { field: 'REQUESTED_AT', direction: 'ASC' },
  filters: {
    status: { column: 'status', type: 'text' },
    gate: { column: 'gate', type: 'text' },
    approver: { column: 'approver', type: 'text' },
    workflow: { column: 'workflow_id', type: 'text' },
    customer: { column: 'customer_id', type: 'text' },
  },
}
