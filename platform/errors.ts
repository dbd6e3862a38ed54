import { GraphQLError } from 'graphql'

/** Codes of expected failures that a subgraph may tell a client. The gateway passes these on and masks all else. */
export const PUBLIC_ERROR_CODES = [
  'BAD_USER_INPUT',
  'CURSOR_INVALID',
  'CURSOR_EXPIRED',
  'NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  'SUBGRAPH_UNAVAILABLE',
  'RATE_MISSING',
] as const

/** One of `PUBLIC_ERROR_CODES`. */
export type PublicErrorCode = (typeof PUBLIC_ERROR_CODES)[number]

/** An expected failure, told to the client with its message as it stands. */
export function publicError(code: PublicErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } })
}
