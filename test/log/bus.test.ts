// The bus: one contract for a process by itself and for nodes over Redis, and what is left when Redis is lost.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createClient } from 'redis'
import { type Bus, createLocalBus } from '#platform/log/bus.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import { follow } from '#platform/log/follow.ts'
import { createRedisBus } from '#platform/log/redis-bus.ts'
import { startRelay } from '#platform/log/relay.ts'
import { silentLog } from '#test/support/log.ts'
import { hasRedis, startRedis, type TestRedis } from '#test/support/redis.ts'
import { type LogWorld, openLogWorld } from './world.ts'

const event = (position: number, source: LoggedEvent['source'] = 'billing'): LoggedEvent => ({
  id: `inv_1.${position}`,
  source,
  position: BigInt(position),
  type: `revgraph.${source}.invoice.changed.v1`,
  aggregate: 'invoice',
  aggregateId: 'inv_1',
  version: position,
  recordedAt: Temporal.Instant.from('2026-06-15T12:00:00.123Z'),
  publishedAt: Temporal.Instant.from('2026-06-15T12:00:00.456789Z'),
  correlationId: 'request 7',
  causationId: null,
  traceparent: null,
  data: { total: { minorUnits: '9007199254740993' }, note: 'naïve – “quoted”' },
})

let redis: TestRedis
const opened: Bus[] = []
const over = (bus: Bus): Bus => {
  opened.push(bus)
  return bus
}
const overRedis = (storeId: string): Bus => over(createRedisBus({ url: redis.url, storeId, log: silentLog }))

/** How the two ends of a bus are opened: what one publishes, the other hears. */
const KINDS: Record<string, () => readonly [publisher: Bus, listener: Bus]> = {
  'in process': () => {
    const bus = over(createLocalBus())
    return [bus, bus]
  },
}
const isWithRedis = hasRedis('the bus over Redis is')
if (isWithRedis) {
  KINDS['over Redis'] = () => {
    const storeId = randomUUID()
    return [overRedis(storeId), overRedis(storeId)]
  }
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.kill())
}
afterEach(() => Promise.all(opened.splice(0).map((bus) => bus.close())))

describe.each(Object.entries(KINDS))('A bus %s', (_, open) => {
  let publisher: Bus
  let listener: Bus
  beforeEach(async () => {
    ;[publisher, listener] = open()
    await isCarrying(publisher, listener)
  })

  it('carries events as they are, in order', async () => {
    const heard: LoggedEvent[] = []
    listener.listen('billing', (events) => heard.push(...events))
    publisher.publish([event(1), event(2)])
    publisher.publish([event(3)])
    await expect.poll(() => heard.length).toBe(3)
    expect(heard).toEqual([event(1), event(2), event(3)])
  })

  it('carries many at once', async () => {
    const heard: bigint[] = []
    listener.listen('billing', (events) => heard.push(...events.map(({ position }) => position)))
    publisher.publish(Array.from({ length: 1_000 }, (_e, index) => event(index + 1)))
    await expect.poll(() => heard.length).toBe(1_000)
    expect(heard).toEqual(Array.from({ length: 1_000 }, (_e, index) => BigInt(index + 1)))
  })

  it('tells a listener of its source only, and nobody who has left', async () => {
    const heard: string[] = []
    const leave = listener.listen('crm', () => heard.push('left'))
    listener.listen('crm', (events) => heard.push(...events.map(({ source }) => source)))
    leave()
    publisher.publish([event(1, 'billing'), event(2, 'billing')])
    publisher.publish([event(1, 'crm')])
    publisher.publish([])
    await expect.poll(() => heard).toEqual(['crm'])
  })
})

/** Waits until a node hears the other: connections are opened in the background. */
async function isCarrying(publisher: Bus, listener: Bus): Promise<void> {
  let hasHeard = false
  const leave = listener.listen('erp', () => {
    hasHeard = true
  })
  await expect
    .poll(
      () => {
        publisher.publish([event(1, 'erp')])
        return hasHeard
      },
      { interval: 20 },
    )
    .toBe(true)
  leave()
}

/** What a reader has seen of so many changes of one customer. */
const all = (count: number): string[] => Array.from({ length: count }, (_e, index) => `cus_1.${index + 1}`)

