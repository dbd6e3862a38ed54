import { buildSchema, graphql, type GraphQLSchema, isObjectType } from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'
import { describe, expect, it } from 'vitest'

import { liftArguments, withLiftedArguments } from '#gateway/subgraph/arguments.ts'

import { addDates } from './dates.ts'

/** A schema whose fields tell which arguments they got: a day that was parsed is not the same as its text. */
function echo(): GraphQLSchema {
  const schema = buildSchema(`
    scalar Date
    enum Color { RED GREEN }
    input Span { from: Date!, to: Date = "2024-12-31", steps: [Date], color: Color, inner: Span }
    type Query {
      see(day: Date, days: [Date!], grid: [[Date]], span: Span, spans: [Span!], n: Int, ns: [Int]): String
      set(day: Date! = "2024-05-05", span: Span! = { from: "2024-01-01" }, n: Int = 2, color: Color = RED): String
    }
  `)
  addDates(schema)
  const query = schema.getQueryType()
  if (!isObjectType(query)) throw new Error('there is no query type')
  for (const field of Object.values(query.getFields()))
    field.resolve = (_, args: object) => describeValue(args)
  return schema
}

function describeValue(value: unknown): string {
  if (value instanceof Temporal.PlainDate) return `the day ${value.toString()}`
  if (Array.isArray(value)) return `[${value.map(describeValue).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).toSorted(([one], [other]) => one.localeCompare(other))
  return `{ ${fields.map(([name, inner]) => `${name}: ${describeValue(inner)}`).join(', ')} }`
}

const schema = echo()
const liftable = withLiftedArguments(schema)

describe('graphql-jit gets the arguments that graphql-js gives', () => {
  it.each<[string, string, Record<string, unknown>?]>([
    ['a literal', '{ see(day: "2024-01-31", n: 1) }'],
    ['literals in lists', '{ see(days: ["2024-01-31"], grid: [["2024-01-31", null], []], ns: [1, null]) }'],
    ['one value where a list belongs', '{ see(days: "2024-01-31", ns: 1, spans: { from: "2024-01-31" }) }'],
    ['null', '{ see(day: null, span: null, n: null) }'],
    [
      'a literal in an input, and its defaults',
      '{ see(span: { from: "2024-01-31", steps: ["2024-02-01"] }) }',
    ],
    ['an input within an input', '{ see(span: { from: "2024-01-31", inner: { from: "2024-02-01" } }) }'],
    ['the defaults of arguments', '{ set }'],
    ['a variable', 'query ($d: Date!, $n: Int) { see(day: $d, n: $n) }', { d: '2024-01-31', n: 3 }],
    [
      'a variable beside literals',
      'query ($d: Date!) { see(days: ["2024-01-31", $d]) }',
      { d: '2024-02-01' },
    ],
    [
      'a variable of an input that holds itself',
      'query ($s: Span, $l: [Span!]) { see(span: $s, spans: $l) }',
      { s: { from: '2024-01-31', inner: { from: '2024-02-01' } }, l: [{ from: '2024-03-01' }] },
    ],
    [
      'a variable within an input',
      'query ($d: Date!, $s: Span) { see(span: { from: $d, inner: $s }) }',
      { d: '2024-01-31', s: { from: '2024-02-01', color: 'GREEN' } },
    ],
    [
      'no value in an input',
      'query ($c: Color) { see(span: { from: "2024-01-31", color: $c, to: "2024-02-01" }) }',
    ],
    [
      'no value where an input has a default',
      'query ($d: Date) { see(span: { from: "2024-01-31", to: $d }) }',
    ],
    ['no value in a list', 'query ($n: Int) { see(ns: [1, $n]) }'],
    ['no value where an argument has a default', 'query ($d: Date, $n: Int) { set(day: $d, n: $n) }'],
    ['null where a default stands for nothing', 'query ($d: Date) { set(day: $d) }', { d: null }],
    ['null where an argument may be null', 'query ($n: Int) { set(n: $n) }', { n: null }],
    [
      'one variable at two places',
      'query ($d: Date!) { see(day: $d, span: { from: $d }) }',
      { d: '2024-01-31' },
    ],
  ])('%s', async (_, source, variableValues = {}) => {
    const expected = await graphql({ schema, source, variableValues })
    const { document, complete } = liftArguments(liftable, source)
    const compiled = compileQuery(liftable, document)
    if (!isCompiledQuery(compiled)) throw new Error(JSON.stringify(compiled))
    const received = await compiled.query(undefined, undefined, complete(variableValues))
    expect(received.data).toEqual(expected.data)
    expect(received.errors?.map(({ path }) => path)).toEqual(expected.errors?.map(({ path }) => path))
  })
})
