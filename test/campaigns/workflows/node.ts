/** A node: it takes orders in, carries workflows out beside others, and dies where a mine lies. */
import { DEFAULT_EXCEPTION_RULES } from '#domain/exception.ts'
import { DEFAULT_RETRY, retryBy } from '#domain/workflow.ts'
import { systemClock } from '#platform/clock.ts'
import { type Database, openDatabase } from '#platform/database.ts'
import { fractionOf } from '#platform/jitter.ts'
import { roleOf } from '#platform/migrate.ts'
import { attendExceptions } from '#subgraphs/operations/exceptions/attend.ts'
import { flows } from '#subgraphs/operations/flows/flows.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import { openModelDesk } from '#subgraphs/operations/models/desk.ts'
import { catalogueOf } from '#subgraphs/operations/models/flow-catalogue.ts'
import { createServices } from '#subgraphs/operations/services/services.ts'
import { readTaxRules } from '#subgraphs/operations/services/tax-file.ts'
import { providerByRules } from '#subgraphs/operations/services/tax-provider.ts'
import { planOfStory } from '#subgraphs/operations/workflows/accept.ts'
import type { Workshop } from '#subgraphs/operations/workflows/carry-out.ts'
import { openWorkflowDesk } from '#subgraphs/operations/workflows/desk.ts'
import { silentLog } from '#test/support/log.ts'
import { serviceSources } from '#service-sources.ts'
import { connectSystems } from '#systems.ts'
import { overpay } from './overpay.ts'
import { type Answered, type Asked, type Part, stepOn } from './part.ts'
import { plantedIn } from './planted.ts'
import { keyOf, storyOf } from './stories.ts'

/** Of each kind and subgraph: many nodes share the hundred of one server. */
const MAX_CONNECTIONS = 1

const part = JSON.parse(process.argv[2] ?? '{}') as Part
const bug = plantedIn(part.bug)

const databases = new Map<string, Database>()
const databaseOf = (subgraph: string): Database =>
  databases.getOrInsertComputed(subgraph, () =>
    openDatabase({
      url: part.databaseUrl,
      role: roleOf(subgraph),
      maxConnections: MAX_CONNECTIONS,
      log: silentLog,
    }),
  )

const taxes = readTaxRules()
const services = createServices({
  sources: serviceSources(databaseOf),
  modelOf: openModelDesk(databaseOf('operations'), systemClock, catalogueOf(flows)).pick,
  taxes,
  taxProviders: { rules: providerByRules(taxes) },
})
const product: Workshop<Systems> = {
  db: databaseOf('operations'),
  flows: new Map([...flows, [overpay.name, overpay]]),
  systems: connectSystems(databaseOf, systemClock, services),
  context: (correlationId) => ({ subgraph: 'operations', clock: systemClock, correlationId }),
  retry: retryBy(DEFAULT_RETRY, fractionOf),
  alongWith: attendExceptions(() => Promise.resolve(DEFAULT_EXCEPTION_RULES), systemClock),
  log: silentLog,
  at: async (point, { step: { effectKey }, isUndo }) => {
    await bug.pause?.(point)
    stepOn(part.mines, `${effectKey}${isUndo ? '/undo' : ''} ${point}`)
  },
}
const desk = openWorkflowDesk(bug.workshop?.(product) ?? product, (flow) =>
  Promise.resolve({ value: planOfStory(flow) }),
)
desk.work({ maxCarried: part.maxCarried })

const answer = (answered: Answered): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.send?.(answered, undefined, undefined, () => resolve())
  return promise
}

async function take({ order }: Asked): Promise<void> {
  const key = keyOf(order)
  stepOn(part.mines, `${key} ASKED`)
  const early = bug.answersBefore?.(order)
  if (early !== undefined) await answer({ key, workflowId: early })
  if (early !== undefined) stepOn(part.mines, `${key} ANSWERED`)
  const { value, violations } = await storyOf(order).start(desk, order, bug.keyFor?.(key) ?? key)
  stepOn(part.mines, `${key} ACCEPTED`)
  const refusal = violations?.map(({ code, message }) => `${code} ${message}`).join()
  await answer(value === undefined ? { key, refusal: refusal ?? '' } : { key, workflowId: value.workflowId })
}

process.on('message', (asked: Asked) => {
  // What a fault broke off, or the key of another try, is asked for again.
  take(asked).catch(() => answer({ key: keyOf(asked.order) }))
})
// Whoever plays the campaign is gone.
process.on('disconnect', () => process.exit())
process.on('unhandledRejection', (error) => process.stderr.write(`${String(error)}\n`))
