import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLog } from '#platform/log.ts'
import { type Bus, createLocalBus } from '#platform/log/bus.ts'
import { follow } from '#platform/log/follow.ts'
import { createRedisBus } from '#platform/log/redis-bus.ts'
import { startRelay } from '#platform/log/relay.ts'
import { startRedis } from '#test/support/redis.ts'
import type { Ground } from '../events.ts'
import { quantile } from '../load.ts'
import { changeCustomers } from './change.ts'

const RATE = 100
const SECONDS = 10
const WRITERS = 8
const STORE_ID = 'bench'

/** Where the events of the other node are told: `[id, when]`. */
export type Arrival = readonly [id: string, atMs: number]

/** Milliseconds that are the same in every process. */
export const nowMs = (): number => performance.timeOrigin + performance.now()

/** From the commit to a subscriber: in one process, and in another node over Redis; at a rate, and at full speed. */
export async function measureLatency(ground: Ground): Promise<void> {
  await measureWith(ground, 'in process', createLocalBus())
  const redis = await startRedis()
  const log = createLog({ level: 'error' })
  const bus = createRedisBus({ url: redis.url, storeId: STORE_ID, log })
  const node = fork(new URL('./follower.ts', import.meta.url), [ground.databaseUrl, redis.url, STORE_ID])
  await once(node, 'message')
  const arrivals = new Map<string, number>()
  node.on('message', ([id, at]: Arrival) => arrivals.set(id, at))
  await measureWith(ground, 'over Redis, two nodes', bus, arrivals)
  node.kill()
  await bus.close()
  await redis.kill()
}

async function measureWith(
  { stores, say }: Ground,
  where: string,
  bus: Bus,
  elsewhere?: ReadonlyMap<string, number>,
): Promise<void> {
  const log = createLog({ level: 'error' })
  const db = stores.of('crm')
  const relay = startRelay({ db, source: 'crm', bus, log })
  const leaving = new AbortController()
  const here = new Map<string, number>()
  const arrivals = elsewhere ?? here
  const following = (async () => {
    const options = {
      db: stores.of('billing'),
      bus,
      source: 'crm',
      after: 0n,
      signal: leaving.signal,
    } as const
    for await (const events of follow(options)) for (const { id } of events) here.set(id, nowMs())
  })()
  const committed = new Map<string, number>()
  const versions = new Map<string, number>()
  const change = async (id: string): Promise<void> => {
    await changeCustomers(db, [id], 'changed')
    const version = (versions.get(id) ?? 0) + 1
    versions.set(id, version)
    committed.set(`${id}.${version}`, nowMs())
  }
  const report = async (how: string, seconds: number): Promise<void> => {
    const events = committed.size
    while ([...committed.keys()].some((id) => !arrivals.has(id))) await sleep(RATE)
    const latencies = [...committed].map(([id, at]) => (arrivals.get(id) ?? 0) - at).toSorted((a, b) => a - b)
    committed.clear()
    say(
      `${where}, ${how}: ${(events / seconds).toFixed(0)} events/s, commit → subscriber ` +
        `p50 ${quantile(latencies, 0.5).toFixed(1)} ms, p99 ${quantile(latencies, 0.99).toFixed(1)} ms`,
    )
  }
  await change(`${where} warm-up`)
  await report('first', 1)
  for (let turn = 0; turn < RATE * SECONDS; turn += 1) {
    const next = sleep(1_000 / RATE)
    await change(`${where} ${turn % RATE}`)
    await next
  }
  await report(`at ${RATE} events/s`, SECONDS)
  const end = performance.now() + SECONDS * 1_000
  const writer = async (_: unknown, index: number): Promise<void> => {
    for (let turn = 0; performance.now() < end; turn += 1) await change(`${where} ${index}-${turn % RATE}`)
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  await report(`${WRITERS} writers at full speed`, SECONDS)
  leaving.abort()
  await following
  await relay.stop()
}
