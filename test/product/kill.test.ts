// kill -9 of a node while clients stream: they go on at another one, and their records have no gap and no repetition.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { systemClock } from '#platform/clock.ts'
import { createRecordFacts } from '#product.ts'
import { invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { openingFacts } from '#test/erp/books.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { customerFact } from '#test/support/facts.ts'
import { type NodeProcess, startNode } from './node-process.ts'

const QUERY = `subscription ($after: String) {
  invoiceEvents(after: $after) { cursor event { id } invoice { number customer { name } } }
}`
const INVOICES = 60
const PAUSE_MS = 40
const RETRY_MS = 50

let database: TestDatabase
let nodes: NodeProcess[]
beforeAll(async () => {
  database = await openTestDatabase()
  const record = createRecordFacts(database.of, systemClock, 'test')
  await record({ ...openingFacts(), customers: [customerFact({ id: 'customer-1' })] })
  nodes = await Promise.all([startNode(database.url), startNode(database.url)])
}, 60_000)
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()))
  await database.close()
})

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

/** The node that a client asks at its n-th try. */
const urlOf = (attempt: number): string => nodes[attempt % nodes.length]?.url ?? ''

/** Where the events end. */
async function endOfEvents(): Promise<string> {
  const response = await fetch(`http://${urlOf(0)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ eventCursor }' }),
  })
  return ((await response.json()) as { data: { eventCursor: string } }).data.eventCursor
}

/** What a client has been told. */
interface Recorded {
  readonly ids: string[]
  /** How often it was streamed to. */
  streams: number
  /** What its streams broke off with, where it was told. */
  readonly interruptions: unknown[]
  readonly leaving: AbortController
}

interface Told {
  readonly invoiceEvents: { readonly cursor: string; readonly event: { readonly id: string } }
}

/** Streams from one node until that ends or the client leaves; gives the cursor of the last event. */
type StreamOnce = (url: string, after: string, recorded: Recorded) => Promise<string>

/** A client that begins again at the next node, after the last cursor that it had, whenever its stream breaks off. */
function follow(streamOnce: StreamOnce, from: string): Recorded {
  const recorded: Recorded = { ids: [], streams: 0, interruptions: [], leaving: new AbortController() }
  const run = async (): Promise<void> => {
    let after = from
    for (let attempt = 0; !recorded.leaving.signal.aborted; attempt += 1) {
      after = await streamOnce(urlOf(attempt), after, recorded)
      await pause(RETRY_MS)
    }
  }
  void run()
  return recorded
}

/** By the client of the graphql-ws package, which throws where a node is gone or is not reached. */
const overWebSocket: StreamOnce = async (url, from, recorded) => {
  const client = createClient({
    url: `ws://${url}`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    on: {
      connected: () => {
        recorded.streams += 1
      },
    },
  })
  recorded.leaving.signal.addEventListener('abort', () => void client.dispose())
  let after = from
  try {
    for await (const { data } of client.iterate<Told>({ query: QUERY, variables: { after } })) {
      if (!data) continue
      recorded.ids.push(data.invoiceEvents.event.id)
      after = data.invoiceEvents.cursor
    }
  } catch (error) {
    recorded.interruptions.push(error)
  }
  return after
}

/** The id of a server-sent event, and that of what it tells. */
const EVENT = /^id: (.*)$[^]*"event":\{"id":"([^"]+)"/m

/** By `curl -N`, which is told the id of the last event that it printed. */
const overCurl: StreamOnce = async (url, from, recorded) => {
  const headers = ['accept: text/event-stream', 'content-type: application/json', `last-event-id: ${from}`]
  const curl = spawn('curl', [
    '-sN',
    ...headers.flatMap((header) => ['-H', header]),
    '-d',
    JSON.stringify({ query: QUERY }),
    `http://${url}`,
  ])
  recorded.leaving.signal.addEventListener('abort', () => curl.kill())
  let [after, rest] = [from, '']
  curl.stdout.once('data', () => {
    recorded.streams += 1
  })
  curl.stdout.on('data', (chunk: Buffer) => {
    const events = (rest + chunk.toString()).split('\n\n')
    rest = events.pop() ?? ''
    for (const text of events) {
      const [, id, event] = EVENT.exec(text) ?? []
      if (id === undefined || event === undefined) continue
      after = id
      recorded.ids.push(event)
    }
  })
  await once(curl, 'close')
  return after
}

it('a client goes on at another node where it broke off, whichever way it came', async () => {
  const now = await endOfEvents()
  const clients = [follow(overWebSocket, now), follow(overCurl, now)]
  const record = createRecordFacts(database.of, systemClock, 'test')
  for (let n = 0; n < INVOICES; n += 1) {
    const fields = { id: `inv_${n}`, number: `N-${n}`, lines: [invoiceLine(100n)] }
    await record({ invoices: [invoiceFact(fields)] })
    if (n === INVOICES / 3) {
      await expect.poll(() => clients.every(({ ids }) => ids.length > 0)).toBe(true)
      await nodes[0]?.kill()
    }
    await pause(PAUSE_MS)
  }
  const expected = Array.from({ length: INVOICES }, (_, n) => `inv_${n}.1`)
  await expect.poll(() => clients.map(({ ids }) => ids.length)).toEqual([INVOICES, INVOICES])
  for (const client of clients) {
    client.leaving.abort()
    expect(client.ids).toEqual(expected)
    expect(client.streams).toBeGreaterThan(1)
  }
}, 60_000)
