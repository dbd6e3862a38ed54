import { type Answer, type Engine, isAnswer } from './engine.ts'
import { refuse } from './errors.ts'
import type { GraphQLParams, RequestContext } from './request.ts'

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

/** Makes the way in for transports that can carry many answers. */
export function createStream(currentEngine: () => Engine, stopping: AbortSignal): Stream {
  return async function* stream(params, request, hasRoom) {
    let engine = currentEngine()
    try {
      const started = await engine.start(params, request)
      if (isAnswer(started)) {
        yield started
        for await (const body of started.later ?? []) yield { ...started, body }
        return
      }
      let subscription = started
      const signal = AbortSignal.any([request.signal, stopping])
      for await (const event of started.open({ ...request, signal })) {
        if (!hasRoom())
          refuse('SLOW_READER', 'Events came faster than they were read, and are missing from here on.')
        if (engine !== currentEngine()) {
          engine = currentEngine()
          const restarted = await engine.start(params, request)
          // The source stays open, so that no event is missed: a plan that asks it for other fields comes too late.
          if (!isAnswer(restarted) && restarted.sourceKey === started.sourceKey) subscription = restarted
        }
        yield await subscription.answer(event, request)
      }
    } catch (error) {
      yield engine.refuse(error, request)
    }
  }
}
