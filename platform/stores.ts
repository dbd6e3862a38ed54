import type { Log } from './log.ts'
import { type Database, openDatabase } from './database.ts'
import { unusableServer } from './database-error.ts'
import { migrate, roleOf } from './migrate.ts'
import { startPostgres } from './postgres/start.ts'

/** The PostgreSQL of an installation, migrated, with a pool for each subgraph that keeps something. */
export interface Stores {
  /** Works under the subgraph's own role. */
  readonly of: (subgraph: string) => Database
  /** Sees every schema: for checks that compare the systems, never for serving. */
  readonly owner: Database
  /** Throws while the database does not answer. */
  readonly check: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface StoresOptions {
  readonly home: string
  readonly databaseUrl: string | undefined
  readonly maxConnections: number
  /** Subgraphs with a store, each with its folder of migrations under `migrationsFolder`. */
  readonly subgraphs: readonly string[]
  readonly migrationsFolder: string
  readonly log: Log
}

/** Starts or joins PostgreSQL, brings its schemas up to date and opens the pools. */
export async function openStores(options: StoresOptions): Promise<Stores> {
  const { databaseUrl, home, log, maxConnections } = options
  const postgres = databaseUrl === undefined ? await startPostgres({ home, log }) : undefined
  const url = databaseUrl ?? postgres?.url ?? ''
  const owner = openDatabase({ url, maxConnections: 1, log })
  const opened = new Map<string, Database>()
  const close = async (): Promise<void> => {
    await Promise.all([...opened.values(), owner].map((database) => database.close()))
    await postgres?.stop()
  }
  try {
    const applied = await migrate(owner, options.subgraphs, options.migrationsFolder)
    if (applied.length > 0) log.info({ applied }, 'the database was brought up to date')
  } catch (error) {
    await close()
    throw databaseUrl === undefined ? error : (unusableServer(databaseUrl, error) ?? error)
  }
  const of = (subgraph: string): Database => {
    const database =
      opened.get(subgraph) ?? openDatabase({ url, role: roleOf(subgraph), maxConnections, log })
    opened.set(subgraph, database)
    return database
  }
  return { of, owner, check: () => ping(owner), close }
}

async function ping(database: Database): Promise<void> {
  await database.rows({ text: 'SELECT 1', values: [] })
}
