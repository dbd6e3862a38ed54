/**
 * When a schema of events may change within its major version: it must be BACKWARD_TRANSITIVE, so that a reader with
 * the schema of today can read whatever was written under any earlier one. Readers outside this repository move later
 * than we do; for them, words that decide what they do next are not added either.
 */
import type { JsonSchema } from './type-schema.ts'

/** One way in which a schema does not meet what was written under an earlier one. */
export interface Incompatibility {
  readonly rule: string
  /** JSON Pointer into the schema. */
  readonly path: string
}

interface Rule {
  readonly rule: string
  /** Fields of the object at hand that break the rule; an empty name for the schema itself. */
  readonly find: (before: JsonSchema, after: JsonSchema) => readonly string[]
}

const ITSELF = ['']
const itselfIf = (isBroken: boolean): readonly string[] => (isBroken ? ITSELF : [])

/** The rules, each for one schema and its earlier form; parts are compared by themselves. */
export const compatibilityRules: readonly Rule[] = [
  { rule: 'FIELD_REMOVED', find: (before, after) => without(fieldsOf(before), fieldsOf(after)) },
  { rule: 'REQUIRED_ADDED', find: (before, after) => without(after.required ?? [], before.required ?? []) },
  {
    rule: 'TYPE_NARROWED',
    find: (before, after) => itselfIf(without(typesOf(before), acceptedBy(after)).length > 0),
  },
  {
    rule: 'ENUM_VALUE_REMOVED',
    find: (before, after) =>
      itselfIf(after.enum !== undefined && without(before.enum ?? [], after.enum).length > 0),
  },
  {
    rule: 'ENUM_VALUE_ADDED',
    find: (before, after) =>
      itselfIf(isDecisive(before) && without(after.enum ?? [], before.enum ?? []).length > 0),
  },
  {
    rule: 'ENUM_INTRODUCED',
    find: (before, after) => itselfIf(before.enum === undefined && after.enum !== undefined),
  },
  { rule: 'FORMAT_CHANGED', find: (before, after) => itselfIf(isRestricted(before, after, FORMATS)) },
  {
    rule: 'CLOSED',
    find: (before, after) => itselfIf(after['additionalProperties'] === false && !isClosed(before)),
  },
  {
    rule: 'KEYWORD_UNKNOWN',
    find: (before, after) => itselfIf(isRestricted(before, after, unknownKeywords(after))),
  },
]

/** Where `after` breaks a rule towards `before`. */
export function incompatibilities(before: JsonSchema, after: JsonSchema, path = ''): Incompatibility[] {
  const here = compatibilityRules.flatMap(({ rule, find }) =>
    find(before, after).map((field) => ({
      rule,
      path: field === '' ? path || '/' : `${path}/properties/${field}`,
    })),
  )
  const inside = partsOf(after).flatMap(([step, part]) => {
    const earlier = new Map(partsOf(before)).get(step)
    return earlier === undefined ? [] : incompatibilities(earlier, part, `${path}${step}`)
  })
  return [...here, ...inside]
}

function partsOf({ properties = {}, items }: JsonSchema): [step: string, part: JsonSchema][] {
  const fields = Object.entries(properties).map(([field, part]): [string, JsonSchema] => [
    `/properties/${field}`,
    part,
  ])
  return items === undefined ? fields : [...fields, ['/items', items]]
}

const FORMATS = ['format', 'pattern']
/** What the rules look at, and what says nothing about a value. Any other keyword is taken for a restriction. */
const KNOWN_KEYWORDS = new Set([
  ...FORMATS,
  'type',
  'properties',
  'required',
  'items',
  'enum',
  'additionalProperties',
  '$schema',
  'title',
  'description',
  'x-events',
  'x-may-grow',
])

const unknownKeywords = (schema: JsonSchema): string[] =>
  Object.keys(schema).filter((keyword) => !KNOWN_KEYWORDS.has(keyword))

/** Whether `after` demands by one of the keywords what `before` did not. */
const isRestricted = (before: JsonSchema, after: JsonSchema, keywords: readonly string[]): boolean =>
  keywords.some(
    (keyword) => keyword in after && JSON.stringify(after[keyword]) !== JSON.stringify(before[keyword]),
  )

const isClosed = (schema: JsonSchema): boolean =>
  schema['additionalProperties'] === false || schema.properties === undefined
const isDecisive = (schema: JsonSchema): boolean => schema.enum !== undefined && schema['x-may-grow'] !== true
const fieldsOf = ({ properties = {} }: JsonSchema): string[] => Object.keys(properties)
const typesOf = ({ type = [] }: JsonSchema): readonly string[] => [type].flat()

/** Every integer is a number. */
const acceptedBy = (schema: JsonSchema): readonly string[] => {
  const types = typesOf(schema)
  return types.includes('number') ? [...types, 'integer'] : types
}

function without<Item>(items: readonly Item[], others: readonly Item[]): Item[] {
  return items.filter((item) => !others.includes(item))
}
