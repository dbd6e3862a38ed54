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
  /** The model of a workflow of a company of ours that is accepted then, or now; null for what belongs to none yet. */
  readonly pick: (
    legalEntity: { readonly id: string; readonly code: string } | null,
    at?: Temporal.Instant,
  ) => Promise<Outcome<PickedModel>>
}

/** Models that were activated: they are few, and never change. */
const MAX_KEPT_MODELS = 50

/** Opens the desk over a store. */
export function openModelDesk(db: Queryable, clock: Clock, flows: FlowCatalogue): ModelDesk {
  const known = new Map<string, HashedModel>()
  const contentOf = async (hash: string): Promise<HashedModel> => {
    const model = known.get(hash) ?? reviveModel(await readContent(db, hash))
    if (known.size >= MAX_KEPT_MODELS) known.clear()
    known.set(hash, model)
    return model
  }
  return {
    get library() {
      return readLibrary()
    },
    surroundings: surroundingsOf(flows),
    pick: async (legalEntity, at = clock.now()) => {
      const holding = await readHolding(db, at)
      const activations = await Promise.all(
        holding.map(async ({ hash, ...rest }) => ({ ...rest, model: await contentOf(hash) })),
      )
      // Reading the files takes a fifth of a second: where one was activated for all, none of them is the initial one.
      const isForAll = activations.some(({ legalEntityId }) => legalEntityId === null)
      return pickModel(isForAll ? [] : readLibrary().models, activations, { legalEntity, at })
    },
  }
}
