import {
  type FieldNode,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql'

import { collectFields } from '../document/collect.ts'
import { failureOfCall, RequestError } from '../errors.ts'
import type { FetchContext } from './execute.ts'
import { compileSettle, type Settle } from './fetch-root.ts'
import type { RootFetch } from '../plan/planner.ts'
import { keyIn } from '../names.ts'
import { isJsonObject, type JsonObject, type RequestContext } from '../request.ts'
import { pickVariables } from '../run.ts'
import type { SubgraphEvent } from '../subgraph/transport.ts'
import { fieldOf } from '../types.ts'

/** The part of a subscription that one subgraph brings, compiled. */
export interface EventSource {
  /** The same for two sources whose events are the same and hold the same fields. */
  readonly key: string
  /** The events until the request's signal is aborted. Throws a RequestError where they break off. */
  open(variables: JsonObject, request: RequestContext): AsyncIterable<SubgraphEvent>
  /** Puts one event at the root of its run. */
  readonly settle: Settle
  /** The cursor that the event in the data carries, if the subscription asks for one. */
  readonly cursorOf: CursorOf
}

/** Compiles the fetch that a subscription begins with. */
export function compileEventSource(fetch: RootFetch, cursorOf: CursorOf, context: FetchContext): EventSource {
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
    cursorOf,
  }
}

type CursorOf = (data: JsonObject) => string | undefined

/** By name: what a subscription resumes after is the field `cursor` of its events. */
const CURSOR = 'cursor'
/** It is sent as the id of an event, on a line of its own, and comes back in a header. */
const IN_A_HEADER = /^[\x21-\x7e]+$/

/** Finds the cursor of an event by what a subscription asks of its one root field. */
export function compileCursor(
  fields: readonly FieldNode[],
  rootType: GraphQLObjectType,
  schema: GraphQLSchema,
): CursorOf {
  const [root] = fields as [FieldNode]
  const type = getNamedType(fieldOf(rootType, root.name.value).type)
  if (!isObjectType(type)) return () => undefined
  const collected = collectFields(
    schema,
    type,
    fields.flatMap(({ selectionSet }) => selectionSet ?? []),
  )
  const [cursorKey] = collected.entries().find(([, [field]]) => field?.name.value === CURSOR) ?? []
  if (cursorKey === undefined) return () => undefined
  const rootKey = (root.alias ?? root.name).value
  return (data) => {
    const event = data[keyIn(data, rootKey)]
    const cursor = isJsonObject(event) ? event[keyIn(event, cursorKey)] : undefined
    return typeof cursor === 'string' && IN_A_HEADER.test(cursor) ? cursor : undefined
  }
}
