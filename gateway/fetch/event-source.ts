import { failureOfCall, RequestError } from '../errors.ts'
import type { FetchContext } from './execute.ts'
import { compileSettle, type Settle } from './fetch-root.ts'
import type { RootFetch } from '../plan/planner.ts'
import type { JsonObject, RequestContext } from '../request.ts'
import { pickVariables } from '../run.ts'
import type { SubgraphEvent } from '../subgraph/transport.ts'

/** The part of a subscription that one subgraph brings, compiled. */
export interface EventSource {
  /** The same for two sources whose events are the same and hold the same fields. */
  readonly key: string
  /** The events until the request's signal is aborted. Throws a RequestError where they break off. */
  open(variables: JsonObject, request: RequestContext): AsyncIterable<SubgraphEvent>
  /** Puts one event at the root of its run. */
  readonly settle: Settle
}

/** Compiles the fetch that a subscription begins with. */
export function compileEventSource(fetch: RootFetch, context: FetchContext): EventSource {
  const { service, text } = fetch
  const eventsOf = context.transportOf(service).prepareEvents(text)
  const variablesOf = pickVariables(fetch.variableNames)
  return {
    key: `${service} ${text}`,
    async *open(variables, request) {
      try {
        yield* eventsOf(variablesOf(variables), request)
      } catch (error) {
        if (request.signal.aborted) return
        if (error instanceof RequestError) throw error
        throw new RequestError([failureOfCall(error, service)])
      }
    },
    settle: compileSettle(fetch, context),
  }
}
