/** A node with our engine: what it is asked for is accepted, and carried out here or by another node. */
import { DEFAULT_EXCEPTION_RULES } from '#domain/exception.ts'
import { DEFAULT_RETRY, retryBy } from '#domain/workflow.ts'
import { systemClock } from '#platform/clock.ts'
import { fractionOf } from '#platform/jitter.ts'
import { createLog } from '#platform/log.ts'
import { askForApprovals } from '#subgraphs/operations/approvals/ask.ts'
import { attendExceptions } from '#subgraphs/operations/exceptions/attend.ts'
import { planOfStory } from '#subgraphs/operations/workflows/accept.ts'
import { openWorkflowDesk } from '#subgraphs/operations/workflows/desk.ts'
import type { Flow } from '#subgraphs/operations/workflows/flow.ts'
import { allOf } from '#subgraphs/operations/workflows/save.ts'
import { readJson, serveMeasured } from '../server.ts'
import { databases, STEPS } from './steps.ts'

interface Order {
  readonly order: string
  readonly idempotencyKey: string
}

const databaseOf = databases(process.env['BENCH_DATABASE_URL'] ?? '')

const flow: Flow<typeof databaseOf, Order, Pick<Order, 'order'>> = {
  name: 'measured',
  prepare: (_, { order }) =>
    Promise.resolve({
      value: { prepared: { order }, subject: `order:${order}`, customerId: null, legalEntityId: null },
    }),
  steps: STEPS.map(({ name, system, kind, run }) => ({
    name,
    system,
    kind,
    needs: [],
    run: (systems, { input: { order } }, { effectKey }) => run(systems(system), order, effectKey),
  })),
}

const desk = openWorkflowDesk(
  {
    db: databaseOf('OPERATIONS'),
    flows: new Map([[flow.name, flow]]),
    systems: databaseOf,
    context: (correlationId) => ({ subgraph: 'operations', clock: systemClock, correlationId }),
    retryOf: () => Promise.resolve(retryBy(DEFAULT_RETRY, fractionOf)),
    alongWith: allOf(
      attendExceptions(() => Promise.resolve(DEFAULT_EXCEPTION_RULES), systemClock),
      askForApprovals(systemClock),
    ),
    log: createLog({ level: 'error' }),
  },
  (story) => Promise.resolve({ value: planOfStory(story) }),
)
desk.work()

serveMeasured(async (request, response) => {
  const { order } = await readJson<{ order: string }>(request)
  const asked = { requestedBy: 'bench', correlationId: order }
  const { violations } = await desk.start(flow, { order, idempotencyKey: order }, asked)
  if (violations !== undefined) throw new Error(JSON.stringify(violations))
  response.end('{}')
})
