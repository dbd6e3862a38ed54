// The way to subgraphs that are services: what is tried again, what is shared, and when nothing is asked at all.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import type { Limits } from '#gateway/limits.ts'
import type { RequestContext } from '#gateway/request.ts'

import { anyRequest, ask, gatewayOver, listen, local, type Logged } from './graph.ts'
import { createWorld } from './world.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

const RENAME = 'mutation { rename(id: "c1", name: "New") { id } }'
const DEFERRED = '{ customers { id deferred } }'
const ENTITIES = '{"data":{"_entities":[{"deferred":1},{"deferred":2},{"deferred":3}]}}'
const CUSTOMERS = [
  { id: 'c1', deferred: 1 },
  { id: 'c2', deferred: 2 },
  { id: 'c3', deferred: 3 },
]
const WITHOUT_ERP = CUSTOMERS.map(({ id }) => ({ id, deferred: null }))

const sends =
  (body: string | Buffer, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
const well = sends(ENTITIES)
const hangsUp: Answer = (response) => void response.socket?.destroy()

/** A gateway whose erp answers one request after the other as told, the last way from then on. */
async function withErp(
  answers: readonly Answer[],
  options: { limits?: Partial<Limits>; logged?: Logged } = {},
) {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    const answer = answers[Math.min(seen.length, answers.length) - 1]
    request.resume().on('end', () => answer?.(response, request))
  })
  const world = createWorld()
  const subgraphs = [local('crm', world), local('billing', world), { name: 'erp', url: await listen(server) }]
  return { gateway: gatewayOver(world, { subgraphs, ...options }), seen, server }
}

const codesOf = (errors: readonly { extensions: { code: string } }[] = []): string[] => [
  ...new Set(errors.map(({ extensions }) => extensions.code)),
]

describe('A read that fails in a way that passes', () => {
  it.each<[string, Answer]>([
    ['502', sends('<html>', 502)],
    ['503 with a GraphQL answer', sends('{"errors":[{"message":"busy"}]}', 503)],
    ['504', sends('', 504)],
    ['a connection that is cut', hangsUp],
    [
      'an answer that is cut',
      (response) => void response.writeHead(200).write('{"da', () => response.destroy()),
    ],
  ])('is tried again: %s', async (_what, fails) => {
    const { gateway, seen } = await withErp([fails, fails, well])
    const { data, errors } = await ask(gateway, DEFERRED)
    expect(errors).toBeUndefined()
    expect(data).toEqual({ customers: CUSTOMERS })
    expect(seen).toHaveLength(3)
  })

  it('is tried a limited number of times', async () => {
    const { gateway, seen } = await withErp([hangsUp])
    const { data, errors } = await ask(gateway, DEFERRED)
    expect(data).toEqual({ customers: WITHOUT_ERP })
    expect(codesOf(errors)).toEqual(['SUBGRAPH_UNAVAILABLE'])
    expect(seen).toHaveLength(3)
  })

  it('is not tried again where the pause would outlast the deadline', async () => {
    const limits = { maxRetryPauseMs: 2 ** 40, fetchTimeoutMs: 60_000 }
    const { gateway, seen } = await withErp([hangsUp, well], { limits })
    const { errors } = await ask(gateway, DEFERRED)
    expect(codesOf(errors)).toEqual(['SUBGRAPH_UNAVAILABLE'])
    expect(seen).toHaveLength(1)
  })
})

describe('Nothing is tried again', () => {
  it.each<[string, Answer, string]>([
    ['that a subgraph answers, however badly', sends('hello'), 'SUBGRAPH_BAD_RESPONSE'],
    ['that it refuses', sends('{"errors":[{"message":"no"}]}', 401), 'SUBGRAPH_REFUSED'],
    ['that fails in it', sends('<html>', 500), 'SUBGRAPH_UNAVAILABLE'],
    ['that redirects', sends('', 307, { location: 'http://127.0.0.1:9/' }), 'SUBGRAPH_BAD_RESPONSE'],
  ])('%s', async (_what, answer, code) => {
    const { gateway, seen } = await withErp([answer])
    const { data, errors } = await ask(gateway, DEFERRED)
    expect(data).toEqual({ customers: WITHOUT_ERP })
    expect(codesOf(errors)).toEqual([code])
    expect(seen).toHaveLength(1)
  })

  it.each<[string, Answer]>([
    ['503', sends('', 503)],
    ['a connection that is cut', hangsUp],
  ])('that may have changed something: %s', async (_what, answer) => {
    const seen: string[] = []
    const server = createServer((request, response) => {
      seen.push(request.url ?? '')
      request.resume().on('end', () => answer(response, request))
    })
    const world = createWorld()
    const subgraphs = [
      { name: 'crm', url: await listen(server) },
      local('billing', world),
      local('erp', world),
    ]
    const { errors } = await ask(gatewayOver(world, { subgraphs }), RENAME)
    expect(codesOf(errors)).toEqual(['SUBGRAPH_UNAVAILABLE'])
    expect(errors?.[0]?.extensions.retryable).toBe(false)
    expect(seen).toHaveLength(1)
  })
})

