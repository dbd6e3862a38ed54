import type { Violation } from '#domain/failure.ts'
import { lintDocument } from '#domain/lint-model.ts'
import { recommendModel } from '#domain/recommend-model.ts'
import { rulesInUse } from '#domain/rule-use.ts'
import type { FlowCatalogue, FlowName, FlowPlan } from '#domain/workflow-model.ts'
import type { ModelFactsInput, Resolvers, UserErrorCode } from '#schema/operations.generated.ts'
import type { Context } from '../loaders.ts'
import { readActivations } from '../model-store.ts'
import { activateModel } from './activate.ts'
import { explain, explainWrite } from './explain.ts'
import { judgeSource, lintedFinding } from './judge.ts'

/** The schema lists the codes that a request can be refused with; the writer of answers fails on another one. */
export const userErrors = (violations: readonly Violation[]) =>
  violations.map(({ code, field, message }) => ({ code: code as UserErrorCode, field, message }))

/** The queries of workflow models. */
export const modelQueries: NonNullable<Resolvers['Query']> = {
  workflowModels: (_, __, { models }) => models.library.models,
  modelActivations: (_, __, { db }) => readActivations(db),
  validateModel: (_, { source }, { models }) => {
    const { model, findings } = judgeSource(models, source)
    return { isValid: model !== null && findings.length === 0, findings, model }
  },
  recommendModel: async (_, { facts }, context) => recommend(context, facts ?? {}),
  explainRoute: (_, { input }, { models, sources, today }) => explain(models, sources, today, input),
  explainWrite: (_, { input }, { models, sources }) => explainWrite(models, sources, input),
}

/** The mutations of workflow models. */
export const modelMutations: NonNullable<Resolvers['Mutation']> = {
  activateModel: (_, { input }, { write, models, sources }) =>
    activateModel(write, models, sources.legalEntities, input),
}

/** What the types of workflow models show. */
export const modelResolvers: Pick<
  Resolvers,
  | 'WorkflowModel'
  | 'ModelPart'
  | 'ModelActivation'
  | 'ActivateModelPayload'
  | 'RouteExplanation'
  | 'WriteExplanation'
> = {
  WorkflowModel: {
    findings: (model, _, { models }) => lintDocument(model, models.surroundings).map(lintedFinding),
  },
  ModelPart: {
    legalEntityCodes: ({ legalEntities }) => legalEntities,
    model: ({ model }) => model.name,
    masters: ({ model }) =>
      model.masters.map((rule) => ({ ...rule, fields: rule.fields === 'all' ? null : rule.fields })),
    flows: ({ model }, _, { models }) =>
      Object.entries(model.flows).map(([name, plan]) => flowOf(name, plan, models.surroundings.flows)),
    rules: ({ model }, _, { models }) => rulesInUse(model, models.surroundings.flows),
    exceptions: ({ model }) => model.exceptions,
    content: ({ model }) => JSON.parse(JSON.stringify(model)) as unknown,
  },
  RouteExplanation: { userErrors: ({ violations }) => userErrors(violations) },
  WriteExplanation: { userErrors: ({ violations }) => userErrors(violations) },
  ModelActivation: {
    legalEntity: ({ legalEntityId: id }) => (id === null ? null : { id }),
  },
  ActivateModelPayload: {
    activation: ({ result: { activationId } }, _, { modelActivation }) =>
      activationId === null ? null : modelActivation.load(activationId),
    findings: ({ result: { findings } }) => findings,
    userErrors: ({ result: { violations } }) => userErrors(violations),
  },
}

/** A flow with its steps in the order of the model, else in that of its story. */
function flowOf(name: string, { steps, gates }: FlowPlan, flows: FlowCatalogue) {
  const story = flows[name as FlowName] ?? []
  const ordered =
    steps.length === 0 ? story : steps.flatMap((step) => story.find((it) => it.name === step) ?? [])
  return { name, gates, steps: ordered.map(({ name: step, system, kind }) => ({ name: step, system, kind })) }
}

/** The model that suits what is given of a company; the rest is counted in the store. */
async function recommend({ models, sources }: Context, given: ModelFactsInput) {
  const counted = await sources.modelFacts()
  const facts = {
    legalEntities: given.legalEntities ?? counted.legalEntities,
    usageLines: given.usageLines ?? counted.usageLines,
    usagePercent: given.usagePercent ?? counted.usagePercent,
    amendments: given.amendments ?? counted.amendments,
    erpApprovalPercent: given.erpApprovalPercent ?? counted.erpApprovalPercent,
  }
  const single = models.library.models.flatMap(({ parts: [part, other] }) =>
    part && !other ? [part.model] : [],
  )
  return { ...recommendModel(single, facts), facts }
}
