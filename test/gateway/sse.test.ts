import { get, type IncomingMessage, request } from 'node:http'

import { describe, expect, it } from 'vitest'

import { readEventStream } from '#platform/event-stream.ts'

import { connectionsOf } from './graph.ts'
import { serve, TICKS, ticksAs } from './socket.ts'

/** A client of GraphQL over SSE, read as far as a test wants. */
interface Reader {
  readonly response: IncomingMessage
  next(): Promise<unknown>
  leave(): void
}

async function post(url: string, body: object, accept = 'text/event-stream'): Promise<Reader> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const outgoing = request(url, { method: 'POST', headers: { accept, 'content-type': 'application/json' } })
  outgoing.on('response', resolve).on('error', reject)
  outgoing.end(JSON.stringify(body))
  return readerOf(await promise)
}

function readerOf(response: IncomingMessage): Reader {
  const events = readEventStream(response as AsyncIterable<Buffer>, 100_000_000)
  return {
    response,
    async next() {
      const { value } = await events.next()
      return value?.name === 'next' ? (JSON.parse(value.data) as unknown) : value?.name
    },
    leave: () => response.destroy(),
  }
}

describe('GraphQL over SSE', () => {
  it('carries the events of a subscription', async () => {
    const { feed, url } = await serve()
    const client = await post(url, { query: TICKS })
    expect(client.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': expect.any(String) as string,
    })
    await expect.poll(() => feed.ticks.listeners).toBe(1)
    feed.ticks.publish(1)
    feed.ticks.publish(2)
    expect(await client.next()).toEqual({ data: { ticks: 1 } })
    expect(await client.next()).toEqual({ data: { ticks: 2 } })
    feed.ticks.end()
    expect(await client.next()).toBe('complete')
    expect(await client.next()).toBeUndefined()
  })

  it('carries it by GET as well, as an EventSource asks', async () => {
    const { feed, url } = await serve()
    const { promise, resolve } = Promise.withResolvers<IncomingMessage>()
    const headers = { accept: 'text/event-stream', 'apollo-require-preflight': 'true' }
    get(`${url}?query=${encodeURIComponent(TICKS)}`, { headers }, resolve)
    const client = readerOf(await promise)
    await expect.poll(() => feed.ticks.listeners).toBe(1)
    feed.ticks.publish(7)
    expect(await client.next()).toEqual({ data: { ticks: 7 } })
    client.leave()
  })

  it('carries the answer to a query or a mutation', async () => {
    const { url } = await serve()
    const query = await post(url, { query: '{ invoice(id: "i1") { label } }' })
    expect(await query.next()).toEqual({ data: { invoice: { label: 'i1 of 7' } } })
    expect(await query.next()).toBe('complete')
    const mutation = await post(url, { query: 'mutation { rename(id: "c1", name: "A") { name } }' })
    expect(await mutation.next()).toEqual({ data: { rename: { name: 'A' } } })
    expect(await mutation.next()).toBe('complete')
  })

  it('carries what is wrong with an operation', async () => {
    const { url } = await serve()
    const client = await post(url, { query: 'subscription { nope }' })
    expect(await client.next()).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    })
    expect(await client.next()).toBe('complete')
  })

  it.each([
    ['a body that is no request', { nonsense: true }, 400],
    ['a batch', [{ query: TICKS }], 400],
    ['a body that is too large', { query: TICKS, extensions: { pad: 'x'.repeat(2_000) } }, 413],
  ])('refuses %s in JSON', async (_what, body, status) => {
    const { url } = await serve({ maxBodyBytes: 1_000 })
    const { response } = await post(url, body)
    expect(response.statusCode).toBe(status)
    expect(response.headers['content-type']).toContain('application/json')
    response.destroy()
  })

  it('is only for those who ask for it', async () => {
    const { url, feed } = await serve()
    const { response } = await post(url, { query: TICKS }, 'application/json, text/event-stream;q=0.5')
    expect(response.headers['content-type']).toContain('application/json')
    expect(feed.ticks.opened).toBe(0)
    response.destroy()
  })
})