describe('A client is told to try a mutation again', () => {
  const dead = 'http://127.0.0.1:9/'

  it('where the subgraph that is to write never saw it', async () => {
    const world = createWorld()
    const subgraphs = [{ name: 'crm', url: dead }, local('billing', world), local('erp', world)]
    const gateway = gatewayOver(world, { subgraphs, limits: { minCircuitFailures: 2 } })
    // The third one is refused by the open circuit.
    for (let count = 0; count < 3; count += 1) {
      const { errors } = await ask(gateway, RENAME)
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', retryable: true })
    }
  })

  it('but not where only what is read after the write is missing', async () => {
    const world = createWorld()
    const subgraphs = [local('crm', world), local('billing', world), { name: 'erp', url: dead }]
    const document = 'mutation { rename(id: "c1", name: "New") { name deferred } }'
    const { data, errors } = await ask(gatewayOver(world, { subgraphs }), document)
    expect(data).toEqual({ rename: { name: 'New', deferred: null } })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', retryable: false })
  })
})

describe('An answer in gzip', () => {
  it('is asked for and read', async () => {
    const { gateway, seen } = await withErp([sends(gzipSync(ENTITIES), 200, { 'content-encoding': 'gzip' })])
    const { data } = await ask(gateway, DEFERRED)
    expect(data).toEqual({ customers: CUSTOMERS })
    expect(seen[0]?.headers['accept-encoding']).toBe('gzip')
  })

  it.each<[string, Buffer, string]>([
    ['that is a bomb', gzipSync(Buffer.alloc(50_000_000, ' ')), 'gzip'],
    ['that is none', Buffer.from(ENTITIES), 'gzip'],
    ['that is cut', gzipSync(ENTITIES).subarray(0, -4), 'gzip'],
    ['under another name', gzipSync(ENTITIES), 'zip'],
  ])('is refused %s', async (_what, body, encoding) => {
    const { gateway } = await withErp([sends(body, 200, { 'content-encoding': encoding })])
    const { data, errors } = await ask(gateway, DEFERRED)
    expect(data).toEqual({ customers: WITHOUT_ERP })
    expect(codesOf(errors)).toEqual(['SUBGRAPH_BAD_RESPONSE'])
  })
})

const TRICKLE_MS = 10
const trickle: Answer = (response) => {
  const timer = setInterval(() => response.write(' '), TRICKLE_MS)
  response.on('close', () => clearInterval(timer))
}

describe('A body that', () => {
  it('comes slowly ends at the deadline', async () => {
    const { gateway } = await withErp([trickle], { limits: { fetchTimeoutMs: 300 } })
    const { data, errors } = await ask(gateway, DEFERRED)
    expect(data).toEqual({ customers: WITHOUT_ERP })
    expect(codesOf(errors)).toEqual(['SUBGRAPH_TIMEOUT'])
  })

  it('never ends is cut at its limit', async () => {
    const hungUp = Promise.withResolvers<void>()
    const endless: Answer = (response) => {
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      }
      response.on('drain', write).on('close', () => hungUp.resolve())
      write()
    }
    const { gateway } = await withErp([endless])
    const { data, errors } = await ask(gateway, DEFERRED)
    await hungUp.promise
    expect(data).toEqual({ customers: WITHOUT_ERP })
    expect(codesOf(errors)).toEqual(['SUBGRAPH_BAD_RESPONSE'])
  })
})

