import type { Recorded } from './entity.ts'
import { type Violation, violationIf } from './failure.ts'
import type { EventTarget } from './workflow-model.ts'

/** Where events are sent to as they happen. */
export interface WebhookEndpoint extends Recorded {
  readonly id: string
  /** An absolute `https` URL; `http` only reaches addresses that the configuration allows. */
  readonly url: string
  /** For people: whose endpoint it is. */
  readonly description: string | null
  /**
   * The system that it is of: it gets what the event rules of the workflow models send there. Null for one that gets
   * what it asks for.
   */
  readonly system: EventTarget | null
  /** Types of the events that it gets; all, where there are none. */
  readonly eventTypes: readonly string[]
  readonly status: WebhookEndpointStatus
  /** Why it is disabled; null while it is not. */
  readonly disabledReason: string | null
  readonly createdAt: Temporal.Instant
  /** When its newest secret was made. The secrets themselves are in no event. */
  readonly secretMadeAt: Temporal.Instant
}

type WebhookEndpointStatus = 'ENABLED' | 'DISABLED'

const MAX_URL_CHARACTERS = 2_000
const MAX_DESCRIPTION_CHARACTERS = 500
const MAX_EVENT_TYPES = 100

/** What is wrong with an endpoint, by field. Whether its address may be reached is known only when connecting. */
export function checkWebhookEndpoint(
  { url, description, eventTypes }: Pick<WebhookEndpoint, 'url' | 'description' | 'eventTypes'>,
  knownTypes: ReadonlySet<string>,
): Violation[] {
  const parsed = url.length <= MAX_URL_CHARACTERS ? URL.parse(url) : null
  const unknown = eventTypes.find((type) => !knownTypes.has(type))
  return [
    ...violationIf(
      parsed === null || !/^https?:$/.test(parsed.protocol),
      'URL_INVALID',
      'url',
      `Not an https URL of at most ${MAX_URL_CHARACTERS} characters`,
    ),
    ...violationIf(
      parsed !== null && parsed.username + parsed.password + parsed.hash !== '',
      'URL_INVALID',
      'url',
      'A URL with a user, a password or a fragment: deliveries are proven by their signature',
    ),
    ...violationIf(
      (description?.length ?? 0) > MAX_DESCRIPTION_CHARACTERS,
      'TEXT_TOO_LONG',
      'description',
      `More than ${MAX_DESCRIPTION_CHARACTERS} characters`,
    ),
    ...violationIf(
      eventTypes.length > MAX_EVENT_TYPES,
      'TOO_MANY',
      'eventTypes',
      `More than ${MAX_EVENT_TYPES} types; none means all`,
    ),
    ...violationIf(
      unknown !== undefined,
      'EVENT_TYPE_UNKNOWN',
      'eventTypes',
      `No event has the type ${unknown?.slice(0, 100)}`,
    ),
  ]
}

/** What happened to an endpoint. */
export function webhookEndpointEvent(before: WebhookEndpoint | undefined, after: WebhookEndpoint): string {
  if (before === undefined) return 'created'
  if (before.status !== after.status) return after.status === 'ENABLED' ? 'enabled' : 'disabled'
  return before.secretMadeAt.equals(after.secretMadeAt) ? 'changed' : 'secretRotated'
}
