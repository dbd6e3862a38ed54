/** What a node makes of events: it publishes them, keeps what follows from them, and starts the flows that do. */
import { systemClock } from '#platform/clock.ts'
import type { SubgraphName } from '#platform/config.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import { consumerOf } from '#platform/log/projection.ts'
import { createRedisBus } from '#platform/log/redis-bus.ts'
import { startRelay } from '#platform/log/relay.ts'
import { startConsumer } from '#platform/log/run-consumer.ts'
import type { DatabaseOf } from '#product.ts'
import { standingProjections } from '#subgraphs/insight/project.ts'
import { startReviews } from '#subgraphs/insight/run-reviews.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import { triggers } from '#subgraphs/operations/flows/triggers.ts'
import { referenceProjections } from '#subgraphs/operations/reference/project.ts'
import type { WorkflowDesk } from '#subgraphs/operations/workflows/desk.ts'
import { consumerOfTrigger } from '#subgraphs/operations/workflows/trigger.ts'
import { silentLog } from '#test/support/log.ts'

/** Whose events flows follow from, and those on which standing rests. */
export const SOURCES = ['crm', 'billing', 'erp', 'insight'] as const

/** How many consumers there are. */
export const CONSUMERS = standingProjections.length + referenceProjections.length + triggers.length

/** How nodes hear of what others publish: by a Redis; without one they look into PostgreSQL. */
export interface FollowingPart {
  readonly redisUrl: string | null
}

/** Follows until the process ends. `applied` is called with a consumer's name before what it did is committed. */
export async function followEvents(
  { redisUrl }: FollowingPart,
  databaseOf: DatabaseOf,
  desk: WorkflowDesk<Systems>,
  applied: (consumer: string) => void,
): Promise<void> {
  const [clock, log] = [systemClock, silentLog]
  const bus =
    redisUrl === null ? createLocalBus() : createRedisBus({ url: redisUrl, storeId: 'campaign', log })
  for (const source of SOURCES) startRelay({ db: databaseOf(source), source, bus, log })
  const start = (subgraph: SubgraphName, consumer: Consumer) =>
    startConsumer({ db: databaseOf(subgraph), subgraph, consumer, bus, clock, log })
  await Promise.all([
    ...standingProjections.map((projection) => start('insight', consumerOf(projection))),
    ...referenceProjections.map((projection) => start('operations', consumerOf(projection))),
    ...triggers.map((trigger) => start('operations', steppingOn(consumerOfTrigger(trigger, desk), applied))),
  ])
  startReviews({ db: databaseOf('insight'), clock, log })
}

/** A world begins with its first event: what was told before a node came to it is followed as well. */
const steppingOn = (consumer: Consumer, applied: (consumer: string) => void): Consumer => ({
  ...consumer,
  beginsWith: 'OLDEST',
  apply: async (unit, event) => {
    await consumer.apply(unit, event)
    applied(consumer.name)
  },
})
