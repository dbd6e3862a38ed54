import { type Answer, type Engine, isAnswer, type Subscription } from '../engine.ts'
import { isPassing, RequestError, resumableAfter } from '../errors.ts'
import type { RequestContext } from '../request.ts'
import { Member } from './member.ts'
import type { InTurn } from './turns.ts'

const TOO_SLOW = 'Events came faster than they were read, and are missing from here on.'

/** What an upstream needs to know of the gateway. */
export interface Surroundings {
  readonly currentEngine: () => Engine
  readonly stopping: AbortSignal
  readonly inTurn: InTurn
  /** The answer to a request that ended by throwing. */
  readonly refuseError: (error: unknown, request: RequestContext) => Answer
}

/**
 * A subscription under way, for all clients that asked for the same: one source, and each event completed once. It
 * holds no other engine than the one that it was moved to last, and ends with its last client.
 */
export class Upstream {
  #engine: Engine
  #subscription: Subscription
  /** That of the first client, which may leave without harm to the others. */
  readonly #request: RequestContext
  readonly #surroundings: Surroundings
  readonly #members = new Map<Member, RequestContext>()
  /** Aborted when the last client has left. */
  readonly #abandoned = new AbortController()
  /** Aborted, with what is wrong, where the subscription is valid no more. */
  readonly #invalid = new AbortController()
  readonly #end: AbortSignal
  #hasBegun = false

  constructor(
    engine: Engine,
    subscription: Subscription,
    request: RequestContext,
    surroundings: Surroundings,
  ) {
    this.#engine = engine
    this.#subscription = subscription
    this.#request = { ...request, signal: this.#abandoned.signal }
    this.#surroundings = surroundings
    this.#end = AbortSignal.any([this.#abandoned.signal, this.#invalid.signal, surroundings.stopping])
  }

  /** True if a client that joins now gets what a source of its own would bring: the same fields, and every event. */
  isOpenTo({ sourceKey, isFromNowOn }: Subscription): boolean {
    const isSame = sourceKey === this.#subscription.sourceKey
    return isSame && !this.#end.aborted && (isFromNowOn || !this.#hasBegun)
  }

  /** Adds a client until its signal is aborted or it takes no more. One that reads too slowly is refused the rest. */
  join(request: RequestContext, hasRoom: () => boolean): AsyncGenerator<Answer, void> {
    const member = new Member(hasRoom)
    this.#members.set(member, request)
    const leave = (): void => {
      member.leave()
      this.#remove(member)
    }
    if (request.signal.aborted) leave()
    request.signal.addEventListener('abort', leave, { once: true })
    return member.answers(leave)
  }

  /** Gives all clients one answer for each event, each completed when its turn comes. Never throws. */
  async run(): Promise<void> {
    try {
      for await (const answer of this.#answers()) this.#give(answer)
      this.#invalid.signal.throwIfAborted()
      for (const member of this.#members.keys()) member.end()
    } catch (error) {
      this.#refuseAll(error)
    } finally {
      this.#abandoned.abort()
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

  async *#answers(): AsyncGenerator<Answer, void> {
    const { currentEngine, inTurn } = this.#surroundings
    // The supergraph may have been reloaded while this began.
    await this.moveTo(currentEngine())
    if (this.#end.aborted) return
    for await (const event of this.#subscription.open({ ...this.#request, signal: this.#end })) {
      this.#hasBegun = true
      const answer = await inTurn(async () => {
        await this.moveTo(currentEngine())
        return this.#end.aborted ? undefined : this.#subscription.answer(event, this.#request)
      })
      if (!answer) return
      yield answer
    }
  }

  #give(answer: Answer): void {
    for (const [member, request] of this.#members) {
      if (member.hasRoom) {
        member.give(answer)
        continue
      }
      const slow = new RequestError([{ code: 'SLOW_READER', message: TOO_SLOW }])
      member.end(this.#surroundings.refuseError(resumableAfter(slow, member.lastCursor), request))
      this.#remove(member)
    }
  }

  /** What ended for all is logged once; from where on a client may resume depends on what it was given. */
  #refuseAll(error: unknown): void {
    const refusals = new Map<string | undefined, Answer>()
    for (const member of this.#members.keys()) {
      const { lastCursor } = member
      const refuse = (): Answer =>
        this.#surroundings.refuseError(resumableAfter(error, lastCursor), this.#request)
      member.end(refusals.getOrInsertComputed(lastCursor, refuse))
    }
  }

  #remove(member: Member): void {
    this.#members.delete(member)
    if (this.#members.size === 0) this.#abandoned.abort()
  }
}
