import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType, isUnionType } from 'graphql'

import { isJsonObject, type JsonObject } from '../request.ts'

/** Of which type an entity is, noted on what its resolver gave. */
const TYPE = Symbol('type of an entity')

type ResolveReference = (reference: JsonObject, context: unknown, info: unknown) => unknown

/**
 * Resolves the entities of object types without the detours of @apollo/subgraph, which makes each of them a promise
 * and redefines a property of it. Entities of interfaces are left to it.
 */
export function resolveEntitiesDirectly(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()['_entities']
  const union = schema.getType('_Entity')
  if (!field?.resolve || !isUnionType(union) || !union.resolveType) return
  const resolvers = new Map(
    union
      .getTypes()
      .filter(isObjectType)
      .map((type) => [type.name, resolverOf(type)]),
  )
  const { resolve } = field
  const { resolveType } = union
  const resolveOne = (reference: JsonObject, context: unknown, info: unknown): unknown => {
    const typename = String(reference.__typename)
    const resolveReference = resolvers.get(typename)
    if (!resolveReference) return reference
    const entity = resolveReference(reference, context, info)
    if (!isThenable(entity)) return noteType(entity, typename)
    return Promise.resolve(entity).then((it) => noteType(it, typename))
  }
  const isKnown = (it: unknown): it is JsonObject => isJsonObject(it) && resolvers.has(String(it.__typename))
  const direct: GraphQLFieldResolver<unknown, unknown, { representations: readonly unknown[] }> = (
    source,
    args,
    context,
    info,
  ) => {
    if (!args.representations.every(isKnown)) return resolve(source, args, context, info)
    return args.representations.map((reference) => {
      try {
        return resolveOne(reference, context, info)
      } catch (error) {
        // One that throws at once fails its own entity, as one that rejects does.
        return rejected(error)
      }
    })
  }
  field.resolve = direct
  union.resolveType = (value, ...rest) => typeOf(value) ?? resolveType(value, ...rest)
}

async function rejected(error: unknown): Promise<never> {
  throw error
}

function resolverOf({ extensions }: { readonly extensions: object }): ResolveReference | undefined {
  const { apollo } = extensions as { apollo?: { subgraph?: { resolveReference?: ResolveReference } } }
  return apollo?.subgraph?.resolveReference
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function'
}

function noteType(entity: unknown, typename: string): unknown {
  if (typeof entity !== 'object' || entity === null || typeOf(entity) === typename) return entity
  // What stands for entities of two types, or may not be changed, is noted on a copy.
  if (typeOf(entity) !== undefined || !Object.isExtensible(entity)) return { ...entity, [TYPE]: typename }
  return Object.assign(entity, { [TYPE]: typename })
}

function typeOf(entity: unknown): string | undefined {
  return (entity as { readonly [TYPE]?: string })[TYPE]
}
