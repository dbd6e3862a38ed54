/** Versions of a payload: what a person changed of it, value by value. */
import type { PayloadChange } from './exception.ts'

/** Changes of single values, and the places where the new payload has another shape than the old one. */
export interface PayloadDifference {
  readonly changes: readonly PayloadChange[]
  /** Paths such as `lines.0.amount`, also of what is missing or too much; `payload` for all of it. */
  readonly misshapen: readonly string[]
}

/**
 * What is different in a payload. Only values may change, each to another of its kind, or from none to one: steps rely
 * on the shape.
 */
export function comparePayloads(
  before: unknown,
  after: unknown,
  path: readonly string[] = [],
): PayloadDifference {
  const [had, has] = [partsOf(before), partsOf(after)]
  if (had !== undefined && has !== undefined && isSameShape(before, after, had, has)) {
    const parts = [...had].map(([name, part]) => comparePayloads(part, has.get(name), [...path, name]))
    return {
      changes: parts.flatMap(({ changes }) => changes),
      misshapen: parts.flatMap(({ misshapen }) => misshapen),
    }
  }
  if (before === after) return { changes: [], misshapen: [] }
  const isValue = had === undefined && has === undefined && after !== null && after !== undefined
  return isValue && (before === null || typeof before === typeof after)
    ? { changes: [{ path, before, after }], misshapen: [] }
    : { changes: [], misshapen: misshapenIn(before, after, path) }
}

/** What is missing or too much in an object; of anything else the whole. */
function misshapenIn(before: unknown, after: unknown, path: readonly string[]): string[] {
  const names = [before, after].map((value) => (isObject(value) ? new Set(Object.keys(value)) : undefined))
  const differing = names[1] && names[0]?.symmetricDifference(names[1])
  return differing === undefined
    ? [path.join('.') || 'payload']
    : [...differing].map((name) => [...path, name].join('.'))
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The parts of an object or list, by name or place; undefined for a single value. */
const partsOf = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined

const isSameShape = (
  before: unknown,
  after: unknown,
  had: ReadonlyMap<string, unknown>,
  has: ReadonlyMap<string, unknown>,
): boolean =>
  Array.isArray(before) === Array.isArray(after) &&
  had.size === has.size &&
  [...had.keys()].every((name) => has.has(name))

/** A payload with changes made. */
export const withChanges = (payload: unknown, changes: readonly PayloadChange[]): unknown =>
  changes.reduce((changed, { path, after }) => withValue(changed, path, after), payload)

function withValue(payload: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value
  if (Array.isArray(payload))
    return payload.map((item: unknown, place) =>
      String(place) === name ? withValue(item, rest, value) : item,
    )
  const parts = payload as Readonly<Record<string, unknown>>
  return { ...parts, [name]: withValue(parts[name], rest, value) }
}

/** Names of values that money follows from. */
const MONEY_FIELDS: ReadonlySet<string> = new Set([
  'amount',
  'currency',
  'fee',
  'minorUnits',
  'price',
  'quantity',
  'rate',
  'tax',
  'unitPrice',
])

/** Whether changes reach money by the names of the values. */
export const touchesMoney = (changes: readonly PayloadChange[]): boolean =>
  changes.some(({ path }) => MONEY_FIELDS.has(path.at(-1) ?? ''))
