import { reconciliationRules } from '#domain/reconciliation-rules.ts'
import { readConnection } from '#platform/loaders.ts'
import type { Resolvers } from '#schema/operations.generated.ts'
import { secondsSince } from '../health/latency.ts'
import { readLastRun, runList } from '../run-store.ts'
import { type BreakGroup, countBreaks, countDue, readAsOf } from '../reconciliation-store.ts'

/** How far the systems are compared. */
export interface ProgressOf {
  readonly asOf: Temporal.Instant | null
  readonly waiting: number
  readonly breaks: readonly BreakGroup[]
}

/** The queries of how comparing goes. */
export const statusQueries = {
  reconciliationStatus: async (_, __, { db }) => {
    const [asOf, waiting, breaks] = await Promise.all([readAsOf(db), countDue(db), countBreaks(db)])
    return { asOf, waiting, breaks }
  },
  reconciliationRuns: (_, args, { db }) => readConnection(db, runList, args),
} satisfies Resolvers['Query']

const MS_PER_SECOND = 1_000

/** What is told of how comparing goes. */
export const statusResolvers = {
  ReconciliationProgress: {
    ageSeconds: ({ asOf }, _, { write }) => secondsSince(asOf, write.command.clock.now()),
    breakCount: ({ breaks }) => breaks.reduce((total, { count }) => total + count, 0),
    lastRun: (_, __, { db }) => readLastRun(db),
  },
  BreakGroup: {
    owner: ({ rule }) => reconciliationRules[rule].owner,
    oldestDays: ({ oldest }, _, { today }) => Math.max(0, oldest.until(today, { largestUnit: 'day' }).days),
  },
  ReconciliationRun: {
    durationSeconds: ({ beganAt, endedAt }) =>
      String(beganAt.until(endedAt).total('milliseconds') / MS_PER_SECOND),
    comparedCount: ({ compared }) => compared,
    readCount: ({ factsRead }) => factsRead,
    foundCount: ({ found }) => found,
    changedCount: ({ changed }) => changed,
    goneCount: ({ gone }) => gone,
  },
  BreakChange: {
    break: ({ id }, _, { reconciliationBreak }) => reconciliationBreak.load(id),
  },
} satisfies Resolvers
