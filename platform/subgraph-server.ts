import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import { ApolloServer, HeaderMap } from '@apollo/server'
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql'
import type { Clock } from './clock.ts'
import { PUBLIC_ERROR_CODES } from './errors.ts'
import { EVENT_STREAM } from './event-stream.ts'
import type { Log } from './log.ts'
import type { Scope } from './scope.ts'
import { settleLists } from './settle-lists.ts'
import { createVerifier, hasDigest, OVERLOADED, type Verify } from './signature.ts'
import { answerWithEvents, type SubscribedSubgraph } from './subgraph-events.ts'
import { expose } from './telemetry.ts'

export interface ServedSubgraph {
  readonly name: string
  readonly schema: GraphQLSchema
  readonly createContext: (scope: Scope) => object
}

export interface RunningSubgraph {
  readonly url: string
  readonly stop: () => Promise<void>
}

export interface ServeOptions {
  readonly host: string
  readonly port: number
  readonly log: Log
  readonly clock: Clock
  /** Secrets of which one must have signed a request; without any, whoever reaches the port may ask. */
  readonly secrets: readonly string[]
  /** Throws while the subgraph cannot answer; without it, it can whenever it is asked. */
  readonly check?: () => Promise<void>
  /** Signed requests of half a minute, if not as many as memory allows. */
  readonly maxNonces?: number
}

/** The largest request that is read. */
const MAX_BODY_BYTES = 1_048_576
/** The longest list among a request's variables: entities that are asked for at once. */
const MAX_REPRESENTATIONS = 10_000
/** Shorter answers travel as they are: compressing them costs more time than it saves. */
const MIN_COMPRESSED_CHARS = 16_384
/** How long open requests may take to end when the server is asked to stop. */
const STOP_TIMEOUT_MS = 5_000

