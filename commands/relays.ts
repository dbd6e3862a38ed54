import type { SubgraphName } from '#platform/config.ts'
import type { Log } from '#platform/log.ts'
import type { Bus } from '#platform/log/bus.ts'
import { type Relay, startRelay } from '#platform/log/relay.ts'
import type { DatabaseOf } from '#product.ts'

/** Has this process stand ready to publish the events of the named subgraphs. */
export function startRelays(
  sources: readonly SubgraphName[],
  databaseOf: DatabaseOf,
  bus: Bus,
  log: Log,
): Relay {
  const relays = sources.map((source) => startRelay({ db: databaseOf(source), source, bus, log }))
  return { stop: async () => void (await Promise.all(relays.map((relay) => relay.stop()))) }
}
