import { Kind, type SelectionSetNode } from 'graphql'

import type { Failure, Path } from '../errors.ts'
import { clientName, PROOF_KEY } from '../names.ts'
import { IMPLIED_TYPENAME, isDeferred, isProof } from '../document/normalize.ts'

/** The response keys that a client may find in its answer, level by level, whatever the types. */
export type Shape = Map<string, Shape>

/** The shape of a normalized selection set's answer: of its first part, or of the whole. */
export function shapeOf(selectionSet: SelectionSetNode, { isWhole = false } = {}): Shape {
  const shape: Shape = new Map()
  addTo(shape, selectionSet, isWhole)
  return shape
}

function addTo(shape: Shape, { selections }: SelectionSetNode, isWhole: boolean): void {
  for (const selection of selections) {
    if (selection === IMPLIED_TYPENAME || isProof(selection)) continue
    if (selection.kind === Kind.INLINE_FRAGMENT && (isWhole || !isDeferred(selection)))
      addTo(shape, selection.selectionSet, isWhole)
    if (selection.kind !== Kind.FIELD) continue
    const inner = shape.getOrInsertComputed(
      clientName((selection.alias ?? selection.name).value),
      () => new Map(),
    )
    if (selection.selectionSet) addTo(inner, selection.selectionSet, isWhole)
  }
}

/**
 * Failures as the client can place them, one cause at one place once. A field that only the plan asked for is reported
 * at the object that it was needed for, unless the same cause is told below it. Why an object does not exist is told at
 * the object, and not below it. The shape is that of the object at `base`.
 */
export function fitFailures(failures: readonly Failure[], shape: Shape, base: Path = []): Failure[] {
  const placed = failures.map((failure) => {
    const { path } = failure
    return { failure, path: path && [...base, ...fitPath(path.slice(base.length), shape)] }
  })
  const absent = new Set<string>()
  const toldBelow = new Set<string>()
  for (const { failure, path } of placed) {
    if (isAbsence(failure)) absent.add(causeAt(failure, path))
    else for (const above of placesAbove(path)) toldBelow.add(causeAt(failure, above))
  }
  const fitted = new Map<string, Failure>()
  for (const { failure, path } of placed) {
    const cause = causeAt(failure, path)
    const isMoved = path?.length !== failure.path?.length
    const isToldBelow = isMoved && toldBelow.has(cause)
    const isToldAbove = placesAbove(path).some((above) => absent.has(causeAt(failure, above)))
    if (isAbsence(failure) || !(isToldBelow || isToldAbove))
      fitted.getOrInsertComputed(cause, () => ({ ...failure, path }))
  }
  return [...fitted.values()]
}

function isAbsence({ path }: Failure): boolean {
  return path?.at(-1) === PROOF_KEY
}

function placesAbove(path: Path = []): Path[] {
  return path.map((_, length) => path.slice(0, length))
}

/** One and the same cause has one text at one place. */
function causeAt({ code, message, service }: Failure, path: Path | undefined): string {
  return JSON.stringify([path, code, message, service])
}

/** True if a client finds this place in what it was answered. */
export function fits(path: Path, shape: Shape): boolean {
  return fitPath(path, shape).length === path.length
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
