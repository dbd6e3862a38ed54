import type { Clock } from '#platform/clock.ts'
import type { Log } from '#platform/log.ts'
import { createSigner } from '#platform/signature.ts'

import { Breaker } from './breaker.ts'
import { remoteEvents } from './events-http.ts'
import { askInHalves, isTooLarge } from './halves.ts'
import { openEndpoint } from './http-endpoint.ts'
import type { Limits } from '../limits.ts'
import { identityText } from '../request.ts'
import { withRetries } from './retry.ts'
import type { SharedCalls } from './shared-calls.ts'
import { compileReplyReader, type Reply } from './subgraph-answer.ts'
import type { SubgraphCall, Transport } from './transport.ts'

const INTERNAL_SERVER_ERROR = 500

/** A subgraph that runs as a service of its own. */
export interface RemoteSubgraph {
  readonly name: string
  /** Its GraphQL endpoint, http or https. */
  readonly url: string
  /** What requests to the service are signed with; without it they are not. */
  readonly secret?: string | undefined
}

/** What the ways to all remote subgraphs of a gateway have in common. */
export interface HttpTransportOptions {
  readonly calls: SharedCalls<Reply>
  readonly limits: Limits
  readonly clock: Clock
  readonly log: Log
}

/**
 * Calls a subgraph over HTTP. From the outside to the inside: too many entities are asked for in halves, identical
 * reads share a call, a call is tried again, each try is counted by the breaker, signed and sent.
 */
export function createHttpTransport(
  { name, url, secret }: RemoteSubgraph,
  { calls, limits, clock, log }: HttpTransportOptions,
): Transport {
  const target = new URL(url)
  const sign = secret === undefined ? undefined : createSigner(secret, name, clock)
  const endpoint = openEndpoint(target, sign, limits)
  const breaker = new Breaker({
    limits,
    nowMs: () => performance.now(),
    onChange: (state, trouble) =>
      log.warn({ service: name, circuit: state, err: trouble }, `the circuit of ${name} is ${state}`),
  })
  return {
    name,
    circuit: () => breaker.state,
    prepare({ text, isMutation, entityLists = [] }) {
      const bodyStart = `{"query":${JSON.stringify(text)},"variables":`
      const read = compileReplyReader(text, limits)
      const call: SubgraphCall = async (variables, request) => {
        const body = `${bodyStart}${JSON.stringify(variables)}}`
        if (isTooLarge(body, variables, entityLists, limits))
          return askInHalves(variables, entityLists, (half) => call(half, request))
        const attempt = (signal: AbortSignal): Promise<Reply> =>
          breaker.run(async () => {
            const reply = await endpoint.post(body, request, signal)
            // One that fails inside is in trouble, unless it says so in GraphQL.
            if (reply.status >= INTERNAL_SERVER_ERROR) read(reply)
            return reply
          })
        if (isMutation) return read(await calls.write(request.signal, attempt))
        const key = `${name} ${identityText(request)} ${request.asOf ?? ''} ${body}`
        const patient = (signal: AbortSignal, deadlineMs: number): Promise<Reply> =>
          withRetries(() => attempt(signal), signal, deadlineMs, limits)
        return read(await calls.join(key, request.signal, patient))
      }
      return call
    },
    prepareEvents: (text) =>
      remoteEvents(text, { name, target, breaker, headersOf: endpoint.headersOf }, limits),
    close: () => endpoint.close(),
  }
}
