import type { Violation } from '#domain/failure.ts'
import type { ReplayOrder } from '#domain/replay.ts'
import type { Replay } from '#platform/log/replay-store.ts'
import { eventCatalogue } from '#schema/event-catalogue.ts'
import type { ReplayEventsInput, ReplayStatus } from '#schema/operations.generated.ts'

/** What became of asking for a replay. */
export interface ReplayAnswer {
  readonly replay: ReplayOrder | null
  readonly violations: readonly Violation[]
}

const MAX_REASON_CHARACTERS = 500
const MAX_TYPES = 100
const MAX_EVENTS_PER_SECOND = 10_000
/** A consumer's events a second, where nobody says otherwise. */
export const DEFAULT_EVENTS_PER_SECOND = 500

/** What is wrong with a reason. */
export function checkReason(reason: string): Violation[] {
  if (reason.trim() === '')
    return [{ code: 'REASON_MISSING', field: 'reason', message: 'A replay needs a reason' }]
  if (reason.length <= MAX_REASON_CHARACTERS) return []
  return [
    {
      code: 'TEXT_TOO_LONG',
      field: 'reason',
      message: `A reason has at most ${MAX_REASON_CHARACTERS} characters`,
    },
  ]
}

/** What is wrong with what is asked for, by itself. */
export function checkOrder(input: ReplayEventsInput): Violation[] {
  const { mode, types, from, to, reason, eventsPerSecond } = input
  const violations = checkReason(reason)
  const isRange = (field: string, message: string): number =>
    violations.push({ code: 'RANGE_INVALID', field, message })
  if (from && to && Temporal.Instant.compare(from, to) >= 0) isRange('to', 'The range ends before it begins')
  if (mode === 'REBUILD_PROJECTION' && (from || to))
    isRange('from', 'A projection is built from all its events')
  const rate = eventsPerSecond ?? DEFAULT_EVENTS_PER_SECOND
  if (rate < 1 || rate > MAX_EVENTS_PER_SECOND)
    isRange('eventsPerSecond', `It is from 1 to ${MAX_EVENTS_PER_SECOND}`)
  if (types && types.length > MAX_TYPES)
    violations.push({ code: 'TOO_MANY', field: 'types', message: `At most ${MAX_TYPES} types` })
  const unknown = types?.find((type) => !eventCatalogue.some((known) => known.type === type))
  if (unknown !== undefined)
    violations.push({ code: 'EVENT_TYPE_UNKNOWN', field: 'types', message: `There is no type "${unknown}"` })
  return violations
}

/** How far a replay is, by how far each of its consumers is. */
export function statusOf({ isDryRun }: ReplayOrder, parts: readonly Pick<Replay, 'status'>[]): ReplayStatus {
  if (isDryRun) return 'DRY_RUN'
  const statuses = new Set(parts.map(({ status }) => status))
  if (statuses.has('RUNNING') || (statuses.has('REQUESTED') && statuses.size > 1)) return 'RUNNING'
  return ORDER_OF_STATUS.find((status) => statuses.has(status)) ?? 'DONE'
}

const ORDER_OF_STATUS = ['REQUESTED', 'FAILED', 'CANCELLED', 'DONE'] as const
