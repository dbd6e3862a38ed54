import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { type Database, openDatabase, type Statement } from '#platform/database.ts'
import { roleOf } from '#platform/migrate.ts'
import { STORED_SUBGRAPHS } from '#subgraphs/stored.ts'
import { withDatabase } from './database-url.ts'
import { checkEventContracts } from './event-contracts.ts'
import { silentLog } from './log.ts'

/** A database of its own for one test file: a copy of the migrated template. */
export interface TestDatabase {
  readonly url: string
  /** Sees everything: for looking at what was written. */
  readonly owner: Database
  /** As a subgraph works with it: under its own role. */
  readonly of: (subgraph: string) => Database
  /** Every statement that ran through `of` since the last `reset`. */
  readonly statements: Statement[]
  /** Empties the subgraphs' tables and the list of statements, once their events are found to meet their contracts. */
  readonly reset: () => Promise<void>
  readonly close: () => Promise<void>
}

const MAX_CONNECTIONS = 12

/** Copies the template that `test/support/global-setup.ts` migrated: a fraction of a second. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const { serverUrl, template } = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const server = open(serverUrl)
  await server.rows({ text: `CREATE DATABASE ${name} TEMPLATE ${template}`, values: [] })

  const url = withDatabase(serverUrl, name)
  const owner = open(url)
  const statements: Statement[] = []
  const opened = new Map<string, Database>()
  const of = (subgraph: string): Database => {
    const database =
      opened.get(subgraph) ?? open(url, roleOf(subgraph), (statement) => statements.push(statement))
    opened.set(subgraph, database)
    return database
  }
  return {
    url,
    owner,
    of,
    statements,
    reset: async () => {
      await checkEventContracts(owner)
      await emptyTables(owner)
      statements.length = 0
    },
    close: async () => {
      await checkEventContracts(owner)
      await Promise.all([...opened.values(), owner].map((database) => database.close()))
      await server.rows({ text: `DROP DATABASE ${name} WITH (FORCE)`, values: [] })
      await server.close()
    },
  }
}

function open(url: string, role?: string, onStatement?: (statement: Statement) => void): Database {
  return openDatabase({
    url,
    maxConnections: MAX_CONNECTIONS,
    log: silentLog,
    ...(role === undefined ? {} : { role }),
    ...(onStatement === undefined ? {} : { onStatement }),
  })
}

async function emptyTables(owner: Database): Promise<void> {
  const tables = await owner.rows<{ name: string }>({
    text: `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname = ANY($1) AND tablename NOT IN ('relay', 'duty')`,
    values: [STORED_SUBGRAPHS],
  })
  await owner.rows({ text: `TRUNCATE ${tables.map(({ name }) => name).join(', ')}`, values: [] })
  for (const subgraph of STORED_SUBGRAPHS)
    await owner.rows({ text: `UPDATE ${subgraph}.relay SET head = 0`, values: [] })
}
