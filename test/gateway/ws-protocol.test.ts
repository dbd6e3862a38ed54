import { once } from 'node:events'
import { createServer } from 'node:http'

import { type Client, createClient } from 'graphql-ws'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'

import { defaultLimits } from '#gateway/limits.ts'
import { createQuota } from '#gateway/streams/quota.ts'
import { createWebSockets } from '#gateway/streams/websocket.ts'
import { createLog } from '#platform/log.ts'
import { closeLater } from '#test/support/closing.ts'
import { usedBytes } from '#test/support/memory.ts'

import { listen, type Logged } from './graph.ts'
import { begin, invoice, open, serve, subscribe, TICKS, ticksAs } from './socket.ts'

const RENAME = subscribe('1', 'mutation { rename(id: "c1", name: "Evil") { name } }')

const fail = (): never => {
  throw new Error('unforeseen')
}

const clientOf = (url: string): Client => {
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 })
  closeLater(() => void client.dispose())
  return client
}

describe('The graphql-ws client', () => {
  it('is sent the events of a subscription, and leaves it', async () => {
    const { feed, socketUrl } = await serve()
    const answers = clientOf(socketUrl).iterate({
      query: 'subscription { paid { label customer { name vip } } }',
    })
    const first = answers.next()
    await expect.poll(() => feed.paid.listeners).toBe(1)
    feed.paid.publish(invoice('i1'))
    const customer = { name: 'Acme', vip: true }
    expect((await first).value).toEqual({ data: { paid: { label: 'i1 of 7', customer } } })
    await answers.return?.()
    await expect.poll(() => feed.paid.listeners).toBe(0)
  })

  it('is told that a subscription is complete', async () => {
    const { feed, socketUrl } = await serve()
    const answers = clientOf(socketUrl).iterate({ query: TICKS })
    const first = answers.next()
    await expect.poll(() => feed.ticks.listeners).toBe(1)
    feed.ticks.end()
    expect(await first).toEqual({ done: true, value: undefined })
  })

  it('is answered queries and mutations', async () => {
    const client = clientOf((await serve()).socketUrl)
    const query = client.iterate({
      query: 'query ($id: ID!) { invoice(id: $id) { label } }',
      variables: { id: 'i1' },
    })
    expect((await query.next()).value).toEqual({ data: { invoice: { label: 'i1 of 7' } } })
    expect(await query.next()).toMatchObject({ done: true })
    const mutation = client.iterate({ query: 'mutation { rename(id: "c1", name: "A") { name } }' })
    expect((await mutation.next()).value).toEqual({ data: { rename: { name: 'A' } } })
  })

  it('is told what is wrong with an operation, and goes on with others', async () => {
    const client = clientOf((await serve()).socketUrl)
    await expect(client.iterate({ query: '{ nope }' }).next()).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ])
    expect((await client.iterate({ query: '{ __typename }' }).next()).value).toEqual({
      data: { __typename: 'Query' },
    })
  })

  it('asks again by itself when the gateway goes away', async () => {
    const { feed, gateway, server, socketUrl } = await serve()
    let upgrades = 0
    server.on('upgrade', () => {
      upgrades += 1
    })
    const client = createClient({
      url: socketUrl,
      webSocketImpl: WebSocket,
      retryWait: () => Promise.resolve(),
      retryAttempts: 2,
    })
    const answer = client.iterate({ query: TICKS }).next()
    await expect.poll(() => feed.ticks.listeners).toBe(1)
    await gateway.endStreams()
    await expect(answer).rejects.toMatchObject({ message: expect.stringContaining('503') as string })
    expect(upgrades).toBeGreaterThan(1)
  })
})

