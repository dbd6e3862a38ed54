import { isBefore } from './calendar.ts'
import { type Violation, violationIf } from './failure.ts'

/** What a company's days are held against. */
interface Known {
  readonly today: Temporal.PlainDate
  /** First day of its first accounting period; not where nobody knows, or it is for a person to say. */
  readonly firstDay?: Temporal.PlainDate | null
}

/** What is dated earlier is a slip, whatever the company. */
const EARLIEST_DAY = Temporal.PlainDate.from('2000-01-01')

/**
 * What keeps something from having happened on a day (DATE_ORDER): it is that day nowhere yet, or no books reach back
 * so far: it would wait for a period that never comes.
 */
export const checkHappened = (
  day: Temporal.PlainDate,
  { today, firstDay }: Known,
  field: string,
): Violation[] => [
  ...violationIf(
    isBefore(today.add({ days: 1 }), day),
    'DATE_ORDER',
    field,
    `It is ${today.toString()}: that day is still to come`,
  ),
  ...checkSince(firstDay ?? EARLIEST_DAY, day, field),
]

const checkSince = (first: Temporal.PlainDate, day: Temporal.PlainDate, field: string): Violation[] =>
  violationIf(isBefore(day, first), 'DATE_ORDER', field, `There are no books before ${first.toString()}`)
