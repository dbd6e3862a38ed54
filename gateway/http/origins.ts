import type { IncomingMessage, ServerResponse } from 'node:http'

import { refuse } from '../errors.ts'

/** Pages of these origins may use the graph from a browser, with their cookies. Never a wildcard. */
export type Origins = ReadonlySet<string>

/** How long a browser may remember that an origin is allowed: the longest that any of them keeps to. */
const PREFLIGHT_MAX_AGE_SECONDS = 7_200

/** Tells the browser whether the page may read the answer. True where it may. */
export function allowOrigin(
  { headers }: IncomingMessage,
  response: ServerResponse,
  origins: Origins,
): boolean {
  if (origins.size > 0) response.setHeader('vary', 'origin')
  const { origin } = headers
  if (origin === undefined || !origins.has(origin)) return false
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-allow-credentials', 'true')
  response.setHeader('access-control-expose-headers', 'x-request-id, retry-after')
  return true
}

/** Answers the question that a browser asks before it sends what a page of an allowed origin wants to send. */
export function answerPreflight({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-methods', 'GET, POST')
  const asked = headers['access-control-request-headers']
  if (asked !== undefined) response.setHeader('access-control-allow-headers', asked)
  response.setHeader('access-control-max-age', PREFLIGHT_MAX_AGE_SECONDS)
  response.writeHead(204).end()
}

/** Headers that no browser sends to another site before that site has allowed it. */
const PREFLIGHT_HEADERS = [
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-graphql-client',
  'authorization',
]

/**
 * Refuses a GET that a page of another site could have made a browser send, by an image, a link or a script. What
 * passes carries a header that such a page cannot set; a browser's own word that the answer is kept from other
 * origins (`sec-fetch-mode`) is one.
 */
export function refuseForgeable({ headers }: IncomingMessage, origins: Origins): void {
  if (headers['content-type'] !== undefined || PREFLIGHT_HEADERS.some((name) => headers[name] !== undefined))
    return
  const isOwnOrigin = headers.origin === undefined || origins.has(headers.origin)
  if (headers['sec-fetch-mode'] === 'cors' && isOwnOrigin) return
  refuse(
    'BAD_REQUEST',
    'Send a GET with the header apollo-require-preflight: true, so that no other site can cause it.',
  )
}
