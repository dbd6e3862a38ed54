import { compilePath, type Locate, type Trail } from '../plan/paths.ts'
import { clientName } from '../names.ts'
import type { EntityBatch, EntityFetch, Requirement } from '../plan/planner.ts'
import type { JsonObject } from '../request.ts'
import type { FetchContext } from './execute.ts'
import { Numbering } from './numbering.ts'
import { compileRepresentation, type Represent } from './representations.ts'
import { compileRewrites, type Correct, renames } from './rewrites.ts'
import { entityKeys } from './subgraph-keys.ts'

/** One `_entities` field, compiled. */
export interface Batch {
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

/** Compiles one `_entities` field of a fetch. */
export function compileBatch(batch: EntityBatch, { text }: EntityFetch, { typeNames }: FetchContext): Batch {
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

/** An object that waits for its entity. */
interface Target {
  readonly object: JsonObject
  /** The entity's place among the representations. */
  readonly index: number
  /** Which of the batch's paths led to the object. */
  readonly place: number
}

/** The entities to ask for, each once, and the objects that they complete. */
export interface Gathered {
  readonly batch: Batch
  readonly representations: readonly JsonObject[]
  readonly targets: readonly Target[]
  /** Where in the answer each entity belongs. Found by walking again, so that only failures pay for it. */
  readonly places: () => readonly (readonly Place[])[]
}

/** Where an object stands in the answer. */
export interface Place {
  readonly object: JsonObject
  readonly trail: Trail
}

/** Finds the objects that a batch completes, and what to ask for them. */
export function gather(batch: Batch, data: JsonObject): Gathered {
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
