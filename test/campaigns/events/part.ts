/** What the processes of the events campaign share: where the servers are, and a record that survives a `kill -9`. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { type Database, openDatabase } from '#platform/database.ts'
import { roleOf } from '#platform/migrate.ts'
import { silentLog } from '#test/support/log.ts'

/** What a process is told at its start. */
export interface Part {
  readonly databaseUrl: string
  readonly redisUrl: string
  /** The file that holds the process's own record of what it did or saw. */
  readonly record: string
  readonly name: string
  readonly seed: number
}

/** The part that this process was given. */
export const readPart = (): Part => JSON.parse(process.argv[2] ?? '{}') as Part

/** Opens the store of a subgraph with as few connections as the part can do with. */
export const openStore = ({ databaseUrl }: Part, subgraph: string, maxConnections = 2): Database =>
  openDatabase({ url: databaseUrl, role: roleOf(subgraph), maxConnections, log: silentLog })

/** Adds a line to the record, at once. */
export const note = ({ record }: Part, line: string): void => appendFileSync(record, `${line}\n`)

/** The lines of a record; one that a kill cut off is left out. */
export function readRecord(record: string): string[] {
  if (!existsSync(record)) return []
  return readFileSync(record, 'utf8').split('\n').slice(0, -1)
}

/** A lost connection is what the campaign is about: the part goes on. */
process.on('unhandledRejection', (error) => process.stderr.write(`${String(error)}\n`))
