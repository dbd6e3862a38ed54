import { type Answer, type Engine, isAnswer } from './engine.ts'
import type { GraphQLParams, RequestContext } from './request.ts'

/**
 * Answers a request of any kind: a query or a mutation once, a subscription once for each event, until its source
 * ends or the request's signal is aborted. An answer that is a refusal is the last one.
 */
export type Stream = (params: GraphQLParams, request: RequestContext) => AsyncGenerator<Answer, void>

/** Makes the way in for transports that can carry many answers. */
export function createStream(currentEngine: () => Engine): Stream {
  return async function* stream(params, request) {
    let engine = currentEngine()
    try {
      const started = await engine.start(params, request)
      if (isAnswer(started)) {
        yield started
        return
      }
      let subscription = started
      for await (const event of started.open(request)) {
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
