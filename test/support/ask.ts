/** Asks one subgraph by itself, without a gateway. */
import { type ExecutionResult, graphql, type GraphQLError } from 'graphql'
import type { ServedSubgraph } from '#platform/subgraph-server.ts'

export type Variables = Readonly<Record<string, unknown>>

/** The whole answer, with its errors: one request, with loaders of its own. */
export const execute = (
  subgraph: ServedSubgraph,
  source: string,
  variableValues: Variables = {},
): Promise<ExecutionResult> =>
  graphql({
    schema: subgraph.schema,
    source,
    variableValues,
    contextValue: subgraph.createContext({ requestId: 'test', isOver: () => false }),
  })

/** The data of an answer, as it travels; fails where there are errors. `Data` is what the caller reads of it. */
export async function ask<Data>(
  subgraph: ServedSubgraph,
  source: string,
  variables: Variables = {},
): Promise<Data> {
  const { data, errors } = await execute(subgraph, source, variables)
  if (errors !== undefined) throw new AggregateError(errors, errors.map(String).join('\n'))
  return JSON.parse(JSON.stringify(data)) as Data
}

/** Code and path of each error of an answer: `NOT_FOUND at customer`. */
export async function failuresOf(
  subgraph: ServedSubgraph,
  source: string,
  variables: Variables = {},
): Promise<string[]> {
  return (await execute(subgraph, source, variables)).errors?.map(nameOf) ?? []
}

/** What `_entities` gives for ids of one type: an object or null each, and the failures by name. */
export async function entities(
  subgraph: ServedSubgraph,
  typename: string,
  ids: readonly string[],
  selection: string,
): Promise<{ found: unknown; failures: string[] }> {
  const { data, errors = [] } = await execute(
    subgraph,
    `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on ${typename} ${selection} }
    }`,
    { representations: ids.map((id) => ({ __typename: typename, id })) },
  )
  return { found: JSON.parse(JSON.stringify(data?.['_entities'] ?? null)), failures: errors.map(nameOf) }
}

function nameOf({ extensions, path, message }: GraphQLError): string {
  const code = typeof extensions['code'] === 'string' ? extensions['code'] : message
  return path === undefined ? code : `${code} at ${path.join('.')}`
}