describe('A stream of events ends', () => {
  it('when its client leaves: the source is closed and nothing is left behind', async () => {
    const { feed, url } = await serve()
    const client = await post(url, { query: TICKS })
    await expect.poll(() => feed.ticks.listeners).toBe(1)
    client.leave()
    await expect.poll(() => feed.ticks.listeners).toBe(0)
  })

  it('when the gateway stops, without being complete, so that the client asks again', async () => {
    const { feed, gateway, server, url } = await serve()
    const client = await post(url, { query: TICKS })
    await expect.poll(() => feed.ticks.listeners).toBe(1)
    const closed = new Promise((resolve) => {
      server.close(resolve)
    })
    await gateway.endStreams()
    expect(await client.next()).toBeUndefined()
    await closed
    expect(feed.ticks.listeners).toBe(0)
  })

  it('when its client does not read: what waits for it is bounded, and the end tells why', async () => {
    const { feed, url } = await serve({ maxWaitingBytes: 10_000 })
    const client = await post(url, { query: 'subscription { paid { id } }' })
    await expect.poll(() => feed.paid.listeners).toBe(1)
    // More than the buffers of both kernels hold.
    const id = 'x'.repeat(1_000_000)
    let published = 0
    while (feed.paid.listeners > 0 && published < 100) {
      feed.paid.publish({ id, customer: 'c1' })
      published += 1
      await new Promise(setImmediate)
    }
    await expect.poll(() => feed.paid.listeners).toBe(0)
    expect(published).toBeLessThan(100)
    let last: unknown
    for (let event = await client.next(); event !== 'complete'; event = await client.next()) last = event
    expect(last).toMatchObject({ errors: [{ extensions: { code: 'SLOW_READER', retryable: true } }] })
  })

  it('when its client has read all, however long that takes', async () => {
    const { feed, url } = await serve({ clientSilenceTimeoutMs: 1_000 })
    const name = 'x'.repeat(15_000_000)
    feed.names.set('c1', name)
    const { response } = await post(url, { query: '{ customer(id: "c1") { name } }' })
    const pauseMs = 10
    // A steady reader that is slower than the time in which one that does not read is left.
    let chars = 0
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chars += chunk.length
      await new Promise((resolve) => {
        setTimeout(resolve, pauseMs)
      })
    }
    expect(chars).toBeGreaterThan(name.length)
  })

  it('when its client never reads at all, in bounded time', async () => {
    const { feed, server, url } = await serve({
      maxWaitingBytes: 10_000,
      clientSilenceTimeoutMs: 1_000,
      heartbeatMs: 100,
    })
    await post(url, { query: 'subscription { paid { id } }' })
    await expect.poll(() => feed.paid.listeners).toBe(1)
    const id = 'x'.repeat(10_000_000)
    for (const _ of [1, 2, 3]) feed.paid.publish({ id, customer: 'c1' })
    await expect.poll(() => connectionsOf(server)).toBe(0)
  })
})

it('A silent stream shows that it is alive', async () => {
  const { url } = await serve({ heartbeatMs: 10 })
  const { response } = await post(url, { query: TICKS })
  const { promise, resolve } = Promise.withResolvers<string>()
  response.on('data', (chunk: Buffer) => resolve(chunk.toString()))
  expect(await promise).toBe(':\n\n')
  response.destroy()
})

it('A client has only so many streams at a time', async () => {
  const { feed, url } = await serve({ maxOperationsPerClient: 2 })
  const [first] = await Promise.all(['a', 'b'].map((name) => post(url, { query: ticksAs(name) })))
  await expect.poll(() => feed.ticks.listeners).toBe(2)
  const third = await post(url, { query: TICKS })
  expect(third.response.statusCode).toBe(429)
  first?.leave()
  await expect.poll(() => feed.ticks.listeners).toBe(1)
  await expect.poll(async () => (await post(url, { query: TICKS })).response.statusCode).toBe(200)
})
