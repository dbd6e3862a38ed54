/** The way in for webhooks of outside systems: verify, keep as it came, answer. What they say is taken in later. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '#platform/clock.ts'
import type { Queryable } from '#platform/database.ts'
import { keepWebhook } from '../inbound-store.ts'
import { disbelief } from './verify.ts'

/** A system that sends webhooks. */
export interface WebhookSource {
  /** Name of its connector: the last part of the path that it posts to. */
  readonly name: string
  /** Two while one takes the place of the other. */
  readonly secrets: readonly string[]
}

/** What receiving needs. */
export interface Receiving {
  readonly db: Queryable
  readonly clock: Clock
  readonly sources: readonly WebhookSource[]
}

/** Where sources post to, before their name. */
export const HOOKS_PATH = '/hooks/'
const MAX_BODY_BYTES = 1_048_576

/**
 * Answers a post to `/hooks/<source>`: 204 once it is kept, also where it was before; 401 where it is not believed, 404
 * for a source that is not known, 405 for anything but a post, 413 for more than 1 MB.
 */
export function createHooks({ db, clock, sources }: Receiving) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const source = sources.find(({ name }) => request.url === HOOKS_PATH + name)
    if (source === undefined) return answer(response, 404)
    if (request.method !== 'POST') return answer(response, 405, { allow: 'POST' })
    const body = await bodyOf(request)
    if (body === undefined) return answer(response, 413, { connection: 'close' })
    const id = header(request, 'webhook-id')
    const now = clock.now()
    const post = {
      id,
      timestamp: header(request, 'webhook-timestamp'),
      signature: header(request, 'webhook-signature'),
      body,
    }
    const code = disbelief(post, source.secrets, now)
    if (code !== undefined || id === undefined) return answer(response, 401, {}, code)
    await keepWebhook(db, { source: source.name, webhookId: id, receivedAt: now, body })
    answer(response, 204)
  }
}

function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

/** The body as text; undefined where it is too long. What is no UTF-8 was not signed as such, and is not believed. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function answer(response: ServerResponse, status: number, headers = {}, code?: string): void {
  const body = code === undefined ? '' : JSON.stringify({ code })
  const type = code === undefined ? {} : { 'content-type': 'application/json' }
  response.writeHead(status, { ...headers, ...type }).end(body)
}
