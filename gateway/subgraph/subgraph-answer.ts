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

/** From here on an answer may be made of keys that nobody asked for, at the cost of a second. */
const LARGE_CHARS = 1_000_000

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
    const isLarge = reply.text.length > LARGE_CHARS
    const data = keepSelected(answer.data, selected, limits.maxSubgraphDepth, isLarge)
    return { ...answer, data: data as JsonObject | null }
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
 * The value with what was asked for and nothing else, `__proto__` left out with the rest. The value of a scalar stays
 * as it is. So does a `__typename`, which gives foreign objects away.
 */
function keepSelected(
  value: unknown,
  selected: Selected | null,
  depthLeft: number,
  isLarge: boolean,
): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depthLeft === 0) throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'the answer is nested too deeply')
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1)
      value[index] = keepSelected(value[index], selected, depthLeft - 1, isLarge)
    return value
  }
  // Nothing goes through a million keys: what is known is taken from among them. Of small objects that costs more.
  const object = isLarge && selected ? pick(value as JsonObject, selected) : (value as JsonObject)
  let hasForeign = false
  for (const key in object) {
    const inner = selected === null || key === '__typename' ? null : selected.get(key)
    const item = object[key]
    if (inner === undefined) hasForeign = true
    else if (typeof item === 'object' && item !== null)
      object[key] = keepSelected(item, inner, depthLeft - 1, isLarge)
  }
  return hasForeign && selected ? pick(object, selected) : object
}

/** A new object, since each key that is deleted from one costs more than all that are taken. */
function pick(object: JsonObject, selected: Selected): JsonObject {
  const picked: JsonObject = {}
  for (const key of ['__typename', ...selected.keys()])
    if (Object.hasOwn(object, key)) picked[key] = object[key]
  return picked
}
