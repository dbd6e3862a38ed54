import { createSourceEventStream, type DocumentNode, type GraphQLSchema } from 'graphql'

import type { Log } from '#platform/log.ts'
import { until } from '#platform/until.ts'

import { failureOfSubgraph, RequestError, SubgraphFailure } from '../errors.ts'
import type { JsonObject, RequestContext } from '../request.ts'
import { type SubgraphAnswer, type SubgraphEvents, withDeadline } from './transport.ts'

/** An operation of a subgraph in this process, compiled. */
export interface LocalOperation {
  readonly document: DocumentNode
  /** The variables, and the values of the arguments that were lifted out of the document. */
  readonly complete: (variables: JsonObject) => JsonObject
  readonly execute: (root: unknown, variables: JsonObject, request: RequestContext) => Promise<SubgraphAnswer>
}

interface LocalSubscription extends LocalOperation {
  readonly name: string
  readonly schema: GraphQLSchema
  readonly openTimeoutMs: number
  readonly log: Log
  readonly contextOf: (request: RequestContext) => object
}

/** Subscribes to a subgraph in this process: graphql-js opens the source, graphql-jit executes each of its events. */
export function localEvents(subscription: LocalSubscription): SubgraphEvents {
  const { name, log, execute } = subscription
  const onLateError = (err: unknown): void => log.error({ service: name, err }, 'a source failed to close')
  return async function* events(given, request) {
    const variables = subscription.complete(given)
    const source = await openSource(subscription, variables, request)
    try {
      for await (const payload of until(request.signal, source, onLateError))
        yield (scope) => execute(payload, variables, scope)
    } catch (cause) {
      throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'the events broke off', { cause })
    }
  }
}

async function openSource(
  { name, schema, document, openTimeoutMs, contextOf }: LocalSubscription,
  variableValues: JsonObject,
  request: RequestContext,
): Promise<AsyncIterator<unknown>> {
  const open = async (signal: AbortSignal): Promise<AsyncIterator<unknown>> => {
    // Resolvers that open the source get loaders of their own: those of an event must not know what was read here.
    const contextValue = contextOf({ ...request })
    const opened = await createSourceEventStream({ schema, document, variableValues, contextValue })
    if (!(Symbol.asyncIterator in opened))
      throw new RequestError((opened.errors ?? []).map((error) => failureOfSubgraph(error, name)))
    const source = opened[Symbol.asyncIterator]()
    // Nobody waits any more for one that opens too late.
    if (signal.aborted) await source.return?.()
    return source
  }
  return withDeadline(open, request.signal, openTimeoutMs)
}
