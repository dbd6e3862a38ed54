import { createServer, request as httpRequest } from 'node:http'

import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'

import type { Gateway } from '#gateway/server.ts'
import type { LocalSubgraph } from '#gateway/subgraph/transport-local.ts'

import { anyRequest, ask, type ClientError, gatewayOver, listen, local, type Logged } from './graph.ts'
import { createWorld } from './world.ts'

const CUSTOMERS = '{ customers { id name deferred balance { amount } } }'

/** A subgraph that answers every request with one HTTP response. */
async function answering(
  name: string,
  status: number,
  body: string | Buffer,
): Promise<{ name: string; url: string }> {
  const server = createServer((request, response) => {
    request
      .resume()
      .on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(body))
  })
  return { name, url: await listen(server) }
}

/** A subgraph that accepts requests and never answers. */
async function silent(name: string): Promise<{ name: string; url: string }> {
  return { name, url: await listen(createServer((request) => request.resume())) }
}

describe('An error of a resolver', () => {
  it('that the policy knows reaches the client as it is, with the subgraph that it came from', async () => {
    const world = createWorld()
    world.faults.set(
      'Customer.deferred:c2',
      new GraphQLError('No such ledger.', { extensions: { code: 'NOT_FOUND' } }),
    )
    const { errors } = await ask(gatewayOver(world), CUSTOMERS)
    expect(errors).toEqual([
      {
        message: 'No such ledger.',
        path: ['customers', 1, 'deferred'],
        extensions: { code: 'NOT_FOUND', service: 'erp', retryable: false, requestId: 'test-request' },
      },
    ])
  })

  it('that a part is missing which it rests on is told as such, and the rest of what it says is logged', async () => {
    const world = createWorld()
    const code = 'SUBGRAPH_UNAVAILABLE'
    const fault = new GraphQLError('no db1.internal with hunter2', { extensions: { code } })
    world.faults.set('Customer.deferred:c2', fault)
    const logged: Logged = { lines: [] }
    const { errors } = await ask(gatewayOver(world, { logged }), CUSTOMERS)
    expect(logged.lines.join('')).toContain('hunter2')
    expect(errors?.[0]).toMatchObject({
      message: 'The erp subgraph misses what it rests on.',
      extensions: { code, service: 'erp', retryable: true },
    })
  })

  it('that the policy does not know is masked for the client and whole in the log', async () => {
    const world = createWorld()
    world.faults.set('Customer.deferred:c2', new Error('connect postgres://admin:hunter2@db'))
    const logged: Logged = { lines: [] }
    const { errors, text } = await ask(gatewayOver(world, { logged }), CUSTOMERS)
    expect(errors?.[0]?.extensions).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      service: 'erp',
      retryable: false,
      requestId: 'test-request',
    })
    expect(text).not.toMatch(/hunter2|stack|\.ts:/)
    const line = logged.lines.join('')
    expect(line).toContain('hunter2')
    expect(line).toContain('"requestId":"test-request"')
    expect(line).toContain('"stack":')
  })

  it('with a code that the policy does not know is masked as well', async () => {
    const world = createWorld()
    world.faults.set(
      'Customer.deferred',
      new GraphQLError('relation does not exist', { extensions: { code: '42P01' } }),
    )
    const { errors, text } = await ask(gatewayOver(world), CUSTOMERS)
    expect(errors?.map(({ path, extensions }) => [path?.[1], extensions.code])).toEqual([
      [0, 'INTERNAL_SERVER_ERROR'],
      [1, 'INTERNAL_SERVER_ERROR'],
      [2, 'INTERNAL_SERVER_ERROR'],
    ])
    expect(text).not.toMatch(/42P01|relation/)
  })

  it('on a field that only the plan asked for is told at the object that needed it', async () => {
    const world = createWorld()
    world.faults.set(
      'Customer.region:c2',
      new GraphQLError('No region.', { extensions: { code: 'NOT_FOUND' } }),
    )
    const { data, errors } = await ask(gatewayOver(world), '{ customers { id taxRate } }')
    expect(data?.customers).toEqual([
      { id: 'c1', taxRate: 0.19 },
      { id: 'c2', taxRate: null },
      { id: 'c3', taxRate: null },
    ])
    expect(errors?.map(({ path }) => path)).toEqual([['customers', 1]])
  })

  it('is told a limited number of times', async () => {
    const world = createWorld()
    world.faults.set('Customer.deferred', new Error('boom'))
    const logged: Logged = { lines: [] }
    const { errors } = await ask(gatewayOver(world, { limits: { maxErrors: 2 }, logged }), CUSTOMERS)
    expect(errors).toHaveLength(2)
    expect(logged.lines.filter((line) => line.includes('boom'))).toHaveLength(1)
    expect(logged.lines.join('')).toContain('"omitted":1')
  })
})

