import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

import type { GraphQLScalarType } from 'graphql'

import { systemClock } from '#platform/clock.ts'
import { EVENT_STREAM } from '#platform/event-stream.ts'
import type { Log } from '#platform/log.ts'

import { countersOf } from './caches.ts'
import { limitConcurrency } from './concurrency.ts'
import {
  type Answer,
  createEngine,
  createReporter,
  type Engine,
  type Execute,
  refusal,
  type Report,
} from './engine.ts'
import { failuresOf, refuse } from './errors.ts'
import { CONTENT_SECURITY_POLICY, createGraphiQL, type Example, type GraphiQL } from './graphiql.ts'
import { type Check, circuitsOf, type Readiness, readinessOf, subgraphAnswers } from './health.ts'
import { GRAPHQL_RESPONSE, JSON_RESPONSE, negotiate, readParams } from './http-request.ts'
import { defaultLimits, type Limits } from './limits.ts'
import type { Proofs } from './normalize.ts'
import { allowOrigin, answerPreflight, type Origins } from './origins.ts'
import { acceptedParts, sendParts } from './multipart.ts'
import { createPersistedDocuments, type TrustedDocuments } from './persisted.ts'
import { createReloadableEngine, type ReloadableEngine } from './reload.ts'
import type { RequestContext } from './request.ts'
import { SharedCalls } from './shared-calls.ts'
import { createStreams, type Streams } from './streams.ts'
import type { Reply } from './subgraph-answer.ts'
import type { Stream } from './subscribe.ts'
import { createHttpTransport, type RemoteSubgraph } from './transport-http.ts'
import { createLocalTransport, type LocalSubgraph } from './transport-local.ts'
import type { WebSockets } from './websocket.ts'

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
  /** Origins whose pages may use the graph besides those that are served here. */
  readonly allowedOrigins?: readonly string[]
  /** Clients are told nothing of the schema: no introspection, no suggestions, no GraphiQL. */
  readonly isProduction?: boolean
  /** Documents that clients may name by their hash; perhaps the only ones that are executed. */
  readonly trustedDocuments?: TrustedDocuments
  /** What GraphiQL opens with. */
  readonly examples: readonly Example[]
  /** What must be well besides the remote subgraphs, which are checked in any case. */
  readonly readiness: readonly Check[]
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
  /** Checks what must be well before requests are taken; why something is not goes to the log. */
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
  const { supergraph, log, scalars = [], proofs = {}, isProduction = false } = options
  const limits = { ...defaultLimits, ...options.limits }
  const calls = new SharedCalls<Reply>(limits.fetchTimeoutMs)
  const transports = options.subgraphs.map((subgraph) =>
    'url' in subgraph
      ? createHttpTransport(subgraph, { calls, limits, clock: systemClock, log })
      : createLocalTransport(subgraph, { limits, log, onWritten: () => calls.forget() }),
  )
  const { trustedDocuments = { texts: new Map(), isExclusive: false } } = options
  const persisted = createPersistedDocuments(trustedDocuments, limits)
  const withinConcurrency = limitConcurrency(limits)
  const shared = { transports, scalars, proofs, isProduction, limits, log, withinConcurrency, persisted }
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
  const remote = transports.filter((_, index) => 'url' in (options.subgraphs[index] ?? {}))
  const answering = remote.map((transport) => subgraphAnswers(transport, limits.readinessTimeoutMs))
  const checks = [...options.readiness, ...answering]
  const readiness = async (): Promise<Readiness> => ({
    ...(await readinessOf(checks, limits.readinessTimeoutMs, log)),
    circuits: circuitsOf(transports),
  })
  const routes = createRoutes(options, { limits, execute, readiness, streams, report, origins })
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
    reload,
    cacheCounters: () => countersOf(current().caches, persisted, transports),
    endStreams: streams.end,
    stop: () => {
      void streams.end()
      for (const transport of transports) transport.close()
    },
  }
}

type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const GRAPHQL_PATH = '/graphql'
/** What is served, as `/` tells it. */
const PLACES = { graphql: GRAPHQL_PATH, live: '/health/live', ready: '/health/ready' } as const

/** What the routes answer with. */
interface Served extends Pick<Gateway, 'execute' | 'readiness'> {
  readonly limits: Limits
  readonly streams: Streams
  readonly report: Report
  readonly origins: Origins
}

