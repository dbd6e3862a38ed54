import { renewContract } from '../flows/change-contract.ts'
import { activateContract, expireContract } from '../flows/follow-term.ts'
import { type DueDay, type ReadDue, startDue } from './start-due.ts'

/** A contract of which the calendar makes something else, and since when. */
interface DueTerm {
  readonly contractId: string
  readonly due: 'BEGINS' | 'RENEWS' | 'EXPIRES'
  readonly on: Temporal.PlainDate
}

/**
 * Has contracts go the way of the calendar: begin, renew at the same prices behind the gates of a renewal, or expire.
 * Each once, whichever node looks.
 */
export const followTerms = (day: DueDay, readDue: ReadDue<DueTerm>): Promise<number> =>
  startDue(
    day,
    readDue,
    ({ contractId }) => contractId,
    ({ contractId, due, on }, again) => {
      const input = { contractId, idempotencyKey: `${contractId} ${on.toString()}${again}` }
      return due === 'RENEWS'
        ? day.desk.start(renewContract, input, REQUEST)
        : day.desk.start(due === 'BEGINS' ? activateContract : expireContract, input, REQUEST)
    },
  )

const REQUEST = { requestedBy: 'terms-are-followed', correlationId: 'terms' }
