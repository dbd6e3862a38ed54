import type { Failure, Path } from './errors.ts'
import { clientName } from './names.ts'
import type { JsonObject, RequestContext } from './request.ts'

/** One execution of one operation: what the steps of its plan read and write. */
export interface Run {
  readonly request: RequestContext
  readonly variables: JsonObject
  /** The merged answers of the subgraphs, from the root. */
  readonly data: JsonObject
  readonly failures: Failure[]
}

/** Starts a run with nothing fetched yet. */
export function startRun(request: RequestContext, variables: JsonObject): Run {
  return { request, variables, data: Object.create(null) as JsonObject, failures: [] }
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

/** A path in the merged data as the client knows it. */
export function clientPath(path: Path): Path {
  return path.map((step) => (typeof step === 'string' ? clientName(step) : step))
}
