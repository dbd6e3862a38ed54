import {
  type GraphQLObjectType,
  type InlineFragmentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

import type { Continuation } from './continue.ts'
import { Cut, type CutContext, type Place, placeOfField, placeOfFragment } from './cut.ts'
import { type DeferredFragment, isDeferred } from './normalize.ts'
import { type Shape, shapeOf } from './shape.ts'

/** A deferred fragment, ready to be completed at each object where it stands. */
export interface Part {
  /** What the client calls it. */
  readonly label: string | undefined
  /** The fetches that it waits for. All else that it needs comes with what stands around it. */
  readonly continuations: readonly Continuation[]
  readonly shape: Shape
  /** The same with the fragments that are deferred within it. */
  readonly wholeShape: Shape
}

/** The parts of an operation, by the fragments of its normalized selection set. */
export type Parts = ReadonlyMap<DeferredFragment, Part>

/** An operation that is answered in parts: what is selected first, with what its parts need, and the parts. */
export interface SplitOperation {
  readonly first: SelectionSetNode
  readonly parts: Parts
}

/**
 * Splits an operation at its deferred fragments. Each is cut at the entities at or below it, where its own fetches
 * begin. What lies between the fragment and them can only be fetched with what stands around it, and waits there.
 */
export async function splitOperation(
  selectionSet: SelectionSetNode,
  type: GraphQLObjectType,
  context: CutContext,
): Promise<SplitOperation> {
  const splitter = new Splitter(context)
  const first = await splitter.first(selectionSet, { type, path: [], known: [selectionSet] })
  return { first, parts: splitter.parts }
}

class Splitter {
  readonly parts = new Map<DeferredFragment, Part>()
  readonly #context: CutContext

  constructor(context: CutContext) {
    this.#context = context
  }

  /** The selection set with, in the place of each deferred fragment, what must be known before it. */
  async first({ selections }: SelectionSetNode, place: Place): Promise<SelectionSetNode> {
    const first: SelectionNode[] = []
    for (const selection of selections) first.push(await this.#selection(selection, place))
    return { kind: Kind.SELECTION_SET, selections: first }
  }

  async #selection(selection: SelectionNode, place: Place): Promise<SelectionNode> {
    const { schema } = this.#context
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return selection
    if (selection.kind === Kind.INLINE_FRAGMENT && isDeferred(selection))
      return this.#part(selection, placeOfFragment(selection, place, schema))
    const inner =
      selection.kind === Kind.FIELD
        ? placeOfField(selection, place, schema)
        : placeOfFragment(selection, place, schema)
    return { ...selection, selectionSet: await this.first(selection.selectionSet, inner) }
  }

  async #part(fragment: DeferredFragment, { type, known }: Place): Promise<InlineFragmentNode> {
    const { typeCondition, selectionSet } = fragment
    // What is deferred within comes after this part, and may rest on all that it brings.
    const own = await this.first(selectionSet, { type, path: [], known: [...known, selectionSet] })
    const cut = new Cut(this.#context)
    const needs = await cut.at(own, { type, path: [], known })
    this.parts.set(fragment, {
      label: labelOf(fragment),
      continuations: cut.continuations,
      shape: shapeOf(selectionSet),
      wholeShape: shapeOf(selectionSet, { isWhole: true }),
    })
    return { kind: Kind.INLINE_FRAGMENT, ...(typeCondition && { typeCondition }), selectionSet: needs }
  }
}

function labelOf({ directives: [defer] }: DeferredFragment): string | undefined {
  const label = defer.arguments?.find(({ name }) => name.value === 'label')?.value
  return label?.kind === Kind.STRING ? label.value : undefined
}
