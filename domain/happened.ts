import { isBefore } from './calendar.ts'
import { type Violation, violationIf } from './failure.ts'

/** What keeps something from having happened on a day (DATE_ORDER): it is that day nowhere yet. */
export const checkHappened = (
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
  field: string,
): Violation[] =>
  violationIf(
    isBefore(today.add({ days: 1 }), day),
    'DATE_ORDER',
    field,
    `It is ${today.toString()}: that day is still to come`,
  )

/** The same of an instant, whichever day it falls on for the company concerned. */
export const checkArrived = (at: Temporal.Instant, today: Temporal.PlainDate, field: string): Violation[] =>
  checkHappened(at.toZonedDateTimeISO('UTC').toPlainDate(), today, field)
