import { once } from 'node:events'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { UsageError } from './command.ts'

/** Takes a piece; resolves when there is room for the next, so that nothing piles up before a slow reader. */
export type Write = (piece: string | Uint8Array) => Promise<void>

/** Writes to the standard output. A reader that has seen enough and goes away ends the work, and is no failure. */
export async function writeToOutput(
  work: (write: Write) => Promise<unknown>,
  out: Writable = process.stdout,
): Promise<void> {
  // Heard for as long as we write: the loss of the reader would end the process otherwise.
  out.on('error', () => {})
  try {
    await work(writerOf(out))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  }
}

/** Writes to a file, which has its name once it is whole; if that fails nothing is left of it. */
export async function writeToFile<Result>(
  path: string,
  work: (write: Write) => Promise<Result>,
): Promise<Result> {
  const part = `${path}.part`
  const file = await create(part)
  const out = file.createWriteStream()
  // Told by the next write, or by the end.
  out.on('error', () => {})
  try {
    const result = await work(writerOf(out))
    await new Promise<void>((resolve, reject) => {
      out.once('close', () => (out.errored === null ? resolve() : reject(out.errored)))
      out.end()
    })
    await rename(part, path)
    return result
  } catch (error) {
    out.destroy()
    await rm(part, { force: true })
    throw error
  }
}

async function create(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w')
  } catch (cause) {
    throw new UsageError(`Cannot write ${path} (${(cause as Error).message}).`)
  }
}

function writerOf(out: Writable): Write {
  return async (piece) => {
    if (out.errored) throw out.errored
    if (piece.length > 0 && !out.write(piece)) await once(out, 'drain')
  }
}
