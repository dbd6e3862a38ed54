// More entities than a service reads at once: asked for in several requests, answered as if it had been one.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

import { GraphQLError } from 'graphql'
import { expect, it, onTestFinished } from 'vitest'

import type { Limits } from '#gateway/limits.ts'
import { systemClock } from '#platform/clock.ts'
import { serveSubgraph } from '#platform/subgraph-server.ts'
import { silentLog } from '#test/support/log.ts'

import { ask, gatewayOver, listen, local } from './graph.ts'
import { createWorld, type World } from './world.ts'

const QUESTION = 'query ($first: Int!) { customers(first: $first) { id rating } }'

/** A world of so many customers. */
function crowd(size: number): World {
  const world = createWorld()
  const [first] = world.customers.values()
  if (!first) throw new Error('the fixture has no customer')
  for (let index = 1; index <= size; index += 1)
    world.customers.set(`c${index}`, { ...first, id: `c${index}` })
  return world
}

/** The erp of a world behind its URL, as the product serves it. */
async function serveErp(world: World): Promise<string> {
  const { url, stop } = await serveSubgraph(
    { ...local('erp', world), createContext: () => ({}) },
    { host: '127.0.0.1', port: 0, log: silentLog, clock: systemClock, secrets: [] },
  )
  onTestFinished(stop)
  return url
}

const withErp = (world: World, url: string, limits: Partial<Limits> = {}) =>
  gatewayOver(world, {
    subgraphs: [local('crm', world), local('billing', world), { name: 'erp', url }],
    limits,
  })

it.each<[string, number, Partial<Limits>, number]>([
  ['one more than a service reads', 10_001, {}, 2],
  ['more bytes than it reads', 300, { maxSubgraphRequestBytes: 4_000 }, 4],
  ['a few, one each', 3, { maxRepresentations: 1 }, 3],
])('Entities are found behind a URL as in this process: %s', async (_what, size, limits, requests) => {
  const world = crowd(size)
  const inProcess = await ask(gatewayOver(world), QUESTION, { first: size })
  world.resolvedReferences.length = 0
  const asked: string[] = []
  const erp = await serveErp(world)
  const passOn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked.push(request.method ?? '')
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>))
    const answer = await fetch(erp, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  }
  const between = createServer((request, response) => void passOn(request, response))
  const { text } = await ask(withErp(world, await listen(between), limits), QUESTION, { first: size })
  expect(text).toBe(inProcess.text)
  expect(asked).toHaveLength(requests)
  expect(new Set(world.resolvedReferences).size).toBe(size)
})

it('Errors are told of the entities that they belong to', async () => {
  const world = crowd(10)
  for (const id of ['c1', 'c4', 'c10'])
    world.faults.set(
      `Customer.deferred:${id}`,
      new GraphQLError('none', { extensions: { code: 'NOT_FOUND' } }),
    )
  const gateway = withErp(world, await serveErp(world), { maxRepresentations: 3 })
  const { data, errors } = await ask(gateway, '{ customers { deferred } }')
  expect(data?.customers).toEqual(
    [null, 200, 300, null, 500, 600, 700, 800, 900, null].map((deferred) => ({ deferred })),
  )
  expect(errors?.map(({ path }) => path)).toEqual([0, 3, 9].map((index) => ['customers', index, 'deferred']))
})

/** A gateway that asks for three customers in requests of two and of one, which are answered so. */
async function answered(...answers: object[]) {
  const server = createServer((request, response) => {
    const answer = JSON.stringify(answers.shift())
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(answer))
  })
  return ask(
    withErp(createWorld(), await listen(server), { maxRepresentations: 2 }),
    '{ customers { deferred } }',
  )
}

const found = (...values: number[]) => ({ data: { _entities: values.map((deferred) => ({ deferred })) } })

it('What one answer has too much does not make up for what the other lacks', async () => {
  const { data, errors } = await answered(found(1, 2, 3), found())
  expect(data?.customers).toEqual([{ deferred: null }, { deferred: null }, { deferred: null }])
  expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(
    new Set(['SUBGRAPH_BAD_RESPONSE']),
  )
})

it('An error of an entity that was not asked for is not told of another', async () => {
  const errors = [{ message: 'no', path: ['_entities', 2, 'deferred'] }]
  const answer = await answered({ ...found(1, 2), errors }, found(3))
  expect(answer.data?.customers).toEqual([{ deferred: 1 }, { deferred: 2 }, { deferred: 3 }])
  expect(answer.errors).toBeUndefined()
})
