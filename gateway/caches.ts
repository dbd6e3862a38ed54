import type { ClientDocument } from './document/document.ts'
import type { Limits } from './limits.ts'
import { type CacheCounters, Lru } from './lru.ts'
import type { PreparedOperation } from './operation.ts'
import type { PersistedDocuments } from './document/persisted.ts'
import type { Transport } from './subgraph/transport.ts'

/**
 * What an engine keeps of the operations that it met. What a document means is the same for every client, and its
 * plan too: who asks comes in with each run, so no identity is part of these keys. Nothing of an answer is kept.
 */
export interface Caches {
  /** By text, weighed by its length. */
  readonly documents: Lru<ClientDocument>
  /** By document, operation and conditions, weighed by fields. */
  readonly operations: Lru<PreparedOperation>
}

/** Makes the caches of one engine. */
export function createCaches(limits: Limits): Caches {
  return {
    documents: new Lru(limits.maxCachedDocuments, limits.maxCachedDocumentChars),
    operations: new Lru(limits.maxCachedOperations, limits.maxCachedOperationFields),
  }
}

/** The counters of every cache of a gateway by its name, as telemetry reads them. */
export function countersOf(
  { documents, operations }: Caches,
  persisted: PersistedDocuments,
  transports: readonly Transport[],
): Readonly<Record<string, CacheCounters>> {
  const subgraphs = transports.flatMap(({ name, cacheCounters }) =>
    cacheCounters ? [[`subgraph.${name}`, cacheCounters()] as const] : [],
  )
  return {
    documents: documents.counters,
    operations: operations.counters,
    persisted: persisted.cache.counters,
    ...Object.fromEntries(subgraphs),
  }
}
