import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '#platform/database.ts'
import { migrate } from '#platform/migrate.ts'
import { startPostgres } from '#platform/postgres/start.ts'
import { STORED_SUBGRAPHS, SUBGRAPHS_FOLDER } from '#subgraphs/stored.ts'
import { withDatabase } from './database-url.ts'
import { silentLog } from './log.ts'

const TEMPLATE = 'revgraph_template'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { serverUrl: string; template: string }
  }
}

/** Lets the account that the server runs as through: otherwise, for root, the data would lie outside the home. */
const ENTERABLE = 0o711

/** Starts one PostgreSQL for the whole run, with a migrated database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'revgraph-test-'))
  await chmod(home, ENTERABLE)
  const postgres = await startPostgres({ home, log: silentLog })
  const tearDown = async (): Promise<void> => {
    await postgres.stop()
    await rm(home, { recursive: true })
  }
  try {
    await makeTemplate(postgres.url)
  } catch (error) {
    await tearDown()
    throw error
  }
  project.provide('postgres', { serverUrl: postgres.url, template: TEMPLATE })
  return tearDown
}

async function makeTemplate(serverUrl: string): Promise<void> {
  const server = openDatabase({ url: serverUrl, maxConnections: 1, log: silentLog })
  await server.rows({ text: `CREATE DATABASE ${TEMPLATE}`, values: [] })
  await server.close()

  const template = openDatabase({ url: withDatabase(serverUrl, TEMPLATE), maxConnections: 1, log: silentLog })
  await migrate(template, STORED_SUBGRAPHS, SUBGRAPHS_FOLDER)
  await template.close()
}