const no = (path: unknown[]): object => ({ message: 'no', path, extensions: { code: 'NOT_FOUND' } })

describe('A null that spreads over all that a subgraph answers', () => {
  const DEFERRED = '{ customers { deferred again: deferred } }'
  it.each<[string, string, object, string, string[]]>([
    [
      'at the root',
      'billing',
      { data: null, errors: [no(['b', 'total'])] },
      '{ a: invoice(id: "i1") { id } b: invoice(id: "i2") { total { amount } } customers { id } }',
      ['a', 'b.total'],
    ],
    [
      'as an entity',
      'erp',
      {
        data: { _entities: [{ deferred: 1, again: 1 }, null, null] },
        errors: [no(['_entities', 1, 'deferred'])],
      },
      DEFERRED,
      ['customers.1.again', 'customers.1.deferred'],
    ],
    [
      'as the list of entities',
      'erp',
      { data: null, errors: [no(['_entities', 1, 'deferred'])] },
      DEFERRED,
      [0, 1, 2].flatMap((index) => [`customers.${index}.again`, `customers.${index}.deferred`]),
    ],
  ])('is explained wherever it took something with it: %s', async (_where, name, reply, document, places) => {
    const world = createWorld()
    const subgraphs = ['crm', 'billing', 'erp'] as const
    const service = await answering(name, 200, JSON.stringify(reply))
    const gateway = gatewayOver(world, {
      subgraphs: subgraphs.map((other) => (other === name ? service : local(other, world))),
    })
    const { errors } = await ask(gateway, document)
    expect(errors?.map(({ path = [] }) => path.join('.')).toSorted()).toEqual(places)
    expect(new Set(errors?.map(({ message }) => message))).toEqual(new Set(['no']))
  })
})

