import type { CircuitState } from './breaker.ts'
import { ClientLeft, type SubgraphError, SubgraphFailure } from '../errors.ts'
import type { CacheCounters } from '../lru.ts'
import type { JsonObject, RequestContext } from '../request.ts'

/** What a subgraph answered. */
export interface SubgraphAnswer {
  readonly data?: JsonObject | null
  readonly errors?: readonly SubgraphError[]
}

/** Runs one prepared operation. Throws a SubgraphFailure where there is no answer. */
export type SubgraphCall = (variables: JsonObject, request: RequestContext) => Promise<SubgraphAnswer>

/** One event of a subscription. What it selects is read when it is asked for, in the scope of a request. */
export type SubgraphEvent = (request: RequestContext) => Promise<SubgraphAnswer>

/**
 * The events of one prepared subscription, until the source ends or the request's signal is aborted. Throws a
 * SubgraphFailure where they break off, and a RequestError where the subgraph does not let them begin.
 */
export type SubgraphEvents = (variables: JsonObject, request: RequestContext) => AsyncIterable<SubgraphEvent>

/** Entities that an operation asks for: the variable of their representations, and where the answer has them. */
export interface EntityList {
  readonly variable: string
  readonly alias: string
}

/** A query or a mutation of one subgraph. */
interface SubgraphOperation {
  readonly text: string
  readonly isMutation: boolean
  /** What may be asked for in parts. */
  readonly entityLists?: readonly EntityList[]
}

/** The way to one subgraph. */
export interface Transport {
  readonly name: string
  /** Does once per operation what need not be done per call. */
  prepare(operation: SubgraphOperation): SubgraphCall
  /** The same for a subscription. */
  prepareEvents(text: string): SubgraphEvents
  /** Whether calls are let through, where a breaker decides. */
  readonly circuit?: () => CircuitState
  /** Counters of what is kept of prepared operations, where the transport keeps any. */
  readonly cacheCounters?: () => CacheCounters
  /** Lets go of connections. */
  close(): void
}

/**
 * The outcome of `work`, or a SubgraphFailure when the deadline passes or the client leaves first. The signal that
 * `work` gets is aborted then.
 */
export function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T> | T,
  client: AbortSignal,
  timeoutMs: number,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const controller = new AbortController()
  const giveUp = (failure: SubgraphFailure): void => {
    reject(failure)
    controller.abort(failure)
  }
  const leave = (): void => giveUp(new ClientLeft())
  if (client.aborted) leave()
  client.addEventListener('abort', leave, { once: true })
  const timer = setTimeout(
    () => giveUp(new SubgraphFailure('SUBGRAPH_TIMEOUT', `no answer in ${timeoutMs} ms`)),
    timeoutMs,
  )
  const settle = (): void => {
    clearTimeout(timer)
    client.removeEventListener('abort', leave)
  }
  void promise.then(settle, settle)
  if (!controller.signal.aborted) Promise.try(work, controller.signal).then(resolve, reject)
  return promise
}
