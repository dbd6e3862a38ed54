import { Kind, type SelectionSetNode } from 'graphql'

import type { Failure, Path } from './errors.ts'
import { clientName } from './names.ts'
import { IMPLIED_TYPENAME, isProof } from './normalize.ts'

/** The response keys that a client may find in its answer, level by level, whatever the types. */
export type Shape = Map<string, Shape>

/** The shape of a normalized selection set's answer. */
export function shapeOf({ selections }: SelectionSetNode, shape: Shape = new Map()): Shape {
  for (const selection of selections) {
    if (selection === IMPLIED_TYPENAME || isProof(selection)) continue
    if (selection.kind === Kind.INLINE_FRAGMENT) shapeOf(selection.selectionSet, shape)
    if (selection.kind !== Kind.FIELD) continue
    const inner = shape.getOrInsertComputed(
      clientName((selection.alias ?? selection.name).value),
      () => new Map(),
    )
    if (selection.selectionSet) shapeOf(selection.selectionSet, inner)
  }
  return shape
}

/**
 * Failures as the client can place them: a field that only the plan asked for is reported at the object that it was
 * needed for, and one cause at one place once, and not again below it.
 */
export function fitFailures(failures: readonly Failure[], shape: Shape): Failure[] {
  const fitted = new Map<string, Failure>()
  for (const failure of failures) {
    const path = failure.path && fitPath(failure.path, shape)
    fitted.getOrInsertComputed(causeAt(failure, path), () => ({ ...failure, path }))
  }
  return [...fitted.values()].filter((failure) => !isToldAbove(failure, fitted))
}

/** One and the same cause has one text at one place. */
function causeAt({ code, message, service }: Failure, path: Path | undefined): string {
  return JSON.stringify([path, code, message, service])
}

function isToldAbove(failure: Failure, fitted: ReadonlyMap<string, Failure>): boolean {
  const { path = [] } = failure
  return path.some((_, length) => length > 0 && fitted.has(causeAt(failure, path.slice(0, length))))
}

function fitPath(path: Path, root: Shape): Path {
  let shape = root
  for (const [index, step] of path.entries()) {
    if (typeof step === 'number') continue
    const inner = shape.get(step)
    if (!inner) return path.slice(0, index)
    shape = inner
  }
  return path
}
