import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

import type { Clock } from '#platform/clock.ts'
import { createSigner, type Sign } from '#platform/signature.ts'

import { type SubgraphError, SubgraphFailure } from './errors.ts'
import { remoteEvents } from './events-http.ts'
import type { Limits } from './limits.ts'
import { identityText, isJsonObject, type RequestContext } from './request.ts'
import { type SubgraphAnswer, type Transport, withDeadline } from './transport.ts'

/** A subgraph that runs as a service of its own. */
export interface RemoteSubgraph {
  readonly name: string
  /** Its GraphQL endpoint, http or https. */
  readonly url: string
  /** What requests to the service are signed with; without it they are not. */
  readonly secret?: string | undefined
}

/** Calls a subgraph over HTTP on kept-alive connections. */
export function createHttpTransport(
  { name, url, secret }: RemoteSubgraph,
  limits: Limits,
  clock: Clock,
): Transport {
  const sign = secret === undefined ? undefined : createSigner(secret, name, clock)
  const target = new URL(url)
  const endpoint = createEndpoint(target, sign, limits)
  return {
    name,
    prepare({ text, isMutation }) {
      const bodyStart = `{"query":${JSON.stringify(text)},"variables":`
      return (variables, request) => {
        const body = `${bodyStart}${JSON.stringify(variables)}}`
        const work = (signal: AbortSignal): Promise<SubgraphAnswer> =>
          endpoint.call({ body, request, signal, mayRepeat: !isMutation })
        return withDeadline(work, request.signal, limits.fetchTimeoutMs)
      }
    },
    prepareEvents: (text) =>
      remoteEvents(
        text,
        {
          name,
          target,
          headersOf: (call) => headersOf(call, target, sign),
          readAnswer: (response) => readAnswer(response, limits.maxSubgraphBytes),
          parseAnswer,
        },
        limits,
      ),
    close: () => endpoint.close(),
  }
}

interface Call {
  readonly body: string
  readonly request: RequestContext
  readonly signal: AbortSignal
  /** Only a read may be sent a second time. */
  readonly mayRepeat: boolean
}

function createEndpoint(
  target: URL,
  sign: Sign | undefined,
  limits: Limits,
): { call(call: Call): Promise<SubgraphAnswer>; close(): void } {
  const isTls = target.protocol === 'https:'
  const send = isTls ? httpsRequest : httpRequest
  const pool = { keepAlive: true, maxSockets: limits.maxSubgraphSockets }
  const agent = isTls ? new HttpsAgent(pool) : new HttpAgent(pool)

  const exchange = (call: Call): Promise<IncomingMessage> => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const outgoing = send(target, {
      method: METHOD,
      agent,
      signal: call.signal,
      headers: headersOf(call, target, sign),
    })
    outgoing.on('response', resolve)
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = outgoing.reusedSocket && error.code === 'ECONNRESET'
      reject(isStale ? new StaleConnection() : unavailable(error))
    })
    outgoing.end(call.body)
    return promise
  }

  const exchangeOnLiveConnection = async (call: Call): Promise<IncomingMessage> => {
    try {
      return await exchange(call)
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error
      if (!call.mayRepeat) throw unavailable(error)
      return exchange(call)
    }
  }

  return {
    call: async (call) => readAnswer(await exchangeOnLiveConnection(call), limits.maxSubgraphBytes),
    close: () => agent.destroy(),
  }
}

/** The subgraph closed a kept-alive connection just when it was used again, most likely with the request unread. */
class StaleConnection extends Error {
  override readonly name = 'StaleConnection'
}

function unavailable(cause: Error): SubgraphFailure {
  return new SubgraphFailure('SUBGRAPH_UNAVAILABLE', cause.message, { cause })
}

const METHOD = 'POST'

function headersOf(
  { body, request }: Pick<Call, 'body' | 'request'>,
  { pathname, search }: URL,
  sign?: Sign,
): OutgoingHttpHeaders {
  const target = pathname + search
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    accept: 'application/json',
    'x-request-id': request.requestId,
    ...sign?.({ method: METHOD, target, body, identity: identityText(request) }),
  }
}

const UNPROVEN = 'status 401: is SUBGRAPH_SECRET the same here and there? The log of the subgraph tells more'

async function readAnswer(message: IncomingMessage, maxBytes: number): Promise<SubgraphAnswer> {
  if (message.statusCode === 401) {
    message.resume()
    throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', UNPROVEN)
  }
  const answer = parseAnswer(await readText(message, maxBytes))
  if (answer) return answer
  const isDown = (message.statusCode ?? 0) >= 500
  throw new SubgraphFailure(
    isDown ? 'SUBGRAPH_UNAVAILABLE' : 'SUBGRAPH_BAD_RESPONSE',
    `status ${message.statusCode} without a GraphQL answer`,
  )
}

async function readText(message: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > maxBytes) throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', `more than ${maxBytes} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof SubgraphFailure) throw error
    throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'the answer broke off', { cause: error })
  }
  return Buffer.concat(chunks, bytes).toString('utf8')
}

/** The answer if the text is one: data, errors, or both, in the shapes of the GraphQL response format. */
function parseAnswer(text: string): SubgraphAnswer | undefined {
  const answer = parseJson(text)
  if (!isJsonObject(answer)) return undefined
  const { data = null, errors = [] } = answer
  if (data !== null && !isJsonObject(data)) return undefined
  if (!Array.isArray(errors) || !errors.every(isSubgraphError)) return undefined
  return data === null && errors.length === 0 ? undefined : { data, errors }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isSubgraphError(error: unknown): error is SubgraphError {
  if (!isJsonObject(error) || typeof error.message !== 'string') return false
  return error.path === undefined || error.path === null || Array.isArray(error.path)
}
