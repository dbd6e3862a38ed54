import type { SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import type { Bus } from './bus.ts'
import type { LoggedEvent } from './event.ts'
import { follow } from './follow.ts'
import { readPosition, refuseExpired, writePositions } from './positions.ts'
import { readBounds } from './read.ts'

/** Where a subgraph's subscriptions get its events. */
export interface EventFeed {
  readonly db: Queryable
  readonly bus: Bus
  readonly source: SubgraphName
}

/** An event on its way to one subscriber. */
export interface DeliveredEvent {
  /** What the subscriber resumes after. */
  readonly cursor: string
  readonly event: LoggedEvent
}

/**
 * The wanted events of a source behind a cursor, or from now on: each once, in order, without end. Where they begin is
 * certain when this resolves. CURSOR_INVALID and CURSOR_EXPIRED for a cursor that leads nowhere.
 */
export async function subscribeTo(
  { db, bus, source }: EventFeed,
  cursor: string | null | undefined,
  isWanted: (event: LoggedEvent) => boolean,
): Promise<AsyncIterableIterator<DeliveredEvent, void>> {
  const bounds = await readBounds(db, source)
  const after = typeof cursor === 'string' ? readPosition(cursor, source) : bounds.head
  refuseExpired(source, after, bounds)
  const leaving = new AbortController()
  const events = deliver(follow({ db, bus, source, after, signal: leaving.signal }), isWanted)
  const iterator: AsyncIterableIterator<DeliveredEvent, void> = {
    next: () => events.next(),
    // A generator hears of it only between two events: the signal ends its waiting for the next one.
    return: () => {
      leaving.abort()
      return events.return()
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

/** What a subscription's field resolves to: the event that is delivered. */
export const asDelivered = (delivered: unknown): DeliveredEvent => delivered as DeliveredEvent

async function* deliver(
  batches: AsyncIterable<readonly LoggedEvent[]>,
  isWanted: (event: LoggedEvent) => boolean,
): AsyncGenerator<DeliveredEvent, void> {
  for await (const batch of batches)
    for (const event of batch)
      if (isWanted(event)) yield { cursor: writePositions(new Map([[event.source, event.position]])), event }
}
