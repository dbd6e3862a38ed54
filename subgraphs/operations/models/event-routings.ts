import type { EventTarget } from '#domain/workflow-model.ts'
import { storedTypes } from '#domain/upcast.ts'
import type { ModelSetup } from './model-for.ts'

/** That events of a type go to a system, by a rule of the model that holds for a company. */
export interface EventRouting {
  /** The company of ours that the events are about; null for those that are about none. */
  readonly legalEntityId: string | null
  /** As it is stored, also where events were called otherwise before. */
  readonly type: string
  readonly system: EventTarget
  readonly rule: string
  readonly model: string
}

/** Where events go as the models say that hold now. */
export async function readEventRoutings({ sources, modelOf }: ModelSetup): Promise<EventRouting[]> {
  const companies = [null, ...(await sources.legalEntities())]
  const routings = await Promise.all(
    companies.map(async (company) => {
      const { value } = await modelOf(company)
      if (value === undefined) return []
      const { document, model } = value
      return model.events.flatMap(({ name: rule, on, to }) =>
        on
          .flatMap((type) => storedTypes(type))
          .flatMap((type) =>
            to.map((system): EventRouting => {
              return { legalEntityId: company?.id ?? null, type, system, rule, model: document.name }
            }),
          ),
      )
    }),
  )
  return routings.flat()
}
