// A subgraph as a service: what it answers to callers that are not its gateway.
import { setTimeout as sleep } from 'node:timers/promises'
import { GraphQLError } from 'graphql'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '#platform/clock.ts'
import { publicError } from '#platform/errors.ts'
import { subgraphSchema } from '#platform/graphql.ts'
import { createLog } from '#platform/log.ts'
import { type Scope, whileAwaited } from '#platform/scope.ts'
import { createSigner } from '#platform/signature.ts'
import { type RunningSubgraph, type ServeOptions, serveSubgraph } from '#platform/subgraph-server.ts'

const SECRET = 'a secret of sixteen or more'
const SDL = `type Query {
  fine(ids: [ID!]): String
  known: String
  unknown: String
  foreign: String
  long: String
  waiting: String
  lines: [Line!]
  groups: [[Line!]]
}
type Line { total: String!, product: String! }`
const LONG = 'long '.repeat(10_000)
/** What the resolver that never answers works for. */
const waiting = Promise.withResolvers<Scope>()
const LATE_MS = 20
/** The second one fails at once; the first one later, when nobody looks any more. */
const LINES = [
  { total: '1', product: () => sleep(LATE_MS).then(() => Promise.reject(new Error('too late'))) },
  { total: null, product: 'p2' },
]
const schema = subgraphSchema(SDL, {
  Query: {
    fine: () => 'yes',
    long: () => LONG,
    lines: () => LINES,
    groups: () => Promise.resolve([LINES]),
    waiting: (_: unknown, __: unknown, scope: Scope) => {
      waiting.resolve(scope)
      return new Promise(() => undefined)
    },
    known: () => {
      throw publicError('NOT_FOUND', 'There is no such thing.')
    },
    unknown: () => {
      throw new Error('postgres://admin:hunter2@db')
    },
    foreign: () => {
      throw new GraphQLError('relation hunter2', { extensions: { code: '42P01' } })
    },
  },
})

let running: RunningSubgraph | undefined
afterEach(() => running?.stop())

interface Started {
  readonly url: string
  readonly log: string[]
}

const start = (...secrets: string[]): Promise<Started> => startWith({ secrets })

async function startWith(options: Pick<ServeOptions, 'secrets' | 'maxNonces' | 'check'>): Promise<Started> {
  const log: string[] = []
  const destination = { write: (line: string) => void log.push(line) }
  running = await serveSubgraph(
    { name: 'things', schema, createContext: (scope) => scope },
    {
      host: '127.0.0.1',
      port: 0,
      log: createLog({ level: 'warn', destination }),
      clock: systemClock,
      ...options,
    },
  )
  return { url: running.url, log }
}

