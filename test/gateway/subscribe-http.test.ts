import { createServer, type Server, type ServerResponse } from 'node:http'

import { describe, expect, it } from 'vitest'

import type { Limits } from '#gateway/limits.ts'
import type { Gateway } from '#gateway/server.ts'
import type { RemoteSubgraph } from '#gateway/subgraph/transport-http.ts'
import { systemClock } from '#platform/clock.ts'
import { createLog } from '#platform/log.ts'
import { type RunningSubgraph, serveSubgraph } from '#platform/subgraph-server.ts'
import { closeLater } from '#test/support/closing.ts'

import { createFeed, type Feed, type FeedSubgraph, gatewayOverFeed, localFeed, stream } from './feed.ts'
import { connectionsOf, listen } from './graph.ts'

const SECRET = 'a secret of sixteen or more'
const PAID = 'subscription { paid { id label customer { name vip } } }'

/** One of the feed's subgraphs as the product serves it. */
async function serveFeed(name: FeedSubgraph, feed: Feed): Promise<RunningSubgraph & RemoteSubgraph> {
  const log = createLog({ level: 'silent' })
  const options = { host: '127.0.0.1', port: 0, log, clock: systemClock, secrets: [SECRET] }
  const running = await serveSubgraph(localFeed(name, feed), options)
  closeLater(() => void running.stop())
  return { ...running, name, secret: SECRET }
}

/** A gateway whose billing answers each subscription as the test says. */
async function gatewayOverAnswers(
  answer: (response: ServerResponse) => void,
  limits: Partial<Limits> = {},
): Promise<{ readonly gateway: Gateway; readonly server: Server }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(response))
  })
  const billing = { name: 'billing', url: await listen(server) }
  const gateway = gatewayOverFeed(createFeed(), {
    subgraphs: [billing, localFeed('crm', createFeed())],
    limits,
  })
  return { gateway, server }
}

const sse = (response: ServerResponse, ...events: string[]): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of events) response.write(event)
}
const tick = (value: number): string => `event: next\ndata: {"data":{"ticks":${value}}}\n\n`

describe('A subscription to a subgraph as a service', () => {
  it('brings events that the other services complete', async () => {
    const feed = createFeed()
    const subgraphs = [await serveFeed('billing', feed), await serveFeed('crm', feed)]
    const client = stream(gatewayOverFeed(feed, { subgraphs }), PAID)
    await expect.poll(() => feed.paid.listeners).toBe(1)
    for (const id of ['i1', 'i2']) {
      feed.paid.publish({ id, customer: 'c2', total: 3 })
      expect(await client.next()).toEqual({
        data: { paid: { id, label: `${id} of 3`, customer: { name: 'Bolt', vip: false } } },
      })
    }
    feed.paid.end()
    expect(await client.next()).toBeUndefined()
  })

  it('is closed there when the client leaves', async () => {
    const feed = createFeed()
    const client = stream(
      gatewayOverFeed(feed, { subgraphs: [await serveFeed('billing', feed), localFeed('crm', feed)] }),
      PAID,
    )
    await expect.poll(() => feed.paid.listeners).toBe(1)
    client.leave()
    expect(await client.next()).toBeUndefined()
    await expect.poll(() => feed.paid.listeners).toBe(0)
  })

  it('tells the errors of one event, masked, and goes on', async () => {
    const feed = createFeed()
    const subgraphs = [await serveFeed('billing', feed), localFeed('crm', feed)]
    const client = stream(gatewayOverFeed(feed, { subgraphs }), 'subscription { p: paid { id secret } }')
    await expect.poll(() => feed.paid.listeners).toBe(1)
    for (const id of ['i1', 'i2']) {
      feed.paid.publish({ id, customer: 'c1' })
      const answer = await client.next()
      expect(answer).toMatchObject({ data: { p: { id, secret: null } }, errors: [{ path: ['p', 'secret'] }] })
      expect(JSON.stringify(answer)).not.toContain('hunter2')
    }
    client.leave()
  })

  it.each([
    ['nobody', 'NOT_FOUND'],
    ['broken', 'INTERNAL_SERVER_ERROR'],
  ])('is refused where the subgraph refuses it: %s', async (customer, code) => {
    const feed = createFeed()
    const subgraphs = [await serveFeed('billing', feed), localFeed('crm', feed)]
    const client = stream(
      gatewayOverFeed(feed, { subgraphs }),
      `subscription { paid(customer: "${customer}") { id } }`,
    )
    const answer = await client.next()
    expect(answer).toMatchObject({ errors: [{ extensions: { code, service: 'billing' } }] })
    expect(JSON.stringify(answer)).not.toContain('hunter2')
    expect(await client.next()).toBeUndefined()
  })

  it.each<[string, (billing: RunningSubgraph, feed: Feed) => void | Promise<void>]>([
    ['stops', (billing) => billing.stop()],
    ['loses its source', (_, feed) => feed.paid.fail(new Error('hunter2'))],
  ])('ends with an error that says to try again when the service %s', async (_what, happen) => {
    const feed = createFeed()
    const billing = await serveFeed('billing', feed)
    const client = stream(gatewayOverFeed(feed, { subgraphs: [billing, localFeed('crm', feed)] }), PAID)
    await expect.poll(() => feed.paid.listeners).toBe(1)
    await happen(billing, feed)
    const answer = await client.next()
    expect(answer).toMatchObject({
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', retryable: true } }],
    })
    expect(JSON.stringify(answer)).not.toContain('hunter2')
    expect(feed.paid.listeners).toBe(0)
  })
})

