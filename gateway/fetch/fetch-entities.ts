import { failureOfCall } from '../errors.ts'
import { isJsonObject, type JsonObject } from '../request.ts'
import { pickVariables, type Run, withinRun } from '../run.ts'
import type { SubgraphAnswer } from '../subgraph/transport.ts'
import { failAll, failPlaces, failSilent, foreign, tell, tellWhatIsMissing } from './entity-failures.ts'
import type { FetchContext, Step } from './execute.ts'
import type { EntityFetch } from '../plan/planner.ts'
import { compileBatch, gather, type Gathered } from './gather.ts'
import { copy, merge } from './merge.ts'

/** Compiles a fetch that completes entities which earlier fetches found. */
export function compileEntityFetch(fetch: EntityFetch, context: FetchContext): Step {
  const { service } = fetch
  const entityLists = fetch.batches.map(({ representationsVariable: variable, alias }) => ({
    variable,
    alias,
  }))
  const call = context.transportOf(service).prepare({ text: fetch.text, isMutation: false, entityLists })
  const variablesOf = pickVariables(fetch.variableNames)
  const batches = fetch.batches.map((batch) => compileBatch(batch, fetch, context))

  return async (run) => {
    for (const batch of batches) tellWhatIsMissing(batch, run)
    const gathered = batches.map((batch) => gather(batch, run.data))
    if (gathered.every(({ representations }) => representations.length === 0)) return
    const variables = variablesOf(run.variables)
    for (const { batch, representations } of gathered) variables[batch.variable] = representations
    try {
      const answer = await withinRun(run, run.request, (scope) => call(variables, scope))
      for (const entities of gathered) accept(answer, entities, run, service)
    } catch (error) {
      for (const entities of gathered) failAll(entities, run, failureOfCall(error, service))
    }
  }
}

function accept({ data, errors = [] }: SubgraphAnswer, gathered: Gathered, run: Run, service: string): void {
  const { batch } = gathered
  const entities = data?.[batch.alias]
  const ownErrors = errors.filter(({ path }) => !path || path[0] === batch.alias)
  if (isEntityList(entities, gathered)) complete(entities, gathered, run, service)
  else if (ownErrors.length === 0 || Array.isArray(entities))
    failAll(gathered, run, foreign(`${batch.alias} is not as long as the representations`, service))
  if (ownErrors.length === 0) return
  tell(ownErrors, gathered, run, service)
  failSilent(ownErrors, entities, gathered, run, service)
}

function isEntityList(entities: unknown, { representations }: Gathered): entities is unknown[] {
  return Array.isArray(entities) && entities.length === representations.length
}

function complete(entities: readonly unknown[], gathered: Gathered, run: Run, service: string): void {
  const { batch, representations, targets } = gathered
  // Objects at one place of the answer have the same selection, so they may share what the entity holds. At another
  // place further fetches may add other things under the same keys.
  const sharedAt = entities.map((entity, index): number | undefined => {
    if (entity === null) return NOWHERE
    if (isJsonObject(entity) && batch.isAskedType(entity.__typename, representations[index])) {
      batch.correctOutput?.(entity)
      return undefined
    }
    if (!run.failures.isFull)
      failPlaces(gathered.places()[index] ?? [], gathered, run, foreign('an entity of another type', service))
    return NOWHERE
  })
  for (const { object, index, place } of targets) {
    if (sharedAt[index] === NOWHERE) continue
    const entity = entities[index] as JsonObject
    merge(object, (sharedAt[index] ??= place) === place ? entity : (copy(entity) as JsonObject))
  }
}

/** No place of the answer gets an entity that did not come. */
const NOWHERE = -1
