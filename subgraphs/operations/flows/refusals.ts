import type { Outcome, Violation } from '#domain/failure.ts'
import { checkHappened } from '#domain/happened.ts'
import type { Systems } from './systems.ts'

/** A thing that is named and that there is not. */
export const missing = (field: string, message: string): Outcome<never> => ({
  violations: [{ code: 'REFERENCE_MISSING', field, message }],
})

/** What keeps the books of a legal entity from having something on a day. */
export async function checkBooked(
  { billing, erp }: Systems,
  legalEntityId: string,
  day: Temporal.PlainDate,
  field: string,
): Promise<Violation[]> {
  const [today, firstDay] = await Promise.all([billing.today(legalEntityId), erp.firstDay(legalEntityId)])
  return checkHappened(day, { today, firstDay }, field)
}
