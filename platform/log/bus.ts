import type { SubgraphName } from '#platform/config.ts'
import type { LoggedEvent } from './event.ts'

/** Hears events of one source; mostly in order of position, but copies may be missing, doubled or late. */
type Listener = (events: readonly LoggedEvent[]) => void

/**
 * Carries copies of published events from relays to those who wait for them. The truth is PostgreSQL: what a bus loses
 * costs latency and nothing else, since readers see by the positions what they miss.
 */
export interface Bus {
  /** Hands on events that were published just now. Never waits and never fails: what cannot be sent is lost. */
  publish(events: readonly LoggedEvent[]): void
  /** Hears the events of a source from now on, until the returned function is called. */
  listen(source: SubgraphName, listener: Listener): () => void
  close(): Promise<void>
}

/** A bus within this process. */
export function createLocalBus(): Bus {
  const listeners = new Map<SubgraphName, Set<Listener>>()
  return {
    publish: (events) => {
      const [first] = events
      if (first === undefined) return
      for (const listener of listeners.get(first.source) ?? []) listener(events)
    },
    listen: (source, listener) => {
      const ofSource = listeners.getOrInsertComputed(source, () => new Set())
      ofSource.add(listener)
      return () => void ofSource.delete(listener)
    },
    close: async () => listeners.clear(),
  }
}
