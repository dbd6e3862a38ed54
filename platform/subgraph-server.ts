import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApolloServer, HeaderMap } from '@apollo/server'
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql'
import { PUBLIC_ERROR_CODES } from './errors.ts'
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

export interface ServeOptions {
  readonly host: string
  readonly port: number
  readonly log: Log
  /** What callers must send as `x-subgraph-secret`; without it anyone who reaches the port may ask. */
  readonly secret?: string | undefined
}

/** The largest request that is read. */
const MAX_BODY_BYTES = 1_048_576
/** The longest list among a request's variables: entities that are asked for at once. */
const MAX_REPRESENTATIONS = 10_000
/** How long open requests may take to end when the server is asked to stop. */
const STOP_TIMEOUT_MS = 5_000

/** Serves one subgraph over HTTP, for a gateway that runs elsewhere. */
export async function serveSubgraph(
  subgraph: ServedSubgraph,
  { host, port, log, secret }: ServeOptions,
): Promise<RunningSubgraph> {
  const apollo = new ApolloServer<object>({
    schema: subgraph.schema,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    formatError: (error, cause) => maskUnlessPublic(error, cause, log),
    logger: log,
    stopOnTerminationSignals: false,
  })
  await apollo.start()
  const server = createServer((request, response) => {
    answer(request, response, { apollo, subgraph, secret }).catch((error: unknown) => {
      log.error({ err: error }, 'a request ended without an answer')
      response.destroy()
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  const { port: boundPort } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}/`,
    stop: async () => {
      await close(server)
      await apollo.stop()
    },
  }
}

interface Service {
  readonly apollo: ApolloServer<object>
  readonly subgraph: ServedSubgraph
  readonly secret: string | undefined
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { apollo, subgraph, secret }: Service,
): Promise<void> {
  if (secret !== undefined && !isSame(request.headers['x-subgraph-secret'], secret))
    return refuse(response, 401, 'The shared secret is missing or wrong.')
  if (request.method !== 'POST') return refuse(response, 405, 'Send a POST.')
  const text = await readText(request)
  if (text === undefined) return refuse(response, 413, `The body has more than ${MAX_BODY_BYTES} bytes.`)
  const body = parseObject(text)
  if (body === undefined) return refuse(response, 400, 'The body is no JSON object.')
  if (hasLongList(body)) return refuse(response, 413, `A list has more than ${MAX_REPRESENTATIONS} items.`)
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers: headersOf(request), search: '', body },
    context: () => Promise.resolve(subgraph.createContext()),
  })
  if (result.body.kind !== 'complete') throw new Error('an answer in parts was not asked for')
  response.writeHead(result.status ?? 200, Object.fromEntries(result.headers)).end(result.body.string)
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Compares in a time that tells nothing about where the two differ. */
function isSame(given: string | readonly string[] | undefined, secret: string): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret))
}

function refuse(response: ServerResponse, status: number, message: string): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] })
  // The rest of the body is not worth reading.
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(body)
}

/** The body as text, or undefined as soon as it is too large. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  // The connection stays open where reading ends early: the refusal goes over it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
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
