import { type LintSurroundings } from '#domain/lint-model.ts'
import type { Outcome } from '#domain/failure.ts'
import { type PickedModel, pickModel } from '#domain/pick-model.ts'
import type { FlowCatalogue, HashedModel } from '#domain/workflow-model.ts'
import type { Clock } from '#platform/clock.ts'
import type { Queryable } from '#platform/database.ts'
import { readContent, readHolding } from '../model-store.ts'
import { type ModelLibrary, readLibrary, reviveModel } from './library.ts'
import { surroundingsOf } from './surroundings.ts'

/** The workflow models of a running product: those that it comes with, and those that somebody activated. */
export interface ModelDesk {
  readonly library: ModelLibrary
  readonly surroundings: LintSurroundings
  /** The model under which a new workflow of one of our companies runs; null for what belongs to none yet. */
  readonly pick: (
    legalEntity: { readonly id: string; readonly code: string } | null,
  ) => Promise<Outcome<PickedModel>>
}

/** Models that were activated from a text: they are few, and never change. */
const MAX_KEPT_MODELS = 50

/** Opens the desk over a store. */
export function openModelDesk(db: Queryable, clock: Clock, flows: FlowCatalogue): ModelDesk {
  const library = readLibrary()
  const known = new Map(library.models.map((model) => [model.hash, model]))
  const contentOf = async (hash: string): Promise<HashedModel> => {
    const model = known.get(hash) ?? reviveModel(await readContent(db, hash))
    if (known.size >= MAX_KEPT_MODELS + library.models.length) known.clear()
    known.set(hash, model)
    return model
  }
  return {
    library,
    surroundings: surroundingsOf(flows),
    pick: async (legalEntity) => {
      const at = clock.now()
      const holding = await readHolding(db, at)
      const activations = await Promise.all(
        holding.map(async ({ hash, ...rest }) => ({ ...rest, model: await contentOf(hash) })),
      )
      return pickModel(library.models, activations, { legalEntity, at })
    },
  }
}
