import { once } from 'node:events'
import type { Server } from 'node:http'

import { expect } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'

import { createHttpServer } from '#gateway/http/http-server.ts'
import { defaultLimits, type Limits } from '#gateway/limits.ts'
import type { Gateway } from '#gateway/server.ts'
import { closeLater } from '#test/support/closing.ts'

import { createFeed, type Feed, gatewayOverFeed, type Invoice } from './feed.ts'
import { listen } from './graph.ts'

export const PROTOCOL = 'graphql-transport-ws'
export const TICKS = 'subscription { ticks }'

/** The same with a text of its own: what asks for it shares nothing with others. */
export const ticksAs = (name: string): string => `subscription { ${name}: ticks }`

/** A gateway over the feed, served. */
export interface Served {
  readonly feed: Feed
  readonly gateway: Gateway
  readonly server: Server
  /** Its GraphQL endpoint over HTTP, and over WebSocket. */
  readonly url: string
  readonly socketUrl: string
}

/** Serves a gateway over the feed until the test ends. */
export async function serve(limits: Partial<Limits> = {}): Promise<Served> {
  const feed = createFeed()
  const gateway = gatewayOverFeed(feed, { limits })
  const server = createHttpServer(gateway, { ...defaultLimits, ...limits })
  const url = `${await listen(server)}graphql`
  return { feed, gateway, server, url, socketUrl: url.replace('http', 'ws') }
}

/** A socket that speaks only when the test says so. */
export interface Raw {
  readonly socket: WebSocket
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  send(message: object | string): void
  next(): Promise<Record<string, unknown>>
}

/** Opens a socket. */
export function open(url: string, protocols: string | string[] = PROTOCOL, options: ClientOptions = {}): Raw {
  const socket = new WebSocket(url, protocols, options)
  const messages: Record<string, unknown>[] = []
  const waiting: ((message: Record<string, unknown>) => void)[] = []
  socket.on('message', (data) => {
    const message = JSON.parse((data as Buffer).toString()) as Record<string, unknown>
    const take = waiting.shift()
    if (take) take(message)
    else messages.push(message)
  })
  const { promise: closed, resolve } = Promise.withResolvers<{ code: number; reason: string }>()
  socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }))
  socket.on('error', () => undefined)
  closeLater(() => socket.terminate())
  return {
    socket,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: async () =>
      messages.shift() ??
      new Promise((take) => {
        waiting.push(take)
      }),
  }
}

/** Opens a socket and has its beginning acknowledged. */
export async function begin(url: string): Promise<Raw> {
  const raw = open(url)
  await once(raw.socket, 'open')
  raw.send({ type: 'connection_init' })
  expect(await raw.next()).toEqual({ type: 'connection_ack' })
  return raw
}

/** The message that begins an operation. */
export const subscribe = (id: string, query: string, more: object = {}): object => ({
  id,
  type: 'subscribe',
  payload: { query, ...more },
})

/** A paid invoice of the first customer. */
export const invoice = (id: string): Invoice => ({ id, customer: 'c1', total: 7 })
