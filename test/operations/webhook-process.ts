/** A node that sends webhooks, as a process of its own: a test kills it while it sends. */
import { manualClock } from '#platform/clock.ts'
import { openDatabase } from '#platform/database.ts'
import { roleOf } from '#platform/migrate.ts'
import { allowAddresses, checkedLookup } from '#subgraphs/operations/webhooks/addresses.ts'
import { startWebhookWorker } from '#subgraphs/operations/webhooks/worker.ts'
import { silentLog } from '#test/support/log.ts'

const timeoutMs = 5_000
/** Short, so that another node takes over within the test. */
const leaseMs = 500

const allowed = allowAddresses(['127.0.0.1'])
startWebhookWorker({
  db: openDatabase({
    url: process.argv[2] ?? '',
    role: roleOf('operations'),
    maxConnections: 2,
    log: silentLog,
  }),
  clock: manualClock('2026-06-15T12:00:00Z'),
  outside: { allowed, lookup: checkedLookup(allowed), timeoutMs },
  log: silentLog,
  leaseMs,
})
