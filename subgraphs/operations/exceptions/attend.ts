import { type ExceptionRule, exceptionEvent, type RaisedException } from '#domain/exception.ts'
import { stuck } from '#domain/raise-exception.ts'
import { hasEnded, type Workflow } from '#domain/workflow.ts'
import type { Clock } from '#platform/clock.ts'
import type { Aggregate, UnitOfWork } from '#platform/command.ts'
import { canonicalId } from '#platform/ids.ts'
import { exceptions } from '../exception-store.ts'
import type { AlongWith } from '../workflows/save.ts'

export const exceptionAggregate: Aggregate<RaisedException> = {
  name: 'exception',
  table: exceptions,
  event: exceptionEvent,
}

/** Who answers for the exceptions of a workflow. */
type RulesOf = (workflow: Workflow) => Promise<readonly ExceptionRule[]>

/**
 * Opens an exception in the transaction in which a workflow gets stuck, so that none is stuck unseen; and closes it
 * where the workflow ends after all.
 */
export function attendExceptions(rulesOf: RulesOf, clock: Clock): AlongWith {
  return async (unit, workflow) => {
    if (workflow.status === 'EXCEPTION') await open(unit, workflow, await rulesOf(workflow), clock.now())
    else if (hasEnded(workflow) && mayHaveBeenStuck(workflow)) await close(unit, workflow, clock.now())
  }
}

/** The one exception that a workflow has. */
export const exceptionId = ({ id }: Pick<Workflow, 'id'>): string =>
  canonicalId('exception', 'revgraph', 'operations', 'workflow', id)

async function open(
  unit: UnitOfWork,
  workflow: Workflow,
  rules: readonly ExceptionRule[],
  now: Temporal.Instant,
): Promise<void> {
  const id = exceptionId(workflow)
  const before = (await unit.lock(exceptionAggregate, [id])).get(id)
  await unit.save(exceptionAggregate, [{ before, after: stuck(workflow, id, before, rules, now) }])
}

/** What goes well the first time was never stuck: it is not looked for. */
const mayHaveBeenStuck = ({ status, steps }: Workflow): boolean =>
  status === 'COMPENSATED' || steps.some(({ attempts }) => attempts > 1)

async function close(unit: UnitOfWork, workflow: Workflow, now: Temporal.Instant): Promise<void> {
  const id = exceptionId(workflow)
  const before = (await unit.lock(exceptionAggregate, [id])).get(id)
  if (before === undefined || before.status === 'RESOLVED') return
  await unit.save(exceptionAggregate, [{ before, after: { ...before, status: 'RESOLVED', resolvedAt: now } }])
}
