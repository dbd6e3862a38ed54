// What is tried against the HTTP server, by its number in the list of attacks.
import type { RequestOptions } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { defaultLimits } from '#gateway/limits.ts'

import {
  ANSWER,
  exchange,
  firstError,
  GOOD,
  GRAPHQL_TYPE,
  JSON_TYPE,
  post,
  type Reply,
  serve,
} from './exchange.ts'
import { gatewayOver } from './graph.ts'
import { createWorld } from './world.ts'

const OWN_PAGE = 'https://app.example'
const FOREIGN_PAGE = 'https://evil.example'
const gateway = () => gatewayOver(createWorld(), { allowedOrigins: [OWN_PAGE] })
const send = async (options: RequestOptions & { body?: string | Buffer }, search = ''): Promise<Reply> =>
  exchange(`${await serve(gateway())}graphql${search}`, options)

const packed = (bytes: number): RequestOptions & { body: Buffer } => ({
  method: 'POST',
  body: gzipSync(JSON.stringify({ query: '{ trialBalance }', variables: { x: 'x'.repeat(bytes) } })),
  headers: { 'content-type': JSON_TYPE, 'content-encoding': 'gzip', accept: GRAPHQL_TYPE },
})

const get = (headers: Record<string, string>): RequestOptions => ({ method: 'GET', headers })

const preflight = (origin: string): RequestOptions => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  },
})

describe('A request that is refused', () => {
  const search = '?query={trialBalance}'
  const mutation = '?query=mutation{fail{id}}'
  const batch = `[${Array.from({ length: 10 }, () => GOOD).join()}]`
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const table: [string, number, RequestOptions & { body?: string | Buffer }, string?][] = [
    ['7: a batch of 10', 400, post(batch, { accept: GRAPHQL_TYPE })],
    ['8: a body of 16 MB', 413, post(' '.repeat(16_000_000))],
    ['9: an exotic charset', 415, post(GOOD, { 'content-type': `${JSON_TYPE}; charset=utf-7` })],
    ['10: a gzip bomb', 413, packed(200_000_000)],
    ['22: a GET without a preflight header', 400, get({}), search],
    ['22: a GET by an image', 400, get({ 'sec-fetch-mode': 'no-cors', accept: 'image/*,*/*;q=0.8' }), search],
    ['22: a GET by a link', 400, get({ 'sec-fetch-mode': 'navigate' }), search],
    ['22: a GET by a foreign page', 400, get({ 'sec-fetch-mode': 'cors', origin: FOREIGN_PAGE }), search],
    ['23: a GET with text/plain', 415, get({ 'content-type': 'text/plain' }), search],
    ['24: a mutation by GET', 405, get({ 'apollo-require-preflight': 'true' }), mutation],
    ['25: a form', 415, post('query={trialBalance}', form)],
    ['25: text/plain', 415, post(GOOD, { 'content-type': 'text/plain' })],
    ['25: parts', 415, post(GOOD, { 'content-type': 'multipart/form-data; boundary=x' })],
  ]
  it.each(table)('is so with a status: attack %s → %i', async (_attack, status, options, query) => {
    const reply = await send(options, query)
    expect(reply.status).toBe(status)
    expect(reply.body).not.toContain('"data"')
  })

  it('tells a client with too much under way when to come again', async () => {
    const full = gatewayOver(createWorld(), { limits: { maxConcurrentRequests: 0 } })
    const reply = await exchange(`${await serve(full)}graphql`, post(GOOD, { accept: JSON_TYPE }))
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '1'])
    expect(firstError(reply)?.extensions).toMatchObject({ code: 'OVERLOADED', retryable: true })
  })
})

describe('A request that is answered', () => {
  it.each<[string, Record<string, string>]>([
    ['asks for a preflight', { 'apollo-require-preflight': 'true' }],
    ["has Apollo's name of the operation", { 'x-apollo-operation-name': 'A' }],
    ['says JSON', { 'content-type': JSON_TYPE }],
    ["has the browser's word for the same origin", { 'sec-fetch-mode': 'cors' }],
    ['comes from an allowed page', { 'sec-fetch-mode': 'cors', origin: OWN_PAGE }],
  ])('may be a GET that %s', async (_what, headers) => {
    const reply = await send({ method: 'GET', headers }, '?query={customer(id:"c1"){id}}')
    expect([reply.status, reply.body]).toEqual([200, ANSWER])
  })

  it('may be packed', async () => {
    expect((await send(packed(1_000))).body).toBe('{"data":{"trialBalance":0}}')
  })
})

describe('A page of another origin', () => {
  it('is allowed by name, with credentials', async () => {
    const allowed = { 'access-control-allow-origin': OWN_PAGE, 'access-control-allow-credentials': 'true' }
    const asked = await send(preflight(OWN_PAGE))
    expect(asked).toMatchObject({ status: 204, headers: allowed })
    expect(asked.headers['access-control-allow-headers']).toBe('content-type')
    expect(await send(post(GOOD, { origin: OWN_PAGE }))).toMatchObject({ status: 200, headers: allowed })
  })

  it.each([
    ['foreign', FOREIGN_PAGE],
    ['opaque', 'null'],
    ['of another port', `${OWN_PAGE}:8443`],
    ['below an allowed one', 'https://app.example.evil.example'],
  ])('is allowed nothing where it is %s: attack 26', async (_what, origin) => {
    for (const options of [preflight(origin), post(GOOD, { origin, cookie: 'session=1' })]) {
      const { headers } = await send(options)
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
      expect(headers.vary).toBe('origin')
    }
  })

  it('may not show GraphiQL in a frame: attack 27', async () => {
    const { headers } = await send({ method: 'GET', headers: { accept: 'text/html' } })
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  })
})

/** Sends bytes as they are, and gives what comes back until the server closes the connection. */
async function raw(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let reply = ''
  socket.on('data', (chunk: Buffer) => {
    reply += chunk.toString()
  })
  // A server that refuses does not read on: what it said has come before the reset.
  socket.on('error', ({ message }) => expect(message).toContain('ECONNRESET'))
  socket.write(text)
  const { promise, resolve } = Promise.withResolvers<void>()
  socket.on('close', () => resolve())
  await promise
  return reply
}

describe('A connection', () => {
  const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'

  it.each([
    ['8: 100 KB', 431, `X-Large: ${'x'.repeat(100_000)}`],
    ['21: a line feed', 400, 'X-Request-Id: a\nSet-Cookie: x=1'],
    ['21: a carriage return', 400, 'X-Request-Id: a\rSet-Cookie: x=1'],
  ])('with such a header is refused: attack %s → %i', async (_attack, status, header) => {
    const reply = await raw(await serve(), `${head}${header}\r\nContent-Length: 0\r\n\r\n`)
    expect(reply).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(reply).not.toContain('x=1')
  })

  it('that sends its body drop by drop is closed', async () => {
    const limits = { ...defaultLimits, headersTimeoutMs: 200, requestTimeoutMs: 200 }
    const reply = await raw(await serve(gateway(), limits), `${head}Content-Length: 100\r\n\r\n{`)
    expect(reply).toMatch(/^HTTP\/1.1 408 /)
  })
})

describe('Whoever opens the root without a browser', () => {
  it('is told what is served where', async () => {
    const { status, body } = await exchange(await serve(), { method: 'GET' })
    expect([status, body]).toEqual([
      200,
      '{"graphql":"/graphql","live":"/health/live","ready":"/health/ready"}',
    ])
  })
})
