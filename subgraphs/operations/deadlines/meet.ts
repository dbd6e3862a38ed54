import { afterDeadline } from '#domain/approval.ts'
import { escalated } from '#domain/exception.ts'
import { type CommandContext, runCommand } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { approvalAggregate } from '../approvals/ask.ts'
import { lockApproval, settle } from '../approvals/decide.ts'
import { readMissedApprovals, readMissedExceptions } from '../deadline-store.ts'
import { exceptionAggregate } from '../exceptions/attend.ts'
import type { Replan } from '../workflows/replan.ts'

/** Exceptions, and approvals, of one look. */
const MAX_MISSED = 100

/**
 * Hands on what was not looked at in time, and does at the deadlines of approvals what their gates say. Several nodes
 * may do so: each deadline is met once, under the lock of what it is of. Returns how many were met.
 */
export async function meetDeadlines(db: Database, context: CommandContext): Promise<number> {
  const now = context.clock.now()
  const exceptionIds = await readMissedExceptions(db, now, MAX_MISSED)
  const approvalIds = await readMissedApprovals(db, now, MAX_MISSED)
  let met = 0
  for (const id of exceptionIds) if (await meetException(db, context, id)) met += 1
  for (const id of approvalIds) if (await meetApproval(db, context, id)) met += 1
  return met
}

const isMissed = (dueAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(dueAt, now) <= 0

/** No deadline approves an edit: without a person's word nothing goes on with another payload. */
const neverEdited: Replan = () => Promise.reject(new RangeError('a deadline approved an edit'))

function meetException(db: Database, context: CommandContext, id: string): Promise<boolean> {
  return runCommand(db, context, async (unit) => {
    const now = context.clock.now()
    const before = (await unit.lock(exceptionAggregate, [id])).get(id)
    if (before === undefined || before.status === 'RESOLVED' || before.status === 'IN_PROGRESS') return false
    if (!isMissed(before.dueAt, now)) return false
    await unit.save(exceptionAggregate, [{ before, after: escalated(before, now) }])
    return true
  })
}

function meetApproval(db: Database, context: CommandContext, id: string): Promise<boolean> {
  return runCommand(db, context, async (unit) => {
    const now = context.clock.now()
    const locked = await lockApproval(unit, id)
    if (locked?.approval.status !== 'PENDING' || !isMissed(locked.approval.dueAt, now)) return false
    const after = afterDeadline(locked.approval, now)
    if (after.status === 'PENDING') {
      await unit.save(approvalAggregate, [{ before: locked.approval, after }])
      return true
    }
    return (await settle(unit, locked, after, now, neverEdited)).violations === undefined
  })
}
