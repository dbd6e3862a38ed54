import {
  type FieldNode,
  type GraphQLObjectType,
  type InlineFragmentNode,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

import { collectFields } from '../document/collect.ts'
import { type Continue, continueAbove } from '../plan/continue.ts'
import { Cut, type CutContext, type Place, placeOfField, placeOfFragment } from '../plan/cut.ts'
import { clientName } from '../names.ts'
import { type DeferredFragment, IMPLIED_TYPENAME, isDeferred } from '../document/normalize.ts'
import { type Shape, shapeOf } from './shape.ts'

/** A deferred fragment, ready to be completed at each object where it stands. */
export interface Part {
  /** What the client calls it. */
  readonly label: string | undefined
  /** The fetches that it waits for. All else that it needs comes with what stands around it. */
  readonly continuations: readonly Continue[]
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
 * Splits an operation at its deferred fragments. The fetches of a part begin at the object where the fragment stands,
 * if a plan may start there, or at the nearest one above it. Below a list of objects that have no key they begin at
 * the entities further down, and what lies between is fetched with what stands around the fragment.
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

/** An object from which a plan may continue, and the way from there to objects that are no such. */
interface Above {
  readonly type: GraphQLObjectType
  readonly steps: number
  /** The selection of the object above that brings this one of the objects below. */
  readonly enclose: (selectionSet: SelectionSetNode) => SelectionSetNode
  /** Takes what must be known of the object above. */
  readonly needs: SelectionNode[]
}

interface SplitPlace extends Place {
  /** Absent below a list: its items could have changed places before they are fetched again. */
  readonly above?: Above | undefined
}

class Splitter {
  readonly parts = new Map<DeferredFragment, Part>()
  readonly #context: CutContext

  constructor(context: CutContext) {
    this.#context = context
  }

  /** The selection set with, in the place of each deferred fragment, what must be known before it. */
  async first({ selections }: SelectionSetNode, place: SplitPlace): Promise<SelectionSetNode> {
    const { type } = place
    const above: Above | undefined = this.#canEnter(type)
      ? { type, steps: 0, enclose: (selectionSet) => selectionSet, needs: [] }
      : place.above
    const first: SelectionNode[] = []
    for (const selection of selections) first.push(await this.#selection(selection, { ...place, above }))
    const needs = above === place.above ? [] : (above?.needs ?? [])
    return selectionSetOf([...first, ...needs])
  }

  #canEnter(type: Place['type']): type is GraphQLObjectType {
    return isObjectType(type) && this.#context.canEnter(type)
  }

  async #selection(selection: SelectionNode, place: SplitPlace): Promise<SelectionNode> {
    const { schema } = this.#context
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return selection
    const inner =
      selection.kind === Kind.FIELD
        ? placeOfField(selection, place, schema)
        : placeOfFragment(selection, place, schema)
    const above = aboveOf(selection, inner, place)
    if (selection.kind === Kind.INLINE_FRAGMENT && isDeferred(selection))
      return this.#part(selection, { ...inner, above })
    return { ...selection, selectionSet: await this.first(selection.selectionSet, { ...inner, above }) }
  }

  async #part(fragment: DeferredFragment, place: SplitPlace): Promise<InlineFragmentNode> {
    const { typeCondition, selectionSet } = fragment
    const { type, known, above } = place
    // What is deferred within comes after this part, and may rest on all that it brings.
    const within = { type, path: [], known: [...known, selectionSet], above }
    const own = await this.first(selectionSet, within)
    const cut = new Cut(this.#context)
    const { left, continuations } = await this.#leaveAbove(own, place)
    const needs = await cut.at(left, { type, path: [], known })
    this.parts.set(fragment, {
      label: labelOf(fragment),
      continuations: [...continuations, ...cut.continuations],
      shape: shapeOf(selectionSet),
      wholeShape: shapeOf(selectionSet, { isWhole: true }),
    })
    return { kind: Kind.INLINE_FRAGMENT, ...(typeCondition && { typeCondition }), selectionSet: needs }
  }

  /** Leaves fields of an object that a plan cannot enter to a continuation from the one above it. */
  async #leaveAbove(
    own: SelectionSetNode,
    { type, known, above }: SplitPlace,
  ): Promise<{ left: SelectionSetNode; continuations: readonly Continue[] }> {
    const { schema } = this.#context
    if (!above || !isObjectType(type) || this.#canEnter(type)) return { left: own, continuations: [] }
    const there = collectFields(schema, type, known)
    const fields = [...collectFields(schema, type, [own])]
    const missing = fields.filter(([key, [field]]) => !there.has(key) && field?.name.value !== '__typename')
    const enclosed = above.enclose(selectionSetOf(missing.flatMap(([, nodes]) => nodes)))
    const entry =
      missing.length > 0 &&
      (await this.#context.enter(
        above.type,
        [...collectFields(schema, above.type, [enclosed]).values()].flat(),
      ))
    if (!entry) return { left: own, continuations: [] }
    above.needs.push(...entry.needs.selections)
    const keys = missing.map(([key]) => clientName(key))
    const rest = fields.filter((field) => !missing.includes(field)).flatMap(([, nodes]) => nodes)
    return {
      left: selectionSetOf(rest.length > 0 ? rest : [IMPLIED_TYPENAME]),
      continuations: [continueAbove(above.steps, keys, entry.complete)],
    }
  }
}

function aboveOf(
  selection: FieldNode | InlineFragmentNode,
  inner: Place,
  { above, path }: SplitPlace,
): Above | undefined {
  if (!above || inner.path.slice(path.length).includes('@')) return undefined
  const { steps, enclose } = above
  return {
    ...above,
    steps: steps + (selection.kind === Kind.FIELD ? 1 : 0),
    enclose: (selectionSet) => enclose(selectionSetOf([withoutDirectives({ ...selection, selectionSet })])),
  }
}

/** What was deferred around a fragment is no more when the fragment is fetched. */
function withoutDirectives(selection: FieldNode | InlineFragmentNode): FieldNode | InlineFragmentNode {
  return { ...selection, directives: [] }
}

function selectionSetOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections }
}

/** What the client calls a deferred fragment. */
export function labelOf({ directives: [defer] }: DeferredFragment): string | undefined {
  const label = defer.arguments?.find(({ name }) => name.value === 'label')?.value
  return label?.kind === Kind.STRING ? label.value : undefined
}
