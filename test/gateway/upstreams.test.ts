// Clients that subscribe to the same share one source and one answer for each event, without harm to any of them.
import { describe, expect, it } from 'vitest'

import type { Gateway } from '#gateway/server.ts'
import type { GraphQLParams } from '#gateway/request.ts'

import { createFeed, feedSdl, feedSupergraph, gatewayOverFeed, stream } from './feed.ts'
import { anyRequest, type Logged } from './graph.ts'
import { invoice } from './socket.ts'

const PAID = 'subscription { paid { id customer { name } } }'
const TICKS = 'subscription Ticks($after: String) { ticks(after: $after) }'
const paid = (id: string): object => ({ data: { paid: { id, customer: { name: 'Acme' } } } })

/** Asks as a given identity, with whatever parameters. */
function ask(gateway: Gateway, params: GraphQLParams, identity: object = { kind: 'anonymous' }) {
  const request = { ...anyRequest(), identity: identity as { kind: 'anonymous' } }
  return gateway.stream(params, request, () => true).next()
}

describe('Clients that ask for the same', () => {
  it('share one source, and one execution for each event', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    const clients = Array.from({ length: 50 }, () => stream(gateway, PAID))
    await expect.poll(() => feed.paid.listeners).toBe(1)
    for (const id of ['i1', 'i2']) feed.paid.publish(invoice(id))
    for (const client of clients) {
      expect(await client.next()).toEqual(paid('i1'))
      expect(await client.next()).toEqual(paid('i2'))
    }
    expect(feed.journal.filter((line) => line === 'crm scope')).toHaveLength(2)
    feed.paid.end()
    for (const client of clients) expect(await client.next()).toBeUndefined()
  })

  it('may leave: the source closes with the last of them', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    const [one, other] = [stream(gateway, PAID), stream(gateway, PAID)]
    await expect.poll(() => feed.paid.listeners).toBe(1)
    one.leave()
    expect(await one.next()).toBeUndefined()
    feed.paid.publish(invoice('i1'))
    expect(await other.next()).toEqual(paid('i1'))
    other.leave()
    await expect.poll(() => feed.paid.listeners).toBe(0)
    const next = stream(gateway, PAID)
    await expect.poll(() => feed.paid.opened).toBe(2)
    feed.paid.publish(invoice('i2'))
    expect(await next.next()).toEqual(paid('i2'))
    next.leave()
  })

  it('are told once each why the source could not be opened; who asks again has a new one', async () => {
    const gateway = gatewayOverFeed(createFeed())
    const document = 'subscription { paid(customer: "nobody") { id } }'
    for (const client of [stream(gateway, document), stream(gateway, document)]) {
      expect(await client.next()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
      expect(await client.next()).toBeUndefined()
    }
    expect(await stream(gateway, document).next()).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    })
  })

  it('are all told when the source breaks off, and the log once', async () => {
    const feed = createFeed()
    const logged: Logged = { lines: [] }
    const gateway = gatewayOverFeed(feed, { logged })
    const clients = Array.from({ length: 5 }, () => stream(gateway, PAID))
    await expect.poll(() => feed.paid.listeners).toBe(1)
    feed.paid.fail(new Error('lost'))
    for (const client of clients)
      expect(await client.next()).toMatchObject({ errors: [{ extensions: { retryable: true } }] })
    expect(logged.lines).toHaveLength(1)
  })
})

describe('A source is not shared', () => {
  it.each<[string, GraphQLParams, object?]>([
    ['with another identity', { query: TICKS }, { kind: 'user', id: 'u2' }],
    ['with another text', { query: `${TICKS} ` }],
    ['with other variables', { query: TICKS, variables: { after: '1' } }],
    [
      'with another operation of the document',
      { query: `${TICKS} query Other { __typename }`, operationName: 'Ticks' },
    ],
    ['with one that resumes', { query: TICKS, lastEventId: '1' }],
  ])('%s', async (_what, params, identity) => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    void ask(gateway, { query: TICKS })
    void ask(gateway, params, identity)
    await expect.poll(() => feed.ticks.listeners).toBe(2)
  })
})

