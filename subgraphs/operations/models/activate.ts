import { randomUUID } from 'node:crypto'
import type { LegalEntity } from '#domain/erp.ts'
import type { Violation } from '#domain/failure.ts'
import { lintDocument } from '#domain/lint-model.ts'
import { type ActivatedModel, checkDecision } from '#domain/model-activation.ts'
import { partFor } from '#domain/pick-model.ts'
import type { HashedModel } from '#domain/workflow-model.ts'
import type { Aggregate, UnitOfWork } from '#platform/command.ts'
import type { Replayable } from '#platform/idempotency.ts'
import { mutate } from '#platform/mutation.ts'
import type { ActivateModelInput } from '#schema/operations.generated.ts'
import type { Writing } from '../loaders.ts'
import { modelActivations, saveContent } from '../model-store.ts'
import type { ModelDesk } from './desk.ts'
import { type JudgedModel, judgeSource, lintedFinding, type ModelFinding } from './judge.ts'

const activation: Aggregate<ActivatedModel> = {
  name: 'modelActivation',
  table: modelActivations,
  event: () => 'activated',
}

/** What is kept of asking for an activation. */
interface ActivationOutcome {
  readonly activationId: string | null
  readonly findings: readonly ModelFinding[]
  readonly violations: readonly Violation[]
}

/** What became of asking for an activation, for its payload. */
export type ActivationAnswer = Replayable<ActivationOutcome>

/** Has new workflows run under a model from now on, unless it breaks a rule or has no part for one of the companies. */
export async function activateModel(
  { db, command }: Writing,
  desk: ModelDesk,
  legalEntities: () => Promise<readonly LegalEntity[]>,
  input: ActivateModelInput,
): Promise<ActivationAnswer> {
  const entities = await legalEntities()
  return mutate(db, command, { operation: 'activateModel', input }, async (unit) => {
    const { model, findings } = judge(desk, input)
    const violations = [
      ...checkDecision(input),
      ...checkModel(input, model, findings),
      ...checkReach(input, model, entities),
    ]
    if (violations.length > 0 || model === null) return { activationId: null, findings, violations }
    return { activationId: await save(unit, input, model, command.clock.now()), findings: [], violations: [] }
  })
}

function judge(desk: ModelDesk, { model: name, source }: ActivateModelInput): JudgedModel {
  if (typeof source === 'string') return judgeSource(desk, source)
  const model = desk.library.models.find((each) => each.name === name) ?? null
  const broken = model === null ? [] : lintDocument(model, desk.surroundings)
  return { model, findings: broken.map(lintedFinding) }
}

function checkModel(
  { model: name }: ActivateModelInput,
  model: HashedModel | null,
  findings: readonly ModelFinding[],
): Violation[] {
  if (findings.length > 0) {
    const message = `The model breaks ${findings.length} rules`
    return [{ code: 'MODEL_INVALID', field: 'model', message }]
  }
  if (model?.name === name) return []
  const message =
    model === null
      ? 'There is no such model: `workflowModels` has their names'
      : `The text is that of ${model.name}`
  return [{ code: 'REFERENCE_MISSING', field: 'model', message }]
}

/** A hybrid has a part for each company that it is activated for. */
function checkReach(
  { legalEntityId }: ActivateModelInput,
  model: HashedModel | null,
  entities: readonly LegalEntity[],
): Violation[] {
  const isForAll = legalEntityId === null || legalEntityId === undefined
  const reached = entities.filter(({ id }) => isForAll || id === legalEntityId)
  if (!isForAll && reached.length === 0)
    return [
      { code: 'REFERENCE_MISSING', field: 'legalEntityId', message: 'There is no such company of ours' },
    ]
  const lacking = model === null ? [] : reached.filter(({ code }) => partFor(model, code) === undefined)
  return lacking.map(({ code }) => ({
    code: 'ROUTE_MISSING',
    field: 'model',
    message: `The model says nothing for ${code}`,
  }))
}

async function save(
  unit: UnitOfWork,
  { legalEntityId, actor, reason }: ActivateModelInput,
  model: HashedModel,
  since: Temporal.Instant,
): Promise<string> {
  await saveContent(unit, model)
  const after = {
    id: `wma_${randomUUID().replaceAll('-', '')}`,
    model: model.name,
    modelVersion: model.version,
    hash: model.hash,
    legalEntityId: legalEntityId ?? null,
    since,
    actor,
    reason,
  }
  await unit.save(activation, [{ before: undefined, after }])
  return after.id
}
