import type { IncomingMessage, ServerResponse } from 'node:http'

import type { GraphQLScalarType } from 'graphql'

import { systemClock } from '#platform/clock.ts'
import type { Log } from '#platform/log.ts'

import { countersOf } from './caches.ts'
import { limitConcurrency } from './concurrency.ts'
import { createEngine, createReporter, type Engine, type Execute, refusal } from './engine.ts'
import { failuresOf } from './errors.ts'
import type { FindDownload } from './http/download.ts'
import { createGraphiQL, type Example } from './http/graphiql.ts'
import { type Check, createReadiness, type Readiness } from './health.ts'
import { defaultLimits, type Limits } from './limits.ts'
import type { Proofs } from './document/normalize.ts'
import { createPersistedDocuments, type TrustedDocuments } from './document/persisted.ts'
import { createReloadableEngine, type ReloadableEngine } from './reload.ts'
import { createRoutes, GRAPHQL_PATH, type Metrics } from './http/routes.ts'
import { SharedCalls } from './subgraph/shared-calls.ts'
import { createStreams } from './streams/streams.ts'
import type { Reply } from './subgraph/subgraph-answer.ts'
import type { Stream } from './streams/subscribe.ts'
import { createHttpTransport, type RemoteSubgraph } from './subgraph/transport-http.ts'
import { createLocalTransport, type LocalSubgraph } from './subgraph/transport-local.ts'
import type { WebSockets } from './streams/websocket.ts'

/** What a gateway is made of. */
export interface GatewayOptions {
  /** Supergraph SDL. */
  readonly supergraph: string
  /** Every subgraph of the supergraph, in this process or behind a URL. */
  readonly subgraphs: readonly (LocalSubgraph | RemoteSubgraph)[]
  readonly log: Log
  readonly limits?: Partial<Limits>
  /** The graph's own scalars: with them a malformed value is refused before any subgraph is called. */
  readonly scalars?: readonly GraphQLScalarType[]
  readonly proofs?: Proofs
  /** The field of the root query whose value is where the events end at the moment. */
  readonly cursorField?: string
  /** Origins whose pages may use the graph besides those that are served here. */
  readonly allowedOrigins?: readonly string[]
  /** Clients are told nothing of the schema: no introspection, no suggestions, no GraphiQL. */
  readonly isProduction?: boolean
  /** Documents that clients may name by their hash; perhaps the only ones that are executed. */
  readonly trustedDocuments?: TrustedDocuments
  /** What GraphiQL opens with. */
  readonly examples: readonly Example[]
  /** What the gateway cannot do without. Remote subgraphs are checked in any case. */
  readonly readiness: readonly Check[]
  /** The process's own figures, served to Prometheus. */
  readonly metrics?: Metrics
  /** Finds files that were made for clients, by the tokens of their links. */
  readonly findDownload?: FindDownload
}

/** One graph over several subgraphs, served over HTTP. */
export interface Gateway {
  /** Answers an HTTP request: pass it to `node:http`'s `createServer`. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void
  /** Takes a WebSocket: pass it to the server's `upgrade` event. */
  readonly upgrade: WebSockets['upgrade']
  /** Answers a query or a mutation that came some other way. */
  readonly execute: Execute
  /** Answers a request of any kind that came some other way, once or many times. */
  readonly stream: Stream
  /** Whether requests are to be sent here, and what they would miss; why something is not well goes to the log. */
  readonly readiness: () => Promise<Readiness>
  /**
   * Answers new requests by another supergraph. Requests under way, streams and sockets go on. False where it is
   * refused: the log says why, and the old one goes on.
   */
  readonly reload: ReloadableEngine['reload']
  /** How full each cache is and how often it helped. */
  readonly cacheCounters: () => ReturnType<typeof countersOf>
  /** Ends every subscription and every WebSocket, for which a server that closes would wait. */
  readonly endStreams: () => Promise<void>
  /** Ends all streams, and closes the connections to remote subgraphs. */
  readonly stop: () => void
}

/** Makes a gateway. Throws where the supergraph is invalid. */
export function createGateway(options: GatewayOptions): Gateway {
  const { supergraph, log, scalars = [], proofs = {}, cursorField, isProduction = false } = options
  const limits = { ...defaultLimits, ...options.limits }
  const calls = new SharedCalls<Reply>(limits.fetchTimeoutMs)
  const transports = options.subgraphs.map((subgraph) =>
    'url' in subgraph
      ? createHttpTransport(subgraph, { calls, limits, clock: systemClock, log })
      : createLocalTransport(subgraph, { limits, log, onWritten: () => calls.forget() }),
  )
  const { trustedDocuments = { texts: new Map(), files: new Map(), isExclusive: false } } = options
  const persisted = createPersistedDocuments(trustedDocuments, limits)
  const withinConcurrency = limitConcurrency(limits)
  const ofGraph = { transports, scalars, proofs, cursorField, isProduction }
  const shared = { ...ofGraph, limits, log, withinConcurrency, persisted }
  const createEngineOf = (sdl: string): Engine => createEngine({ ...shared, supergraph: sdl })
  const { current, reload } = createReloadableEngine(createEngineOf, supergraph, log)
  const execute: Execute = (params, request) => current().execute(params, request)
  const report = createReporter(limits, log)
  const origins = new Set(options.allowedOrigins)
  const streams = createStreams({
    currentEngine: current,
    refuseError: (error, request) => refusal(failuresOf(error), request, report),
    path: GRAPHQL_PATH,
    origins,
    limits,
    log,
  })
  const readiness = createReadiness(options.readiness, transports, limits, log)
  const graphiql = isProduction ? undefined : createGraphiQL(GRAPHQL_PATH, options.examples)
  const { metrics, findDownload } = options
  const served = { graphiql, limits, execute, readiness, streams, report, origins, metrics, findDownload }
  const routes = createRoutes(served)
  return {
    handle: (request, response) => {
      routes(request, response).catch((error: unknown) => {
        log.error({ err: error, url: request.url }, 'a request ended without an answer')
        response.destroy()
      })
    },
    upgrade: streams.upgrade,
    execute,
    stream: streams.stream,
    readiness,
    reload: (next) => {
      const isReloaded = reload(next)
      if (isReloaded) void streams.moveAll()
      return isReloaded
    },
    cacheCounters: () => countersOf(current().caches, persisted, transports),
    endStreams: streams.end,
    stop: () => {
      void streams.end()
      for (const transport of transports) transport.close()
    },
  }
}
