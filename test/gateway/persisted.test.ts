// Documents by their hash: those that were agreed on, and those that a client sent once.
import { describe, expect, it } from 'vitest'

import { hashOf } from '#gateway/document/persisted.ts'
import type { Gateway } from '#gateway/server.ts'

import { ANSWER, exchange, firstError, GRAPHQL_TYPE, post, type Reply, serve } from './exchange.ts'
import { gatewayOver, type Logged } from './graph.ts'
import { createWorld } from './world.ts'

const QUERY = '{ customer(id: "c1") { id } }'
const TWO = 'query A { customer(id: "c1") { id } } query B { trialBalance }'
const INVALID = '{ nope }'

const trustedDocuments = (isExclusive: boolean) => ({
  texts: new Map([QUERY, TWO, INVALID].map((text) => [hashOf(text), text])),
  files: new Map([[hashOf(INVALID), 'reports/invalid.graphql']]),
  isExclusive,
})
const trusting = (isExclusive = false): Gateway =>
  gatewayOver(createWorld(), { trustedDocuments: trustedDocuments(isExclusive) })

async function send(gateway: Gateway, body: object): Promise<Reply> {
  return exchange(`${await serve(gateway)}graphql`, post(JSON.stringify(body), { accept: GRAPHQL_TYPE }))
}

const named = (text: string): { documentId: string } => ({ documentId: `sha256:${hashOf(text)}` })
const apollo = (text: string): object => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } },
})

const codeOf = async (gateway: Gateway, body: object): Promise<string | undefined> =>
  firstError(await send(gateway, body))?.extensions.code

describe('A trusted document', () => {
  it.each([
    ['its id', named(QUERY)],
    ["Apollo's extension", apollo(QUERY)],
    ['its id, and its text beside it', { ...named(QUERY), query: QUERY }],
    ['its id, and one operation of several by its own name', { ...named(TWO), operationName: 'A' }],
  ])('is executed by %s', async (_what, body) => {
    for (const isExclusive of [true, false]) {
      expect(await send(trusting(isExclusive), body)).toMatchObject({ status: 200, body: ANSWER })
    }
  })

  it('is found by GET', async () => {
    const search = `?documentId=sha256:${hashOf(QUERY)}`
    const headers = { 'apollo-require-preflight': 'true' }
    expect(await exchange(`${await serve(trusting())}graphql${search}`, { headers })).toMatchObject({
      status: 200,
      body: ANSWER,
    })
  })

  it('keeps to the same limits', async () => {
    const gateway = gatewayOver(createWorld(), {
      trustedDocuments: trustedDocuments(true),
      limits: { maxDepth: 1 },
    })
    const reply = await send(gateway, named(QUERY))
    expect(firstError(reply)?.extensions.code).toBe('OPERATION_TOO_LARGE')
  })

  it('that the graph cannot execute is told at the start', () => {
    const logged: Logged = { lines: [] }
    gatewayOver(createWorld(), { trustedDocuments: trustedDocuments(true), logged })
    expect(logged.lines).toHaveLength(1)
    expect(logged.lines[0]).toContain('reports/invalid.graphql')
    expect(logged.lines[0]).toContain('nope')
  })
})

describe('Where nothing but trusted documents is executed', () => {
  it.each([
    ['a raw document', { query: '{ trialBalance }' }],
    ['the text of a trusted one without its name', { query: QUERY }],
    ['another text under the name of a trusted one', { ...named(QUERY), query: '{ trialBalance }' }],
    ['an unknown document by its name', named('{ trialBalance }')],
    ['a document to be kept', { ...apollo('{ trialBalance }'), query: '{ trialBalance }' }],
  ])('%s is refused: attack 72', async (_what, body) => {
    const reply = await send(trusting(true), body)
    expect([reply.status, firstError(reply)?.extensions.code]).toEqual([400, 'DOCUMENT_NOT_TRUSTED'])
  })
})

describe('An automatic persisted query', () => {
  it('is asked for once, kept, and found from then on', async () => {
    const gateway = gatewayOver(createWorld())
    const unknown = await send(gateway, apollo(QUERY))
    expect([unknown.status, firstError(unknown)?.message]).toEqual([400, 'PersistedQueryNotFound'])
    expect(firstError(unknown)?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect((await send(gateway, { ...apollo(QUERY), query: QUERY })).body).toBe(ANSWER)
    expect((await send(gateway, apollo(QUERY))).body).toBe(ANSWER)
    expect((await send(gateway, named(QUERY))).body).toBe(ANSWER)
  })

  it('is kept only under its own hash', async () => {
    const gateway = gatewayOver(createWorld())
    expect(await codeOf(gateway, { ...apollo(QUERY), query: '{ trialBalance }' })).toBe('BAD_REQUEST')
    expect(await codeOf(gateway, apollo(QUERY))).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  it('is kept only where it is valid', async () => {
    const gateway = gatewayOver(createWorld())
    expect(await codeOf(gateway, { ...apollo(INVALID), query: INVALID })).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(await codeOf(gateway, apollo(INVALID))).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  it('is forgotten before the cache outgrows its bound', async () => {
    const gateway = gatewayOver(createWorld(), { limits: { maxCachedDocumentChars: QUERY.length + 5 } })
    for (const query of [QUERY, ` ${QUERY}`]) await send(gateway, { ...apollo(query), query })
    expect(await codeOf(gateway, apollo(QUERY))).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect(await codeOf(gateway, apollo(` ${QUERY}`))).toBeUndefined()
    expect(gateway.cacheCounters()).toMatchObject({
      persisted: { entries: 1, weight: QUERY.length + 1, evictions: 1 },
      documents: { entries: 1 },
    })
  })

  it.each([
    ['of another version', { extensions: { persistedQuery: { version: 2, sha256Hash: hashOf(QUERY) } } }],
    ['without a hash', { extensions: { persistedQuery: { version: 1 } } }],
    ['that is no object', { extensions: { persistedQuery: 'x' } }],
    ['with a short hash', { extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } } }],
    ['with an id of another kind', { documentId: 'md5:abc' }],
    ['with an id that is a number', { documentId: 1 }],
  ])('%s is refused', async (_what, body) => {
    expect(await codeOf(gatewayOver(createWorld()), body)).toBe('BAD_REQUEST')
  })
})