const post = (url: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

const asking = (query: string, variables: object = {}): string => JSON.stringify({ query, variables })

describe('errors of a service', () => {
  it('are told where they are meant for clients', async () => {
    const { url } = await start()
    const { errors } = (await (await post(url, asking('{ known }'))).json()) as { errors: object[] }
    const extensions = { code: 'NOT_FOUND' }
    expect(errors).toEqual([{ message: 'There is no such thing.', path: ['known'], extensions }])
  })

  it.each(['unknown', 'foreign'])('are masked and logged otherwise: %s', async (field) => {
    const { url, log } = await start()
    const text = await (await post(url, asking(`{ ${field} }`))).text()
    expect(text).toContain('INTERNAL_SERVER_ERROR')
    expect(text).toContain(`"path":["${field}"]`)
    expect(text).not.toMatch(/hunter2|42P01|stack/)
    expect(log.join('')).toContain('hunter2')
  })
})

it.each(['lines', 'groups'])(
  'a service outlives an item of %s that fails after another one did',
  async (field) => {
    const unhandled: unknown[] = []
    const note = (error: unknown): void => void unhandled.push(error)
    process.on('unhandledRejection', note)
    const { url } = await start()
    const answer = (await (await post(url, asking(`{ ${field} { total product } }`))).json()) as {
      data: Record<string, unknown>
      errors: object[]
    }
    expect(answer.data[field]).toEqual(field === 'lines' ? null : [null])
    expect(answer.errors).toHaveLength(1)
    await sleep(2 * LATE_MS)
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  },
)

const unwell = (): Promise<never> => Promise.reject(new Error('hunter2'))

describe('the health of a service is told to whoever asks', () => {
  it.each([
    ['live', undefined, 200, { live: true }],
    ['live', unwell, 200, { live: true }],
    ['ready', undefined, 200, { ready: true }],
    ['ready', () => Promise.resolve(), 200, { ready: true }],
    ['ready', unwell, 503, { ready: false }],
  ])('%s', async (path, check, status, body) => {
    const { url, log } = await startWith({ secrets: [SECRET], ...(check && { check }) })
    const response = await fetch(`${url}health/${path}`)
    expect([response.status, await response.json()]).toEqual([status, body])
    expect(log.join('').includes('hunter2')).toBe(status === 503)
  })
})

describe('a service refuses', () => {
  it.each([
    ['a body without end', asking('{ fine }', { padding: 'x'.repeat(1_048_576) }), 413],
    ['entities without end', asking('{ fine }', { ids: Array.from({ length: 10_001 }, () => 1) }), 413],
    ['no JSON', 'fine', 400],
    ['a batch', '[{"query":"{ fine }"}]', 400],
    ['introspection', asking('{ __schema { types { name } } }'), 400],
  ])('%s', async (_what, body, status) => {
    const { url } = await start()
    expect((await post(url, body)).status).toBe(status)
    expect((await post(url, asking('{ fine }'))).status).toBe(200)
  })
})

const answerIn = async (encoding: string, field: string) => {
  const { url } = await start()
  const response = await post(url, asking(`{ ${field} }`), { 'accept-encoding': encoding })
  return { encoding: response.headers.get('content-encoding'), body: await response.json() }
}

describe('an answer', () => {
  it.each([
    ['gzip', 'long', 'gzip', LONG],
    ['br, gzip;q=0.5', 'long', 'gzip', LONG],
    ['identity', 'long', null, LONG],
    ['gzip', 'fine', null, 'yes'],
  ])('to who accepts %s comes, if %s, in %s', async (accepted, field, encoding, value) => {
    expect(await answerIn(accepted, field)).toEqual({ encoding, body: { data: { [field]: value } } })
  })
})

it('when the caller has left, no further statement begins', async () => {
  const { url } = await start()
  const caller = new AbortController()
  const body = asking('{ waiting }')
  const asked = fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-request-id': 'request-1' },
    signal: caller.signal,
  })
  const scope = await waiting.promise
  expect(scope.requestId).toBe('request-1')
  const statements: string[] = []
  const db = whileAwaited({ rows: ({ text }) => Promise.resolve([statements.push(text) as never]) }, scope)
  await db.rows({ text: 'one', values: [] })
  caller.abort()
  await expect(asked).rejects.toThrow()
  await expect.poll(scope.isOver).toBe(true)
  await expect(db.rows({ text: 'two', values: [] })).rejects.toThrow('nobody waits')
  expect(statements).toEqual(['one'])
})

describe('a service with a secret', () => {
  const body = asking('{ fine }')
  const signed = (secret: string, subgraph = 'things', signedBody = body): Readonly<Record<string, string>> =>
    createSigner(
      secret,
      subgraph,
      systemClock,
    )({ method: 'POST', target: '/', body: signedBody, identity: '{}' })

  it.each([
    ['no signature', {}, 'it is not signed: set SUBGRAPH_SECRET'],
    ['the plain secret', { 'x-subgraph-secret': SECRET }, 'it is not signed'],
    ['a signature of another secret', signed(`${SECRET}!`), 'SUBGRAPH_SECRET is another one'],
    ['a signature for another subgraph', signed(SECRET, 'others'), 'it is meant for others'],
    ['a signature for another body', signed(SECRET, 'things', asking('{ known }')), 'its body was altered'],
    [
      'another identity',
      { ...signed(SECRET), 'x-identity': '{"kind":"admin"}' },
      'its signature does not fit',
    ],
  ])('tells who sends %s nothing, and the log why', async (_what, headers: Record<string, string>, why) => {
    const { url, log } = await start(SECRET)
    const response = await post(url, body, headers)
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({
      errors: [
        { message: 'This subgraph answers its gateway only.', extensions: { code: 'UNAUTHENTICATED' } },
      ],
    })
    expect(log.join('')).toContain(why)
    expect(log.join('')).not.toContain(SECRET)
  })

  it('answers a signed request once', async () => {
    const { url } = await start(SECRET)
    const headers = signed(SECRET)
    expect((await post(url, body, headers)).status).toBe(200)
    expect((await post(url, body, headers)).status).toBe(401)
    expect((await post(url, body, signed(SECRET))).status).toBe(200)
  })

  it('says that it cannot answer now where it cannot remember more, and tells its operator', async () => {
    const { url, log } = await startWith({ secrets: [SECRET], maxNonces: 1 })
    expect((await post(url, body, signed(SECRET))).status).toBe(200)
    expect((await post(url, body, signed(SECRET))).status).toBe(503)
    expect(log.join('')).toMatch(/"level":50.*more processes/)
  })

  it('accepts the old one and the new one while they change', async () => {
    const { url } = await start('the old secret of theirs', SECRET)
    expect((await post(url, body, signed(SECRET))).status).toBe(200)
    expect((await post(url, body, signed('the old secret of theirs'))).status).toBe(200)
  })
})
