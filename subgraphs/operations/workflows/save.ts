import { hasEnded, type Workflow, type WorkflowStatus } from '#domain/workflow.ts'
import {
  type Aggregate,
  type CommandContext,
  runCommand,
  runStatement,
  stamp,
  type UnitOfWork,
} from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { callFirstInLine, lockSubject, turnOf, workflows } from '../workflow-store.ts'

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

/** What is committed together with a turn after which a workflow ends or waits: its exception, a request to approve. */
export type AlongWith = (unit: UnitOfWork, workflow: Workflow) => Promise<void>

/** Does one after another. */
export const allOf =
  (...all: readonly AlongWith[]): AlongWith =>
  async (unit, workflow) => {
    for (const each of all) await each(unit, workflow)
  }

/** A workflow as a turn left it, and whether the next in line of its subject was called. */
export interface Saved {
  readonly workflow: Workflow
  readonly hasCalled: boolean
}

/**
 * Stores what a turn made of a workflow; undefined where another node has taken it meanwhile, which then counts and
 * this does not. One that goes on is one statement, kept together with those of others. One that ends or waits is let
 * go, and the next in line of its subject is called.
 */
export async function saveTurn(
  db: Database,
  context: CommandContext,
  before: Workflow,
  next: Workflow,
  alongWith: AlongWith,
): Promise<Saved | undefined> {
  const now = context.clock.now()
  const workflow = stamp<Workflow>(before, next, now)
  const isHeld = !isLetGo(workflow, now)
  const turn = turnOf(context, workflowAggregate, before, workflow, isHeld)
  if (isHeld) return (await runStatement(db, turn)).length > 0 ? { workflow, hasCalled: false } : undefined
  return runCommand(db, context, async (unit) => {
    if (hasEnded(workflow)) await lockSubject(unit, workflow.subject)
    if ((await unit.rows(turn)).length === 0) return undefined
    await alongWith(unit, workflow)
    return { workflow, hasCalled: hasEnded(workflow) && (await callFirstInLine(unit, workflow.subject, now)) }
  })
}

/** Whether nobody goes on with it now. */
export function isLetGo({ dueAt }: Pick<Workflow, 'dueAt'>, now: Temporal.Instant): boolean {
  return dueAt === null || Temporal.Instant.compare(now, dueAt) < 0
}
