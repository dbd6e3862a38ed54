/** A subscriber: follows the log, records what it got, and goes on behind the last of it after whatever happened. */
import { setTimeout as sleep } from 'node:timers/promises'
import { follow } from '#platform/log/follow.ts'
import { createRedisBus } from '#platform/log/redis-bus.ts'
import { silentLog } from '#test/support/log.ts'
import { note, openStore, readPart, readRecord } from './part.ts'

const RETRY_MS = 100

const part = readPart()
const db = openStore(part, 'billing', 1)
const bus = createRedisBus({ url: part.redisUrl, storeId: 'campaign', log: silentLog })
const { signal } = new AbortController()
let after = BigInt(readRecord(part.record).at(-1)?.split(' ')[0] ?? 0)
for (;;) {
  try {
    for await (const events of follow({ db, bus, source: 'crm', after, signal })) {
      for (const { position, id } of events) {
        note(part, `${position} ${id}`)
        after = position
      }
    }
  } catch {
    await sleep(RETRY_MS)
  }
}
