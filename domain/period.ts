import { isBefore } from './calendar.ts'
import { violationIf } from './failure.ts'
import type { AccountingPeriod, AccountingPeriodFact, PeriodStatus, Reopening } from './erp.ts'
import type { Violation } from './failure.ts'

/** Where a period may go from each of its states. It takes entries in every state but CLOSED. */
const transitions: Readonly<Record<PeriodStatus, readonly PeriodStatus[]>> = {
  OPEN: ['PENDING_CLOSE', 'CLOSED'],
  PENDING_CLOSE: ['CLOSED'],
  CLOSED: ['REOPENED'],
  REOPENED: ['PENDING_CLOSE', 'CLOSED'],
}

/** Whether a period in one state may come to another. */
function mayBecome(from: PeriodStatus, to: PeriodStatus): boolean {
  return transitions[from].includes(to)
}

/** The state that a period had before somebody began to close it. */
export function statusBeforeClose({ reopenings }: Pick<AccountingPeriod, 'reopenings'>): PeriodStatus {
  return reopenings.length > 0 ? 'REOPENED' : 'OPEN'
}

/** The last day that belongs to a period. */
export function lastDayOf({ range }: Pick<AccountingPeriod, 'range'>): Temporal.PlainDate {
  return range.end.subtract({ days: 1 })
}

/** The periods of a legal entity before another one, of all of them. */
export function before(period: AccountingPeriod, calendar: readonly AccountingPeriod[]): AccountingPeriod[] {
  return calendar.filter(({ range }) => isBefore(range.start, period.range.start))
}

/** The periods of a legal entity after another one, of all of them. */
export function after(period: AccountingPeriod, calendar: readonly AccountingPeriod[]): AccountingPeriod[] {
  return calendar.filter(({ range }) => isBefore(period.range.start, range.start))
}

/**
 * What is wrong with asking for a close, by field of the input: PERIOD_CLOSED, and PERIOD_NOT_ENDED where days of it
 * are still to come. `today` is that of the legal entity.
 */
export function checkClose(period: AccountingPeriod, today: Temporal.PlainDate): Violation[] {
  const name = period.period.toString()
  return [
    ...violationIf(period.status === 'CLOSED', 'PERIOD_CLOSED', 'period', `${name} is closed already`),
    ...violationIf(
      isBefore(today, period.range.end),
      'PERIOD_NOT_ENDED',
      'period',
      `${name} lasts until ${lastDayOf(period).toString()}: it can be closed from the day after`,
    ),
  ]
}

/**
 * What is wrong with asking for a closed period to take entries again, by field of the input. Periods are opened from
 * the last one backwards, so that what one begins with is always what the one before it ended with.
 */
export function checkReopen(
  period: AccountingPeriod,
  calendar: readonly AccountingPeriod[],
  { actor, reason }: Pick<Reopening, 'actor' | 'reason'>,
): Violation[] {
  const name = period.period.toString()
  const later = after(period, calendar).filter(({ status }) => status === 'CLOSED')
  return [
    ...violationIf(actor.trim() === '', 'ACTOR_MISSING', 'actor', 'Say who reopens the period'),
    ...violationIf(reason.trim() === '', 'REASON_MISSING', 'reason', 'Say why the period is reopened'),
    ...violationIf(
      !mayBecome(period.status, 'REOPENED'),
      'STATUS_FORBIDS',
      'period',
      `${name} is not closed`,
    ),
    ...violationIf(
      later.length > 0,
      'LATER_PERIOD_CLOSED',
      'period',
      `Reopen ${later.map((it) => it.period.toString()).join(', ')} first`,
    ),
  ]
}

/**
 * The status of a period after its source stated it again. A source that closes a period or opens it again decides so;
 * one that says it is open may not know that it was closed here, and does not open it.
 */
export function restatedStatus(
  fact: AccountingPeriodFact,
  known: AccountingPeriod | undefined,
): PeriodStatus {
  if (known?.status !== 'CLOSED' || fact.status === 'CLOSED') return fact.status
  return mayBecome('CLOSED', fact.status) ? fact.status : 'CLOSED'
}
