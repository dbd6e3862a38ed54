import {
  type FieldNode,
  getNamedType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parseType,
  print,
  type SelectionNode,
} from 'graphql'

import { refuse } from '../errors.ts'
import type { GraphQLParams, JsonObject } from '../request.ts'
import type { ClientDocument } from './document.ts'
import { freeName } from './free-name.ts'

/** What names the page that a bulk read asks for; no field of a client has this name. */
export const BULK_PAGE = '__page'
/** Rows that are read at a time where the client does not say. */
const PAGE_ROWS = '100'

/** What is to be executed for one page. */
interface PageQuery {
  readonly variables: JsonObject
  readonly text: string
}

/**
 * One page of a bulk read. The operation is a query of one connection, of which it selects `nodes` or `edges`: the page
 * begins after the one before, and tells where it ends. Refuses any other operation.
 */
export function pageOf(
  operation: OperationDefinitionNode,
  document: ClientDocument,
  { bulkAfter = null, variables = {} }: Pick<GraphQLParams, 'bulkAfter' | 'variables'>,
  schema: GraphQLSchema,
): PageQuery {
  const root = connectionIn(operation, schema)
  const given = root.arguments?.find(({ name }) => name.value === 'after')?.value
  const variable = given?.kind === Kind.VARIABLE ? given.name.value : freeName(operation, 'after')
  const start = given?.kind === Kind.STRING ? { [variable]: given.value } : {}
  return {
    variables: { ...variables, ...(bulkAfter === null ? start : { [variable]: bulkAfter }) },
    text: paged(operation, document, root, { variable, isDeclared: given?.kind === Kind.VARIABLE }),
  }
}

function connectionIn(
  { operation, selectionSet }: OperationDefinitionNode,
  schema: GraphQLSchema,
): FieldNode {
  const [root, ...others] = selectionSet.selections
  if (operation !== OperationTypeNode.QUERY || root?.kind !== Kind.FIELD || others.length > 0)
    return refuse(
      'BAD_USER_INPUT',
      'In bulk, a query of one connection is read: it has one field at its root.',
    )
  const field = schema.getQueryType()?.getFields()[root.name.value]
  const type = field && getNamedType(field.type)
  const isConnection =
    isObjectType(type) && 'pageInfo' in type.getFields() && field?.args.some(({ name }) => name === 'after')
  if (!isConnection)
    return refuse('BAD_USER_INPUT', `In bulk, a connection is read: "${root.name.value}" is none.`)
  const [rows, ...more] = root.selectionSet?.selections ?? []
  if (more.length > 0 || rows?.kind !== Kind.FIELD || !/^(nodes|edges)$/.test(rows.name.value))
    refuse('BAD_USER_INPUT', 'In bulk, "nodes" or "edges" is selected of a connection, and nothing else.')
  if (root.arguments?.some(({ name }) => name.value === 'last' || name.value === 'before'))
    refuse('BAD_USER_INPUT', 'In bulk, a connection is read from its start: without "last" and "before".')
  return root
}

function paged(
  operation: OperationDefinitionNode,
  { operations, fragments }: ClientDocument,
  root: FieldNode,
  { variable: name, isDeclared }: { readonly variable: string; readonly isDeclared: boolean },
): string {
  const variable = { kind: Kind.VARIABLE, name: nameNode(name) } as const
  const kept = root.arguments?.filter((argument) => argument.name.value !== 'after') ?? []
  const isSized = kept.some((argument) => argument.name.value === 'first')
  const first = { kind: Kind.INT, value: PAGE_ROWS } as const
  const selections: SelectionNode[] = [
    ...(root.selectionSet?.selections ?? []),
    {
      kind: Kind.FIELD,
      alias: nameNode(BULK_PAGE),
      name: nameNode('pageInfo'),
      selectionSet: {
        kind: Kind.SELECTION_SET,
        selections: ['hasNextPage', 'endCursor'].map((field) => ({
          kind: Kind.FIELD,
          name: nameNode(field),
        })),
      },
    },
  ]
  const field: FieldNode = {
    ...root,
    arguments: [
      ...kept,
      ...(isSized ? [] : [{ kind: Kind.ARGUMENT, name: nameNode('first'), value: first } as const]),
      { kind: Kind.ARGUMENT, name: nameNode('after'), value: variable },
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  }
  const declared = operation.variableDefinitions ?? []
  const definition = { kind: Kind.VARIABLE_DEFINITION, variable, type: parseType('String') } as const
  const page: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: isDeclared ? declared : [...declared, definition],
    selectionSet: { ...operation.selectionSet, selections: [field] },
  }
  const definitions = operations.map((each) => (each === operation ? page : each))
  return print({ kind: Kind.DOCUMENT, definitions: [...definitions, ...fragments.values()] })
}

const nameNode = (value: string) => ({ kind: Kind.NAME, value }) as const
