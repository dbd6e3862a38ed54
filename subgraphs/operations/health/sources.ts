import type { WonDeal } from '#domain/deal-progress.ts'

/** A stretch of the deals that were won in a range of days, both included. */
interface DealsAsked {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  /** The last deal of the stretch before; null for the first. */
  readonly after: WonDeal | null
  readonly limit: number
}

/** What the health of processes is read from in the other systems; the composition root says how. */
export interface HealthSources {
  /** Deals with how far they have come, in the order of the days on which they were won, and of their ids. */
  readonly wonDeals: (asked: DealsAsked) => Promise<readonly WonDeal[]>
  /** Documents that the books cannot post, and since when the first of them is known to be so. */
  readonly blockedPostings: () => Promise<{
    readonly count: number
    readonly oldestAt: Temporal.Instant | null
  }>
}
