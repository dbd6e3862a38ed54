import { once } from 'node:events'
import { connect } from 'node:net'

import { describe, expect, it } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'

import { closeLater } from '#test/support/closing.ts'

import { begin, invoice, open, PROTOCOL, type Raw, serve, subscribe, TICKS, ticksAs } from './socket.ts'
import { connectionsOf } from './graph.ts'

/** The HTTP status with which an upgrade is refused; undefined where it is not. */
async function refusal({ socket }: Raw): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode))
  socket.on('open', () => resolve(undefined))
  return promise
}

describe('An upgrade', () => {
  it.each<[string, string, string[], ClientOptions, number]>([
    ['33: the legacy subprotocol', 'graphql', ['graphql-ws'], {}, 400],
    ['33: no subprotocol', 'graphql', [], {}, 400],
    ['34: a foreign origin', 'graphql', [PROTOCOL], { origin: 'https://evil.example' }, 403],
    ['34: an origin that is none', 'graphql', [PROTOCOL], { origin: 'null' }, 403],
    ['34: another port of this host', 'graphql', [PROTOCOL], { origin: 'http://127.0.0.1:1' }, 403],
    ['another path', 'health/live', [PROTOCOL], {}, 404],
  ])('is refused: %s', async (_what, path, protocols, options, status) => {
    const { socketUrl } = await serve()
    expect(await refusal(open(socketUrl.replace('graphql', path), protocols, options))).toBe(status)
  })

  it('is taken from the gateway’s own pages and from clients that are no browser', async () => {
    const { socketUrl } = await serve()
    expect(
      await refusal(
        open(socketUrl, PROTOCOL, { origin: socketUrl.replace('ws', 'http').replace('/graphql', '') }),
      ),
    ).toBeUndefined()
    expect(await refusal(open(socketUrl, ['graphql-ws', PROTOCOL]))).toBeUndefined()
  })

  it('that is no WebSocket is refused, and does not count', async () => {
    const { server, socketUrl } = await serve({ maxSocketsPerClient: 1 })
    const { hostname, port } = new URL(socketUrl)
    const socket = connect(Number(port), hostname)
    const head = [
      'host: x',
      'connection: upgrade',
      'upgrade: websocket',
      `sec-websocket-protocol: ${PROTOCOL}`,
    ]
    socket.write(`GET /graphql HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`)
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 400 /)
    socket.destroy()
    await expect.poll(() => connectionsOf(server)).toBe(0)
    expect(await refusal(open(socketUrl))).toBeUndefined()
  })

  it('that is refused holds no connection, though its client reads nothing and never ends', async () => {
    const { server, socketUrl } = await serve()
    const { hostname, port } = new URL(socketUrl)
    const lines = ['GET /nowhere HTTP/1.1', 'host: x', 'connection: upgrade', 'upgrade: websocket']
    for (const rest of ['', 'x'.repeat(100_000)]) {
      const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true }).pause()
      socket.on('error', () => undefined)
      closeLater(() => socket.destroy())
      socket.write(`${lines.join('\r\n')}\r\n\r\n${rest}`)
      await once(server, 'upgrade')
    }
    await expect.poll(() => connectionsOf(server)).toBe(0)
  })

  it('70: is refused to a client that has too many sockets, until one closes', async () => {
    const { socketUrl } = await serve({ maxSocketsPerClient: 2 })
    const first = await begin(socketUrl)
    await begin(socketUrl)
    expect(await refusal(open(socketUrl))).toBe(429)
    first.socket.close()
    await first.closed
    await expect.poll(() => refusal(open(socketUrl))).toBeUndefined()
  })

  it('70: is refused when there are too many sockets of all clients', async () => {
    const { socketUrl } = await serve({ maxSockets: 1 })
    await begin(socketUrl)
    expect(await refusal(open(socketUrl))).toBe(503)
  })
})

