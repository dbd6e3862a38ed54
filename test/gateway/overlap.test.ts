import fc from 'fast-check'
import { buildSchema, OverlappingFieldsCanBeMergedRule, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'

import { RequestError } from '#gateway/errors.ts'
import { defaultLimits } from '#gateway/limits.ts'
import { findConflict } from '#gateway/document/overlap.ts'

const schema = buildSchema(`
  type Query { pet: Pet, dog: Dog, any: Any }
  interface Pet { name: String, age: Int, friend: Pet, friends: [Pet], at(x: Int, y: Spot): String }
  input Spot { a: Int, b: [Int] }
  type Dog implements Pet {
    name: String, age: Int, friend: Pet, friends: [Pet], at(x: Int, y: Spot): String
    barks: Boolean!, best: Dog, size: Int!
  }
  type Cat implements Pet {
    name: String, age: Int, friend: Pet, friends: [Pet], at(x: Int, y: Spot): String
    meows: Boolean, best: Cat, size: Float
  }
  union Any = Dog | Cat
`)

const conflictOf = (text: string): string | undefined =>
  findConflict(schema, parse(text), defaultLimits)?.message

const shared = ['name', 'age', 'at(x: 1)', 'at(x: 2)', 'at(y: { a: 1, b: [2] })', 'at(y: { b: [2], a: 1 })']
/** By type: its leaves, and its objects with the types that may be asked for below them. */
const parts: Readonly<
  Record<string, { leaves: readonly string[]; below: Readonly<Record<string, string>> }>
> = {
  Query: { leaves: ['__typename'], below: { pet: 'Pet', dog: 'Dog', any: 'Any' } },
  Any: { leaves: ['__typename'], below: { '... on Dog': 'Dog', '... on Cat': 'Cat', '... on Pet': 'Pet' } },
  Pet: {
    leaves: [...shared, '...D', '...C', '...P'],
    below: { friend: 'Pet', friends: 'Pet', '... on Dog': 'Dog', '... on Cat': 'Cat' },
  },
  Dog: {
    leaves: [...shared, 'barks', 'size', '...D'],
    below: { best: 'Dog', friend: 'Pet', '... on Pet': 'Pet' },
  },
  Cat: {
    leaves: [...shared, 'meows', 'size', '...C'],
    below: { best: 'Cat', friend: 'Pet', '... on Pet': 'Pet' },
  },
}

/** A selection set whose few aliases meet often: about half of the documents have a conflict. */
function selectionSet(type: string, levels: number): fc.Arbitrary<string> {
  const { leaves = [], below = {} } = parts[type] ?? {}
  const leaf = fc.constantFrom(...leaves.filter((name) => levels > 0 || !name.startsWith('...')))
  const objects = levels === 0 ? [] : Object.entries(below)
  const selections = [
    leaf,
    ...objects.map(([name, inner]) => selectionSet(inner, levels - 1).map((set) => `${name} ${set}`)),
  ]
  const selection = fc.tuple(fc.constantFrom('', '', 'a: ', 'b: '), fc.oneof(...selections))
  return fc
    .array(selection, { minLength: 1, maxLength: 3 })
    .map(
      (list) =>
        `{ ${list.map(([alias, text]) => (text.startsWith('...') ? text : alias + text)).join(' ')} }`,
    )
}

const LEVELS = 3
const document = fc
  .tuple(selectionSet('Query', LEVELS), ...['Dog', 'Cat', 'Pet'].map((type) => selectionSet(type, 0)))
  .map(
    ([query, dog, cat, pet]) =>
      `query Q ${query} query U { dog { ...D } any { ...C } pet { ...P } }
      fragment D on Dog ${dog} fragment C on Cat ${cat} fragment P on Pet ${pet}`,
  )

describe('Fields of one response key', () => {
  it('conflict in the same documents as by the rule of graphql-js', () => {
    const seen = { conflicts: 0, none: 0 }
    fc.assert(
      fc.property(document, (text) => {
        const expected = validate(schema, parse(text), [OverlappingFieldsCanBeMergedRule]).length > 0
        seen[expected ? 'conflicts' : 'none'] += 1
        expect(conflictOf(text) !== undefined).toBe(expected)
      }),
      { numRuns: 1_000 },
    )
    expect(Math.min(seen.conflicts, seen.none)).toBeGreaterThan(50)
  })

  it.each([
    ['another field', '{ pet { name: age name } }', 'are different fields'],
    ['other arguments', '{ dog { at(x: 1) ...F } } fragment F on Pet { at(x: 2) }', 'different arguments'],
    ['another shape on another type', '{ any { ... on Dog { size } ... on Cat { size } } }', 'shapes'],
    ['a string that looks like two arguments', '{ dog { at(x: 1) at(x: 1, y: {}) } }', 'different arguments'],
  ])('conflict as %s, and the answer says why', (_what, text, reason) => {
    expect(conflictOf(text)).toContain(reason)
  })

  it('are compared so many times at most: types within types double the groups with each level', () => {
    const chain = (depth: number): string => (depth === 0 ? '{ age }' : `{ x: friend ${chain(depth - 1)} }`)
    const on = (type: string, depth: number): string => `... on ${type} { x: friend ${chain(depth)} }`
    const forked = (depth: number): string =>
      depth === 0 ? '{ name }' : `{ ${on('Dog', depth)} ${on('Cat', depth)} x: friend ${forked(depth - 1)} }`
    expect(conflictOf(`{ pet ${forked(6)} }`)).toBeUndefined()
    expect(() => conflictOf(`{ pet ${forked(14)} }`)).toThrow(RequestError)
    const inOperations = Array.from({ length: 20 }, (_, n) => `query q${n} { pet ${forked(6)} }`)
    expect(() => conflictOf(inOperations.join(' '))).toThrow(RequestError)
  })
})
