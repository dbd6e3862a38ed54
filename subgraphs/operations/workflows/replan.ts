import type { Outcome } from '#domain/failure.ts'
import type { Replanned } from '#domain/gated-steps.ts'
import type { Money } from '#domain/money.ts'
import type { Workflow } from '#domain/workflow.ts'
import type { Workshop } from './carry-out.ts'
import type { Planner } from './desk.ts'

/** What a workflow goes on with where a person edited its payload. */
export type Replan = (workflow: Workflow, prepared: unknown) => Promise<Outcome<Replanned>>

/** Plans again by what held when a workflow was accepted, and by the amount that the edited payload comes to. */
export const replanBy =
  <Systems>(workshop: Workshop<Systems>, planOf: Planner): Replan =>
  async (workflow, prepared) => {
    const flow = workshop.flows.get(workflow.flow)
    if (flow === undefined) return refused(`This version of the program has no ${workflow.flow}`)
    const { value: moneyAtRisk, violations } = await stakeOf(workshop, workflow, prepared)
    if (violations !== undefined) return { violations }
    const { subject, customerId, legalEntityId, acceptedAt } = workflow
    const preparation = { subject, customerId, legalEntityId, ...(moneyAtRisk && { moneyAtRisk }) }
    const { value: plan, violations: unplanned } = await planOf(flow, preparation, acceptedAt)
    return unplanned === undefined
      ? { value: { prepared, moneyAtRisk, gates: plan.gates ?? [] } }
      : { violations: unplanned }
  }

async function stakeOf<Systems>(
  { flows, systems }: Workshop<Systems>,
  { flow: name, moneyAtRisk }: Workflow,
  prepared: unknown,
): Promise<Outcome<Money | null>> {
  const flow = flows.get(name)
  if (flow?.stakeOf === undefined) return { value: moneyAtRisk }
  try {
    return { value: await flow.stakeOf(systems, prepared as never) }
  } catch (error) {
    if (isUnreadable(error)) return refused(error.message)
    throw error
  }
}

/** What reading a value gives that is not of its kind. */
const isUnreadable = (error: unknown): error is Error =>
  error instanceof RangeError || error instanceof SyntaxError

const refused = (message: string) => ({
  violations: [{ code: 'PAYLOAD_INVALID', field: 'payload', message }] as const,
})
