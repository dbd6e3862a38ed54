import type { GraphQLError, SourceLocation } from 'graphql'

import type { RequestContext } from './request.ts'

/**
 * The whole error policy: which codes exist, which HTTP status a refused request gets, whether trying again can
 * help, and what a subgraph may say to a client. Whatever is not in this table reaches clients as
 * INTERNAL_SERVER_ERROR with a neutral message, and the log in full.
 */
const policy = {
  // The request is wrong.
  BAD_REQUEST: { status: 400, retryable: false },
  GRAPHQL_PARSE_FAILED: { status: 400, retryable: false },
  GRAPHQL_VALIDATION_FAILED: { status: 400, retryable: false },
  OPERATION_RESOLUTION_FAILURE: { status: 400, retryable: false },
  OPERATION_TOO_LARGE: { status: 400, retryable: false },
  OPERATION_TOO_COSTLY: { status: 400, retryable: false },
  BAD_USER_INPUT: { status: 400, retryable: false },
  PERSISTED_QUERY_NOT_FOUND: { status: 400, retryable: false },
  DOCUMENT_NOT_TRUSTED: { status: 400, retryable: false },
  METHOD_NOT_ALLOWED: { status: 405, retryable: false },
  NOT_ACCEPTABLE: { status: 406, retryable: false },
  PAYLOAD_TOO_LARGE: { status: 413, retryable: false },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, retryable: false },
  // The request is right, and the answer is no.
  NOT_FOUND: { status: 200, retryable: false },
  CURSOR_INVALID: { status: 200, retryable: false },
  CURSOR_EXPIRED: { status: 200, retryable: false },
  IDEMPOTENCY_KEY_REUSED: { status: 200, retryable: false },
  RATE_MISSING: { status: 200, retryable: false },
  // The graph cannot answer now.
  OVERLOADED: { status: 503, retryable: true },
  PLAN_TIMEOUT: { status: 503, retryable: true },
  PLAN_FAILED: { status: 500, retryable: false },
  TOO_MANY_STREAMS: { status: 429, retryable: true },
  SLOW_READER: { status: 503, retryable: true },
  SUBGRAPH_UNAVAILABLE: { status: 200, retryable: true },
  SUBGRAPH_TIMEOUT: { status: 200, retryable: true },
  SUBGRAPH_BAD_RESPONSE: { status: 200, retryable: false },
  SUBGRAPH_REFUSED: { status: 200, retryable: false },
  INTERNAL_SERVER_ERROR: { status: 500, retryable: false },
} as const satisfies Record<string, { status: number; retryable: boolean }>

/** A code that clients may rely on. */
export type Code = keyof typeof policy

/** Codes (and their messages) that a subgraph may send through to the client. */
const spokenBySubgraphs: ReadonlySet<string> = new Set<Code>([
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'CURSOR_INVALID',
  'CURSOR_EXPIRED',
  'IDEMPOTENCY_KEY_REUSED',
  'RATE_MISSING',
])

/** Response keys and list indexes, from the root of the client's answer. */
export type Path = readonly (string | number)[]

/** Something that went wrong, on its way to the client (`code`, `message`, `path`) and to the log (`cause`). */
export interface Failure {
  readonly code: Code
  readonly message: string
  readonly path?: Path | undefined
  readonly locations?: readonly SourceLocation[] | undefined
  readonly service?: string | undefined
  /** Where that is not what the code says. */
  readonly isRetryable?: boolean
  /** The cursor of the last event that was sent, where a subscription ends early: what to resume after. */
  readonly resumeAfter?: string | undefined
  /** The original, for the log alone. */
  readonly cause?: unknown
}

/** The request is refused as a whole: no data, one or more failures. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly failures: readonly Failure[]

  constructor(failures: readonly Failure[]) {
    const [first, ...others] = failures
    super(others.length > 0 ? `${first?.message}, and ${others.length} more` : first?.message)
    this.failures = failures
  }
}

/** Throws a `RequestError` of one failure. */
export function refuse(code: Code, message: string): never {
  throw new RequestError([{ code, message }])
}

/** The same end of a subscription, with what to resume after. */
export function resumableAfter(error: unknown, resumeAfter: string | undefined): unknown {
  if (resumeAfter === undefined || !(error instanceof RequestError)) return error
  return new RequestError(error.failures.map((failure) => ({ ...failure, resumeAfter })))
}

/** Throws a `RequestError` for errors of graphql-js (parsing, validation, variables): clients may read these. */
export function refuseWith(code: Code, errors: readonly GraphQLError[]): never {
  throw new RequestError(errors.map(({ message, locations }) => ({ code, message, locations })))
}

