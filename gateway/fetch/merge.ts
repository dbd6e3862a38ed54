import { isJsonObject, type JsonObject } from '../request.ts'

/**
 * Adds what a subgraph returned to what is there already, in place: objects field by field, lists item by item.
 * A null never hides what another subgraph knows; a `__typename` may become more exact.
 */
export function merge(target: JsonObject, source: JsonObject): void {
  for (const key in source) {
    // A key that JSON.parse made an own property, and that an assignment would make the prototype.
    if (key === '__proto__') continue
    target[key] = merged(target[key], source[key])
  }
}

function merged(known: unknown, added: unknown): unknown {
  if (added === null || added === undefined) return known ?? added
  if (Array.isArray(known) && Array.isArray(added)) return mergeLists(known, added)
  if (!isJsonObject(known) || !isJsonObject(added) || known === added) return added
  merge(known, added)
  return known
}

function mergeLists(known: unknown[], added: readonly unknown[]): unknown[] {
  if (known !== added) added.forEach((item, index) => (known[index] = merged(known[index], item)))
  return known
}

/** A copy that shares no object or list with the original. */
export function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy)
  if (!isJsonObject(value)) return value
  const copied: JsonObject = {}
  for (const key in value) {
    if (key !== '__proto__') copied[key] = copy(value[key])
  }
  return copied
}
