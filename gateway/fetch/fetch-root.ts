import {
  failureOfCall,
  failureOfSubgraph,
  failureOfWrite,
  type Failure,
  type Path,
  type SubgraphError,
} from '../errors.ts'
import { merge } from './merge.ts'
import type { RootFetch } from '../plan/planner.ts'
import { compileRewrites, renames } from './rewrites.ts'
import { clientPath, pickVariables, type Run, withinRun } from '../run.ts'
import { rootKeys } from './subgraph-keys.ts'
import type { SubgraphAnswer, SubgraphEvent } from '../subgraph/transport.ts'
import type { FetchContext, Step } from './execute.ts'

/** Compiles a fetch whose answer goes to the root. */
export function compileRootFetch(fetch: RootFetch, context: FetchContext): Step {
  const call = context.transportOf(fetch.service).prepare(fetch)
  const variablesOf = pickVariables(fetch.variableNames)
  const settle = compileSettle(fetch, context)
  return (run) => {
    // What loaders read for a mutation, before it wrote, must not serve the reads that follow it.
    const request = fetch.isMutation ? { ...run.request } : run.request
    return settle(
      async () => withinRun(run, request, (scope) => call(variablesOf(run.variables), scope)),
      run,
    )
  }
}

/** Puts what a call or an event brings at the root of a run: data, or the failure of each root field. */
export type Settle = (bring: SubgraphEvent, run: Run) => Promise<void>

/** Compiles what is done with the answers to one root operation of a subgraph. */
export function compileSettle(
  { service, text, outputRewrites, isMutation }: RootFetch,
  context: Pick<FetchContext, 'typeNames'>,
): Settle {
  const correct = compileRewrites(outputRewrites, context.typeNames)
  const finalKey = renames(outputRewrites)
  const keys = rootKeys(text).map(finalKey)

  const accept = ({ data, errors = [] }: SubgraphAnswer, run: Run): void => {
    if (data) {
      correct?.(data)
      merge(run.data, data)
    }
    for (const error of errors) {
      const path = error.path?.map(finalKey)
      if (path || data) run.failures.add(failureOfSubgraph(error, service, path && clientPath(path)))
      else run.failures.addAll(everywhere(keys, failureOfSubgraph(error, service)))
    }
    if (!data && errors[0])
      run.failures.addAll(everywhere(untold(errors), failureOfSubgraph(errors[0], service)))
  }

  /** A null that spread over all data took fields with it that did not fail. */
  const untold = (errors: readonly SubgraphError[]): Path => {
    if (errors.some(({ path }) => !path)) return []
    const told = new Set(errors.map(({ path = [] }) => finalKey(path[0] ?? '')))
    return keys.filter((key) => !told.has(key))
  }

  return async (bring, run) => {
    try {
      accept(await bring(run.request), run)
    } catch (error) {
      const failure = isMutation ? failureOfWrite(error, service) : failureOfCall(error, service)
      run.failures.addAll(everywhere(keys, failure))
    }
  }
}

/** A call that failed as a whole fails every root field that it was to bring. */
function everywhere(keys: Path, failure: Failure): Failure[] {
  return keys.map((key) => ({ ...failure, path: clientPath([key]) }))
}
