/** How a node hears of what happens in the outside billing: by webhooks, at a port that all nodes share. */
import { createServer } from 'node:http'
import { systemClock } from '#platform/clock.ts'
import { webhookSources } from '#outside/outside.ts'
import { createRecordFacts, type DatabaseOf } from '#product.ts'
import { createHooks } from '#subgraphs/operations/inbound/receive.ts'
import { startTakingIn } from '#subgraphs/operations/inbound/worker.ts'
import { silentLog } from '#test/support/log.ts'
import type { OutsidePart } from './outside-billing.ts'
import type { Bug } from './planted.ts'

/** Takes webhooks until the process ends. Who comes to a node that dies meanwhile is told nothing, and comes again. */
export function takeTidings({ config, hooksPort }: OutsidePart, databaseOf: DatabaseOf, bug: Bug): void {
  const [db, sources] = [databaseOf('operations'), webhookSources(config)]
  const hooks = createHooks({ db: bug.inbound?.(db) ?? db, clock: systemClock, sources })
  createServer((request, response) => void hooks(request, response).catch(() => response.destroy())).listen({
    host: '127.0.0.1',
    port: hooksPort,
    // The kernel deals connections out among the nodes that are there.
    reusePort: true,
  })
  const record = createRecordFacts(databaseOf, systemClock, 'webhooks')
  const recordFacts = bug.recordFacts?.(record) ?? record
  startTakingIn({ db, clock: systemClock, recordFacts, rules: () => Promise.resolve([]), log: silentLog })
}
