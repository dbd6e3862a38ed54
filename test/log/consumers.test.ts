// Consumers: each event is applied once, in order for each aggregate; one that cannot be holds its aggregate only.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Customer } from '#domain/crm.ts'
import { manualClock } from '#platform/clock.ts'
import type { Aggregate } from '#platform/command.ts'
import { lockShare, readLag } from '#platform/log/consumer-store.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import { failAgain, readDeadLetters } from '#platform/log/dead-letters.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { startConsumer } from '#platform/log/run-consumer.ts'
import { type Decision, settleAggregate } from '#platform/log/settle.ts'
import { customers } from '#subgraphs/crm/store.ts'
import { silentLog } from '#test/support/log.ts'
import { type LogWorld, openLogWorld } from './world.ts'

let world: LogWorld
let running: Running[]
/** What stands in the way of an event, by its id. */
let poison: Set<string>
beforeEach(async () => {
  world = await openLogWorld()
  running = []
  poison = new Set()
  await world.owner.transaction((transaction) => transaction.rows({ text: NOTES, values: [] }))
})
afterEach(async () => {
  await Promise.all(running.map((consumer) => consumer.stop()))
  await world.close()
})

const NOTES = `CREATE TABLE insight.note (at serial, event text NOT NULL);
  GRANT SELECT, INSERT ON insight.note TO revgraph_insight; GRANT USAGE ON insight.note_at_seq TO revgraph_insight`

const clock = manualClock('2026-06-15T12:00:00Z')

/** Notes each event; a poisonous one is noted and then fails, so that the note must go as well. */
const notes: Consumer = {
  name: 'notes',
  source: 'crm',
  beginsWith: 'OLDEST',
  shares: 1,
  apply: async (unit, event: LoggedEvent) => {
    await unit.rows({ text: 'INSERT INTO insight.note (event) VALUES ($1)', values: [event.id] })
    if (poison.has(event.id)) throw new Error(`${event.id} is poisonous`)
  },
}

async function start(consumer: Consumer = notes): Promise<Running> {
  const db = world.of('insight')
  const started = await startConsumer({
    db,
    subgraph: 'insight',
    consumer,
    bus: world.bus,
    clock,
    log: silentLog,
  })
  running.push(started)
  return started
}

const noted = async (): Promise<string[]> => {
  const rows = await world.owner.rows<{ event: string }>({
    text: 'SELECT event FROM insight.note ORDER BY at',
    values: [],
  })
  return rows.map(({ event }) => event)
}
const lags = async () => (await readLag(world.of('insight'), 'insight', ['crm'])).map(({ events }) => events)
const letters = () =>
  readDeadLetters(world.of('insight'), 'insight', { consumer: 'notes', source: 'crm', after: 0n, limit: 10 })

const SHARE = { subgraph: 'insight', name: 'notes', source: 'crm', share: 0 } as const
/** How many wait for the lock of a share. */
const waiting = async (): Promise<number> => {
  const rows = await world.owner.rows({
    text: `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
      AND query LIKE 'SELECT FROM insight.consumer%FOR UPDATE'`,
    values: [],
  })
  return rows.length
}

const settled = (decision: Omit<Decision, 'aggregateId' | 'by' | 'reason'>) =>
  settleAggregate(
    { db: world.of('insight'), subgraph: 'insight', consumer: notes, clock },
    { aggregateId: 'cus_1', by: 'ada', reason: 'the source was mended', ...decision },
  )

it('A consumer applies what was published before it came, and what comes', async () => {
  world.relay()
  await world.record('cus_1', 'Acme')
  await start()
  await expect.poll(noted).toEqual(['cus_1.1'])
  await world.record('cus_1', 'Acme Ltd')
  await expect.poll(noted).toEqual(['cus_1.1', 'cus_1.2'])
})

it('One that begins with the next event leaves out what was before', async () => {
  world.relay()
  await world.record('cus_1', 'Acme')
  await world.published(1n)
  await start({ ...notes, beginsWith: 'NEXT' })
  await world.record('cus_1', 'Acme Ltd')
  await expect.poll(noted).toEqual(['cus_1.2'])
})

it('It goes on where it ended, also over events of types that it does not take', async () => {
  world.relay()
  const ofChanges = { ...notes, types: ['revgraph.crm.customer.changed.v1'] }
  const first = await start(ofChanges)
  for (const name of ['one', 'two']) await world.record('cus_1', name)
  await world.record('cus_2', 'Bolt')
  await expect.poll(noted).toEqual(['cus_1.2'])
  await expect.poll(lags).toEqual([0n])
  await first.stop()
  await world.record('cus_1', 'three')
  await world.published(4n)
  expect(await lags()).toEqual([1n])
  await start(ofChanges)
  await expect.poll(noted).toEqual(['cus_1.2', 'cus_1.3'])
})

it('Of two nodes one works on a share, and each event is applied once', async () => {
  world.relay()
  const shared = { ...notes, shares: 4 }
  await Promise.all([start(shared), start(shared)])
  const ids = ['cus_1', 'cus_2', 'cus_3', 'cus_4', 'cus_5']
  for (const name of ['one', 'two', 'three']) for (const id of ids) await world.record(id, name)
  await expect.poll(async () => (await noted()).length).toBe(15)
  const all = await noted()
  for (const id of ids)
    expect(all.filter((note) => note.startsWith(id))).toEqual([`${id}.1`, `${id}.2`, `${id}.3`])
})

