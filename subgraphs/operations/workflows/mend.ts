import type { Outcome } from '#domain/failure.ts'
import { abandoned, hasEnded, resumed, type Workflow } from '#domain/workflow.ts'
import type { UnitOfWork } from '#platform/command.ts'
import { callFirstInLine, lockSubject } from '../workflow-store.ts'
import { workflowAggregate } from './save.ts'

/** How a person has a workflow go on that waits for one: from the step where it is, or back to where it began. */
export type Mending = 'RESUME' | 'COMPENSATE'

/**
 * Has a workflow go on that waits for a person, in the transaction in which that person decides. Ring the desk after it
 * is committed. `change` is made of one that goes on.
 */
export async function mend(
  unit: UnitOfWork,
  workflowId: string,
  mending: Mending,
  now: Temporal.Instant,
  change: (workflow: Workflow) => Workflow = (workflow) => workflow,
): Promise<Outcome<Workflow>> {
  const before = (await unit.lock(workflowAggregate, [workflowId])).get(workflowId)
  if (before === undefined) return refused('REFERENCE_MISSING', `There is no workflow ${workflowId}`)
  if (before.status !== 'EXCEPTION' && before.status !== 'AWAITING_APPROVAL')
    return refused('STATUS_FORBIDS', `The workflow waits for nobody: it is ${before.status}`)
  const after = mending === 'RESUME' ? resumed(change(before), now) : abandoned(before, now)
  if (after === undefined)
    return refused(
      'STATUS_FORBIDS',
      `${pivotOf(before)} is done, and nobody can undo that: from there on it only goes forwards`,
    )
  const [saved = before] = await unit.save(workflowAggregate, [{ before, after }])
  if (hasEnded(saved)) {
    await lockSubject(unit, saved.subject)
    await callFirstInLine(unit, saved.subject, now)
  }
  return { value: saved }
}

/** What a workflow cannot go back behind. */
const pivotOf = ({ steps }: Workflow): string =>
  steps.find(({ kind }) => kind === 'PIVOT')?.name ?? 'Its pivot'

const refused = (code: 'REFERENCE_MISSING' | 'STATUS_FORBIDS', message: string) => ({
  violations: [{ code, field: 'workflowId', message }] as const,
})
