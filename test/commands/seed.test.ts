import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { checkBooks } from '#commands/check-books.ts'
import { recognizeEndedMonths } from '#commands/recognize.ts'
import { fillStores, SeedError, seedStores } from '#commands/seed.ts'
import { manualClock } from '#platform/clock.ts'
import type { Stores } from '#platform/stores.ts'
import { createRecordFacts } from '#product.ts'
import { customerFact } from '#test/support/facts.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

const FIRST_DAY = '2026-07-15T12:00:00Z'
const FIVE_WEEKS_LATER = '2026-08-19T12:00:00Z'
/** Two batches of customers after the one that they refer to. */
const CUSTOMERS = 60

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterAll(() => database.close())
beforeEach(() => database.reset())

async function count(table: string, condition = 'true'): Promise<number> {
  const [row] = await database.owner.rows<{ count: number }>({
    text: `SELECT count(*)::int AS count FROM ${table} WHERE ${condition}`,
    values: [],
  })
  return row?.count ?? 0
}

/** Stores that break off, as a killed process does, after so many transactions of the CRM: one a batch. */
function breakingOff(afterBatches: number): Pick<Stores, 'of' | 'owner'> {
  const crm = database.of('crm')
  let batches = 0
  return {
    owner: database.owner,
    of: (subgraph) =>
      subgraph !== 'crm'
        ? database.of(subgraph)
        : {
            ...crm,
            transaction: async (work) => {
              batches += 1
              if (batches > afterBatches) throw new Error('killed')
              return crm.transaction(work)
            },
          },
  }
}

const brokenBooks = async (): Promise<string[]> =>
  (await checkBooks(database)).filter(({ ids }) => ids.length > 0).map(({ invariant }) => invariant.name)

test('a first start that was interrupted is finished by the next one, also on a later day', async () => {
  const interrupted = fillStores(breakingOff(2), CUSTOMERS, manualClock(FIRST_DAY))
  await expect(interrupted).rejects.toThrow('killed')
  expect(await count('crm.customer')).toBe(50)

  await fillStores(database, CUSTOMERS, manualClock(FIVE_WEEKS_LATER))
  expect(await count('crm.customer')).toBe(CUSTOMERS)
  expect(await count('billing.invoice', "issue_date > '2026-07-15'")).toBe(0)
  expect(await brokenBooks()).toEqual([])
})

test('a start over a finished company changes nothing', async () => {
  await fillStores(database, CUSTOMERS, manualClock(FIRST_DAY))
  const events = await count('crm.event')
  await fillStores(database, CUSTOMERS + 100, manualClock(FIVE_WEEKS_LATER))
  expect(await count('crm.event')).toBe(events)
})

test('a start over what somebody else recorded invents nothing', async () => {
  await createRecordFacts(database.of, manualClock(FIRST_DAY), 'test')({ customers: [customerFact()] })
  await fillStores(database, CUSTOMERS, manualClock(FIRST_DAY))
  expect(await count('crm.customer')).toBe(1)
})

test('a start that is to invent nothing leaves an empty store empty', async () => {
  await fillStores(database, 0, manualClock(FIRST_DAY))
  expect(await count('crm.customer')).toBe(0)
})

test('the same seed five weeks later is the same company', async () => {
  await seedStores(database, { customers: 20, seed: 7 }, manualClock(FIRST_DAY))
  const events = await count('billing.event')
  await seedStores(database, { customers: 20, seed: 7 }, manualClock(FIVE_WEEKS_LATER))
  expect(await count('billing.event')).toBe(events)
})

test.each([
  ['seed', { customers: 20, seed: 8 }],
  ['size', { customers: 2000, seed: 7 }],
])('a company of another %s is refused in words', async (_, other) => {
  await seedStores(database, { customers: 20, seed: 7 }, manualClock(FIRST_DAY))
  const refused = seedStores(database, other, manualClock(FIRST_DAY))
  await expect(refused).rejects.toThrow(SeedError)
  await expect(refused).rejects.toThrow(
    `This store holds the invented company of 20 customers (seed 7). For the invented company of ${other.customers} ` +
      `customers (seed ${other.seed}), name another place with REVGRAPH_HOME (or DATABASE_URL).`,
  )
})

test('while a company is not finished, another one is refused as well, and the words say so', async () => {
  await expect(fillStores(breakingOff(1), CUSTOMERS, manualClock(FIRST_DAY))).rejects.toThrow('killed')
  await expect(seedStores(database, { customers: 20, seed: 8 }, manualClock(FIRST_DAY))).rejects.toThrow(
    `This store holds the invented company of ${CUSTOMERS} customers (seed 7), not finished yet. For`,
  )
})

const revenueOfJuly = (): Promise<number> =>
  count('erp.journal_entry', "purpose = 'REVENUE_RECOGNIZED' AND date = '2026-07-31'")

test('months that ended since the company was made are recognised once, at the next start', async () => {
  await seedStores(database, { customers: 20, seed: 7 }, manualClock(FIRST_DAY))
  expect(await revenueOfJuly()).toBe(0)
  await recognizeEndedMonths(database, manualClock(FIVE_WEEKS_LATER), 'start')
  const posted = await revenueOfJuly()
  expect(posted).toBeGreaterThan(0)
  await recognizeEndedMonths(database, manualClock(FIVE_WEEKS_LATER), 'start')
  expect(await revenueOfJuly()).toBe(posted)
})
