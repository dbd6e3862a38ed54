import {
  type Failure,
  failureOfCall,
  failureOfSubgraph,
  type SubgraphError,
  SubgraphFailure,
} from '../errors.ts'
import type { FetchContext, Step } from './execute.ts'
import { copy, merge } from './merge.ts'
import { compilePath, type Locate, type Trail } from '../plan/paths.ts'
import { clientName } from '../names.ts'
import type { EntityBatch, EntityFetch, Requirement } from '../plan/planner.ts'
import { Numbering } from './numbering.ts'
import { compileRepresentation, type Represent } from './representations.ts'
import { isJsonObject, type JsonObject } from '../request.ts'
import { compileRewrites, type Correct, renames } from './rewrites.ts'
import { clientPath, pickVariables, refuseLate, type Run } from '../run.ts'
import { entityKeys } from './subgraph-keys.ts'
import type { SubgraphAnswer } from '../subgraph/transport.ts'

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
      refuseLate(run)
      const answer = await call(variables, run.request)
      for (const entities of gathered) accept(answer, entities, run, service)
    } catch (error) {
      for (const entities of gathered) failAll(entities, run, failureOfCall(error, service))
    }
  }
}

/** One `_entities` field, compiled. */
interface Batch {
  readonly alias: string
  readonly variable: string
  readonly locates: readonly Locate[]
  readonly represent: Represent
  /** The client's names of the fields that a representation is made of. */
  readonly required: ReadonlySet<string | number>
  readonly correctInput: Correct | undefined
  readonly correctOutput: Correct | undefined
  /** True if an entity of this type is what its representation asked for. */
  readonly isAskedType: (typename: unknown, representation: JsonObject | undefined) => boolean
  readonly finalKey: (step: string | number) => string | number
  /** The response keys that the batch brings to an object, by what the object is. */
  readonly keysOf: (object: JsonObject) => string[]
}

function compileBatch(batch: EntityBatch, { text }: EntityFetch, { typeNames }: FetchContext): Batch {
  const finalKey = renames(batch.outputRewrites)
  const keys = entityKeys(text, batch.alias)
  return {
    alias: batch.alias,
    variable: batch.representationsVariable,
    locates: batch.paths.map((path) => compilePath(path, typeNames)),
    represent: compileRepresentation(batch.requires, typeNames),
    required: new Set(batch.requires.flatMap(fieldNames)),
    correctInput: compileRewrites(batch.inputRewrites, typeNames),
    correctOutput: compileRewrites(batch.outputRewrites, typeNames),
    isAskedType: (typename, representation) => {
      const asked = representation?.__typename
      if (typename === undefined || typename === asked) return true
      return typeof asked === 'string' && typeof typename === 'string' && typeNames(asked).has(typename)
    },
    finalKey,
    keysOf: (object) =>
      keys
        .filter(({ type }) => type === undefined || typeNames(type).has(String(object.__typename)))
        .map(({ key }) => finalKey(key)),
  }
}

function fieldNames(requirement: Requirement): string[] {
  return requirement.kind === 'Field'
    ? [clientName(requirement.name)]
    : requirement.selections.flatMap(fieldNames)
}

/**
 * Objects that lack what the fetch requires of them, because an earlier one failed, are not asked for: the same
 * failure is why their fields stay null.
 */
function tellWhatIsMissing({ locates, represent, required, keysOf }: Batch, { data, failures }: Run): void {
  if (failures.kept.length === 0 || failures.isFull) return
  const causes = causesByPlace(failures.kept, required)
  if (causes.size === 0) return
  for (const locate of locates) {
    locate(data, (object, trail) => {
      if (failures.isFull || represent(object)) return
      const place = clientPath(trail)
      const cause = causes.get(place.join())
      if (cause)
        failures.addAll(keysOf(object).map((key) => ({ ...cause, path: [...place, clientName(key)] })))
    })
  }
}

/** The first failure of a required field, by the place of the object that lacks it. */
function causesByPlace(failures: readonly Failure[], required: Batch['required']): Map<string, Failure> {
  const causes = new Map<string, Failure>()
  for (const failure of failures) {
    for (const [length, step] of (failure.path ?? []).entries()) {
      if (required.has(step)) causes.getOrInsert(failure.path?.slice(0, length).join() ?? '', failure)
    }
  }
  return causes
}

/** An object that waits for its entity. */
interface Target {
  readonly object: JsonObject
  /** The entity's place among the representations. */
  readonly index: number
  /** Which of the batch's paths led to the object. */
  readonly place: number
}

