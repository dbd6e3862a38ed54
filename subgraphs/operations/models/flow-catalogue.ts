import type { CatalogueStep, FlowCatalogue } from '#domain/workflow-model.ts'
import type { AnyFlow } from '../workflows/flow.ts'

/** The steps of every flow, each in the order of its story. */
export const catalogueOf = (flows: ReadonlyMap<string, AnyFlow<never>>): FlowCatalogue =>
  Object.fromEntries([...flows].map(([name, { steps }]) => [name, steps.map(stepOf)]))

function stepOf({ name, system, kind, needs, uses, undo }: AnyFlow<never>['steps'][number]): CatalogueStep {
  return { name, system, kind, needs, hasUndo: undo !== undefined, ...(uses && { uses }) }
}
