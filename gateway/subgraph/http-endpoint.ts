import {
  Agent as HttpAgent,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as httpRequest,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { urlToHttpOptions } from 'node:url'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

import type { Sign } from '#platform/signature.ts'

import { PassingFailure, SubgraphFailure } from '../errors.ts'
import type { Limits } from '../limits.ts'
import { identityText, type RequestContext } from '../request.ts'
import type { Reply } from './subgraph-answer.ts'

/** Where a service answers GraphQL requests. */
export interface Endpoint {
  /** Sends a request once. Throws a SubgraphFailure, a PassingFailure where the next try may fare better. */
  post(body: string, request: RequestContext, signal: AbortSignal): Promise<Reply>
  /** The head of a request, signed where it is to be. */
  readonly headersOf: (body: string, request: RequestContext) => OutgoingHttpHeaders
  /** Lets go of all connections. */
  close(): void
}

/** Opens a pool of kept-alive connections to an endpoint; requests are signed where there is something to sign with. */
export function openEndpoint(url: URL, sign: Sign | undefined, limits: Limits): Endpoint {
  const target = urlToHttpOptions(url)
  const isTls = target.protocol === 'https:'
  const send = isTls ? httpsRequest : httpRequest
  const pool = { keepAlive: true, maxSockets: limits.maxSubgraphSockets }
  const agent = isTls ? new HttpsAgent(pool) : new HttpAgent(pool)
  const line = { method: 'POST', target: target.path ?? '/' }

  const signedHeadersOf: Endpoint['headersOf'] = (body, request) => ({
    ...headersOf(body, request),
    ...sign?.({ ...line, body, identity: identityText(request) }),
  })

  return {
    headersOf: signedHeadersOf,
    async post(body, request, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
      const headers = signedHeadersOf(body, request)
      const outgoing = send({ ...target, method: line.method, agent, signal, headers })
      outgoing.on('error', (cause) =>
        reject(new PassingFailure(cause.message, { cause, isUnsent: isUnsent(cause) })),
      )
      outgoing.on('response', resolve)
      outgoing.end(body)
      try {
        return await readReply(await promise, limits.maxSubgraphBytes)
      } catch (error) {
        throw signal.aborted ? signal.reason : error
      }
    },
    close: () => agent.destroy(),
  }
}

/** What ends a request before there is a connection. */
const UNCONNECTED: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

function isUnsent({ code }: NodeJS.ErrnoException): boolean {
  return UNCONNECTED.has(code)
}

function headersOf(body: string, { requestId }: RequestContext): OutgoingHttpHeaders {
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'x-request-id': requestId,
  }
}

/** The bytes of a body as they came, up to a limit. */
function collect(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  let bytes = 0
  message.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes <= maxBytes) return
    reject(tooLarge(maxBytes))
    message.destroy()
  })
  message.on('end', () => resolve(Buffer.concat(chunks, bytes)))
  message.on('error', (cause) => reject(new PassingFailure('the answer broke off', { cause })))
  return promise
}

const BAD_GATEWAY = 502
const SERVICE_UNAVAILABLE = 503
const GATEWAY_TIMEOUT = 504
/** What a proxy or a service says that cannot answer now. */
const PASSING: ReadonlySet<number> = new Set([BAD_GATEWAY, SERVICE_UNAVAILABLE, GATEWAY_TIMEOUT])
const UNAUTHORIZED = 401
const UNPROVEN =
  'status 401, the signature is refused: is SUBGRAPH_SECRET the same here and there? The log of the subgraph tells more'

/** The reply that a message is, or a SubgraphFailure. */
export async function readReply(message: IncomingMessage, maxBytes: number): Promise<Reply> {
  const { statusCode: status = 0, headers } = message
  const bytes = await collect(message, maxBytes)
  if (PASSING.has(status)) throw new PassingFailure(`status ${status}`)
  if (status === UNAUTHORIZED) throw new SubgraphFailure('SUBGRAPH_REFUSED', UNPROVEN, { isUnsent: true })
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return { status, text: bytes.toString('utf8') }
  if (encoding === 'gzip') return { status, text: (await decompress(bytes, maxBytes)).toString('utf8') }
  throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', `the unknown content-encoding ${encoding}`)
}

const gunzipAsync = promisify(gunzip)

/** Stops as soon as there is more than may be. */
async function decompress(bytes: Buffer, maxOutputLength: number): Promise<Buffer> {
  try {
    return await gunzipAsync(bytes, { maxOutputLength })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxOutputLength)
    throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'what came is no gzip', { cause })
  }
}

function tooLarge(maxBytes: number): SubgraphFailure {
  return new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', `more than ${maxBytes} bytes`)
}
