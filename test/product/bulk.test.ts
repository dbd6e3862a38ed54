// A connection read in bulk: a line for each of its rows, whatever their number.
import { request as httpRequest } from 'node:http'
import { PassThrough } from 'node:stream'
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendLines } from '#gateway/http/jsonl.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { exchange, firstError, type Reply, serve } from '#test/gateway/exchange.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'

const HEADERS = { accept: 'application/jsonl', 'content-type': 'application/json' }

let world: LiveWorld
beforeAll(async () => {
  world = await openLiveWorld()
  const today = Temporal.PlainDate.from('2026-06-15')
  for (const facts of generateCompany({ customers: 25, seed: 7, today })) await world.record(facts)
}, 240_000)
afterAll(() => world.close())

const bulk = async (query: string, variables: object = {}): Promise<Reply> => {
  const url = await serve(world.gateway)
  return exchange(new URL('/graphql', url).href, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify({ query, variables }),
  })
}
const lines = ({ body }: Pick<Reply, 'body'>): unknown[] =>
  body === ''
    ? []
    : body
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
const ids = (rows: readonly unknown[]): string[] => rows.map((row) => (row as { id: string }).id)

interface Paged {
  readonly nodes: readonly { readonly id: string }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** The same, as a client would page through it. */
async function paged(field: string, args: string, after: string | null = null): Promise<string[]> {
  const { data } = await world.ask<{ page: Paged }>(
    `query ($after: String) { page: ${field}(first: 100, after: $after ${args}) {
      nodes { id } pageInfo { hasNextPage endCursor } } }`,
    { after },
  )
  if (!data) throw new Error('no page')
  const { nodes, pageInfo } = data.page
  return [...ids(nodes), ...(pageInfo.hasNextPage ? await paged(field, args, pageInfo.endCursor) : [])]
}

describe('In bulk', () => {
  it('all invoices come, each once, in the order of the list', async () => {
    const reply = await bulk('{ invoices { nodes { id } } }')
    expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/jsonl' } })
    const found = ids(lines(reply))
    expect(found.length).toBeGreaterThan(200)
    expect(found).toEqual(await paged('invoices', ''))
  })

  it('a line is what was selected of a row, with fragments, variables, other systems and lists below', async () => {
    const reply = await bulk(
      `query ($status: [CustomerStatus!]!, $size: Int!) {
        customers(first: $size, filter: { status: { in: $status } }, orderBy: { field: NAME, direction: DESC }) {
          nodes { ...Known } } }
      fragment Known on Customer { id name standing { level } invoices(first: 2) { nodes { number } } }`,
      { status: ['ACTIVE'], size: 3 },
    )
    const args = ', filter: { status: { in: [ACTIVE] } }, orderBy: { field: NAME, direction: DESC }'
    expect(ids(lines(reply))).toEqual(await paged('customers', args))
    expect(lines(reply)[0]).toEqual({
      id: expect.any(String) as string,
      name: expect.any(String) as string,
      standing: { level: expect.any(String) as string },
      invoices: { nodes: expect.any(Array) as unknown[] },
    })
  })

  it('what was cut off goes on after the cursor of its last whole line, without gap or repetition', async () => {
    const query =
      'query ($after: String) { invoices(first: 10, after: $after) { edges { cursor node { id } } } }'
    const whole = lines(await bulk(query)) as { cursor: string; node: { id: string } }[]
    const url = await serve(world.gateway)
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const outgoing = httpRequest(
      new URL('/graphql', url),
      { method: 'POST', headers: HEADERS },
      (response) => {
        response.once('data', (chunk: Buffer) => {
          response.destroy()
          resolve(chunk.toString())
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(JSON.stringify({ query }))
    // The last line may have come in part.
    const begun = lines({ body: (await promise).split('\n').slice(0, -1).join('\n') }) as typeof whole
    expect(begun.length).toBeLessThan(whole.length)
    const rest = lines(await bulk(query, { after: begun.at(-1)?.cursor }))
    expect([...begun, ...rest]).toEqual(whole)
    const literal = lines(
      await bulk(`{ invoices(after: "${begun.at(-1)?.cursor}") { edges { cursor node { id } } } }`),
    )
    expect(literal).toEqual(rest)
  })

  it('a connection without rows has no lines', async () => {
    const reply = await bulk('{ customers(filter: { status: { in: [MERGED] } }) { nodes { id } } }')
    expect(reply).toMatchObject({ status: 200, body: '' })
  })

  it.each([
    ['two fields', '{ customers { nodes { id } } invoices { nodes { id } } }'],
    ['nothing but a list', '{ legalEntities { id } }'],
    ['nodes and edges', '{ customers { nodes { id } edges { cursor } } }'],
    ['a count', '{ customers { totalCount } }'],
    ['the end of a list', '{ customers(last: 5) { nodes { id } } }'],
    ['a fragment at the root', '{ ...All } fragment All on Query { customers { nodes { id } } }'],
    [
      'a mutation',
      'mutation { closePeriod(input: { legalEntityId: "e", period: "2026-01", idempotencyKey: "k" }) { replayed } }',
    ],
  ])('%s is refused before anything is sent', async (_, query) => {
    const reply = await bulk(query)
    expect(firstError(reply)?.extensions['code']).toBe('BAD_USER_INPUT')
    expect(reply.status).toBe(400)
    expect(reply.headers['content-type']).toContain('application/graphql-response+json')
  })

  it('a page is weighed as any request', async () => {
    const nested = 'contracts(first: 100) { nodes { invoices(first: 100) { nodes { number } } } }'
    const reply = await bulk(`{ customers { nodes { ${nested} } } }`)
    expect(firstError(reply)?.extensions['code']).toBe('OPERATION_TOO_COSTLY')
    const { body } = await bulk('{ customers { nodes { nothing } } }')
    expect(body).toContain('GRAPHQL_VALIDATION_FAILED')
  })
})

/** A response, and what comes out of it. */
const receiver = () => {
  const stream = new PassThrough()
  return {
    stream,
    response: Object.assign(stream, { writeHead: () => stream }) as unknown as ServerResponse,
  }
}

describe('What is sent', () => {
  const WIDE = 'x'.repeat(100_000)
  const page = (number: number, isLast = false) => ({
    body: JSON.stringify({
      data: {
        list: {
          nodes: [{ number, wide: WIDE }],
          __page: { hasNextPage: !isLast, endCursor: `c${number}` },
        },
      },
    }),
    status: 200,
    isRefusal: false,
  })
  const context = {
    requestId: 'bulk',
    signal: new AbortController().signal,
    identity: { kind: 'anonymous' },
  } as const

  it('waits for a client that does not read: few pages are in memory, whatever is left to send', async () => {
    let read = 0
    const { stream, response } = receiver()
    const sending = sendLines(response, {
      params: {},
      context,
      execute: () => {
        read += 1
        return Promise.resolve(page(read, read === 50))
      },
    })
    await wait(100)
    expect(read).toBeLessThan(5)
    let bytes = 0
    for await (const chunk of stream) bytes += (chunk as Buffer).length
    await sending
    expect(read).toBe(50)
    expect(bytes).toBeGreaterThan(50 * WIDE.length)
  })

  it('ends, where a page fails, with the errors and the cursor to go on after', async () => {
    const asked: (string | null | undefined)[] = []
    const failed = { body: '{"errors":[{"message":"busy"}]}', status: 503, isRefusal: true }
    const { stream, response } = receiver()
    const sending = sendLines(response, {
      params: {},
      context,
      execute: ({ bulkAfter }) => {
        asked.push(bulkAfter)
        return Promise.resolve(asked.length < 3 ? page(asked.length) : failed)
      },
    })
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    await sending
    const told = Buffer.concat(chunks).toString().trimEnd().split('\n')
    expect(asked).toEqual([null, 'c1', 'c2'])
    expect(told).toHaveLength(3)
    expect(JSON.parse(told[2] ?? '')).toEqual({
      errors: [{ message: 'busy' }],
      extensions: { resumeAfter: 'c2' },
    })
  })
})
