import type { HashedModel, ModelDocument, ModelPart, WorkflowModel } from './workflow-model.ts'
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
  /** The company, with its short code, which hybrids name; null for what belongs to none. */
  readonly legalEntity: { readonly id: string; readonly code: string } | null
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
 * `models`. Of a hybrid it is the part of the company, ROUTE_MISSING where it has none; the first part for no company.
 */
export function pickModel(
  models: readonly HashedModel[],
  activations: readonly ModelActivation[],
  { legalEntity, at }: ModelQuestion,
): Outcome<PickedModel> {
  const document =
    (legalEntity && newest(activations, legalEntity.id, at)) ??
    newest(activations, null, at) ??
    models.find(({ name }) => name === INITIAL_MODEL)
  const part = document && partFor(document, legalEntity?.code ?? null)
  if (document === undefined || part === undefined) {
    const message = `No workflow model holds for ${legalEntity?.code ?? 'what belongs to no company'}`
    return { violations: [{ code: 'ROUTE_MISSING', field: 'legalEntityId', message }] }
  }
  const { name, version, hash } = document
  return { value: { document: { name, version, hash }, model: part.model } }
}

/** What a model says for a company, by its code; undefined where it says nothing. */
export function partFor({ parts }: ModelDocument, code: string | null): ModelPart | undefined {
  return parts.find(
    ({ legalEntities }) => code === null || legalEntities === null || legalEntities.includes(code),
  )
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
