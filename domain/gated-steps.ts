/** The steps of a workflow behind the gates that it has to pass, for the payload that it is carried out with. */
import type { PlacedGate, PlannedGate } from './approval.ts'
import type { Money } from './money.ts'
import type { Workflow, WorkflowStep } from './workflow.ts'

/** Steps in their order, each behind its gates. */
export function behindGates(
  steps: readonly WorkflowStep[],
  gates: readonly PlacedGate[],
  workflowId: string,
): WorkflowStep[] {
  const unplaced = gates.find(({ before }) => before !== null && !steps.some(({ name }) => name === before))
  if (unplaced !== undefined) throw new RangeError(`${workflowId} has no step ${unplaced.before}`)
  return steps.flatMap((step, place) => [
    ...gates
      .filter(({ before }) => before === step.name || (before === null && place === 0))
      .map(({ gate }) => gateStep(gate, workflowId)),
    step,
  ])
}

function gateStep(gate: PlannedGate, workflowId: string): WorkflowStep {
  const name = `gate:${gate.name}`
  return { ...unbegun(name, workflowId), system: 'OPERATIONS', kind: 'CHECK', gate }
}

/** What a step is before anybody has begun with it. */
export const unbegun = (
  name: string,
  workflowId: string,
): Omit<WorkflowStep, 'system' | 'kind' | 'gate'> => ({
  name,
  status: 'PLANNED',
  attempts: 0,
  effectKey: `${workflowId}/${name}`,
  startedAt: null,
  endedAt: null,
  result: null,
  error: null,
})

/** A payload that a workflow is to go on with, what is at stake with that, and the gates that it has to pass for it. */
export interface Replanned {
  readonly prepared: unknown
  readonly moneyAtRisk: Money | null
  readonly gates: readonly PlacedGate[]
}

/** A workflow with another payload: what was approved was the one before, so gates are to be passed again. */
export function withPayload(workflow: Workflow, { prepared, moneyAtRisk, gates }: Replanned): Workflow {
  const steps = workflow.steps.filter(({ gate }) => gate === null)
  return { ...workflow, prepared, moneyAtRisk, steps: behindGates(steps, gates, workflow.id) }
}
