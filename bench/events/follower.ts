/** The other node: follows the log over Redis and tells when each event arrived. */
import { openDatabase } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import { follow } from '#platform/log/follow.ts'
import { readBounds } from '#platform/log/read.ts'
import { createRedisBus } from '#platform/log/redis-bus.ts'
import { type Arrival, nowMs } from './latency.ts'

const [, , url = '', redisUrl = '', storeId = ''] = process.argv
const log = createLog({ level: 'error' })
const db = openDatabase({ url, maxConnections: 1, log })
const bus = createRedisBus({ url: redisUrl, storeId, log })
const { head } = await readBounds(db, 'crm')
process.send?.('ready')
for await (const events of follow({
  db,
  bus,
  source: 'crm',
  after: head,
  signal: new AbortController().signal,
}))
  for (const { id } of events) process.send?.([id, nowMs()] satisfies Arrival)
