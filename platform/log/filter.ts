import { publicError } from '#platform/errors.ts'
import type { LoggedEvent } from './event.ts'

/** Which events a reader wants; all conditions that are given must hold. */
export interface EventFilter {
  readonly types?: readonly string[] | null | undefined
  readonly aggregateId?: string | null | undefined
  readonly customerId?: string | null | undefined
  readonly legalEntityId?: string | null | undefined
  readonly recordedFrom?: Temporal.Instant | null | undefined
  readonly recordedTo?: Temporal.Instant | null | undefined
}

type Condition = (event: LoggedEvent) => boolean

/** Most types in one filter. */
const MAX_TYPES = 100

/** Compiles a filter. BAD_USER_INPUT for one that is too long. */
export function eventFilter(filter: EventFilter | null | undefined): Condition {
  const { types, aggregateId, customerId, legalEntityId, recordedFrom, recordedTo } = filter ?? {}
  if (types && types.length > MAX_TYPES)
    throw publicError('BAD_USER_INPUT', `A filter takes at most ${MAX_TYPES} types, not ${types.length}.`)
  const wantedTypes = types && new Set(types)
  const conditions: (Condition | false | null | undefined)[] = [
    wantedTypes && (({ type }) => wantedTypes.has(type)),
    isGiven(aggregateId) && ((event) => event.aggregateId === aggregateId),
    isGiven(customerId) && ((event) => customerOf(event) === customerId),
    isGiven(legalEntityId) && ((event) => fieldOf(event, 'legalEntityId') === legalEntityId),
    recordedFrom && ((event) => Temporal.Instant.compare(event.recordedAt, recordedFrom) >= 0),
    recordedTo && ((event) => Temporal.Instant.compare(event.recordedAt, recordedTo) < 0),
  ]
  const given = conditions.filter((condition) => typeof condition === 'function')
  return (event) => given.every((isMet) => isMet(event))
}

const isGiven = (value: string | null | undefined): boolean => typeof value === 'string'

/** The customer that an event is about, or to whom what it is about belongs. */
function customerOf(event: LoggedEvent): unknown {
  return event.aggregate === 'customer' ? event.aggregateId : fieldOf(event, 'customerId')
}

/** A field of the aggregate's state. Every state is an object. */
function fieldOf({ data }: LoggedEvent, name: string): unknown {
  return (data as Readonly<Record<string, unknown>>)[name]
}
