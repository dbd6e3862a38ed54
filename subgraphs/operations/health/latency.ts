import { durationsOf, type Durations } from '#domain/deal-progress.ts'
import type { SubgraphName } from '#platform/config.ts'
import { readConsumerLatency, readLogLatency } from '#platform/log/latency-store.ts'
import type { ReplayTarget } from '../replays/replay.ts'

/** How long events take on their way, and where they wait. */
interface MessageLatency {
  readonly sources: readonly SourceLatency[]
  readonly consumers: readonly ConsumerLatency[]
}

interface SourceLatency {
  readonly source: SubgraphName
  readonly published: bigint
  readonly publishSeconds: Durations
  readonly unpublished: number
  readonly oldestUnpublishedSeconds: number | null
}

interface ConsumerLatency {
  readonly name: string
  readonly subgraph: SubgraphName
  readonly source: SubgraphName
  readonly pending: bigint
  readonly oldestPendingSeconds: number | null
  readonly setAside: number
}

/** Looks at the logs of all subgraphs, and at whoever follows them. */
export async function readLatency(
  targets: readonly Pick<ReplayTarget, 'db' | 'subgraph'>[],
  now: Temporal.Instant,
): Promise<MessageLatency> {
  const names = targets.map(({ subgraph }) => subgraph)
  const sources = await Promise.all(
    targets.map(async ({ db, subgraph: source }): Promise<SourceLatency> => {
      const { head, publishSeconds, unpublished, unpublishedSince } = await readLogLatency(db, source)
      return {
        source,
        published: head,
        publishSeconds: durationsOf(publishSeconds),
        unpublished,
        oldestUnpublishedSeconds: secondsSince(unpublishedSince, now),
      }
    }),
  )
  const consumers = await Promise.all(
    targets.map(async ({ db, subgraph }) =>
      (await readConsumerLatency(db, subgraph, names)).map(
        ({ pendingSince, ...consumer }): ConsumerLatency => ({
          ...consumer,
          subgraph,
          oldestPendingSeconds: secondsSince(pendingSince, now),
        }),
      ),
    ),
  )
  return { sources, consumers: consumers.flat() }
}

/** Whole seconds; clocks of two machines may differ: nothing takes less than no time. */
export const secondsBetween = (instant: Temporal.Instant, now: Temporal.Instant): number =>
  Math.max(0, Math.round(instant.until(now).total('seconds')))

/** The same; null since never. */
export const secondsSince = (instant: Temporal.Instant | null, now: Temporal.Instant): number | null =>
  instant && secondsBetween(instant, now)