describe('A subgraph that brings no answer leaves the rest unharmed', () => {
  const dead = { name: 'erp', url: 'http://127.0.0.1:9/' }
  const broken: LocalSubgraph = {
    ...local('erp', createWorld()),
    createContext: () => {
      throw new Error('no context')
    },
  }
  const table: [string, () => Promise<{ name: string; url: string } | LocalSubgraph>, string, boolean][] = [
    ['nothing listens', async () => dead, 'SUBGRAPH_UNAVAILABLE', true],
    ['its process breaks', async () => broken, 'INTERNAL_SERVER_ERROR', false],
    ['it never answers', () => silent('erp'), 'SUBGRAPH_TIMEOUT', true],
    ['it answers 502', () => answering('erp', 502, '<html>'), 'SUBGRAPH_UNAVAILABLE', true],
    ['it answers no JSON', () => answering('erp', 200, 'hello'), 'SUBGRAPH_BAD_RESPONSE', false],
    ['it answers no GraphQL', () => answering('erp', 200, '{"hello":1}'), 'SUBGRAPH_BAD_RESPONSE', false],
    [
      'it answers too much',
      () => answering('erp', 200, `{"data":{"_entities":[null,null,null]}}${' '.repeat(70_000)}`),
      'SUBGRAPH_BAD_RESPONSE',
      false,
    ],
    [
      'it answers too few entities',
      () => answering('erp', 200, '{"data":{"_entities":[null]}}'),
      'SUBGRAPH_BAD_RESPONSE',
      false,
    ],
    [
      'it answers errors that are none',
      () => answering('erp', 200, '{"errors":[1]}'),
      'SUBGRAPH_BAD_RESPONSE',
      false,
    ],
    [
      'it refuses the operation',
      () => answering('erp', 400, '{"errors":[{"message":"secret"}]}'),
      'INTERNAL_SERVER_ERROR',
      false,
    ],
  ]
  it.each(table)('%s', async (_why, subgraph, code, retryable) => {
    const world = createWorld()
    const subgraphs = [local('crm', world), local('billing', world), await subgraph()]
    const gateway = gatewayOver(world, {
      subgraphs,
      limits: { fetchTimeoutMs: 1_000, maxSubgraphBytes: 65_536 },
    })
    const { data, errors = [], text } = await ask(gateway, CUSTOMERS)
    expect(data?.customers).toEqual([
      { id: 'c1', name: 'Acme "Holding"', deferred: null, balance: { amount: '35.00' } },
      { id: 'c2', name: 'Bolt\nLtd', deferred: null, balance: { amount: '90071992547409.93' } },
      { id: 'c3', name: 'Cog', deferred: null, balance: { amount: '0.00' } },
    ])
    expect(errors.map(({ path }) => path)).toEqual([0, 1, 2].map((index) => ['customers', index, 'deferred']))
    const extensions: ClientError['extensions'] = {
      code,
      service: 'erp',
      retryable,
      requestId: 'test-request',
    }
    for (const error of errors) expect(error.extensions).toEqual(extensions)
    expect(text).not.toMatch(/secret|ECONNREFUSED|127\.0\.0\.1/)
  })

  it('and fails each of its own root fields', async () => {
    const world = createWorld()
    const gateway = gatewayOver(world, {
      subgraphs: [{ ...dead, name: 'crm' }, local('billing', world), local('erp', world)],
    })
    const { data, errors } = await ask(
      gateway,
      '{ invoices { id } a: customer(id: "c1") { id } constructor: maybe { id } }',
    )
    expect(data).toEqual({
      invoices: [{ id: 'i1' }, { id: 'i2' }, { id: 'i3' }, { id: 'i4' }],
      a: null,
      constructor: null,
    })
    expect(errors?.map(({ path }) => path)).toEqual([['a'], ['constructor']])
  })

  it('and takes required parents with it', async () => {
    const world = createWorld()
    const gateway = gatewayOver(world, { subgraphs: [local('crm', world), local('billing', world), dead] })
    const { data, errors } = await ask(gateway, '{ maybe { name rating } trialBalance }')
    expect(data).toBeNull()
    expect(errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE')
  })
})

describe('What a subgraph sends beyond what it was asked', () => {
  it('reaches neither the client nor a prototype', async () => {
    const world = createWorld()
    const body =
      '{"data":{"_entities":[{"deferred":1,"extra":1,"__proto__":{"polluted":true}},{"deferred":2},{"deferred":3}]}}'
    const gateway = gatewayOver(world, {
      subgraphs: [local('crm', world), local('billing', world), await answering('erp', 200, body)],
    })
    const { data, text } = await ask(gateway, '{ customers { deferred } }')
    expect(data).toEqual({ customers: [{ deferred: 1 }, { deferred: 2 }, { deferred: 3 }] })
    expect(text).not.toContain('polluted')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it.each([
    ['a type that does not belong', '{"data":{"search":[{"__typename":"Money"}]}}', ['search', 0]],
    ['a list that is none', '{"data":{"search":3}}', ['search']],
  ])('is refused: %s', async (_what, body, path) => {
    const world = createWorld()
    const subgraphs = [await answering('crm', 200, body), local('billing', world), local('erp', world)]
    const { data, errors } = await ask(gatewayOver(world, { subgraphs }), '{ search { __typename } }')
    expect(data).toBeNull()
    expect(errors?.map((error) => [error.path, error.extensions.code])).toEqual([
      [path, 'SUBGRAPH_BAD_RESPONSE'],
    ])
  })

  it.each([
    ['Int', 'deferred', '"12"'],
    ['Int out of range', 'deferred', '2147483648'],
    ['Int with a fraction', 'deferred', '1.5'],
    ['String', 'email', '7'],
    ['Boolean or any other type', 'email', '{"a":1}'],
    ['enum value', 'tier', '"LEAD"'],
  ])('is null with an error where it is no %s', async (_type, field, value) => {
    const world = createWorld()
    const entity = `{"__typename":"Customer","id":"c1","${field}":${value}}`
    const subgraphs = [
      await answering('crm', 200, `{"data":{"maybe":[${entity}]}}`),
      local('billing', world),
      await answering('erp', 200, `{"data":{"_entities":[${entity}]}}`),
    ]
    const { data, errors } = await ask(gatewayOver(world, { subgraphs }), `{ maybe { ${field} } }`)
    expect(data).toEqual({ maybe: [field === 'tier' ? null : { [field]: null }] })
    expect(errors?.map((error) => error.path)).toEqual([['maybe', 0, field]])
  })
})

/** A gateway whose crm never answers, and a promise for the moment in which the gateway hangs up on it. */
async function hanging(): Promise<{ gateway: Gateway; asked: Promise<void>; hungUp: Promise<void> }> {
  const asked = Promise.withResolvers<void>()
  const hungUp = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    request.resume().on('end', () => asked.resolve())
    response.on('close', () => hungUp.resolve())
  })
  const world = createWorld()
  const subgraphs = [{ name: 'crm', url: await listen(server) }, local('billing', world), local('erp', world)]
  // No deadline can come to the rescue within the test's own.
  const gateway = gatewayOver(world, { subgraphs, limits: { fetchTimeoutMs: 3_600_000 } })
  return { gateway, asked: asked.promise, hungUp: hungUp.promise }
}

describe('A client that leaves', () => {
  it('is no trouble to the log', async () => {
    const logged: Logged = { lines: [] }
    const gateway = gatewayOver(createWorld(), { logged })
    const request = { ...anyRequest(), signal: AbortSignal.abort() }
    const { body } = await gateway.execute({ query: CUSTOMERS }, request)
    expect(JSON.parse(body)).toMatchObject({ data: null })
    expect(logged.lines).toEqual([])
  })

  it('ends the fetches that wait for nobody', async () => {
    const { gateway, asked, hungUp } = await hanging()
    const controller = new AbortController()
    const request = { ...anyRequest(), signal: controller.signal }
    const answer = gateway.execute({ query: '{ customer(id: "c1") { id } }' }, request)
    await asked
    controller.abort()
    await hungUp
    expect(JSON.parse((await answer).body)).toMatchObject({ data: { customer: null } })
  })

  it('makes room for others, though its resolvers go on', async () => {
    const world = createWorld()
    const crm = local('crm', world)
    const maybe = crm.schema.getQueryType()?.getFields().maybe
    if (!maybe) throw new Error('the fixture has no maybe')
    maybe.resolve = () => new Promise(() => undefined)
    const subgraphs = [crm, local('billing', world), local('erp', world)]
    const limits = { maxConcurrentRequests: 1, fetchTimeoutMs: 3_600_000 }
    const gateway = gatewayOver(world, { subgraphs, limits })
    const controller = new AbortController()
    const request = { ...anyRequest(), signal: controller.signal }
    const answer = gateway.execute({ query: '{ maybe { id } }' }, request)
    await expect.poll(() => world.journal).toContain('crm scope')
    controller.abort()
    expect(JSON.parse((await answer).body)).toMatchObject({ data: { maybe: null } })
    expect((await ask(gateway, '{ customer(id: "c1") { id } }')).data).toEqual({ customer: { id: 'c1' } })
  })

  it('is noticed by its connection', async () => {
    const { gateway, asked, hungUp } = await hanging()
    const url = await listen(createServer((request, response) => gateway.handle(request, response)))
    const headers = { 'apollo-require-preflight': 'true' }
    const search = '?query={customer(id:%22c1%22){id}}'
    const client = httpRequest(`${url}graphql${search}`, { headers }).end()
    client.on('error', () => undefined)
    await asked
    client.destroy()
    await hungUp
  })
})

describe('A type resolver that throws after an await', () => {
  it('fails its field, not the process', async () => {
    const world = createWorld()
    const crm = local('crm', world)
    const search = crm.schema.getQueryType()?.getFields().search
    if (!search) throw new Error('the fixture has no search')
    search.resolve = async () => {
      await Promise.resolve()
      return [{ id: 'no type' }]
    }
    const union = crm.schema.getType('SearchResult')
    if (!union || !('resolveType' in union)) throw new Error('the fixture has no union')
    union.resolveType = () => {
      throw new Error('boom')
    }
    const logged: Logged = { lines: [] }
    const subgraphs = [crm, local('billing', world), local('erp', world)]
    const { data, errors } = await ask(gatewayOver(world, { subgraphs, logged }), '{ search { __typename } }')
    expect(data).toBeNull()
    expect(errors?.map(({ path }) => path)).toEqual([['search', 0]])
    expect(logged.lines.join('')).toContain('boom')
  })
})
