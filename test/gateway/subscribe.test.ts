import { describe, expect, it } from 'vitest'

import { createFeed, gatewayOverFeed, type Invoice, localFeed, stream } from './feed.ts'
import type { Logged } from './graph.ts'

const PAID = 'subscription { paid { id total label customer { name vip } } }'
const invoice = (id: string, customer = 'c1', total = 7): Invoice => ({ id, customer, total })

describe('A subscription', () => {
  it('completes each event from the other subgraphs, in the order of the events', async () => {
    const feed = createFeed()
    const client = stream(gatewayOverFeed(feed), PAID)
    await expect.poll(() => feed.paid.listeners).toBe(1)
    feed.paid.publish(invoice('i1'))
    feed.paid.publish(invoice('i2', 'c2', 9))
    expect(await client.next()).toEqual({
      data: { paid: { id: 'i1', total: 7, label: 'i1 of 7', customer: { name: 'Acme', vip: true } } },
    })
    expect(await client.next()).toEqual({
      data: { paid: { id: 'i2', total: 9, label: 'i2 of 9', customer: { name: 'Bolt', vip: false } } },
    })
    feed.paid.end()
    expect(await client.next()).toBeUndefined()
  })

  it('is read anew for each event: no loader remembers the last one', async () => {
    const feed = createFeed()
    const client = stream(gatewayOverFeed(feed), 'subscription { paid { customer { name } } }')
    await expect.poll(() => feed.paid.listeners).toBe(1)
    feed.paid.publish(invoice('i1'))
    expect(await client.next()).toEqual({ data: { paid: { customer: { name: 'Acme' } } } })
    feed.names.set('c1', 'Acme & Sons')
    feed.paid.publish(invoice('i2'))
    expect(await client.next()).toEqual({ data: { paid: { customer: { name: 'Acme & Sons' } } } })
    client.leave()
    // One for opening the source, one for each event; crm has no part in the opening.
    expect(feed.journal.filter((line) => line === 'billing scope')).toHaveLength(3)
    expect(feed.journal.filter((line) => line === 'crm scope')).toHaveLength(2)
  })

  it('takes aliases, fragments, variables, parsed literals and conditions like any operation', async () => {
    const feed = createFeed()
    const document = `
      subscription ($who: ID, $brief: Boolean!) {
        __proto__: paid(customer: $who, since: "2026-01-31") { ...Part  number: id @skip(if: $brief) }
      }
      fragment Part on Invoice { __typename constructor: customer { called: name @include(if: $brief) } }`
    const client = stream(gatewayOverFeed(feed), document, { who: 'c2', brief: true })
    await expect.poll(() => feed.paid.listeners).toBe(1)
    feed.paid.publish(invoice('i1', 'c2'))
    expect(JSON.stringify(await client.next())).toBe(
      '{"data":{"__proto__":{"__typename":"Invoice","constructor":{"called":"Bolt"}}}}',
    )
    client.leave()
  })

  it('may bring lists and leaves', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    const lists = stream(gateway, 'subscription { refunded { label } }')
    const leaves = stream(gateway, 'subscription { ticks }')
    await expect.poll(() => [feed.paid.listeners, feed.ticks.listeners]).toEqual([1, 1])
    feed.paid.publish(invoice('i1'))
    feed.ticks.publish(42)
    expect(await lists.next()).toEqual({ data: { refunded: [{ label: 'i1 of 7' }, null] } })
    expect(await leaves.next()).toEqual({ data: { ticks: 42 } })
    lists.leave()
    leaves.leave()
  })

  it.each([
    ['two fields', 'subscription { paid { id } ticks }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'what variables make two',
      'subscription ($a: Boolean!) { ticks more: ticks @include(if: $a) }',
      { a: true },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'what variables make none',
      'subscription ($a: Boolean!) { ticks @skip(if: $a) }',
      { a: true },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['its own type alone', 'subscription { __typename }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['an unknown field', 'subscription { nope }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a malformed variable',
      'subscription ($d: Date) { paid(since: $d) { id } }',
      { d: 'x' },
      'BAD_USER_INPUT',
    ],
    ['too much', `subscription { paid { ${'a: id '.repeat(61)} } }`, {}, 'OPERATION_TOO_LARGE'],
  ])('of %s is refused before any source is opened', async (_what, document, variables, code) => {
    const feed = createFeed()
    const client = stream(gatewayOverFeed(feed), document, variables)
    expect(await client.next()).toMatchObject({ errors: [{ extensions: { code } }] })
    expect(await client.next()).toBeUndefined()
    expect(feed.paid.opened + feed.ticks.opened).toBe(0)
  })

  it('has no way over a transport that carries one answer', async () => {
    const gateway = gatewayOverFeed(createFeed())
    const { body } = await gateway.execute(
      { query: PAID },
      { requestId: 'r', signal: new AbortController().signal, identity: { kind: 'anonymous' } },
    )
    expect(body).toContain('OPERATION_RESOLUTION_FAILURE')
  })
})

