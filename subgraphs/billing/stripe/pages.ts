import type { StripeReader } from './client.ts'
import { isObject, members, requiredText, text, type StripeObject } from './fields.ts'
import type { Resource } from './resources.ts'

/** After which object of which list the reading goes on; null for the start of the list. */
export interface Position {
  readonly resource: string
  readonly startingAfter: string | null
}

/** A page could not be read, also when tried again. What was read before it is kept; `position` resumes after it. */
export class ImportFailed extends Error {
  readonly code = 'IMPORT_FAILED'
  readonly position: Position
  /** Whether the server knows no such list. */
  readonly notFound: boolean
  /** Whether it may know the list, but not the object after which to go on: that may have been deleted. */
  readonly isPlaceGone: boolean

  constructor(position: Position, cause: unknown) {
    const after = position.startingAfter === null ? 'at its start' : `after ${position.startingAfter}`
    super(`reading ${position.resource} ${after} failed: ${describe(cause)}`, { cause })
    this.position = position
    const status = isObject(cause) ? cause['statusCode'] : undefined
    this.notFound = status === NOT_FOUND
    this.isPlaceGone = position.startingAfter !== null && (status === NOT_FOUND || status === BAD_REQUEST)
  }
}

/** How often a failed page is tried and how long to wait in between: the delay doubles each time. */
export interface PageRetry {
  readonly attempts: number
  readonly delayMs: number
}

const DEFAULT_PAGE_RETRY: PageRetry = { attempts: 4, delayMs: 1_000 }

export interface Page {
  readonly objects: readonly StripeObject[]
  /** Where to go on after this page; null after the last one. */
  readonly next: string | null
}

const PAGE_SIZE = 100
const MAX_PAGES = 100_000
const NOT_FOUND = 404
const BAD_REQUEST = 400
/** Worth another try: the network, Stripe's own trouble, and being asked to slow down. */
const PASSING_ERRORS = new Set(['StripeConnectionError', 'StripeAPIError', 'StripeRateLimitError'])

/** Reads a list from a position to its end, each object with its nested lists complete. */
export async function* readPages(
  reader: StripeReader,
  resource: Resource,
  startingAfter: string | null,
  retry: PageRetry = DEFAULT_PAGE_RETRY,
): AsyncGenerator<Page> {
  let after = startingAfter
  for (let count = 0; count < MAX_PAGES; count += 1) {
    const position = { resource: resource.name, startingAfter: after }
    const page = await attempt(position, retry, () => readPage(reader, resource, position.startingAfter))
    yield page
    if (page.next === null) return
    if (page.next === after) throw new ImportFailed(position, new Error('the list does not advance'))
    after = page.next
  }
  throw new ImportFailed(
    { resource: resource.name, startingAfter: after },
    new Error(`more than ${MAX_PAGES} pages`),
  )
}

async function readPage(reader: StripeReader, resource: Resource, after: string | null): Promise<Page> {
  const page = await getList(reader, listPath(`/v1/${resource.name}`, resource.query, after))
  const objects: StripeObject[] = []
  for (const object of page.objects) objects.push(await complete(reader, resource, object))
  return { ...page, objects }
}

/** The object with every nested list read to its end. */
async function complete(
  reader: StripeReader,
  resource: Resource,
  object: StripeObject,
): Promise<StripeObject> {
  const lists: Record<string, unknown> = {}
  for (const field of resource.nestedLists) {
    const list = object[field]
    if (isObject(list) && list['has_more'] === true)
      lists[field] = await readNested(reader, object, field, list)
  }
  return { ...object, ...lists }
}

async function readNested(reader: StripeReader, object: StripeObject, field: string, list: StripeObject) {
  const data = [...members(object, field)]
  const [path = '', search = ''] = requiredText(list, 'url').split('?', 2)
  const query = Object.fromEntries(new URLSearchParams(search))
  for (let count = 0; count < MAX_PAGES; count += 1) {
    const last = data.at(-1)
    const after = last === undefined ? null : requiredText(last, 'id')
    const page = await getList(reader, listPath(path, query, after))
    data.push(...page.objects)
    if (page.next === null) return { ...list, data, has_more: false }
    if (page.next === after) throw new Error(`${path} does not advance`)
  }
  throw new Error(`more than ${MAX_PAGES} pages of ${path}`)
}

async function getList(reader: StripeReader, path: string): Promise<Page> {
  const answer = await reader.get(path)
  if (!isObject(answer) || !Array.isArray(answer['data']))
    throw new Error(`${path} did not answer with a list`)
  const objects = members(answer, 'data')
  const last = objects.at(-1)
  return { objects, next: answer['has_more'] === true && last !== undefined ? text(last, 'id') : null }
}

function listPath(path: string, query: Readonly<Record<string, string>>, after: string | null): string {
  const search = new URLSearchParams({ ...query, limit: String(PAGE_SIZE) })
  if (after !== null) search.set('starting_after', after)
  return `${path}?${search.toString()}`
}

async function attempt<T>(position: Position, retry: PageRetry, read: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await read()
    } catch (error) {
      if (count >= retry.attempts || !isPassing(error)) throw new ImportFailed(position, error)
      await wait(retry.delayMs * 2 ** (count - 1))
    }
  }
}

const wait = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs))

const isPassing = (error: unknown): boolean => isObject(error) && PASSING_ERRORS.has(String(error['type']))

const describe = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
