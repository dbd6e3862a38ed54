import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '#platform/log.ts'
import { startPostgres } from '#platform/postgres/start.ts'
import { openStores, type Stores } from '#platform/stores.ts'
import { STORED_SUBGRAPHS, SUBGRAPHS_FOLDER } from '#subgraphs/stored.ts'
import { measureLatency } from './events/latency.ts'
import { measureRelay } from './events/relay.ts'
import { measureSockets } from './events/sockets.ts'
import { measureWriter } from './events/writer.ts'

const MAX_CONNECTIONS = 12
/** Lets the account that the server runs as through. */
const ENTERABLE = 0o711

/** Where events are measured: a PostgreSQL of its own. */
export interface Ground {
  readonly stores: Stores
  readonly databaseUrl: string
  readonly say: (line: string) => void
}

const PARTS: Readonly<Record<string, (ground: Ground) => Promise<void>>> = {
  writer: measureWriter,
  relay: measureRelay,
  latency: measureLatency,
  sockets: measureSockets,
}

/** `npm run bench -- events [writer|relay|latency|sockets]`: what the log costs, and how soon events arrive. */
export async function measureEvents(args: readonly string[]): Promise<void> {
  const names = args.length === 0 ? Object.keys(PARTS) : args
  const log = createLog({ level: 'error' })
  for (const name of names) {
    const part = PARTS[name]
    if (part === undefined)
      throw new Error(`There is no part "${name}"; there are ${Object.keys(PARTS).join(', ')}.`)
    const home = await mkdtemp(join(tmpdir(), 'revgraph-bench-'))
    await chmod(home, ENTERABLE)
    const postgres = await startPostgres({ home, log })
    const stores = await openStores({
      home,
      databaseUrl: postgres.url,
      maxConnections: MAX_CONNECTIONS,
      subgraphs: STORED_SUBGRAPHS,
      migrationsFolder: SUBGRAPHS_FOLDER,
      log,
    })
    try {
      await part({ stores, databaseUrl: postgres.url, say: (line) => void process.stdout.write(`${line}\n`) })
    } finally {
      await stores.close()
      await postgres.stop()
      await rm(home, { recursive: true })
    }
  }
}
