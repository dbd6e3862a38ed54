import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  valueFromASTUntyped,
} from 'graphql'

/** What the schema says of the number of items that a field brings. */
export interface ListSize {
  /** Where no argument says how many. */
  readonly assumedSize?: number
  /** Arguments that say how many; the largest counts. */
  readonly slicingArguments?: readonly string[]
  /** Fields of the result that hold the items; without them it is the field itself. */
  readonly sizedFields?: readonly string[]
  /** True where it is not given. */
  readonly requireOneSlicingArgument?: boolean
}

/** What the schema says of the cost of a field. */
export interface FieldCost {
  readonly weight: number | undefined
  readonly argumentWeights: ReadonlyMap<string, number>
  readonly listSize: ListSize | undefined
}

/** The directives `@cost` and `@listSize` of a supergraph: by type, and by `Type.field`. */
export interface CostRules {
  readonly types: ReadonlyMap<string, number>
  readonly fields: ReadonlyMap<string, FieldCost>
}

/** Reads what the subgraphs say of costs; composition has brought it together. */
export function costRulesOf(supergraph: DocumentNode): CostRules {
  const types = new Map<string, number>()
  const fields = new Map<string, FieldCost>()
  for (const definition of supergraph.definitions) {
    if (!isTypeDefinitionNode(definition)) continue
    const weight = weightOf(definition.directives)
    if (weight !== undefined) types.set(definition.name.value, weight)
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue
    for (const field of definition.fields ?? []) {
      const cost = fieldCostOf(field)
      if (cost) fields.set(`${definition.name.value}.${field.name.value}`, cost)
    }
  }
  return { types, fields }
}

function fieldCostOf({ directives, arguments: args = [] }: FieldDefinitionNode): FieldCost | undefined {
  const weight = weightOf(directives)
  const listSize = argumentsOf(directives, 'listSize') as ListSize | undefined
  const argumentWeights = new Map(
    args.flatMap((argument) => {
      const own = weightOf(argument.directives)
      return own === undefined ? [] : [[argument.name.value, own] as const]
    }),
  )
  return weight === undefined && !listSize && argumentWeights.size === 0
    ? undefined
    : { weight, argumentWeights, listSize }
}

type Directives = readonly { readonly name: { readonly value: string } }[] | undefined

function weightOf(directives: Directives): number | undefined {
  return argumentsOf(directives, 'cost')?.weight as number | undefined
}

/** Composition has checked the types of the arguments. */
function argumentsOf(directives: Directives, name: string): Record<string, unknown> | undefined {
  const directive = directives?.find((candidate) => candidate.name.value === name) as
    | ConstDirectiveNode
    | undefined
  return (
    directive &&
    Object.fromEntries(
      (directive.arguments ?? []).map((argument) => [
        argument.name.value,
        valueFromASTUntyped(argument.value),
      ]),
    )
  )
}
