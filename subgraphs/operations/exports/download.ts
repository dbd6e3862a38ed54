import type { Clock } from '#platform/clock.ts'
import type { Queryable } from '#platform/database.ts'
import { readExport, readExportPart } from '../export-store.ts'
import { exportsKeptSince } from './desk.ts'

/** A file that is whole. */
export interface ExportFile {
  readonly name: string
  readonly contentType: string
  readonly bytes: number
  /** Bytes from one up to another one, both included. */
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  CSV: 'text/csv; charset=utf-8',
  PARQUET: 'application/vnd.apache.parquet',
}

/** The file that a token gives access to; null where there is none, or it is not whole. */
export async function findExportFile(db: Queryable, clock: Clock, token: string): Promise<ExportFile | null> {
  const made = await readExport(db, 'token', token, exportsKeptSince(clock.now()))
  if (made?.status !== 'DONE') return null
  const { id, view, format, bytes } = made
  return {
    name: `${view}.${format.toLowerCase()}`,
    contentType: CONTENT_TYPES[format] ?? 'application/octet-stream',
    bytes: Number(bytes),
    read: (from, to) => readBytes(db, id, from, to),
  }
}

async function* readBytes(db: Queryable, id: string, from: number, to: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at <= to;) {
    const part = await readExportPart(db, id, BigInt(at))
    if (part === null) throw new Error(`A part of ${id} is missing`)
    const begin = at - Number(part.fromByte)
    const piece = part.content.subarray(begin, begin + (to - at) + 1)
    if (piece.length === 0) throw new Error(`A part of ${id} is missing`)
    yield piece
    at += piece.length
  }
}
