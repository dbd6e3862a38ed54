import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { BULK_PAGE } from '../document/bulk.ts'
import type { Answer, Execute } from '../engine.ts'
import type { GraphQLParams, RequestContext } from '../request.ts'

/** One JSON text a line, as Shopify's bulk operations and many tools have it. */
export const JSON_LINES = 'application/jsonl'

/** A page of a connection, as its answer has it. */
interface Page {
  readonly rows: readonly unknown[]
  readonly hasNext: boolean
  readonly end: string | null
}

/** What is read in bulk, and for whom. */
export interface Bulk {
  readonly params: GraphQLParams
  readonly context: RequestContext
  readonly execute: Execute
}

/**
 * Sends all rows of a connection, a line each: page by page, each a request of its own with the limits of any, read
 * when the client has taken the one before. Gives the refusal instead where the request is refused. Where anything of a
 * page fails, none of its rows is sent: the last line has the errors, and after which cursor to go on.
 */
export async function sendLines(response: ServerResponse, bulk: Bulk): Promise<Answer | undefined> {
  const first = await readPage(bulk, null)
  if ('body' in first && first.isRefusal) return first
  response.writeHead(200, {
    'content-type': JSON_LINES,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  try {
    await pipeline(Readable.from(linesOf(first, bulk)), response)
  } catch (error) {
    if (!bulk.context.signal.aborted) throw error
  }
  return undefined
}

async function* linesOf(first: Page | Answer, bulk: Bulk): AsyncGenerator<string, void> {
  let resumeAfter: string | null = null
  // Ends: every page begins after the one before.
  for (let page = first; ; page = await readPage(bulk, resumeAfter)) {
    if ('body' in page) {
      const { errors } = JSON.parse(page.body) as { errors: unknown }
      yield `${JSON.stringify({ errors, extensions: { resumeAfter } })}\n`
      return
    }
    if (page.rows.length > 0) yield page.rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    if (!page.hasNext || page.end === null) return
    resumeAfter = page.end
  }
}

/** One page in a scope of its own; the answer itself where anything of it failed. */
async function readPage(
  { params, context, execute }: Bulk,
  bulkAfter: string | null,
): Promise<Page | Answer> {
  const answer = await execute({ ...params, bulkAfter }, { ...context })
  const { data, errors } = JSON.parse(answer.body) as {
    data?: Record<string, Record<string, unknown> | null> | null
    errors?: unknown
  }
  const [connection] = Object.values(data ?? {})
  if (errors !== undefined || !connection) return answer
  const { [BULK_PAGE]: info, ...selected } = connection
  const { hasNextPage, endCursor } = info as { hasNextPage: boolean; endCursor: string | null }
  const [rows] = Object.values(selected)
  return { rows: rows as readonly unknown[], hasNext: hasNextPage, end: endCursor }
}
