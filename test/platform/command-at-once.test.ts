// Commands at once: what many record or change in the same moment comes out as if one had come after the other.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { runCommand } from '#platform/command.ts'
import { decideFacts } from '#platform/facts.ts'
import { openWarehouse, thing, thingFact, type Thing, type Warehouse } from './warehouse.ts'

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse()
})
beforeEach(() => warehouse.empty())
afterAll(() => warehouse.close())

const nothing = { created: 0, changed: 0, unchanged: 0, stale: 0 }
const AT_ONCE = 20

const atOnce = <T>(work: (i: number) => Promise<T>): Promise<T>[] =>
  Array.from({ length: AT_ONCE }, (_, i) => work(i))

const addToWorth = (ids: readonly string[]): Promise<Thing[]> =>
  runCommand(warehouse.db, warehouse.context, async (unit) => {
    const locked = await unit.lock(thing, ids)
    return unit.save(
      thing,
      [...locked.values()].map((before) => ({ before, after: { ...before, worth: before.worth + 1n } })),
    )
  })

const total = (counts: readonly (typeof nothing)[]): typeof nothing =>
  counts.reduce((sum, count) => ({
    created: sum.created + count.created,
    changed: sum.changed + count.changed,
    unchanged: sum.unchanged + count.unchanged,
    stale: sum.stale + count.stale,
  }))

it('recording the same new thing makes it once', async () => {
  const recordings = await Promise.all(atOnce(() => warehouse.record(thingFact())))
  expect(total(recordings.map(({ count }) => count))).toEqual({
    ...nothing,
    created: 1,
    unchanged: AT_ONCE - 1,
  })
  expect(await warehouse.told()).toMatchObject([{ version: 1, name: 'Vase' }])
})

it('a call that another overtakes between looking and writing starts again, and finds nothing to do', async () => {
  let attempts = 0
  const count = await runCommand(warehouse.db, warehouse.context, async (unit) => {
    attempts += 1
    const late = thingFact({ name: 'Vase', sourceVersion: 1n })
    const decided = await decideFacts(unit, thing, [late])
    if (attempts === 1) await warehouse.record(thingFact({ name: 'Urn', sourceVersion: 2n }))
    const states = await unit.lock(thing, [late.id])
    await unit.save(
      thing,
      decided.news.map((after) => ({ before: states.get(after.id), after })),
    )
    await decided.remember()
    return decided.count
  })
  expect([attempts, count]).toEqual([2, { ...nothing, stale: 1 }])
  expect(await warehouse.told()).toMatchObject([{ version: 1, name: 'Urn' }])
})

it('stating different versions of a new thing ends in the newest, its history without a gap', async () => {
  await Promise.all(
    atOnce((i) => warehouse.record(thingFact({ sourceVersion: BigInt(i), name: `version ${i}` }))),
  )
  const history = await warehouse.told()
  const [current] = await warehouse.things()
  expect(history.map(({ version }) => version)).toEqual(history.map((_, i) => i + 1))
  expect(history.at(-1)?.name).toBe(`version ${AT_ONCE - 1}`)
  expect(current).toMatchObject({ name: `version ${AT_ONCE - 1}`, version: history.length })
})

it('changing one thing loses no change', async () => {
  await warehouse.record(thingFact({ worth: 0n }))
  await Promise.all(atOnce(() => addToWorth(['thing-1'])))
  expect(await warehouse.things()).toMatchObject([{ worth: BigInt(AT_ONCE), version: AT_ONCE + 1 }])
  expect((await warehouse.told()).map(({ version, worth }) => `v${version} ${worth}`)).toEqual(
    Array.from({ length: AT_ONCE + 1 }, (_, i) => `v${i + 1} ${i}`),
  )
})

it('changing two things in opposite orders does not get stuck', async () => {
  const ids = ['thing-a', 'thing-b']
  await warehouse.record(...ids.map((id) => thingFact({ id, worth: 0n })))
  await Promise.all(atOnce((i) => addToWorth(i % 2 === 0 ? ids : ids.toReversed())))
  expect(await warehouse.things()).toMatchObject(ids.map((id) => ({ id, worth: BigInt(AT_ONCE) })))
})

it('recording batches of new things that overlap in opposite orders makes each once', async () => {
  const batch = Array.from({ length: 10 }, (_, i) => thingFact({ id: `thing-${i}` }))
  await Promise.all([warehouse.record(...batch), warehouse.record(...batch.toReversed())])
  expect((await warehouse.events()).map(({ version }) => version)).toEqual(batch.map(() => 1))
})
