import type { Invoice } from '#domain/billing.ts'
import { newlyOverdueSince } from '#domain/invoice.ts'
import { today } from '#platform/clock.ts'
import { type Change, type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { readPastDue } from './overdue-store.ts'
import { invoice } from './settle.ts'
import { readTimeZones } from './store.ts'

const OVERDUE_BATCH_SIZE = 500

/**
 * Notes which open invoices are past due now, by the day of their legal entities: each once, in its own event. Run
 * again, it notes those that became overdue since. Returns their number.
 */
export async function recordOverdue(db: Database, context: CommandContext): Promise<number> {
  let noted = 0
  let ids = await readPastDue(db, context.clock.now(), '', OVERDUE_BATCH_SIZE)
  // Ends: every batch begins after the last invoice of the one before.
  for (let last = ids.at(-1); last !== undefined; last = ids.at(-1)) {
    noted += await recordBatch(db, context, ids)
    ids = await readPastDue(db, context.clock.now(), last, OVERDUE_BATCH_SIZE)
  }
  return noted
}

function recordBatch(db: Database, context: CommandContext, ids: readonly string[]): Promise<number> {
  return runCommand(db, context, async (unit) => {
    const invoices = [...(await unit.lock(invoice, ids)).values()]
    const zones = await readTimeZones(
      unit,
      invoices.map(({ legalEntityId }) => legalEntityId),
    )
    const changes = invoices.flatMap((before, place): Change<Invoice>[] => {
      const overdueSince = newlyOverdueSince(before, today(context.clock, zones[place]))
      return overdueSince === null ? [] : [{ before, after: { ...before, overdueSince } }]
    })
    await unit.save(invoice, changes)
    return changes.length
  })
}
