import { found, sourceName } from '#platform/graphql.ts'
import type { Replay } from '#platform/log/replay-store.ts'
import { readRows } from '#platform/table.ts'
import type { Resolvers, UserErrorCode } from '#schema/operations.generated.ts'
import { checkReason, statusOf } from './order.ts'
import { replayOrders } from '../replay-store.ts'
import { cancelReplayOf, readParts, replayEvents } from './replay.ts'

/** The mutations of replays. */
export const replayMutations: NonNullable<Resolvers['Mutation']> = {
  replayEvents: (_, { input }, { write, replayTargets }) => replayEvents(write, replayTargets(), input),
  cancelReplay: async (_, { input }, { write, replayTargets }) => {
    const violations = checkReason(input.reason)
    if (violations.length > 0) return { replay: null, violations }
    const replay = found(await cancelReplayOf(replayTargets(), write, input), 'replay', input.id)
    return { replay, violations: [] }
  },
}

/** The queries of replays. */
export const replayQueries: NonNullable<Resolvers['Query']> = {
  replay: async (_, { id }, { db }) =>
    found((await readRows(db, replayOrders, [id]))[0] ?? null, 'replay', id),
}

/** What the types of replays show. */
export const replayResolvers: Pick<Resolvers, 'Replay' | 'ReplayEventsPayload'> = {
  Replay: {
    status: async (order, _, { replayTargets }) => {
      const parts = await readParts(replayTargets(), order)
      return statusOf(
        order,
        parts.filter((part) => part !== undefined),
      )
    },
    consumers: async (order, _, { replayTargets }) => {
      const parts = await readParts(replayTargets(), order)
      return order.consumers.map(({ name, subgraph, source, wouldApply, wouldSkip }, index) => ({
        name,
        subgraph: sourceName(subgraph),
        source: source === undefined ? null : sourceName(source),
        wouldApply,
        wouldSkip,
        applied: parts[index]?.applied ?? 0n,
        skipped: parts[index]?.skipped ?? 0n,
        diff: diffOf(parts[index]),
      }))
    },
  },
  ReplayEventsPayload: {
    userErrors: ({ violations }) =>
      violations.map(({ code, field, message }) => ({ code: code as UserErrorCode, field, message })),
  },
}

/** What a part built anew, by the objects of which it keeps states. */
function diffOf(part: Replay | undefined) {
  if (!part?.diff) return null
  const { keys, ...counts } = part.diff
  return { ...counts, ids: keys }
}
