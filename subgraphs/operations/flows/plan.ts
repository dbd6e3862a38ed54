import type { Outcome } from '#domain/failure.ts'
import type { FlowName } from '#domain/workflow-model.ts'
import type { ModelDesk } from '../models/desk.ts'
import type { ServiceSources } from '../services/sources.ts'
import type { Plan } from '../workflows/accept.ts'

/** The order of a flow's steps by the model that holds for a legal entity now; the story's own where it names none. */
export async function planByModel(
  models: ModelDesk,
  { legalEntities }: Pick<ServiceSources, 'legalEntities'>,
  flow: { readonly name: string; readonly steps: readonly { readonly name: string }[] },
  legalEntityId: string | null,
): Promise<Outcome<Plan>> {
  const entity = (await legalEntities()).find(({ id }) => id === legalEntityId) ?? null
  const { value, violations } = await models.pick(entity)
  if (violations !== undefined) return { violations }
  const { document, model } = value
  const ordered = model.flows[flow.name as FlowName]?.steps ?? []
  const order = ordered.length > 0 ? ordered : flow.steps.map(({ name }) => name)
  return { value: { model: document.name, modelVersion: document.version, order } }
}
