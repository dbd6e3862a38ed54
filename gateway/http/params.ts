import { refuse } from '../errors.ts'
import { type GraphQLParams, isJsonObject } from '../request.ts'

/** The GraphQL parameters of a request's body, whatever transport it came by. Refuses what has another shape. */
export function paramsOf(body: unknown): GraphQLParams {
  if (Array.isArray(body)) refuse('BAD_REQUEST', 'Batches are not served: send one operation a request.')
  if (!isJsonObject(body)) return refuse('BAD_REQUEST', 'The body must be a JSON object.')
  const { variables, extensions } = body
  if (!isAbsentOrObject(variables)) return refuse('BAD_REQUEST', 'The parameter variables must be an object.')
  if (!isAbsentOrObject(extensions))
    return refuse('BAD_REQUEST', 'The parameter extensions must be an object.')
  const query = stringOf(body, 'query')
  const documentId = stringOf(body, 'documentId') ?? persistedQueryId(extensions?.persistedQuery)
  if (query === undefined && documentId === undefined)
    refuse('BAD_REQUEST', 'The parameter query must be a document, or documentId must name one.')
  return {
    query,
    documentId,
    operationName: stringOf(body, 'operationName'),
    variables: variables ?? undefined,
    isCostAsked: isJsonObject(extensions?.cost) && extensions.cost.report === true,
    isCursorAsked: extensions?.eventCursor === true,
  }
}

/** Apollo's way to name a document: automatic persisted queries, version 1. */
function persistedQueryId(persisted: unknown): string | undefined {
  if (persisted === undefined || persisted === null) return undefined
  const isKnown =
    isJsonObject(persisted) && persisted.version === 1 && typeof persisted.sha256Hash === 'string'
  if (!isKnown)
    return refuse('BAD_REQUEST', 'The extension persistedQuery must have version 1 and a sha256Hash.')
  return `sha256:${persisted.sha256Hash as string}`
}

/** A text, where there is one: clients that have none also send null or nothing at all. */
function stringOf(body: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = body[name]
  if (value === undefined || value === null || value === '') return undefined
  return typeof value === 'string' ? value : refuse('BAD_REQUEST', `The parameter ${name} must be a string.`)
}

function isAbsentOrObject(value: unknown): value is Record<string, unknown> | null | undefined {
  return value === undefined || value === null || isJsonObject(value)
}
