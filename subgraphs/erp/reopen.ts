import type { Reopening } from '#domain/erp.ts'
import { checkReopen } from '#domain/period.ts'
import type { CommandContext, UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import type { Replayable } from '#platform/idempotency.ts'
import { type KeyedInput, mutate } from '#platform/mutation.ts'
import { type PeriodName, periodNamed, type PeriodOutcome, refused, unknown } from './checklist.ts'
import { periodAggregate } from './periods.ts'
import { lockLegalEntities, readPeriods } from './store.ts'

/** A closed period, who wants it to take entries again, and why. */
export type ReopenPeriod = PeriodName & KeyedInput & Pick<Reopening, 'actor' | 'reason'>

/**
 * Lets the last closed period of a legal entity take entries again. Its seal stays; closing it once more adds another.
 * What the close posted stays as well: the next close posts what changed since.
 */
export function reopenPeriod(
  db: Database,
  context: CommandContext,
  input: ReopenPeriod,
): Promise<Replayable<PeriodOutcome>> {
  return mutate(db, context, { operation: 'reopenPeriod', input }, (unit) => reopen(unit, context, input))
}

async function reopen(
  unit: UnitOfWork,
  { clock }: CommandContext,
  { actor, reason, ...name }: ReopenPeriod,
): Promise<PeriodOutcome> {
  const { legalEntityId } = name
  const legalEntities = await lockLegalEntities(unit, [legalEntityId])
  if (!legalEntities.has(legalEntityId)) return refused(null, [unknown('legalEntityId', 'legal entity')])
  const calendar = await readPeriods(unit, [legalEntityId])
  const period = periodNamed(calendar, name)
  if (period === undefined) return refused(null, [unknown('period', 'period of that name')])
  const violations = checkReopen(period, calendar, { actor, reason })
  if (violations.length > 0) return refused(period, violations)

  const reopenings = [...period.reopenings, { actor, reason, reopenedAt: clock.now() }]
  await unit.save(periodAggregate, [{ before: period, after: { ...period, status: 'REOPENED', reopenings } }])
  return refused(period, [])
}
