/** A PostgreSQL of its own, what nodes run, and the database that every world of the campaign begins as. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mergeFacts } from '#domain/facts.ts'
import { systemClock } from '#platform/clock.ts'
import { openDatabase } from '#platform/database.ts'
import { migrate, roleOf } from '#platform/migrate.ts'
import { startPostgres } from '#platform/postgres/start.ts'
import { createRecordFacts } from '#product.ts'
import { STORED_SUBGRAPHS, SUBGRAPHS_FOLDER } from '#subgraphs/stored.ts'
import { openingFacts } from '#test/erp/books.ts'
import { withDatabase } from '#test/support/database-url.ts'
import { silentLog } from '#test/support/log.ts'
import { bundleNode } from './bundle.ts'
import type { Program } from './crew.ts'
import { catalogueFacts } from './orders.ts'
import { NOTE_TAKINGS } from './takings.ts'
import { meteredCatalogue } from './usage.ts'

export interface Ground {
  readonly folder: string
  readonly program: Program
  /** Of the server. */
  readonly url: string
  /** Makes a database with opened books and nothing in them; gives its address. */
  readonly cloneDatabase: (name: string) => Promise<string>
  readonly restartPostgres: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Lets the account that the server runs as through. */
const ENTERABLE = 0o711
const TEMPLATE = 'campaign_template'

export async function openGround(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'revgraph-campaign-'))
  await chmod(folder, ENTERABLE)
  let postgres = await startPostgres({ home: folder, log: silentLog })
  const { url } = postgres
  const askServer = async (text: string): Promise<void> => {
    const server = openDatabase({ url, maxConnections: 1, log: silentLog })
    await server.rows({ text, values: [] })
    await server.close()
  }
  await askServer(`CREATE DATABASE ${TEMPLATE}`)
  await openBooks(withDatabase(url, TEMPLATE))
  const program = { path: await bundleNode(join(folder, 'program')), cache: join(folder, 'compiled') }
  return {
    folder,
    program,
    url,
    cloneDatabase: async (name) => {
      await askServer(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
      return withDatabase(url, name)
    },
    restartPostgres: async () => {
      await postgres.stop()
      postgres = await startPostgres({ home: folder, log: silentLog })
    },
    close: async () => {
      await postgres.stop()
      await rm(folder, { recursive: true })
    },
  }
}

/** Opens one for some work. */
export async function onGround<Result>(work: (ground: Ground) => Promise<Result>): Promise<Result> {
  const ground = await openGround()
  try {
    return await work(ground)
  } finally {
    await ground.close()
  }
}

async function openBooks(url: string): Promise<void> {
  const owner = openDatabase({ url, maxConnections: 1, log: silentLog })
  await migrate(owner, STORED_SUBGRAPHS, SUBGRAPHS_FOLDER)
  await owner.transaction(({ rows }) => rows({ text: NOTE_TAKINGS, values: [] }))
  const opened = STORED_SUBGRAPHS.map(
    (subgraph) =>
      [subgraph, openDatabase({ url, role: roleOf(subgraph), maxConnections: 1, log: silentLog })] as const,
  )
  const databases = new Map<string, (typeof opened)[number][1]>(opened)
  const of = (subgraph: string) => {
    const database = databases.get(subgraph)
    if (database === undefined) throw new RangeError(`${subgraph} keeps nothing`)
    return database
  }
  await createRecordFacts(
    of,
    systemClock,
    'campaign',
  )(mergeFacts([openingFacts(), catalogueFacts(), meteredCatalogue]))
  await Promise.all([owner, ...databases.values()].map((database) => database.close()))
}
