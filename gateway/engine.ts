import { type GraphQLScalarType, parse } from 'graphql'

import type { Log } from '#platform/log.ts'

import { coerceVariables, createDocumentLoader, selectOperation } from './document.ts'
import { type Failure, failuresOf, present, statusOf } from './errors.ts'
import type { Limits } from './limits.ts'
import { createOperationCompiler } from './operation.ts'
import { createPlanner } from './planner.ts'
import type { GraphQLParams, RequestContext } from './request.ts'
import { startRun } from './run.ts'
import { fitFailures } from './shape.ts'
import type { Transport } from './transport.ts'
import { publicSchemaOf, typeNamesOf } from './types.ts'

/** The answer to a GraphQL request. */
export interface Answer {
  /** A GraphQL response as JSON text. */
  readonly body: string
  /** The HTTP status that the GraphQL-over-HTTP specification gives it. */
  readonly status: number
  /** The request was well formed, but was refused before execution: there is no `data`. */
  readonly isRefusal: boolean
}

/** Answers GraphQL requests, whatever transport they came by. */
export type Execute = (params: GraphQLParams, request: RequestContext) => Promise<Answer>

/** What an engine is made of. */
export interface EngineOptions {
  readonly supergraph: string
  readonly transports: readonly Transport[]
  readonly scalars: readonly GraphQLScalarType[]
  readonly limits: Limits
  readonly log: Log
}

/** Makes the engine of a supergraph: its caches live as long as it does. */
export function createEngine({ supergraph, transports, scalars, limits, log }: EngineOptions): Execute {
  const supergraphDocument = parse(supergraph)
  const schema = publicSchemaOf(supergraphDocument, scalars)
  const loadDocument = createDocumentLoader(schema, limits)
  const compile = createOperationCompiler(
    {
      schema,
      typeNames: typeNamesOf(supergraphDocument),
      planner: createPlanner(supergraph, limits.planTimeoutMs),
      transportOf: finder(transports),
      maxAnswerChars: limits.maxAnswerChars,
    },
    limits,
  )
  const report = createReporter(limits, log)

  // The request as one ordered list. A step that refuses it throws a RequestError.
  return async (params, request) => {
    try {
      const document = loadDocument(params.query)
      const operation = selectOperation(document, params)
      const variables = coerceVariables(schema, operation, params.variables ?? {}, limits)
      const compiled = await compile(document, operation, variables)
      const run = startRun(request, variables)
      await compiled.run(run)
      const data = compiled.write(run.data, run.failures)
      const errors = report(fitFailures(run.failures, compiled.shape), request)
      return { body: `{${errors}"data":${data}}`, status: 200, isRefusal: false }
    } catch (error) {
      return refusal(failuresOf(error), request, report)
    }
  }
}

/** The answer to a request that is refused as a whole. */
export function refusal(failures: readonly Failure[], request: RequestContext, report: Report): Answer {
  const errors = report(failures, request)
  return { body: `{${errors.slice(0, -1)}}`, status: statusOf(failures), isRefusal: true }
}

/** Logs failures and writes the `errors` member of the answer with a comma after it, or nothing where all went well. */
export type Report = (failures: readonly Failure[], request: RequestContext) => string

/** Makes the last step of every answer: originals to the log, the rest to the client. */
export function createReporter({ maxErrors }: Pick<Limits, 'maxErrors'>, log: Log): Report {
  return (failures, request) => {
    if (failures.length === 0) return ''
    for (const { cause, code, message, path, service } of failures.slice(0, maxErrors)) {
      if (cause === undefined) continue
      log.error({ requestId: request.requestId, code, service, path, err: cause }, message)
    }
    const omitted = failures.length - maxErrors
    if (omitted > 0)
      log.warn({ requestId: request.requestId, omitted }, 'an answer had more errors than are told')
    const shown = failures.slice(0, maxErrors).map((failure) => present(failure, request))
    return `"errors":${JSON.stringify(shown)},`
  }
}

function finder(transports: readonly Transport[]): (service: string) => Transport {
  const byName = new Map(transports.map((transport) => [transport.name, transport]))
  return (service) => {
    const transport = byName.get(service)
    if (!transport)
      throw new Error(`The supergraph has a subgraph ${service} that the gateway was not given.`)
    return transport
  }
}
