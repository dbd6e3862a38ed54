import { found } from '#platform/graphql.ts'
import { readConnection } from '#platform/loaders.ts'
import type { Resolvers } from '#schema/operations.generated.ts'
import { workflowList } from '../workflow-store.ts'

/** The queries of workflows. */
export const workflowQueries: NonNullable<Resolvers['Query']> = {
  workflow: async (_, { id }, { workflow }) => found(await workflow.load(id), 'workflow', id),
  workflows: (_, args, { db }) => readConnection(db, workflowList, args),
}

/** What workflows show of other systems. */
export const workflowResolvers: Pick<Resolvers, 'Workflow'> = {
  Workflow: {
    __resolveReference: async ({ id }, { workflow }) => found(await workflow.load(id), 'workflow', id),
    customer: ({ customerId }) => (customerId === null ? null : { id: customerId }),
  },
}
