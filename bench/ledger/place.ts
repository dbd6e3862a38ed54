import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '#platform/log.ts'
import { startPostgres } from '#platform/postgres/start.ts'
import { openStores, type Stores } from '#platform/stores.ts'
import { STORED_SUBGRAPHS, SUBGRAPHS_FOLDER } from '#subgraphs/stored.ts'

/** As many as the product opens by itself. */
const MAX_CONNECTIONS = 10
/** Lets the account that the server runs as through: otherwise, for root, the data would lie outside the home. */
const ENTERABLE = 0o711

/** Does a task over stores of its own, in a home that is gone afterwards. */
export async function inTemporaryStores<Result>(
  work: (stores: Stores, databaseUrl: string) => Promise<Result>,
): Promise<Result> {
  const home = await mkdtemp(join(tmpdir(), 'revgraph-bench-'))
  await chmod(home, ENTERABLE)
  const log = createLog({ level: 'warn' })
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
    return await work(stores, postgres.url)
  } finally {
    await stores.close()
    await postgres.stop()
    await rm(home, { recursive: true })
  }
}
