// What an operation costs by the directives of the schema, before anything is fetched for it.
import { type DocumentNode, Kind, parse } from 'graphql'
import { describe, expect, it } from 'vitest'

import { composeSupergraph } from '#gateway/compose.ts'
import { compileCost } from '#gateway/document/cost.ts'
import { costRulesOf } from '#gateway/document/cost-rules.ts'
import { normalize } from '#gateway/document/normalize.ts'
import { publicSchemaOf } from '#gateway/types.ts'

import { ANSWER, exchange, GOOD, post, serve } from './exchange.ts'
import { ask, gatewayOver } from './graph.ts'
import { createWorld } from './world.ts'

const composition = composeSupergraph([
  {
    name: 'shop',
    sdl: `extend schema @link(
      url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@listSize"]
    )
    type Query {
      shops(first: Int, last: Int, search: String @cost(weight: 7)): ShopConnection!
        @listSize(slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"])
      free(first: Int = 3, skip: Int): [Shop!]
        @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false, assumedSize: 4)
      fixed: [Shop!] @listSize(assumedSize: 12)
      unsaid: [Shop]
      grid: [[Shop!]!] @listSize(assumedSize: 2)
      report: Report
      any: [Thing!] @listSize(assumedSize: 2)
      number: Int
    }
    union Thing = Shop | Report
    type ShopConnection { nodes: [Shop!]! edges: [ShopEdge!]! totalCount: Int! @cost(weight: 5) others: [Shop!] }
    type ShopEdge { node: Shop! }
    type Shop { id: ID!, near: [Shop!], rating: Float @cost(weight: 2) }
    type Report @cost(weight: 40) { total: Int, shop: Shop }`,
  },
])
if (!composition.ok) throw new Error(composition.errors.join('\n'))
const supergraph: DocumentNode = parse(composition.supergraph)
const schema = publicSchemaOf(supergraph, [])
const costRules = costRulesOf(supergraph)

function costOf(text: string, variables: Record<string, unknown> = {}): number {
  const [operation, ...rest] = parse(text).definitions
  const rootType = schema.getQueryType()
  if (operation?.kind !== Kind.OPERATION_DEFINITION || !rootType) throw new Error('no query')
  const fragments = new Map(
    rest.flatMap((item) => (item.kind === Kind.FRAGMENT_DEFINITION ? [[item.name.value, item]] : [])),
  )
  const selectionSet = normalize(operation.selectionSet, rootType, {
    schema,
    fragments,
    variables,
    isFieldName: () => true,
    inParts: false,
    proofs: {},
  })
  return compileCost({ schema, costRules }, rootType, selectionSet)(variables)
}

describe('The cost of an operation', () => {
  it.each<[string, number, string, Record<string, unknown>?]>([
    ['nothing for leaves', 0, '{ number __typename }'],
    ['one for an object, or what its type weighs', 41, '{ report { total shop { id } } }'],
    ['what a field weighs, for each item', 3 * (1 + 2), '{ free(first: 3) { rating } }'],
    ['a page by a literal', 1 + 20, '{ shops(first: 20) { nodes { id } } }'],
    ['a page by a variable', 1 + 30, 'query ($n: Int) { shops(last: $n) { nodes { id } } }', { n: 30 }],
    ['edges and their nodes', 1 + 20 * 2, '{ shops(first: 20) { edges { node { id } } } }'],
    ['both ways to the items', 1 + 40, '{ shops(first: 20) { nodes { id } alike: nodes { id } } }'],
    ['a list beside the page as any other', 1 + 10, '{ shops(first: 20) { others { id } } }'],
    ['arguments and fields with a weight', 1 + 7 + 5, '{ shops(first: 1, search: "a") { totalCount } }'],
    ["an argument's default", 3, '{ free { id } }'],
    ['the assumed size where there is none', 4, '{ free(first: null) { id } }'],
    ['the assumed size of a list without pages', 12, '{ fixed { id } }'],
    ['ten where the schema says nothing', 10, '{ unsaid { id } }'],
    ['a hundred where such a list stands in itself', 10 + 10 * 100, '{ unsaid { near { id } } }'],
    ['a list of lists', 2 * 10, '{ grid { id } }'],
    ['each possible type', 2 * (1 + 1), '{ any { ... on Report { shop { id } } } }'],
    ['each use of a fragment', 2 * 12, '{ a: fixed { ...F } b: fixed { ...F } } fragment F on Shop { id }'],
    ['a field once that is asked for twice', 12, '{ fixed { id } fixed { rating: id } }'],
    ['one item of an empty page', 1 + 100, '{ free(first: 0) { near { id } } }'],
  ])('counts %s: %i', (_what, cost, text, variables) => {
    expect(costOf(text, variables)).toBe(cost)
  })

  it.each<[string, string, Record<string, unknown>?]>([
    ['no size', '{ shops { totalCount } }'],
    ['two', '{ shops(first: 1, last: 1) { totalCount } }'],
    ['a variable without a value', 'query ($n: Int) { shops(first: $n) { totalCount } }', {}],
  ])('is refused to be counted for a page with %s', (_what, text, variables) => {
    expect(() => costOf(text, variables)).toThrow('shops needs exactly one of "first" and "last".')
  })

  it.each<[string, Record<string, unknown>?]>([
    ['{ shops(first: -5) { totalCount } }'],
    ['query ($n: Int) { free(first: $n) { id } }', { n: -1 }],
  ])('is refused to be counted for a page of a size below zero: %s', (text, variables) => {
    expect(() => costOf(text, variables)).toThrow('must not be negative')
  })
})

describe('A client that asks what its operation costs', () => {
  it('is told beside the data', async () => {
    const body = JSON.stringify({ ...(JSON.parse(GOOD) as object), extensions: { cost: { report: true } } })
    const reply = await exchange(`${await serve()}graphql`, post(body))
    expect(reply.body).toBe(`${ANSWER.slice(0, -1)},"extensions":{"cost":{"estimated":1,"limit":500000}}}`)
  })

  it('is told where it is too much', async () => {
    const gateway = gatewayOver(createWorld(), { limits: { maxCost: 9 } })
    const { errors } = await ask(gateway, '{ customers(first: 10) { id } }')
    expect(errors?.[0]).toMatchObject({
      message:
        'The operation costs up to 10, and the limit is 9: ask for smaller pages or fewer nested lists.',
      extensions: { code: 'OPERATION_TOO_COSTLY' },
    })
  })
})

it('The schema of clients has no directives of costs', () => {
  expect(schema.getDirective('listSize')).toBeUndefined()
  expect(schema.getDirective('cost')).toBeUndefined()
})
