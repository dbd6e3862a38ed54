import type { PlacedGate } from '#domain/approval.ts'
import { behindGates, unbegun } from '#domain/gated-steps.ts'
import { begun, nextTurn, type Workflow, type WorkflowStep } from '#domain/workflow.ts'
import { type Draft, stamp, type UnitOfWork } from '#platform/command.ts'
import { canonicalId } from '#platform/ids.ts'
import { type KeyedInput, mutateWithin } from '#platform/mutation.ts'
import { firstInLine, lockSubject, storeAccepted } from '../workflow-store.ts'
import type { AnyFlow, Flow, Preparation } from './flow.ts'
import { workflowAggregate } from './save.ts'

/** A workflow that was accepted, now or when the same was asked for before. */
export interface Accepted {
  readonly workflowId: string
  readonly replayed: boolean
}

/** The same, and the workflow with its first turn begun where the node that accepted it goes on with it. */
export interface Taken extends Accepted {
  readonly held: Workflow | undefined
}

/** The order of a flow's steps, and what named it. */
export interface Plan {
  readonly model: string
  readonly modelVersion: number
  /** Names of the steps in their order. */
  readonly order: readonly string[]
  /** Approvals that the workflow has to have, each before a step, or first of all. */
  readonly gates?: readonly PlacedGate[]
}

/** The story's own order, where no model says another. */
export function planOfStory({ steps }: Pick<AnyFlow<never>, 'steps'>): Plan {
  return { model: 'story', modelVersion: 1, order: steps.map(({ name }) => name) }
}

/** Who asks for a workflow. */
export interface Asking {
  readonly requestedBy: string
  /** W3C trace context of the request, or of the event behind it. */
  readonly traceparent: string | null
  /** The node that goes on with it once it is accepted, where it need not wait; with null it is due for all. */
  readonly node: string | null
}

/**
 * Accepts a workflow, at most once for the key of its input: once this is committed, it ends COMPLETED, COMPENSATED or
 * before a person. What cannot be prepared starts nothing and leaves the key free.
 */
export async function accept<Systems, Input extends KeyedInput, Prepared>(
  unit: UnitOfWork,
  flow: Flow<Systems, Input, Prepared>,
  plan: Plan,
  input: Input,
  preparation: Preparation<Prepared>,
  asking: Asking,
): Promise<Taken> {
  const { requestedBy, node } = asking
  const { subject } = preparation
  const id = canonicalId('workflow', 'revgraph', requestedBy, flow.name, input.idempotencyKey)
  let held: Workflow | undefined
  const { result, replayed } = await mutateWithin(unit, { operation: flow.name, input }, async () => {
    await lockSubject(unit, subject)
    // Not before: what was first in line may have ended while this waited.
    const now = unit.clock.now()
    const isFirst = (await firstInLine(unit, subject)) === undefined
    const dueAt = isFirst ? now : null
    const accepted = stamp<Workflow>(
      undefined,
      { ...draft(flow, plan, input, preparation, asking, id), dueAt, acceptedAt: now },
      now,
    )
    held = isFirst && node !== null ? takenAtOnce(accepted, now) : undefined
    await storeAccepted(unit, workflowAggregate, held ?? accepted, held === undefined ? null : node)
    return { workflowId: id }
  })
  return { ...result, replayed, held }
}

/** A workflow as nobody has begun with it yet. */
function draft<Systems, Input extends KeyedInput, Prepared>(
  flow: Flow<Systems, Input, Prepared>,
  plan: Plan,
  input: Input,
  { prepared, subject, customerId, legalEntityId, moneyAtRisk }: Preparation<Prepared>,
  { requestedBy, traceparent }: Asking,
  id: string,
): Omit<Draft<Workflow>, 'dueAt' | 'acceptedAt'> {
  return {
    id,
    flow: flow.name,
    status: 'ACCEPTED',
    model: plan.model,
    modelVersion: plan.modelVersion,
    subject,
    customerId,
    legalEntityId,
    moneyAtRisk: moneyAtRisk ?? null,
    input,
    prepared,
    steps: plannedSteps(flow, plan, id),
    failure: null,
    requestedBy,
    traceparent,
    endedAt: null,
    run: 0,
  }
}

/** The node that accepts it is the first to have it, and begins. */
function takenAtOnce(accepted: Workflow, now: Temporal.Instant): Workflow | undefined {
  const turn = nextTurn(accepted)
  return turn && begun({ ...accepted, run: 1 }, turn, now)
}

/** The steps in the plan's order, each behind its gates. */
function plannedSteps<Systems, Input, Prepared>(
  flow: Flow<Systems, Input, Prepared>,
  { order, gates = [] }: Plan,
  workflowId: string,
): WorkflowStep[] {
  const steps = order.map((name) => plannedStep(flow, name, workflowId))
  return behindGates(steps, gates, workflowId)
}

function plannedStep<Systems, Input, Prepared>(
  { name: flow, steps }: Flow<Systems, Input, Prepared>,
  name: string,
  workflowId: string,
): WorkflowStep {
  const step = steps.find((known) => known.name === name)
  if (step === undefined) throw new RangeError(`${flow} has no step ${name}`)
  return { ...unbegun(name, workflowId), system: step.system, kind: step.kind, gate: null }
}
