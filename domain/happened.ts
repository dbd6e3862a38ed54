import { isBefore } from './calendar.ts'
import { type Violation, violationIf } from './failure.ts'

/** What is dated earlier is a slip: no books reach back so far, and it would wait for a period that never comes. */
const EARLIEST_DAY = Temporal.PlainDate.from('2000-01-01')

/** What keeps something from having happened on a day (DATE_ORDER): it is that day nowhere yet, or long past. */
export const checkHappened = (
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
  field: string,
): Violation[] => [
  ...violationIf(
    isBefore(today.add({ days: 1 }), day),
    'DATE_ORDER',
    field,
    `It is ${today.toString()}: that day is still to come`,
  ),
  ...violationIf(isBefore(day, EARLIEST_DAY), 'DATE_ORDER', field, `Before ${EARLIEST_DAY.toString()}`),
]

/** The same of an instant, whichever day it falls on for the company concerned. */
export const checkArrived = (at: Temporal.Instant, today: Temporal.PlainDate, field: string): Violation[] =>
  checkHappened(at.toZonedDateTimeISO('UTC').toPlainDate(), today, field)
