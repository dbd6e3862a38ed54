import { type SubgraphError, SubgraphFailure } from '../errors.ts'
import type { Limits } from '../limits.ts'
import { isJsonObject, type JsonObject } from '../request.ts'
import { type Selected, selectedKeys } from '../fetch/subgraph-keys.ts'
import type { SubgraphAnswer } from './transport.ts'

/** A subgraph's answer as it came over HTTP. */
export interface Reply {
  readonly status: number
  readonly text: string
}

/** Reads a reply into an answer of its own, or throws a SubgraphFailure. */
export type ReadReply = (reply: Reply) => SubgraphAnswer

/**
 * Compiles the reader of replies to one operation. Whatever a service sends, an answer has only the keys that were
 * asked for, so that no subgraph can speak for another, and it is no deeper than what works on it can bear.
 */
export function compileReplyReader(text: string, limits: Limits): ReadReply {
  const selected = selectedKeys(text)
  return (reply) => {
    const answer = parseAnswer(reply.text, limits)
    if (!answer) {
      throw new SubgraphFailure(
        reply.status >= 500 ? 'SUBGRAPH_UNAVAILABLE' : 'SUBGRAPH_BAD_RESPONSE',
        `status ${reply.status} without a GraphQL answer`,
      )
    }
    keepSelected(answer.data, selected, limits.maxSubgraphDepth)
    return answer
  }
}

/** The answer if the text is one: data, errors, or both, in the shapes of the GraphQL response format. */
function parseAnswer(text: string, limits: Limits): SubgraphAnswer | undefined {
  const answer = parseJson(text)
  if (!isJsonObject(answer)) return undefined
  const { data = null, errors = [] } = answer
  if (data !== null && !isJsonObject(data)) return undefined
  if (!Array.isArray(errors) || !errors.every((error) => isSubgraphError(error, limits))) return undefined
  return data === null && errors.length === 0
    ? undefined
    : { data, errors: errors.slice(0, limits.maxErrors) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isSubgraphError(error: unknown, limits: Limits): error is SubgraphError {
  if (!isJsonObject(error)) return false
  const { message, path = null } = error
  if (typeof message !== 'string' || message.length > limits.maxSubgraphErrorChars) return false
  if (path === null) return true
  return Array.isArray(path) && path.length <= limits.maxSubgraphDepth && path.every(isPathStep)
}

function isPathStep(step: unknown): boolean {
  return typeof step === 'string' || Number.isSafeInteger(step)
}

/**
 * Takes out what was not asked for, `__proto__` among it. The value of a scalar stays as it is. So does a
 * `__typename`, which gives foreign objects away.
 */
function keepSelected(value: unknown, selected: Selected | null, depthLeft: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depthLeft === 0) throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'the answer is nested too deeply')
  if (Array.isArray(value)) {
    for (const item of value) keepSelected(item, selected, depthLeft - 1)
    return
  }
  const object = value as JsonObject
  for (const key in object) {
    const inner = selected === null || key === '__typename' ? null : selected.get(key)
    if (inner === undefined) delete object[key]
    else keepSelected(object[key], inner, depthLeft - 1)
  }
}
