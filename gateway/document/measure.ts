import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

import { refuse } from '../errors.ts'
import { type Fragments, fragmentsOf } from './fragments.ts'
import type { Limits } from '../limits.ts'

/** The size of what a selection set asks for, with every fragment written out where it is spread. */
interface Size {
  /** Fields of the set itself. */
  readonly ownFields: number
  readonly fields: number
  readonly depth: number
  readonly aliases: number
  readonly directives: number
  /** The most directives at one place. */
  readonly stacked: number
  readonly deferred: number
}

const NOTHING: Size = {
  ownFields: 0,
  fields: 0,
  depth: 0,
  aliases: 0,
  directives: 0,
  stacked: 0,
  deferred: 0,
}

/**
 * The fields that the operations of the document ask for, fragments written out. Refuses a document that is larger
 * than the limits allow. Runs before validation, which works through each operation by itself, with every
 * fragment written out. A fragment is measured once, however often it is spread, so the time is
 * linear in the text even where the expansion is exponential.
 */
export function measureWithin(document: DocumentNode, limits: Limits): number {
  const fragments = fragmentsOf(document)
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  )
  refuseOver(limits.maxOperations, operations.length, 'operations')
  const sizeOf = fragmentSizes(fragments)
  for (const fragment of fragments.values()) refuseLarge(measureDefinition(fragment, sizeOf), limits)
  let all = NOTHING
  for (const operation of operations) {
    const size = measureDefinition(operation, sizeOf)
    refuseOver(limits.maxRootFields, size.ownFields, 'root fields')
    all = together(all, size)
    refuseLarge(all, limits)
  }
  return all.fields
}

function refuseLarge(size: Size, limits: Limits): void {
  refuseOver(limits.maxDirectivesPerPlace, size.stacked, 'directives at one place')
  refuseOver(limits.maxExpandedFields, size.fields, 'fields once its fragments are written out')
  refuseOver(limits.maxDepth, size.depth, 'nested levels')
  refuseOver(limits.maxAliases, size.aliases, 'aliases')
  refuseOver(limits.maxDirectives, size.directives, 'directives')
  refuseOver(limits.maxDeferredFragments, size.deferred, 'deferred fragments')
}

function refuseOver(limit: number, count: number, what: string): void {
  if (count > limit) refuse('OPERATION_TOO_LARGE', `The document has more than ${limit} ${what}.`)
}

type SizeOfFragment = (name: string) => Size

/** Measures each fragment on first use. One that spreads itself counts as nothing: validation refuses it. */
function fragmentSizes(fragments: Fragments): SizeOfFragment {
  const sizes = new Map<string, Size>()
  const sizeOf: SizeOfFragment = (name) => {
    const known = sizes.get(name)
    if (known) return known
    sizes.set(name, NOTHING)
    const size = measure(fragments.get(name)?.selectionSet, sizeOf)
    sizes.set(name, size)
    return size
  }
  return sizeOf
}

function measureDefinition(
  { selectionSet, directives = [] }: OperationDefinitionNode | FragmentDefinitionNode,
  sizeOf: SizeOfFragment,
): Size {
  const size = measure(selectionSet, sizeOf)
  return { ...size, stacked: Math.max(size.stacked, directives.length) }
}

function measure(selectionSet: SelectionSetNode | undefined, sizeOf: SizeOfFragment): Size {
  let size = NOTHING
  for (const selection of selectionSet?.selections ?? [])
    size = together(size, measureSelection(selection, sizeOf))
  return size
}

function measureSelection(selection: SelectionNode, sizeOf: SizeOfFragment): Size {
  const isField = selection.kind === Kind.FIELD
  const inner =
    selection.kind === Kind.FRAGMENT_SPREAD
      ? sizeOf(selection.name.value)
      : measure(selection.selectionSet, sizeOf)
  const { directives: own = [] } = selection
  return {
    ownFields: isField ? 1 : inner.ownFields,
    fields: inner.fields + (isField ? 1 : 0),
    depth: inner.depth + (isField ? 1 : 0),
    aliases: inner.aliases + (isField && selection.alias ? 1 : 0),
    directives: inner.directives + own.length,
    stacked: Math.max(inner.stacked, own.length),
    deferred: inner.deferred + own.filter(({ name }) => name.value === 'defer').length,
  }
}

/** What stands side by side: counts add up, the deepest and the most stacked count. */
function together(one: Size, other: Size): Size {
  return {
    ownFields: one.ownFields + other.ownFields,
    fields: one.fields + other.fields,
    depth: Math.max(one.depth, other.depth),
    aliases: one.aliases + other.aliases,
    directives: one.directives + other.directives,
    stacked: Math.max(one.stacked, other.stacked),
    deferred: one.deferred + other.deferred,
  }
}