describe('The protocol', () => {
  it.each<[string, (object | string)[], number]>([
    ['32: an operation before the beginning', [subscribe('1', '{ __typename }')], 4401],
    ['two beginnings', [{ type: 'connection_init' }, { type: 'connection_init' }], 4429],
    ['one id twice', [{ type: 'connection_init' }, subscribe('1', TICKS), subscribe('1', TICKS)], 4409],
    [
      'an operation without an id',
      [{ type: 'connection_init' }, { type: 'subscribe', payload: { query: TICKS } }],
      4400,
    ],
    [
      'an id that is too long',
      [{ type: 'connection_init' }, subscribe('i'.repeat(129), '{ __typename }')],
      4400,
    ],
    ['an unknown message', [{ type: 'start', id: '1' }], 4400],
    ['what is no object', ['[]'], 4400],
    ['what is no JSON', ['{'], 4400],
    ['what is too long', [`"${'x'.repeat(2_000)}"`], 1009],
  ])('closes the socket for %s', async (_what, messages, code) => {
    const { feed, socketUrl } = await serve({ maxBodyBytes: 1_000 })
    const raw = open(socketUrl)
    await once(raw.socket, 'open')
    for (const message of messages) raw.send(message)
    expect(await raw.closed).toMatchObject({ code })
    await expect.poll(() => feed.ticks.listeners).toBe(0)
  })

  it('32: closes a socket on which nothing begins', async () => {
    const { socketUrl } = await serve({ socketInitTimeoutMs: 20 })
    expect(await open(socketUrl).closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' })
  })

  it('closes a socket on which nothing is open any more, but not before', async () => {
    const { feed, socketUrl } = await serve({ socketIdleTimeoutMs: 50 })
    const raw = await begin(socketUrl)
    raw.send(subscribe('1', TICKS))
    await expect.poll(() => feed.ticks.listeners).toBe(1)
    feed.ticks.publish(1)
    expect(await raw.next()).toMatchObject({ type: 'next' })
    raw.send({ id: '1', type: 'complete' })
    expect((await raw.closed).code).toBe(1000)
  })

  it('answers a ping', async () => {
    const raw = await begin((await serve()).socketUrl)
    raw.send({ type: 'ping' })
    expect(await raw.next()).toEqual({ type: 'pong' })
  })

  it('answers a ping whose payload is nested too deep to be written again', async () => {
    const raw = await begin((await serve()).socketUrl)
    raw.send(`{"type":"ping","payload":{"toJSON":1,"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`)
    expect(await raw.next()).toEqual({ type: 'pong' })
  })

  it.each<[string, object[], number]>([
    ['begins too late', [RENAME, { type: 'connection_init' }, RENAME], 4401],
    ['has said what is no message', [{ type: 'connection_init' }, {}, RENAME], 4400],
  ])('obeys nothing more of a client that %s', async (_what, messages, code) => {
    const { feed, socketUrl } = await serve()
    const raw = open(socketUrl)
    await once(raw.socket, 'open')
    for (const message of messages) raw.send(message)
    expect(await raw.closed).toMatchObject({ code })
    expect(feed.names.get('c1')).toBe('Acme')
    expect(feed.journal).toEqual([])
  })

  it('leaves what was open before the message that closes the socket', async () => {
    const { feed, socketUrl } = await serve({ streamCloseTimeoutMs: 60_000 })
    const raw = await begin(socketUrl)
    raw.send(subscribe('1', TICKS))
    await expect.poll(() => feed.ticks.listeners).toBe(1)
    raw.socket.pause()
    raw.send({ type: 'connection_init' })
    await expect.poll(() => feed.ticks.listeners).toBe(0)
  })

  it('closes the socket alone where something fails that nobody foresaw: the log says what', async () => {
    const logged: Logged = { lines: [] }
    const webSockets = createWebSockets({
      path: '/',
      origins: new Set(),
      stream: fail,
      refuseError: fail,
      operations: createQuota(1),
      limits: defaultLimits,
      log: createLog({ level: 'error', destination: { write: (line) => void logged.lines.push(line) } }),
    })
    const server = createServer().on('upgrade', webSockets.upgrade)
    const raw = await begin(await listen(server))
    raw.send(subscribe('1', TICKS))
    expect(await raw.closed).toEqual({ code: 4500, reason: 'Internal server error' })
    expect(logged.lines.join('')).toContain('unforeseen')
  })

  it('runs several operations at a time, and frees an id that was left', async () => {
    const { feed, socketUrl } = await serve()
    const raw = await begin(socketUrl)
    raw.send(subscribe('a', TICKS))
    raw.send(subscribe('constructor', 'subscription { paid { id } }'))
    await expect.poll(() => [feed.ticks.listeners, feed.paid.listeners]).toEqual([1, 1])
    feed.ticks.publish(1)
    expect(await raw.next()).toEqual({ id: 'a', type: 'next', payload: { data: { ticks: 1 } } })
    feed.paid.publish(invoice('i1'))
    expect(await raw.next()).toMatchObject({ id: 'constructor', type: 'next' })
    raw.send({ id: 'a', type: 'complete' })
    raw.send(subscribe('a', '{ __typename }'))
    expect(await raw.next()).toEqual({ id: 'a', type: 'next', payload: { data: { __typename: 'Query' } } })
    expect(await raw.next()).toEqual({ id: 'a', type: 'complete' })
    expect(feed.ticks.listeners).toBe(0)
  })

  it('ignores that an unknown operation is left', async () => {
    const raw = await begin((await serve()).socketUrl)
    raw.send({ id: 'gone', type: 'complete' })
    raw.send({ type: 'ping' })
    expect(await raw.next()).toEqual({ type: 'pong' })
  })

  it('tells a lost source as an error that ends the operation alone', async () => {
    const { feed, socketUrl } = await serve()
    const raw = await begin(socketUrl)
    raw.send(subscribe('1', 'subscription { paid { id } }'))
    raw.send(subscribe('2', TICKS))
    await expect.poll(() => [feed.ticks.listeners, feed.paid.listeners]).toEqual([1, 1])
    feed.paid.fail(new Error('hunter2'))
    const message = await raw.next()
    expect(message).toMatchObject({
      id: '1',
      type: 'error',
      payload: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', retryable: true } }],
    })
    expect(JSON.stringify(message)).not.toContain('hunter2')
    feed.ticks.publish(2)
    expect(await raw.next()).toMatchObject({ id: '2', type: 'next' })
  })

  it.each([
    ['parameters that are none', { id: '1', type: 'subscribe', payload: null }, 'BAD_REQUEST'],
    [
      'too deep a document',
      subscribe('1', `{ ${'a { '.repeat(20)} a ${'}'.repeat(20)} }`),
      'OPERATION_TOO_LARGE',
    ],
    ['malformed variables', subscribe('1', 'query ($id: ID!) { invoice(id: $id) { id } }'), 'BAD_USER_INPUT'],
  ])('refuses %s as over HTTP', async (_what, message, code) => {
    const raw = await begin((await serve()).socketUrl)
    raw.send(message)
    expect(await raw.next()).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code } }] })
  })

  it('keeps nothing of what an open subscription does not need', async () => {
    const { feed, socketUrl } = await serve()
    const raw = await begin(socketUrl)
    const before = usedBytes()
    for (let id = 0; id < 50; id += 1)
      raw.send(subscribe(String(id), ticksAs(`t${id}`), { variables: { unused: `${id}`.padEnd(500_000) } }))
    await expect.poll(() => feed.ticks.listeners).toBe(50)
    expect(usedBytes() - before).toBeLessThan(10_000_000)
  })

  it('opens only so many operations on a socket and for a client', async () => {
    const { feed, socketUrl } = await serve({ maxOperationsPerSocket: 2, maxOperationsPerClient: 3 })
    const [one, two] = [await begin(socketUrl), await begin(socketUrl)]
    for (const id of ['1', '2', '3']) one.send(subscribe(id, ticksAs(`one${id}`)))
    const tooMany = {
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_STREAMS', retryable: true } }],
    }
    expect(await one.next()).toMatchObject({ id: '3', ...tooMany })
    await expect.poll(() => feed.ticks.listeners).toBe(2)
    for (const id of ['1', '2']) two.send(subscribe(id, ticksAs(`two${id}`)))
    expect(await two.next()).toMatchObject({ id: '2', ...tooMany })
    one.send({ id: '1', type: 'complete' })
    await expect.poll(() => feed.ticks.listeners).toBe(2)
    two.send(subscribe('4', ticksAs('two4')))
    await expect.poll(() => feed.ticks.listeners).toBe(3)
  })
})
