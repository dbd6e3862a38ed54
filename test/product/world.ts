/** The whole product over a store of its own, as `npm start` puts it together, with an invented company in it. */
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { createGateway, type Gateway } from '#gateway/server.ts'
import type { Facts } from '#domain/facts.ts'
import { manualClock } from '#platform/clock.ts'
import { SUBGRAPHS, type SubgraphName } from '#platform/config.ts'
import { SCALARS } from '#platform/graphql.ts'
import { createLocalBus } from '#platform/log/bus.ts'
import { type ServedSubgraph, serveSubgraph } from '#platform/subgraph-server.ts'
import { createRecordFacts, createSubgraph, proofs, supergraph } from '#product.ts'
import { recognizeRevenue } from '#subgraphs/erp/recognize.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { silentLog } from '#test/support/log.ts'

/** The day on which the story stands still. */
const NOW = '2026-11-23T12:00:00Z'
const LAST_MONTH_END = Temporal.PlainDate.from('2026-10-31')

export interface World {
  readonly database: TestDatabase
  /** Takes in more facts, and posts the revenue of the months that ended. */
  readonly record: (facts: Partial<Facts>) => Promise<void>
  /** The body of an answer over HTTP, as bytes came, with its status. */
  readonly ask: (document: string, variables?: object) => Promise<{ status: number; body: string }>
  /** The same from a gateway whose subgraphs are services of their own. */
  readonly askServices: World['ask']
  /** The same from a gateway that nobody answers for one subgraph. */
  readonly askWithout: (absent: SubgraphName) => World['ask']
  readonly close: () => Promise<void>
}

/** Opens a world of so many invented customers. */
export async function openWorld({ customers }: { readonly customers: number }): Promise<World> {
  const database = await openTestDatabase()
  const clock = manualClock(NOW)
  const record = createRecordFacts(database.of, clock, 'seed-7')
  const day = clock.now().toZonedDateTimeISO('UTC').toPlainDate()
  const recognize = () =>
    recognizeRevenue(
      database.of('erp'),
      { subgraph: 'erp', clock, correlationId: 'seed-7' },
      { through: LAST_MONTH_END },
    )
  for (const facts of generateCompany({ customers, seed: 7, today: day })) await record(facts)
  await recognize()

  const bus = createLocalBus()
  const subgraphs = SUBGRAPHS.map((name) => createSubgraph(name, database.of, clock, bus, silentLog))
  const services = await Promise.all(
    subgraphs.map((subgraph) =>
      serveSubgraph(subgraph, { host: '127.0.0.1', port: 0, log: silentLog, clock, secrets: [] }),
    ),
  )
  const remote = SUBGRAPHS.map((name: SubgraphName, index) => ({ name, url: services[index]?.url ?? '' }))
  const [inProcess, overHttp, ...crippled] = await Promise.all([
    serve(subgraphs),
    serve(remote),
    ...SUBGRAPHS.map((absent) => serve(without(absent, subgraphs))),
  ])
  return {
    database,
    record: async (facts) => {
      await record(facts)
      await recognize()
    },
    ask: inProcess.ask,
    askServices: overHttp.ask,
    askWithout: (absent) => crippled[SUBGRAPHS.indexOf(absent)]?.ask ?? overHttp.ask,
    close: async () => {
      await Promise.all([inProcess, overHttp, ...crippled].map((served) => served.close()))
      await Promise.all(services.map((service) => service.stop()))
      await database.close()
    },
  }
}

/** Port 1 of this machine is nobody's. */
const without = (absent: SubgraphName, subgraphs: readonly ServedSubgraph[]) =>
  subgraphs.map((subgraph) =>
    subgraph.name === absent ? { name: absent, url: 'http://127.0.0.1:1/graphql' } : subgraph,
  )

async function serve(subgraphs: Parameters<typeof createGateway>[0]['subgraphs']) {
  const gateway: Gateway = createGateway({
    supergraph,
    subgraphs,
    log: silentLog,
    scalars: Object.values(SCALARS),
    proofs,
    examples: [],
    readiness: [],
  })
  const server = createServer((request, response) => gateway.handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  return {
    ask: async (query: string, variables: object = {}) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
      return { status: response.status, body: await response.text() }
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      gateway.stop()
    },
  }
}