/** The entities to ask for, each once, and the objects that they complete. */
interface Gathered {
  readonly batch: Batch
  readonly representations: readonly JsonObject[]
  readonly targets: readonly Target[]
  /** Where in the answer each entity belongs. Found by walking again, so that only failures pay for it. */
  readonly places: () => readonly (readonly Place[])[]
}

interface Place {
  readonly object: JsonObject
  readonly trail: Trail
}

function gather(batch: Batch, data: JsonObject): Gathered {
  const numbering = new Numbering()
  const representations: JsonObject[] = []
  const targets: Target[] = []
  for (const [place, locate] of batch.locates.entries()) {
    locate(data, (object) => {
      const representation = batch.represent(object)
      if (!representation) return
      batch.correctInput?.(representation)
      const index = numbering.numberOf(representation)
      if (index === representations.length) representations.push(representation)
      targets.push({ object, index, place })
    })
  }
  return {
    batch,
    representations,
    targets,
    places: once(() => findPlaces(batch, { representations, targets }, data)),
  }
}

function findPlaces(
  { locates }: Batch,
  { representations, targets }: Pick<Gathered, 'representations' | 'targets'>,
  data: JsonObject,
): Place[][] {
  const indexes = new Map(targets.map(({ object, index }) => [object, index] as const))
  const places: Place[][] = representations.map(() => [])
  for (const locate of locates) {
    locate(data, (object, trail) => {
      const index = indexes.get(object)
      if (index !== undefined) places[index]?.push({ object, trail: [...trail] })
    })
  }
  return places
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
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

function tell(ownErrors: readonly SubgraphError[], gathered: Gathered, run: Run, service: string): void {
  const [ofEntities, [first, ...further]] = split(ownErrors, ({ path }) => typeof path?.[1] === 'number')
  for (const error of ofEntities) relocate(error, gathered, run, service)
  if (first) failAll(gathered, run, failureOfSubgraph(first, service))
  // Each field has its error now: what else went wrong as a whole need not be told everywhere again.
  const [place] = gathered.places().flat()
  for (const error of further) if (place) record(run, failureOfSubgraph(error, service), place.trail)
}

function split<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}

function isEntityList(entities: unknown, { representations }: Gathered): entities is unknown[] {
  return Array.isArray(entities) && entities.length === representations.length
}

function foreign(complaint: string, service: string): Failure {
  return failureOfCall(new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', complaint), service)
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

/** Records an error of the subgraph at every place of the client's answer that waits for the entity. */
function relocate(error: SubgraphError, gathered: Gathered, run: Run, service: string): void {
  if (run.failures.isFull) return
  const failure = failureOfSubgraph(error, service)
  const [, index, ...rest] = error.path ?? []
  const places = gathered.places()[Number(index)] ?? []
  if (rest.length === 0) return failPlaces(places, gathered, run, failure)
  const inner = rest.map(gathered.batch.finalKey)
  for (const { trail } of places) record(run, failure, [...trail, ...inner])
}

/** A null that spread over an entity, or over all of them, took fields with it that have no error of their own. */
function failSilent(
  errors: readonly SubgraphError[],
  entities: unknown,
  gathered: Gathered,
  run: Run,
  service: string,
): void {
  const [first] = errors
  const byEntity = Map.groupBy(errors, ({ path }) => path?.[1])
  if (!first || run.failures.isFull || byEntity.has(undefined)) return
  const isList = Array.isArray(entities)
  for (const [index, places] of gathered.places().entries()) {
    const own = byEntity.get(index) ?? []
    const isLost = isList ? entities[index] === null && own.length > 0 : true
    const told = new Set(
      own.map(({ path = [] }) => (path[2] === undefined ? undefined : gathered.batch.finalKey(path[2]))),
    )
    if (isLost && !told.has(undefined))
      failPlaces(places, gathered, run, failureOfSubgraph(own[0] ?? first, service), told)
  }
}

function failAll(gathered: Gathered, run: Run, failure: Failure): void {
  if (run.failures.isFull) return
  for (const places of gathered.places()) failPlaces(places, gathered, run, failure)
}

/** An entity that did not come fails each field that it was to bring, but for those whose failure is told. */
function failPlaces(
  places: readonly Place[],
  { batch }: Gathered,
  run: Run,
  failure: Failure,
  told: ReadonlySet<unknown> = new Set(),
): void {
  for (const { object, trail } of places) {
    for (const key of batch.keysOf(object)) if (!told.has(key)) record(run, failure, [...trail, key])
  }
}

function record({ failures }: Run, failure: Failure, trail: Trail): void {
  if (!failures.isFull) failures.add({ ...failure, path: clientPath(trail) })
}
