import { setImmediate } from 'node:timers/promises'

import { type Answer, isAnswer, type Subscription } from '../engine.ts'
import type { Limits } from '../limits.ts'
import { type GraphQLParams, identityText, type RequestContext } from '../request.ts'
import { limitTurns } from './turns.ts'
import { type Surroundings, Upstream } from './upstream.ts'

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

interface SubscriptionsOptions extends Omit<Surroundings, 'inTurn'> {
  readonly limits: Limits
}

/** Makes the way in for transports that can carry many answers. */
export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { currentEngine, refuseError, limits } = options
  const surroundings = { ...options, inTurn: limitTurns(limits.maxConcurrentEvents) }
  const open = new Set<Upstream>()
  /** By what is asked for: the upstream that the next one to ask for it may join. */
  const shared = new Map<string, Upstream>()

  const run = (upstream: Upstream, key: string): void => {
    open.add(upstream)
    shared.set(key, upstream)
    void upstream.run().finally(() => {
      open.delete(upstream)
      if (shared.get(key) === upstream) shared.delete(key)
    })
  }
  // Apart from what follows, so that nothing keeps what was sent, and by which engine, for as long as answers come.
  const begin: Begin = async (params, request, hasRoom) => {
    const engine = currentEngine()
    const started = await engine.start(params, request)
    if (isAnswer(started)) return inParts(started)
    const key = sharingKey(started, request)
    const known = shared.get(key)
    if (known?.isOpenTo(started) === true) return known.join(request, hasRoom)
    const upstream = new Upstream(engine, started, request, surroundings)
    const answers = upstream.join(request, hasRoom)
    run(upstream, key)
    return answers
  }
  const answersOf = async function* answersOf(
    beginning: ReturnType<Begin>,
    request: RequestContext,
  ): AsyncGenerator<Answer, void> {
    try {
      yield* await beginning
    } catch (error) {
      yield refuseError(error, request)
    }
  }

  return {
    stream: (params, request, hasRoom) => answersOf(begin(params, request, hasRoom), request),
    async moveAll() {
      for (const upstream of open) {
        await upstream.moveTo(currentEngine())
        // Others are answered in between.
        await setImmediate()
      }
    },
  }
}

/** Lets a request through and finds its answers. */
type Begin = (...args: Parameters<Stream>) => Promise<AsyncIterable<Answer>>

async function* inParts(answer: Answer): AsyncGenerator<Answer, void> {
  yield answer
  for await (const body of answer.later ?? []) yield { ...answer, body }
}

/** The same for clients that are one and the same to every subgraph, and ask for the same in the same words. */
function sharingKey({ params }: Subscription, request: RequestContext): string {
  const { query, operationName, variables, lastEventId } = params
  return JSON.stringify([identityText(request), query, operationName, variables, lastEventId])
}