/** A call to a subgraph that brought no answer at all. */
export class SubgraphFailure extends Error {
  override readonly name = 'SubgraphFailure'
  readonly code: 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_BAD_RESPONSE' | 'SUBGRAPH_REFUSED'
  /** The subgraph never saw the call. Otherwise nobody knows whether it did what it was asked. */
  readonly isUnsent: boolean

  constructor(code: SubgraphFailure['code'], message: string, options: SubgraphFailureOptions = {}) {
    super(message, options)
    this.code = code
    this.isUnsent = options.isUnsent ?? false
  }
}

interface SubgraphFailureOptions extends ErrorOptions {
  readonly isUnsent?: boolean
}

/** A failure that the next try may not meet: no connection, a broken one, or a proxy that has none. */
export class PassingFailure extends SubgraphFailure {
  constructor(message: string, options?: SubgraphFailureOptions) {
    super('SUBGRAPH_UNAVAILABLE', message, options)
  }
}

/** The end of a call that nobody waits for any more. It says nothing of the subgraph. */
export class ClientLeft extends SubgraphFailure {
  constructor() {
    super('SUBGRAPH_UNAVAILABLE', 'the client has left')
  }
}

/** One error of a subgraph's answer. */
export interface SubgraphError {
  readonly message: string
  readonly path?: Path | undefined
  readonly extensions?: { readonly code?: unknown } | undefined
  readonly originalError?: unknown
}

const MASKED = 'Something went wrong inside the graph. The request id finds it in the log.'

const subgraphMessages: Record<SubgraphFailure['code'], (service: string) => string> = {
  SUBGRAPH_UNAVAILABLE: (service) => `The ${service} subgraph cannot be reached.`,
  SUBGRAPH_TIMEOUT: (service) => `The ${service} subgraph did not answer in time.`,
  SUBGRAPH_BAD_RESPONSE: (service) => `The ${service} subgraph sent an answer that cannot be used.`,
  SUBGRAPH_REFUSED: (service) => `The ${service} subgraph does not take requests of this gateway.`,
}

/** What a client may learn of one error of a subgraph's answer. */
export function failureOfSubgraph(error: SubgraphError, service: string, path?: Path): Failure {
  const code = error.extensions?.code
  if (isSpokenBySubgraphs(code)) return { code, message: error.message, path, service }
  const cause = error.originalError ?? error
  // What it says of the trouble may name hosts: which part it is that does not answer is told by that part's own error.
  if (code === 'SUBGRAPH_UNAVAILABLE')
    return { code, message: `The ${service} subgraph misses what it rests on.`, path, service, cause }
  return { code: 'INTERNAL_SERVER_ERROR', message: MASKED, path, service, cause }
}

/** What a client may learn when a call to a subgraph failed as a whole. */
export function failureOfCall(error: unknown, service: string): Failure {
  if (!(error instanceof SubgraphFailure)) return { ...internalFailure(error), service }
  return { code: error.code, message: subgraphMessages[error.code](service), service, cause: error }
}

/** The same for a call that was to write: trying again is safe only where the subgraph never saw it. */
export function failureOfWrite(error: unknown, service: string): Failure {
  const isRetryable = error instanceof SubgraphFailure && error.isUnsent
  return { ...failureOfCall(error, service), isRetryable }
}

/** A failure beside a write that may have been done: what tries the request again would do it once more. */
export function afterWrite(failure: Failure): Failure {
  return { isRetryable: false, ...failure }
}

/** What a client may learn of a value that its type forbids. */
export function failureOfValue(cause: unknown): Failure {
  return { code: 'SUBGRAPH_BAD_RESPONSE', message: 'A subgraph sent a value that cannot be used.', cause }
}

/** The failure that a client sees for anything unexpected. */
function internalFailure(cause: unknown): Failure {
  return { code: 'INTERNAL_SERVER_ERROR', message: MASKED, cause }
}

/** The failures of a request that ended by throwing. */
export function failuresOf(error: unknown): readonly Failure[] {
  return error instanceof RequestError ? error.failures : [internalFailure(error)]
}

/** True if a request that ended by throwing this may do better a moment later. */
export function isPassing(error: unknown): boolean {
  return error instanceof RequestError && error.failures.every(({ code }) => policy[code].retryable)
}

/** The HTTP status of a request that was refused with these failures: the most serious one decides. */
export function statusOf(failures: readonly Failure[]): number {
  return failures.reduce((worst, { code }) => Math.max(worst, policy[code].status), 0)
}

/** The error as the client reads it. */
export function present(failure: Failure, request: Pick<RequestContext, 'requestId'>): object {
  const { code, message, locations, path, service, resumeAfter } = failure
  const { isRetryable: retryable = policy[code].retryable } = failure
  const extensions = { code, service, retryable, resumeAfter, requestId: request.requestId }
  return { message, locations, path, extensions }
}

function isSpokenBySubgraphs(code: unknown): code is Code {
  return typeof code === 'string' && spokenBySubgraphs.has(code)
}
