// Events are kept for ever: what was stored under a type that was replaced is read as what it became.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storedTypes, upcasters } from '#domain/upcast.ts'
import { manualClock } from '#platform/clock.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { readBounds, readLog } from '#platform/log/read.ts'
import { startRelay } from '#platform/log/relay.ts'
import { createRecordFacts } from '#product.ts'
import { day, paymentFact, range, refundFact } from '#test/domain/documents.ts'
import { openingFacts } from '#test/erp/books.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { contractBreach } from '#test/support/event-contracts.ts'
import { silentLog } from '#test/support/log.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const subscription = {
  id: 'sub_1',
  externalRefs: [],
  customerId: 'cus_1',
  contractId: null,
  legalEntityId: 'US',
  status: 'CANCELED' as const,
  currency: 'USD',
  collectionMethod: 'SEND_INVOICE' as const,
  startDate: day('2026-01-01'),
  currentPeriod: range('2026-05-01', '2026-06-01'),
  cancelAt: null,
  endedOn: day('2026-05-31'),
  items: [],
}

/** Stores events as an earlier release did: under the types that were replaced since. */
async function turnBack(): Promise<void> {
  for (const [earlier, { to }] of upcasters)
    await database.owner.rows({
      text: `UPDATE ${to.split('.')[1]}.event SET type = $1, aggregate = split_part($1, '.', 3) WHERE type = $2`,
      values: [earlier, to],
    })
}

test('every replaced type is read under its new name, and found by it', async () => {
  const record = createRecordFacts(database.of, manualClock('2026-06-15T12:00:00Z'), 'test')
  const { accountingPeriods, ...opening } = openingFacts()
  const [period] = accountingPeriods
  if (period === undefined) throw new Error('no period')
  await record({ ...opening, accountingPeriods: [period] })
  await record({ accountingPeriods: [{ ...period, status: 'PENDING_CLOSE' }] })
  await record({ accountingPeriods: [{ ...period, status: 'CLOSED' }] })
  await record({ accountingPeriods: [{ ...period, status: 'REOPENED' }] })
  await record({
    subscriptions: [subscription],
    payments: [paymentFact({ amount: 100n })],
    refunds: [refundFact({ amount: 40n, status: 'CANCELED' })],
  })
  await turnBack()

  const read = new Set<string>()
  for (const source of ['billing', 'erp'] as const) {
    const relay = startRelay({ db: database.of(source), source, bus: createLocalBus(), log: silentLog })
    await expect.poll(async () => (await readBounds(database.owner, source)).head).toBeGreaterThan(0n)
    await relay.stop()
    const types = [...upcasters.values()].map(({ to }) => to)
    for (const event of await readLog(database.of(source), source, { after: 0n, limit: 100, types })) {
      expect(contractBreach(event)).toBeUndefined()
      read.add(event.type)
    }
  }
  expect(read).toEqual(new Set([...upcasters.values()].map(({ to }) => to)))
  expect([...read].flatMap((type) => storedTypes(type))).toHaveLength(2 * upcasters.size)
})
