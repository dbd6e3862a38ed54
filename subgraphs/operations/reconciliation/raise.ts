import type { RaisedException } from '#domain/exception.ts'
import { broken } from '#domain/raise-exception.ts'
import type { Clock } from '#platform/clock.ts'
import { type Change, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { canonicalId } from '#platform/ids.ts'
import { exceptionAggregate } from '../exceptions/attend.ts'
import { noteTold, takeUntold, type UntoldItem } from '../reconciliation-store.ts'

/** A break may be there for moments, where one system has told what another is about to tell. */
const RAISED_AFTER_MINUTES = 15
/** Items of one transaction. */
const BATCH_ITEMS = 100

/** The one exception that a break has. */
const exceptionIdOf = (breakId: string): string =>
  canonicalId('exception', 'revgraph', 'operations', 'break', breakId)

/**
 * Opens an exception for each break that lasts, once: one that a person has closed stays closed while the break has the
 * same cause. Resolves those whose break is gone.
 */
export async function raiseExceptions(db: Database, clock: Clock): Promise<void> {
  // Ends: what was taken is told, and is not taken again.
  for (let taken = BATCH_ITEMS; taken === BATCH_ITEMS;) taken = await raiseSome(db, clock)
}

function raiseSome(db: Database, clock: Clock): Promise<number> {
  return runCommand(db, { subgraph: 'operations', clock, correlationId: 'reconciliation' }, async (unit) => {
    const now = clock.now()
    const items = await takeUntold(unit, now.subtract({ minutes: RAISED_AFTER_MINUTES }), BATCH_ITEMS)
    if (items.length === 0) return 0
    const known = await unit.lock(
      exceptionAggregate,
      items.map(({ id }) => exceptionIdOf(id)),
    )
    await unit.save(
      exceptionAggregate,
      items.flatMap((item) => changeOf(item, known.get(exceptionIdOf(item.id)), now)),
    )
    await noteTold(
      unit,
      items.map(({ id }) => id),
    )
    return items.length
  })
}

function changeOf(
  { id, found }: UntoldItem,
  before: RaisedException | undefined,
  now: Temporal.Instant,
): Change<RaisedException>[] {
  if (found !== null) return [{ before, after: broken(found, exceptionIdOf(id), before, now) }]
  if (before === undefined || before.status === 'RESOLVED') return []
  return [{ before, after: { ...before, status: 'RESOLVED', resolvedAt: now } }]
}
