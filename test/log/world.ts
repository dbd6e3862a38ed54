/** A log of its own: facts of CRM are recorded, a relay publishes them, readers follow. */
import { expect } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import { type Bus, createLocalBus } from '#platform/log/bus.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import { readBounds, readLog } from '#platform/log/read.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { startRelay } from '#platform/log/relay.ts'
import { recordCrmFacts } from '#subgraphs/crm/record.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { customerFact } from '#test/support/facts.ts'
import { silentLog } from '#test/support/log.ts'

export interface LogWorld extends TestDatabase {
  readonly bus: Bus
  /** Records a customer under a name; the same customer under another name is the next version. */
  readonly record: (id: string, name: string) => Promise<void>
  /** Starts a relay that `close` stops. */
  readonly relay: () => Running
  /** What the log has behind a position. */
  readonly read: (after?: bigint) => Promise<LoggedEvent[]>
  /** Waits until the log reaches a position. */
  readonly published: (head: bigint) => Promise<void>
}

const pollMs = 5
const clock = manualClock('2026-06-15T12:00:00Z')

/** Opens a log without any event. */
export async function openLogWorld(): Promise<LogWorld> {
  const database = await openTestDatabase()
  const db = database.of('crm')
  const bus = createLocalBus()
  const relays: Running[] = []
  let version = 0n
  return {
    ...database,
    bus,
    record: async (id, name) => {
      version += 1n
      const facts = { customers: [customerFact({ id, name, sourceVersion: version })] }
      await recordCrmFacts(db, { subgraph: 'crm', clock, correlationId: `of ${name}` }, facts)
    },
    relay: () => {
      const relay = startRelay({ db, source: 'crm', bus, log: silentLog })
      relays.push(relay)
      return relay
    },
    read: (after = 0n) => readLog(db, 'crm', { after, limit: 1_000 }),
    published: async (head) => {
      await expect.poll(() => readBounds(db, 'crm'), { interval: pollMs }).toMatchObject({ head })
    },
    close: async () => {
      await Promise.all(relays.map((relay) => relay.stop()))
      await database.close()
    },
  }
}
