/** Has insight take note of all that was recorded, as the nodes of a running product do within moments. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Clock } from '#platform/clock.ts'
import { type Bus, createLocalBus } from '#platform/log/bus.ts'
import { consumerOf } from '#platform/log/projection.ts'
import { startRelay } from '#platform/log/relay.ts'
import { startConsumer } from '#platform/log/run-consumer.ts'
import { projections } from '#product.ts'
import { SYSTEMS } from '#subgraphs/stored.ts'
import type { TestDatabase } from '#test/support/database.ts'
import { silentLog } from '#test/support/log.ts'

const POLL_MS = 20
const MAX_POLLS = 6_000

/**
 * Publishes what was recorded and applies it to insight's projections, each event handed on twice. With
 * `maxPolls` it may stop in the middle, as a node does that goes away.
 */
export async function catchUp(database: TestDatabase, clock: Clock, maxPolls = MAX_POLLS): Promise<void> {
  const bus = twice(createLocalBus())
  const relays = SYSTEMS.map((source) => startRelay({ db: database.of(source), source, bus, log: silentLog }))
  const options = { db: database.of('insight'), subgraph: 'insight', bus, clock, log: silentLog } as const
  const running = await Promise.all(
    projections.insight.map((projection) => startConsumer({ ...options, consumer: consumerOf(projection) })),
  )
  for (let polls = 0; polls < maxPolls && (await behind(database)).length > 0; polls += 1)
    await delay(POLL_MS)
  if (maxPolls === MAX_POLLS) expect(await behind(database)).toEqual([])
  await Promise.all([...running, ...relays].map((each) => each.stop()))
  await bus.close()
  const deadLetters = 'SELECT consumer, position, error FROM insight.dead_letter'
  expect(await database.owner.rows({ text: deadLetters, values: [] })).toEqual([])
}

/** Hands on every event twice: it is to be applied once. */
const twice = (bus: Bus): Bus => ({
  ...bus,
  publish: (events) => {
    bus.publish(events)
    bus.publish(events)
  },
})

/** Consumers that have not seen all that was recorded. */
function behind({ owner }: TestDatabase): Promise<object[]> {
  const recorded = SYSTEMS.map(
    (source) => `SELECT '${source}' AS source, count(*) AS events FROM ${source}.event`,
  )
  return owner.rows({
    text: `SELECT c.name, c.position FROM insight.consumer c JOIN (${recorded.join(' UNION ALL ')}) AS r USING (source)
      WHERE c.position < r.events`,
    values: [],
  })
}
