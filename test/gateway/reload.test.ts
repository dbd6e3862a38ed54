import { createHash } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { usedBytes } from '#test/support/memory.ts'

import { createFeed, feedSdl, feedSupergraph, gatewayOverFeed, stream } from './feed.ts'
import { ask, type Logged } from './graph.ts'
import { begin, invoice, serve, subscribe } from './socket.ts'

/** The feed's supergraph with other words in the SDL of one subgraph. */
function changed(name: keyof typeof feedSdl, from: string, to: string): string {
  expect(feedSdl[name]).toContain(from)
  return feedSupergraph({ [name]: feedSdl[name].replace(from, to) })
}

const withoutVip = changed('billing', ', vip: Boolean!', '')
const nameRequired = changed('crm', 'name: String }', 'name: String! }')

describe('A reload of the supergraph', () => {
  it('is what the next request is answered by', async () => {
    const gateway = gatewayOverFeed(createFeed())
    const query = '{ customer(id: "c1") { name vip } }'
    expect(await ask(gateway, query)).toMatchObject({ data: { customer: { name: 'Acme', vip: true } } })
    expect(gateway.reload(withoutVip)).toBe(true)
    expect(await ask(gateway, query)).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    })
    expect(await ask(gateway, '{ customer(id: "c1") { name } }')).toMatchObject({
      data: { customer: { name: 'Acme' } },
    })
  })

  it('begins with empty caches', async () => {
    const gateway = gatewayOverFeed(createFeed())
    await ask(gateway, '{ customer(id: "c1") { name } }')
    expect(gateway.cacheCounters().documents?.entries).toBe(1)
    gateway.reload(withoutVip)
    expect(gateway.cacheCounters().documents?.entries).toBe(0)
  })

  it('drops no request that is under way', async () => {
    const gateway = gatewayOverFeed(createFeed())
    const asked: Promise<unknown>[] = []
    for (const supergraph of [withoutVip, feedSupergraph(), nameRequired, feedSupergraph()]) {
      for (let count = 0; count < 50; count += 1) asked.push(ask(gateway, '{ customer(id: "c1") { name } }'))
      await new Promise(setImmediate)
      expect(gateway.reload(supergraph)).toBe(true)
    }
    for (const answer of await Promise.all(asked))
      expect(answer).toMatchObject({ data: { customer: { name: 'Acme' } } })
  })

  it.each([
    ['no SDL', 'type Query {', 'Syntax Error'],
    ['no supergraph', 'type Query { a: Int }', 'no supergraph'],
    ['a supergraph with an unknown subgraph', feedSupergraph().replaceAll('"crm"', '"sales"'), 'sales'],
  ])(
    'is refused where it is %s: the log says why, and the old one goes on',
    async (_what, supergraph, reason) => {
      const logged: Logged = { lines: [] }
      const gateway = gatewayOverFeed(createFeed(), { logged })
      expect(gateway.reload(supergraph)).toBe(false)
      expect(logged.lines.join('')).toContain('the new supergraph is refused')
      expect(logged.lines.join('')).toContain(reason)
      expect(await ask(gateway, '{ customer(id: "c1") { name } }')).toMatchObject({
        data: { customer: { name: 'Acme' } },
      })
    },
  )
})

