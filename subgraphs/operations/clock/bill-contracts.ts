import { billContract } from '../flows/bill-contract.ts'
import type { Systems } from '../flows/systems.ts'
import type { WorkflowDesk } from '../workflows/desk.ts'

/** A contract of which something fell due, and the last day on which something did. */
interface DueContract {
  readonly contractId: string
  readonly dueOn: Temporal.PlainDate
}

/** At most so many of which something fell due through a day, after an id in order. */
export type ReadDueContracts = (
  through: Temporal.PlainDate,
  afterId: string,
  limit: number,
) => Promise<readonly DueContract[]>

const BATCH = 200

/**
 * Bills what fell due before today, once for each contract and day on which something did, whichever node looks.
 * Returns how many bills it started.
 */
export async function billDueContracts(
  desk: WorkflowDesk<Systems>,
  readDue: ReadDueContracts,
  today: Temporal.PlainDate,
): Promise<number> {
  const through = today.subtract({ days: 1 })
  let started = 0
  let due = await readDue(through, '', BATCH)
  // Ends: every batch begins after the last contract of the one before.
  for (let last = due.at(-1); last !== undefined; last = due.at(-1)) {
    for (const { contractId, dueOn } of due) {
      const input = { contractId, idempotencyKey: `${contractId} ${dueOn.toString()}` }
      const { value } = await desk.start(billContract, input, REQUEST)
      if (value?.replayed === false) started += 1
    }
    due = await readDue(through, last.contractId, BATCH)
  }
  return started
}

const REQUEST = { requestedBy: 'due-contracts-are-billed', correlationId: 'billing' }