describe('A socket', () => {
  it('that dies closes every source that it had open', async () => {
    const { feed, socketUrl } = await serve()
    const raw = await begin(socketUrl)
    for (const id of ['1', '2', '3']) raw.send(subscribe(id, ticksAs(`t${id}`)))
    await expect.poll(() => feed.ticks.listeners).toBe(3)
    raw.socket.terminate()
    await expect.poll(() => feed.ticks.listeners).toBe(0)
  })

  it('whose client is gone without a word is cut off', async () => {
    const { socketUrl } = await serve({ heartbeatMs: 20 })
    expect((await open(socketUrl, PROTOCOL, { autoPong: false }).closed).code).toBe(1006)
  })

  it('whose client answers pings stays open', async () => {
    const { socketUrl } = await serve({ heartbeatMs: 200 })
    const raw = await begin(socketUrl)
    let pings = 0
    raw.socket.on('ping', () => {
      pings += 1
    })
    await expect.poll(() => pings).toBeGreaterThan(2)
    expect(raw.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('69: that is not read has bounded buffers, and its operations are told that they miss something', async () => {
    const { feed, socketUrl } = await serve({ maxWaitingBytes: 10_000 })
    const raw = await begin(socketUrl)
    raw.send(subscribe('1', 'subscription { paid { id } }'))
    await expect.poll(() => feed.paid.listeners).toBe(1)
    raw.socket.pause()
    const id = 'x'.repeat(1_000_000)
    let published = 0
    while (feed.paid.listeners > 0 && published < 100) {
      feed.paid.publish(invoice(id))
      published += 1
      await new Promise(setImmediate)
    }
    await expect.poll(() => feed.paid.listeners).toBe(0)
    expect(published).toBeLessThan(100)
    raw.socket.resume()
    let message = await raw.next()
    while (message.type === 'next') message = await raw.next()
    expect(message).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'SLOW_READER' } }] })
    // It reads again, so it is listened to again.
    raw.send({ type: 'ping' })
    expect(await raw.next()).toEqual({ type: 'pong' })
  })

  it('69: that is not read has few answers kept for it, and is told which were left out', async () => {
    const { feed, socketUrl } = await serve({ maxWaitingBytes: 10_000 })
    feed.names.set('c1', 'x'.repeat(1_000_000))
    const raw = await begin(socketUrl)
    raw.socket.pause()
    const ids = Array.from({ length: 40 }, (_, index) => String(index))
    for (const id of ids) raw.send(subscribe(id, '{ customer(id: "c1") { name } }'))
    await expect.poll(() => feed.journal.length).toBeGreaterThanOrEqual(ids.length)
    raw.socket.resume()
    const ends = new Map<unknown, unknown>()
    let answers = 0
    while (ends.size < ids.length) {
      const { id, type, payload } = await raw.next()
      if (type === 'next') answers += 1
      else ends.set(id, type)
      if (type === 'error') expect(payload).toMatchObject([{ extensions: { code: 'SLOW_READER' } }])
    }
    // What the kernels hold, what is being written and what waits.
    expect(answers).toBeGreaterThan(1)
    expect(answers).toBeLessThan(20)
    expect([...ends.values()].filter((type) => type === 'complete')).toHaveLength(answers)
  })

  it('69: whose client reads everything is sent more than may wait at a time', async () => {
    const { feed, socketUrl } = await serve({ maxWaitingBytes: 1_000_000 })
    feed.names.set('c1', 'x'.repeat(1_000_000))
    const raw = await begin(socketUrl)
    for (const id of ['1', '2', '3']) raw.send(subscribe(id, '{ customer(id: "c1") { name } }'))
    const types = await Promise.all(Array.from({ length: 6 }, async () => (await raw.next()).type))
    expect(types.filter((type) => type === 'next')).toHaveLength(3)
  })

  it('69: that is never read is cut off', async () => {
    const { server, socketUrl } = await serve({ maxWaitingBytes: 10_000, heartbeatMs: 50 })
    const raw = await begin(socketUrl)
    raw.socket.pause()
    const name = 'x'.repeat(1_000_000)
    for (let id = 0; id < 30; id += 1)
      raw.send(
        subscribe(String(id), 'mutation ($name: String!) { rename(id: "c1", name: $name) { name } }', {
          variables: { name },
        }),
      )
    await expect.poll(() => connectionsOf(server)).toBe(0)
  })

  it('is closed with going away when the gateway stops, and a server that waits for it can close', async () => {
    const { feed, gateway, server, socketUrl } = await serve()
    const raw = await begin(socketUrl)
    raw.send(subscribe('1', TICKS))
    await expect.poll(() => feed.ticks.listeners).toBe(1)
    const serverClosed = once(server, 'close')
    server.close()
    await gateway.endStreams()
    expect(await raw.closed).toEqual({ code: 1001, reason: 'The gateway stops' })
    await serverClosed
    expect(feed.ticks.listeners).toBe(0)
  })

  it('whose client does not close its side is cut off in time when the gateway stops', async () => {
    const { gateway, socketUrl } = await serve({ streamCloseTimeoutMs: 50 })
    const raw = await begin(socketUrl)
    raw.socket.pause()
    await gateway.endStreams()
  })
})
