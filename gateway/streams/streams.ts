import type { IncomingMessage, ServerResponse } from 'node:http'

import type { Log } from '#platform/log.ts'

import type { Engine } from '../engine.ts'
import { refuse } from '../errors.ts'
import type { Limits } from '../limits.ts'
import { clientOf } from './client.ts'
import { createQuota } from './quota.ts'
import type { GraphQLParams, RequestContext } from '../request.ts'
import { sendEvents } from './sse.ts'
import { createSubscriptions, type Subscriptions } from './subscribe.ts'
import { createWebSockets, type WebSockets } from './websocket.ts'
import type { ConversationOptions } from './ws-protocol.ts'

/** What the streams of a gateway are made of. */
interface StreamsOptions {
  readonly currentEngine: () => Engine
  readonly refuseError: ConversationOptions['refuseError']
  /** Path at which WebSockets are taken. */
  readonly path: string
  /** Origins whose pages may open a WebSocket besides those that are served here. */
  readonly origins: ReadonlySet<string>
  readonly limits: Limits
  readonly log: Log
}

/** The ways to be answered more than once, and their end. */
export interface Streams extends Subscriptions {
  /** Answers an HTTP request with a stream of events. Refuses a client that has too many. */
  readonly sendEvents: (exchange: Exchange, params: GraphQLParams, context: RequestContext) => Promise<void>
  readonly upgrade: WebSockets['upgrade']
  /** Ends all that is under way. Resolves when every socket is closed. */
  readonly end: () => Promise<void>
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Makes the ways to be answered more than once. What a client has open is counted over all of them. */
export function createStreams(options: StreamsOptions): Streams {
  const { limits } = options
  const stopping = new AbortController()
  const operations = createQuota(limits.maxOperationsPerClient)
  const { stream, moveAll } = createSubscriptions({ ...options, stopping: stopping.signal })
  const webSockets = createWebSockets({ ...options, stream, operations })
  return {
    stream,
    moveAll,
    async sendEvents({ request, response }, params, context) {
      const release = operations.take(clientOf(request))
      if (!release)
        return refuse('TOO_MANY_STREAMS', 'Too many operations are open: complete some of them first.')
      try {
        await sendEvents(response, (hasRoom) => stream(params, context, hasRoom), limits, stopping.signal)
      } finally {
        release()
      }
    },
    upgrade: webSockets.upgrade,
    async end() {
      // Sockets are told first: what ends on them afterwards is not taken for complete.
      const closed = webSockets.close()
      stopping.abort()
      await closed
    },
  }
}
