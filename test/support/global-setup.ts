import { randomInt } from 'node:crypto'
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
    /** Where random examples begin, and how many a property is tried with: null for as many as suit it. */
    properties: { seed: number; runs: number | null }
  }
}

/** Lets the account that the server runs as through: otherwise, for root, the data would lie outside the home. */
const ENTERABLE = 0o711

const MAX_SEED = 2 ** 31

/** PROPERTY_SEED repeats a run, PROPERTY_RUNS makes it longer (`npm run test:properties`). */
function provideProperties(project: TestProject): void {
  const { PROPERTY_SEED: given, PROPERTY_RUNS: wanted } = process.env
  const seed = given === undefined ? randomInt(MAX_SEED) : Number(given)
  const runs = wanted === undefined ? null : Number(wanted)
  project.provide('properties', { seed, runs })
  process.stdout.write(`Properties: ${runs ?? 'some'} examples each, PROPERTY_SEED=${seed} repeats them.\n`)
}

/** Starts one PostgreSQL for the whole run, with a migrated database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  provideProperties(project)
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
