import {
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'

import { refuse } from './errors.ts'
import type { Limits } from './limits.ts'
import type { JsonObject } from './request.ts'
import { fieldOf } from './types.ts'

/** Items that a list without pages is taken to have: most hold the few parts of one object. */
const SHORT_LIST = 10
/** The same for a list whose items' type stands above it already: there lists multiply, so the most counts. */
const RECURRING_LIST = 100

/** How many objects an answer may hold, given the variables. */
export type CountObjects = (variables: JsonObject) => number

/** Refuses an operation whose lists multiply to more objects than the limit: nothing was planned or fetched yet. */
export function refuseTooManyObjects(count: number, { maxObjects }: Pick<Limits, 'maxObjects'>): void {
  if (count <= maxObjects) return
  refuse(
    'OPERATION_TOO_LARGE',
    `The operation asks for up to ${count} objects, and the limit is ${maxObjects}: ` +
      'ask for smaller pages or fewer nested lists.',
  )
}

/**
 * Compiles the count of an operation: along each path the lists multiply, by the size of their page where they have
 * one. The selection set is normalized, so fragments are written out and the time is linear in the fields.
 */
export function compileObjectCount(
  schema: GraphQLSchema,
  rootType: GraphQLCompositeType,
  selectionSet: SelectionSetNode,
): CountObjects {
  const count = countBelow(schema, rootType, [selectionSet], [])
  return (variables) => count(variables, undefined)
}

/** Objects below one object. `pageSize` is that of the connection which the object is, if it is one. */
type Count = (variables: JsonObject, pageSize: number | undefined) => number

function countBelow(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  above: readonly string[],
): Count {
  const fields = [...fieldsBelow(schema, type, selectionSets).values()]
  const counts = fields.flatMap((field) => countField(schema, field, [...above, type.name]) ?? [])
  return (variables, pageSize) => counts.reduce((sum, count) => sum + count(variables, pageSize), 0)
}

interface SelectedField {
  readonly definition: GraphQLField<unknown, unknown>
  readonly nodes: FieldNode[]
}

/** What is asked of an object of any possible type: a field that is selected twice on one type is answered once. */
function fieldsBelow(
  schema: GraphQLSchema,
  parent: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  fields = new Map<string, SelectedField>(),
): Map<string, SelectedField> {
  for (const selection of selectionSets.flatMap(({ selections }) => selections)) {
    if (selection.kind === Kind.FIELD) {
      const key = `${parent.name}.${(selection.alias ?? selection.name).value}`
      const definition = fieldOf(parent, selection.name.value)
      fields.getOrInsertComputed(key, () => ({ definition, nodes: [] })).nodes.push(selection)
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = schema.getType(selection.typeCondition?.name.value ?? parent.name)
      if (isCompositeType(type)) fieldsBelow(schema, type, [selection.selectionSet], fields)
    }
  }
  return fields
}

/** The objects that a field brings and those below them; undefined for a leaf. */
function countField(
  schema: GraphQLSchema,
  { definition, nodes }: SelectedField,
  above: readonly string[],
): Count | undefined {
  const type = getNamedType(definition.type)
  if (!isCompositeType(type)) return undefined
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
  const below = countBelow(schema, type, selectionSets, above)
  const ownPageSize = pageSizeOf(definition, nodes)
  const levels = listLevels(definition.type)
  const unpaged = above.includes(type.name) ? RECURRING_LIST : SHORT_LIST
  if (levels === 0) return (variables) => 1 + below(variables, ownPageSize(variables))
  return (variables, pageSize) => {
    const items = ownPageSize(variables) ?? pageSize ?? unpaged
    return items ** levels * (1 + below(variables, undefined))
  }
}

function listLevels(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listLevels(type.ofType)
  return isListType(type) ? 1 + listLevels(type.ofType) : 0
}

/** How many items a field's arguments ask for. Two sizes, or one below zero, are the subgraph's to refuse. */
function pageSizeOf(
  { args }: GraphQLField<unknown, unknown>,
  [node]: readonly FieldNode[],
): (variables: JsonObject) => number | undefined {
  const sizes = args
    .filter(({ name }) => name === 'first' || name === 'last')
    .map(({ name, defaultValue }) => {
      const given = node?.arguments?.find((argument) => argument.name.value === name)?.value
      return (variables: JsonObject) => valueOf(given, variables) ?? defaultValue
    })
  return (variables) => {
    const numbers = sizes.map((size) => size(variables)).filter((size) => typeof size === 'number')
    return numbers.length > 0 ? Math.max(0, ...numbers) : undefined
  }
}

function valueOf(node: ValueNode | undefined, variables: JsonObject): unknown {
  if (node?.kind === Kind.VARIABLE) return variables[node.name.value]
  return node?.kind === Kind.INT ? Number(node.value) : undefined
}
