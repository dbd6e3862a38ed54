import {
  type FieldNode,
  getNamedType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

import { type Amount, amountFor, sum, times } from './amount.ts'
import type { CostRules, FieldCost, ListSize } from './cost-rules.ts'
import { refuse } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { JsonObject } from '../request.ts'
import { fieldOf } from '../types.ts'

/** Items that a list is taken to have of which the schema says nothing: most hold the few parts of one object. */
const SHORT_LIST = 10
/** The same for a list whose items' type stands above it already: there lists multiply, so the most counts. */
const RECURRING_LIST = 100

/** Refuses an operation that may cost more than the limit: nothing was planned or fetched yet. */
export function refuseCostly(cost: number, { maxCost }: Pick<Limits, 'maxCost'>): void {
  if (cost <= maxCost) return
  refuse(
    'OPERATION_TOO_COSTLY',
    `The operation costs up to ${cost}, and the limit is ${maxCost}: ask for smaller pages or fewer nested lists.`,
  )
}

/** What the cost of an operation follows from. */
export interface CostContext {
  readonly schema: GraphQLSchema
  readonly costRules: CostRules
}

/**
 * Compiles the static cost of an operation, by the directives `@cost` and `@listSize`: an object costs 1 and a leaf
 * nothing unless the schema says otherwise, and along each path the lists multiply. The selection set is normalized, so
 * each use of a fragment counts. What no variable decides is counted once.
 */
export function compileCost(
  context: CostContext,
  rootType: GraphQLCompositeType,
  selectionSet: SelectionSetNode,
): (variables: JsonObject) => number {
  const cost = costBelow(context, {
    type: rootType,
    selectionSets: [selectionSet],
    above: [],
    sized: undefined,
  })
  return (variables) => amountFor(cost, variables)
}

/** The selections of one object. */
interface Place {
  readonly type: GraphQLCompositeType
  readonly selectionSets: readonly SelectionSetNode[]
  /** The types on the way here. */
  readonly above: readonly string[]
  /** The lists among the fields whose size is decided by the field that brought the object. */
  readonly sized: { readonly fields: readonly string[]; readonly size: Amount } | undefined
}

function costBelow(context: CostContext, place: Place): Amount {
  const fields = [...fieldsBelow(context.schema, place.type, place.selectionSets).values()]
  return sum(fields.map((field) => costOf(context, field, place)))
}

interface SelectedField {
  readonly parent: GraphQLCompositeType
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
      fields.getOrInsertComputed(key, () => ({ parent, definition, nodes: [] })).nodes.push(selection)
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = schema.getType(selection.typeCondition?.name.value ?? parent.name)
      if (isCompositeType(type)) fieldsBelow(schema, type, [selection.selectionSet], fields)
    }
  }
  return fields
}

/** The cost of what a field brings, and of all that is below it. */
function costOf(context: CostContext, field: SelectedField, { above, type: parent, sized }: Place): Amount {
  const { definition, nodes } = field
  const { costRules } = context
  const rule = costRules.fields.get(`${field.parent.name}.${definition.name}`)
  const type = getNamedType(definition.type)
  const weight = rule?.weight ?? costRules.types.get(type.name) ?? (isCompositeType(type) ? 1 : 0)
  const levels = listLevels(definition.type)
  const ownSize = rule?.listSize && sizeBy(rule.listSize, field)
  const sizedFields = rule?.listSize?.sizedFields ?? []
  const path = [...above, parent.name]
  const below = isCompositeType(type)
    ? costBelow(context, {
        type,
        selectionSets: nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
        above: path,
        sized: ownSize === undefined ? undefined : { fields: sizedFields, size: ownSize },
      })
    : 0
  const unsaid = path.includes(type.name) ? RECURRING_LIST : SHORT_LIST
  const given = sized?.fields.includes(definition.name) ? sized.size : ownSize
  const items = levels === 0 ? 1 : times(given ?? unsaid, unsaid ** (levels - 1))
  // A page without a size is refused even where none of its items are asked for.
  const demanded = times(ownSize ?? 0, 0)
  return sum([times(items, sum([weight, below])), argumentsCost(rule, nodes), demanded])
}

function listLevels(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listLevels(type.ofType)
  return isListType(type) ? 1 + listLevels(type.ofType) : 0
}

function argumentsCost(rule: FieldCost | undefined, [node]: readonly FieldNode[]): number {
  const given = node?.arguments ?? []
  return given.reduce((total, { name }) => total + (rule?.argumentWeights.get(name.value) ?? 0), 0)
}

/** How many items a field brings by its `@listSize`; undefined where that says nothing. */
function sizeBy(listSize: ListSize, { definition, nodes }: SelectedField): Amount | undefined {
  const { slicingArguments = [], assumedSize, requireOneSlicingArgument = true } = listSize
  if (slicingArguments.length === 0) return assumedSize
  const sizes = definition.args
    .filter(({ name }) => slicingArguments.includes(name))
    .map((argument) => argumentOf(argument, nodes))
  const sizeOf = (values: readonly unknown[]): number => {
    const numbers = values.filter((value) => typeof value === 'number')
    if (requireOneSlicingArgument && numbers.length !== 1) refuseSlicing(definition.name, slicingArguments)
    if (numbers.some((number) => number < 0)) refuseNegative(definition.name)
    // What is asked for of the items of an empty page is worked through all the same.
    return numbers.length > 0 ? Math.max(1, ...numbers) : (assumedSize ?? RECURRING_LIST)
  }
  const size = (variables: JsonObject): number => sizeOf(sizes.map(({ read }) => read(variables)))
  return sizes.some(({ isOpen }) => isOpen) ? size : size({})
}

function refuseNegative(field: string): never {
  return refuse('BAD_USER_INPUT', `The page size of ${field} must not be negative.`)
}

function refuseSlicing(field: string, names: readonly string[]): never {
  return refuse('BAD_USER_INPUT', `${field} needs exactly one of "${names.join('" and "')}".`)
}

/** A value of an argument, which may be open until the variables are known. */
interface ArgumentValue {
  readonly isOpen: boolean
  readonly read: (variables: JsonObject) => unknown
}

function argumentOf({ name, defaultValue }: GraphQLArgument, [node]: readonly FieldNode[]): ArgumentValue {
  const given = node?.arguments?.find((argument) => argument.name.value === name)?.value
  if (given?.kind === Kind.VARIABLE) {
    const variable = given.name.value
    const read = (variables: JsonObject): unknown =>
      Object.hasOwn(variables, variable) ? variables[variable] : defaultValue
    return { isOpen: true, read }
  }
  const value = given?.kind === Kind.INT ? Number(given.value) : given ? undefined : defaultValue
  return { isOpen: false, read: () => value }
}
