import { plannedGate } from '#domain/approval.ts'
import type { Outcome } from '#domain/failure.ts'
import type { FlowName } from '#domain/workflow-model.ts'
import type { ModelDesk } from '../models/desk.ts'
import { modelFor } from '../models/model-for.ts'
import type { ServiceSources } from '../services/sources.ts'
import type { Plan } from '../workflows/accept.ts'
import type { Preparation } from '../workflows/flow.ts'

/**
 * The order of a flow's steps by the model that holds for its legal entity now, or when it was accepted, the story's
 * own where that names none, and the approvals that it has to have for the money and the customer that it is about.
 */
export async function planByModel(
  models: ModelDesk,
  sources: Pick<ServiceSources, 'legalEntities' | 'lastCreditProfile'>,
  flow: { readonly name: string; readonly steps: readonly { readonly name: string }[] },
  { legalEntityId, customerId, moneyAtRisk }: Omit<Preparation<unknown>, 'prepared'>,
  acceptedAt?: Temporal.Instant,
): Promise<Outcome<Plan>> {
  const modelOf: ModelDesk['pick'] = (legalEntity) => models.pick(legalEntity, acceptedAt)
  const { value, violations } = await modelFor({ sources, modelOf }, legalEntityId)
  if (violations !== undefined) return { violations }
  const { document, model } = value
  const { steps = [], gates: placed = [] } = model.flows[flow.name as FlowName] ?? {}
  const profile = customerId === null ? null : await sources.lastCreditProfile(customerId)
  const subject = { moneyAtRisk: moneyAtRisk ?? null, isOnCreditHold: profile?.onHold ?? false }
  const gates = placed.flatMap(({ gate: name, before }) => {
    const rule = model.gates.find((gate) => gate.name === name)
    const gate = rule && plannedGate(rule, subject)
    return gate ? [{ gate, before }] : []
  })
  const order = steps.length > 0 ? steps : flow.steps.map(({ name }) => name)
  return { value: { model: document.name, modelVersion: document.version, order, gates } }
}
