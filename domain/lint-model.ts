import { masterRuleOf } from './foreign-write.ts'
import { findingIf, findTwice, type LintFinding } from './lint-finding.ts'
import { isNoDeadline, lintAmounts, lintFlows } from './lint-flows.ts'
import { lintMasters } from './lint-masters.ts'
import { lintRoutes } from './lint-routes.ts'
import { EXCEPTION_CLASSES } from './exception.ts'
import {
  type FlowCatalogue,
  type ModelDocument,
  type ModelPart,
  type ObjectCatalogue,
  type WorkflowModel,
} from './workflow-model.ts'

/** What a model is held against. */
export interface LintSurroundings {
  readonly flows: FlowCatalogue
  readonly objects: ObjectCatalogue
  /** Types of the events that there are. */
  readonly eventTypes: readonly string[]
}

/** Objects that all our companies share: no two of them can have another master. */
const SHARED_OBJECTS = ['customer', 'contact', 'product', 'price'] as const

/** Everything that is wrong with a model; empty where it may be activated. */
export function lintDocument({ parts }: ModelDocument, surroundings: LintSurroundings): LintFinding[] {
  const codes = parts.flatMap(({ legalEntities }) => legalEntities ?? [])
  const findings = parts.flatMap(({ model, legalEntities }) =>
    lintModel(model, surroundings).map((finding) =>
      legalEntities === null ? finding : { ...finding, path: `${model.name}: ${finding.path}` },
    ),
  )
  return [
    ...findings,
    ...findTwice(codes, (code) => code, 'ENTITY_ONCE', 'entities'),
    ...lintShared(parts, surroundings.objects),
  ]
}

/** Everything that is wrong with what a model says for one part. */
export function lintModel(
  model: WorkflowModel,
  { flows, objects, eventTypes }: LintSurroundings,
): LintFinding[] {
  const { dealAmount } = model.limits
  return [
    ...lintMasters(model, objects),
    ...lintFlows(model, flows),
    ...lintRoutes(model, eventTypes),
    ...lintExceptions(model),
    ...(dealAmount === null ? [] : lintAmounts(dealAmount, 'LIMIT_AMOUNT', 'limits.dealAmount')),
  ]
}

function lintExceptions({ exceptions }: WorkflowModel): LintFinding[] {
  const owned = exceptions.map((rule) => rule.class)
  const orphans = EXCEPTION_CLASSES.filter((name) => !owned.includes(name))
  return [
    ...findTwice(owned, (name) => name, 'DEFINED_ONCE', 'exceptions'),
    ...findingIf(
      orphans.length > 0,
      'EXCEPTION_OWNED',
      'exceptions',
      `Nobody answers for ${orphans.join(', ')}`,
    ),
    ...exceptions.flatMap(({ class: name, deadlineHours }, index) =>
      findingIf(
        isNoDeadline(deadlineHours),
        'EXCEPTION_OWNED',
        `exceptions.${index}`,
        `${name} has no deadline`,
      ),
    ),
  ]
}

/** A customer or a price belongs to no company: the parts of a hybrid must name the same master for it. */
function lintShared(parts: readonly ModelPart[], objects: ObjectCatalogue): LintFinding[] {
  const [first, ...others] = parts.map(({ model }) => model)
  if (first === undefined) return findingIf(true, 'ENTITY_ONCE', 'entities', 'It has no part')
  return SHARED_OBJECTS.flatMap((object) =>
    (objects[object] ?? []).flatMap((field) =>
      others.flatMap((other) => {
        const [one, two] = [first, other].map(({ masters }) => masterRuleOf(masters, object, field)?.master)
        const under = `${String(one)} under ${first.name}, by ${String(two)} under ${other.name}`
        const message = `${object}.${field} is mastered by ${under}`
        return findingIf(one !== two, 'SHARED_MASTER', 'masters', message)
      }),
    ),
  )
}
