import { type Path, SubgraphFailure } from './errors.ts'
import { Failures } from './failures.ts'
import type { Limits } from './limits.ts'
import { clientName, keyIn } from './names.ts'
import { isJsonObject, type JsonObject, type RequestContext } from './request.ts'

/** One execution of one operation: what the steps of its plan read and write. */
export interface Run {
  readonly request: RequestContext
  readonly variables: JsonObject
  /** The merged answers of the subgraphs, from the root. */
  readonly data: JsonObject
  readonly failures: Failures
  /** When no further fetch begins, by `performance.now()`. */
  readonly deadlineMs: number
}

/** Starts a run with nothing fetched yet. */
export function startRun(
  request: RequestContext,
  variables: JsonObject,
  { maxKeptErrors, runTimeoutMs }: Pick<Limits, 'maxKeptErrors' | 'runTimeoutMs'>,
): Run {
  const data = Object.create(null) as JsonObject
  const deadlineMs = performance.now() + runTimeoutMs
  return { request, variables, data, failures: new Failures(maxKeptErrors), deadlineMs }
}

/** Throws once a run has lasted so long that its client gets what there is. */
export function refuseLate({ deadlineMs }: Run): void {
  if (performance.now() > deadlineMs)
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
