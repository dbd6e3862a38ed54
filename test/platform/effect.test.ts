// What a step of a workflow does to a system happens once for its key, whatever tries it and however often.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Outcome } from '#domain/failure.ts'
import { applyOnce } from '#platform/effect.ts'
import { openWarehouse, type Warehouse } from './warehouse.ts'

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse()
})
beforeEach(() => warehouse.empty())
afterAll(() => warehouse.close())

type Work = () => Promise<Outcome<string>>

const apply = (work: Work, input: unknown = { what: 'vase' }): Promise<Outcome<string>> => {
  const effect = { ...warehouse.context, effectKey: 'wfl_1/order' }
  return applyOnce(warehouse.db, effect, { operation: 'order', input }, work)
}

const ordered =
  (text: string): Work =>
  () =>
    Promise.resolve({ value: text })

const soldOut = { code: 'STATUS_FORBIDS', field: 'what', message: 'Sold out' } as const

it('50 times at once has one effect, and all are told of it', async () => {
  let effects = 0
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, () => apply(() => Promise.resolve({ value: `effect ${++effects}` }))),
  )
  expect(effects).toBe(1)
  expect(outcomes).toEqual(Array.from({ length: 50 }, () => ({ value: 'effect 1' })))
})

it('what was refused is taken back and can be tried again under the same key', async () => {
  const refused = await apply(async () => Promise.resolve({ violations: [soldOut] }))
  expect(refused).toEqual({ violations: [soldOut] })
  expect(await apply(ordered('restocked'), { what: 'urn' })).toEqual({ value: 'restocked' })
})

it('a key that had its effect has no other one', async () => {
  await apply(ordered('first'))
  await expect(apply(ordered('second'), { what: 'urn' })).rejects.toThrow('used for another order')
})
