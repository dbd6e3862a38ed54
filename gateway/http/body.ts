import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

import { refuse, RequestError } from '../errors.ts'

/**
 * Reads a request's body as text, unpacked where it is gzip. Reading stops at the limit, which counts what is
 * unpacked: a small body that would become a large one is never held.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return collect(request, maxBytes)
  if (encoding !== 'gzip') refuse('UNSUPPORTED_MEDIA_TYPE', 'Send the request as it is or with gzip.')
  // What fails on the way fails where it is read.
  return collect(
    pipeline(request, createGunzip(), () => undefined),
    maxBytes,
  )
}

async function collect(stream: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > maxBytes) refuse('PAYLOAD_TOO_LARGE', `The body has more than ${maxBytes} bytes.`)
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof RequestError) throw error
    return refuse('BAD_REQUEST', 'The body ended early or cannot be unpacked.')
  }
  return Buffer.concat(chunks, bytes).toString('utf8')
}
