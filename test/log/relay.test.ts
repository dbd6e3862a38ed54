// The relay: many nodes stand ready, one publishes; another takes over when it dies or stops; who wakes up is fenced.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { publish } from '#platform/log/publish.ts'
import { stayInOffice, takeOffice } from '#platform/log/office.ts'
import { type LogWorld, openLogWorld } from './world.ts'

const MAX_TAKEOVER_MS = 5_000
const OFFICE = { table: 'crm.relay', condition: 'true', values: [] }

let world: LogWorld
let node: ChildProcess | undefined
beforeEach(async () => {
  world = await openLogWorld()
})
afterEach(async () => {
  if (node !== undefined && node.kill('SIGKILL')) await once(node, 'exit')
  node = undefined
  await world.close()
})

/** Starts a node in a process of its own and waits until it publishes. */
async function startNode(): Promise<ChildProcess> {
  const script = new URL('./relay-process.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [script, world.url], { stdio: ['ignore', 'pipe', 'inherit'] })
  node = child
  await world.record('cus_1', 'Acme')
  await world.published(1n)
  return child
}

const ids = async (): Promise<string[]> => (await world.read()).map(({ position, id }) => `${position} ${id}`)

it.each<[string, NodeJS.Signals]>([
  ['is killed', 'SIGKILL'],
  ['is stopped', 'SIGSTOP'],
])('Another node takes over within 5 s when the one that publishes %s', async (_, signal) => {
  const leader = await startNode()
  world.relay()
  leader.kill(signal)
  const from = performance.now()
  await world.record('cus_1', 'Acme Ltd')
  await world.published(2n)
  expect(performance.now() - from).toBeLessThan(MAX_TAKEOVER_MS)
  leader.kill('SIGCONT')
  for (const name of ['Acme plc', 'Acme AG']) await world.record('cus_1', name)
  await world.published(4n)
  expect(await ids()).toEqual(['1 cus_1.1', '2 cus_1.2', '3 cus_1.3', '4 cus_1.4'])
})

it('A node that ends in good order is followed at once', async () => {
  const first = world.relay()
  await world.record('cus_1', 'Acme')
  await world.published(1n)
  world.relay()
  await first.stop()
  const from = performance.now()
  await world.record('cus_2', 'Bolt')
  await world.published(2n)
  expect(performance.now() - from).toBeLessThan(MAX_TAKEOVER_MS / 2)
})

it('A node whose office was taken publishes nothing', async () => {
  const db = world.of('crm')
  const old = (await takeOffice(db, OFFICE)) ?? 0n
  await world.record('cus_1', 'Acme')
  expect(await takeOffice(db, OFFICE)).toBeUndefined()
  await world.owner.rows({ text: `UPDATE crm.relay SET leased_until = '-infinity'`, values: [] })
  const current = (await takeOffice(db, OFFICE)) ?? 0n
  expect(await publish(db, 'crm', old)).toEqual([])
  expect(await stayInOffice(db, OFFICE, old)).toBe(false)
  expect(await publish(db, 'crm', current)).toHaveLength(1)
})

it('Positions have no gap while many write, leases are renewed and two nodes publish', async () => {
  const relays = [world.relay(), world.relay()]
  const writers = Array.from({ length: 8 }, async (_w, writer) => {
    for (let version = 1; version <= 25; version += 1) await world.record(`cus_${writer}`, `name ${version}`)
  })
  const writing = Promise.all(writers)
  const over = new AbortController()
  const renewing = (async () => {
    const text = 'UPDATE crm.relay SET leased_until = leased_until'
    while (!over.signal.aborted) await world.owner.rows({ text, values: [] })
  })()
  await relays[0]?.stop()
  await writing
  await world.published(200n)
  over.abort()
  await renewing
  const events = await world.read()
  expect(events.map(({ position }) => position)).toEqual(
    Array.from({ length: 200 }, (_e, n) => BigInt(n + 1)),
  )
  for (let writer = 0; writer < 8; writer += 1) {
    const versions = events.filter(({ aggregateId }) => aggregateId === `cus_${writer}`).map((e) => e.version)
    expect(versions).toEqual(Array.from({ length: 25 }, (_v, n) => n + 1))
  }
})
