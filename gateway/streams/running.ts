import { type Answer, type Engine, isAnswer, type Subscription } from '../engine.ts'
import { isPassing, refuse, resumableAfter } from '../errors.ts'
import type { RequestContext } from '../request.ts'
import type { InTurn } from './turns.ts'

const TOO_SLOW = 'Events came faster than they were read, and are missing from here on.'

/** What a subscription under way needs to know of the gateway and of its reader. */
export interface Surroundings {
  readonly currentEngine: () => Engine
  readonly stopping: AbortSignal
  readonly inTurn: InTurn
  readonly hasRoom: () => boolean
}

/** A subscription under way. It holds no other engine than the one that it was moved to last. */
export class Running {
  #engine: Engine
  #subscription: Subscription
  readonly #request: RequestContext
  /** Aborted, with what is wrong, where the subscription is valid no more. */
  readonly #invalid = new AbortController()

  constructor(engine: Engine, subscription: Subscription, request: RequestContext) {
    this.#engine = engine
    this.#subscription = subscription
    this.#request = request
  }

  /** One answer for each event, each completed when its turn comes. Throws what ends them before their end. */
  async *answers({ currentEngine, stopping, inTurn, hasRoom }: Surroundings): AsyncGenerator<Answer, void> {
    // The supergraph may have been reloaded while this began.
    await this.moveTo(currentEngine())
    this.#invalid.signal.throwIfAborted()
    const signal = AbortSignal.any([this.#request.signal, stopping, this.#invalid.signal])
    let lastCursor: string | undefined
    try {
      for await (const event of this.#open(signal)) {
        if (!hasRoom()) refuse('SLOW_READER', TOO_SLOW)
        const answer = await inTurn(async () => {
          await this.moveTo(currentEngine())
          return signal.aborted ? undefined : this.#subscription.answer(event, this.#request)
        })
        if (!answer) break
        yield answer
        lastCursor = answer.cursor
      }
      this.#invalid.signal.throwIfAborted()
    } catch (error) {
      throw resumableAfter(error, lastCursor)
    }
  }

  /**
   * Moves to another engine, or ends where it is not valid there. Where that one is too busy to tell, the next event
   * asks again. The source stays open, so that no event is missed: where the new plan asks it for other fields, the
   * old plan completes what comes.
   */
  async moveTo(engine: Engine): Promise<void> {
    if (engine === this.#engine) return
    const { params, sourceKey } = this.#subscription
    try {
      const started = await engine.start(params, this.#request)
      this.#engine = engine
      if (!isAnswer(started) && started.sourceKey === sourceKey) this.#subscription = started
    } catch (error) {
      if (!isPassing(error)) this.#invalid.abort(error)
    }
  }

  #open(signal: AbortSignal): ReturnType<Subscription['open']> {
    return this.#subscription.open({ ...this.#request, signal })
  }
}
