import type { IncomingMessage } from 'node:http'

import { EVENT_STREAM } from '#platform/event-stream.ts'

import { readBody } from './body.ts'
import { JSON_LINES } from './jsonl.ts'
import { refuse } from '../errors.ts'
import type { Limits } from '../limits.ts'
import { type Origins, refuseForgeable } from './origins.ts'
import { paramsOf } from './params.ts'
import type { GraphQLParams } from '../request.ts'

/** The media types of one answer. They differ in the status of a request that was refused before execution. */
export const GRAPHQL_RESPONSE = 'application/graphql-response+json'
export const JSON_RESPONSE = 'application/json'

export type ResponseType =
  | typeof GRAPHQL_RESPONSE
  | typeof JSON_RESPONSE
  | typeof EVENT_STREAM
  | typeof JSON_LINES

/** Reads the GraphQL parameters of a GET or a POST, by the GraphQL-over-HTTP specification. Refuses all else. */
export async function readParams(
  request: IncomingMessage,
  limits: Limits,
  origins: Origins,
): Promise<GraphQLParams> {
  if (request.method === 'GET') {
    if (request.headers['content-type'] !== undefined) refuseOtherMedia(request)
    refuseForgeable(request, origins)
    return { ...paramsOf(queryString(request)), readOnly: true }
  }
  if (request.method !== 'POST') refuse('METHOD_NOT_ALLOWED', 'GraphQL is served by GET and POST.')
  refuseOtherMedia(request)
  return paramsOf(parseJson(await readBody(request, limits.maxBodyBytes), 'The body'))
}

/** What a client of server-sent events had last, where it asks again. */
export function lastEventIdOf({ headers }: IncomingMessage): string | undefined {
  const id = headers['last-event-id']
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** The media type that the client prefers among ours: JSON where it does not say. Undefined where it wants neither. */
export function negotiate(accept: string | undefined): ResponseType | undefined {
  if (accept === undefined) return JSON_RESPONSE
  const preferred = accept
    .split(',')
    .map(acceptedType)
    .filter(({ type, quality }) => quality > 0 && type !== undefined)
    .toSorted((a, b) => b.quality - a.quality)
  return preferred[0]?.type
}

function acceptedType(range: string): { type: ResponseType | undefined; quality: number } {
  const { name, isUtf8, quality } = readMediaType(range)
  return {
    type: isUtf8 ? responseTypes.get(name) : undefined,
    quality: quality === undefined ? 1 : Number(quality),
  }
}

const responseTypes: ReadonlyMap<string, ResponseType> = new Map([
  [GRAPHQL_RESPONSE, GRAPHQL_RESPONSE],
  [JSON_RESPONSE, JSON_RESPONSE],
  [EVENT_STREAM, EVENT_STREAM],
  [JSON_LINES, JSON_LINES],
  ['application/*', JSON_RESPONSE],
  ['*/*', JSON_RESPONSE],
])

/** A browser sends other media types across origins without asking first, so nothing but JSON is ever read. */
function refuseOtherMedia({ headers }: IncomingMessage): void {
  const { name, isUtf8 } = readMediaType(headers['content-type'] ?? '')
  if (name !== 'application/json' || !isUtf8)
    refuse('UNSUPPORTED_MEDIA_TYPE', 'Send the request as application/json in UTF-8.')
}

/** A media type and those of its parameters that mean something here. Without a charset it is in UTF-8. */
function readMediaType(text: string): { name: string; isUtf8: boolean; quality: string | undefined } {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const valueOf = (parameter: string): string | undefined =>
    parameters.find((each) => each.startsWith(`${parameter}=`))?.slice(parameter.length + 1)
  const charset = (valueOf('charset') ?? 'utf-8').replaceAll('"', '')
  return { name, isUtf8: charset === 'utf-8' || charset === 'utf8', quality: valueOf('q') }
}

/** The parameters of a query string. Variables and extensions are JSON there. */
function queryString({ url = '' }: IncomingMessage): unknown {
  const search = new URLSearchParams(url.slice(url.indexOf('?') + 1))
  const params: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const name of ['query', 'documentId', 'operationName', 'variables', 'extensions']) {
    const value = search.get(name)
    if (value === null) continue
    params[name] =
      name === 'variables' || name === 'extensions' ? parseJson(value, `The parameter ${name}`) : value
  }
  return params
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return refuse('BAD_REQUEST', `${what} is not valid JSON.`)
  }
}