it('Only so many events are completed at the same time; the others wait for their turn', async () => {
  const feed = createFeed()
  const gate = Promise.withResolvers<string>()
  let asked = 0
  const nameOf = async (): Promise<string> => {
    asked += 1
    return gate.promise
  }
  const subgraphs = [
    localFeed('billing', feed),
    { ...localFeed('crm', feed), createContext: () => ({ nameOf }) },
  ]
  const gateway = gatewayOverFeed(feed, { subgraphs, limits: { maxConcurrentEvents: 2 } })
  const clients = Array.from({ length: 5 }, (_, index) =>
    stream(gateway, `subscription { p${index}: paid { customer { name } } }`),
  )
  await expect.poll(() => feed.paid.listeners).toBe(5)
  feed.paid.publish(invoice('i1'))
  await expect.poll(() => asked).toBe(2)
  await new Promise(setImmediate)
  expect(asked).toBe(2)
  gate.resolve('Acme')
  for (const [index, client] of clients.entries())
    expect(await client.next()).toEqual({ data: { [`p${index}`]: { customer: { name: 'Acme' } } } })
  expect(asked).toBe(5)
  for (const client of clients) client.leave()
})

it('A query and a mutation are answered once', async () => {
  const gateway = gatewayOverFeed(createFeed())
  const query = stream(gateway, '{ invoice(id: "i1") { label } }')
  expect(await query.next()).toEqual({ data: { invoice: { label: 'i1 of 7' } } })
  expect(await query.next()).toBeUndefined()
  const mutation = stream(gateway, 'mutation { rename(id: "c1", name: "A") { name vip } }')
  expect(await mutation.next()).toEqual({ data: { rename: { name: 'A', vip: true } } })
  expect(await mutation.next()).toBeUndefined()
})

describe('What goes wrong', () => {
  it('in one event is told at its place and masked, and the next event comes', async () => {
    const feed = createFeed()
    const logged: Logged = { lines: [] }
    const client = stream(gatewayOverFeed(feed, { logged }), 'subscription { p: paid { id secret } }')
    await expect.poll(() => feed.paid.listeners).toBe(1)
    feed.paid.publish(invoice('i1'))
    const answer = await client.next()
    expect(answer).toMatchObject({
      data: { p: { id: 'i1', secret: null } },
      errors: [{ path: ['p', 'secret'], extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'billing' } }],
    })
    expect(JSON.stringify(answer)).not.toContain('hunter2')
    expect(logged.lines.join('')).toContain('hunter2')
    feed.paid.publish(invoice('i2'))
    expect(await client.next()).toMatchObject({ data: { p: { id: 'i2' } } })
    client.leave()
  })

  it('in another subgraph leaves the event and its stream alive', async () => {
    const feed = createFeed()
    const subgraphs = [localFeed('billing', feed), { name: 'crm', url: 'http://127.0.0.1:9/' }]
    const client = stream(
      gatewayOverFeed(feed, { subgraphs }),
      'subscription { paid { id customer { name vip } } }',
    )
    await expect.poll(() => feed.paid.listeners).toBe(1)
    for (const id of ['i1', 'i2']) {
      feed.paid.publish(invoice(id))
      expect(await client.next()).toMatchObject({
        data: { paid: { id, customer: { name: null, vip: true } } },
        errors: [{ path: ['paid', 'customer', 'name'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
      })
    }
    client.leave()
  })

  it.each([
    ['that clients may know', 'nobody', 'NOT_FOUND', 'No such customer.'],
    ['that is the subgraph’s own', 'broken', 'INTERNAL_SERVER_ERROR', 'Something went wrong'],
  ])(
    'when the source is opened, for a reason %s, ends the stream',
    async (_what, customer, code, message) => {
      const client = stream(
        gatewayOverFeed(createFeed()),
        'subscription ($c: ID) { paid(customer: $c) { id } }',
        { c: customer },
      )
      const answer = await client.next()
      expect(answer).not.toHaveProperty('data')
      expect(answer?.errors).toMatchObject([
        { message: expect.stringContaining(message) as string, extensions: { code } },
      ])
      expect(await client.next()).toBeUndefined()
    },
  )

  it('with the source itself ends the stream with an error that says to try again', async () => {
    const feed = createFeed()
    const logged: Logged = { lines: [] }
    const client = stream(gatewayOverFeed(feed, { logged }), PAID)
    await expect.poll(() => feed.paid.listeners).toBe(1)
    feed.paid.publish(invoice('i1'))
    feed.paid.fail(new Error('connection to hunter2 lost'))
    expect(await client.next()).toMatchObject({ data: { paid: { id: 'i1' } } })
    const last = await client.next()
    expect(last).toMatchObject({
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', retryable: true } }],
    })
    expect(JSON.stringify(last)).not.toContain('hunter2')
    expect(logged.lines.join('')).toContain('hunter2')
    expect(await client.next()).toBeUndefined()
  })
})

describe('A client that leaves', () => {
  it('closes the source at once, though no event comes', async () => {
    const feed = createFeed()
    const client = stream(gatewayOverFeed(feed), PAID)
    await expect.poll(() => feed.paid.listeners).toBe(1)
    client.leave()
    expect(await client.next()).toBeUndefined()
    expect(feed.paid.listeners).toBe(0)
  })

  it('before the source opened leaves none open', async () => {
    const feed = createFeed()
    const client = stream(gatewayOverFeed(feed), PAID)
    client.leave()
    await client.next()
    await expect.poll(() => feed.paid.listeners).toBe(0)
  })
})
