import { SUBGRAPHS } from '#platform/config.ts'
import { readHeads, writePositions } from '#platform/log/positions.ts'
import { eventCatalogue } from '#schema/event-catalogue.ts'
import type { Resolvers } from '#schema/operations.generated.ts'
import { auditQueries, auditResolvers } from './audit/resolvers.ts'
import { approvalMutations, approvalQueries, approvalResolvers } from './approvals/resolvers.ts'
import { readEvents } from './events.ts'
import { exceptionMutations, exceptionQueries, exceptionResolvers } from './exceptions/resolvers.ts'
import { flowMutations, flowResolvers } from './flows/resolvers.ts'
import { periodMutations, periodResolvers } from './flows/period-resolvers.ts'
import { exportMutations, exportQueries, exportResolvers } from './exports/resolvers.ts'
import { healthQueries, healthResolvers } from './health/resolvers.ts'
import { leakageQueries, leakageResolvers } from './reconciliation/leakage.ts'
import { statusQueries, statusResolvers } from './reconciliation/status.ts'
import { reconciliationQueries, reconciliationResolvers } from './reconciliation/resolvers.ts'
import { modelMutations, modelQueries, modelResolvers } from './models/resolvers.ts'
import { serviceQueries, serviceResolvers } from './services/resolvers.ts'
import { replayMutations, replayQueries, replayResolvers } from './replays/resolvers.ts'
import { webhookMutations, webhookQueries, webhookResolvers } from './webhooks/resolvers.ts'
import { workflowQueries, workflowResolvers, workflowSubscriptions } from './workflows/resolvers.ts'

export const resolvers: Resolvers = {
  Query: {
    ...webhookQueries,
    ...replayQueries,
    ...workflowQueries,
    ...reconciliationQueries,
    ...leakageQueries,
    ...statusQueries,
    ...healthQueries,
    ...exportQueries,
    ...auditQueries,
    ...exceptionQueries,
    ...modelQueries,
    ...serviceQueries,
    ...approvalQueries,
    events: (_, args, { db }) => readEvents(db, args),
    eventTypes: () => eventCatalogue,
    eventCursor: async (_, __, { db }) => writePositions(await readHeads(db, SUBGRAPHS)),
  },
  Mutation: {
    ...exportMutations,
    ...webhookMutations,
    ...replayMutations,
    ...flowMutations,
    ...periodMutations,
    ...exceptionMutations,
    ...modelMutations,
    ...approvalMutations,
  },
  Subscription: workflowSubscriptions,
  ...webhookResolvers,
  ...replayResolvers,
  ...workflowResolvers,
  ...flowResolvers,
  ...periodResolvers,
  ...reconciliationResolvers,
  ...leakageResolvers,
  ...statusResolvers,
  ...healthResolvers,
  ...exportResolvers,
  ...auditResolvers,
  ...exceptionResolvers,
  ...modelResolvers,
  ...serviceResolvers,
  ...approvalResolvers,
}
