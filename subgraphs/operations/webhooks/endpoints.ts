import { randomUUID } from 'node:crypto'
import type { Violation } from '#domain/failure.ts'
import { checkWebhookEndpoint, type WebhookEndpoint, webhookEndpointEvent } from '#domain/webhook.ts'
import type { Aggregate, CommandContext, Draft, UnitOfWork } from '#platform/command.ts'
import { webhookTypes } from '#schema/event-catalogue.ts'
import { addSecret, readEndpoints, webhookEndpoints } from '../webhook-store.ts'
import { makeSecret } from './sign.ts'

export const endpoint: Aggregate<WebhookEndpoint> = {
  name: 'webhookEndpoint',
  table: webhookEndpoints,
  event: webhookEndpointEvent,
}

/** What a person may say of an endpoint. */
export type EndpointInput = Pick<WebhookEndpoint, 'url' | 'description' | 'system' | 'eventTypes'>

/** What became of a command: the endpoint as it is now, or what is wrong with the input. */
export interface EndpointResult {
  readonly endpoint: WebhookEndpoint | null
  /** A secret that was made: it is told this once. */
  readonly secret: string | null
  readonly violations: readonly Violation[]
}

/** Each event is matched with every endpoint. */
const MAX_ENDPOINTS = 200
/** The longest time for which an old secret is used beside the new one. */
const MAX_OVERLAP_HOURS = 7 * 24

const refused = (...violations: readonly Violation[]): EndpointResult => ({
  endpoint: null,
  secret: null,
  violations,
})
const UNKNOWN: Violation = { code: 'REFERENCE_MISSING', field: 'id', message: 'There is no such endpoint' }

/** Makes an endpoint with its first secret. It gets what is recorded from now on. */
export async function createEndpoint(
  unit: UnitOfWork,
  { clock }: CommandContext,
  input: EndpointInput,
): Promise<EndpointResult> {
  const violations = checkWebhookEndpoint(input, webhookTypes)
  if (violations.length > 0) return refused(...violations)
  const count = (await readEndpoints(unit)).length
  if (count >= MAX_ENDPOINTS)
    return refused({
      code: 'TOO_MANY',
      field: 'url',
      message: `There are ${MAX_ENDPOINTS} endpoints already`,
    })
  const after: Draft<WebhookEndpoint> = {
    ...input,
    id: `whe_${randomUUID().replaceAll('-', '')}`,
    status: 'ENABLED',
    disabledReason: null,
    createdAt: clock.now(),
    secretMadeAt: clock.now(),
  }
  return saveWithSecret(unit, undefined, after, after.secretMadeAt)
}

/** Changes what is given of an endpoint, and enables or disables it. Enabled again, it goes on where it stopped. */
export async function updateEndpoint(
  unit: UnitOfWork,
  id: string,
  changes: Partial<EndpointInput> & { readonly isEnabled?: boolean },
): Promise<EndpointResult> {
  const before = (await unit.lock(endpoint, [id])).get(id)
  if (before === undefined) return refused(UNKNOWN)
  const { isEnabled = before.status === 'ENABLED', ...input } = changes
  const after: Draft<WebhookEndpoint> = {
    ...before,
    ...input,
    status: isEnabled ? 'ENABLED' : 'DISABLED',
    disabledReason: isEnabled ? null : (before.disabledReason ?? 'Disabled by a person'),
  }
  const violations = checkWebhookEndpoint(after, webhookTypes)
  if (violations.length > 0) return refused(...violations)
  const [saved = before] = await unit.save(endpoint, [{ before, after }])
  return { endpoint: saved, secret: null, violations: [] }
}

/** Makes a new secret. Those before it are used beside it for so many hours, and then forgotten. */
export async function rotateSecret(
  unit: UnitOfWork,
  { clock }: CommandContext,
  id: string,
  overlapHours: number,
): Promise<EndpointResult> {
  if (overlapHours < 0 || overlapHours > MAX_OVERLAP_HOURS)
    return refused({
      code: 'RANGE_INVALID',
      field: 'overlapHours',
      message: `Not from 0 to ${MAX_OVERLAP_HOURS}`,
    })
  const before = (await unit.lock(endpoint, [id])).get(id)
  if (before === undefined) return refused(UNKNOWN)
  const now = clock.now()
  return saveWithSecret(unit, before, { ...before, secretMadeAt: now }, now.add({ hours: overlapHours }))
}

async function saveWithSecret(
  unit: UnitOfWork,
  before: WebhookEndpoint | undefined,
  after: Draft<WebhookEndpoint>,
  othersUntil: Temporal.Instant,
): Promise<EndpointResult> {
  const secret = makeSecret()
  const [saved = null] = await unit.save(endpoint, [{ before, after }])
  await addSecret(unit, after.id, secret, after.secretMadeAt, othersUntil)
  return { endpoint: saved, secret, violations: [] }
}
