import type { Outcome } from '#domain/failure.ts'
import type { PickedModel } from '#domain/pick-model.ts'
import type { ServiceSetup } from '../services/services.ts'

/** The model that holds now for one of our companies, by its id; null for what belongs to none. */
export async function modelFor(
  { sources, modelOf }: ModelSetup,
  legalEntityId: string | null,
): Promise<Outcome<PickedModel>> {
  const legalEntities = legalEntityId === null ? [] : await sources.legalEntities()
  return modelOf(legalEntities.find(({ id }) => id === legalEntityId) ?? null)
}

/** Where it is known which companies there are, and which models hold. */
export interface ModelSetup extends Pick<ServiceSetup, 'modelOf'> {
  readonly sources: Pick<ServiceSetup['sources'], 'legalEntities'>
}
