// Where a workflow is accepted it goes on at once, held by that node: with its first step begun, and for no other node.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '#platform/command.ts'
import { keepHold, lockSubject } from '#subgraphs/operations/workflow-store.ts'
import { accept, planOfStory } from '#subgraphs/operations/workflows/accept.ts'
import { openWorkbench, sell, type Workbench } from './workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
})
afterEach(() => bench.reset())
afterAll(() => bench.close())

const SETTLED_MS = 10_000
/** Longer than any test: only what it is rung for has a worker look for work. */
const NEVER_MS = 60_000
/** Within this a worker has looked for work many times. */
const LOOKED_AROUND_MS = 100
const settled = (id: string) => bench.desk.settled(id, SETTLED_MS)

const endLeases = (): Promise<unknown> =>
  bench.database.owner.rows({
    text: `UPDATE operations.workflow SET leased_until = '-infinity'`,
    values: [],
  })

/** Accepts a vase for a node that never does anything about it. */
const acceptedFor = async (node: string): Promise<string> => {
  const { db, systems, context } = bench.workshop
  const order = { what: 'vase', idempotencyKey: 'vase' }
  const { value: preparation } = await sell.prepare(systems, order)
  if (preparation === undefined) throw new Error('it cannot be sold')
  const asking = { requestedBy: 'anonymous', traceparent: null, node }
  const accepted = await runCommand(db, context('req-1'), (unit) =>
    accept(unit, sell, planOfStory(sell), order, preparation, asking),
  )
  return accepted.workflowId
}

/** Makes a step wait until it is let go on. */
const holdUp = (step: string): (() => void) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  bench.systems.delays.set(step, promise)
  return resolve
}

describe('where it is accepted', () => {
  it('a workflow goes on at once: it is taken and begun with its acceptance, and told of once a turn', async () => {
    bench.work(sell, { pollMs: NEVER_MS })
    const id = await bench.order('vase')
    const { run } = await settled(id)
    expect(run).toBe(1)
    const told = await bench.database.owner.rows<{ type: string; status: string }>({
      text: `SELECT split_part(type, '.', 4) AS type, data->>'status' AS status FROM operations.event
        WHERE aggregate_id = $1 ORDER BY version`,
      values: [id],
    })
    expect(told.map(({ type, status }) => `${type} ${status}`)).toEqual([
      'accepted RUNNING',
      ...Array.from({ length: 4 }, () => 'advanced RUNNING'),
      'completed COMPLETED',
    ])
  })

  it('it is left to others where that node has its hands full, and taken up when one is free', async () => {
    bench.work(sell, { maxCarried: 1, pollMs: NEVER_MS })
    const goOn = holdUp('pack')
    await bench.order('vase')
    const other = await bench.order('urn')
    expect(await bench.read(other)).toMatchObject({ status: 'ACCEPTED', run: 0 })
    goOn()
    expect((await settled(other)).status).toBe('COMPLETED')
  })

  it('it begins after what went before it ended, however long ago it was asked for', async () => {
    const { promise: isHeld, resolve: hold } = Promise.withResolvers<void>()
    const { promise: isOver, resolve: letGo } = Promise.withResolvers<void>()
    const ending = bench.workshop.db.transaction(async (transaction) => {
      await lockSubject(transaction, 'thing:vase')
      hold()
      await isOver
    })
    await isHeld
    bench.work(sell, { pollMs: NEVER_MS })
    const ordered = bench.order('vase')
    await new Promise((resolve) => setTimeout(resolve, LOOKED_AROUND_MS))
    bench.clock.advance({ minutes: 1 })
    letGo()
    await ending
    const { acceptedAt, steps } = await settled(await ordered)
    expect([acceptedAt, steps[0]?.startedAt].map(String)).toEqual(
      Array.from({ length: 2 }, () => bench.clock.now().toString()),
    )
  })

  it('a place that was kept for what is refused is free again', async () => {
    const worker = bench.work(sell, { maxCarried: 2 })
    const asked = await Promise.allSettled([bench.order('vase', 'key-1'), bench.order('urn', 'key-1')])
    expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await worker.stop()
  })

  it('is kept by the node that accepted it, and by nobody when that has died', async () => {
    const id = await acceptedFor('node-1')
    bench.work()
    await new Promise((resolve) => setTimeout(resolve, LOOKED_AROUND_MS))
    expect(bench.systems.calls).toEqual([])
    await endLeases()
    const { status, steps } = await settled(id)
    expect([status, ...steps.map(({ attempts }) => attempts)]).toEqual(['COMPLETED', 2, 1, 1, 1, 1])
  })

  it('what a dead node was at goes before what only waits, however much that is', async () => {
    const waiting = [await bench.order('urn'), await bench.order('bowl'), await bench.order('cup')]
    bench.clock.advance({ minutes: 1 })
    const interrupted = await acceptedFor('node-1')
    await endLeases()
    bench.work(sell, { maxCarried: 1 })
    await Promise.all([...waiting, interrupted].map(settled))
    const carriedOut = [...bench.systems.effects.keys()].map((key) => key.split('/')[0])
    const [first, ...others] = waiting
    // That there is more than it has places for shows with the first.
    expect([...new Set(carriedOut)]).toEqual([first, interrupted, ...others])
  })

  it('what is held is kept without waiting for who is just writing it', async () => {
    const id = await acceptedFor('node-1')
    const { db } = bench.workshop
    await db.transaction(async (writing) => {
      await writing.rows({ text: 'SELECT id FROM operations.workflow FOR UPDATE', values: [] })
      await keepHold(db, 'node-1', [id])
    })
    const leases = await bench.database.owner.rows({
      text: `UPDATE operations.workflow SET leased_until = clock_timestamp() + interval '1 second' RETURNING id`,
      values: [],
    })
    await keepHold(db, 'node-1', [id])
    expect(leases).toEqual([{ id }])
    const [kept] = await bench.database.owner.rows({
      text: `SELECT leased_until > clock_timestamp() + interval '2 seconds' AS "isKept" FROM operations.workflow`,
      values: [],
    })
    expect(kept).toEqual({ isKept: true })
  })
})
