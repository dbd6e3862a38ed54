import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parseType,
  print,
} from 'graphql'

import { refuse } from '../errors.ts'
import type { GraphQLParams, JsonObject } from '../request.ts'
import type { ClientDocument } from './document.ts'
import { freeName } from './free-name.ts'

/** By name: a subscription that can go on after an event takes its cursor by this argument. */
const AFTER = 'after'

/** What is to be executed in place of what was asked for. */
interface Resumed {
  readonly variables: JsonObject
  /** Another document, where the one that was asked for leaves no room for a cursor. */
  readonly text?: string
}

/**
 * A client of server-sent events that asks again sends the same request and, as `Last-Event-ID`, the cursor of the last
 * event that it had. The subscription then goes on after that, whatever it said of `after`. Any other request is as it
 * was asked.
 */
export function resume(
  operation: OperationDefinitionNode,
  document: ClientDocument,
  { lastEventId, variables = {} }: Pick<GraphQLParams, 'lastEventId' | 'variables'>,
  schema: GraphQLSchema,
): Resumed {
  if (lastEventId === undefined || operation.operation !== OperationTypeNode.SUBSCRIPTION)
    return { variables }
  const [root] = operation.selectionSet.selections
  if (root?.kind !== Kind.FIELD) return refuseFragment()
  const after = cursorArgument(root, schema)
  if (after === undefined) return { variables }
  const given = root.arguments?.find(({ name }) => name.value === AFTER)?.value
  if (given?.kind === Kind.VARIABLE) return { variables: { ...variables, [given.name.value]: lastEventId } }
  const variable = freeName(operation, AFTER)
  return {
    variables: { ...variables, [variable]: lastEventId },
    text: withAfter(operation, root, document, { name: variable, type: String(after.type) }),
  }
}

/**
 * True for a subscription that takes a cursor and was given none: it brings what happens from now on, whenever it
 * begins. Any other may begin with what was before, or with how things stand.
 */
export function isFromNowOn(
  { selectionSet }: OperationDefinitionNode,
  variables: JsonObject,
  schema: GraphQLSchema,
): boolean {
  const [root] = selectionSet.selections
  if (root?.kind !== Kind.FIELD || !cursorArgument(root, schema)) return false
  const given = root.arguments?.find(({ name }) => name.value === AFTER)?.value
  if (given?.kind === Kind.VARIABLE) return (variables[given.name.value] ?? null) === null
  return given === undefined || given.kind === Kind.NULL
}

function cursorArgument({ name: root }: FieldNode, schema: GraphQLSchema): GraphQLArgument | undefined {
  const fields = schema.getSubscriptionType()?.getFields() ?? {}
  return fields[root.value]?.args.find(({ name }) => name === AFTER)
}

function refuseFragment(): never {
  return refuse(
    'BAD_USER_INPUT',
    'With Last-Event-ID, the root field of a subscription must not be in a fragment.',
  )
}

/** The document with the root field's `after` given by a variable. */
function withAfter(
  operation: OperationDefinitionNode,
  root: FieldNode,
  { operations, fragments }: ClientDocument,
  { name, type }: { readonly name: string; readonly type: string },
): string {
  const variable = { kind: Kind.VARIABLE, name: nameNode(name) } as const
  const others = root.arguments?.filter((argument) => argument.name.value !== AFTER) ?? []
  const after = { kind: Kind.ARGUMENT, name: nameNode(AFTER), value: variable } as const
  const resumed: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [
      ...(operation.variableDefinitions ?? []),
      { kind: Kind.VARIABLE_DEFINITION, variable, type: parseType(type) },
    ],
    selectionSet: {
      ...operation.selectionSet,
      selections: operation.selectionSet.selections.map((selection) =>
        selection === root ? { ...root, arguments: [...others, after] } : selection,
      ),
    },
  }
  const definitions = operations.map((each) => (each === operation ? resumed : each))
  return print({ kind: Kind.DOCUMENT, definitions: [...definitions, ...fragments.values()] })
}

const nameNode = (value: string) => ({ kind: Kind.NAME, value }) as const
