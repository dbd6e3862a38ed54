import type { SubgraphName } from '#platform/config.ts'
import type { LoggedEvent } from './event.ts'
import type { Positions } from './positions.ts'

/** A stretch of one source's log that was looked at for a page. */
export interface Stretch {
  readonly source: SubgraphName
  /** What of it the reader wants, in order of position. */
  readonly wanted: readonly LoggedEvent[]
  /** The last position that was looked at. */
  readonly end: bigint
  /** When the last event that was looked at was published, where the log goes on behind it. */
  readonly goesOnFrom: Temporal.Instant | undefined
}

/** A page over several logs. */
export interface MergedPage {
  readonly events: readonly LoggedEvent[]
  /** Where the page ends in each log. */
  readonly end: Positions
  readonly hasNextPage: boolean
}

/**
 * Merges stretches of several logs into one page. Each source keeps its order, whatever the clocks said: at every step
 * the source whose next event was published first gives it. Nothing is taken that was published after the end of a
 * stretch which was cut off, since events of that source that belong before it may not have been looked at.
 */
export function mergeStretches(stretches: readonly Stretch[], after: Positions, size: number): MergedPage {
  const cuts = stretches.flatMap(({ goesOnFrom }) => goesOnFrom ?? [])
  const horizon = cuts.toSorted((a, b) => Temporal.Instant.compare(a, b))[0]
  const taken = new Map(stretches.map(({ source }) => [source, 0]))
  const next = ({ source, wanted }: Stretch): LoggedEvent | undefined => {
    const event = wanted[taken.get(source) ?? 0]
    const isBeyond = event && horizon && Temporal.Instant.compare(event.publishedAt, horizon) > 0
    return isBeyond ? undefined : event
  }
  const events: LoggedEvent[] = []
  while (events.length < size) {
    const earliest = stretches
      .flatMap((stretch) => next(stretch) ?? [])
      .reduce<LoggedEvent | undefined>(
        (first, event) => (first && !isBefore(event, first) ? first : event),
        undefined,
      )
    if (earliest === undefined) break
    events.push(earliest)
    taken.set(earliest.source, (taken.get(earliest.source) ?? 0) + 1)
  }
  const isTaken = ({ source, wanted }: Stretch): boolean => taken.get(source) === wanted.length
  const endOf = (stretch: Stretch): bigint => {
    if (isTaken(stretch)) return stretch.end
    const count = taken.get(stretch.source) ?? 0
    return stretch.wanted[count - 1]?.position ?? after.get(stretch.source) ?? 0n
  }
  return {
    events,
    end: new Map([...after, ...stretches.map((stretch) => [stretch.source, endOf(stretch)] as const)]),
    hasNextPage: stretches.some((stretch) => !isTaken(stretch) || stretch.goesOnFrom !== undefined),
  }
}

const isBefore = (a: LoggedEvent, b: LoggedEvent): boolean =>
  Temporal.Instant.compare(a.publishedAt, b.publishedAt) < 0
