/** A node with DBOS: the same commands as steps of a workflow that is started where it is asked for. */
import { readJson, serveMeasured } from '../server.ts'
import { peer } from './peers.ts'
import { databases, MAX_CONNECTIONS, STEPS } from './steps.ts'

/** What is used of it. */
interface Dbos {
  readonly setConfig: (config: object) => void
  readonly launch: () => Promise<void>
  readonly registerWorkflow: <Input>(
    work: (input: Input) => Promise<void>,
    options: { name: string },
  ) => (input: Input) => Promise<void>
  readonly runStep: <Result>(step: () => Promise<Result>, options: { name: string }) => Promise<Result>
  readonly startWorkflow: <Input>(
    workflow: (input: Input) => Promise<void>,
    options: { workflowID: string },
  ) => (input: Input) => Promise<unknown>
}

const { DBOS } = peer('@dbos-inc/dbos-sdk') as { DBOS: Dbos }
const url = process.env['BENCH_DATABASE_URL'] ?? ''
const databaseOf = databases(url)

const measured = DBOS.registerWorkflow(
  async ({ order }: { order: string }) => {
    for (const { name, system, run } of STEPS)
      // A step that died is run again: the key keeps it one effect, as it does with our engine.
      await DBOS.runStep(() => run(databaseOf(system), order, `${order}/${name}`), { name })
  },
  { name: 'measured' },
)
DBOS.setConfig({
  name: 'bench',
  systemDatabaseUrl: url,
  systemDatabasePoolSize: MAX_CONNECTIONS,
  executorID: process.env['BENCH_NODE'] ?? '',
  applicationVersion: '1',
  logLevel: 'error',
})
await DBOS.launch()

serveMeasured(async (request, response) => {
  const { order } = await readJson<{ order: string }>(request)
  await DBOS.startWorkflow(measured, { workflowID: order })({ order })
  response.end('{}')
})
