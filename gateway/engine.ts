import { randomUUID } from 'node:crypto'

import { type GraphQLScalarType, type OperationDefinitionNode, OperationTypeNode, parse } from 'graphql'

import type { Log } from '#platform/log.ts'

import { type Caches, createCaches } from './caches.ts'
import type { WithinConcurrency } from './concurrency.ts'
import { namesInMarks } from './document/asked.ts'
import { pageOf } from './document/bulk.ts'
import { refuseCostly } from './document/cost.ts'
import { costRulesOf } from './document/cost-rules.ts'
import { Delivery, type DeliveryOptions } from './answer/deliver.ts'
import { coerceVariables, createDocumentLoader, selectOperation } from './document/document.ts'
import { afterWrite, type Failure, failuresOf, present, refuse, RequestError, statusOf } from './errors.ts'
import type { EventSource } from './fetch/event-source.ts'
import type { Limits } from './limits.ts'
import type { Proofs } from './document/normalize.ts'
import { type CompiledOperation, createOperationPreparer } from './operation.ts'
import type { PartSpec } from './answer/payloads.ts'
import type { PersistedDocuments } from './document/persisted.ts'
import { isFromNowOn, resume } from './document/resume.ts'
import { createPlanner } from './plan/planner.ts'
import type { GraphQLParams, JsonObject, RequestContext } from './request.ts'
import { type Run, startRun } from './run.ts'
import { fitFailures } from './answer/shape.ts'
import type { SubgraphEvent, Transport } from './subgraph/transport.ts'
import { fieldNamesOf, publicSchemaOf, subgraphNamesOf, typeNamesOf } from './types.ts'

/** The answer to a GraphQL request. */
export interface Answer {
  /** A GraphQL response as JSON text. */
  readonly body: string
  /** The HTTP status that the GraphQL-over-HTTP specification gives it. */
  readonly status: number
  /** The request was well formed, but was refused before execution: there is no `data`. */
  readonly isRefusal: boolean
  /** Of an event of a subscription, the cursor that it carries, if one was asked for: what to resume after. */
  readonly cursor?: string | undefined
  /**
   * The later parts, where the answer is one of several: JSON texts, until the last one or until the request's signal
   * is aborted. They are fetched as they are asked for.
   */
  readonly later?: AsyncIterable<string>
}

/** Answers GraphQL requests, whatever transport they came by. */
export type Execute = (params: GraphQLParams, request: RequestContext) => Promise<Answer>

/** A subscription that was let through. */
export interface Subscription {
  /** The same for subscriptions whose sources bring the same events with the same fields. */
  readonly sourceKey: string
  /** Whenever it begins, it brings what happens from then on: who begins later misses nothing. */
  readonly isFromNowOn: boolean
  /** What was asked for, with its text even where that was only named, and nothing that it does not need. */
  readonly params: GraphQLParams
  /** The events of the source until the request's signal is aborted. Throws a RequestError where they break off. */
  open(request: RequestContext): AsyncIterable<SubgraphEvent>
  /** Completes one event from the other subgraphs. */
  answer(event: SubgraphEvent, request: RequestContext): Promise<Answer>
}

/** One supergraph, ready to answer. */
export interface Engine {
  readonly caches: Caches
  /** Answers a query or a mutation. */
  readonly execute: Execute
  /** Answers a query or a mutation, or lets a subscription through. Throws where it refuses the request. */
  start(params: GraphQLParams, request: RequestContext): Promise<Answer | Subscription>
}

/** What an engine is made of. */
export interface EngineOptions {
  readonly supergraph: string
  readonly transports: readonly Transport[]
  readonly scalars: readonly GraphQLScalarType[]
  readonly proofs: Proofs
  /** The field of the root query whose value is where the events end at the moment, if the graph has one. */
  readonly cursorField: string | undefined
  /** Clients are told nothing of the schema that they do not know. */
  readonly isProduction: boolean
  readonly limits: Limits
  readonly log: Log
  readonly withinConcurrency: WithinConcurrency
  readonly persisted: PersistedDocuments
}

