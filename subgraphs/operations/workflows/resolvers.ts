import { found } from '#platform/graphql.ts'
import { readConnection } from '#platform/loaders.ts'
import { asDelivered, subscribeTo } from '#platform/log/subscribe.ts'
import type { Resolvers } from '#schema/operations.generated.ts'
import { workflowList, workflows } from '../workflow-store.ts'

/** The queries of workflows. */
export const workflowQueries: NonNullable<Resolvers['Query']> = {
  workflow: async (_, { id }, { workflow }) => found(await workflow.load(id), 'workflow', id),
  workflows: (_, args, { db }) => readConnection(db, workflowList, args),
}

/** How workflows get on. */
export const workflowSubscriptions: NonNullable<Resolvers['Subscription']> = {
  workflowProgress: {
    subscribe: async (_, { after, id }, { feed, workflow }) => {
      if (typeof id === 'string') found(await workflow.load(id), 'workflow', id)
      return subscribeTo(
        feed,
        after,
        ({ aggregate, aggregateId }) =>
          aggregate === 'workflow' && (typeof id !== 'string' || aggregateId === id),
      )
    },
    resolve: asDelivered,
  },
}

/** What workflows show of other systems. */
export const workflowResolvers: Pick<Resolvers, 'Workflow' | 'WorkflowProgress'> = {
  WorkflowProgress: {
    workflow: ({ event }) => workflows.ofEvent(event.data as Readonly<Record<string, unknown>>),
  },
  Workflow: {
    __resolveReference: async ({ id }, { workflow }) => found(await workflow.load(id), 'workflow', id),
    customer: ({ customerId }) => (customerId === null ? null : { id: customerId }),
  },
}
