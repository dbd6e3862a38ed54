import { isBefore, later } from './calendar.ts'
import { isOpen } from './invoice.ts'
import type { Dunning, Invoice } from './billing.ts'
import type { Outcome } from './failure.ts'

/** How far the collection of an invoice is. */
export type DunningState = Pick<Dunning, 'status' | 'attempts' | 'nextAttemptOn'>

/** Days from the due date to the first attempt to collect, and from each attempt to the next; then it is exhausted. */
export const daysBeforeAttempt: readonly [number, ...number[]] = [3, 5, 7, 7]

/** Nothing was attempted yet. */
const untouched: DunningState = { status: 'ACTIVE', attempts: 0, nextAttemptOn: null }

/**
 * The collection of an invoice after what is attempted on a day: exhausted after the last attempt, RECOVERED once
 * nothing is owed. Refused before the attempt's day (DATE_ORDER) and where nothing is attempted (STATUS_FORBIDS).
 */
export function advance(
  before: DunningState | null,
  invoice: Pick<Invoice, 'status' | 'dueDate'>,
  on: Temporal.PlainDate,
): Outcome<DunningState> {
  const { status, attempts, nextAttemptOn } = before ?? untouched
  if (status === 'EXHAUSTED' || status === 'RECOVERED') return forbidden(`Collection is ${status}`)
  if (!isOpen(invoice)) return { value: closed(invoice, attempts) }
  if (status === 'PAUSED') return forbidden('Collection is paused')
  if (isBefore(on, nextAttemptOn ?? firstAttemptOn(invoice))) {
    return { violations: [{ code: 'DATE_ORDER', field: 'on', message: 'The next attempt is not due yet' }] }
  }
  const wait = daysBeforeAttempt[attempts + 1]
  const next = { attempts: attempts + 1 }
  return wait === undefined
    ? { value: { ...next, status: 'EXHAUSTED', nextAttemptOn: null } }
    : { value: { ...next, status: 'ACTIVE', nextAttemptOn: on.add({ days: wait }) } }
}

/** Collection that waits, as for a disputed payment: only what is active is paused. */
export function pause(before: DunningState | null): DunningState {
  const { status, attempts, nextAttemptOn } = before ?? untouched
  return status === 'ACTIVE'
    ? { status: 'PAUSED', attempts, nextAttemptOn: null }
    : { status, attempts, nextAttemptOn }
}

/** Collection that goes on from a day, after the wait before its next attempt. Only what is paused is resumed. */
export function resume(
  { status, attempts, nextAttemptOn }: DunningState,
  invoice: Pick<Invoice, 'status' | 'dueDate'>,
  on: Temporal.PlainDate,
): DunningState {
  if (status !== 'PAUSED') return { status, attempts, nextAttemptOn }
  if (!isOpen(invoice)) return closed(invoice, attempts)
  const wait = attempts === 0 ? 0 : (daysBeforeAttempt[attempts] ?? 0)
  return { status: 'ACTIVE', attempts, nextAttemptOn: later(on.add({ days: wait }), firstAttemptOn(invoice)) }
}

const firstAttemptOn = ({ dueDate }: Pick<Invoice, 'dueDate'>): Temporal.PlainDate =>
  dueDate.add({ days: daysBeforeAttempt[0] })

/** An invoice that was given up was not recovered. */
const closed = ({ status }: Pick<Invoice, 'status'>, attempts: number): DunningState => ({
  status: status === 'UNCOLLECTIBLE' ? 'EXHAUSTED' : 'RECOVERED',
  attempts,
  nextAttemptOn: null,
})

const forbidden = (message: string): Outcome<never> => ({
  violations: [{ code: 'STATUS_FORBIDS', field: 'invoiceId', message }],
})
