// Months of a log: made ahead, and let go after a while, but never one that a consumer still needs.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLocalBus } from '#platform/log/bus.ts'
import { follow } from '#platform/log/follow.ts'
import { currentMonth, keepMonths, prepareMonths } from '#platform/log/months.ts'
import { CursorExpired, readBounds } from '#platform/log/read.ts'
import { STORED_SUBGRAPHS } from '#subgraphs/stored.ts'
import { type LogWorld, openLogWorld } from './world.ts'

let world: LogWorld
beforeEach(async () => {
  world = await openLogWorld()
})
afterEach(() => world.close())

const run = (text: string): Promise<unknown[]> => world.owner.rows({ text, values: [] })
const bounds = () => readBounds(world.of('crm'), 'crm')
const keep = (months: number) => keepMonths(world.owner, STORED_SUBGRAPHS, months)

/** Four events, published three, two and one month ago, and now. */
async function publishOverMonths(): Promise<void> {
  const now = await currentMonth(world.owner)
  await prepareMonths(world.owner, 'crm', now.subtract({ months: 3 }))
  for (const name of ['one', 'two', 'three', 'four']) await world.record('cus_1', name)
  world.relay()
  await world.published(4n)
  for (const [position, months] of [
    [1, 3],
    [2, 2],
    [3, 1],
  ])
    await run(`UPDATE crm.log SET published_at = date_trunc('month', now()) - interval '${months} months'
      WHERE position = ${position}`)
}

it('Without retention all is kept; with it the oldest months go, and positions go on', async () => {
  await publishOverMonths()
  expect(await keep(0)).toEqual([])
  expect(await bounds()).toEqual({ oldest: 1n, head: 4n })
  expect(await keep(2)).toHaveLength(1)
  expect(await bounds()).toEqual({ oldest: 2n, head: 4n })
  await world.record('cus_1', 'five')
  await world.published(5n)
  expect((await world.read(1n)).map(({ position }) => position)).toEqual([2n, 3n, 4n, 5n])
})

it('Who asks for what is gone is told so', async () => {
  await publishOverMonths()
  await keep(1)
  const options = {
    db: world.of('crm'),
    bus: createLocalBus(),
    source: 'crm',
    signal: new AbortController().signal,
  } as const
  await expect(follow({ ...options, after: 1n }).next()).rejects.toThrow(CursorExpired)
  expect((await follow({ ...options, after: 2n }).next()).value).toHaveLength(2)
})

it('A log that was emptied knows where it was', async () => {
  await publishOverMonths()
  await run('TRUNCATE crm.log')
  expect(await bounds()).toEqual({ oldest: 5n, head: 4n })
})

it('A month stays while a consumer has not passed it, or holds an event of it', async () => {
  await publishOverMonths()
  await run(
    `INSERT INTO insight.consumer (name, source, share, shares, position) VALUES ('slow', 'crm', 0, 1, 1)`,
  )
  expect(await keep(1)).toHaveLength(1)
  await run(`UPDATE insight.consumer SET position = 4`)
  await run(`INSERT INTO billing.dead_letter
    VALUES ('poisoned', 'crm', 2, 0, 'cus_1', 'FAILED', 3, 'poison', now())`)
  expect(await keep(1)).toEqual([])
  await run(`UPDATE billing.dead_letter SET status = 'SKIPPED'`)
  expect(await keep(1)).toHaveLength(1)
  expect(await bounds()).toEqual({ oldest: 3n, head: 4n })
})
