// Locks between processes that the operating system drops when their holder dies, even by kill -9.
//
// A lock file with a process id in it goes stale, and ids are reused. The kernel's file locks do neither, and the one
// thing in Node's standard library that takes them is SQLite: an empty database serves as the lock.
import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** A lock that is held until it is released or this process ends. */
export interface FileLock {
  release(): void
}

/** Any number of `shared` holders, or one `exclusive` holder and nobody else. */
export type LockMode = 'shared' | 'exclusive'

const takeLock: Record<LockMode, string> = {
  shared: 'BEGIN; SELECT 1 FROM sqlite_schema',
  exclusive: 'BEGIN EXCLUSIVE',
}
const sqliteBusy = 5

/**
 * Takes the lock on `file` (created when missing, readable by its owner only) without waiting.
 * Undefined when another holder is in the way; file errors are thrown.
 */
export function tryFileLock(file: string, mode: LockMode): FileLock | undefined {
  createForOwnerOnly(file)
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec(takeLock[mode])
  } catch (error) {
    database.close()
    if (isBusy(error)) return undefined
    throw error
  }
  return { release: () => database.close() }
}

/** Whoever can read a file can lock it. 'wx' opens no existing file: closing it would drop this process's locks. */
function createForOwnerOnly(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy
}
