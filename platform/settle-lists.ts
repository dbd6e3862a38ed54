import {
  defaultFieldResolver,
  getNullableType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'

type SettleItems = (list: unknown) => unknown

/**
 * Makes promises of the items of lists that may hold no null. Where such an item fails at once, graphql-js 16 forgets
 * the promises of the items before it: one of them that is rejected later would end the process. It waits for items
 * that are promises themselves, all of them.
 */
export function settleLists(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const settle = settlerOf(field.type)
      if (!settle) continue
      const resolve = field.resolve ?? defaultFieldResolver
      field.resolve = (...args) => {
        const value: unknown = resolve(...args)
        return isThenable(value) ? value.then(settle) : settle(value)
      }
    }
  }
}

/** Undefined for a type none of whose lists needs it. */
function settlerOf(type: GraphQLOutputType): SettleItems | undefined {
  const list = getNullableType(type)
  if (!isListType(list)) return undefined
  const settle = settlerOf(list.ofType)
  if (!settle && !isNonNullType(list.ofType)) return undefined
  return (value) =>
    isIterable(value) ? Array.from(value, async (item) => (settle ? settle(await item) : item)) : value
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function'

/** A text can be iterated over as well, but is no list. */
const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value
