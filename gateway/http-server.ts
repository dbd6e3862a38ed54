import { createServer, type RequestListener, type Server } from 'node:http'

import type { Limits } from './limits.ts'

/** How often Node looks for connections that are over their time. */
const CHECK_INTERVAL_MS = 1_000

/** Makes the server in front of a gateway. Node itself refuses heads that are too large (431) or too slow (408). */
export function createHttpServer(handle: RequestListener, limits: Limits): Server {
  const server = createServer(
    {
      maxHeaderSize: limits.maxHeaderBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
    },
    handle,
  )
  server.maxConnections = limits.maxConnections
  return server
}
