import { type Answer, type Engine, isAnswer, type Subscription } from '../engine.ts'
import { isPassing, refuse } from '../errors.ts'
import type { GraphQLParams, RequestContext } from '../request.ts'

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

const TOO_SLOW = 'Events came faster than they were read, and are missing from here on.'

/** Makes the way in for transports that can carry many answers. */
export function createStream(currentEngine: () => Engine, stopping: AbortSignal): Stream {
  // The engine is asked here, so that nothing keeps what was sent for as long as answers come.
  return (params, request, hasRoom) => {
    const engine = currentEngine()
    return answersOf(engine.start(params, request), { engine, currentEngine, stopping, request, hasRoom })
  }
}

interface Reading {
  readonly engine: Engine
  readonly currentEngine: () => Engine
  readonly stopping: AbortSignal
  readonly request: RequestContext
  readonly hasRoom: () => boolean
}

async function* answersOf(
  starting: Promise<Answer | Subscription>,
  { engine: first, currentEngine, stopping, request, hasRoom }: Reading,
): AsyncGenerator<Answer, void> {
  let engine = first
  try {
    const started = await starting
    if (isAnswer(started)) {
      yield started
      for await (const body of started.later ?? []) yield { ...started, body }
      return
    }
    let subscription = started
    const signal = AbortSignal.any([request.signal, stopping])
    for await (const event of started.open({ ...request, signal })) {
      if (!hasRoom()) refuse('SLOW_READER', TOO_SLOW)
      if (engine !== currentEngine()) {
        const next = currentEngine()
        const replanned = await replan(subscription, next, request)
        if (replanned) [engine, subscription] = [next, replanned]
      }
      yield await subscription.answer(event, request)
    }
  } catch (error) {
    yield engine.refuse(error, request)
  }
}

/**
 * The subscription on another engine, or undefined where that is too busy to tell: the next event asks again. Throws
 * where it is valid no more. The source stays open, so that no event is missed: where the new plan asks it for other
 * fields, the old plan completes what comes.
 */
async function replan(
  old: Subscription,
  engine: Engine,
  request: RequestContext,
): Promise<Subscription | undefined> {
  try {
    const started = await engine.start(old.params, request)
    return isAnswer(started) || started.sourceKey !== old.sourceKey ? old : started
  } catch (error) {
    if (isPassing(error)) return undefined
    throw error
  }
}
