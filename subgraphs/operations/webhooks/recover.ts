import type { Violation } from '#domain/failure.ts'
import { storedTypes } from '#domain/upcast.ts'
import type { CommandContext, UnitOfWork } from '#platform/command.ts'
import { publicError } from '#platform/errors.ts'
import { enqueueSince, resend } from '../delivery-store.ts'
import type { EventRouting } from '../models/event-routings.ts'
import { endpoint } from './endpoints.ts'
import { WEBHOOK_SOURCES } from './sources.ts'

/** What is to be sent again. */
export interface Recovery {
  readonly endpointId: string
  /** Of what was published at this instant or later. */
  readonly since: Temporal.Instant
  /** What was delivered as well; otherwise what failed, and what was missed while the endpoint was disabled. */
  readonly delivered: boolean
}

/** What became of a recovery. */
export interface RecoveryResult {
  /** Deliveries that are due now, beside those that were. */
  readonly count: number
  readonly violations: readonly Violation[]
}

/** Deliveries that one recovery may bring about. */
const MAX_RECOVERED = 100_000

/** The log of deliveries goes back so far: what is older is forgotten, and can't be told from what was missed. */
const DAYS_KEPT = 90

/** Since when events are kept in the log of deliveries. */
export const keptSince = (now: Temporal.Instant): Temporal.Instant => now.subtract({ hours: 24 * DAYS_KEPT })

/** Has an endpoint sent to again, with the same `webhook-id`s: a receiver that took an event already can tell. */
export async function recoverDeliveries(
  unit: UnitOfWork,
  { clock }: CommandContext,
  { endpointId, since, delivered }: Recovery,
  routings: readonly EventRouting[],
): Promise<RecoveryResult> {
  const known = (await unit.lock(endpoint, [endpointId])).get(endpointId)
  if (known === undefined)
    return refusal({ code: 'REFERENCE_MISSING', field: 'id', message: 'There is no such endpoint' })
  if (known.status === 'DISABLED')
    return refusal({
      code: 'STATUS_FORBIDS',
      field: 'id',
      message: 'The endpoint is disabled: enable it first',
    })
  const now = clock.now()
  if (Temporal.Instant.compare(since, keptSince(now)) < 0)
    return refusal({
      code: 'RANGE_INVALID',
      field: 'since',
      message: `Deliveries are kept for ${DAYS_KEPT} days: name a later instant`,
    })
  let count = 0
  const types = known.eventTypes.flatMap((type) => storedTypes(type))
  const routes = known.system === null ? null : routings.filter(({ system }) => system === known.system)
  for (const source of WEBHOOK_SOURCES) {
    const again = { endpointId, source, since, now }
    count += await resend(unit, { ...again, delivered, limit: MAX_RECOVERED + 1 - count })
    count += await enqueueSince(unit, { ...again, types, routes, limit: MAX_RECOVERED + 1 - count })
  }
  if (count <= MAX_RECOVERED) return { count, violations: [] }
  // Thrown, so that nothing of it is kept.
  throw publicError('BAD_USER_INPUT', `More than ${MAX_RECOVERED} deliveries: name a later instant.`)
}

const refusal = (...violations: readonly Violation[]): RecoveryResult => ({ count: 0, violations })
