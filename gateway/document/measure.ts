import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'

import { refuse } from '../errors.ts'
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
 * The most fields that an operation of the document asks for, fragments written out. Refuses a document that is larger
 * than the limits allow. Runs before validation, whose cost grows with the
 * square of what is measured here. A fragment is measured once, however often it is spread, so the time is linear
 * in the text even where the expansion is exponential.
 */
export function measureWithin(document: DocumentNode, limits: Limits): number {
  const sizeOf = fragmentSizes(document)
  let mostFields = 0
  for (const definition of document.definitions) {
    if (!('selectionSet' in definition)) continue
    const size = measure(definition.selectionSet, sizeOf)
    const stacked = Math.max(size.stacked, definition.directives?.length ?? 0)
    refuseOver(limits.maxDirectivesPerPlace, stacked, 'directives at one place')
    refuseOver(limits.maxExpandedFields, size.fields, 'fields once its fragments are written out')
    refuseOver(limits.maxDepth, size.depth, 'nested levels')
    refuseOver(limits.maxAliases, size.aliases, 'aliases')
    refuseOver(limits.maxDirectives, size.directives, 'directives')
    refuseOver(limits.maxDeferredFragments, size.deferred, 'deferred fragments')
    if (definition.kind === Kind.OPERATION_DEFINITION)
      refuseOver(limits.maxRootFields, size.ownFields, 'root fields')
    mostFields = Math.max(mostFields, size.fields)
  }
  return mostFields
}

function refuseOver(limit: number, count: number, what: string): void {
  if (count > limit) refuse('OPERATION_TOO_LARGE', `The document has more than ${limit} ${what}.`)
}

type SizeOfFragment = (name: string) => Size

/** Measures each fragment on first use. One that spreads itself counts as nothing: validation refuses it. */
function fragmentSizes(document: DocumentNode): SizeOfFragment {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
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

function measure(selectionSet: SelectionSetNode | undefined, sizeOf: SizeOfFragment): Size {
  let { ownFields, fields, depth, aliases, directives, stacked, deferred } = NOTHING
  for (const selection of selectionSet?.selections ?? []) {
    const isField = selection.kind === Kind.FIELD
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? sizeOf(selection.name.value)
        : measure(selection.selectionSet, sizeOf)
    ownFields += isField ? 1 : inner.ownFields
    fields += inner.fields + (isField ? 1 : 0)
    depth = Math.max(depth, inner.depth + (isField ? 1 : 0))
    aliases += inner.aliases + (isField && selection.alias ? 1 : 0)
    const own = selection.directives ?? []
    directives += inner.directives + own.length
    stacked = Math.max(stacked, inner.stacked, own.length)
    deferred += inner.deferred + own.filter(({ name }) => name.value === 'defer').length
  }
  return { ownFields, fields, depth, aliases, directives, stacked, deferred }
}
