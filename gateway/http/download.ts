import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A file that never changes under its link. */
export interface Download {
  readonly name: string
  readonly contentType: string
  readonly bytes: number
  /** Bytes from one up to another one, both included. */
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>
}

/** Finds the file that a token gives access to; null where there is none. */
export type FindDownload = (token: string) => Promise<Download | null>

/** Where files are, each under its token. */
export const DOWNLOADS_PATH = '/exports/'

/** One range of bytes [RFC 9110, 14.1.2]. Whoever asks for several, or in other units, gets the whole file. */
const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/

/** Bytes that a client wants; null for all, undefined where there are none of them. */
export function rangeOf(
  header: string | undefined,
  bytes: number,
): { readonly from: number; readonly to: number } | null | undefined {
  const [, first = '', last = ''] = RANGE.exec(header ?? '') ?? []
  if (first === '' && last === '') return null
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first)
  const to = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null
  return from <= to ? { from, to } : undefined
}

/** Sends a file, or the range of it that was asked for, as fast as the client reads. */
export async function sendDownload(
  { method, headers }: Pick<IncomingMessage, 'headers' | 'method'>,
  response: ServerResponse,
  token: string,
  { name, contentType, bytes, read }: Download,
): Promise<void> {
  const tag = `"${token.slice(0, TAG_CHARACTERS)}"`
  response.setHeader('accept-ranges', 'bytes')
  response.setHeader('etag', tag)
  response.setHeader('cache-control', 'private, no-transform')
  response.setHeader('x-content-type-options', 'nosniff')
  const isSame = headers['if-range'] === undefined || headers['if-range'] === tag
  const range = isSame ? rangeOf(headers.range, bytes) : null
  if (range === undefined) {
    response.writeHead(416, { 'content-range': `bytes */${bytes}`, 'content-length': 0 }).end()
    return
  }
  const { from, to } = range ?? { from: 0, to: bytes - 1 }
  response.writeHead(range === null ? 200 : 206, {
    'content-type': contentType,
    'content-length': to - from + 1,
    'content-disposition': `attachment; filename="${name}"`,
    ...(range !== null && { 'content-range': `bytes ${from}-${to}/${bytes}` }),
  })
  if (method === 'HEAD' || to < from) response.end()
  else await pipeline(Readable.from(read(from, to)), response)
}

/** Enough to tell files apart, and too little to read one. */
const TAG_CHARACTERS = 16
