import {
  type DirectiveNode,
  doTypesOverlap,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'

import type { Fragments } from './fragments.ts'
import { clashlessName, innerName, PROOF_KEY } from '../names.ts'
import type { JsonObject } from '../request.ts'
import { fieldOf } from '../types.ts'

/**
 * A `__typename` that the client did not select under this name; the answer leaves it out. It stands where conditions
 * leave nothing else to select, and beside an aliased one, since plan and writer look for the name.
 */
export const IMPLIED_TYPENAME: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
}

/**
 * Interfaces of which the subgraph that returns an object may know no more than its id, each with a non-null field that
 * only the keeper of the object can give: without it, there is no such object.
 */
export type Proofs = Readonly<Record<string, string>>

/** True for the field that shows whether an object exists; the answer leaves it out. */
export function isProof(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.alias?.value === PROOF_KEY
}

/** The names of the variables that decide a `@skip`, an `@include` or a `@defer` in the operation or in a fragment. */
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

/** What normalising needs to know besides the selection set. */
export interface NormalizeContext {
  readonly schema: GraphQLSchema
  readonly fragments: Fragments
  /** Values of at least the `conditionVariables`. */
  readonly variables: JsonObject
  /** Whether the client takes an answer in parts. Where it does not, `@defer` means nothing. */
  readonly inParts: boolean
  /** True for the name of any field of the graph, hidden ones included. */
  readonly isFieldName: (name: string) => boolean
  readonly proofs: Proofs
}

/** A fragment that is answered later, in a normalized selection set: the only one that keeps its directive. */
export interface DeferredFragment extends InlineFragmentNode {
  readonly directives: readonly [DirectiveNode]
}

/** True for a fragment whose fields belong to a later part of the answer. */
export function isDeferred(fragment: InlineFragmentNode): fragment is DeferredFragment {
  return fragment.directives !== undefined && fragment.directives.length > 0
}

/** True if some fragment of a normalized selection set is deferred. */
export function hasDeferred({ selections }: SelectionSetNode): boolean {
  return selections.some(
    (selection) =>
      selection.kind !== Kind.FRAGMENT_SPREAD &&
      ((selection.kind === Kind.INLINE_FRAGMENT && isDeferred(selection)) ||
        (selection.selectionSet !== undefined && hasDeferred(selection.selectionSet))),
  )
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
  const condition = typeCondition ? context.schema.getType(typeCondition.name.value) : parent
  if (!isCompositeType(condition))
    throw new Error(`Validation let a fragment on ${typeCondition?.name.value} pass.`)
  // What an object is of is known: a fragment on an interface of it adds nothing, and may hold others on other types.
  if (isObjectType(parent) && !doTypesOverlap(context.schema, parent, condition)) return []
  const type = isObjectType(parent) ? parent : condition
  const defer = context.inParts ? deferOf(selection.directives, context.variables) : undefined
  return {
    kind: Kind.INLINE_FRAGMENT,
    ...(defer && { directives: [defer] }),
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
    ...aliasOf(field, context),
    ...(args && { arguments: args }),
    ...(selectionSet &&
      isCompositeType(type) && {
        selectionSet: proven(normalize(selectionSet, type, context), type, context),
      }),
  }
}

function proven(
  selectionSet: SelectionSetNode,
  { name: type }: GraphQLCompositeType,
  { proofs }: NormalizeContext,
): SelectionSetNode {
  const field = proofs[type]
  if (field === undefined) return selectionSet
  const proof: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: PROOF_KEY },
    name: { kind: Kind.NAME, value: field },
  }
  return { ...selectionSet, selections: [proof, ...selectionSet.selections] }
}

/**
 * The plan reads keys and required fields under their own names. So an alias that is the name of another field gives
 * way, or a subgraph would be asked for the entity whose key is what stands under the alias.
 */
function aliasOf({ name, alias }: FieldNode, { isFieldName }: NormalizeContext): Pick<FieldNode, 'alias'> {
  if (!alias && name.value === '__typename') return {}
  const key = (alias ?? name).value
  const inner = key !== name.value && isFieldName(key) ? clashlessName(key) : innerName(key)
  return inner === name.value ? {} : { alias: { kind: Kind.NAME, value: inner } }
}

function isIncluded(directives: readonly DirectiveNode[] | undefined, variables: JsonObject): boolean {
  return (directives ?? []).every((directive) => {
    if (directive.name.value === 'skip') return !conditionOf(directive, variables)
    return directive.name.value !== 'include' || conditionOf(directive, variables)
  })
}

/** The directive that defers a fragment with these. Its condition is true where it is not given. */
function deferOf(
  directives: readonly DirectiveNode[] | undefined,
  variables: JsonObject,
): DirectiveNode | undefined {
  const directive = directives?.find(({ name }) => name.value === 'defer')
  const condition = directive?.arguments?.find(({ name }) => name.value === 'if')?.value
  if (condition?.kind === Kind.BOOLEAN) return condition.value ? directive : undefined
  const isOff = condition?.kind === Kind.VARIABLE && !(variables[condition.name.value] ?? true)
  return isOff ? undefined : directive
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