describe.runIf(isWithRedis)('Nodes over Redis', () => {
  let world: LogWorld
  let leaving: AbortController
  let seen: string[]
  let following: Promise<void>
  const RELAYED: Bus[] = []
  beforeEach(async () => {
    world = await openLogWorld()
    leaving = new AbortController()
    seen = []
    const storeId = randomUUID()
    const [node, other] = [overRedis(storeId), overRedis(storeId)]
    await isCarrying(node, other)
    RELAYED.splice(0, RELAYED.length, node)
    const relay = startRelay({ db: world.of('crm'), source: 'crm', bus: node, log: silentLog })
    following = (async () => {
      const options = {
        db: world.of('billing'),
        bus: other,
        source: 'crm',
        after: 0n,
        signal: leaving.signal,
      } as const
      for await (const events of follow(options)) seen.push(...events.map(({ id }) => id))
      await relay.stop()
    })()
  })
  afterEach(async () => {
    leaving.abort()
    await following
    await world.close()
    await redis.start()
  })

  const record = async (from: number, to: number): Promise<void> => {
    for (let version = from; version <= to; version += 1) await world.record('cus_1', `name ${version}`)
  }

  it('hear each other within moments', async () => {
    await record(1, 1)
    await expect.poll(() => seen).toEqual(all(1))
    const from = performance.now()
    await record(2, 10)
    await expect.poll(() => seen, { interval: 5 }).toEqual(all(10))
    // PostgreSQL would be asked after two seconds of silence.
    expect(performance.now() - from).toBeLessThan(1_500)
  })

  it('hear of what a node of an earlier release publishes as what it became', async () => {
    const storeId = randomUUID()
    const [one, other] = [overRedis(storeId), overRedis(storeId)]
    await isCarrying(one, other)
    const heard: string[] = []
    other.listen('billing', (events) => heard.push(...events.map(({ type }) => type)))
    one.publish([{ ...event(1), type: 'revgraph.billing.refund.canceled.v1' }])
    await expect.poll(() => heard).toEqual(['revgraph.billing.refund.cancelled.v1'])
  })

  it('lose nothing when Redis is killed, and hear each other again when it is back, empty', async () => {
    await record(1, 2)
    await redis.kill()
    await record(3, 5)
    await expect.poll(() => seen).toEqual(all(5))
    await redis.start()
    await record(6, 8)
    await expect.poll(() => seen).toEqual(all(8))
  })

  it('lose nothing when Redis forgets everything', async () => {
    await record(1, 2)
    const client = createClient({ url: redis.url })
    await client.connect()
    for (let version = 3; version <= 6; version += 1) {
      await client.flushAll()
      await record(version, version)
    }
    await client.close()
    await expect.poll(() => seen).toEqual(all(6))
  })

  it('lose nothing when Redis hangs, and go on when it wakes up', async () => {
    await record(1, 2)
    redis.signal('SIGSTOP')
    await record(3, 5)
    await expect.poll(() => seen).toEqual(all(5))
    redis.signal('SIGCONT')
    await record(6, 7)
    await expect.poll(() => seen).toEqual(all(7))
  })
})

describe('A reader whose bus', () => {
  let world: LogWorld
  beforeEach(async () => {
    world = await openLogWorld()
  })
  afterEach(() => world.close())

  /** What is done to a batch of copies on its way. */
  const FAULTS: Record<string, (events: readonly LoggedEvent[], batch: number) => readonly LoggedEvent[][]> =
    {
      'loses copies': (events, batch) => (batch % 2 === 0 ? [] : [[...events]]),
      'doubles copies': (events) => [[...events], [...events]],
      'is silent': () => [],
      'brings copies of another store': (events) => [
        events.map((copy) => ({ ...copy, position: copy.position + 100n })),
        [...events],
      ],
      'brings copies late': (events, batch) => [batch % 3 === 0 ? [] : [...events], [...events].toReversed()],
    }

  it.each(Object.entries(FAULTS))('%s misses nothing and gets nothing twice', async (_, fault) => {
    const bus = over(createLocalBus())
    let batch = 0
    const faulty: Bus = {
      ...bus,
      publish: (events) => {
        if (events.length === 0) return
        batch += 1
        for (const copies of fault(events, batch)) bus.publish(copies)
      },
    }
    const relay = startRelay({ db: world.of('crm'), source: 'crm', bus: faulty, log: silentLog })
    const leaving = new AbortController()
    const seen: string[] = []
    const following = (async () => {
      const options = { db: world.of('erp'), bus, source: 'crm', after: 0n, signal: leaving.signal } as const
      for await (const events of follow(options)) seen.push(...events.map(({ id }) => id))
    })()
    for (let version = 1; version <= 12; version += 1) await world.record('cus_1', `name ${version}`)
    await expect.poll(() => seen.length).toBe(12)
    expect(seen).toEqual(all(12))
    leaving.abort()
    await following
    await relay.stop()
  })
})
