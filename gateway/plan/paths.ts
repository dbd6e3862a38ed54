import type { PathSegment } from './planner.ts'
import { isJsonObject, type JsonObject } from '../request.ts'
import type { TypeNames } from '../types.ts'

/** A place in merged data: response keys and list indexes. */
export type Trail = (string | number)[]

/** Calls `found` for each object that a path of the plan leads to. The trail is reused: copy what is kept. */
export type Locate = (root: JsonObject, found: (object: JsonObject, trail: Trail) => void) => void

type Visit = (value: unknown, trail: Trail, found: (object: JsonObject, trail: Trail) => void) => void

/** Compiles a path of the plan, from its end to its start, into one function. */
export function compilePath(segments: readonly PathSegment[], typeNames: TypeNames): Locate {
  const visit = segments.reduceRight((next, segment) => compileSegment(segment, next, typeNames), arrive)
  return (root, found) => visit(root, [], found)
}

const arrive: Visit = (value, trail, found) => {
  if (isJsonObject(value)) found(value, trail)
}

function compileSegment(segment: PathSegment, next: Visit, typeNames: TypeNames): Visit {
  if (segment === '@') return everyItem(next)
  return 'Field' in segment ? field(segment.Field, next) : ofTypes(segment.TypeCondition, next, typeNames)
}

/** The planner writes one `'@'` for a list of lists as well: so it is every item that is no list, at any depth. */
function everyItem(next: Visit): Visit {
  const visit: Visit = (value, trail, found) => {
    if (!Array.isArray(value)) return next(value, trail, found)
    for (let index = 0; index < value.length; index += 1) {
      trail.push(index)
      visit(value[index], trail, found)
      trail.pop()
    }
  }
  return visit
}

function field(key: string, next: Visit): Visit {
  return (value, trail, found) => {
    if (!isJsonObject(value)) return
    trail.push(key)
    next(value[key], trail, found)
    trail.pop()
  }
}

function ofTypes(names: readonly string[], next: Visit, typeNames: TypeNames): Visit {
  const matching = new Set(names.flatMap((name) => [...typeNames(name)]))
  return (value, trail, found) => {
    if (isJsonObject(value) && matching.has(String(value.__typename))) next(value, trail, found)
  }
}
