import type { SubgraphName } from '#platform/config.ts'
import type { Database } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import type { Bus } from './bus.ts'
import { holdOffice, type Running } from './hold-office.ts'
import { BATCH_SIZE, publish, publishHistory } from './publish.ts'
import { notePublished } from './telemetry.ts'
import { createWake } from './wake.ts'

export interface RelayOptions {
  readonly db: Database
  readonly source: SubgraphName
  readonly bus: Bus
  readonly log: Log
}

/** How often the leader looks for what other nodes committed; what its own node commits wakes it. */
const POLL_MS = 25

/** Has this node stand ready to publish the events of a subgraph: it does so while no other node does. */
export function startRelay({ db, source, bus, log }: RelayOptions): Running {
  const lead = async (epoch: bigint, signal: AbortSignal): Promise<void> => {
    const commits = createWake(signal)
    const forget = db.onCommit(commits.ring)
    try {
      await publishHistory(db, source, epoch)
      while (!signal.aborted) {
        const events = await publish(db, source, epoch)
        bus.publish(events)
        notePublished(events)
        if (events.length < BATCH_SIZE) await commits.sleep(POLL_MS)
      }
    } finally {
      forget()
    }
  }
  const office = { table: `${source}.relay`, condition: 'true', values: [] }
  return holdOffice({ db, office, named: { relay: source }, log, work: lead })
}
