/** One of several nodes that run a consumer: it notes each event in its transaction. */
import { systemClock } from '#platform/clock.ts'
import { createRedisBus } from '#platform/log/redis-bus.ts'
import { startConsumer } from '#platform/log/run-consumer.ts'
import { silentLog } from '#test/support/log.ts'
import { openStore, readPart } from './part.ts'

const part = readPart()
await startConsumer({
  db: openStore(part, 'insight', 3),
  subgraph: 'insight',
  consumer: {
    name: 'campaign',
    source: 'crm',
    beginsWith: 'OLDEST',
    shares: 3,
    apply: async (unit, { id }) => {
      await unit.rows({
        text: `INSERT INTO insight.campaign_note (consumer, event) VALUES ('campaign', $1)`,
        values: [id],
      })
    },
  },
  bus: createRedisBus({ url: part.redisUrl, storeId: 'campaign', log: silentLog }),
  clock: systemClock,
  log: silentLog,
})
