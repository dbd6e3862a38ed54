import { failureOfCall, failureOfSubgraph, type Failure, type Path } from './errors.ts'
import { merge } from './merge.ts'
import type { RootFetch } from './planner.ts'
import { compileRewrites, renames } from './rewrites.ts'
import { clientPath, pickVariables, type Run } from './run.ts'
import { rootKeys } from './subgraph-keys.ts'
import type { SubgraphAnswer } from './transport.ts'
import type { FetchContext, Step } from './execute.ts'

/** Compiles a fetch whose answer goes to the root. */
export function compileRootFetch(fetch: RootFetch, context: FetchContext): Step {
  const { service, outputRewrites } = fetch
  const call = context.transportOf(service).prepare(fetch)
  const variablesOf = pickVariables(fetch.variableNames)
  const correct = compileRewrites(outputRewrites, context.typeNames)
  const finalKey = renames(outputRewrites)
  const keys = rootKeys(fetch.text).map(finalKey)

  const accept = ({ data, errors = [] }: SubgraphAnswer, run: Run): void => {
    if (data) {
      correct?.(data)
      merge(run.data, data)
    }
    for (const error of errors) {
      const path = error.path?.map(finalKey)
      if (path || data) run.failures.push(failureOfSubgraph(error, service, path && clientPath(path)))
      else run.failures.push(...everywhere(keys, failureOfSubgraph(error, service)))
    }
  }

  return async (run) => {
    // What loaders read for a mutation, before it wrote, must not serve the reads that follow it.
    const request = fetch.isMutation ? { ...run.request } : run.request
    try {
      accept(await call(variablesOf(run.variables), request), run)
    } catch (error) {
      run.failures.push(...everywhere(keys, failureOfCall(error, service)))
    }
  }
}

/** A call that failed as a whole fails every root field that it was to bring. */
function everywhere(keys: Path, failure: Failure): Failure[] {
  return keys.map((key) => ({ ...failure, path: clientPath([key]) }))
}
