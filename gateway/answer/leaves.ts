import {
  type GraphQLEnumType,
  type GraphQLLeafType,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
} from 'graphql'

/** The JSON text of a leaf that is not null, or undefined where the value is none that its type allows. */
export type WriteLeaf = (value: unknown) => string | undefined

const INT_LIMIT = 2 ** 31

const builtIn: Readonly<Record<string, WriteLeaf>> = {
  [GraphQLString.name]: (value) => (typeof value === 'string' ? jsonString(value) : undefined),
  [GraphQLID.name]: (value) => (typeof value === 'string' ? jsonString(value) : integerId(value)),
  [GraphQLBoolean.name]: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  [GraphQLInt.name]: (value) => (isInt32(value) ? String(value) : undefined),
  [GraphQLFloat.name]: (value) =>
    typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined,
}

/**
 * How values of a leaf type are written. Subgraphs have serialized them already: here they are only checked against
 * the public schema, which may know fewer enum values. A custom scalar is written as it came: a `__proto__` in it is
 * data, for nothing is assigned from it. Its numbers are those of JavaScript, so one that counts beyond 2^53 has to be
 * a string, as `BigInt` is.
 */
export function leafWriter(type: GraphQLLeafType): WriteLeaf {
  if (isEnumType(type)) return enumWriter(type)
  return (
    builtIn[type.name] ?? ((value) => (typeof value === 'string' ? jsonString(value) : JSON.stringify(value)))
  )
}

function enumWriter(type: GraphQLEnumType): WriteLeaf {
  const texts = new Map(type.getValues().map(({ name }) => [name, `"${name}"`]))
  return (value) => texts.get(value as string)
}

function integerId(value: unknown): string | undefined {
  return Number.isSafeInteger(value) ? `"${value as number}"` : undefined
}

function isInt32(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= -INT_LIMIT && (value as number) < INT_LIMIT
}

// Quotes, backslashes, control characters, and surrogates that may stand alone.
// oxlint-disable-next-line no-control-regex -- control characters are what JSON must escape
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/

/** A string as JSON: nearly none needs escaping, and looking is cheaper than JSON.stringify. */
export function jsonString(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`
}
