import type { Recorded } from './entity.ts'

type Subgraph = 'crm' | 'billing' | 'erp' | 'insight' | 'operations'

/** One consumer's part of a replay, as it was counted. */
export interface OrderedConsumer {
  readonly subgraph: Subgraph
  readonly name: string
  /** Whose events it takes; not there of a replay that was asked for before this was kept. */
  readonly source?: Subgraph
  readonly wouldApply: bigint
  readonly wouldSkip: bigint
  /** The replay of the subgraph that does it; null in a dry run. */
  readonly replayId: string | null
}

/** A replay that somebody asked for, or a dry run of one. */
export interface ReplayOrder extends Recorded {
  readonly id: string
  readonly mode: 'REDELIVER' | 'REBUILD_PROJECTION'
  /** Hash of what was asked for, the same for a dry run and for what follows it. */
  readonly question: string
  readonly isDryRun: boolean
  readonly eventCount: bigint
  readonly consumers: readonly OrderedConsumer[]
  readonly reason: string
  readonly requestedBy: string
  readonly requestedAt: Temporal.Instant
  /** Who had it end early; null while nobody did. */
  readonly cancelledBy: string | null
  readonly cancelReason: string | null
}

/** What happened to a replay, in the past tense. */
export const replayEvent = (before: ReplayOrder | undefined, after: ReplayOrder): string =>
  before !== undefined ? 'cancelled' : after.isDryRun ? 'counted' : 'requested'
