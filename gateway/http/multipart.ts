import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

import type { PartSpec } from '../answer/payloads.ts'
import type { RequestContext } from '../request.ts'

/** What follows the boundary is a part, or the end: a client knows at once that the part before is whole. */
const BOUNDARY = '\r\n---'
const END = '--\r\n'
const PART_HEAD = '\r\ncontent-type: application/json; charset=utf-8\r\n\r\n'

/**
 * The form of parts that a client accepts, if any. Where it accepts multipart but names no form, it gets the older
 * one, which more clients read.
 */
export function acceptedParts(accept: string | undefined): PartSpec | undefined {
  if (!accept?.includes('multipart/mixed')) return undefined
  for (const range of accept.split(',')) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().replaceAll('"', ''))
    if (type !== 'multipart/mixed' || parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) continue
    const spec = parameters.find((parameter) => /^\w+Spec=/.test(parameter))
    if (spec === undefined || spec === 'deferSpec=20220824') return 'deferSpec=20220824'
    if (spec === 'incrementalSpec=v0.2') return spec
  }
  return undefined
}

/** What is sent in parts, and to whom. */
interface Parts {
  readonly first: string
  readonly later: AsyncIterable<string>
  readonly partSpec: PartSpec
  readonly context: RequestContext
}

/**
 * Sends the payloads of an answer as they come, each as a part. A client that reads slowly is waited for, within
 * bounds; one that leaves, or is left, aborts the signal.
 */
export async function sendParts(
  response: ServerResponse,
  { first, later, partSpec, context }: Parts,
): Promise<void> {
  response.writeHead(200, {
    'content-type': `multipart/mixed; boundary="-"; ${partSpec}`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  try {
    await pipeline(partsOf(first, later), response)
  } catch (error) {
    if (!context.signal.aborted) throw error
  }
}

async function* partsOf(first: string, later: AsyncIterable<string>): AsyncGenerator<string, void> {
  yield `${BOUNDARY}${PART_HEAD}${first}${BOUNDARY}`
  for await (const payload of later) yield `${PART_HEAD}${payload}${BOUNDARY}`
  yield END
}
