import { sourceName } from '#platform/graphql.ts'
import { readConnection } from '#platform/loaders.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Resolvers } from '#schema/operations.generated.ts'
import { auditTrail } from '../audit-store.ts'

/** The query of the audit trail. */
export const auditQueries: NonNullable<Resolvers['Query']> = {
  auditTrail: (_, args, { db }) => readConnection(db, auditTrail, args),
}

/** What records show of the events that tell of them. */
export const auditResolvers: Pick<Resolvers, 'AuditRecord'> = {
  AuditRecord: {
    source: ({ source }) => sourceName(source as SubgraphName),
    subject: ({ aggregateId }) => aggregateId,
    version: ({ eventVersion }) => eventVersion,
    before: async (record, _, { auditedEvent }) => (await auditedEvent.load(record))?.before ?? null,
    after: async (record, _, { auditedEvent }) => (await auditedEvent.load(record))?.after ?? null,
  },
}