/** Makes the engine of a supergraph: its caches live as long as it does. */
export function createEngine(options: EngineOptions): Engine {
  const { supergraph, transports, scalars, proofs, isProduction, limits, log } = options
  const { withinConcurrency, persisted } = options
  const supergraphDocument = parse(supergraph)
  const schema = publicSchemaOf(supergraphDocument, scalars)
  const rules = { schema, isProduction, limits }
  const caches = createCaches(limits)
  const loadDocument = createDocumentLoader(rules, caches.documents)
  const prepare = createOperationPreparer(
    {
      schema,
      costRules: costRulesOf(supergraphDocument),
      typeNames: typeNamesOf(supergraphDocument),
      isFieldName: fieldNamesOf(supergraphDocument),
      proofs,
      alwaysAsked: namesInMarks(supergraphDocument).union(new Set(Object.values(proofs))),
      planner: createPlanner(supergraphDocument),
      transportOf: finder(transports, subgraphNamesOf(supergraphDocument)),
      maxAnswerChars: limits.maxAnswerChars,
      maxDeferredParts: limits.maxDeferredParts,
      planTimeoutMs: limits.planTimeoutMs,
    },
    caches.operations,
  )
  const report = createReporter(limits, log)

  const refuseError = (error: unknown, request: RequestContext): Answer =>
    refusal(failuresOf(error), request, report)

  // The request as one ordered list. A step that refuses it throws a RequestError.
  const admit = async (params: GraphQLParams): Promise<Admitted> => {
    const asked = loadDocument(persisted.textOf(params))
    persisted.keep(params)
    const rewrite = params.bulkAfter === undefined ? resume : pageOf
    const rewritten = rewrite(selectOperation(asked, params), asked, params, schema)
    const document = rewritten.text === undefined ? asked : loadDocument(rewritten.text)
    const operation = selectOperation(document, params)
    const variables = coerceVariables(document, operation, rewritten.variables, rules)
    const inParts = params.partSpec !== undefined && operation.operation !== OperationTypeNode.SUBSCRIPTION
    const prepared = prepare(document, operation, variables, inParts)
    const cost = prepared.cost(variables)
    refuseCostly(cost, limits)
    return { operation, variables, compiled: await prepared.compile(), cost }
  }
  // Known before anything else is fetched: every event up to it is reflected by what is read afterwards.
  const cursorNow = async (request: RequestContext): Promise<string | undefined> => {
    const { cursorField } = options
    if (cursorField === undefined) return undefined
    const document = loadDocument(`{ ${cursorField} }`)
    const compiled = await prepare(document, selectOperation(document, {}), {}, false).compile()
    const run = startRun({ ...request, asked: compiled.asked }, {}, limits)
    await compiled.run(run)
    const cursor = run.data[cursorField]
    if (typeof cursor === 'string') return cursor
    throw new RequestError(run.failures.kept.map((failure) => ({ ...failure, path: undefined })))
  }
  const answer = async (
    compiled: CompiledOperation,
    run: Run,
    { extensions = '', spec }: { extensions?: string; spec?: PartSpec | undefined } = {},
  ): Promise<Answer> => {
    const { parts, shape, isMutation } = compiled
    const reportRun: DeliveryOptions['report'] = (failures, room) =>
      report(isMutation ? failures.map(afterWrite) : failures, run.request, room)
    await compiled.run(run)
    const written = compiled.write(run.data, run.failures)
    if (spec && written.deferred.length > 0) {
      const texts = { maxErrors: limits.maxErrors, report: reportRun, extensions }
      const delivery = new Delivery(written, { run, parts, shape, spec, ...texts, withinConcurrency })
      return { body: delivery.first, status: 200, isRefusal: false, later: delivery.later() }
    }
    const errors = reportRun(fitFailures(run.failures.kept, shape))
    return { body: `{${errors}"data":${written.text}${extensions}}`, status: 200, isRefusal: false }
  }

  const subscriptionOf = (
    { operation, compiled, variables }: Admitted,
    source: EventSource,
    params: GraphQLParams,
  ): Subscription => ({
    sourceKey: source.key,
    isFromNowOn: isFromNowOn(operation, variables, schema),
    params: {
      query: persisted.textOf(params),
      operationName: params.operationName,
      variables: declaredOf(operation, params.variables),
      lastEventId: params.lastEventId,
    },
    open: (request) => source.open(variables, request),
    async answer(event, request) {
      // An event is a scope of its own: no loader remembers what it read for an earlier one.
      const scope = { ...request, asOf: '', asked: compiled.asked }
      const run = startRun(scope, variables, limits)
      await source.settle(event, run)
      const cursor = source.cursorOf(run.data)
      scope.asOf = cursor ?? randomUUID()
      return { ...(await answer(compiled, run)), cursor }
    },
  })

  const start: Engine['start'] = (params, request) =>
    withinConcurrency(async () => {
      const admitted = await admit(params)
      const { compiled, variables, cost } = admitted
      if (compiled.source) return subscriptionOf(admitted, compiled.source, params)
      const eventCursor = params.isCursorAsked ? await cursorNow(request) : undefined
      const asOf = eventCursor ?? request.asOf
      const run = startRun({ ...request, asOf, asked: compiled.asked }, variables, limits)
      const extensions = extensionsText({
        cost: params.isCostAsked ? { estimated: cost, limit: limits.maxCost } : undefined,
        eventCursor,
      })
      return answer(compiled, run, { extensions, spec: params.partSpec })
    })

  reportInvalid(persisted.trusted, loadDocument, log)
  return {
    caches,
    start,
    async execute(params, request) {
      try {
        const started = await start(params, request)
        return isAnswer(started) ? started : refuse('OPERATION_RESOLUTION_FAILURE', STREAMS_ONLY)
      } catch (error) {
        return refuseError(error, request)
      }
    },
  }
}

