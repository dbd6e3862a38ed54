import {
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isCompositeType,
  isListType,
  isObjectType,
  isUnionType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

import { type CollectedFields, collectFields } from '../document/collect.ts'
import { continueBelow, type Continue } from './continue.ts'
import { IMPLIED_TYPENAME } from '../document/normalize.ts'
import { compilePath } from './paths.ts'
import type { PathSegment } from './planner.ts'
import { fieldOf, type TypeNames } from '../types.ts'

/** How fields are fetched later of an object that is there, and what must be known of it for that. */
export interface Entry {
  readonly needs: SelectionSetNode
  readonly complete: Continue
}

/** What cutting needs to know of the graph. */
export interface CutContext {
  readonly schema: GraphQLSchema
  readonly typeNames: TypeNames
  /** True for objects from which a plan may continue. */
  canEnter(type: GraphQLObjectType): boolean
  /** Plans these fields of such an object. Undefined where the planner finds no way from there. */
  enter(type: GraphQLObjectType, fields: readonly FieldNode[]): Promise<Entry | undefined>
}

/** The objects that a selection set is about. */
export interface Place {
  readonly type: GraphQLCompositeType
  /** The way to them from where the continuations of the cut begin. */
  readonly path: readonly PathSegment[]
  /** What is fetched of them anyway: no continuation fetches it again. */
  readonly known: readonly SelectionSetNode[]
}

/**
 * Cuts a selection of objects at entities, where it is continued later. What is left of it is fetched first: all that
 * lies before the cuts, and at each of them what the continuation needs.
 */
export class Cut {
  readonly continuations: Continue[] = []
  readonly #context: CutContext

  constructor(context: CutContext) {
    this.#context = context
  }

  /** Cuts at the entities that lie, on each way, below `skip` others. These objects themselves may be such. */
  at(selectionSet: SelectionSetNode, place: Place, skip = 0): Promise<SelectionSetNode> {
    const { type } = place
    if (!isObjectType(type) || !this.#context.canEnter(type)) return this.below(selectionSet, place, skip)
    return skip === 0 ? this.#enter(selectionSet, type, place) : this.below(selectionSet, place, skip - 1)
  }

  /** The same, but never at these objects themselves. */
  async below(selectionSet: SelectionSetNode, place: Place, skip = 0): Promise<SelectionSetNode> {
    const selections: SelectionNode[] = []
    for (const selection of selectionSet.selections)
      selections.push(await this.#selection(selection, place, skip))
    return { kind: Kind.SELECTION_SET, selections }
  }

  async #selection(selection: SelectionNode, place: Place, skip: number): Promise<SelectionNode> {
    const { schema } = this.#context
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return selection
    if (selection.kind === Kind.FIELD) {
      const inner = placeOfField(selection, place, schema)
      return { ...selection, selectionSet: await this.at(selection.selectionSet, inner, skip) }
    }
    const inner = placeOfFragment(selection, place, schema)
    const selectionSet =
      inner.type === place.type
        ? await this.below(selection.selectionSet, inner, skip)
        : await this.at(selection.selectionSet, inner, skip)
    return { ...selection, selectionSet }
  }

  async #enter(
    selectionSet: SelectionSetNode,
    type: GraphQLObjectType,
    place: Place,
  ): Promise<SelectionSetNode> {
    const { schema, typeNames } = this.#context
    const known = collectFields(schema, type, place.known)
    const missing: FieldNode[] = []
    const left: SelectionNode[] = []
    for (const [key, fields] of collectFields(schema, type, [selectionSet])) {
      const isMeta = fields.some(({ name }) => name.value.startsWith('__'))
      if (!isMeta && !known.has(key)) missing.push(...fields)
      // What is below a known field is continued from the very objects that it has already brought.
      else for (const field of fields) left.push(await this.#selection(field, place, 0))
    }
    if (missing.length === 0) return withTypename(left)
    const entry = await this.#context.enter(type, missing)
    const rest: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: missing }
    if (entry) this.continuations.push(continueBelow(compilePath(place.path, typeNames), entry.complete))
    const { selections } = entry ? entry.needs : await this.below(rest, place)
    return withTypename([...left, ...selections])
  }
}

/** Where an object is cut, its type is known, and something is selected. */
function withTypename(selections: readonly SelectionNode[]): SelectionSetNode {
  const hasTypename = selections.some(
    (selection) => selection.kind === Kind.FIELD && selection.name.value === '__typename' && !selection.alias,
  )
  return {
    kind: Kind.SELECTION_SET,
    selections: hasTypename ? selections : [IMPLIED_TYPENAME, ...selections],
  }
}

/** The objects that a field of objects brings. */
export function placeOfField(
  { name, alias }: FieldNode,
  { type, path, known }: Place,
  schema: GraphQLSchema,
): Place {
  const key = (alias ?? name).value
  const { type: fieldType } = fieldOf(type, name.value)
  const inner = getNamedType(fieldType)
  if (!isCompositeType(inner)) throw new Error(`Validation let a selection of ${inner.name} pass.`)
  const same: CollectedFields = isUnionType(type) ? new Map() : collectFields(schema, type, known)
  return {
    type: inner,
    path: [...path, { Field: key }, ...everyItem(fieldType)],
    known: (same.get(key) ?? []).flatMap(({ selectionSet }) => selectionSet ?? []),
  }
}

function everyItem(type: GraphQLOutputType): '@'[] {
  const nullable = getNullableType(type)
  return isListType(nullable) ? ['@', ...everyItem(nullable.ofType)] : []
}

/** The objects that a fragment is about: some of the objects where it stands. */
export function placeOfFragment(
  { typeCondition }: InlineFragmentNode,
  place: Place,
  schema: GraphQLSchema,
): Place {
  const type = schema.getType(typeCondition?.name.value ?? place.type.name)
  if (isObjectType(place.type) || !isCompositeType(type) || type === place.type) return place
  return { ...place, type, path: [...place.path, { TypeCondition: [type.name] }] }
}

/** How many entities lie above one another in a selection, the objects themselves left out. */
export function countLevels(
  { selections }: SelectionSetNode,
  type: GraphQLCompositeType,
  context: Pick<CutContext, 'schema' | 'canEnter'>,
): number {
  const levels = selections.map((selection): number => {
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return 0
    const place = { type, path: [], known: [] }
    const inner =
      selection.kind === Kind.FIELD
        ? placeOfField(selection, place, context.schema).type
        : placeOfFragment(selection, place, context.schema).type
    const isEntity =
      isObjectType(inner) && context.canEnter(inner) && (selection.kind === Kind.FIELD || inner !== type)
    return countLevels(selection.selectionSet, inner, context) + (isEntity ? 1 : 0)
  })
  return Math.max(0, ...levels)
}
