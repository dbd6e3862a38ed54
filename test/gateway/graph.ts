import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { transformSupergraphToPublicSchema } from '@theguild/federation-composition'
import { buildASTSchema, graphql, type GraphQLSchema, parse } from 'graphql'

import { composeSupergraph } from '#gateway/compose.ts'
import type { Limits } from '#gateway/limits.ts'
import type { GraphQLParams, RequestContext } from '#gateway/request.ts'
import { createGateway, type Gateway, type GatewayOptions } from '#gateway/server.ts'
import type { RemoteSubgraph } from '#gateway/subgraph/transport-http.ts'
import type { LocalSubgraph } from '#gateway/subgraph/transport-local.ts'
import { createLog } from '#platform/log.ts'
import { closeLater } from '#test/support/closing.ts'

import { addMonolithResolvers, fixtures, subgraphSchema } from './subgraphs.ts'
import { bigIntScalar, dateScalar, type World } from './world.ts'

export type SubgraphName = keyof typeof fixtures
export const subgraphNames = Object.keys(fixtures) as SubgraphName[]

const composition = composeSupergraph(Object.entries(fixtures).map(([name, { sdl }]) => ({ name, sdl })))
if (!composition.ok) throw new Error(composition.errors.join('\n'))

/** The supergraph of the three fixture subgraphs. */
export const fixtureSupergraph: string = composition.supergraph

/** The fixture graph as one schema for graphql-js. */
export function monolith(world: World): GraphQLSchema {
  const schema = buildASTSchema(transformSupergraphToPublicSchema(parse(fixtureSupergraph)))
  addMonolithResolvers(schema, world)
  return schema
}

/** A subgraph in this process. */
export function local(name: SubgraphName, world: World): LocalSubgraph {
  return {
    name,
    schema: subgraphSchema(name, world),
    createContext: () => {
      world.journal.push(`${name} scope`)
      return {}
    },
  }
}

/** A subgraph as a service of its own, executed by graphql-js. */
export async function remote(name: SubgraphName, world: World): Promise<RemoteSubgraph> {
  return { name, url: await serveSchema(subgraphSchema(name, world)) }
}

/** Serves a schema over HTTP until the test ends, and tells where. */
export function serveSchema(schema: GraphQLSchema): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
      const { query = '', variables } = JSON.parse(Buffer.concat(chunks).toString()) as GraphQLParams
      const result = await graphql({ schema, source: query, variableValues: variables, contextValue: {} })
      response.setHeader('content-type', 'application/json').end(JSON.stringify(result))
    })()
  })
  return listen(server)
}

/** Opens a server on a free port of the loopback until the test ends. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  closeLater(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** How many connections a server has open. */
export function connectionsOf(server: Server): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  return promise
}

/** What a test's gateway wrote to its log. */
export interface Logged {
  readonly lines: string[]
}

/** A gateway over the fixture graph, its subgraphs in process unless given. */
export function gatewayOver(
  world: World,
  options: Partial<Omit<GatewayOptions, 'log' | 'limits'>> & {
    limits?: Partial<Limits> | undefined
    logged?: Logged
  } = {},
): Gateway {
  const { logged, limits = {}, ...given } = options
  const gateway = createGateway({
    supergraph: fixtureSupergraph,
    subgraphs: subgraphNames.map((name) => local(name, world)),
    log: createLog(
      logged
        ? { level: 'info', destination: { write: (line) => void logged.lines.push(line) } }
        : { level: 'silent' },
    ),
    limits,
    scalars: [dateScalar, bigIntScalar],
    examples: [{ name: 'Customers', document: '{ customers { id name } }' }],
    readiness: [],
    ...given,
  })
  closeLater(() => gateway.stop())
  return gateway
}

/** One error as a client reads it. */
export interface ClientError {
  readonly message: string
  readonly path?: (string | number)[]
  readonly locations?: object[]
  readonly extensions: { code: string; service?: string; retryable: boolean; requestId: string }
}

/** A response as a client reads it, and its text. */
export interface Response {
  readonly data?: Record<string, unknown> | null
  readonly errors?: ClientError[]
  readonly text: string
}

/** Asks a gateway without HTTP in between. */
export async function ask(
  gateway: Gateway,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Response> {
  const { body } = await gateway.execute({ query, variables }, anyRequest())
  return { ...(JSON.parse(body) as Omit<Response, 'text'>), text: body }
}

/** The context of an anonymous request that nobody leaves. */
export function anyRequest(): RequestContext {
  return { requestId: 'test-request', signal: new AbortController().signal, identity: { kind: 'anonymous' } }
}
