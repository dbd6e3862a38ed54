import { SUBGRAPHS, type SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import { publicError } from '#platform/errors.ts'
import { type LogBounds, readBounds } from './read.ts'

/** A place in the logs of some subgraphs: the last position that a reader has of each. */
export type Positions = ReadonlyMap<SubgraphName, bigint>

/** Tells these cursors from those of lists. */
const PREFIX = 'log'
const MAX_CURSOR_CHARACTERS = 400
const POSITION = /^(\w+)=(\d{1,18})$/

/** The opaque text of a place. */
export function writePositions(positions: Positions): string {
  const parts = [...positions].map(([source, position]) => `${source}=${position}`)
  return Buffer.from([PREFIX, ...parts].join(' ')).toString('base64url')
}

/**
 * The place in the logs of `sources` that a client sent back. A cursor of more sources is good for fewer as well.
 * CURSOR_INVALID for one that is damaged or says nothing of one of them.
 */
export function readPositions(cursor: string, sources: readonly SubgraphName[]): Positions {
  const positions = cursor.length > MAX_CURSOR_CHARACTERS ? undefined : decode(cursor)
  if (positions === undefined)
    throw publicError('CURSOR_INVALID', 'The cursor is damaged: send one back as it was given.')
  return new Map(
    sources.map((source) => {
      const position = positions.get(source)
      if (position !== undefined) return [source, position]
      throw publicError('CURSOR_INVALID', `The cursor is of another log: it says nothing of ${source}.`)
    }),
  )
}

/** The place in one log that a client sent back. CURSOR_INVALID as above. */
export function readPosition(cursor: string, source: SubgraphName): bigint {
  return readPositions(cursor, [source]).get(source) ?? 0n
}

function decode(cursor: string): Positions | undefined {
  const [prefix, ...parts] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (prefix !== PREFIX) return undefined
  const positions = new Map<SubgraphName, bigint>()
  for (const part of parts) {
    const [, name, position = ''] = POSITION.exec(part) ?? []
    const source = SUBGRAPHS.find((subgraph) => subgraph === name)
    if (source === undefined) return undefined
    positions.set(source, BigInt(position))
  }
  return positions
}

/** How a client goes on whose cursor leads nowhere: what it knows and what the graph knows do not meet. */
const START_ANEW =
  'read the state anew, with the request extension {"eventCursor": true}, and go on after extensions.eventCursor'

/**
 * Refuses a position from which nothing can be followed: events behind it are not kept any more, or the log was set
 * back behind it, as by a restored backup. CURSOR_EXPIRED.
 */
export function refuseExpired(source: SubgraphName, position: bigint, { oldest, head }: LogBounds): void {
  if (position < oldest - 1n)
    throw publicError(
      'CURSOR_EXPIRED',
      `Events of ${source} after this cursor are not kept any more: ${START_ANEW}.`,
    )
  if (position > head)
    throw publicError('CURSOR_EXPIRED', `The log of ${source} ends before this cursor: ${START_ANEW}.`)
}

/** Where the logs end now. */
export async function readHeads(db: Queryable, sources: readonly SubgraphName[]): Promise<Positions> {
  const bounds = await Promise.all(sources.map((source) => readBounds(db, source)))
  return new Map(sources.map((source, index) => [source, bounds[index]?.head ?? 0n]))
}
