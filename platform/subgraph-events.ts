import type { ServerResponse } from 'node:http'
import {
  createSourceEventStream,
  execute,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql'
import { type EventStreamBounds, openEventStream } from './event-stream.ts'
import type { Log } from './log.ts'
import type { Scope } from './scope.ts'
import { until } from './until.ts'

/** What it takes to serve the subscriptions of a subgraph. */
export interface SubscribedSubgraph {
  readonly schema: GraphQLSchema
  readonly createContext: (scope: Scope) => object
  readonly maskError: (error: GraphQLError) => GraphQLFormattedError
  readonly log: Log
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal
}

/** The parameters of a request for a subscription. */
export interface SubscriptionParams {
  readonly query?: unknown
  readonly variables?: unknown
}

const BOUNDS: EventStreamBounds = {
  heartbeatMs: 10_000,
  maxWaitingBytes: 1_048_576,
}
/** For the gateway to read on when the events have ended. */
const CLOSE_TIMEOUT_MS = 1_000

/**
 * Answers with the events of a subscription (GraphQL over SSE, one connection each), or with the errors for which
 * there are none. Only a source that ended in good order is told to be complete: after any other end the gateway knows
 * that events may be missing.
 */
export async function answerWithEvents(
  response: ServerResponse,
  requestId: string,
  params: SubscriptionParams,
  subgraph: SubscribedSubgraph,
): Promise<void> {
  const left = new AbortController()
  response.on('close', () => left.abort())
  const signal = AbortSignal.any([left.signal, subgraph.stopping])
  const opened = await openSource(params, subgraph, { requestId, isOver: () => signal.aborted })
  if ('errors' in opened) {
    const body = JSON.stringify({ errors: opened.errors.map(subgraph.maskError) })
    return void response.writeHead(400, { 'content-type': 'application/json' }).end(body)
  }
  const onLateError = (err: unknown): void => subgraph.log.error({ err }, 'a source failed to close')
  const stream = openEventStream(response, BOUNDS)
  try {
    for await (const payload of until(signal, opened.source, onLateError)) {
      if (!stream.hasRoom()) return
      const { data, errors } = await opened.resolve(payload)
      const answer = { data, ...(errors && { errors: errors.map(subgraph.maskError) }) }
      stream.send('next', JSON.stringify(answer))
    }
    if (!signal.aborted) stream.send('complete', '')
  } finally {
    stream.end(CLOSE_TIMEOUT_MS)
  }
}

interface OpenSource {
  readonly source: AsyncIterator<unknown>
  /** What the subscription selects of one event, with loaders of its own. */
  resolve(payload: unknown): Promise<ExecutionResult>
}

interface Refusal {
  readonly errors: readonly GraphQLError[]
}

async function openSource(
  { query, variables }: SubscriptionParams,
  { schema, createContext }: SubscribedSubgraph,
  scope: Scope,
): Promise<OpenSource | Refusal> {
  const document = parseDocument(query)
  if ('errors' in document) return document
  const errors = validate(schema, document)
  if (errors.length > 0) return { errors }
  if (getOperationAST(document)?.operation !== OperationTypeNode.SUBSCRIPTION)
    return { errors: [new GraphQLError('Only a subscription has events.')] }
  const operation = { schema, document, variableValues: (variables ?? {}) as Record<string, unknown> }
  const opened = await createSourceEventStream({ ...operation, contextValue: createContext(scope) })
  if (!(Symbol.asyncIterator in opened)) return { errors: opened.errors ?? [] }
  return {
    source: opened[Symbol.asyncIterator](),
    resolve: async (payload) =>
      execute({ ...operation, rootValue: payload, contextValue: createContext(scope) }),
  }
}

function parseDocument(query: unknown): ReturnType<typeof parse> | Refusal {
  try {
    return parse(String(query))
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] }
    throw error
  }
}
