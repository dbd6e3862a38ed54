import { hasEnded, type Workflow, type WorkflowStatus } from '#domain/workflow.ts'
import { type Aggregate, type CommandContext, runCommand, type UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { callFirstInLine, letGo, lockSubject, workflows } from '../workflow-store.ts'

/** Workflows as aggregates: every turn is told. */
export const workflowAggregate: Aggregate<Workflow> = {
  name: 'workflow',
  table: workflows,
  event: (before, after) =>
    before === undefined
      ? 'accepted'
      : before.status === after.status
        ? 'advanced'
        : (MILESTONES[after.status] ?? 'advanced'),
}

const MILESTONES: Partial<Record<WorkflowStatus, string>> = {
  COMPLETED: 'completed',
  COMPENSATED: 'compensated',
  EXCEPTION: 'parked',
}

/** What is committed together with a turn: an exception is opened with it, or an approval asked for. */
export type AlongWith = (unit: UnitOfWork, before: Workflow, after: Workflow) => Promise<void>

/** Does one after another. */
export const allOf =
  (...all: readonly AlongWith[]): AlongWith =>
  async (unit, before, after) => {
    for (const each of all) await each(unit, before, after)
  }

/**
 * Stores what a turn made of a workflow; undefined where another node has taken it meanwhile, which then counts and
 * this does not. One that ends or waits is let go, and the next in line of its subject is called.
 */
export async function saveTurn(
  db: Database,
  context: CommandContext,
  next: Workflow,
  alongWith: AlongWith,
): Promise<Workflow | undefined> {
  return runCommand(db, context, async (unit) => {
    if (hasEnded(next)) await lockSubject(unit, next.subject)
    const before = (await unit.lock(workflowAggregate, [next.id])).get(next.id)
    if (before === undefined || before.run !== next.run) return undefined
    const [after = next] = await unit.save(workflowAggregate, [{ before, after: next }])
    await alongWith(unit, before, after)
    if (isLetGo(after, context.clock.now())) await letGo(unit, after)
    if (hasEnded(after)) await callFirstInLine(unit, after.subject, context.clock.now())
    return after
  })
}

/** Whether nobody goes on with it now. */
export function isLetGo({ dueAt }: Pick<Workflow, 'dueAt'>, now: Temporal.Instant): boolean {
  return dueAt === null || Temporal.Instant.compare(now, dueAt) < 0
}
