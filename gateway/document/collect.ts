import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

import { type DeferredFragment, IMPLIED_TYPENAME, isDeferred, isProof } from './normalize.ts'

/** The fields of an object by response key, in the order in which the specification answers them. */
export type CollectedFields = Map<string, FieldNode[]>

/** What normalized selection sets ask of an object: the fields that belong to it now, and what follows later. */
interface Collected {
  readonly fields: CollectedFields
  readonly deferred: readonly DeferredFragment[]
}

/** Collects what normalized selection sets ask of an object of a type. */
export function collect(
  schema: GraphQLSchema,
  type: GraphQLObjectType | GraphQLInterfaceType,
  selectionSets: readonly SelectionSetNode[],
): Collected {
  const fields: CollectedFields = new Map()
  const deferred: DeferredFragment[] = []
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection !== IMPLIED_TYPENAME && !isProof(selection)) add(fields, selection)
      } else if (
        selection.kind === Kind.INLINE_FRAGMENT &&
        applies(schema, selection.typeCondition?.name.value, type)
      ) {
        if (isDeferred(selection)) deferred.push(selection)
        else visit(selection.selectionSet)
      }
    }
  }
  selectionSets.forEach(visit)
  return { fields, deferred }
}

/** The fields alone. */
export function collectFields(...what: Parameters<typeof collect>): CollectedFields {
  return collect(...what).fields
}

function add(fields: CollectedFields, field: FieldNode): void {
  const key = (field.alias ?? field.name).value
  const known = fields.get(key)
  if (known) known.push(field)
  else fields.set(key, [field])
}

function applies(
  schema: GraphQLSchema,
  condition: string | undefined,
  type: GraphQLObjectType | GraphQLInterfaceType,
): boolean {
  if (condition === undefined || condition === type.name) return true
  const abstractType = schema.getType(condition)
  return isAbstractType(abstractType) && schema.isSubType(abstractType, type)
}

/** True if an object's type decides what is asked of it, or is itself asked for. */
export function dependsOnType(
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLAbstractType,
): boolean {
  return selectionSets.some(({ selections }) =>
    selections.some((selection) => {
      if (selection === IMPLIED_TYPENAME) return false
      if (selection.kind === Kind.FIELD) return selection.name.value === '__typename'
      if (selection.kind !== Kind.INLINE_FRAGMENT) return true
      return (
        selection.typeCondition?.name.value !== type.name || dependsOnType([selection.selectionSet], type)
      )
    }),
  )
}
