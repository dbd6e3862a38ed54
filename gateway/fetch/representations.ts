import type { Requirement } from '../plan/planner.ts'
import { isJsonObject, type JsonObject } from '../request.ts'
import type { TypeNames } from '../types.ts'

/** What a subgraph needs to find an entity; undefined where the data lacks it, as when an earlier fetch failed. */
export type Represent = (object: JsonObject) => JsonObject | undefined

/** Copies one requirement from an object into its representation; false where the object does not have it. */
type Take = (object: JsonObject, into: JsonObject) => boolean

/** Compiles what the plan requires of an entity. An object of none of the required types has no representation. */
export function compileRepresentation(requires: readonly Requirement[], typeNames: TypeNames): Represent {
  const take = takeAll(requires, typeNames)
  return (object) => {
    const representation: JsonObject = {}
    return take(object, representation) && representation.__typename !== undefined
      ? representation
      : undefined
  }
}

function takeAll(requires: readonly Requirement[], typeNames: TypeNames): Take {
  const takes = requires.map((requirement) =>
    requirement.kind === 'Field' ? takeField(requirement, typeNames) : takeOfType(requirement, typeNames),
  )
  return (object, into) => takes.every((take) => take(object, into))
}

function takeOfType(fragment: Requirement & { kind: 'InlineFragment' }, typeNames: TypeNames): Take {
  const matching = typeNames(fragment.typeCondition)
  const take = takeAll(fragment.selections, typeNames)
  return (object, into) => !matching.has(String(object.__typename)) || take(object, into)
}

function takeField(
  { name, alias = name, selections = [] }: Requirement & { kind: 'Field' },
  typeNames: TypeNames,
): Take {
  const project =
    selections.length === 0 ? (value: unknown) => value : projection(takeAll(selections, typeNames))
  return (object, into) => {
    const value = project(object[name])
    if (value === undefined) return false
    into[alias] = value
    return true
  }
}

/** Keeps of a value only what is required: nested objects, and lists of them at any depth. */
function projection(take: Take): (value: unknown) => unknown {
  const project = (value: unknown): unknown => {
    if (Array.isArray(value)) return projectList(value, project)
    if (!isJsonObject(value)) return value
    const projected: JsonObject = {}
    return take(value, projected) ? projected : undefined
  }
  return project
}

function projectList(items: readonly unknown[], project: (value: unknown) => unknown): unknown[] | undefined {
  const projected = items.map(project)
  return projected.includes(undefined) ? undefined : projected
}