describe('Who comes later, when events have come already,', () => {
  it('joins where a subscription takes a cursor and was given none: it begins now for everybody', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    const first = stream(gateway, TICKS)
    await expect.poll(() => feed.ticks.listeners).toBe(1)
    feed.ticks.publish(1)
    expect(await first.next()).toEqual({ data: { ticks: 1 } })
    const later = stream(gateway, TICKS)
    await turns()
    feed.ticks.publish(2)
    for (const client of [first, later]) expect(await client.next()).toEqual({ data: { ticks: 2 } })
    expect(feed.ticks.opened).toBe(1)
    for (const client of [first, later]) client.leave()
  })

  it('has a source of its own where a cursor was given: it missed what followed that', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    const first = stream(gateway, TICKS, { after: '7' })
    await expect.poll(() => feed.ticks.listeners).toBe(1)
    feed.ticks.publish(8)
    expect(await first.next()).toEqual({ data: { ticks: 8 } })
    const later = stream(gateway, TICKS, { after: '7' })
    await expect.poll(() => feed.ticks.listeners).toBe(2)
    for (const client of [first, later]) client.leave()
  })

  it('has a source of its own where none can be given: it may begin with how things stand', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    const first = stream(gateway, PAID)
    await expect.poll(() => feed.paid.listeners).toBe(1)
    feed.paid.publish(invoice('i1'))
    expect(await first.next()).toEqual(paid('i1'))
    const later = stream(gateway, PAID)
    await expect.poll(() => feed.paid.listeners).toBe(2)
    for (const client of [first, later]) client.leave()
  })
})

describe('A client that reads too slowly', () => {
  it('is refused the rest, and the others go on', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    const reader = stream(gateway, PAID)
    let hasRoom = true
    const slow = gateway.stream({ query: PAID, variables: {} }, anyRequest(), () => hasRoom)
    const began = slow.next()
    await expect.poll(() => feed.paid.listeners).toBe(1)
    feed.paid.publish(invoice('i1'))
    expect((await began).value?.body).toBe(JSON.stringify(paid('i1')))
    expect(await reader.next()).toEqual(paid('i1'))
    hasRoom = false
    for (const id of ['i2', 'i3']) {
      feed.paid.publish(invoice(id))
      expect(await reader.next()).toEqual(paid(id))
    }
    expect((await slow.next()).value).toMatchObject({
      isRefusal: true,
      body: expect.stringContaining('SLOW_READER') as string,
    })
    expect((await slow.next()).done).toBe(true)
    reader.leave()
    await expect.poll(() => feed.paid.listeners).toBe(0)
  })

  it('has at most a hundred answers waiting, and gets those', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    const answers = gateway.stream({ query: 'subscription { ticks }' }, anyRequest(), () => true)
    const first = answers.next()
    await expect.poll(() => feed.ticks.listeners).toBe(1)
    for (let tick = 1; tick <= 200; tick += 1) feed.ticks.publish(tick)
    expect((await first).value?.body).toBe('{"data":{"ticks":1}}')
    await expect.poll(() => feed.ticks.listeners).toBe(0)
    const rest: string[] = []
    for await (const { body } of answers) rest.push(body)
    expect(rest.slice(0, -1)).toEqual(Array.from({ length: 100 }, (_, at) => `{"data":{"ticks":${at + 2}}}`))
    expect(rest.at(-1)).toContain('SLOW_READER')
  })
})

describe('A reload of the supergraph', () => {
  it('moves all that share a source, which goes on', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    const clients = [stream(gateway, PAID), stream(gateway, PAID)]
    await expect.poll(() => feed.paid.listeners).toBe(1)
    expect(gateway.reload(feedSupergraph())).toBe(true)
    feed.paid.publish(invoice('i1'))
    for (const client of clients) expect(await client.next()).toEqual(paid('i1'))
    expect(feed.paid.opened).toBe(1)
    for (const client of clients) client.leave()
  })

  it('after which a source would be asked for other fields leaves the old one to those who have it', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    const label = 'subscription { paid { label } }'
    const old = stream(gateway, label)
    await expect.poll(() => feed.paid.listeners).toBe(1)
    const required = ' total: Int! @external, label: String! @requires(fields: "total")'
    gateway.reload(feedSupergraph({ crm: feedSdl.crm.replace(required, ' label: String!') }))
    const next = stream(gateway, label)
    await expect.poll(() => feed.paid.listeners).toBe(2)
    for (const client of [old, next]) client.leave()
  })
})

/** Lets what was asked for get as far as it can. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate)
}
