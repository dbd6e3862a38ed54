import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { importPositions, rawObjects } from '#subgraphs/billing/store.ts'
import { type RawObject, readRaw } from '#subgraphs/billing/stripe/raw.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(() => database.reset())
afterAll(() => database.close())

const charges = { system: 'stripe', instance: 'acct_1', objectType: 'charge' }

const seen = (externalId: string, minute: number, payload: unknown): RawObject => ({
  ...charges,
  externalId,
  sourceVersion: BigInt(minute),
  observedAt: Temporal.Instant.fromEpochMilliseconds(minute * 60_000),
  payload,
})

const raw = () => rawObjects(database.of('billing'))

async function kept(): Promise<unknown[]> {
  const objects = await raw().read(charges, null, 100)
  return objects.map(({ externalId, payload }) => [externalId, payload])
}

const positions = (name: string) => importPositions(database.of('billing'), name)

const countRows = async (): Promise<number> =>
  (await database.owner.rows({ text: 'SELECT 1 FROM billing.raw_object', values: [] })).length

describe('raw objects', () => {
  test('the newest content is given back, earlier ones stay, and the same content is kept once', async () => {
    await raw().keep([seen('ch_1', 1, { amount: 5 })])
    await raw().keep([seen('ch_1', 2, { amount: 6 })])
    await raw().keep([seen('ch_1', 3, { amount: 6 })])
    expect(await kept()).toEqual([['ch_1', { amount: 6 }]])
    expect(await countRows()).toBe(2)
  })

  test('an object that turns back to what it was is what it was', async () => {
    for (const [minute, amount] of [5, 6, 5].entries()) await raw().keep([seen('ch_1', minute, { amount })])
    expect(await kept()).toEqual([['ch_1', { amount: 5 }]])
  })

  test('a late copy of an old content does not replace the newer one', async () => {
    await raw().keep([seen('ch_1', 2, { amount: 6 })])
    await raw().keep([seen('ch_1', 1, { amount: 5 })])
    expect(await kept()).toEqual([['ch_1', { amount: 6 }]])
  })

  test('pages go over every object once, in the order of bytes, and stay in their collection', async () => {
    const ids = ['ch_B', 'ch_a', 'ch_A', 'ch_1', 'ch_é']
    await raw().keep(ids.map((id) => seen(id, 1, { id })))
    await raw().keep([{ ...seen('in_1', 1, {}), objectType: 'invoice' }])
    const order: string[] = []
    for (let after: string | null = null; order.length < 10;) {
      const page: readonly RawObject[] = await raw().read(charges, after, 2)
      if (page.length === 0) break
      order.push(...page.map(({ externalId }) => externalId))
      after = order.at(-1) ?? null
    }
    expect(order).toEqual(['ch_1', 'ch_A', 'ch_B', 'ch_a', 'ch_é'])

    const all = await Array.fromAsync(readRaw(raw(), charges))
    expect(all.flat()).toHaveLength(ids.length)
  })

  test('one call may show an object twice', async () => {
    await raw().keep([seen('ch_1', 1, { a: 1 }), seen('ch_1', 1, { a: 1 })])
    expect(await countRows()).toBe(1)
  })
})

describe('the position of an import', () => {
  test('is kept by import, replaced, and cleared', async () => {
    expect(await positions('stripe/acct_1').load()).toBeNull()
    await positions('stripe/acct_1').save({ resource: 'invoices', startingAfter: null })
    await positions('stripe/acct_1').save({ resource: 'invoices', startingAfter: 'in_9' })
    await positions('stripe/acct_2').save({ resource: 'refunds', startingAfter: null })
    expect(await positions('stripe/acct_1').load()).toEqual({ resource: 'invoices', startingAfter: 'in_9' })
    await positions('stripe/acct_1').clear()
    expect(await positions('stripe/acct_1').load()).toBeNull()
    expect(await positions('stripe/acct_2').load()).toEqual({ resource: 'refunds', startingAfter: null })
  })
})
