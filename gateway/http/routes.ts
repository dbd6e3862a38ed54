import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

import { EVENT_STREAM } from '#platform/event-stream.ts'

import { type Answer, type Execute, refusal, type Report } from '../engine.ts'
import { failuresOf, refuse } from '../errors.ts'
import { DOWNLOADS_PATH, type FindDownload, sendDownload } from './download.ts'
import { CONTENT_SECURITY_POLICY, type GraphiQL } from './graphiql.ts'
import type { Readiness } from '../health.ts'
import { GRAPHQL_RESPONSE, JSON_RESPONSE, lastEventIdOf, negotiate, readParams } from './http-request.ts'
import { JSON_LINES, sendLines } from './jsonl.ts'
import type { Limits } from '../limits.ts'
import { acceptedParts, sendParts } from './multipart.ts'
import { allowOrigin, answerPreflight, type Origins } from './origins.ts'
import type { RequestContext } from '../request.ts'
import type { Streams } from '../streams/streams.ts'

type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Where GraphQL is served. */
export const GRAPHQL_PATH = '/graphql'
/** What is served, as `/` tells it. */
const PLACES = { graphql: GRAPHQL_PATH, live: '/health/live', ready: '/health/ready' } as const
/** Where the process's own figures are, for Prometheus. */
const METRICS_PATH = '/metrics'

/** What the routes answer with. */
interface Served {
  readonly execute: Execute
  readonly readiness: () => Promise<Readiness>
  readonly graphiql: GraphiQL | undefined
  readonly limits: Limits
  readonly streams: Streams
  readonly report: Report
  readonly origins: Origins
  readonly metrics: Metrics | undefined
  readonly findDownload: FindDownload | undefined
}

/** Tells the process's own figures. */
export type Metrics = () => Promise<{ readonly contentType: string; readonly body: string }>

/** Makes what answers an HTTP request, by its path. */
export function createRoutes(served: Served): Route {
  const { graphiql } = served
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
    if (path === METRICS_PATH && served.metrics !== undefined) {
      const { contentType, body } = await served.metrics()
      return send(response, 200, contentType, body)
    }
    if (path.startsWith(DOWNLOADS_PATH) && (request.method === 'GET' || request.method === 'HEAD')) {
      const token = path.slice(DOWNLOADS_PATH.length)
      const download = await served.findDownload?.(token)
      if (download) return sendDownload(request, response, token, download)
    }
    const asset = request.method === 'GET' ? graphiql?.asset(path) : undefined
    if (!asset)
      return sendJson(response, 404, { error: `Nothing is served here. GraphQL is at ${GRAPHQL_PATH}.` })
    send(response, 200, asset.contentType, asset.body)
  }
}

const NOT_ACCEPTABLE = `The answer can be ${GRAPHQL_RESPONSE}, ${JSON_RESPONSE}, ${JSON_LINES} or ${EVENT_STREAM}.`

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
      if (type === EVENT_STREAM) {
        const resumed = { ...params, lastEventId: lastEventIdOf(request) }
        return await streams.sendEvents({ request, response }, resumed, context)
      }
      if (type === JSON_LINES) {
        const refused = await sendLines(response, { params, context, execute })
        if (refused) sendAnswer(response, refused, GRAPHQL_RESPONSE)
        return
      }
      const answer = await execute(params, context)
      const { body: first, later } = answer
      if (partSpec && later) await sendParts(response, { first, later, partSpec, context })
      else sendAnswer(response, answer, type ?? JSON_RESPONSE)
    } catch (error) {
      if (response.headersSent) throw error
      const answer = refusal(failuresOf(error), context, report)
      const refusalType =
        type === undefined || type === EVENT_STREAM || type === JSON_LINES ? JSON_RESPONSE : type
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
