import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

import { type WebSocket, WebSocketServer } from 'ws'

import type { Limits } from '../limits.ts'
import { clientOf } from './client.ts'
import { createQuota } from './quota.ts'
import { converse, type ConversationOptions, SUBPROTOCOL } from './ws-protocol.ts'

/** What the WebSockets of a gateway are made of. */
interface WebSocketOptions extends Omit<ConversationOptions, 'client'> {
  readonly path: string
  /** Origins whose pages may open a socket besides those that are served here. */
  readonly origins: ReadonlySet<string>
}

/** GraphQL over WebSocket. */
export interface WebSockets {
  /** Takes an HTTP upgrade, or refuses it: pass it to the server's `upgrade` event. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Tells every client that the gateway goes away. Resolves when all are gone, in bounded time. */
  readonly close: () => Promise<void>
}

/** RFC 6455: the server is going away. Clients connect again, to another replica or to the next process. */
const GOING_AWAY = 1001

/** Makes the way in for WebSockets. */
export function createWebSockets(options: WebSocketOptions): WebSockets {
  const { limits, log } = options
  const sockets = createQuota(limits.maxSocketsPerClient)
  const server = createSocketServer(limits)
  let isClosed = false

  const serve = (socket: WebSocket, request: IncomingMessage): void => {
    socket.on('error', (error) => log.debug({ err: error }, 'a WebSocket failed'))
    endIfSilent(socket, limits)
    converse(socket, { ...options, client: clientOf(request) })
  }

  return {
    upgrade(request, socket, head) {
      const isFull = isClosed || server.clients.size >= limits.maxSockets
      const status = isFull ? 503 : refusalOf(request, options)
      if (status !== undefined) return refuseUpgrade(socket, status, limits)
      const release = sockets.take(clientOf(request))
      if (!release) return refuseUpgrade(socket, 429, limits)
      socket.once('close', release)
      server.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, request))
    },
    async close() {
      isClosed = true
      await Promise.all([...server.clients].map(goAway))
    },
  }
}

function createSocketServer({ maxBodyBytes, streamCloseTimeoutMs }: Limits): WebSocketServer {
  const options = {
    noServer: true,
    maxPayload: maxBodyBytes,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
    // A client that does not answer our wish to close is cut off after this time.
    closeTimeout: streamCloseTimeoutMs,
  }
  return new WebSocketServer(options)
}

/** The HTTP status with which an upgrade is refused, if it is. */
function refusalOf(
  { url = '', headers }: IncomingMessage,
  { path, origins }: WebSocketOptions,
): number | undefined {
  if (url.split('?', 1)[0] !== path) return 404
  // A browser lets any page open a socket to anywhere: only the server can hold it back.
  const { origin, host } = headers
  if (origin !== undefined && !origins.has(origin) && URL.parse(origin)?.host !== host) return 403
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim())
  return protocols.includes(SUBPROTOCOL) ? undefined : 400
}

/** Node bounds no connection that it gave away: this one is let go even if its client neither reads nor ends. */
function refuseUpgrade(socket: Duplex, status: number, { streamCloseTimeoutMs }: Limits): void {
  const letGo = (): void => void socket.destroy()
  const timer = setTimeout(letGo, streamCloseTimeoutMs)
  socket.on('error', letGo).once('finish', letGo)
  socket.once('close', () => clearTimeout(timer))
  // What was sent and is not read would have the kernel drop the refusal.
  socket.resume()
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

/** Asks for a sign of life now and then, and cuts off a client that gave none since the last time. */
function endIfSilent(socket: WebSocket, { heartbeatMs }: Limits): void {
  let isAlive = true
  let waitingBytes = 0
  socket.on('pong', () => {
    isAlive = true
  })
  const heartbeat = setInterval(() => {
    // One that reads a long answer slowly has not come to the last ping yet.
    const isReading = socket.bufferedAmount < waitingBytes
    if (!isAlive && !isReading) return socket.terminate()
    isAlive = false
    socket.ping()
    waitingBytes = socket.bufferedAmount
  }, heartbeatMs)
  socket.on('close', () => clearInterval(heartbeat))
}

async function goAway(socket: WebSocket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  socket.on('close', () => resolve())
  socket.close(GOING_AWAY, 'The gateway stops')
  return promise
}
