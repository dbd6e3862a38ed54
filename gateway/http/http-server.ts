import { createServer, type Server } from 'node:http'

import type { Limits } from '../limits.ts'
import type { Gateway } from '../server.ts'

/** How often Node looks for connections that are over their time. */
const CHECK_INTERVAL_MS = 1_000

/**
 * Makes the server in front of a gateway. Node itself refuses heads that are too large (431) or too slow (408), and
 * cuts off a client that does not read its answer.
 */
export function createHttpServer(
  { handle, upgrade }: Pick<Gateway, 'handle' | 'upgrade'>,
  limits: Limits,
): Server {
  const server = createServer(
    {
      maxHeaderSize: limits.maxHeaderBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      // An offer of anything else, such as HTTP/2, is passed over: the request is answered as it is.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    handle,
  )
  server.on('upgrade', upgrade)
  server.timeout = limits.clientSilenceTimeoutMs
  server.maxConnections = limits.maxConnections
  return server
}
