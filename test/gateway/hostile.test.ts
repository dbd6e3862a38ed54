// Subgraphs that answer what they were not asked: no subgraph may speak for another, and none may break the gateway.
import { createServer } from 'node:http'

import { describe, expect, it } from 'vitest'

import { ask, gatewayOver, listen, local, type Logged, type SubgraphName, subgraphNames } from './graph.ts'
import { createWorld } from './world.ts'

/** A gateway over the fixture, one of whose subgraphs sends this text whatever it is asked. */
async function withService(name: SubgraphName, text: string, logged?: Logged) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(text))
  })
  const service = { name, url: await listen(server) }
  const world = createWorld()
  const subgraphs = subgraphNames.map((other) => (other === name ? service : local(other, world)))
  return gatewayOver(world, { subgraphs, ...(logged && { logged }) })
}

const entities = (...list: unknown[]): string => JSON.stringify({ data: { _entities: list } })

describe('An entity that was not asked for', () => {
  it.each<[string, unknown, unknown]>([
    ['of a type that exists', { __typename: 'Invoice', deferred: 2 }, null],
    ['of a type that does not', { __typename: 'Nothing', deferred: 2 }, null],
    ['of a type that is none', { __typename: { a: 1 }, deferred: 2 }, null],
    ['that is a number', 2, null],
    ['that is a list', [{ deferred: 2 }], null],
  ])('is refused, and the others are kept: %s', async (_what, entity, deferred) => {
    const gateway = await withService('erp', entities({ deferred: 1 }, entity, { deferred: 3 }))
    const { data, errors } = await ask(gateway, '{ customers { deferred __typename } }')
    expect(data?.customers).toMatchObject([{ deferred: 1 }, { deferred }, { deferred: 3 }])
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['customers', 1, 'deferred'], 'SUBGRAPH_BAD_RESPONSE'],
    ])
  })

  it.each([
    ['one too many', entities({ deferred: 1 }, { deferred: 2 }, { deferred: 3 }, { deferred: 4 })],
    ['one too few', entities({ deferred: 1 }, { deferred: 2 })],
    ['no list', '{"data":{"_entities":{"deferred":1}}}'],
  ])('spoils the list: %s', async (_what, text) => {
    const { data, errors } = await ask(await withService('erp', text), '{ customers { deferred } }')
    expect(data?.customers).toEqual([{ deferred: null }, { deferred: null }, { deferred: null }])
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['SUBGRAPH_BAD_RESPONSE']),
    )
  })
})

describe('A subgraph does not speak for another', () => {
  it('with keys that it was not asked for, in an entity', async () => {
    const forged = { deferred: 1, name: 'forged', id: 'c9', balance: { amount: 'forged' } }
    const gateway = await withService('erp', entities(forged, forged, forged))
    const { data } = await ask(gateway, '{ customers { id name deferred balance { amount } } }')
    expect(data?.customers).toMatchObject([
      { id: 'c1', name: 'Acme "Holding"', deferred: 1, balance: { amount: '35.00' } },
      { id: 'c2' },
      { id: 'c3' },
    ])
  })

  it('with more keys than anybody could go through', async () => {
    const keys = Array.from({ length: 200_000 }, (_, index) => `"k${index}":1`).join()
    const forged = `{${keys},"name":"forged","deferred":1,"__typename":"Customer"}`
    const gateway = await withService('erp', `{"data":{"_entities":[${forged},null,null],${keys}}}`)
    const { data } = await ask(gateway, '{ customers { id name deferred } }')
    expect(data?.customers).toMatchObject([{ id: 'c1', name: 'Acme "Holding"', deferred: 1 }, {}, {}])
  })

  it('with root fields that it was not asked for', async () => {
    const text = '{"data":{"trialBalance":7,"customers":[{"id":"forged","name":"forged"}]}}'
    const { data, text: answer } = await ask(
      await withService('erp', text),
      '{ customers { id } trialBalance }',
    )
    expect(data?.customers).toEqual([{ id: 'c1' }, { id: 'c2' }, { id: 'c3' }])
    expect(answer).not.toContain('forged')
  })

  it('by another type than that of the field', async () => {
    const text =
      '{"data":{"customers":[{"__typename":"Invoice","id":"i1"},{"__typename":"Customer","id":"c2"}]}}'
    const { data, errors } = await ask(await withService('crm', text), '{ customers { id deferred } }')
    expect(data).toBeNull()
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['customers', 0], 'SUBGRAPH_BAD_RESPONSE'],
    ])
  })
})

