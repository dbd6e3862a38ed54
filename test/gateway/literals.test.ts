import { buildSchema, GraphQLScalarType, print, valueFromASTUntyped } from 'graphql'
import { describe, expect, it } from 'vitest'

import { liftLiterals, withLiftedLiterals } from '#gateway/literals.ts'

const schema = buildSchema(`
  scalar Tag
  input Filter { tag: Tag = "none", tags: [Tag], limit: Int }
  type Query { find(tag: Tag, tags: [Tag!], grid: [[Tag]], filter: Filter, limit: Int, name: String): Int }
`)
// Takes anything, lists as well, so that nothing is right only because the scalar refuses it.
Object.assign(
  schema.getType('Tag') ?? {},
  new GraphQLScalarType({
    name: 'Tag',
    parseValue: (value) => value,
    parseLiteral: (node) => `parsed ${JSON.stringify(valueFromASTUntyped(node))}`,
  }),
)
const liftable = withLiftedLiterals(schema)

describe('Literals that graphql-jit cannot write into its code', () => {
  it.each([
    ['a value', 'tag: "a"', 'tag: $__literal_0', ['parsed "a"']],
    [
      'each item of a list',
      'tags: ["a", 1]',
      'tags: [$__literal_0, $__literal_1]',
      ['parsed "a"', 'parsed 1'],
    ],
    ['the items beside a variable', 'tags: ["a", $v]', 'tags: [$__literal_0, $v]', ['parsed "a"']],
    ['items at any depth', 'grid: [["a"], []]', 'grid: [[$__literal_0], []]', ['parsed "a"']],
    ['one value where a list belongs', 'tags: "a"', 'tags: $__literal_0', [['parsed "a"']]],
    ['a list where a value belongs', 'tag: ["a"]', 'tag: $__literal_0', ['parsed ["a"]']],
    [
      'a field of an input',
      'filter: {tag: "a", limit: 1}',
      'filter: {tag: $__literal_0, limit: 1}',
      ['parsed "a"'],
    ],
    ['nothing of null', 'tag: null', 'tag: null', []],
    ['nothing of the built-in scalars', 'limit: 1, name: "a"', 'limit: 1, name: "a"', []],
  ])('become variables: %s', (_what, given, lifted, constants) => {
    const operation = liftLiterals(liftable, `query ($v: Tag = "x") { find(${given}) }`)
    const names = constants.map((_, index) => `, $__literal_${index}: __Parsed`).join('')
    expect(print(operation.document)).toBe(`query ($v: Tag${names}) {\n  find(${lifted})\n}`)
    expect(Object.values(operation.constants)).toEqual(constants)
  })
})
