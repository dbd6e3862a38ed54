// The database in the running server: made on the first start, and asked for on each, since only an answer shows that
// the server serves.
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { clusterUser, serverHost } from './cluster.ts'
import { PostgresError } from './errors.ts'
import type { Place } from './place.ts'
import { isServerOf, type Postmaster } from './process.ts'

const database = 'revgraph'
const connectTimeoutMs = 5_000
const maxAttempts = 60
const retryMs = 500

/** The server is being shut down, or recovers from the crash of a session: both pass. */
const passingCodes = new Set(['57P01', '57P02', '57P03'])

/**
 * The address of the database, which is made when missing; undefined if the server ends meanwhile.
 * Throws FAILED or TIMED_OUT.
 */
export async function openDatabase(place: Place, server: Postmaster): Promise<string | undefined> {
  const password = await readFile(place.password, 'utf8')
  const address = `postgres://${clusterUser}:${password}@${serverHost}:${server.port}`
  // Drivers take the folder of a socket for the host.
  const socket = server.socketFolder === '' ? '' : `?host=${encodeURIComponent(server.socketFolder)}`
  const urlOf = (name: string) => `${address}/${name}${socket}`
  for (let attempt = 1; ; attempt += 1) {
    try {
      await createDatabaseIfMissing(urlOf('postgres'))
      return urlOf(database)
    } catch (error) {
      if (!mayPass(error)) throw unanswered('FAILED', place, server, error)
      if (attempt === maxAttempts) throw unanswered('TIMED_OUT', place, server, error)
    }
    await sleep(retryMs)
    if (!isServerOf(place.data, server.pid)) return undefined
  }
}

async function createDatabaseIfMissing(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs })
  try {
    await client.connect()
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${database}`)
  } finally {
    await client.end()
  }
}

/** A broken connection, too, can be that of a server that is just ending. */
function mayPass(error: unknown): boolean {
  return !(error instanceof DatabaseError) || passingCodes.has(error.code ?? '')
}

function unanswered(
  code: 'FAILED' | 'TIMED_OUT',
  place: Place,
  server: Postmaster,
  cause: unknown,
): PostgresError {
  const message = `PostgreSQL (process ${server.pid}) runs in ${place.folder} but does not serve: ${String(cause)}`
  return new PostgresError(code, message, { cause })
}
