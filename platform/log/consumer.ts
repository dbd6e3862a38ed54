import type { CommandContext, UnitOfWork } from '#platform/command.ts'
import type { Clock } from '#platform/clock.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { LoggedEvent } from './event.ts'

/** Something that takes note of events: a projection, a trigger, a sender. */
export interface Consumer {
  /** Unique in its subgraph, and for ever: its place in the log is kept under it. */
  readonly name: string
  /** Whose events it takes. */
  readonly source: SubgraphName
  /** The types that it takes; all, where they are left out. */
  readonly types?: readonly string[]
  /** Where it begins when it is first run: with the oldest event that is kept, or with the next one. */
  readonly beginsWith: 'OLDEST' | 'NEXT'
  /** Into how many shares its events are divided, which nodes work on side by side. Never changes under one name. */
  readonly shares: number
  /**
   * What of an event decides about its share, within which order holds: the aggregate's id unless it says otherwise.
   * All events of an aggregate must have the same.
   */
  readonly partitionKey?: (event: LoggedEvent) => string
  /**
   * Applies one event in the consumer's transaction: its effects and its place in the log are committed together, so
   * each event is applied once. It may run again after a rollback; what it does outside the transaction is not undone.
   */
  readonly apply: (unit: UnitOfWork, event: LoggedEvent) => Promise<void>
  /** The same for several events of one transaction, in their order, where that is cheaper than one by one. */
  readonly applyAll?: (unit: UnitOfWork, events: readonly LoggedEvent[]) => Promise<void>
}

/** Whether a consumer takes an event. */
export const takes = ({ types }: Consumer, event: LoggedEvent): boolean =>
  types === undefined || types.includes(event.type)

/** What follows from an event is of the same cause, and caused by it. */
export const contextOf = (
  subgraph: SubgraphName,
  clock: Clock,
  { id, correlationId, traceparent }: LoggedEvent,
): CommandContext => ({
  subgraph,
  clock,
  correlationId,
  causationId: id,
  ...(traceparent !== null && { traceparent }),
})