/** A trusted document that this schema does not allow is refused when it is asked for: better to hear of it now. */
function reportInvalid(
  { texts, files }: PersistedDocuments['trusted'],
  loadDocument: (text: string) => unknown,
  log: Log,
): void {
  for (const [hash, text] of texts) {
    try {
      loadDocument(text)
    } catch (error) {
      log.warn({ file: files.get(hash), hash, err: error }, 'a trusted document cannot be executed')
    }
  }
}

/** Tells the answer of a query or a mutation from a subscription, which has none of its own. */
export function isAnswer(started: Answer | Subscription): started is Answer {
  return 'body' in started
}

/** A request that passed every step before execution. */
interface Admitted {
  readonly operation: OperationDefinitionNode
  readonly variables: JsonObject
  readonly compiled: CompiledOperation
  readonly cost: number
}

/** The variables that the operation asks for, as they came: others are not kept while a subscription is open. */
function declaredOf(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: GraphQLParams['variables'] = {},
): JsonObject {
  const names = variableDefinitions.map(({ variable }) => variable.name.value)
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]),
  )
}

/** The `extensions` member of an answer with a comma before it, or nothing where the client asked for none. */
function extensionsText(members: Readonly<Record<string, unknown>>): string {
  const isNone = Object.values(members).every((member) => member === undefined)
  return isNone ? '' : `,"extensions":${JSON.stringify(members)}`
}

const STREAMS_ONLY = 'A subscription is served as text/event-stream and over WebSocket.'

/** The answer to a request that is refused as a whole. */
export function refusal(failures: readonly Failure[], request: RequestContext, report: Report): Answer {
  const errors = report(failures, request)
  return { body: `{${errors.slice(0, -1)}}`, status: statusOf(failures), isRefusal: true }
}

/**
 * Logs failures and writes the `errors` member of the answer with a comma after it, or nothing where all went well.
 * `room` is how many the client is told at most.
 */
export type Report = (failures: readonly Failure[], request: RequestContext, room?: number) => string

/** Makes the last step of every answer: originals to the log, the rest to the client. */
export function createReporter({ maxErrors }: Pick<Limits, 'maxErrors'>, log: Log): Report {
  return (failures, request, room = maxErrors) => {
    if (failures.length === 0 || room === 0) return ''
    // What fails since its client has left is no trouble.
    const level = request.signal.aborted ? 'debug' : 'error'
    const told = new Set<unknown>([undefined])
    for (const { cause, code, message, path, service } of failures.slice(0, room)) {
      // What fails for the same reason at many places says so in the same words.
      const reason = cause instanceof Error ? `${service} ${String(cause)}` : cause
      if (told.has(reason)) continue
      told.add(reason)
      log[level]({ requestId: request.requestId, code, service, path, err: cause }, message)
    }
    const omitted = failures.length - room
    if (omitted > 0)
      log.warn({ requestId: request.requestId, omitted }, 'an answer had more errors than are told')
    const shown = failures.slice(0, room).map((failure) => present(failure, request))
    return `"errors":${JSON.stringify(shown)},`
  }
}

/** Throws where the gateway was not given each subgraph of the supergraph. */
function finder(
  transports: readonly Transport[],
  subgraphs: readonly string[],
): (service: string) => Transport {
  const byName = new Map(transports.map((transport) => [transport.name, transport]))
  const find = (service: string): Transport => {
    const transport = byName.get(service)
    if (!transport)
      throw new Error(`The supergraph has a subgraph ${service} that the gateway was not given.`)
    return transport
  }
  if (subgraphs.length === 0) throw new Error('The SDL is that of no supergraph: it names no subgraph.')
  subgraphs.forEach(find)
  return find
}
