// The embedded PostgreSQL: a real server for a machine that has none, started with the product and stopped with it.
//
// Every process that uses the server of a home holds a shared lock; the last one to stop shuts the server down, so it
// does not matter who started it. A process that is killed loses its lock but leaves the server running; the next one
// joins it. A second lock, the gate, is held while somebody starts or stops, so that two first starts make one store.
import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { tryFileLock, type FileLock } from './file-lock.ts'
import type { Log } from '#platform/log.ts'
import { PostgresError, errorFromSystem } from './errors.ts'
import { joinOrLaunch } from './launch.ts'
import { openPlace, type Place } from './place.ts'
import { boundLog, readPostmaster, shutDown } from './process.ts'

export interface PostgresOptions {
  /** The folder of the installation; the server's files lie in its `postgres` (see place.ts). */
  readonly home: string
  readonly log: Log
}

/** A server that is ready for connections. */
export interface RunningPostgres {
  /** With the superuser's password: not for logs. */
  readonly url: string
  /** Whether the server was already running. */
  readonly adopted: boolean
  /** Ends our use of the server and, if nobody else uses it, the server. Throws PostgresError. */
  stop(): Promise<void>
}

const gateTimeoutMs = 180_000
const gatePollMs = 20
const logCheckMs = 60_000

/**
 * Starts the server of a home, or joins the one that runs: after a crash of ours, or beside another process of ours.
 * Throws PostgresError, whose message names the folder concerned.
 */
export async function startPostgres({ home, log }: PostgresOptions): Promise<RunningPostgres> {
  try {
    const place = await openPlace(home)
    return await behindGate(place, async () => await useServer(place, log))
  } catch (error) {
    throw errorFromSystem(home, error)
  }
}

/** Does what only one process may do at a time. */
async function behindGate<Result>(place: Place, work: () => Promise<Result>): Promise<Result> {
  const gate = await enterGate(place)
  try {
    return await work()
  } finally {
    gate.release()
  }
}

async function enterGate(place: Place): Promise<FileLock> {
  for (let waitedMs = 0; waitedMs < gateTimeoutMs; waitedMs += gatePollMs) {
    const gate = tryFileLock(place.gateLock, 'exclusive')
    if (gate !== undefined) return gate
    await sleep(gatePollMs)
  }
  throw new PostgresError(
    'LOCKED',
    `Another process has been starting or stopping PostgreSQL in ${place.folder} for ${gateTimeoutMs} ms`,
  )
}

async function useServer(place: Place, log: Log): Promise<RunningPostgres> {
  const use = tryFileLock(place.usersLock, 'shared')
  if (use === undefined) throw new PostgresError('LOCKED', `${place.usersLock} is locked by a stranger`)
  try {
    const { url, port, adopted } = await joinOrLaunch(place, log)
    await writeFile(place.port, String(port))
    log.info({ folder: place.folder, port, adopted }, 'PostgreSQL is ready')
    return { url, adopted, stop: stopOnce(place, use, log) }
  } catch (error) {
    await leaveServer(place, use, log)
    throw error
  }
}

function stopOnce(place: Place, use: FileLock, log: Log): () => Promise<void> {
  const logCheck = setInterval(
    () => void boundLog(place.log).catch((error: unknown) => log.error(error)),
    logCheckMs,
  )
  logCheck.unref()
  let stopped: Promise<void> | undefined
  const stop = async () => {
    clearInterval(logCheck)
    await behindGate(place, async () => await leaveServer(place, use, log))
  }
  return () => (stopped ??= stop())
}

/** The last one to leave shuts the server down. */
async function leaveServer(place: Place, use: FileLock, log: Log): Promise<void> {
  use.release()
  const alone = tryFileLock(place.usersLock, 'exclusive')
  if (alone === undefined) return log.info('PostgreSQL goes on running: another process uses it')
  try {
    const server = await readPostmaster(place.data)
    if (server !== undefined) await shutDown(place.data, server.pid)
  } finally {
    alone.release()
  }
}
