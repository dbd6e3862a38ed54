// The PostgreSQL processes: how they are run, what the running one says about itself, how it is stopped.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { copyFile, open, readFile, stat, statfs, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PostgresError, errorFromFailure, hasCode } from './errors.ts'
import { exists, readIfExists, type Place } from './place.ts'

/** What a running server writes about itself into postmaster.pid. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  /** The folder of its Unix socket; empty if it has none. */
  readonly socketFolder: string
  /** 'starting' (recovery too), 'ready' or 'stopping'. */
  readonly status: string
}

/** PostgreSQL's "fast" shutdown (sessions end, a checkpoint is written), then its "immediate" one (recovery later). */
const stopSteps = [
  { signal: 'SIGINT', timeoutMs: 30_000 },
  { signal: 'SIGQUIT', timeoutMs: 10_000 },
] as const
const pollMs = 10
const maxLogBytes = 8 * 1024 * 1024
const logTailBytes = 4096

/** Starts a program of PostgreSQL as the server's account, its output going to the log. Throws FAILED. */
export async function run(program: string, args: readonly string[], place: Place): Promise<ChildProcess> {
  const output = await open(place.log, 'a', 0o600)
  try {
    const child = spawn(program, args, {
      cwd: place.folder,
      // A group of its own: the Ctrl-C that asks us to stop must not reach the server before we have finished.
      detached: true,
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', output.fd, output.fd],
      ...(place.account && { uid: place.account.uid, gid: place.account.gid }),
    })
    child.unref()
    await once(child, 'spawn')
    return child
  } catch (error) {
    const who = place.account === undefined ? '' : ` as ${place.account.name}`
    throw new PostgresError('FAILED', `${program} cannot be run${who} in ${place.folder}: ${String(error)}`, {
      cause: error,
    })
  } finally {
    await output.close()
  }
}

/** Whether a process that we started has ended. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Waits for a process of ours to end; false after `timeoutMs`. */
export async function untilEnded(child: ChildProcess, timeoutMs: number): Promise<boolean> {
  return await until(() => hasEnded(child), timeoutMs)
}

/** Waits until the server accepts connections; undefined if it ends first. Throws TIMED_OUT. */
export async function untilReady(
  data: string,
  pid: number,
  hasGone: () => boolean,
  timeoutMs: number,
): Promise<Postmaster | undefined> {
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += pollMs) {
    if (hasGone()) return undefined
    const postmaster = await readPostmaster(data)
    if (postmaster?.pid === pid && postmaster.status === 'ready') return postmaster
    await sleep(pollMs)
  }
  throw new PostgresError(
    'TIMED_OUT',
    `PostgreSQL (process ${pid}) in ${data} was not ready in ${timeoutMs} ms`,
  )
}

/** What postmaster.pid says; the process that it names may be long gone. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  return parsePostmaster((await readIfExists(join(data, 'postmaster.pid'))) ?? '')
}

/** The meaning of postmaster.pid; undefined while PostgreSQL is still writing it. */
export function parsePostmaster(text: string): Postmaster | undefined {
  const lines = text.split('\n')
  const [pid, port, socketFolder, status] = [Number(lines[0]), Number(lines[3]), lines[4], lines[7]?.trim()]
  return pid > 0 && port > 0 && socketFolder !== undefined && status
    ? { pid, port, socketFolder, status }
    : undefined
}

/** Whether the process id is in use. */
export function isAlive(pid: number): boolean {
  return sendSignal(pid, 0)
}

/** False when there is no such process; a process that is not ours to signal is one. */
function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if (hasCode(error, 'EPERM')) return true
    if (hasCode(error, 'ESRCH')) return false
    throw error
  }
}

/** Ends a process that we started, and what it started itself. */
export function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined) sendSignal(-child.pid, 'SIGKILL')
}

/**
 * Whether the process is the server of this data folder. Its id alone does not tell: ids are reused after a crash, and
 * a dead server that nobody has reaped keeps its id.
 */
export function isServerOf(data: string, pid: number): boolean {
  return isAlive(pid) && readCommandLine(pid).includes(` -D ${data} `)
}

/** The arguments of a process with a space after each; empty when it has ended. */
function readCommandLine(pid: number): string {
  if (process.platform === 'darwin') {
    return spawnSync('/bin/ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return ''
    throw error
  }
}

/** Stops the server of a data folder and waits until it is gone. Throws TIMED_OUT. */
export async function shutDown(data: string, pid: number): Promise<void> {
  const gone = () => !isServerOf(data, pid)
  for (const { signal, timeoutMs } of stopSteps) {
    if (!gone()) sendSignal(pid, signal)
    if (await until(gone, timeoutMs)) return
  }
  throw new PostgresError('TIMED_OUT', `PostgreSQL (process ${pid}) in ${data} does not stop`)
}

async function until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += pollMs) {
    if (condition()) return true
    await sleep(pollMs)
  }
  return condition()
}

/** Moves the text of a log longer than `maxBytes` to `.1`. The server appends, so it goes on at the new end. */
export async function boundLog(log: string, maxBytes = maxLogBytes): Promise<void> {
  if ((await logBytes(log)) <= maxBytes) return
  await copyFile(log, `${log}.1`)
  await truncate(log)
}

/** How long the log is now: what comes after is what the next program writes. */
export async function logBytes(log: string): Promise<number> {
  return (await exists(log)) ? (await stat(log)).size : 0
}

/** Why a program has given up, from the end of what it wrote to the log after `logStart`. */
export async function explainFailure(
  program: string,
  place: Place,
  logStart: number,
): Promise<PostgresError> {
  const written = await readFile(place.log)
  const output = written.subarray(logStart).subarray(-logTailBytes).toString('utf8')
  const disk = await statfs(place.folder)
  return errorFromFailure({ program, folder: place.folder, output, freeBytes: disk.bavail * disk.bsize })
}
