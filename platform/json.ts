import { hash } from 'node:crypto'

/** JSON text in which a `bigint` is a string of digits, since JSON readers take numbers for floats. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item))
}

/** A hash that is the same for equal values, whatever the order of their keys. */
export function contentHash(value: unknown): string {
  return hash('sha256', toJson(sortKeys(JSON.parse(toJson(value)))), 'base64url')
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]))
}
