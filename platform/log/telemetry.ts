/** How long events take on their way: recorded → published → applied by consumers, and delivered to subscribers. */
import { Gauge, Histogram } from 'prom-client'
import { systemClock } from '#platform/clock.ts'
import type { SubgraphName } from '#platform/config.ts'
import type { Database, Queryable } from '#platform/database.ts'
import { registry } from '#platform/telemetry.ts'
import { readLag } from './consumer-store.ts'
import type { LoggedEvent } from './event.ts'

/** From what nobody notices to what somebody has to look into. */
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600]
const registers = [registry]
const MS_PER_SECOND = 1_000

const publishing = new Histogram({
  name: 'revgraph_event_publish_delay_seconds',
  help: 'From the recording of an event to its place in the log',
  labelNames: ['source'],
  buckets: BUCKETS_SECONDS,
  registers,
})
const applying = new Histogram({
  name: 'revgraph_event_apply_delay_seconds',
  help: 'From the publishing of an event to the commit of what a consumer made of it',
  labelNames: ['consumer', 'source'],
  buckets: BUCKETS_SECONDS,
  registers,
})
const delivering = new Histogram({
  name: 'revgraph_event_delivery_delay_seconds',
  help: 'From the publishing of an event to its arrival over the bus at a reader who is up to date',
  labelNames: ['source'],
  buckets: BUCKETS_SECONDS,
  registers,
})

/** Events were published. */
export function notePublished(events: readonly LoggedEvent[]): void {
  for (const { source, recordedAt, publishedAt } of events)
    publishing.observe({ source }, secondsBetween(recordedAt, publishedAt))
}

/** A consumer's transaction was committed. */
export function noteApplied(consumer: string, events: readonly LoggedEvent[]): void {
  const now = systemClock.now()
  for (const { source, publishedAt } of events)
    applying.observe({ consumer, source }, secondsBetween(publishedAt, now))
}

/** Events came to a reader who waited for them. */
export function noteDelivered(events: readonly LoggedEvent[]): void {
  const now = systemClock.now()
  for (const { source, publishedAt } of events)
    delivering.observe({ source }, secondsBetween(publishedAt, now))
}

/** Clocks of two machines may differ: nothing takes less than no time. */
function secondsBetween(from: Temporal.Instant, to: Temporal.Instant): number {
  return Math.max(0, to.epochMilliseconds - from.epochMilliseconds) / MS_PER_SECOND
}

const unpublished = new Gauge({
  name: 'revgraph_event_unpublished_age_seconds',
  help: 'Age of the oldest event that is committed and not published; 0 where there is none',
  labelNames: ['source'],
  registers,
})
const lag = new Gauge({
  name: 'revgraph_consumer_lag_events',
  help: 'Published events that a share of a consumer has not passed',
  labelNames: ['subgraph', 'consumer', 'source', 'share'],
  registers,
})
const held = new Gauge({
  name: 'revgraph_consumer_held_events',
  help: 'Events that a consumer has set aside: one of their aggregate could not be applied',
  labelNames: ['subgraph', 'consumer'],
  registers,
})

/** Looks after the figures that stand in the stores, whenever figures are asked for. */
export function watchStores(
  databaseOf: (subgraph: SubgraphName) => Database,
  subgraphs: readonly SubgraphName[],
): void {
  const gauges = [unpublished, lag, held]
  const forget = (): void => {
    for (const gauge of gauges) gauge.reset()
  }
  const read = async (): Promise<void> => {
    forget()
    await Promise.all(subgraphs.map((subgraph) => readFigures(databaseOf(subgraph), subgraph, subgraphs)))
  }
  let reading: Promise<void> | undefined
  // Figures of a store that does not answer are left out, rather than told as they were; health tells why.
  const collect = (): Promise<void> => {
    reading ??= read()
      .catch(forget)
      .finally(() => {
        reading = undefined
      })
    return reading
  }
  for (const gauge of gauges) Object.assign(gauge, { collect })
}

async function readFigures(
  db: Queryable,
  subgraph: SubgraphName,
  sources: readonly SubgraphName[],
): Promise<void> {
  const [oldest] = await db.rows<{ age: string | null }>({
    name: `${subgraph} unpublished age`,
    text: `SELECT extract(epoch FROM clock_timestamp() - e.recorded_at)::text AS age
      FROM (SELECT aggregate_id, version FROM ${subgraph}.outbox ORDER BY id LIMIT 1) AS o
      JOIN ${subgraph}.event e USING (aggregate_id, version)`,
    values: [],
  })
  unpublished.set({ source: subgraph }, Math.max(0, Number(oldest?.age ?? 0)))
  for (const { name, source, share, events } of await readLag(db, subgraph, sources))
    lag.set({ subgraph, consumer: name, source, share }, Number(events))
  const letters = await db.rows<{ consumer: string; count: bigint }>({
    name: `${subgraph} held events`,
    text: `SELECT consumer, count(*) FROM ${subgraph}.dead_letter
      WHERE status IN ('FAILED', 'WAITING') GROUP BY consumer`,
    values: [],
  })
  for (const { consumer, count } of letters) held.set({ subgraph, consumer }, Number(count))
}