const TRICKLE_MS = 10

/** Says nothing for as long as it is listened to. */
const trickle = (response: ServerResponse): void => {
  const timer = setInterval(() => response.write(' '), TRICKLE_MS)
  response.on('close', () => clearInterval(timer))
}

describe('A stream of events from elsewhere', () => {
  it('is read in whatever pieces it comes', async () => {
    const { gateway } = await gatewayOverAnswers((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
      const text = [
        '\uFEFF: hello\r\nid: 1\r\n\r\n',
        'event: next\rdata: {"data":\rdata: {"ticks":1}}\r\r',
        tick(2),
        'event: other\ndata: x\n\nevent: complete\ndata\n\n',
      ].join('')
      const pieces = [...Buffer.from(text)].map((byte) => Buffer.from([byte]))
      const write = (): void => {
        const piece = pieces.shift()
        if (piece) response.write(piece, write)
      }
      write()
    })
    const client = stream(gateway, 'subscription { ticks }')
    expect(await client.next()).toEqual({ data: { ticks: 1 } })
    expect(await client.next()).toEqual({ data: { ticks: 2 } })
    expect(await client.next()).toBeUndefined()
  })

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['has no events', (response) => response.writeHead(200).end('hello'), 'SUBGRAPH_BAD_RESPONSE'],
    ['is not there', (response) => response.writeHead(503).end(), 'SUBGRAPH_UNAVAILABLE'],
    ['answers at once', (response) => response.end('{"data":{"ticks":1}}'), 'SUBGRAPH_BAD_RESPONSE'],
    ['never answers', () => undefined, 'SUBGRAPH_TIMEOUT'],
    ['answers without end', trickle, 'SUBGRAPH_TIMEOUT'],
    ['falls silent', (response) => sse(response, ':\n\n'), 'SUBGRAPH_TIMEOUT'],
    [
      'breaks off',
      (response) => (sse(response, 'event: ne'), setImmediate(() => response.destroy())),
      'SUBGRAPH_UNAVAILABLE',
    ],
    ['ends too early', (response) => (sse(response), response.end()), 'SUBGRAPH_UNAVAILABLE'],
    ['sends nonsense', (response) => sse(response, 'event: next\ndata: ?\n\n'), 'SUBGRAPH_BAD_RESPONSE'],
    [
      'sends an endless event',
      (response) => sse(response, `data: ${'x'.repeat(2_000)}`),
      'SUBGRAPH_UNAVAILABLE',
    ],
  ])('that %s ends the stream with an error and leaves no connection', async (_what, answer, code) => {
    const { gateway, server } = await gatewayOverAnswers(answer, {
      fetchTimeoutMs: 100,
      eventSilenceTimeoutMs: 100,
      maxEventChars: 1_000,
    })
    const client = stream(gateway, 'subscription { ticks }')
    expect(await client.next()).toMatchObject({ errors: [{ extensions: { code, service: 'billing' } }] })
    expect(await client.next()).toBeUndefined()
    await expect.poll(() => connectionsOf(server)).toBe(0)
  })

  it('is not asked for while the circuit of its subgraph is open', async () => {
    let asked = 0
    const hangUp = (response: ServerResponse): void => {
      asked += 1
      response.destroy()
    }
    const { gateway } = await gatewayOverAnswers(hangUp, { minCircuitFailures: 3, circuitRestMs: 3_600_000 })
    for (let count = 0; count < 5; count += 1)
      expect(await stream(gateway, 'subscription { ticks }').next()).toMatchObject({
        errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'billing', retryable: true } }],
      })
    expect(asked).toBe(3)
  })

  it('takes no connection from the pool of the other requests', async () => {
    const { gateway } = await gatewayOverAnswers(
      (response) =>
        response.req.headers.accept === 'text/event-stream'
          ? sse(response, tick(1))
          : response.end('{"data":{"invoice":null}}'),
      { maxSubgraphSockets: 1 },
    )
    const clients = [1, 2, 3].map(() => stream(gateway, 'subscription { ticks }'))
    for (const client of clients) expect(await client.next()).toEqual({ data: { ticks: 1 } })
    expect(await stream(gateway, '{ invoice(id: "i1") { id } }').next()).toEqual({ data: { invoice: null } })
    for (const client of clients) client.leave()
  })
})
