import { type Path, SubgraphFailure } from './errors.ts'
import { Failures } from './failures.ts'
import type { Limits } from './limits.ts'
import { clientName, keyIn } from './names.ts'
import { isJsonObject, type JsonObject, type RequestContext } from './request.ts'
import { withDeadline } from './subgraph/transport.ts'

/** One execution of one operation: what the steps of its plan read and write. */
export interface Run {
  readonly request: RequestContext
  readonly variables: JsonObject
  /** The merged answers of the subgraphs, from the root. */
  readonly data: JsonObject
  readonly failures: Failures
  /** When the client gets what there is, by `performance.now()`. */
  readonly deadlineMs: number
  readonly fetchTimeoutMs: number
}

/** Starts a run with nothing fetched yet. */
export function startRun(
  request: RequestContext,
  variables: JsonObject,
  { maxKeptErrors, runTimeoutMs, fetchTimeoutMs }: RunLimits,
): Run {
  const data = Object.create(null) as JsonObject
  const deadlineMs = performance.now() + runTimeoutMs
  return { request, variables, data, failures: new Failures(maxKeptErrors), deadlineMs, fetchTimeoutMs }
}

type RunLimits = Pick<Limits, 'maxKeptErrors' | 'runTimeoutMs' | 'fetchTimeoutMs'>

/**
 * The outcome of a call within the time that its run has left, or a SubgraphFailure: so the client gets what there is
 * by then. Where the call's own deadline comes first, it is left alone.
 */
export function withinRun<T>(
  { deadlineMs, fetchTimeoutMs }: Run,
  request: RequestContext,
  call: (request: RequestContext) => Promise<T>,
): Promise<T> {
  const leftMs = deadlineMs - performance.now()
  if (leftMs >= fetchTimeoutMs) return call(request)
  if (leftMs > 0) return withDeadline((signal) => call({ ...request, signal }), request.signal, leftMs)
  throw new SubgraphFailure('SUBGRAPH_TIMEOUT', 'earlier fetches took all the time', { isUnsent: true })
}

/** The variables that a subgraph's operation declares, under their inner names, where they have a value. */
export function pickVariables(names: readonly string[]): (variables: JsonObject) => JsonObject {
  const pairs = names.map((name) => [name, clientName(name)] as const)
  return (variables) => {
    const picked: JsonObject = {}
    for (const [inner, outer] of pairs) {
      if (Object.hasOwn(variables, outer)) picked[inner] = variables[outer]
    }
    return picked
  }
}

/** The object of the merged data that a client finds at a path. */
export function objectAt(data: JsonObject, path: Path): JsonObject {
  let value: unknown = data
  for (const step of path)
    value = isJsonObject(value) ? value[keyIn(value, step)] : (value as unknown[])[Number(step)]
  if (!isJsonObject(value)) throw new Error(`There is no object at ${path.join('.')}.`)
  return value
}

/** A path in the merged data as the client knows it. */
export function clientPath(path: Path): Path {
  return path.map((step) => (typeof step === 'string' ? clientName(step) : step))
}
