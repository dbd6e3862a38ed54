import { once } from 'node:events'
import { createServer, type IncomingMessage, request as httpRequest } from 'node:http'

import { describe, expect, it } from 'vitest'

import { defaultLimits, type Limits } from '#gateway/limits.ts'

import { exchange, GRAPHQL_TYPE, JSON_TYPE, post, serve } from './exchange.ts'
import { gatewayOver, listen, local, type Logged, type SubgraphName } from './graph.ts'
import { createWorld, type World } from './world.ts'

const query = '{ customers(first: 1) { name ... @defer(label: "later") { rating } } }'
const QUERY = JSON.stringify({ query })
const OLD = 'multipart/mixed;deferSpec=20220824'
const NEW = 'multipart/mixed;incrementalSpec=v0.2'

const parts = (...payloads: string[]): string =>
  `\r\n---${payloads
    .map((payload) => `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${payload}\r\n---`)
    .join('')}--\r\n`

describe('The answer to a query with @defer', () => {
  it('comes as multipart, each payload a part', async () => {
    const reply = await exchange(`${await serve()}graphql`, post(QUERY, { accept: OLD }))
    expect(reply.headers).toMatchObject({
      'content-type': 'multipart/mixed; boundary="-"; deferSpec=20220824',
      'cache-control': 'no-store',
      'transfer-encoding': 'chunked',
    })
    expect(reply.body).toBe(
      parts(
        String.raw`{"data":{"customers":[{"name":"Acme \"Holding\""}]},"hasNext":true}`,
        '{"incremental":[{"path":["customers",0],"label":"later","data":{"rating":"rating of c1"}}],"hasNext":false}',
      ),
    )
  })

  it.each([
    [
      'Apollo Client and its handler of 2022',
      `${OLD},${GRAPHQL_TYPE},${JSON_TYPE};q=0.9`,
      'deferSpec=20220824',
    ],
    [
      'Apollo Client and its newer handler',
      `${NEW},${GRAPHQL_TYPE},${JSON_TYPE};q=0.9`,
      'incrementalSpec=v0.2',
    ],
    ['urql', `${GRAPHQL_TYPE}, ${JSON_TYPE}, text/event-stream, multipart/mixed`, 'deferSpec=20220824'],
    ['no form named', 'multipart/mixed', 'deferSpec=20220824'],
    ['another form first', `multipart/mixed;subscriptionSpec=1.0, ${NEW}`, 'incrementalSpec=v0.2'],
    ['quotes and spaces', 'multipart/mixed; incrementalSpec="v0.2"', 'incrementalSpec=v0.2'],
    ['no multipart', JSON_TYPE, undefined],
    ['anything', '*/*', undefined],
    ['no form that is known', `multipart/mixed;deferSpec=2030, ${JSON_TYPE}`, undefined],
    ['multipart ruled out', `multipart/mixed;q=0, ${JSON_TYPE}`, undefined],
  ])('has the form that the client accepts: %s', async (_, accept, spec) => {
    const reply = await exchange(`${await serve()}graphql`, post(QUERY, { accept }))
    const form = spec ? `multipart/mixed; boundary="-"; ${spec}` : `${JSON_TYPE}; charset=utf-8`
    expect(reply.headers['content-type']).toBe(form)
    expect(reply.body.includes('"rating":"rating of c1"')).toBe(true)
    expect(reply.body.includes('"pending"')).toBe(spec === 'incrementalSpec=v0.2')
  })

  it('comes as events where the client rather has these, and takes parts', async () => {
    const accept = 'text/event-stream, multipart/mixed'
    const { body } = await exchange(`${await serve()}graphql`, post(QUERY, { accept }))
    const events = body.match(/^event: \w+/gm)
    expect(events).toEqual(['event: next', 'event: next', 'event: complete'])
    expect(body).toContain('"incremental"')
  })

  it.each([
    ['a query without it', '{ customers { id } }', 200],
    ['one that is refused', '{ nobody }', 400],
  ])('is JSON for %s', async (_, other, status) => {
    const body = JSON.stringify({ query: other })
    const reply = await exchange(`${await serve()}graphql`, post(body, { accept: `${OLD}, ${GRAPHQL_TYPE}` }))
    expect(reply).toMatchObject({ status, headers: { 'content-type': `${GRAPHQL_TYPE}; charset=utf-8` } })
    expect(() => JSON.parse(reply.body) as unknown).not.toThrow()
  })
})

/** A gateway whose erp takes requests and does not answer them. */
async function withSilentErp(
  world: World,
  logged: Logged,
  limits: Partial<Limits> = {},
): Promise<{ url: string; erp: AsyncIterator<IncomingMessage> }> {
  const server = createServer()
  const requests = (async function* take() {
    for (;;) yield ((await once(server, 'request')) as [IncomingMessage])[0]
  })()
  const near = (['crm', 'billing'] satisfies SubgraphName[]).map((name) => local(name, world))
  const subgraphs = [...near, { name: 'erp', url: await listen(server) }]
  const gateway = gatewayOver(world, { subgraphs, logged, limits })
  return { url: `${await serve(gateway, { ...defaultLimits, ...limits })}graphql`, erp: requests }
}

describe('A client of an answer in parts', () => {
  it('gets the first as soon as it is complete; when the client leaves, the rest is fetched no more', async () => {
    const logged: Logged = { lines: [] }
    const { url, erp } = await withSilentErp(createWorld(), logged)
    const asked = erp.next()
    const { body, ...options } = post(QUERY, { accept: OLD })
    const outgoing = httpRequest(url, options).end(body)
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
    const [chunk] = (await once(response, 'data')) as [Buffer]
    expect(String(chunk)).toContain('"hasNext":true}\r\n---')

    const upstream = (await asked).value as IncomingMessage
    const closed = once(upstream.socket, 'close')
    outgoing.destroy()
    await closed
    expect(logged.lines.filter((line) => line.includes('"err"'))).toEqual([])
  })

  it('is left when nothing passes between it and the gateway for too long', async () => {
    const logged: Logged = { lines: [] }
    const { url, erp } = await withSilentErp(createWorld(), logged, { clientSilenceTimeoutMs: 1_000 })
    const asked = erp.next()
    const { body, ...options } = post(QUERY, { accept: OLD })
    const outgoing = httpRequest(url, options).end(body)
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
    const failed = once(response, 'error')
    response.resume()
    const upstream = (await asked).value as IncomingMessage
    const closed = once(upstream.socket, 'close')
    expect(await failed).toMatchObject([{ code: 'ECONNRESET' }])
    await closed
  })
})
