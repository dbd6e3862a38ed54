// What Prometheus is told of events: how long they take, and what waits.
import { createServer } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { manualClock, systemClock } from '#platform/clock.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import type { Running } from '#platform/log/hold-office.ts'
import { startConsumer } from '#platform/log/run-consumer.ts'
import { watchStores } from '#platform/log/telemetry.ts'
import { subgraphSchema } from '#platform/graphql.ts'
import { serveSubgraph } from '#platform/subgraph-server.ts'
import { expose, registry } from '#platform/telemetry.ts'
import { gatewayOver, listen } from '#test/gateway/graph.ts'
import { createWorld } from '#test/gateway/world.ts'
import { silentLog } from '#test/support/log.ts'
import { type LogWorld, openLogWorld } from './world.ts'

let world: LogWorld
const running: Running[] = []
beforeEach(async () => {
  registry.resetMetrics()
  world = await openLogWorld()
  watchStores(world.of, ['crm', 'insight'])
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()))
  await world.close()
})

/** The value of a figure, by its name and labels. */
async function figure(name: string): Promise<number> {
  const line = (await expose()).body.split('\n').find((each) => each.startsWith(`${name} `))
  return Number(line?.slice(name.length + 1))
}

const failing: Consumer = {
  name: 'failing',
  source: 'crm',
  beginsWith: 'OLDEST',
  shares: 1,
  apply: (_, { version }) => (version === 1 ? Promise.resolve() : Promise.reject(new Error('poison'))),
}

it('An event is counted where it is published and applied; what waits and what is held is told', async () => {
  await world.record('cus_1', 'Acme')
  // Recorded by a clock that stands still in the middle of 2026.
  expect(await figure('revgraph_event_unpublished_age_seconds{source="crm"}')).toBeGreaterThan(0)
  world.relay()
  await world.published(1n)
  expect(await figure('revgraph_event_unpublished_age_seconds{source="crm"}')).toBe(0)
  await expect.poll(() => figure('revgraph_event_publish_delay_seconds_count{source="crm"}')).toBe(1)

  const clock = manualClock('2026-06-15T12:00:00Z')
  const options = {
    db: world.of('insight'),
    subgraph: 'insight',
    bus: world.bus,
    clock,
    log: silentLog,
  } as const
  running.push(await startConsumer({ ...options, consumer: failing }))
  const applied = 'revgraph_event_apply_delay_seconds_count{consumer="failing",source="crm"}'
  await expect.poll(() => figure(applied)).toBe(1)
  await world.record('cus_1', 'Acme Ltd')
  const held = 'revgraph_consumer_held_events{subgraph="insight",consumer="failing"}'
  await expect.poll(() => figure(held)).toBe(1)
  const lag = 'revgraph_consumer_lag_events{subgraph="insight",consumer="failing",source="crm",share="0"}'
  await expect.poll(() => figure(lag)).toBe(0)
  expect(await figure('revgraph_event_delivery_delay_seconds_count{source="crm"}')).toBe(1)
  expect(await figure(applied)).toBe(1)
})

it('The gateway and each subgraph that is a service tell their figures at /metrics', async () => {
  const gateway = gatewayOver(createWorld(), { metrics: expose })
  const url = await listen(createServer((request, response) => gateway.handle(request, response)))
  const schema = subgraphSchema('type Query { fine: Boolean }', {})
  const service = await serveSubgraph(
    { name: 'crm', schema, createContext: () => ({}) },
    {
      host: '127.0.0.1',
      port: 0,
      log: silentLog,
      clock: systemClock,
      secrets: ['a secret of sixteen or more'],
    },
  )
  for (const each of [url, service.url]) {
    const response = await fetch(`${each}metrics`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/plain')
    expect(await response.text()).toContain('# TYPE revgraph_event_publish_delay_seconds histogram')
  }
  await service.stop()
})
