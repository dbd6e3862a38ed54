import { once } from 'node:events'
import { createServer, type IncomingMessage, request as httpRequest, type RequestOptions } from 'node:http'

import { auditServer } from 'graphql-http'
import { describe, expect, it } from 'vitest'

import type { Check } from '#gateway/health.ts'
import { createHttpServer } from '#gateway/http/http-server.ts'
import { defaultLimits } from '#gateway/limits.ts'
import { createGateway, type Gateway } from '#gateway/server.ts'
import type { RemoteSubgraph } from '#gateway/subgraph/transport-http.ts'
import type { LocalSubgraph } from '#gateway/subgraph/transport-local.ts'
import { createLog } from '#platform/log.ts'

import { ANSWER, exchange, firstError, GOOD, GRAPHQL_TYPE, JSON_TYPE, post, serve } from './exchange.ts'
import {
  connectionsOf,
  fixtureSupergraph,
  gatewayOver,
  listen,
  local,
  type Logged,
  remote,
  subgraphNames,
} from './graph.ts'
import { createWorld } from './world.ts'

describe('The answer to a good request', () => {
  it.each([
    ['no Accept', undefined, JSON_TYPE],
    ['anything', '*/*', JSON_TYPE],
    ['JSON', 'application/json', JSON_TYPE],
    ['a GraphQL response', GRAPHQL_TYPE, GRAPHQL_TYPE],
    ['both', `${GRAPHQL_TYPE}, application/json;q=0.9`, GRAPHQL_TYPE],
    ['rather JSON', `${GRAPHQL_TYPE};q=0.1, application/json;q=0.9`, JSON_TYPE],
    ['with a charset', `${GRAPHQL_TYPE}; charset=utf-8`, GRAPHQL_TYPE],
    ['with something else', 'text/plain, application/json', JSON_TYPE],
  ])('has the type that the client accepts: %s', async (_what, accept, type) => {
    const reply = await exchange(
      `${await serve()}graphql`,
      post(GOOD, accept === undefined ? {} : { accept }),
    )
    expect(reply).toMatchObject({
      status: 200,
      body: ANSWER,
      headers: { 'content-type': `${type}; charset=utf-8` },
    })
    expect(reply.headers['x-request-id']).toMatch(/^[\w-]{36}$/)
    expect(reply.headers['cache-control']).toBe('no-store')
  })

  it('is the same by GET', async () => {
    const query = new URLSearchParams({
      query: 'query A ($id: ID!) { customer(id: $id) { id } } query B { trialBalance }',
      operationName: 'A',
      variables: '{"id":"c1"}',
    })
    const reply = await exchange(`${await serve()}graphql?${query.toString()}`, {
      method: 'GET',
      headers: { accept: JSON_TYPE, 'apollo-require-preflight': 'true' },
    })
    expect(reply).toMatchObject({ status: 200, body: ANSWER })
  })

  it('carries the request id of a proxy in its header and its errors', async () => {
    const headers = { 'x-request-id': 'proxy-4711.a', accept: GRAPHQL_TYPE }
    const reply = await exchange(`${await serve()}graphql`, post('{"query":"{ nope }"}', headers))
    expect(reply.headers['x-request-id']).toBe('proxy-4711.a')
    expect(firstError(reply)?.extensions.requestId).toBe('proxy-4711.a')
  })

  it('but no request id that could do harm', async () => {
    const reply = await exchange(
      `${await serve()}graphql`,
      post(GOOD, { 'x-request-id': '<script>alert(1)</script>' }),
    )
    expect(reply.headers['x-request-id']).toMatch(/^[\w-]{36}$/)
  })
})

