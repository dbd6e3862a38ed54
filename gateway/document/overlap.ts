import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isObjectType,
  Kind,
  type ObjectFieldNode,
  print,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'

import { refuse } from '../errors.ts'
import { fragmentsOf } from './fragments.ts'
import type { Limits } from '../limits.ts'
import { fieldOf } from '../types.ts'

/**
 * The rule "fields in set can merge" of the specification, for a document that keeps all the others. Where graphql-js
 * compares each pair of fields with one response key, this puts all of them into groups and compares each field with
 * the first of its group: twice, since fields of one key must all have the same shape, but only those that one object
 * can have at once must be the same field. The first conflict is reported.
 */
export function findConflict(
  schema: GraphQLSchema,
  document: DocumentNode,
  limits: Limits,
): GraphQLError | undefined {
  const fieldsByKey = createGrouper(schema, document, limits)
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const type = schema.getRootType(definition.operation)
    if (!type) continue
    const root = [{ parent: type, selectionSet: definition.selectionSet }]
    const conflict =
      conflictBelow(root, sameField, fieldsByKey) ?? conflictBelow(root, sameShape, fieldsByKey)
    if (conflict) return conflict
  }
  return undefined
}

/** A field where it stands in the document. */
interface Selected {
  readonly node: FieldNode
  readonly parent: GraphQLCompositeType
  readonly type: GraphQLOutputType
}

/** What fields with one response key must agree in. */
interface Agreement {
  /** The groups within which all must agree, of fields with one response key. */
  readonly groups: (fields: readonly Selected[]) => readonly (readonly Selected[])[]
  readonly trait: (field: Selected) => string
  readonly reason: string
}

const sameShape: Agreement = {
  groups: (fields) => [fields],
  trait: ({ type }) => (isCompositeType(getNamedType(type)) ? String(type).replace(/\w+/, '') : String(type)),
  reason: 'return types of different shapes',
}

const sameField: Agreement = {
  groups: byPossibleParent,
  trait: ({ node }) => `${node.name.value}(${canonicalPairs(node.arguments ?? [])})`,
  reason: 'are different fields or have different arguments',
}

/** An object has one type: it meets the fields of that type and those of interfaces, never those of other types. */
function byPossibleParent(fields: readonly Selected[]): readonly (readonly Selected[])[] {
  const { abstract = [], concrete = [] } = Object.groupBy(fields, ({ parent }) =>
    isObjectType(parent) ? 'concrete' : 'abstract',
  )
  if (concrete.length === 0) return [abstract]
  const byType = Map.groupBy(concrete, ({ parent }) => parent)
  return [...byType.values()].map((own) => [...own, ...abstract])
}

/** Arguments or an object's fields as text that does not depend on their order. */
function canonicalPairs(pairs: readonly (ArgumentNode | ObjectFieldNode)[]): string {
  const texts = pairs.map(({ name, value }) => `${name.value}:${canonical(value)}`)
  return texts.toSorted().join()
}

function canonical(value: ValueNode): string {
  if (value.kind === Kind.LIST) return `[${value.values.map(canonical).join()}]`
  return value.kind === Kind.OBJECT ? `{${canonicalPairs(value.fields)}}` : print(value)
}

interface SelectionSetOf {
  readonly parent: GraphQLCompositeType
  readonly selectionSet: SelectionSetNode
}

type Grouper = (sets: readonly SelectionSetOf[]) => ReadonlyMap<string, readonly Selected[]>

function conflictBelow(
  sets: readonly SelectionSetOf[],
  agreement: Agreement,
  fieldsByKey: Grouper,
): GraphQLError | undefined {
  for (const [key, fields] of fieldsByKey(sets)) {
    for (const group of agreement.groups(fields)) {
      const conflict =
        conflictWithin(key, group, agreement) ?? conflictBelow(setsBelow(group), agreement, fieldsByKey)
      if (conflict) return conflict
    }
  }
  return undefined
}

function conflictWithin(
  key: string,
  group: readonly Selected[],
  { trait, reason }: Agreement,
): GraphQLError | undefined {
  const [first, ...others] = group
  if (!first || others.length === 0) return undefined
  const expected = trait(first)
  const other = others.find((field) => trait(field) !== expected)
  if (!other) return undefined
  const message = `Fields "${key}" conflict because they ${reason}. Give them different aliases to fetch both.`
  return new GraphQLError(message, { nodes: [first.node, other.node] })
}

function setsBelow(group: readonly Selected[]): SelectionSetOf[] {
  return group.flatMap(({ node: { selectionSet }, type }) => {
    const parent = getNamedType(type)
    return selectionSet && isCompositeType(parent) ? [{ parent, selectionSet }] : []
  })
}

/**
 * Groups the fields of selection sets by response key, fragments written out once in each. A field of an interface is
 * grouped again with each type beside it: types within types could make many groups of few fields, so all are counted.
 */
function createGrouper(
  schema: GraphQLSchema,
  document: DocumentNode,
  { maxComparedFields }: Limits,
): Grouper {
  const fragments = fragmentsOf(document)
  let compared = 0
  return (sets) => {
    const byKey = new Map<string, Selected[]>()
    const written = new Set<string>()
    const add = ({ parent, selectionSet: { selections } }: SelectionSetOf): void => {
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          compared += 1
          const { type } = fieldOf(parent, selection.name.value)
          const key = (selection.alias ?? selection.name).value
          byKey.getOrInsertComputed(key, () => []).push({ node: selection, parent, type })
          continue
        }
        const isSpread = selection.kind === Kind.FRAGMENT_SPREAD
        const fragment = isSpread ? fragments.get(selection.name.value) : selection
        if (!fragment || (isSpread && written.has(selection.name.value))) continue
        if (isSpread) written.add(selection.name.value)
        const type = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value)
        add({ parent: isCompositeType(type) ? type : parent, selectionSet: fragment.selectionSet })
      }
    }
    sets.forEach(add)
    if (compared > maxComparedFields)
      refuse('OPERATION_TOO_LARGE', `The document repeats fields for too many types to be checked.`)
    return byKey
  }
}