it('cannot be divided into another number of shares, which would mix up their places', async () => {
  await start()
  await expect(start({ ...notes, shares: 2 })).rejects.toThrow('another name')
})

it('What a reaction records tells its cause', async () => {
  world.relay()
  const renamed: Aggregate<Customer> = { name: 'customer', table: customers, event: () => 'changed' }
  const consumer: Consumer = {
    ...notes,
    name: 'renaming',
    types: ['revgraph.crm.customer.created.v1'],
    apply: async (unit, { aggregateId }) => {
      const before = (await unit.lock(renamed, [aggregateId])).get(aggregateId)
      if (before !== undefined) await unit.save(renamed, [{ before, after: { ...before, name: 'ACME' } }])
    },
  }
  const db = world.of('crm')
  running.push(await startConsumer({ db, subgraph: 'crm', consumer, bus: world.bus, clock, log: silentLog }))
  await world.record('cus_1', 'Acme')
  await world.published(2n)
  const [cause, effect] = await world.read()
  expect(effect).toMatchObject({
    causationId: cause?.id,
    correlationId: cause?.correlationId,
    data: { name: 'ACME' },
  })
})

describe('An event that cannot be applied', () => {
  beforeEach(async () => {
    poison.add('cus_1.2')
    world.relay()
    for (const name of ['one', 'two', 'three']) {
      await world.record('cus_1', name)
      await world.record('cus_2', name)
    }
    await world.published(6n)
    await start()
    await expect.poll(lags).toEqual([0n])
  })

  it('is set aside with its error after some attempts; later events of its aggregate wait, others go on', async () => {
    expect(await noted()).toEqual(['cus_1.1', 'cus_2.1', 'cus_2.2', 'cus_2.3'])
    expect(await letters()).toMatchObject([
      {
        position: 3n,
        aggregateId: 'cus_1',
        status: 'FAILED',
        attempts: 3,
        error: 'Error: cus_1.2 is poisonous',
      },
      { position: 5n, aggregateId: 'cus_1', status: 'WAITING', attempts: 0, error: null },
    ])
  })

  it('is applied when it is tried again after the cause is mended, and what waits behind it', async () => {
    poison.clear()
    expect(await settled({ failed: 'RETRY' })).toEqual({ applied: 2, skipped: 0, held: null })
    await world.record('cus_1', 'four')
    await expect
      .poll(noted)
      .toEqual(['cus_1.1', 'cus_2.1', 'cus_2.2', 'cus_2.3', 'cus_1.2', 'cus_1.3', 'cus_1.4'])
    expect(await letters()).toEqual([])
    const [letter] = await world.owner.rows({
      text: 'SELECT * FROM insight.dead_letter ORDER BY position',
      values: [],
    })
    expect(letter).toMatchObject({
      status: 'APPLIED',
      settled_by: 'ada',
      reason: 'the source was mended',
      attempts: 4,
    })
  })

  it('stays where the cause is not mended, with one attempt more', async () => {
    const { applied, held } = await settled({ failed: 'RETRY' })
    expect(applied).toBe(0)
    expect(held).toMatchObject({ position: 3n, attempts: 4 })
    expect((await letters()).map(({ attempts }) => attempts)).toEqual([4, 0])
    expect(await noted()).not.toContain('cus_1.2')
  })

  it('can be given up, and what waits behind it is applied', async () => {
    expect(await settled({ failed: 'SKIP' })).toEqual({ applied: 1, skipped: 1, held: null })
    expect(await noted()).toEqual(['cus_1.1', 'cus_2.1', 'cus_2.2', 'cus_2.3', 'cus_1.3'])
  })

  it('alone is given up where two people do so at once: nobody decided about what waits behind it', async () => {
    const people = await world.owner.transaction(async (transaction) => {
      await lockShare(transaction, SHARE)
      const asked = [settled({ failed: 'SKIP' }), settled({ failed: 'SKIP' })]
      await expect.poll(waiting).toBe(2)
      return asked
    })
    const both = await Promise.all(people)
    expect(both.reduce((total, { skipped }) => total + skipped, 0)).toBe(1)
    expect((await noted()).filter((note) => note.startsWith('cus_1'))).toEqual(['cus_1.1', 'cus_1.3'])
  })

  it('stays applied where an attempt that failed ends later than another one that did not', async () => {
    poison.clear()
    await settled({ failed: 'RETRY' })
    await failAgain(world.of('insight'), SHARE, 3n, new Error('too late'))
    expect(await letters()).toEqual([])
  })

  it('does not hold an aggregate for other consumers', async () => {
    const others = await startConsumer({
      db: world.of('insight'),
      subgraph: 'insight',
      consumer: {
        ...notes,
        name: 'others',
        apply: (unit, event) => notes.apply(unit, { ...event, id: `other ${event.id}` }),
      },
      bus: world.bus,
      clock,
      log: silentLog,
    })
    running.push(others)
    await expect.poll(noted).toContain('other cus_1.3')
  })
})

it('A failure that is not of the event is waited for, however long it lasts', async () => {
  world.relay()
  await start()
  const text = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'revgraph revgraph_insight' AND datname = current_database()`
  for (let version = 1; version <= 20; version += 1) {
    await world.owner.rows({ text, values: [] })
    await world.record('cus_1', `name ${version}`)
  }
  const all = Array.from({ length: 20 }, (_, index) => `cus_1.${index + 1}`)
  await expect.poll(noted).toEqual(all)
  expect(await letters()).toEqual([])
})
