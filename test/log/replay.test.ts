// Replays: a projection built anew beside what is read, and events delivered again that a consumer had set aside.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manualClock } from '#platform/clock.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { consumerOf, type Projection, readStates, type StateChange } from '#platform/log/projection.ts'
import {
  cancelReplay,
  countRebuild,
  countRedelivery,
  readReplay,
  readReplays,
  type ReplayRequest,
  requestReplay,
} from '#platform/log/replay-store.ts'
import { startConsumer } from '#platform/log/run-consumer.ts'
import { startReplays } from '#platform/log/run-replays.ts'
import { silentLog } from '#test/support/log.ts'
import { type LogWorld, openLogWorld } from './world.ts'

interface Names {
  readonly count: number
  readonly last: string
}

let world: LogWorld
let running: Running[]
let poison: Set<string>
/** What was told of changes: the cause, and the names before and after. */
let toldOf: string[]
beforeEach(async () => {
  world = await openLogWorld()
  running = []
  poison = new Set()
  toldOf = []
  world.relay()
})
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()))
  await world.close()
})

const clock = manualClock('2026-06-15T12:00:00Z')

/** How often a customer was renamed, and to what: by a rule that may change. */
const names = (spell: (name: string) => string): Projection<Names> => ({
  name: 'names',
  source: 'crm',
  types: ['revgraph.crm.customer.created.v1', 'revgraph.crm.customer.changed.v1'],
  shares: 2,
  keyOf: ({ aggregateId }) => aggregateId,
  apply: (before, { id, data }) => {
    if (poison.has(id)) throw new Error(`${id} is poisonous`)
    return { count: (before?.count ?? 0) + 1, last: spell((data as { name: string }).name) }
  },
  changed: (_, changes) => {
    toldOf.push(...changes.map((change) => `${change.cause.correlationId}: ${textOf(change)}`))
    return Promise.resolve()
  },
})
const textOf = ({ before, after }: StateChange<Names>) => `${before?.last ?? ''} → ${after?.last ?? ''}`
const asWritten = names((name) => name)
const inCapitals = names((name) => name.toUpperCase())

const db = () => world.of('insight')

/** Runs the consumer of a projection, and replays by a rule for it that may be another by now. */
async function start(live: Projection<Names>, anew = live, others: readonly Consumer[] = []): Promise<void> {
  const consumer = consumerOf(live)
  const options = { db: db(), subgraph: 'insight', clock, log: silentLog } as const
  running.push(
    await startConsumer({ ...options, consumer, bus: world.bus }),
    startReplays({ ...options, consumers: [...others, consumer], projections: [anew as Projection] }),
  )
}

const states = async () =>
  Object.fromEntries(await readStates<Names>(db(), 'insight', 'names', ['cus_1', 'cus_2']))

const ask = (request: Partial<ReplayRequest>) =>
  requestReplay(
    db(),
    'insight',
    {
      kind: 'REBUILD_PROJECTION',
      consumer: 'names',
      source: 'crm',
      after: 0n,
      through: 100n,
      eventsPerSecond: 10_000,
      reason: 'the rule was wrong',
      by: 'ada',
      ...request,
    },
    clock.now(),
  )
const ended = async (id: string, status = 'DONE') => {
  await expect.poll(async () => (await readReplay(db(), 'insight', id))?.status).toBe(status)
  return readReplay(db(), 'insight', id)
}

async function recordNames(): Promise<void> {
  for (const name of ['one', 'two', 'three']) await world.record('cus_1', name)
  await world.record('cus_2', 'Bolt')
}

const damage = (text: string) => world.owner.rows({ text, values: [] })

/** States of the generation that is built beside what is read. */
const left = () =>
  world.owner.rows({ text: 'SELECT FROM insight.projection_state WHERE generation = 2', values: [] })

