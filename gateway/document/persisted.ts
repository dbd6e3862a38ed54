import { createHash } from 'node:crypto'

import { refuse } from '../errors.ts'
import type { Limits } from '../limits.ts'
import { Lru } from '../lru.ts'
import type { GraphQLParams } from '../request.ts'

/** Documents that were agreed on before: their texts by their SHA-256 in small hexadecimal digits. */
export interface TrustedDocuments {
  readonly texts: ReadonlyMap<string, string>
  /** Where each was read, by the same. */
  readonly files: ReadonlyMap<string, string>
  /** Nothing else is executed. */
  readonly isExclusive: boolean
}

/**
 * Documents that clients may name instead of sending them: the trusted ones, and those that a client sent once with
 * their hash. A document is the same for everyone, and what it brings is decided when it is executed: so who sent one
 * is no part of its key.
 */
export interface PersistedDocuments {
  readonly trusted: TrustedDocuments
  readonly cache: Lru<string>
  /** The text that a request sends or names. */
  textOf(params: GraphQLParams): string
  /** Keeps a text that came with its hash, once it is known to be valid. */
  keep(params: GraphQLParams): void
}

/** The SHA-256 by which a text is named. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Makes the step "request → text of its document". */
export function createPersistedDocuments(
  trustedDocuments: TrustedDocuments,
  limits: Limits,
): PersistedDocuments {
  const { texts, isExclusive } = trustedDocuments
  const cache = new Lru<string>(limits.maxCachedDocuments, limits.maxCachedDocumentChars)
  return {
    trusted: trustedDocuments,
    cache,
    textOf({ query, documentId }) {
      const hash = documentId === undefined ? undefined : hashNamedBy(documentId)
      const trusted = hash === undefined ? undefined : texts.get(hash)
      if (isExclusive && (trusted === undefined || (query !== undefined && query !== trusted)))
        return refuse('DOCUMENT_NOT_TRUSTED', 'Only documents that were agreed on are executed.')
      if (hash === undefined) return query ?? refuse('BAD_REQUEST', 'The parameter query must be a document.')
      const known = trusted ?? cache.get(hash)
      // Apollo's clients know this message, and send the document once more in full.
      if (query === undefined) return known ?? refuse('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
      if (query !== known && hashOf(query) !== hash)
        return refuse('BAD_REQUEST', 'The hash is not that of the document.')
      return query
    },
    keep({ query, documentId }) {
      if (query === undefined || documentId === undefined) return
      const hash = hashNamedBy(documentId)
      if (!texts.has(hash)) cache.set(hash, query, query.length)
    },
  }
}

const SHA256_ID = /^sha256:([0-9a-f]{64})$/

function hashNamedBy(documentId: string): string {
  const [, hash] = SHA256_ID.exec(documentId) ?? []
  return (
    hash ?? refuse('BAD_REQUEST', 'A document is named by sha256: and its hash in 64 hexadecimal digits.')
  )
}
