import { type IncomingMessage, request } from 'node:http'

import { describe, expect, it } from 'vitest'

import { createFeed, gatewayOverFeed } from './feed.ts'
import { anyRequest } from './graph.ts'
import { begin, invoice, serve, subscribe } from './socket.ts'

const NUMBERED = 'subscription { numbered { cursor invoice { id customer { name } } } }'

/** All that a stream of events carries, as its bytes came. */
async function textOf(url: string, body: object, headers: Record<string, string> = {}): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const outgoing = request(url, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
  })
  outgoing.on('response', resolve).on('error', reject)
  outgoing.end(JSON.stringify(body))
  let text = ''
  for await (const chunk of (await promise) as AsyncIterable<Buffer>) text += chunk.toString()
  return text
}

const idsIn = (text: string): string[] => [...text.matchAll(/^id: (.*)$/gm)].map(([, id = '']) => id)

describe('A stream of events that is asked for again', () => {
  it('names each event by its cursor, whatever the client calls it', async () => {
    const { feed, url } = await serve()
    feed.numbered.push(invoice('i1'), invoice('i2'))
    expect(idsIn(await textOf(url, { query: NUMBERED }))).toEqual(['1', '2'])
    const aliased =
      'subscription { __proto__: numbered { ...Part } } fragment Part on Numbered { at: cursor }'
    expect(idsIn(await textOf(url, { query: aliased }))).toEqual(['1', '2'])
  })

  it('has no ids where the client asks for no cursor, or for another field under that name', async () => {
    const { feed, url } = await serve()
    feed.numbered.push(invoice('i1'))
    const document = 'subscription { numbered { cursor: __typename invoice { id } } }'
    expect(idsIn(await textOf(url, { query: document }))).toEqual([])
  })

  it.each([
    ['says nothing of it', NUMBERED, {}],
    ['named another place in the text', NUMBERED.replace('numbered', 'numbered(after: "1")'), {}],
    [
      'named another place by a variable',
      NUMBERED.replace('{ numbered', '($from: String) { numbered(after: $from)'),
      { from: '1' },
    ],
    [
      'has a variable of that name for something else',
      NUMBERED.replace('{ numbered {', '($after: Boolean!) { numbered { __typename @include(if: $after)'),
      { after: true },
    ],
  ])('goes on after Last-Event-ID where the request %s', async (_what, query, variables) => {
    const { feed, url } = await serve()
    feed.numbered.push(invoice('i1'), invoice('i2'), invoice('i3'))
    const text = await textOf(url, { query, variables }, { 'last-event-id': '2' })
    expect(idsIn(text)).toEqual(['3'])
    expect(text).toContain('"name":"Acme"')
  })

  it('is refused where the place would be lost', async () => {
    const { url } = await serve()
    const query = 'subscription { ...Root } fragment Root on Subscription { numbered { cursor } }'
    expect(await textOf(url, { query }, { 'last-event-id': '2' })).toContain('BAD_USER_INPUT')
  })

  it('is as it was where there is nothing to resume', async () => {
    const { url } = await serve()
    const text = await textOf(url, { query: '{ invoice(id: "i1") { id } }' }, { 'last-event-id': '2' })
    expect(text).toContain('{"data":{"invoice":{"id":"i1"}}}')
  })
})

describe('A subscription that ends early', () => {
  it('tells what to resume after', async () => {
    const { feed, socketUrl } = await serve({ maxWaitingBytes: 10_000 })
    for (const [index] of Array.from({ length: 60 }).entries())
      feed.numbered.push({ ...invoice(`${index}${'x'.repeat(1_000_000)}`) })
    const raw = await begin(socketUrl)
    const silenceMs = 200
    raw.socket.pause()
    raw.send(subscribe('1', 'subscription { numbered { cursor invoice { id } } }'))
    await new Promise((resolve) => {
      setTimeout(resolve, silenceMs)
    })
    raw.socket.resume()
    let last = 0
    for (;;) {
      const message = await raw.next()
      if (message['type'] === 'error') {
        expect(message['payload']).toMatchObject([
          { extensions: { code: 'SLOW_READER', retryable: true, resumeAfter: String(last) } },
        ])
        break
      }
      const { data } = message['payload'] as { data: { numbered: { cursor: string } } }
      last = Number(data.numbered.cursor)
    }
    expect(last).toBeGreaterThan(0)
    expect(last).toBeLessThan(60)
  })
})

describe('The answer to a query', () => {
  it('says where the events ended before it was read, where the client asks', async () => {
    const feed = createFeed()
    const gateway = gatewayOverFeed(feed)
    feed.numbered.push(invoice('i1'), invoice('i2'))
    const ask = async (isCursorAsked: boolean): Promise<unknown> =>
      JSON.parse(
        (await gateway.execute({ query: '{ invoice(id: "i1") { id } }', isCursorAsked }, anyRequest())).body,
      )
    expect(await ask(true)).toEqual({ data: { invoice: { id: 'i1' } }, extensions: { eventCursor: '2' } })
    expect(await ask(false)).toEqual({ data: { invoice: { id: 'i1' } } })
    expect(feed.journal.filter((line) => line === 'position')).toHaveLength(1)
  })
})
