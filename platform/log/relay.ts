import type { SubgraphName } from '#platform/config.ts'
import type { Database } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import type { Bus } from './bus.ts'
import { LEASE_MS, leaveOffice, stayInOffice, takeOffice } from './lease.ts'
import { BATCH_SIZE, publish, publishHistory } from './publish.ts'
import { createWake } from './wake.ts'

export interface RelayOptions {
  readonly db: Database
  readonly source: SubgraphName
  readonly bus: Bus
  readonly log: Log
}

/** A node's candidate for publishing the events of one subgraph. */
export interface Relay {
  /** Ends after the batch that is under way, and lets another node take over at once. */
  readonly stop: () => Promise<void>
}

/** How often a leader looks for what other nodes committed; what its own node commits wakes it. */
const POLL_MS = 25
/** How often a candidate looks whether it is needed. Takeover takes this and a lease at most. */
const CONTEND_MS = 500
/** A leader renews its lease several times before it ends. */
const RENEW_MS = LEASE_MS / 3
/** How long after a failure, mostly PostgreSQL's absence, it is tried again. */
const RETRY_MS = 200

/** Starts publishing: this node leads as soon as no other does. */
export function startRelay({ db, source, bus, log }: RelayOptions): Relay {
  const stopping = new AbortController()
  const commits = createWake(stopping.signal)
  const pause = createWake(stopping.signal)
  const forget = db.onCommit(commits.ring)

  const lead = async (epoch: bigint): Promise<void> => {
    log.info({ source, epoch: String(epoch) }, 'this node publishes the events')
    await publishHistory(db, source, epoch)
    let renewedAt = -Infinity
    while (!stopping.signal.aborted) {
      if (performance.now() - renewedAt > RENEW_MS) {
        renewedAt = performance.now()
        if (!(await stayInOffice(db, source, epoch)))
          return log.warn({ source, epoch: String(epoch) }, 'another node publishes the events now')
      }
      const events = await publish(db, source, epoch)
      bus.publish(events)
      if (events.length < BATCH_SIZE) await commits.sleep(POLL_MS)
    }
    await leaveOffice(db, source, epoch)
  }
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const epoch = await takeOffice(db, source)
        if (epoch === undefined) await pause.sleep(CONTEND_MS)
        else await lead(epoch)
      } catch (err) {
        log.warn({ err, source }, 'events cannot be published for the moment')
        await pause.sleep(RETRY_MS)
      }
    }
  }
  const ended = run()
  return {
    stop: async () => {
      stopping.abort()
      forget()
      await ended
    },
  }
}