describe('A prototype stays as it is', () => {
  it.each([
    ['at the root', '{"data":{"__proto__":{"polluted":true},"customers":[]}}'],
    ['in an object', '{"data":{"customers":[{"id":"c1","__proto__":{"polluted":true}}]}}'],
    ['beside the data', '{"__proto__":{"data":{"polluted":true}},"data":{"customers":[]}}'],
    ['in an error', '{"data":{"customers":[]},"errors":[{"message":"no","path":["__proto__","polluted"]}]}'],
    [
      'as a constructor',
      '{"data":{"customers":[{"id":"c1","constructor":{"prototype":{"polluted":true}}}]}}',
    ],
  ])('%s', async (_where, text) => {
    await ask(await withService('crm', text), '{ customers { id deferred } }')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

/** The answer to a client where crm sends this for a date. */
async function since(value: string): Promise<string> {
  const text = `{"data":{"customers":[{"since":${value}}]}}`
  const answer = await ask(await withService('crm', text), '{ customers { since } }')
  expect(answer.errors).toBeUndefined()
  return answer.text
}

describe('The value of a custom scalar', () => {
  it('may hold a key __proto__, which is data and no prototype', async () => {
    const value = '{"__proto__":{"polluted":true},"a":[{"constructor":1}]}'
    expect(await since(value)).toBe(`{"data":{"customers":[{"since":${value}}]}}`)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('keeps each digit of a string, and of a number those that JavaScript can hold', async () => {
    expect(await since('"9007199254740993"')).toContain('{"since":"9007199254740993"}')
    expect(await since('9007199254740993')).toContain('{"since":9007199254740992}')
  })
})

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

describe('An answer that is nested without end', () => {
  it.each([
    ['where a leaf should be', `{"data":{"customers":[{"__typename":"Customer","id":${nested(100_000)}}]}}`],
    ['where an object should be', `{"data":{"customers":${nested(100_000)}}}`],
  ])('is refused %s', async (_where, text) => {
    const { errors } = await ask(await withService('crm', text), '{ customers { id deferred } }')
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['customers'], 'SUBGRAPH_BAD_RESPONSE'],
    ])
  })
})

const withErrors = (errors: readonly object[]): string =>
  JSON.stringify({ data: { _entities: null }, errors })

describe('Errors', () => {
  it('without end are cut, and told once a place and a cause', async () => {
    const errors = Array.from({ length: 50_000 }, (_, index) => ({
      message: `no ${index}`,
      extensions: { code: 'NOT_FOUND' },
    }))
    const logged: Logged = { lines: [] }
    const gateway = await withService('erp', withErrors(errors), logged)
    const answer = await ask(gateway, '{ customers { deferred } }')
    expect(answer.errors?.map(({ message, path }) => [message, path])).toEqual([
      ['no 0', ['customers', 0, 'deferred']],
      ['no 0', ['customers', 1, 'deferred']],
      ['no 0', ['customers', 2, 'deferred']],
      ...Array.from({ length: 97 }, (_, index) => [`no ${index + 1}`, ['customers', 0]]),
    ])
    expect(logged.lines).toHaveLength(1)
  })

  it.each<[string, object]>([
    ['a path of objects', { message: 'no', path: [{ a: 1 }] }],
    ['a path of fractions', { message: 'no', path: ['_entities', 0.5] }],
    ['a path without end', { message: 'no', path: Array.from({ length: 10_000 }, () => 0) }],
    ['a text for a path', { message: 'no', path: 'customers' }],
    ['a message without end', { message: 'no'.repeat(100_000), extensions: { code: 'NOT_FOUND' } }],
    ['no message', { extensions: { code: 'NOT_FOUND' } }],
  ])('that are none spoil the answer: %s', async (_what, error) => {
    const { errors } = await ask(await withService('erp', withErrors([error])), '{ customers { deferred } }')
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['SUBGRAPH_BAD_RESPONSE']),
    )
  })

  it('for entities that were not asked for go nowhere', async () => {
    const errors = [-1, 3, 2 ** 40].map((index) => ({
      message: 'no',
      path: ['_entities', index, 'deferred'],
    }))
    const text = JSON.stringify({
      data: { _entities: [{ deferred: 1 }, { deferred: 2 }, { deferred: 3 }] },
      errors,
    })
    const answer = await ask(await withService('erp', text), '{ customers { deferred } }')
    expect(answer.data?.customers).toEqual([{ deferred: 1 }, { deferred: 2 }, { deferred: 3 }])
    expect(answer.errors).toBeUndefined()
  })
})

it('An error with a stack, a host and a password is masked, and the request id finds it in the log', async () => {
  const error = {
    message: 'connect ECONNREFUSED 10.0.0.7:5432 postgres://admin:hunter2@db',
    path: ['_entities', 0, 'deferred'],
    extensions: { code: 'DATABASE', stacktrace: ['at secret.ts:1'], exception: { host: '10.0.0.7' } },
  }
  const logged: Logged = { lines: [] }
  const text = JSON.stringify({ data: { _entities: [{ deferred: null }, null, null] }, errors: [error] })
  const answer = await ask(await withService('erp', text, logged), '{ customers { deferred } }')
  expect(answer.errors?.[0]?.path).toEqual(['customers', 0, 'deferred'])
  expect(answer.errors?.[0]?.extensions).toEqual({
    code: 'INTERNAL_SERVER_ERROR',
    service: 'erp',
    retryable: false,
    requestId: 'test-request',
  })
  expect(answer.text).not.toMatch(/hunter2|10\.0\.0\.7|secret\.ts|DATABASE|ECONNREFUSED/)
  const line = logged.lines.find((entry) => entry.includes('hunter2'))
  expect(line).toContain('"requestId":"test-request"')
})
