// Gets a PostgreSQL server going in its place: joins the one that runs, or launches one.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#platform/log.ts'
import { createCluster, serverHost } from './cluster.ts'
import { openDatabase } from './database.ts'
import { PostgresError, hasCode, type PostgresErrorCode } from './errors.ts'
import { readIfExists, socketFolderOf, type Place } from './place.ts'
import {
  boundLog,
  explainFailure,
  hasEnded,
  isAlive,
  isServerOf,
  logBytes,
  readPostmaster,
  run,
  shutDown,
  untilReady,
  type Postmaster,
} from './process.ts'
import { findRuntimePackage, installRuntime } from './runtime.ts'

const startTimeoutMs = 120_000
const maxTries = 150
const retryMs = 200
const anyPort = 0
const retriable = new Set<PostgresErrorCode>(['PORT_TAKEN', 'LOCKED'])

const settings: Record<string, string> = {
  // Only on this machine and only with the password.
  listen_addresses: serverHost,
  cluster_name: 'revgraph',
  // Of two nodes, each with its pools for five subgraphs, and of whoever looks in.
  max_connections: '200',
  shared_buffers: '256MB',
  fsync: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The texts of failed statements hold customers' data: they belong to those who sent them, not into a file.
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  // An import fills empty tables: plans that were made for few rows must not outlive a few seconds of it.
  autovacuum_naptime: '5s',
}

/** A server that answers. */
interface Serving {
  readonly url: string
  readonly port: number
  /** Whether it was running before. */
  readonly adopted: boolean
}

/**
 * Joins or launches the server. Call it behind the gate. Throws PostgresError.
 *
 * It takes more than one try when a running server turns out to be ending, when the sessions of a server that was
 * killed hold its lock until they notice, or when a port is taken from under us.
 */
export async function joinOrLaunch(place: Place, log: Log): Promise<Serving> {
  let refusal: PostgresError | undefined
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const running = await joinServer(place)
    const server = running ?? (await launchServer(place, log))
    if (server instanceof PostgresError) {
      if (!retriable.has(server.code)) throw server
      refusal = server
      await removeForeignLock(place, log)
      await sleep(retryMs)
    } else {
      const url = await openDatabase(place, server)
      if (url !== undefined) return { url, port: server.port, adopted: running !== undefined }
    }
  }
  throw refusal ?? new PostgresError('FAILED', `PostgreSQL in ${place.folder} ends as soon as it has started`)
}

async function joinServer(place: Place): Promise<Postmaster | undefined> {
  const server = await readPostmaster(place.data)
  if (server === undefined || !isServerOf(place.data, server.pid)) return undefined
  if (server.status === 'stopping') {
    await shutDown(place.data, server.pid)
    return undefined
  }
  return await untilReady(place.data, server.pid, () => !isServerOf(place.data, server.pid), startTimeoutMs)
}

/** PostgreSQL clears the lock of a dead server itself, but not one whose process id somebody else has got since. */
async function removeForeignLock(place: Place, log: Log): Promise<void> {
  const server = await readPostmaster(place.data)
  if (server === undefined || !isAlive(server.pid) || isServerOf(place.data, server.pid)) return
  log.warn({ folder: place.folder, pid: server.pid }, 'removing a lock whose process is not PostgreSQL')
  await rm(join(place.data, 'postmaster.pid'))
}

/** The server once it is ready; what it wrote, as an error, if it gave up. */
async function launchServer(place: Place, log: Log): Promise<Postmaster | PostgresError> {
  const programs = await installRuntime(await findRuntimePackage(), place.folder)
  await createCluster(place, programs, log)
  await boundLog(place.log)
  const logStart = await logBytes(place.log)
  const port = await choosePort(place)
  const sockets = { unix_socket_directories: socketFolderOf(place.data, port) }
  const options = Object.entries({ ...settings, ...sockets, port }).map(
    ([setting, value]) => `--${setting}=${value}`,
  )
  const child = await run(join(programs, 'postgres'), ['-D', place.data, ...options], place)
  const server = await untilChildReady(place, child)
  if (server === undefined) {
    return await explainFailure('postgres', place, logStart)
  }
  child.once('exit', (code, signal) =>
    log[code === 0 ? 'info' : 'error']({ code, signal }, 'PostgreSQL has ended'),
  )
  return server
}

async function untilChildReady(place: Place, child: ChildProcess): Promise<Postmaster | undefined> {
  const pid = child.pid ?? 0
  try {
    return await untilReady(place.data, pid, () => hasEnded(child), startTimeoutMs)
  } catch (error) {
    await shutDown(place.data, pid)
    throw error
  }
}

/** The port of the last start, so that it stays the same, or another if that one is taken. */
async function choosePort(place: Place): Promise<number> {
  const last = await readIfExists(place.port)
  try {
    return await findPort(Number(last ?? anyPort))
  } catch (error) {
    if (!hasCode(error, 'EADDRINUSE', 'EACCES', 'ERR_SOCKET_BAD_PORT')) throw error
    return await findPort(anyPort)
  }
}

async function findPort(wanted: number): Promise<number> {
  const probe = createServer().listen(wanted, serverHost)
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address !== null ? address.port : wanted
}