describe('A subscription that runs while the supergraph is reloaded', () => {
  it('goes on over the same socket and source, its next event completed by the new one', async () => {
    const { feed, gateway, socketUrl } = await serve()
    const raw = await begin(socketUrl)
    raw.send(subscribe('1', 'subscription { paid { id customer { name } } }'))
    await expect.poll(() => feed.paid.listeners).toBe(1)
    feed.names.delete('c1')
    feed.paid.publish(invoice('i1'))
    expect(await raw.next()).toMatchObject({
      payload: { data: { paid: { id: 'i1', customer: { name: null } } } },
    })
    expect(gateway.reload(nameRequired)).toBe(true)
    feed.paid.publish(invoice('i2'))
    const message = await raw.next()
    expect(message).toMatchObject({
      type: 'next',
      payload: { errors: [{ path: ['paid', 'customer', 'name'] }] },
    })
    feed.names.set('c1', 'Acme')
    feed.paid.publish(invoice('i3'))
    expect(await raw.next()).toMatchObject({
      payload: { data: { paid: { id: 'i3', customer: { name: 'Acme' } } } },
    })
    expect([feed.paid.opened, feed.paid.listeners]).toEqual([1, 1])
  })

  it('is planned again at once, though no event comes', async () => {
    const { feed, gateway, socketUrl } = await serve()
    const raw = await begin(socketUrl)
    for (const id of ['1', '2', '3']) raw.send(subscribe(id, `subscription { paid { a${id}: id } }`))
    await expect.poll(() => feed.paid.listeners).toBe(3)
    gateway.reload(withoutVip)
    await expect.poll(() => gateway.cacheCounters().documents?.entries).toBe(3)
    feed.paid.publish(invoice('i1'))
    for (const _ of [1, 2, 3]) expect(await raw.next()).toMatchObject({ type: 'next' })
    expect([feed.paid.opened, feed.paid.listeners]).toEqual([3, 3])
  })

  it('ends at once where it is valid no more, though no event comes', async () => {
    const { feed, gateway, socketUrl } = await serve()
    const raw = await begin(socketUrl)
    raw.send(subscribe('1', 'subscription { paid { customer { vip } } }'))
    await expect.poll(() => feed.paid.listeners).toBe(1)
    gateway.reload(withoutVip)
    expect(await raw.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    })
    await expect.poll(() => feed.paid.listeners).toBe(0)
  })

  it('keeps no older engine', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    const reload = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        const listeners = feed.ticks.listeners
        stream(gateway, 'subscription ($after: String) { ticks(after: $after) }', { after: `${listeners}` })
        await expect.poll(() => feed.ticks.listeners).toBe(listeners + 1)
        gateway.reload(feedSupergraph())
      }
      await expect.poll(() => gateway.cacheCounters().operations?.entries).toBe(1)
    }
    await reload(10)
    const before = usedBytes()
    await reload(40)
    expect(usedBytes() - before).toBeLessThan(40 * 50_000)
  })

  it('ends with an error of its own where it is valid no more, and the others on its socket go on', async () => {
    const { feed, gateway, socketUrl } = await serve()
    const raw = await begin(socketUrl)
    raw.send(subscribe('gone', 'subscription { paid { customer { vip } } }'))
    raw.send(subscribe('stays', 'subscription { paid { id } }'))
    await expect.poll(() => feed.paid.listeners).toBe(2)
    gateway.reload(withoutVip)
    feed.paid.publish(invoice('i1'))
    const messages = [await raw.next(), await raw.next()]
    expect(messages).toContainEqual(expect.objectContaining({ id: 'stays', type: 'next' }))
    expect(messages).toContainEqual(expect.objectContaining({ id: 'gone', type: 'error' }))
    await expect.poll(() => feed.paid.listeners).toBe(1)
    feed.paid.publish(invoice('i2'))
    expect(await raw.next()).toMatchObject({ id: 'stays', payload: { data: { paid: { id: 'i2' } } } })
  })

  it('goes on as it was planned where the new plan wants other things of its source', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    const client = stream(gateway, 'subscription { paid { label } }')
    await expect.poll(() => feed.paid.listeners).toBe(1)
    // The label rests on nothing any more, so the source would not be asked for the total.
    const required = ' total: Int! @external, label: String! @requires(fields: "total")'
    expect(gateway.reload(changed('crm', required, ' label: String!'))).toBe(true)
    feed.paid.publish(invoice('i1'))
    expect(await client.next()).toEqual({ data: { paid: { label: 'i1 of 7' } } })
    client.leave()
  })

  it('goes on though the gateway has forgotten the document that it was named by', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed, { limits: { maxCachedDocuments: 1 } })
    const query = 'subscription { paid { id } }'
    const documentId = `sha256:${createHash('sha256').update(query).digest('hex')}`
    const signal = new AbortController()
    const request = {
      requestId: 'test-request',
      signal: signal.signal,
      identity: { kind: 'anonymous' },
    } as const
    await gateway.execute({ query, documentId }, request)
    const answers = gateway.stream({ documentId }, request, () => true)
    const first = answers.next()
    await expect.poll(() => feed.paid.listeners).toBe(1)
    const other = '{ __typename }'
    await gateway.execute(
      { query: other, documentId: `sha256:${createHash('sha256').update(other).digest('hex')}` },
      request,
    )
    gateway.reload(withoutVip)
    feed.paid.publish(invoice('i1'))
    expect((await first).value?.body).toBe('{"data":{"paid":{"id":"i1"}}}')
    signal.abort()
  })
})