describe('A circuit', () => {
  const limits = { maxFetchTries: 1, minCircuitFailures: 3, circuitRestMs: 3_600_000 }

  it('that is open spares the subgraph, and the log tells', async () => {
    const logged: Logged = { lines: [] }
    const { gateway, seen } = await withErp([hangsUp], { limits, logged })
    for (let count = 0; count < 5; count += 1) {
      const { data, errors } = await ask(gateway, DEFERRED)
      expect(data).toEqual({ customers: WITHOUT_ERP })
      expect(codesOf(errors)).toEqual(['SUBGRAPH_UNAVAILABLE'])
    }
    expect(seen).toHaveLength(3)
    expect(await gateway.readiness()).toEqual({
      ready: true,
      degraded: ['erp'],
      circuits: { erp: 'open' },
      reasons: { erp: 'erp does not answer' },
    })
    expect(seen).toHaveLength(3)
    const told = logged.lines.filter((line) => line.includes('the circuit of erp is open'))
    expect(told).toEqual([expect.stringContaining('socket hang up')])
  })

  it.each<[string, Answer]>([
    ['fails inside', sends('<html>', 500)],
    ['refuses the signature', sends('{"errors":[{"message":"no"}]}', 401)],
  ])('opens where the subgraph %s', async (_what, answer) => {
    const { gateway, seen } = await withErp([answer], { limits })
    for (let count = 0; count < 5; count += 1) await ask(gateway, DEFERRED)
    expect(seen).toHaveLength(3)
  })

  it('stays closed where the subgraph tells of its failures in GraphQL', async () => {
    const { gateway, seen } = await withErp([sends('{"errors":[{"message":"no"}]}', 500)], { limits })
    for (let count = 0; count < 5; count += 1) await ask(gateway, DEFERRED)
    expect(seen).toHaveLength(5)
  })

  it('closes when the subgraph is back', async () => {
    const logged: Logged = { lines: [] }
    const { gateway } = await withErp([hangsUp, hangsUp, hangsUp, well], {
      limits: { ...limits, circuitRestMs: 0 },
      logged,
    })
    for (let count = 0; count < 3; count += 1) await ask(gateway, DEFERRED)
    const { data } = await ask(gateway, DEFERRED)
    expect(data).toEqual({ customers: CUSTOMERS })
    expect((await gateway.readiness()).circuits).toEqual({ erp: 'closed' })
    expect(logged.lines.join('')).toMatch(/is open.*is half-open.*is closed/s)
  })
})

/** An erp that answers when it is told to. */
async function waiting() {
  const go = Promise.withResolvers<void>()
  const answer: Answer = (response, request) => void go.promise.then(() => well(response, request))
  const asked = Promise.withResolvers<void>()
  const { gateway, seen } = await withErp([
    (...args) => {
      asked.resolve()
      answer(...args)
    },
    answer,
  ])
  const execute = async (request: Partial<RequestContext> = {}): Promise<unknown> => {
    const { body } = await gateway.execute({ query: DEFERRED }, { ...anyRequest(), ...request })
    return JSON.parse(body)
  }
  return { execute, gateway, seen, asked: asked.promise, go: () => go.resolve() }
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('The same read at the same time', () => {
  it('is one call, of which each client has its own answer', async () => {
    const { execute, seen, go } = await waiting()
    const answers = [execute(), execute(), execute()]
    await turn()
    go()
    for (const answer of await Promise.all(answers))
      expect(answer).toEqual({ data: { customers: CUSTOMERS } })
    expect(seen).toHaveLength(1)
  })

  it('outlives a client who leaves', async () => {
    const { execute, seen, asked, go } = await waiting()
    const client = new AbortController()
    const left = execute({ signal: client.signal })
    const stayed = execute()
    await asked
    client.abort()
    expect(await left).toMatchObject({ data: { customers: WITHOUT_ERP } })
    go()
    expect(await stayed).toEqual({ data: { customers: CUSTOMERS } })
    expect(seen).toHaveLength(1)
  })

  it('is never shared between identities', async () => {
    const { execute, seen, go } = await waiting()
    const someone = { kind: 'someone' } as unknown as RequestContext['identity']
    const answers = [execute(), execute({ identity: someone }), execute({ identity: { ...someone } })]
    await turn()
    go()
    await Promise.all(answers)
    expect(seen).toHaveLength(2)
  })

  it('does not share what began before a write of this gateway, in whatever subgraph, had ended', async () => {
    const { execute, gateway, seen, asked, go } = await waiting()
    const before = execute()
    await asked
    await ask(gateway, 'mutation { rename(id: "c1", name: "New") { name } }')
    const after = execute()
    await expect.poll(() => seen.length).toBe(2)
    go()
    expect(await Promise.all([before, after])).toHaveLength(2)
  })
})
