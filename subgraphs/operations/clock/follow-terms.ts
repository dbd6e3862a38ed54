import { renewContract } from '../flows/change-contract.ts'
import { activateContract, expireContract } from '../flows/follow-term.ts'
import type { Systems } from '../flows/systems.ts'
import type { WorkflowDesk } from '../workflows/desk.ts'

/** A contract of which the calendar makes something else, and since when. */
interface DueTerm {
  readonly contractId: string
  readonly due: 'BEGINS' | 'RENEWS' | 'EXPIRES'
  readonly on: Temporal.PlainDate
}

/** At most so many that are due on a day, after an id in order. */
export type ReadDueTerms = (
  today: Temporal.PlainDate,
  afterId: string,
  limit: number,
) => Promise<readonly DueTerm[]>

const BATCH = 200

/**
 * Has contracts go the way of the calendar: begin, renew at the same prices behind the gates of a renewal, or expire.
 * Each once, whichever node looks. Returns how many workflows it started.
 */
export async function followTerms(
  desk: WorkflowDesk<Systems>,
  readDue: ReadDueTerms,
  today: Temporal.PlainDate,
): Promise<number> {
  let started = 0
  let terms = await readDue(today, '', BATCH)
  // Ends: every batch begins after the last contract of the one before.
  for (let last = terms.at(-1); last !== undefined; last = terms.at(-1)) {
    for (const { contractId, due, on } of terms) {
      const input = { contractId, idempotencyKey: `${contractId} ${on.toString()}` }
      const { value } =
        due === 'RENEWS'
          ? await desk.start(renewContract, input, REQUEST)
          : await desk.start(due === 'BEGINS' ? activateContract : expireContract, input, REQUEST)
      if (value?.replayed === false) started += 1
    }
    terms = await readDue(today, last.contractId, BATCH)
  }
  return started
}

const REQUEST = { requestedBy: 'terms-are-followed', correlationId: 'terms' }
