import { SUBGRAPHS, type SubgraphName } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import { publicError } from '#platform/errors.ts'
import { sourceName } from '#platform/graphql.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import { eventFilter } from '#platform/log/filter.ts'
import { mergeStretches, type Stretch } from '#platform/log/merge.ts'
import { type Positions, readPositions, refuseExpired, writePositions } from '#platform/log/positions.ts'
import { type LogBounds, readBounds, readLog } from '#platform/log/read.ts'
import { PAGE_SIZE } from '#platform/page.ts'
import type { QueryEventsArgs } from '#schema/operations.generated.ts'

/** A page as its resolvers get it. */
export interface EventPage {
  readonly nodes: readonly LoggedEvent[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string
  }
}

/** Events of one source that are looked at for one page, where a filter leaves some of them out. */
const MAX_EXAMINED = 1_000

/**
 * A page of the log over all subgraphs. CURSOR_INVALID and CURSOR_EXPIRED for a cursor that leads nowhere,
 * BAD_USER_INPUT for sizes and filters that cannot be.
 */
export async function readEvents(
  db: Queryable,
  { after: cursor, first, filter }: QueryEventsArgs,
): Promise<EventPage> {
  if (first < PAGE_SIZE.min || first > PAGE_SIZE.max)
    throw publicError(
      'BAD_USER_INPUT',
      `"first" of events must be from ${PAGE_SIZE.min} to ${PAGE_SIZE.max}.`,
    )
  const sources = sourcesOf(filter?.sources)
  const logs = await Promise.all(
    SUBGRAPHS.map(async (source) => ({ source, bounds: await readBounds(db, source) })),
  )
  const after = typeof cursor === 'string' ? readPositions(cursor, SUBGRAPHS) : beginningOf(logs)
  const stretches = await Promise.all(
    logs
      .filter(({ source }) => sources.includes(source))
      .map((log) => readStretch(db, { ...log, after: after.get(log.source) ?? 0n, first, filter })),
  )
  const { events, end, hasNextPage } = mergeStretches(stretches, after, first)
  const [earliest] = events
  return {
    nodes: events,
    pageInfo: {
      hasNextPage,
      hasPreviousPage: typeof cursor === 'string',
      startCursor:
        earliest === undefined
          ? null
          : writePositions(new Map([...after, [earliest.source, earliest.position]])),
      endCursor: writePositions(end),
    },
  }
}

type Filter = QueryEventsArgs['filter']

/** Before the oldest event that is kept of each log. */
const beginningOf = (logs: readonly { source: SubgraphName; bounds: LogBounds }[]): Positions =>
  new Map(logs.map(({ source, bounds }) => [source, bounds.oldest - 1n]))

/** One source, from where and for how large a page it is read. */
interface StretchOptions {
  readonly source: SubgraphName
  readonly bounds: LogBounds
  readonly after: bigint
  readonly first: number
  readonly filter: Filter
}

/** Conditions that PostgreSQL does not check. */
const THINNING = ['customerId', 'aggregateId', 'recordedFrom', 'recordedTo'] as const

/** Bounds are read first: what they say is published is seen by what reads the log afterwards. */
async function readStretch(
  db: Queryable,
  { source, bounds, after, first, filter }: StretchOptions,
): Promise<Stretch> {
  refuseExpired(source, after, bounds)
  const types = filter?.types
  const isWanted = eventFilter(filter)
  const isThinned = THINNING.some((condition) => filter?.[condition])
  const limit = isThinned ? MAX_EXAMINED : first + 1
  const examined = await readLog(db, source, { after, limit, ...(types && { types }) })
  const last = examined.at(-1)
  const isCutOff = examined.length === limit
  const reached = last === undefined ? after : last.position
  return {
    source,
    wanted: examined.filter(isWanted),
    end: isCutOff || reached > bounds.head ? reached : bounds.head,
    goesOnFrom: isCutOff ? latestOf(examined) : undefined,
  }
}

/** Not always the last one's: PostgreSQL's clock may have been set back. */
const latestOf = (events: readonly LoggedEvent[]): Temporal.Instant | undefined =>
  events
    .map(({ publishedAt }) => publishedAt)
    .toSorted((a, b) => Temporal.Instant.compare(a, b))
    .at(-1)

function sourcesOf(names: readonly string[] | null | undefined): readonly SubgraphName[] {
  if (!names) return SUBGRAPHS
  const unknown = names.find((name) => !SUBGRAPHS.some((source) => sourceName(source) === name))
  if (unknown === undefined) return SUBGRAPHS.filter((source) => names.includes(sourceName(source)))
  throw publicError(
    'BAD_USER_INPUT',
    `There is no source "${unknown}"; there are ${SUBGRAPHS.map(sourceName).join(', ')}.`,
  )
}
