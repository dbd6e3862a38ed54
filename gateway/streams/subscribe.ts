import { setImmediate } from 'node:timers/promises'

import { type Answer, type Engine, isAnswer } from '../engine.ts'
import type { Limits } from '../limits.ts'
import type { GraphQLParams, RequestContext } from '../request.ts'
import { Running } from './running.ts'
import { limitTurns } from './turns.ts'

/**
 * Answers a request of any kind: a query or a mutation once or in parts, a subscription once for each event, until
 * its source ends, the request's signal is aborted or the gateway stops. An answer that is a refusal is the last one.
 * A subscription whose events find no room with their reader is refused rather than kept.
 */
export type Stream = (
  params: GraphQLParams,
  request: RequestContext,
  hasRoom: () => boolean,
) => AsyncGenerator<Answer, void>

/** The way in for transports that can carry many answers, and what came by it. */
export interface Subscriptions {
  readonly stream: Stream
  /** Moves every open subscription to the engine of the moment, so that none holds an older one. */
  readonly moveAll: () => Promise<void>
}

interface SubscriptionsOptions {
  readonly currentEngine: () => Engine
  /** The answer to a request that ended by throwing. */
  readonly refuseError: (error: unknown, request: RequestContext) => Answer
  readonly stopping: AbortSignal
  readonly limits: Limits
}

/** Makes the way in for transports that can carry many answers. */
export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { currentEngine, refuseError, stopping, limits } = options
  const open = new Set<Running>()
  const inTurn = limitTurns(limits.maxConcurrentEvents)

  // Apart from what follows, so that nothing keeps what was sent, and by which engine, for as long as answers come.
  const begin = async (params: GraphQLParams, request: RequestContext): Promise<Answer | Running> => {
    const engine = currentEngine()
    const started = await engine.start(params, request)
    return isAnswer(started) ? started : new Running(engine, started, request)
  }
  const answersOf = async function* answersOf(
    beginning: Promise<Answer | Running>,
    request: RequestContext,
    hasRoom: () => boolean,
  ): AsyncGenerator<Answer, void> {
    try {
      const begun = await beginning
      if (!(begun instanceof Running)) {
        yield begun
        for await (const body of begun.later ?? []) yield { ...begun, body }
        return
      }
      open.add(begun)
      try {
        yield* begun.answers({ currentEngine, stopping, inTurn, hasRoom })
      } finally {
        open.delete(begun)
      }
    } catch (error) {
      yield refuseError(error, request)
    }
  }

  return {
    stream: (params, request, hasRoom) => answersOf(begin(params, request), request, hasRoom),
    async moveAll() {
      for (const running of open) {
        await running.moveTo(currentEngine())
        // Others are answered in between.
        await setImmediate()
      }
    },
  }
}