/** Serves one subgraph over HTTP, for a gateway that runs elsewhere. */
export async function serveSubgraph(
  subgraph: ServedSubgraph,
  { host, port, log, clock, secrets, check, maxNonces }: ServeOptions,
): Promise<RunningSubgraph> {
  settleLists(subgraph.schema)
  const apollo = new ApolloServer<object>({
    schema: subgraph.schema,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    formatError: (error, cause) => maskUnlessPublic(error, cause, log),
    logger: log,
    stopOnTerminationSignals: false,
  })
  await apollo.start()
  const stopping = new AbortController()
  const subscribed = {
    ...subgraph,
    maskError: (error: GraphQLError) => maskUnlessPublic(error.toJSON(), error.originalError ?? error, log),
    log,
    stopping: stopping.signal,
  }
  const verify = secrets.length > 0 ? createVerifier(secrets, subgraph.name, clock, maxNonces) : undefined
  const server = createServer((request, response) => {
    answer(request, response, { apollo, subgraph: subscribed, verify, check, log }).catch(
      (error: unknown) => {
        log.error({ err: error }, 'a request ended without an answer')
        response.destroy()
      },
    )
  })
  server.listen(port, host)
  await once(server, 'listening')
  const { port: boundPort } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}/`,
    stop: async () => {
      stopping.abort()
      await close(server)
      await apollo.stop()
    },
  }
}

interface Service {
  readonly apollo: ApolloServer<object>
  readonly subgraph: SubscribedSubgraph
  /** Undefined where requests need no signature. */
  readonly verify: Verify | undefined
  readonly check: ServeOptions['check']
  readonly log: Log
}

/** Where whoever starts processes asks whether this one lives, and whether requests are to be sent to it. */
const HEALTH = { live: '/health/live', ready: '/health/ready' } as const

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { apollo, subgraph, verify, check, log }: Service,
): Promise<void> {
  if (request.method === 'GET' && request.url === HEALTH.live) return tell(response, 200, { live: true })
  if (request.method === 'GET' && request.url === HEALTH.ready) return tellReadiness(response, check, log)
  if (request.method === 'GET' && request.url === METRICS_PATH) return sendFigures(response)
  const complaint = verify?.(request)
  if (complaint === OVERLOADED) return refuseForNow(response, log)
  if (complaint !== undefined) return refuseUnproven(response, complaint, log)
  if (request.method !== 'POST') return refuse(response, 405, 'Send a POST.')
  const bytes = await readBytes(request)
  if (bytes === undefined) return refuse(response, 413, `The body has more than ${MAX_BODY_BYTES} bytes.`)
  if (verify && !hasDigest(request.headers['content-digest'], bytes))
    return refuseUnproven(response, 'its body was altered on its way', log)
  const body = parseObject(bytes.toString('utf8'))
  if (body === undefined) return refuse(response, 400, 'The body is no JSON object.')
  if (hasLongList(body)) return refuse(response, 413, `A list has more than ${MAX_REPRESENTATIONS} items.`)
  if (request.headers.accept === EVENT_STREAM)
    return answerWithEvents(response, requestIdOf(request), body, subgraph)
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers: headersOf(request), search: '', body },
    context: () =>
      Promise.resolve(
        subgraph.createContext({ requestId: requestIdOf(request), isOver: () => response.destroyed }),
      ),
  })
  if (result.body.kind !== 'complete') throw new Error('an answer in parts was not asked for')
  await send(request, response, result.status ?? 200, Object.fromEntries(result.headers), result.body.string)
}

/** Where the process's own figures are, for Prometheus: whoever reaches the port may read them. */
const METRICS_PATH = '/metrics'

async function sendFigures(response: ServerResponse): Promise<void> {
  const { contentType, body } = await expose()
  response.writeHead(200, { 'content-type': contentType }).end(body)
}

const gzipAsync = promisify(gzip)

async function send(
  { headers: { 'accept-encoding': accepted = '' } }: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<void> {
  const isWorthIt = body.length >= MIN_COMPRESSED_CHARS && /\bgzip\b/.test(accepted)
  const bytes = isWorthIt ? await gzipAsync(body, { level: constants.Z_BEST_SPEED }) : Buffer.from(body)
  const encoding = isWorthIt ? { 'content-encoding': 'gzip' } : {}
  response.writeHead(status, { ...headers, ...encoding, 'content-length': bytes.length }).end(bytes)
}

async function tellReadiness(
  response: ServerResponse,
  check: ServeOptions['check'],
  log: Log,
): Promise<void> {
  try {
    await check?.()
    tell(response, 200, { ready: true })
  } catch (error) {
    log.warn({ err: error }, 'a check of readiness failed')
    tell(response, 503, { ready: false })
  }
}

function tell(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Who asks learns nothing; the log tells an operator what to mend. */
function refuseUnproven(response: ServerResponse, complaint: string, log: Log): void {
  log.warn({ complaint }, 'a request was refused, since it is not known to come from the gateway')
  refuse(response, 401, 'This subgraph answers its gateway only.', 'UNAUTHENTICATED')
}

/** A gateway may try again, and finds itself spared by its circuit where that does not help. */
function refuseForNow(response: ServerResponse, log: Log): void {
  log.error(`a signed request was refused: ${OVERLOADED}. Run this subgraph in more processes`)
  refuse(response, 503, 'This subgraph has too many requests.', 'SUBGRAPH_UNAVAILABLE')
}

function refuse(response: ServerResponse, status: number, message: string, code = 'BAD_REQUEST'): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] })
  // The rest of the body is not worth reading.
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(body)
}

/** The body, or undefined as soon as it is too large. */
async function readBytes(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  // The connection stays open where reading ends early: the refusal goes over it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function hasLongList({ variables }: Record<string, unknown>): boolean {
  if (!isObject(variables)) return false
  return Object.values(variables).some((value) => Array.isArray(value) && value.length > MAX_REPRESENTATIONS)
}

/** As the gateway named it; a name of its own where somebody else asks. */
function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']
  return typeof given === 'string' ? given : randomUUID()
}

function headersOf({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap()
  for (const [name, value] of Object.entries(headers)) map.set(name, String(value))
  return map
}

const PUBLIC_CODES: ReadonlySet<unknown> = new Set(PUBLIC_ERROR_CODES)

/** A service may be asked by others than the gateway: what they may not read stays in this process's log. */
function maskUnlessPublic(error: GraphQLFormattedError, cause: unknown, log: Log): GraphQLFormattedError {
  const { message, path } = error
  const code = error.extensions?.['code']
  if (PUBLIC_CODES.has(code)) return { message, ...(path && { path }), extensions: { code } }
  log.error({ err: cause, path }, 'an error was masked')
  return {
    message: 'Something went wrong inside the subgraph. Its log tells what.',
    ...(path && { path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  const timer = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS)
  server.close()
  server.closeIdleConnections()
  await closed
  clearTimeout(timer)
}
