/** A node that publishes CRM's events while no other does. */
import { createRedisBus } from '#platform/log/redis-bus.ts'
import { startRelay } from '#platform/log/relay.ts'
import { silentLog } from '#test/support/log.ts'
import { openStore, readPart } from './part.ts'

const part = readPart()
const bus = createRedisBus({ url: part.redisUrl, storeId: 'campaign', log: silentLog })
startRelay({ db: openStore(part, 'crm'), source: 'crm', bus, log: silentLog })
