import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'

import { EVENT_STREAM, readEventStream } from '#platform/event-stream.ts'

import { failureOfSubgraph, RequestError, SubgraphFailure } from './errors.ts'
import type { Limits } from './limits.ts'
import type { RequestContext } from './request.ts'
import type { SubgraphAnswer, SubgraphEvents } from './transport.ts'

/** What a subscription shares with the other requests to a remote subgraph. */
interface Endpoint {
  readonly name: string
  readonly target: URL
  readonly headersOf: (call: {
    readonly body: string
    readonly request: RequestContext
  }) => OutgoingHttpHeaders
  /** The answer that a response is. Throws a SubgraphFailure where it is none. */
  readonly readAnswer: (response: IncomingMessage) => Promise<SubgraphAnswer>
  /** The answer that a text is, if it is one. */
  readonly parseAnswer: (text: string) => SubgraphAnswer | undefined
}

/** Subscribes to a subgraph over HTTP: GraphQL over SSE, with a connection for each subscription. */
export function remoteEvents(text: string, endpoint: Endpoint, limits: Limits): SubgraphEvents {
  const bodyStart = `{"query":${JSON.stringify(text)},"variables":`
  return async function* events(variables, request) {
    try {
      const stream = await openStream(`${bodyStart}${JSON.stringify(variables)}}`, request, endpoint, limits)
      for await (const { name, data } of readEventStream(stream, limits.maxEventChars)) {
        if (name === 'complete') return
        if (name !== 'next') continue
        const answer = endpoint.parseAnswer(data)
        if (!answer) throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'an event is no GraphQL answer')
        yield () => Promise.resolve(answer)
      }
    } catch (error) {
      if (request.signal.aborted) return
      if (error instanceof SubgraphFailure || error instanceof RequestError) throw error
      throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'the events broke off', { cause: error })
    }
    throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'the events ended before they were complete')
  }
}

/** The response that carries the events. Throws where the subgraph sends none. */
async function openStream(
  body: string,
  request: RequestContext,
  { name, target, headersOf, readAnswer }: Endpoint,
  { fetchTimeoutMs, eventSilenceTimeoutMs }: Limits,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const outgoing = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, {
    method: 'POST',
    // Not one of the pool: for as long as the stream lasts, other requests could not have it.
    agent: false,
    signal: request.signal,
    headers: { ...headersOf({ body, request }), accept: EVENT_STREAM },
  })
  outgoing.on('response', resolve).on('error', reject)
  outgoing.setTimeout(fetchTimeoutMs, () => outgoing.destroy(tooLong(fetchTimeoutMs)))
  outgoing.end(body)
  const response = await promise
  response.setTimeout(eventSilenceTimeoutMs, () => response.destroy(tooLong(eventSilenceTimeoutMs)))
  if (response.headers['content-type']?.startsWith(EVENT_STREAM)) return response
  const { errors = [] } = await readAnswer(response)
  if (errors.length > 0) throw new RequestError(errors.map((error) => failureOfSubgraph(error, name)))
  throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'what answers a subscription is no stream of events')
}

function tooLong(timeoutMs: number): SubgraphFailure {
  return new SubgraphFailure('SUBGRAPH_TIMEOUT', `silent for ${timeoutMs} ms`)
}
