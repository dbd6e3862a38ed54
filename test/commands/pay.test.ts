// An invented customer pays what fell due first, so that whoever watches sees it told; a real one never does.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { payLongestOpen } from '#commands/pay.ts'
import { SeedError, seedStores } from '#commands/seed.ts'
import { manualClock } from '#platform/clock.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const clock = manualClock('2026-11-23T12:00:00Z')

/** The open invoices in the order in which they fell due. */
async function open(): Promise<string[]> {
  const rows = await database.owner.rows<{ id: string }>({
    text: `SELECT id FROM billing.invoice WHERE status IN ('OPEN', 'PARTIALLY_PAID') ORDER BY due_date, id`,
    values: [],
  })
  return rows.map(({ id }) => id)
}

test('only where the company is invented, and one invoice at a time', async () => {
  await expect(payLongestOpen(database, clock)).rejects.toThrow(SeedError)
  await seedStores(database, { customers: 10, seed: 7 }, clock)
  const before = await open()
  expect(before.length).toBeGreaterThan(2)
  await payLongestOpen(database, clock)
  expect(await open()).toEqual(before.slice(1))
  await payLongestOpen(database, clock)
  expect(await open()).toEqual(before.slice(2))
})
