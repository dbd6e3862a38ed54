import type { Database } from '#platform/database.ts'
import { toJson } from '#platform/json.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import { takeOffice } from '#platform/log/office.ts'
import { publish } from '#platform/log/publish.ts'
import type { Ground } from '../events.ts'
import { changeCustomers, median } from './change.ts'

const EVENTS = 10_000
const BATCH = 1_000
const ROUNDS = 7

/** Events that a relay publishes in a second, beside plain inserts of the same rows into a table of the same shape. */
export async function measureRelay({ stores, say }: Ground): Promise<void> {
  const db = stores.of('crm')
  const text = 'CREATE TABLE crm.plain (LIKE crm.log INCLUDING ALL, PRIMARY KEY (position))'
  await stores.owner.rows({ text, values: [] })
  const epoch = (await takeOffice(db, { table: 'crm.relay', condition: 'true', values: [] })) ?? 0n
  const [relayed, inserted]: [number[], number[]] = [[], []]
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (let begin = 0; begin < EVENTS; begin += BATCH) {
      const ids = Array.from({ length: BATCH }, (_, index) => `cus_${begin + index}`)
      await changeCustomers(db, ids, `name ${round}`)
    }
    const from = performance.now()
    const batches: LoggedEvent[][] = []
    for (
      let events = await publish(db, 'crm', epoch);
      events.length > 0;
      events = await publish(db, 'crm', epoch)
    )
      batches.push(events)
    const between = performance.now()
    for (const batch of batches) await insertPlainly(stores.owner, batch)
    const end = performance.now()
    // The first round fills caches.
    if (round === 0) continue
    relayed.push((EVENTS * 1_000) / (between - from))
    inserted.push((EVENTS * 1_000) / (end - between))
  }
  const [relay, plain] = [median(relayed), median(inserted)]
  say(
    `relay: ${relay.toFixed(0)} events/s, plain inserts of the same rows: ${plain.toFixed(0)} rows/s, ` +
      `ratio ${(relay / plain).toFixed(2)}`,
  )
}

/** As a program would do that has the rows: a batch in one statement. */
async function insertPlainly(db: Database, events: readonly LoggedEvent[]): Promise<void> {
  const rows = events.map(({ position, aggregateId, version, type, publishedAt }) => ({
    position,
    aggregate_id: aggregateId,
    version,
    type,
    published_at: publishedAt,
  }))
  await db.rows({
    name: 'plain insert',
    text: 'INSERT INTO crm.plain SELECT * FROM json_populate_recordset(NULL::crm.plain, $1)',
    values: [toJson(rows)],
  })
}