describe('A bad request gets a status, a code and no stack', () => {
  const big = JSON.stringify({ query: '{ id }', variables: { x: 'x'.repeat(1_100_000) } })
  const table: [string, RequestOptions & { body?: string }, number, string][] = [
    ['a broken body', post('{"query":'), 400, 'BAD_REQUEST'],
    ['no body', post(''), 400, 'BAD_REQUEST'],
    ['a string as body', post('"{ id }"'), 400, 'BAD_REQUEST'],
    ['a batch', post(`[${GOOD},${GOOD}]`), 400, 'BAD_REQUEST'],
    ['no query', post('{}'), 400, 'BAD_REQUEST'],
    ['a number as query', post('{"query":1}'), 400, 'BAD_REQUEST'],
    ['a list as variables', post('{"query":"{ trialBalance }","variables":[]}'), 400, 'BAD_REQUEST'],
    ['a string as variables', post('{"query":"{ trialBalance }","variables":"{}"}'), 400, 'BAD_REQUEST'],
    ['a number as operationName', post('{"query":"{ trialBalance }","operationName":1}'), 400, 'BAD_REQUEST'],
    ['a string as extensions', post('{"query":"{ trialBalance }","extensions":""}'), 400, 'BAD_REQUEST'],
    ['a syntax error', post('{"query":"{ id "}'), 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', post('{"query":"{ nope }"}'), 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a wrong variable',
      post('{"query":"query ($id: ID!) { customer(id: $id) { id } }"}'),
      400,
      'BAD_USER_INPUT',
    ],
    [
      'an unknown operation',
      post('{"query":"query A { trialBalance }","operationName":"B"}'),
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'two operations, none named',
      post('{"query":"query A { trialBalance } query B { trialBalance }"}'),
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['too large a body', post(big), 413, 'PAYLOAD_TOO_LARGE'],
    ['too large a body in chunks', post(big, { 'transfer-encoding': 'chunked' }), 413, 'PAYLOAD_TOO_LARGE'],
    ['no content type', { method: 'POST', body: GOOD }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['text', post(GOOD, { 'content-type': 'text/plain' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'a form',
      post('query={id}', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'parts',
      post(GOOD, { 'content-type': 'multipart/form-data; boundary=x' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'an exotic charset',
      post(GOOD, { 'content-type': `${JSON_TYPE}; charset=utf-7` }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a body that is not packed as it says', post(GOOD, { 'content-encoding': 'gzip' }), 400, 'BAD_REQUEST'],
    ['another packing', post(GOOD, { 'content-encoding': 'br' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['an answer of another type', post(GOOD, { accept: 'text/csv' }), 406, 'NOT_ACCEPTABLE'],
    [
      'an answer in another charset',
      post(GOOD, { accept: `${GRAPHQL_TYPE}; charset=utf-16` }),
      406,
      'NOT_ACCEPTABLE',
    ],
    ['another method', { method: 'PUT', body: GOOD }, 405, 'METHOD_NOT_ALLOWED'],
  ]
  it.each(table)('%s', async (_what, options, status, code) => {
    const headers = { accept: GRAPHQL_TYPE, ...(options.headers as Record<string, string> | undefined) }
    const reply = await exchange(`${await serve()}graphql`, { ...options, headers })
    expect([reply.status, firstError(reply)?.extensions.code]).toEqual([status, code])
    expect(reply.headers['content-type']).toMatch(/^application\/(graphql-response\+)?json; charset=utf-8$/)
    expect(JSON.parse(reply.body)).not.toHaveProperty('data')
    expect(reply.body).not.toMatch(/stack|node_modules|\.ts:/)
  })

  it.each([
    ['a mutation', '?query=mutation{fail{id}}', 405, 'METHOD_NOT_ALLOWED'],
    ['no query', '', 400, 'BAD_REQUEST'],
    ['broken variables', '?query={trialBalance}&variables={', 400, 'BAD_REQUEST'],
  ])('by GET: %s', async (_what, search, status, code) => {
    const headers = { 'apollo-require-preflight': 'true' }
    const reply = await exchange(`${await serve()}graphql${search}`, { method: 'GET', headers })
    expect([reply.status, firstError(reply)?.extensions.code]).toEqual([status, code])
    if (status === 405) expect(reply.headers.allow).toBe('GET, POST')
  })

  it('is answered as it is where the client offers another protocol', async () => {
    const offer = {
      connection: 'Upgrade, HTTP2-Settings',
      upgrade: 'h2c',
      'http2-settings': 'AAEAAEAAAAIAAAABAAMAAABk',
    }
    const reply = await exchange(`${await serve()}graphql`, post(GOOD, offer))
    expect(reply).toMatchObject({ status: 200, body: ANSWER })
  })

  it('whose answer is never read loses its connection', async () => {
    const world = createWorld()
    const customer = world.customers.get('c1')
    if (customer) customer.name = 'x'.repeat(15_000_000)
    const limits = { ...defaultLimits, clientSilenceTimeoutMs: 1_000 }
    const server = createHttpServer(gatewayOver(world), limits)
    const outgoing = httpRequest(`${await listen(server)}graphql`, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE },
    })
    outgoing.on('error', () => undefined).end(JSON.stringify({ query: '{ customer(id: "c1") { name } }' }))
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
    response.on('error', () => undefined).pause()
    await expect.poll(() => connectionsOf(server)).toBe(0)
  })

  it('whose body never ends is answered all the same', async () => {
    const { promise, resolve } = Promise.withResolvers<[number | undefined, string | undefined]>()
    const outgoing = httpRequest(`${await serve()}graphql`, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE },
    })
    outgoing.on('response', ({ statusCode, headers }) => resolve([statusCode, headers.connection]))
    outgoing.write(' '.repeat(1_100_000))
    expect(await promise).toEqual([413, 'close'])
    outgoing.on('error', () => undefined).destroy()
  })

  it('has status 200 where the client asked for plain JSON and the request itself was well formed', async () => {
    const reply = await exchange(
      `${await serve()}graphql`,
      post('{"query":"{ nope }"}', { accept: JSON_TYPE }),
    )
    expect([reply.status, firstError(reply)?.extensions.code]).toEqual([200, 'GRAPHQL_VALIDATION_FAILED'])
  })
})

describe('The GraphQL-over-HTTP audit', () => {
  it('finds nothing', async () => {
    const results = await auditServer({ url: `${await serve()}graphql` })
    expect(results.filter(({ status }) => status !== 'ok')).toEqual([])
    expect(results).toHaveLength(61)
  })
})

describe('GraphiQL', () => {
  const browser = { method: 'GET', headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } }

  it.each(['', 'graphql', 'graphql?query={trialBalance}'])('opens at /%s in a browser', async (path) => {
    const { status, headers, body } = await exchange(`${await serve()}${path}`, browser)
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(headers['content-security-policy']).toContain("script-src 'self';")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(body).not.toMatch(/https?:\/\//)
  })

  it('is served whole from here', async () => {
    const url = await serve()
    const { body } = await exchange(url, browser)
    const start = await exchange(`${url}graphiql/start.js`, { method: 'GET' })
    const paths = [...body.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path)
    expect(paths).toHaveLength(3)
    const workers = ['editor', 'json', 'graphql'].map((worker) => `/graphiql/${worker}.js`)
    for (const path of [...paths, ...workers]) {
      const asset = await exchange(new URL(path ?? '', url).href, { method: 'GET' })
      expect([path, asset.status, asset.body.length > 100]).toEqual([path, 200, true])
    }
    expect(start.body).toContain('"defaultTabs":[{"query":"{ customers { id name } }","variables":null}]')
  })
})

/** A gateway that is ready under these conditions. */
function gatewayWith(
  readiness: Check[],
  subgraphs: readonly (LocalSubgraph | RemoteSubgraph)[] = [],
  logged: Logged = { lines: [] },
): Gateway {
  const world = createWorld()
  return createGateway({
    supergraph: fixtureSupergraph,
    subgraphs: subgraphNames.map(
      (name) => subgraphs.find((subgraph) => subgraph.name === name) ?? local(name, world),
    ),
    log: createLog({ level: 'info', destination: { write: (line) => void logged.lines.push(line) } }),
    limits: { readinessTimeoutMs: 1_000 },
    examples: [],
    readiness,
  })
}

describe('Health', () => {
  it('is live as long as it answers', async () => {
    expect(await exchange(`${await serve()}health/live`, {})).toMatchObject({
      status: 200,
      body: '{"live":true}',
    })
  })

  it('is ready when every check is well and every service answers', async () => {
    const well = { name: 'store', reason: 'the store does not answer', check: async () => undefined }
    const url = await serve(gatewayWith([well], [await remote('billing', createWorld())]))
    expect(await exchange(`${url}health/ready`, {})).toMatchObject({
      status: 200,
      body: '{"ready":true,"degraded":[],"reasons":{},"circuits":{"billing":"closed"}}',
    })
  })

  it('is ready while some of its subgraphs do not answer, and names them', async () => {
    const url = await serve(gatewayWith([], [{ name: 'billing', url: 'http://127.0.0.1:9/' }]))
    const { status, body } = await exchange(`${url}health/ready`, {})
    expect(status).toBe(200)
    expect(JSON.parse(body)).toEqual({
      ready: true,
      degraded: ['billing'],
      reasons: { billing: 'billing does not answer' },
      circuits: { billing: 'closed' },
    })
  })

  it('is not ready while none of its subgraphs answers', async () => {
    const services = subgraphNames.map((name) => ({ name, url: 'http://127.0.0.1:9/' }))
    const { status, body } = await exchange(`${await serve(gatewayWith([], services))}health/ready`, {})
    expect(status).toBe(503)
    expect(JSON.parse(body)).toMatchObject({ ready: false, degraded: subgraphNames })
  })

  it('is found out once for all who ask at the same time, and anew for who asks later', async () => {
    let checks = 0
    const go = Promise.withResolvers<void>()
    const check = { name: 'store', reason: 'gone', check: () => ((checks += 1), go.promise) }
    const { readiness } = gatewayWith([check])
    const asking = Array.from({ length: 200 }, () => readiness())
    go.resolve()
    for (const { ready } of await Promise.all(asking)) expect(ready).toBe(true)
    expect(checks).toBe(1)
    await readiness()
    expect(checks).toBe(2)
  })

  it('says what it is not ready for, and why to the log alone', async () => {
    const checks: Check[] = [
      { name: 'bus', reason: 'the bus is down', check: () => Promise.reject(new Error('hunter2@bus')) },
      { name: 'engine', reason: 'the engine hangs', check: () => new Promise<never>(() => undefined) },
      { name: 'clock', reason: 'the clock stands', check: async () => undefined },
    ]
    const silent = await listen(createServer((request) => request.resume()))
    const services = [
      { name: 'erp', url: 'http://127.0.0.1:9/' },
      { name: 'billing', url: silent },
    ]
    const logged: Logged = { lines: [] }
    const url = await serve(gatewayWith(checks, services, logged))
    const { status, body } = await exchange(`${url}health/ready`, {})
    expect(status).toBe(503)
    expect(JSON.parse(body)).toEqual({
      ready: false,
      degraded: ['billing', 'erp'],
      reasons: {
        bus: 'the bus is down',
        engine: 'the engine hangs',
        erp: 'erp does not answer',
        billing: 'billing does not answer',
      },
      circuits: { erp: 'closed', billing: 'closed' },
    })
    const log = logged.lines.join('')
    expect(log).toContain('hunter2@bus')
    expect(log).toContain('no answer in 1000 ms')
    expect(log).toContain('ECONNREFUSED')
  })
})

describe('Anything else', () => {
  it.each(['favicon.ico', 'graphql/', 'graphiql/../package.json', 'health'])(
    'is not found: /%s',
    async (path) => {
      expect((await exchange(`${await serve()}${path}`, { method: 'GET' })).status).toBe(404)
    },
  )
})