function createRoutes(options: GatewayOptions, served: Served): Route {
  const { examples, isProduction = false } = options
  const graphiql = isProduction ? undefined : createGraphiQL(GRAPHQL_PATH, examples)
  const graphql = createGraphQLRoute(served)
  return async (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1)
    if (graphiql && (path === GRAPHQL_PATH || path === '/') && wantsPage(request))
      return sendPage(response, graphiql)
    if (path === GRAPHQL_PATH) return graphql(request, response)
    if (path === '/') return sendJson(response, 200, PLACES)
    if (path === PLACES.live) return sendJson(response, 200, { live: true })
    if (path === PLACES.ready) {
      const state = await served.readiness()
      return sendJson(response, state.ready ? 200 : 503, state)
    }
    const asset = request.method === 'GET' ? graphiql?.asset(path) : undefined
    if (!asset)
      return sendJson(response, 404, { error: `Nothing is served here. GraphQL is at ${GRAPHQL_PATH}.` })
    send(response, 200, asset.contentType, asset.body)
  }
}

const NOT_ACCEPTABLE = `The answer can be ${GRAPHQL_RESPONSE}, ${JSON_RESPONSE} or ${EVENT_STREAM}.`

/** One GraphQL request over HTTP, from its head to its answer. */
function createGraphQLRoute({ limits, execute, streams, report, origins }: Served): Route {
  return async (request, response) => {
    if (allowOrigin(request, response, origins) && request.method === 'OPTIONS')
      return answerPreflight(request, response)
    const context = contextOf(request, response)
    response.setHeader('x-request-id', context.requestId)
    const { accept } = request.headers
    const type = negotiate(accept)
    const partSpec = acceptedParts(accept)
    try {
      if (!type && !partSpec) refuse('NOT_ACCEPTABLE', NOT_ACCEPTABLE)
      const params = { ...(await readParams(request, limits, origins)), partSpec }
      if (type === EVENT_STREAM) return await streams.sendEvents({ request, response }, params, context)
      const answer = await execute(params, context)
      const { body: first, later } = answer
      if (partSpec && later) await sendParts(response, { first, later, partSpec, context }, limits)
      else sendAnswer(response, answer, type ?? JSON_RESPONSE)
    } catch (error) {
      if (response.headersSent) throw error
      const answer = refusal(failuresOf(error), context, report)
      const refusalType = type === undefined || type === EVENT_STREAM ? JSON_RESPONSE : type
      sendAnswer(response, { ...answer, isRefusal: false }, refusalType)
    }
  }
}

const REQUEST_ID = /^[\w.-]{8,64}$/

/** A proxy's request id is kept, so that one id finds a request in every log. */
function contextOf(request: IncomingMessage, response: ServerResponse): RequestContext {
  const given = request.headers['x-request-id']
  const requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
  const controller = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) controller.abort()
  })
  return { requestId, signal: controller.signal, identity: { kind: 'anonymous' } }
}

/** When a client that met an overload may come again: what is under way then is done by now. */
const RETRY_AFTER_SECONDS = 1

/** A client that asked for plain JSON gets status 200 for a well-formed request, whatever became of it. */
function sendAnswer(response: ServerResponse, answer: Answer, type: string): void {
  const isPlain = type === JSON_RESPONSE && answer.isRefusal && answer.status === 400
  response.setHeader('cache-control', 'no-store')
  if (answer.status === 405) response.setHeader('allow', 'GET, POST')
  if (answer.status === 503) response.setHeader('retry-after', RETRY_AFTER_SECONDS)
  // The rest of a body that was refused is not worth reading.
  if (answer.status === 413) response.setHeader('connection', 'close')
  send(response, isPlain ? 200 : answer.status, `${type}; charset=utf-8`, answer.body)
}

function wantsPage({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html')
}

function sendPage(response: ServerResponse, { page }: GraphiQL): void {
  response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY)
  response.setHeader('referrer-policy', 'no-referrer')
  send(response, 200, 'text/html; charset=utf-8', page)
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  send(response, status, JSON_RESPONSE, JSON.stringify(body))
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  const bytes = Buffer.from(body)
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': bytes.length,
    'x-content-type-options': 'nosniff',
  })
  response.end(bytes)
}
