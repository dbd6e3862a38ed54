import { defaultTypeResolver, type GraphQLAbstractType, type GraphQLSchema, isAbstractType } from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'

import type { Log } from '#platform/log.ts'

import { withoutCodeCache } from '../code-cache.ts'
import { SubgraphFailure } from '../errors.ts'
import { resolveEntitiesDirectly } from './entities.ts'
import { type LocalOperation, localEvents } from './events-local.ts'
import type { Limits } from '../limits.ts'
import { liftArguments, withLiftedArguments } from './arguments.ts'
import { Lru } from '../lru.ts'
import { type RequestScope, Scopes } from './scopes.ts'
import type { SubgraphAnswer, SubgraphCall, Transport } from './transport.ts'

/** A subgraph that runs in this process. */
export interface LocalSubgraph {
  readonly name: string
  readonly schema: GraphQLSchema
  /** The resolvers' context: made on the subgraph's first call in a request, shared by its further calls there. */
  createContext(scope: RequestScope): object
}

/** What the ways to all subgraphs in this process have in common. */
export interface LocalTransportOptions {
  readonly limits: Limits
  readonly log: Log
  /** Hears when a mutation has ended. */
  readonly onWritten: () => void
}

/** Calls a subgraph in process: each of its operations is compiled once by graphql-jit. */
export function createLocalTransport(
  subgraph: LocalSubgraph,
  { limits, log, onWritten }: LocalTransportOptions,
): Transport {
  const { name } = subgraph
  const schema = withLiftedArguments(subgraph.schema)
  const calls = new Lru<SubgraphCall>(
    limits.maxCachedSubgraphOperations,
    limits.maxCachedSubgraphOperationChars,
  )
  const scopes = new Scopes((scope) => subgraph.createContext(scope), limits.fetchTimeoutMs)
  resolveEntitiesDirectly(schema)
  makeTypeResolversSafe(schema, log)

  const compile = (text: string, onEnd?: () => void): LocalOperation => {
    const { document, complete } = liftArguments(schema, text)
    const compiled = withoutCodeCache(() =>
      compileQuery(schema, document, undefined, { disablingCapturingStackErrors: true }),
    )
    if (!isCompiledQuery(compiled))
      throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'the operation cannot be compiled', {
        cause: compiled.errors,
      })
    return {
      document,
      complete,
      execute: (root, variables, request) =>
        scopes.run(request, (context) => {
          const outcome = compiled.query(root, context, variables) as Promise<SubgraphAnswer>
          // Its end, and not that of the wait for it: a write goes on when its client has left.
          return onEnd ? Promise.resolve(outcome).finally(onEnd) : outcome
        }),
    }
  }

  return {
    name,
    prepare: ({ text, isMutation }) =>
      calls.getOrMake(
        text,
        () => {
          const { complete, execute } = compile(text, isMutation ? onWritten : undefined)
          return (variables, request) => execute(undefined, complete(variables), request)
        },
        () => text.length,
      ),
    cacheCounters: () => calls.counters,
    prepareEvents: (text) =>
      localEvents({
        ...compile(text),
        name,
        schema,
        openTimeoutMs: limits.fetchTimeoutMs,
        log,
        contextOf: (request) => scopes.contextOf(request),
      }),
    close: () => undefined,
  }
}

/**
 * graphql-jit calls type resolvers outside of its error handling: one that throws after an await would leave the
 * operation without an end and the process with an unhandled rejection. No type is an error that it does report.
 */
function makeTypeResolversSafe(schema: GraphQLSchema, log: Log): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = safely(type.resolveType ?? defaultTypeResolver, log)
  }
}

type TypeResolver = NonNullable<GraphQLAbstractType['resolveType']>

function safely(resolveType: TypeResolver, log: Log): TypeResolver {
  return (...args) => {
    try {
      return resolveType(...args)
    } catch (error) {
      log.error({ err: error }, 'a type resolver threw')
      return undefined
    }
  }
}
