import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '#platform/database.ts'
import { migrate } from '#platform/migrate.ts'
import { startPostgres } from '#platform/postgres.ts'
import { withDatabase } from './database-url.ts'
import { silentLog } from './log.ts'

const TEMPLATE = 'revgraph_template'
const SUBGRAPH_FOLDER = join(import.meta.dirname, '../../subgraphs')

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { serverUrl: string; template: string }
  }
}

/** Starts one PostgreSQL for the whole run, with a migrated database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'revgraph-test-'))
  const postgres = await startPostgres({ home, log: silentLog })
  const server = openDatabase({ url: postgres.url, maxConnections: 1, log: silentLog })
  await server.rows({ text: `CREATE DATABASE ${TEMPLATE}`, values: [] })
  await server.close()

  const template = openDatabase({
    url: withDatabase(postgres.url, TEMPLATE),
    maxConnections: 1,
    log: silentLog,
  })
  await migrate(template, ['crm', 'billing', 'erp'], SUBGRAPH_FOLDER)
  await template.close()

  project.provide('postgres', { serverUrl: postgres.url, template: TEMPLATE })
  return async () => {
    await postgres.stop()
    await rm(home, { recursive: true })
  }
}
