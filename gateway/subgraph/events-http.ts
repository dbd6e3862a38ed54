import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'

import { EVENT_STREAM, readEventStream } from '#platform/event-stream.ts'

import { failureOfSubgraph, PassingFailure, RequestError, SubgraphFailure } from '../errors.ts'
import type { Breaker } from './breaker.ts'
import { readReply } from './http-endpoint.ts'
import type { Limits } from '../limits.ts'
import type { RequestContext } from '../request.ts'
import { compileReplyReader, type ReadReply } from './subgraph-answer.ts'
import { type SubgraphEvents, withDeadline } from './transport.ts'

const OK = 200

/** What a subscription shares with the other requests to a remote subgraph. */
interface Endpoint {
  readonly name: string
  readonly target: URL
  readonly breaker: Breaker
  readonly headersOf: (body: string, request: RequestContext) => OutgoingHttpHeaders
}

/**
 * Subscribes to a subgraph over HTTP: GraphQL over SSE, with a connection for each subscription. The breaker decides
 * and learns whether one is opened; how it ends tells it nothing.
 */
export function remoteEvents(text: string, endpoint: Endpoint, limits: Limits): SubgraphEvents {
  const bodyStart = `{"query":${JSON.stringify(text)},"variables":`
  const read = compileReplyReader(text, limits)
  return async function* events(variables, request) {
    try {
      const body = `${bodyStart}${JSON.stringify(variables)}}`
      const open = (opening: AbortSignal): Promise<IncomingMessage> =>
        openStream(body, { request, opening }, { ...endpoint, read }, limits)
      const stream = await endpoint.breaker.run(() =>
        withDeadline(open, request.signal, limits.fetchTimeoutMs),
      )
      for await (const { name, data } of readEventStream(stream, limits.maxEventChars)) {
        if (name === 'complete') return
        if (name !== 'next') continue
        const answer = read({ status: OK, text: data })
        yield () => Promise.resolve(answer)
      }
    } catch (error) {
      if (error instanceof SubgraphFailure || error instanceof RequestError) throw error
      throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'the events broke off', { cause: error })
    }
    throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'the events ended before they were complete')
  }
}

/** The response that carries the events. Throws where the subgraph sends none. */
async function openStream(
  body: string,
  { request, opening }: { readonly request: RequestContext; readonly opening: AbortSignal },
  { name, target, headersOf, read }: Endpoint & { readonly read: ReadReply },
  { eventSilenceTimeoutMs, maxSubgraphBytes }: Limits,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const outgoing = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, {
    method: 'POST',
    // Not one of the pool: for as long as the stream lasts, other requests could not have it.
    agent: false,
    signal: AbortSignal.any([request.signal, opening]),
    headers: { ...headersOf(body, request), accept: EVENT_STREAM, 'accept-encoding': 'identity' },
  })
  outgoing.on('response', resolve)
  outgoing.on('error', (cause) => reject(new PassingFailure(cause.message, { cause })))
  outgoing.end(body)
  const response = await promise
  const silence = `silent for ${eventSilenceTimeoutMs} ms`
  response.setTimeout(eventSilenceTimeoutMs, () =>
    response.destroy(new SubgraphFailure('SUBGRAPH_TIMEOUT', silence)),
  )
  if (response.headers['content-type']?.startsWith(EVENT_STREAM)) return response
  const { errors = [] } = read(await readReply(response, maxSubgraphBytes))
  if (errors.length > 0) throw new RequestError(errors.map((error) => failureOfSubgraph(error, name)))
  throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'what answers a subscription is no stream of events')
}
