import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import type { GraphQLSchema } from 'graphql'
import type { Log } from './log.ts'

export interface ServedSubgraph {
  readonly name: string
  readonly schema: GraphQLSchema
  readonly createContext: () => object
}

export interface RunningSubgraph {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Serves one subgraph over HTTP, for a gateway that runs elsewhere. Errors are masked by the gateway, not here. */
export async function serveSubgraph(
  subgraph: ServedSubgraph,
  { host, port, log }: { readonly host: string; readonly port: number; readonly log: Log },
): Promise<RunningSubgraph> {
  const server = new ApolloServer<object>({
    schema: subgraph.schema,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    logger: log,
  })
  const { url } = await startStandaloneServer(server, {
    listen: { host, port },
    context: () => Promise.resolve(subgraph.createContext()),
  })
  return { url, stop: () => server.stop() }
}
