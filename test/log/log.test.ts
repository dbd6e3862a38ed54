// The log: what is committed is published once, in one gap-free order, by one relay.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { follow } from '#platform/log/follow.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import { readBounds, readLog } from '#platform/log/read.ts'
import { type LogWorld, openLogWorld } from './world.ts'

let world: LogWorld
beforeEach(async () => {
  world = await openLogWorld()
})
afterEach(() => world.close())

const short = ({ position, id, type }: LoggedEvent): string => `${position} ${id} ${type.split('.')[3]}`

it('What is committed is published within moments, with all that is known of it', async () => {
  world.relay()
  await world.record('cus_1', 'Acme')
  await world.published(1n)
  const [event, ...others] = await world.read()
  expect(others).toEqual([])
  expect(event).toMatchObject({
    id: 'cus_1.1',
    source: 'crm',
    position: 1n,
    type: 'revgraph.crm.customer.created.v1',
    aggregate: 'customer',
    aggregateId: 'cus_1',
    version: 1,
    recordedAt: Temporal.Instant.from('2026-06-15T12:00:00Z'),
    correlationId: 'of Acme',
    causationId: null,
    traceparent: null,
    data: { id: 'cus_1', name: 'Acme', version: 1 },
  })
})

it('What was committed while no relay ran is published by the next one, in the order of versions', async () => {
  for (const name of ['Acme', 'Acme Ltd', 'Acme plc']) {
    await world.record('cus_1', name)
    await world.record('cus_2', `Other ${name}`)
  }
  expect(await readBounds(world.of('crm'), 'crm')).toEqual({ oldest: 1n, head: 0n })
  world.relay()
  await world.published(6n)
  expect((await world.read()).map(short)).toEqual([
    '1 cus_1.1 created',
    '2 cus_2.1 created',
    '3 cus_1.2 changed',
    '4 cus_2.2 changed',
    '5 cus_1.3 changed',
    '6 cus_2.3 changed',
  ])
  expect(await readBounds(world.of('crm'), 'crm')).toEqual({ oldest: 1n, head: 6n })
  const types = ['revgraph.crm.customer.created.v1']
  const created = await readLog(world.of('crm'), 'crm', { after: 1n, limit: 5, types })
  expect(created.map(short)).toEqual(['2 cus_2.1 created'])
})

it('Every subgraph may read the log of any other', async () => {
  world.relay()
  await world.record('cus_1', 'Acme')
  await world.published(1n)
  expect(await readLog(world.of('insight'), 'crm', { after: 0n, limit: 5 })).toHaveLength(1)
  expect(await readBounds(world.of('erp'), 'crm')).toEqual({ oldest: 1n, head: 1n })
})

describe('Who follows a log', () => {
  it('gets what was published before and then what comes, each once and in order', async () => {
    const leaving = new AbortController()
    for (const name of ['one', 'two', 'three']) await world.record('cus_1', name)
    world.relay()
    await world.published(3n)
    const seen: string[] = []
    const following = (async () => {
      const { bus } = world
      const events = follow({
        db: world.of('billing'),
        bus,
        source: 'crm',
        after: 1n,
        signal: leaving.signal,
      })
      for await (const batch of events) seen.push(...batch.map(short))
    })()
    for (const name of ['four', 'five']) await world.record('cus_1', name)
    await expect.poll(() => seen.length).toBe(4)
    leaving.abort()
    await following
    expect(seen).toEqual([2, 3, 4, 5].map((n) => `${n} cus_1.${n} changed`))
  })
})
