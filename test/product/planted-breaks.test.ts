// Exactly what is planted is found: several of every cause at once, in companies of different seeds, and nothing else.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BreakCause } from '#domain/reconciliation.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'
import { createPlanter, type Planted } from './planter.ts'

const CAUSES: readonly BreakCause[] = [
  'MISSING',
  'PRICE_DRIFT',
  'VOID_NOT_POSTED',
  'TIMING',
  'FX',
  'ROUNDING',
  'DUPLICATE',
  'IDENTITY',
]
const STATUS = `{ reconciliationStatus { asOf waiting breakCount breaks { rule cause count owner } } }`

interface Status {
  readonly asOf: string | null
  readonly waiting: number
  readonly breakCount: number
  readonly breaks: readonly { readonly rule: string; readonly cause: string; readonly count: number }[]
}

let world: LiveWorld
let stop: (() => Promise<void>) | undefined
beforeEach(async () => {
  world = await openLiveWorld()
}, 60_000)
afterEach(async () => {
  await stop?.()
  await world.close()
})

async function status(): Promise<Status> {
  const { data, errors } = await world.ask<{ reconciliationStatus: Status }>(STATUS)
  if (!data) throw new Error(JSON.stringify(errors))
  return data.reconciliationStatus
}

/** Waits until all that was told is read and compared. */
async function settled(): Promise<void> {
  const outboxes = ['crm', 'billing', 'erp'].map((name) => `SELECT FROM ${name}.outbox`).join(' UNION ALL ')
  await expect
    .poll(() => world.database.owner.rows({ text: outboxes, values: [] }), { timeout: 60_000 })
    .toEqual([])
  world.clock.advance({ minutes: 1 })
  const now = world.clock.now().toString()
  await expect.poll(async () => (await status()).asOf, { timeout: 120_000 }).toBe(now)
}

const named = ({ rule, key, cause, delta }: Pick<Planted, 'rule' | 'key' | 'cause'> & { delta: unknown }) =>
  [rule, key, cause, String(delta)].join(' ')

/** Everything that is found to be broken. */
async function found(): Promise<string[]> {
  const rows = await world.database.owner.rows<Planted>({
    text: `SELECT rule, key, cause, content->'delta'->>'minorUnits' AS delta
      FROM operations.reconciliation_item WHERE status = 'BREAK'`,
    values: [],
  })
  return rows.map(named).toSorted()
}

describe.each([
  { seed: 3, of: 2 },
  { seed: 11, of: 3 },
  { seed: 29, of: 4 },
])('In the company of seed $seed', ({ seed, of }) => {
  it(`${of} of each cause are found, one by one, and none once they are mended`, async () => {
    const today = Temporal.PlainDate.from('2026-06-15')
    for (const facts of generateCompany({ customers: 30, seed, today })) await world.record(facts)
    stop = await world.startOperations()
    await settled()
    expect(await found()).toEqual([])

    const plant = createPlanter(world)
    const planted: Planted[] = []
    for (let number = 1; number <= of; number += 1)
      for (const cause of CAUSES) planted.push(await plant[cause](planted.length + 1))
    await settled()
    expect(await found()).toEqual(planted.map(named).toSorted())
    const { breakCount, breaks } = await status()
    expect(breakCount).toBe(of * CAUSES.length)
    expect(new Map(breaks.map(({ cause, count }) => [cause, count]))).toEqual(
      new Map(CAUSES.map((cause) => [cause, of])),
    )

    for (const { mend } of planted) await mend()
    await settled()
    expect(await found()).toEqual([])
    expect(await status()).toMatchObject({ waiting: 0, breakCount: 0, breaks: [] })
  }, 240_000)
})
