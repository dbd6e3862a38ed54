import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'

import { innerName } from './names.ts'
import type { JsonObject } from './request.ts'
import { fieldOf } from './types.ts'

/**
 * A `__typename` that the client did not select under this name; the answer leaves it out. It stands where conditions
 * leave nothing else to select, and beside an aliased one, since plan and writer look for the name.
 */
export const IMPLIED_TYPENAME: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
}

/** The names of the variables that decide a `@skip` or an `@include` in the operation or in a fragment. */
export function conditionVariables(operation: OperationDefinitionNode, fragments: Fragments): string[] {
  const names = new Set<string>()
  const collect = {
    Directive(directive: DirectiveNode): void {
      const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  }
  for (const node of [operation, ...fragments.values()]) visit(node, collect)
  return [...names]
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

/** What normalising needs to know besides the selection set. */
export interface NormalizeContext {
  readonly schema: GraphQLSchema
  readonly fragments: Fragments
  /** Values of at least the `conditionVariables`. */
  readonly variables: JsonObject
}

/**
 * The selection set as the planner, the subgraphs and the writer get it: conditions decided (so nothing after this
 * knows `@skip` and `@include`), fragments written out, names made safe.
 */
export function normalize(
  selectionSet: SelectionSetNode,
  parent: GraphQLCompositeType,
  context: NormalizeContext,
): SelectionSetNode {
  const selections = selectionSet.selections
    .filter((selection) => isIncluded(selection.directives, context.variables))
    .flatMap((selection) => normalizeSelection(selection, parent, context))
  return { kind: Kind.SELECTION_SET, selections: selections.length > 0 ? selections : [IMPLIED_TYPENAME] }
}

function normalizeSelection(
  selection: SelectionNode,
  parent: GraphQLCompositeType,
  context: NormalizeContext,
): SelectionNode | SelectionNode[] {
  if (selection.kind === Kind.FIELD) {
    const field = normalizeField(selection, parent, context)
    return field.name.value === '__typename' && field.alias ? [IMPLIED_TYPENAME, field] : field
  }
  const { typeCondition, selectionSet } =
    selection.kind === Kind.FRAGMENT_SPREAD ? fragmentOf(selection, context) : selection
  const type = typeCondition ? context.schema.getType(typeCondition.name.value) : parent
  if (!isCompositeType(type))
    throw new Error(`Validation let a fragment on ${typeCondition?.name.value} pass.`)
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
    selectionSet: normalize(selectionSet, type, context),
  }
}

function normalizeField(
  field: FieldNode,
  parent: GraphQLCompositeType,
  context: NormalizeContext,
): FieldNode {
  const { name, arguments: args, selectionSet } = field
  const type = getNamedType(fieldOf(parent, name.value).type)
  return {
    kind: Kind.FIELD,
    name,
    ...aliasOf(field),
    ...(args && { arguments: args }),
    ...(selectionSet && isCompositeType(type) && { selectionSet: normalize(selectionSet, type, context) }),
  }
}

function aliasOf({ name, alias }: FieldNode): Pick<FieldNode, 'alias'> {
  if (!alias && name.value === '__typename') return {}
  const key = (alias ?? name).value
  const inner = innerName(key)
  return inner === name.value ? {} : { alias: { kind: Kind.NAME, value: inner } }
}

function isIncluded(directives: readonly DirectiveNode[] | undefined, variables: JsonObject): boolean {
  return (directives ?? []).every((directive) => {
    if (directive.name.value === 'skip') return !conditionOf(directive, variables)
    return directive.name.value !== 'include' || conditionOf(directive, variables)
  })
}

function conditionOf(directive: DirectiveNode, variables: JsonObject): boolean {
  const value = directive.arguments?.[0]?.value
  if (value?.kind === Kind.BOOLEAN) return value.value
  return value?.kind === Kind.VARIABLE && variables[value.name.value] === true
}

function fragmentOf({ name }: FragmentSpreadNode, { fragments }: NormalizeContext): FragmentDefinitionNode {
  const fragment = fragments.get(name.value)
  if (!fragment) throw new Error(`Validation let the unknown fragment ${name.value} pass.`)
  return fragment
}
