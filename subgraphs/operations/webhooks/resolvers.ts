import type { Violation } from '#domain/failure.ts'
import type { UnitOfWork } from '#platform/command.ts'
import { found } from '#platform/graphql.ts'
import type { Replayable } from '#platform/idempotency.ts'
import { readConnection } from '#platform/loaders.ts'
import { type KeyedInput, mutate } from '#platform/mutation.ts'
import type { Resolvers, UserErrorCode } from '#schema/operations.generated.ts'
import { deliveryList } from '../delivery-store.ts'
import type { Writing } from '../loaders.ts'
import { readEventRoutings } from '../models/event-routings.ts'
import { readEndpoints } from '../webhook-store.ts'
import { createEndpoint, type EndpointResult, rotateSecret, updateEndpoint } from './endpoints.ts'
import { recoverDeliveries, type RecoveryResult } from './recover.ts'
import { messageId } from './send.ts'

/** What is kept of a change of an endpoint: the secret is not. */
interface EndpointOutcome {
  readonly endpointId: string | null
  readonly violations: readonly Violation[]
}

/** What became of a change of an endpoint, for its payload. */
export type EndpointAnswer = Replayable<EndpointOutcome> & { readonly secret: string | null }

/** What became of a recovery, for its payload. */
export type RecoveryAnswer = Replayable<RecoveryResult>

/** For how long old secrets are used beside a new one, where nobody says otherwise. */
const DEFAULT_OVERLAP_HOURS = 24

/** Carries a change out once for its key. The secret that it makes is told to this caller and kept nowhere else. */
async function change(
  { db, command }: Writing,
  operation: string,
  input: KeyedInput,
  work: (unit: UnitOfWork) => Promise<EndpointResult>,
): Promise<EndpointAnswer> {
  let secret: string | null = null
  const { result, replayed } = await mutate(db, command, { operation, input }, async (unit) => {
    const { endpoint, violations, secret: made } = await work(unit)
    secret = made
    return { endpointId: endpoint?.id ?? null, violations }
  })
  return { result, replayed, secret: replayed ? null : secret }
}

/** The mutations of webhooks. */
export const webhookMutations: NonNullable<Resolvers['Mutation']> = {
  createWebhookEndpoint: (_, { input }, { write }) =>
    change(write, 'createWebhookEndpoint', input, (unit) =>
      createEndpoint(unit, write.command, {
        url: input.url,
        description: input.description ?? null,
        system: input.system ?? null,
        eventTypes: input.eventTypes ?? [],
      }),
    ),
  updateWebhookEndpoint: (_, { input }, { write }) =>
    change(write, 'updateWebhookEndpoint', input, (unit) =>
      updateEndpoint(unit, input.id, {
        ...(typeof input.url === 'string' && { url: input.url }),
        ...(input.description !== undefined && { description: input.description }),
        ...(input.system !== undefined && { system: input.system }),
        ...(Array.isArray(input.eventTypes) && { eventTypes: input.eventTypes }),
        ...(typeof input.status === 'string' && { isEnabled: input.status === 'ENABLED' }),
      }),
    ),
  rotateWebhookSecret: (_, { input }, { write }) =>
    change(write, 'rotateWebhookSecret', input, (unit) =>
      rotateSecret(unit, write.command, input.id, input.overlapHours ?? DEFAULT_OVERLAP_HOURS),
    ),
  recoverWebhookDeliveries: async (_, { input }, { write: { db, command }, models, sources }) => {
    const routings = await readEventRoutings({ sources, modelOf: models.pick })
    return mutate(db, command, { operation: 'recoverWebhookDeliveries', input }, (unit) =>
      recoverDeliveries(
        unit,
        command,
        { endpointId: input.id, since: input.since, delivered: input.scope === 'ALL' },
        routings,
      ),
    )
  },
}

/** The queries of webhooks. */
export const webhookQueries: NonNullable<Resolvers['Query']> = {
  webhookEndpoints: (_, __, { db }) => readEndpoints(db),
  webhookEndpoint: async (_, { id }, { webhookEndpoint }) =>
    found(await webhookEndpoint.load(id), 'webhook endpoint', id),
  webhookDeliveries: (_, args, { db }) => readConnection(db, deliveryList, args),
}

/** The schema lists the codes that a request can be refused with; the writer of answers fails on another one. */
const userErrors = (violations: readonly Violation[]) =>
  violations.map(({ code, field, message }) => ({ code: code as UserErrorCode, field, message }))

/** What the types of webhooks show. */
export const webhookResolvers: Pick<
  Resolvers,
  'WebhookDelivery' | 'WebhookEndpointPayload' | 'RecoverWebhookDeliveriesPayload'
> = {
  WebhookDelivery: {
    endpoint: async ({ endpointId: id }, _, { webhookEndpoint }) =>
      found(await webhookEndpoint.load(id), 'webhook endpoint', id),
    webhookId: messageId,
    subject: ({ aggregateId }) => aggregateId,
    nextAttemptAt: ({ nextAttemptAt, status }) => (status === 'PENDING' ? nextAttemptAt : null),
    log: ({ id }, _, { webhookAttempts }) => webhookAttempts.load(id),
  },
  WebhookEndpointPayload: {
    endpoint: ({ result: { endpointId } }, _, { webhookEndpoint }) =>
      endpointId === null ? null : webhookEndpoint.load(endpointId),
    userErrors: ({ result: { violations } }) => userErrors(violations),
  },
  RecoverWebhookDeliveriesPayload: {
    count: ({ result: { count } }) => count,
    userErrors: ({ result: { violations } }) => userErrors(violations),
  },
}
