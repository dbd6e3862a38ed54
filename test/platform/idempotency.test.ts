// A request with a key is done once: asked again, it gets the first answer; the key is never another request's.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '#platform/command.ts'
import { type IdempotentRequest, once, refuseReused, type Replayable } from '#platform/idempotency.ts'
import { mutate } from '#platform/mutation.ts'
import { openWarehouse, type Warehouse } from './warehouse.ts'

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse()
})
beforeEach(() => warehouse.empty())
afterAll(() => warehouse.close())

const orderVase = {
  caller: 'shop',
  operation: 'order',
  key: 'key-1',
  input: { what: 'vase', pieces: 3n },
}

/** Does a request under its key; `work` says what came of it. */
const request = <Result>(
  wanted: IdempotentRequest,
  work: () => Promise<Result>,
): Promise<Replayable<Result>> =>
  runCommand(warehouse.db, warehouse.context, (unit) => once(unit, 'warehouse', wanted, work))

const answer = (text: string) => () => Promise.resolve({ order: text })

describe('the same key and input', () => {
  it.each([
    ['said alike', orderVase.input],
    ['with its fields in another order', { pieces: 3n, what: 'vase' }],
  ])('%s gets the first result again', async (_, input) => {
    expect(await request(orderVase, answer('first'))).toEqual({ result: { order: 'first' }, replayed: false })
    expect(await request({ ...orderVase, input }, answer('second'))).toEqual({
      result: { order: 'first' },
      replayed: true,
    })
  })

  it('50 times at once does the work once and gives all the same result', async () => {
    let runs = 0
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        request(orderVase, () => {
          runs += 1
          return Promise.resolve({ order: `run ${runs}` })
        }),
      ),
    )
    expect(runs).toBe(1)
    expect(new Set(answers.map(({ result }) => result.order))).toEqual(new Set(['run 1']))
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  })
})

describe('a key is free', () => {
  it.each<[string, Partial<IdempotentRequest>]>([
    ['for another caller', { caller: 'clinic' }],
    ['for another operation', { operation: 'return' }],
    ['while it is another key', { key: 'key-2' }],
  ])('%s', async (_, change) => {
    await request(orderVase, answer('first'))
    expect(await request({ ...orderVase, ...change }, answer('second'))).toEqual({
      result: { order: 'second' },
      replayed: false,
    })
  })

  it('after its work failed and was rolled back', async () => {
    const failed = request(orderVase, () => Promise.reject(new Error('sold out')))
    await expect(failed).rejects.toThrow('sold out')
    expect(await request(orderVase, answer('after all'))).toEqual({
      result: { order: 'after all' },
      replayed: false,
    })
  })
})

it.each<[string, unknown]>([
  ['another value', { what: 'urn', pieces: 3n }],
  ['a field more', { what: 'vase', pieces: 3n, gift: true }],
  ['a field less', { what: 'vase' }],
  ['the same list in another order', ['vase', 'urn']],
])('refuses a key that was used for other input: %s', async (_, input) => {
  await request(orderVase, answer('first'))
  await expect(request({ ...orderVase, input }, answer('second'))).rejects.toMatchObject({
    message: 'The idempotency key "key-1" was used for another order.',
    extensions: { code: 'IDEMPOTENCY_KEY_REUSED' },
  })
})

describe('a key that was used for another operation', () => {
  const paying = { caller: 'shop', operation: 'pay', key: 'key-1', input: { what: 'vase' } }
  const check = () => refuseReused(warehouse.db, 'warehouse', paying)

  it('is refused, and names what it was used for', async () => {
    await request(orderVase, answer('first'))
    await expect(check()).rejects.toMatchObject({
      message: 'The idempotency key "key-1" was used for order.',
      extensions: { code: 'IDEMPOTENCY_KEY_REUSED' },
    })
  })

  it('by the product itself is not refused where this one was done too: that is told again', async () => {
    await Promise.all([request(orderVase, answer('first')), request(paying, answer('paid'))])
    await check()
    expect(await request(paying, answer('paid twice'))).toEqual({ result: { order: 'paid' }, replayed: true })
  })

  it('50 times at once by clients has one of the mutations done, and the other refused', async () => {
    let runs = 0
    const sent = (operation: string): Promise<unknown> =>
      mutate(warehouse.db, warehouse.context, { operation, input: { idempotencyKey: 'key-1' } }, () => {
        runs += 1
        return Promise.resolve(operation)
      }).catch(codeOf)
    const operations = Array.from({ length: 50 }, (_, place) => (place % 2 === 0 ? 'order' : 'pay'))
    const answers = await Promise.all(operations.map(sent))
    expect(runs).toBe(1)
    expect(answers.filter((each) => each === 'IDEMPOTENCY_KEY_REUSED')).toHaveLength(25)
  })
})

const codeOf = (error: unknown): unknown => (error as { extensions?: { code?: unknown } }).extensions?.code
