// A store of an earlier release, whose events have no place in a log, is brought in while it is served.
import { readFile } from 'node:fs/promises'
import { hash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Database, openDatabase } from '#platform/database.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { readBounds, readLog } from '#platform/log/read.ts'
import { startRelay } from '#platform/log/relay.ts'
import { migrate } from '#platform/migrate.ts'
import { STORED_SUBGRAPHS, SUBGRAPHS_FOLDER } from '#subgraphs/stored.ts'
import { withDatabase } from '#test/support/database-url.ts'
import { silentLog } from '#test/support/log.ts'

const { serverUrl } = inject('postgres')
const name = `earlier_${randomUUID().replaceAll('-', '')}`
let server: Database
let db: Database
beforeAll(async () => {
  server = openDatabase({ url: serverUrl, maxConnections: 1, log: silentLog })
  await run(server, `CREATE DATABASE ${name}`)
  db = openDatabase({ url: withDatabase(serverUrl, name), maxConnections: 4, log: silentLog })
})
afterAll(async () => {
  await db.close()
  await run(server, `DROP DATABASE ${name} WITH (FORCE)`)
  await server.close()
})

const run = <Row>(database: Database, text: string, values: unknown[] = []): Promise<Row[]> =>
  database.rows<Row>({ text, values })

/** What the first release made of a subgraph's store. */
async function makeEarlierStore(): Promise<void> {
  const sql = await readFile(new URL('../../platform/migrations/0001_log.sql', import.meta.url), 'utf8')
  await run(db, 'CREATE SCHEMA revgraph')
  await run(
    db,
    `CREATE TABLE revgraph.migration (subgraph text, name text, checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (subgraph, name))`,
  )
  await run(db, 'CREATE SCHEMA crm')
  await db.transaction((transaction) =>
    transaction.rows({ text: sql.replaceAll('%schema%', 'crm'), values: [] }),
  )
  await run(db, 'INSERT INTO revgraph.migration VALUES ($1, $2, $3)', [
    'crm',
    'common/0001_log.sql',
    hash('sha256', sql),
  ])
}

const insertEvent = (id: string, version: number, recordedAt: string): Promise<unknown> =>
  run(
    db,
    `INSERT INTO crm.event (aggregate_id, version, aggregate, type, recorded_at, correlation_id, data)
      VALUES ($1, $2, 'customer', 'revgraph.crm.customer.changed.v1', $3, 'earlier', '{}')`,
    [id, version, recordedAt],
  )

it('in the order of recording, but each version after the one below it, whatever the clocks said', async () => {
  await makeEarlierStore()
  await insertEvent('cus_b', 1, '2026-01-02T00:00:00Z')
  await insertEvent('cus_a', 1, '2026-01-03T00:00:00Z')
  // The clock of the node that wrote this was a day late.
  await insertEvent('cus_a', 2, '2026-01-01T00:00:00Z')
  await insertEvent('cus_b', 2, '2026-01-04T00:00:00Z')
  await migrate(db, STORED_SUBGRAPHS, SUBGRAPHS_FOLDER)
  // Written by the new release before its relay had a chance.
  await insertEvent('cus_b', 3, '2026-01-01T00:00:00Z')

  const relay = startRelay({ db, source: 'crm', bus: createLocalBus(), log: silentLog })
  await expect.poll(() => readBounds(db, 'crm')).toEqual({ oldest: 1n, head: 5n })
  await relay.stop()
  const events = await readLog(db, 'crm', { after: 0n, limit: 10 })
  expect(events.map(({ position, id }) => `${position} ${id}`)).toEqual([
    '1 cus_b.1',
    '2 cus_a.1',
    '3 cus_a.2',
    '4 cus_b.2',
    '5 cus_b.3',
  ])
})
