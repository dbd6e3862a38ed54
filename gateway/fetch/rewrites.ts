import type { Rewrite, RewriteSegment } from '../plan/planner.ts'
import { isJsonObject, type JsonObject } from '../request.ts'
import type { TypeNames } from '../types.ts'

/** Corrects a value in place. */
export type Correct = (value: unknown) => void

/** Compiles the plan's corrections into one function, or undefined where there are none. */
export function compileRewrites(rewrites: readonly Rewrite[], typeNames: TypeNames): Correct | undefined {
  if (rewrites.length === 0) return undefined
  const corrections = rewrites.map((rewrite) => compileRewrite(rewrite, typeNames))
  return (value) => {
    for (const correct of corrections) correct(value)
  }
}

function compileRewrite(rewrite: Rewrite, typeNames: TypeNames): Correct {
  const last = rewrite.path.at(-1)
  if (last === undefined || !('Key' in last)) throw new Error('A rewrite of the plan does not end in a key.')
  const key = last.Key
  let correct: Correct = onObjects((object) => {
    if (rewrite.kind === 'set') object[key] = rewrite.value
    else if (key in object) rename(object, key, rewrite.key)
  })
  for (const segment of rewrite.path.slice(0, -1).toReversed())
    correct = compileSegment(segment, correct, typeNames)
  return correct
}

function compileSegment(segment: RewriteSegment, next: Correct, typeNames: TypeNames): Correct {
  if ('Key' in segment) return onObjects((object) => next(object[segment.Key]))
  const matching = new Set(segment.TypenameEquals.flatMap((name) => [...typeNames(name)]))
  return onObjects((object) => {
    if (matching.has(String(object.__typename))) next(object)
  })
}

/** Lists are not steps of a rewrite's path: it holds for each of their items. */
function onObjects(act: (object: JsonObject) => void): Correct {
  const correct: Correct = (value) => {
    if (Array.isArray(value)) value.forEach(correct)
    else if (isJsonObject(value)) act(value)
  }
  return correct
}

function rename(object: JsonObject, from: string, to: string): void {
  object[to] = object[from]
  delete object[from]
}

/** The key that a subgraph's key ends up as: for the paths of errors, which are not rewritten with the data. */
export function renames(
  rewrites: readonly Rewrite[],
): <Step extends string | number>(step: Step) => Step | string {
  const finalKeys = new Map<string | number, string>()
  for (const rewrite of rewrites) {
    const last = rewrite.path.at(-1)
    if (rewrite.kind === 'rename' && last !== undefined && 'Key' in last) finalKeys.set(last.Key, rewrite.key)
  }
  return (step) => finalKeys.get(step) ?? step
}
