import { GraphQLError } from 'graphql'

/** Codes of expected failures that a subgraph may tell a client. The gateway passes these on and masks all else. */
export type PublicErrorCode = 'BAD_USER_INPUT' | 'CURSOR_INVALID' | 'NOT_FOUND' | 'IDEMPOTENCY_KEY_REUSED'

/** An expected failure, told to the client with its message as it stands. */
export function publicError(code: PublicErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } })
}
