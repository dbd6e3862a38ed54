import type { HashedModel, WorkflowModel } from './workflow-model.ts'
import type { Outcome } from './failure.ts'

/** That a model holds for new workflows from an instant on. */
export interface ModelActivation {
  readonly model: HashedModel
  /** One of our companies; null for all that have no activation of their own. */
  readonly legalEntityId: string | null
  readonly since: Temporal.Instant
}

/** Whose work is to be done, and when it was asked for. */
export interface ModelQuestion {
  readonly legalEntityId: string
  /** Its short code, which hybrids name. */
  readonly legalEntityCode: string
  readonly at: Temporal.Instant
}

/** What a new workflow keeps of the model under which it was accepted. */
export interface PickedModel {
  /** Name, version and hash of what was activated. */
  readonly document: Pick<HashedModel, 'name' | 'version' | 'hash'>
  /** What it says for this company. */
  readonly model: WorkflowModel
}

/** The model that holds until somebody activates one. */
const INITIAL_MODEL = 'crm-led'

/**
 * The model of a new workflow: the newest activation for its company, else the newest for all, else the initial one of
 * `models`. ROUTE_MISSING where that is a hybrid without a part for the company.
 */
export function pickModel(
  models: readonly HashedModel[],
  activations: readonly ModelActivation[],
  question: ModelQuestion,
): Outcome<PickedModel> {
  const document =
    newest(activations, question.legalEntityId, question.at) ??
    newest(activations, null, question.at) ??
    models.find(({ name }) => name === INITIAL_MODEL)
  const { legalEntityCode } = question
  const part = document?.parts.find(
    ({ legalEntities }) => legalEntities === null || legalEntities.includes(legalEntityCode),
  )
  if (document === undefined || part === undefined) {
    const message = `No workflow model holds for ${legalEntityCode}`
    return { violations: [{ code: 'ROUTE_MISSING', field: 'legalEntityId', message }] }
  }
  const { name, version, hash } = document
  return { value: { document: { name, version, hash }, model: part.model } }
}

function newest(
  activations: readonly ModelActivation[],
  legalEntityId: string | null,
  at: Temporal.Instant,
): HashedModel | undefined {
  return activations
    .filter((each) => each.legalEntityId === legalEntityId && Temporal.Instant.compare(each.since, at) <= 0)
    .toSorted((a, b) => Temporal.Instant.compare(b.since, a.since))[0]?.model
}
