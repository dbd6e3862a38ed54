import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { openDatabase } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import { startPostgres } from '#platform/postgres/start.ts'
import { systemClock } from '#platform/clock.ts'
import { openStores } from '#platform/stores.ts'
import { seedStores } from '#commands/seed.ts'
import { STORED_SUBGRAPHS, SUBGRAPHS_FOLDER } from '#subgraphs/stored.ts'
import { type Contender, type Figures, interleave } from './interleave.ts'
import { shoot, type Shot } from './load.ts'
import { printFigures } from './report.ts'
import { startMeasured } from './server.ts'

const CUSTOMERS = 300
const SEED = 7
const ROUNDS = 8
const ROUND_MS = 4_000
const CONNECTIONS = 8
/** Answers that are compared before anything is measured. */
const COMPARED = 50

const document = readFileSync(
  new URL('../schema/examples/customer-standing.graphql', import.meta.url),
  'utf8',
)

/** The standing query through the gateway against a hand-written handler over the same database. */
export async function compareStanding(): Promise<void> {
  const home = new URL('../.revgraph/bench', import.meta.url).pathname
  const log = createLog({ level: 'warn' })
  const postgres = await startPostgres({ home, log })
  try {
    const ids = await prepare(home)
    const gateway = await startMeasured('gateway', './standing-gateway.ts', { DATABASE_URL: postgres.url })
    const bare = await startMeasured('hand-written', './standing-handwritten.ts', {
      BENCH_DATABASE_URL: postgres.url,
    })
    try {
      const contenders: Contender[] = [
        { server: gateway, shots: inTurn(ids, graphqlShot) },
        { server: bare, shots: inTurn(ids, (id) => ({ path: `/?id=${id}` })) },
      ]
      await compareAnswers(ids.slice(0, COMPARED), gateway.url, bare.url)
      report(await interleave(contenders, { rounds: ROUNDS, durationMs: ROUND_MS, connections: CONNECTIONS }))
    } finally {
      await Promise.all([gateway.stop(), bare.stop()])
    }
  } finally {
    await postgres.stop()
  }

  async function prepare(folder: string): Promise<string[]> {
    const options = { home: folder, databaseUrl: postgres.url, maxConnections: 4, log }
    const stores = await openStores({
      ...options,
      subgraphs: STORED_SUBGRAPHS,
      migrationsFolder: SUBGRAPHS_FOLDER,
    })
    const readIds = async (): Promise<string[]> => {
      const rows = await stores.owner.rows<{ id: string }>({
        text: 'SELECT id FROM crm.customer ORDER BY id',
        values: [],
      })
      return rows.map(({ id }) => id)
    }
    if ((await readIds()).length === 0)
      await seedStores(stores, { customers: CUSTOMERS, seed: SEED }, systemClock)
    const owner = openDatabase({ url: postgres.url, maxConnections: 1, log })
    await owner.rows({ text: 'VACUUM ANALYZE', values: [] })
    await owner.close()
    const ids = await readIds()
    await stores.close()
    return ids
  }
}

const graphqlShot = (id: string): Shot => ({
  path: '/graphql',
  body: JSON.stringify({ query: document, variables: { id } }),
})

/** Each id in its turn, so that no two requests in a row are for the same customer. */
function inTurn(ids: readonly string[], shot: (id: string) => Shot): () => Shot {
  let next = 0
  return () => {
    next += 1
    return shot(ids[next % ids.length] ?? '')
  }
}

/** A comparison is only worth something between equal answers. */
async function compareAnswers(ids: readonly string[], gatewayUrl: string, bareUrl: string): Promise<void> {
  for (const id of ids) {
    const [ours, theirs] = await Promise.all([
      shoot(gatewayUrl, graphqlShot(id)),
      shoot(bareUrl, { path: `/?id=${id}` }),
    ])

    if (!isDeepStrictEqual(JSON.parse(ours), JSON.parse(theirs))) {
      throw new Error(`the answers for ${id} differ:\n${ours}\n${theirs}`)
    }
  }
  process.stdout.write(`${ids.length} answers compared: equal\n`)
}

function report(figures: readonly Figures[]): void {
  printFigures(figures)
  const [ours, bare] = figures
  if (ours === undefined || bare === undefined) return
  process.stdout.write(
    `ratio of requests/s, gateway to hand-written: ${(ours.requestsPerSecond / bare.requestsPerSecond).toFixed(2)}\n` +
      `ratio of CPU, hand-written to gateway: ${(bare.cpuMsPerRequest / ours.cpuMsPerRequest).toFixed(2)}\n`,
  )
}
