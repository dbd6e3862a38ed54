// What is tried against the graph, by its number in the list of attacks, over every transport.
import { once } from 'node:events'

import { describe, expect, it } from 'vitest'

import type { GraphQLParams } from '#gateway/request.ts'
import type { Gateway } from '#gateway/server.ts'

import { exchange, post, serve } from './exchange.ts'
import { anyRequest, gatewayOver } from './graph.ts'
import { open } from './socket.ts'
import { createWorld } from './world.ts'

/** Sends one request and gives the text of its answer. A new transport is a new row: it must refuse the same. */
type Send = (gateway: Gateway, params: GraphQLParams) => Promise<string>

const transports: Readonly<Record<string, Send>> = {
  'in process': async (gateway, params) => (await gateway.execute(params, anyRequest())).body,
  'over HTTP': async (gateway, params) =>
    (await exchange(`${await serve(gateway)}graphql`, post(JSON.stringify(params)))).body,
  'over server-sent events': async (gateway, params) => {
    const headers = { accept: 'text/event-stream' }
    const { body } = await exchange(`${await serve(gateway)}graphql`, post(JSON.stringify(params), headers))
    return /^data: ?(\{.*)$/m.exec(body)?.[1] ?? body
  },
  'over WebSocket': async (gateway, params) => {
    const client = open(`${(await serve(gateway)).replace('http', 'ws')}graphql`)
    await once(client.socket, 'open')
    client.send({ type: 'connection_init' })
    expect(await client.next()).toMatchObject({ type: 'connection_ack' })
    client.send({ id: '1', type: 'subscribe', payload: params })
    const { type, payload } = await client.next()
    return JSON.stringify(type === 'error' ? { errors: payload } : payload)
  },
}

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ')

/** Each fragment spreads the next one twice: the expansion doubles with each. */
const bomb = (fragments: number): string =>
  `{ customers { ...F0 } } ${times(fragments, (n) => `fragment F${n} on Customer { ...F${n + 1} ...F${n + 1} }`)}
   fragment F${fragments} on Customer { id }`

/** Each fragment goes down one level and spreads the next. */
const deepFragments = (depth: number): string =>
  `{ customers { ...F0 } } ${times(depth, (n) => `fragment F${n} on Customer { parent { ...F${n + 1} } }`)}
   fragment F${depth} on Customer { id }`

/** So often the same from three subgraphs in turn that planning takes a tenth of a second and more. */
const wide = `{ customers { ${times(50, (n) => `a${n}: invoices { customer { parent { ...F } } }`)} } }
  fragment F on Customer { rating deferred balance { amount } invoices { posting { status } customer { rating } } }`
const circular = `{ __schema { types { ${'fields { type { '.repeat(4)}name${' } }'.repeat(4)} } } }`
const deepJson = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown
const byId = 'query ($id: ID!) { customer(id: $id) { id } }'
/** What JSON brings: an own property of this name, not a prototype. */
const protoVariable = JSON.parse('{"__proto__": "c1"}') as Record<string, unknown>

const refused: readonly [attack: string, GraphQLParams, code: string][] = [
  ['1: a fragment bomb of 20', { query: bomb(20) }, 'OPERATION_TOO_LARGE'],
  ['1: a fragment bomb of 60', { query: bomb(60) }, 'OPERATION_TOO_LARGE'],
  ['1: a fragment bomb of 200', { query: bomb(200) }, 'OPERATION_TOO_LARGE'],
  ['2: 4,000 tokens', { query: `{ customers { ${'id '.repeat(4000)} } }` }, 'GRAPHQL_PARSE_FAILED'],
  ['3: depth 50 through fragments', { query: deepFragments(50) }, 'OPERATION_TOO_LARGE'],
  ['4: 101 aliases', { query: `{ customers { ${times(101, (n) => `a${n}: id`)} } }` }, 'OPERATION_TOO_LARGE'],
  [
    '5: 10 repeated directives',
    { query: `{ trialBalance ${'@skip(if: false) '.repeat(10)} }` },
    'OPERATION_TOO_LARGE',
  ],
  ['5: 10 unknown directives', { query: `{ __typename ${'@aa'.repeat(10)} }` }, 'OPERATION_TOO_LARGE'],
  [
    '6: an expensive fragment spread 50 times',
    {
      query: `{ customers(first: 100) { ${times(50, (n) => `a${n}: invoices(first: 100) { ...F }`)} } }
        fragment F on Invoice { customer { contracts { id } } }`,
    },
    'OPERATION_TOO_COSTLY',
  ],
  ['13: a page of 1,000,000', { query: '{ customers(first: 1000000) { id } }' }, 'OPERATION_TOO_COSTLY'],
  [
    '13: a page without a size',
    { query: 'query ($n: Int) { customers(first: $n) { id } }', variables: { n: null } },
    'BAD_USER_INPUT',
  ],
  ['11: deep variables', { query: byId, variables: { id: 'c1', deep: deepJson } }, 'BAD_USER_INPUT'],
  ['12: circular introspection', { query: circular }, 'GRAPHQL_VALIDATION_FAILED'],
  [
    '17: a variable named __proto__',
    { query: 'query ($__proto__: ID!) { customer(id: $__proto__) { id } }', variables: protoVariable },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    "17: a variable of the plan's",
    { query: 'query ($__batch_reps_0: ID!) { customer(id: $__batch_reps_0) { id } }' },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['43: the SDL of a subgraph', { query: '{ _service { sdl } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  [
    '43: any entity',
    { query: '{ _entities(representations: []) { __typename } }' },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['43: an inaccessible field', { query: '{ invoices { secret } }' }, 'GRAPHQL_VALIDATION_FAILED'],
]

interface Answered {
  readonly data?: unknown
  readonly errors?: { readonly extensions: { readonly code: string } }[]
}

describe.each(Object.entries(transports))('What is tried %s', (_transport, send) => {
  it.each(refused)('is refused, the second time as well: attack %s', async (_attack, params, code) => {
    const gateway = gatewayOver(createWorld())
    for (const text of [await send(gateway, params), await send(gateway, params)]) {
      const { data, errors } = JSON.parse(text) as Answered
      expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([undefined, [code]])
    }
  })

  // On a busy machine the plan and the end of its time may come in one turn of the event loop.
  it('ends planning over its budget with a code: attack 15', { retry: 5 }, async () => {
    const gateway = gatewayOver(createWorld(), { limits: { planTimeoutMs: 0 } })
    expect(await send(gateway, { query: wide })).toContain('"code":"PLAN_TIMEOUT","retryable":true')
    expect(await send(gateway, { query: '{ __typename }' })).toBe('{"data":{"__typename":"Query"}}')
  })

  it('brings values and pollutes nothing: attack 16, aliases __proto__ and constructor', async () => {
    const query = '{ customer(id: "c1") { __proto__: id constructor: name toString: id } }'
    const text = await send(gatewayOver(createWorld()), { query })
    expect(text).toBe(
      '{"data":{"customer":{"__proto__":"c1","constructor":"Acme \\"Holding\\"","toString":"c1"}}}',
    )
    expect(({} as Record<string, unknown>).id).toBeUndefined()
  })

  it('does not keep the event loop from others: attack 2, fields that overlap within the tokens', async () => {
    const query = `{ customers { ${'parent { parent { id } } '.repeat(300)} } }`
    expect(await send(gatewayOver(createWorld()), { query })).toContain('"data"')
  })
})
