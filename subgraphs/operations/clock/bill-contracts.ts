import { billContract } from '../flows/bill-contract.ts'
import { type DueDay, type ReadDue, startDue } from './start-due.ts'

/** A contract of which something fell due, and the last day on which something did. */
interface DueContract {
  readonly contractId: string
  readonly dueOn: Temporal.PlainDate
}

/** Bills what fell due, once for each contract and day on which something did, whichever node looks. */
export const billDueContracts = (day: DueDay, readDue: ReadDue<DueContract>): Promise<number> =>
  startDue(
    day,
    readDue,
    ({ contractId }) => contractId,
    ({ contractId, dueOn }, again) => {
      const idempotencyKey = `${contractId} ${dueOn.toString()}${again}`
      return day.desk.start(billContract, { contractId, idempotencyKey }, REQUEST)
    },
  )

const REQUEST = { requestedBy: 'due-contracts-are-billed', correlationId: 'billing' }