describe('A projection', () => {
  it('is built anew beside what is read, takes its place, and goes on', async () => {
    await recordNames()
    await start(asWritten, inCapitals)
    await expect
      .poll(states)
      .toEqual({ cus_1: { count: 3, last: 'three' }, cus_2: { count: 1, last: 'Bolt' } })
    const replay = await ended(await ask({}))
    expect(await states()).toEqual({ cus_1: { count: 3, last: 'THREE' }, cus_2: { count: 1, last: 'BOLT' } })
    expect(replay).toMatchObject({
      applied: 4n,
      skipped: 0n,
      diff: { added: 0, changed: 2, removed: 0, keys: ['cus_1', 'cus_2'] },
      error: null,
      reason: 'the rule was wrong',
      requestedBy: 'ada',
    })
    await world.record('cus_2', 'Bolt Ltd')
    await expect.poll(states).toMatchObject({ cus_2: { count: 2, last: 'Bolt Ltd' } })
  })

  it('built anew while events come has each of them once', async () => {
    await start(asWritten)
    await recordNames()
    const id = await ask({})
    for (let turn = 1; turn <= 30; turn += 1) await world.record('cus_2', `Bolt ${turn}`)
    await ended(id)
    await expect
      .poll(states)
      .toEqual({ cus_1: { count: 3, last: 'three' }, cus_2: { count: 31, last: 'Bolt 30' } })
  })

  it('built anew from the same differs in nothing; what was damaged is mended and named', async () => {
    await recordNames()
    await start(asWritten)
    const before = { cus_1: { count: 3, last: 'three' }, cus_2: { count: 1, last: 'Bolt' } }
    await expect.poll(states).toEqual(before)
    const same = { added: 0, changed: 0, removed: 0, keys: [] }
    expect((await ended(await ask({})))?.diff).toEqual(same)
    expect(toldOf.toSorted()).toEqual([
      'of Bolt:  → Bolt',
      'of one:  → one',
      'of three: two → three',
      'of two: one → two',
    ])
    toldOf = []
    await damage(
      `UPDATE insight.projection_state SET state = jsonb_set(state, '{last}', '"four"') WHERE key = 'cus_1'`,
    )
    await damage(`DELETE FROM insight.projection_state WHERE key = 'cus_2'`)
    await damage(
      `INSERT INTO insight.projection_state
        SELECT projection, generation, 'cus_3', state FROM insight.projection_state`,
    )
    const id = await ask({})
    expect((await ended(id))?.diff).toEqual({
      added: 1,
      changed: 1,
      removed: 1,
      keys: ['cus_1', 'cus_2', 'cus_3'],
    })
    expect(toldOf).toEqual([`${id}: four → three`, `${id}:  → Bolt`, `${id}: four → `])
    expect(await states()).toEqual(before)
  })

  it('is left as it is when the building is cancelled', async () => {
    await recordNames()
    await start(asWritten, inCapitals)
    await expect.poll(states).toMatchObject({ cus_1: { last: 'three' } })
    const id = await ask({ eventsPerSecond: 1 })
    await expect.poll(async () => (await readReplay(db(), 'insight', id))?.applied).toBe(1n)
    expect(await cancelReplay(db(), 'insight', id, 'bob', clock.now())).toBe(true)
    expect(await cancelReplay(db(), 'insight', id, 'bob', clock.now())).toBe(false)
    await expect.poll(left).toEqual([])
    expect(await readReplays(db(), 'insight', 5)).toMatchObject([{ status: 'CANCELLED', cancelledBy: 'bob' }])
    expect(await states()).toMatchObject({ cus_1: { last: 'three' } })
  })

  it('is left as it is when an event cannot be applied, or the log has lost its beginning', async () => {
    await recordNames()
    await start(asWritten)
    await expect.poll(states).toMatchObject({ cus_1: { count: 3 }, cus_2: { count: 1 } })
    poison.add('cus_1.2')
    expect(await ended(await ask({}), 'FAILED')).toMatchObject({
      error: expect.stringContaining('cannot be applied') as string,
    })
    await world.owner.rows({ text: 'DELETE FROM crm.log WHERE position = 1', values: [] })
    expect(await ended(await ask({}), 'FAILED')).toMatchObject({
      error: expect.stringContaining('first event') as string,
    })
    expect(await states()).toMatchObject({ cus_1: { last: 'three' } })
  })
})

describe('Events delivered again', () => {
  it('are applied where they had been set aside, once, and skipped where they had been applied', async () => {
    poison.add('cus_1.2')
    await recordNames()
    await start(asWritten)
    await expect.poll(states).toEqual({ cus_1: { count: 1, last: 'one' }, cus_2: { count: 1, last: 'Bolt' } })
    await expect.poll(() => countRedelivery(db(), 'insight', consumerOf(asWritten), range)).toEqual(expected)
    poison.clear()
    const replay = await ended(await ask({ kind: 'REDELIVER', ...range }))
    expect(replay).toMatchObject({ applied: 2n, skipped: 2n })
    expect(await states()).toMatchObject({ cus_1: { count: 3, last: 'three' } })
    expect(await ended(await ask({ kind: 'REDELIVER', ...range }))).toMatchObject({
      applied: 0n,
      skipped: 4n,
    })
    expect(await states()).toMatchObject({ cus_1: { count: 3, last: 'three' } })
  })
  const range = { after: 0n, through: 4n }
  const expected = { consumer: 'names', wouldApply: 2n, wouldSkip: 2n }

  it('are those of the log that was asked for, where others of its name read other logs', async () => {
    poison.add('cus_1.2')
    await recordNames()
    await start(asWritten, asWritten, [{ ...consumerOf(asWritten), source: 'billing' }])
    await expect.poll(() => countRedelivery(db(), 'insight', consumerOf(asWritten), range)).toEqual(expected)
    poison.clear()
    expect(await ended(await ask({ kind: 'REDELIVER', ...range }))).toMatchObject({
      applied: 2n,
      skipped: 2n,
    })
    expect(await states()).toMatchObject({ cus_1: { count: 3, last: 'three' } })
  })

  it('and a rebuilding say before what they would come to', async () => {
    await recordNames()
    await world.published(4n)
    const count = await countRebuild(db(), consumerOf(asWritten))
    expect(count).toEqual({ consumer: 'names', wouldApply: 4n, wouldSkip: 0n })
  })
})
