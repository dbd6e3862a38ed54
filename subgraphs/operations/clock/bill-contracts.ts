import { billContract } from '../flows/bill-contract.ts'
import type { Systems } from '../flows/systems.ts'
import type { WorkflowDesk } from '../workflows/desk.ts'
import { type ReadDue, startDue } from './start-due.ts'

/** A contract of which something fell due, and the last day on which something did. */
interface DueContract {
  readonly contractId: string
  readonly dueOn: Temporal.PlainDate
}

/** Bills what fell due, once for each contract and day on which something did, whichever node looks. */
export const billDueContracts = (
  desk: WorkflowDesk<Systems>,
  readDue: ReadDue<DueContract>,
): Promise<number> =>
  startDue(
    readDue,
    ({ contractId }) => contractId,
    ({ contractId, dueOn }) =>
      desk.start(billContract, { contractId, idempotencyKey: `${contractId} ${dueOn.toString()}` }, REQUEST),
  )

const REQUEST = { requestedBy: 'due-contracts-are-billed', correlationId: 'billing' }
