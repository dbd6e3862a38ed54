/** The contender @graphql-hive/gateway-runtime with its planner in Rust; in process, subgraphs under graphql-jit. */
import type { RequestListener } from 'node:http'

import type * as Federation from '@apollo/subgraph'
import type * as GraphQL from 'graphql'
import type * as Jit from 'graphql-jit'

import { serveMeasured } from '../server.ts'
import { parts } from './graph.ts'
import { peer } from './peers.ts'
import { services, supergraph } from './supergraph.ts'

interface Subrequest {
  readonly document: GraphQL.DocumentNode
  readonly variables?: object
}

type Executor = (request: Subrequest) => unknown

const { createGatewayRuntime } = peer('@graphql-hive/gateway-runtime') as {
  createGatewayRuntime: (config: object) => RequestListener
}
const { unifiedGraphHandler } = peer('@graphql-hive/router-runtime') as { unifiedGraphHandler: object }

const getSubgraphExecutor = ({ subgraphName }: { subgraphName: string }): Executor => {
  const graphql = peer('graphql') as typeof GraphQL
  const jit = peer('graphql-jit') as typeof Jit
  const federation = peer('@apollo/subgraph') as typeof Federation
  const found = parts.find(({ name }) => name === subgraphName)
  if (found === undefined) throw new Error(`there is no subgraph ${subgraphName}`)
  const { sdl, resolvers } = found
  const schema = federation.buildSubgraphSchema([{ typeDefs: graphql.parse(sdl), resolvers }])
  const runs = new WeakMap<GraphQL.DocumentNode, (variables: object) => unknown>()
  const compile = (document: GraphQL.DocumentNode): ((variables: object) => unknown) => {
    const compiled = jit.compileQuery(schema, document)
    if (!jit.isCompiledQuery(compiled)) throw new Error('an operation does not compile')
    return (variables) => compiled.query(undefined, {}, variables)
  }
  return ({ document, variables }) => runs.getOrInsertComputed(document, compile)(variables ?? {})
}

const gateway = createGatewayRuntime({
  supergraph,
  unifiedGraphHandler,
  logging: false,
  landingPage: false,
  graphiql: false,
  ...(services === undefined && { transports: { http: { getSubgraphExecutor } } }),
})

serveMeasured((request, response) => gateway(request, response))
