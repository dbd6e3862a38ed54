import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

type Json = Readonly<Record<string, unknown>>

/** One answer of the real API, as a recording keeps it. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly response: unknown
}

/** What goes wrong with a request; undefined lets it through. `count` is 1 for the first request of a path. */
export type Fault = (request: {
  readonly path: string
  readonly after: string | null
  readonly count: number
}) => number | undefined

/** A Stripe API on the loopback, for the real SDK. */
export interface ReplayServer {
  readonly port: number
  /** Paths with their queries, in the order in which they were asked for. */
  readonly requests: readonly string[]
  /** API versions that were asked for. */
  readonly versions: ReadonlySet<string>
  close(): Promise<void>
}

const MAX_PAGE_SIZE = 100

/**
 * Serves recorded answers as a Stripe API: for each list the longest recorded one, with `limit`, `starting_after`
 * and `has_more`; objects by id; lines of invoices. A list that was not recorded is empty.
 */
export async function replayServer(
  exchanges: readonly Exchange[],
  fault: Fault = () => undefined,
): Promise<ReplayServer> {
  const lists = longestLists(exchanges)
  const requests: string[] = []
  const versions = new Set<string>()
  const counts = new Map<string, number>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const count = (counts.get(url.pathname) ?? 0) + 1
    counts.set(url.pathname, count)
    requests.push(url.pathname + url.search)
    versions.add(String(request.headers['stripe-version']))
    const status = fault({ path: url.pathname, after: url.searchParams.get('starting_after'), count })
    answer(request, response, lists, url, status)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: portOf(server), requests, versions, close: () => closeServer(server) }
}

/** Exchanges that hold the given objects in one list a path, newest first as Stripe lists them. */
export function listExchanges(lists: Readonly<Record<string, readonly Json[]>>): Exchange[] {
  return Object.entries(lists).map(([path, data]) => ({
    method: 'GET',
    path: `/v1/${path}`,
    status: 200,
    response: { object: 'list', data, has_more: false, url: `/v1/${path}` },
  }))
}

/** The longest list recorded for each path. */
export function longestLists(exchanges: readonly Exchange[]): ReadonlyMap<string, readonly Json[]> {
  const lists = new Map<string, readonly Json[]>()
  for (const { method, path, response } of exchanges) {
    const data = method === 'GET' ? listData(response) : undefined
    if (data !== undefined && data.length >= (lists.get(path)?.length ?? 0)) lists.set(path, data)
  }
  return lists
}

function listData(response: unknown): readonly Json[] | undefined {
  const { object, data } = response as { object?: string; data?: readonly Json[] }
  return object === 'list' ? data : undefined
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  lists: ReadonlyMap<string, readonly Json[]>,
  url: URL,
  status: number | undefined,
): void {
  if (status !== undefined) return send(response, status, errorBody('api_error', `planned failure ${status}`))
  if (request.headers.authorization?.startsWith('Bearer sk_') !== true) {
    return send(response, 401, errorBody('invalid_request_error', 'no key'))
  }
  const [, , resource = '', id, nested] = url.pathname.split('/')
  const list = lists.get(`/v1/${resource}`) ?? []
  if (id === undefined) return sendPage(response, url, list)
  const object = list.find((candidate) => candidate['id'] === id)
  if (object === undefined)
    return send(response, 404, errorBody('invalid_request_error', `no such object: ${id}`))
  if (nested === undefined) return send(response, 200, object)
  sendPage(response, url, fullList(object, nested))
}

/** What a nested list holds in all; fixtures state it as `<field>_in_full`. */
const fullList = (object: Json, field: string): readonly Json[] =>
  (object[`${field}_in_full`] as readonly Json[] | undefined) ?? listData(object[field]) ?? []

function sendPage(response: ServerResponse, url: URL, list: readonly Json[]): void {
  const after = url.searchParams.get('starting_after')
  const start = after === null ? 0 : list.findIndex(({ id }) => id === after) + 1
  if (after !== null && start === 0) {
    return send(response, 400, errorBody('invalid_request_error', `no such object: ${after}`))
  }
  const end = start + Math.min(MAX_PAGE_SIZE, Number(url.searchParams.get('limit') ?? 10))
  const body = {
    object: 'list',
    data: list.slice(start, end),
    has_more: end < list.length,
    url: url.pathname,
  }
  send(response, 200, body)
}

const errorBody = (type: string, message: string): Json => ({ error: { type, message } })

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  return address.port
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve, reject) =>
    server.close((error) => (error === undefined ? resolve() : reject(error))),
  )
}
