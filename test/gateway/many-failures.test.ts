// A subgraph that is down for very many objects at once: what it does not bring is all that is missing.
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import { isObjectType, parse } from 'graphql'
import { expect, it } from 'vitest'

import { composeSupergraph } from '#gateway/compose.ts'
import { defaultLimits } from '#gateway/limits.ts'

import { ask, gatewayOver, local, type Logged } from './graph.ts'
import { createWorld } from './world.ts'

const OBJECTS = 30_000
const link = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@listSize"]
)\n`

interface Subgraph {
  readonly name: string
  readonly sdl: string
  readonly resolvers: Record<string, Record<string, unknown>>
}

const stock: Subgraph = {
  name: 'stock',
  sdl: `type Query { items(first: Int!): [Item!]! @listSize(slicingArguments: ["first"]) }
    type Item @key(fields: "id") { id: ID! }`,
  resolvers: {
    Query: {
      items: (_: unknown, { first }: { first: number }) =>
        Array.from({ length: first }, (_item, id) => ({ id })),
    },
  },
}
const scales: Subgraph = {
  name: 'scales',
  sdl: 'type Item @key(fields: "id") { id: ID!, weight: Int, sure: Int! }',
  resolvers: {
    Item: {
      __resolveReference: () => {
        throw new Error('down')
      },
    },
  },
}
const freight: Subgraph = {
  name: 'freight',
  sdl: `type Item @key(fields: "id") {
    id: ID!
    weight: Int @external
    ${[1, 2, 3, 4, 5].map((n) => `cost${n}: Int @requires(fields: "weight")`).join('\n')}
  }`,
  resolvers: { Item: {} },
}

function gatewayOverItems() {
  const definitions = [stock, scales, freight].map(({ sdl, ...rest }) => ({ ...rest, sdl: link + sdl }))
  const composition = composeSupergraph(definitions)
  if (!composition.ok) throw new Error(composition.errors.join('\n'))
  const subgraphs = definitions.map(({ name, sdl, resolvers }) => ({
    name,
    schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as GraphQLResolverMap }]),
    createContext: () => ({}),
  }))
  return gatewayOver(createWorld(), { supergraph: composition.supergraph, subgraphs, scalars: [] })
}

it.each([
  ['fields that it was to bring', 'weight', { weight: null }],
  [
    'fields that rest on what it was to bring',
    'cost1 cost2 cost3 cost4 cost5',
    { cost1: null, cost2: null, cost3: null, cost4: null, cost5: null },
  ],
])('All else is answered where it fails %s', async (_what, fields, missing) => {
  const { data, errors } = await ask(gatewayOverItems(), `{ items(first: ${OBJECTS}) { id ${fields} } }`)
  const items = data?.items as unknown[]
  expect(items).toHaveLength(OBJECTS)
  expect(items.at(-1)).toEqual({ id: String(OBJECTS - 1), ...missing })
  expect(errors).toHaveLength(defaultLimits.maxErrors)
  expect(errors?.[0]).toMatchObject({ extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'scales' } })
})

it('Nulls that its failures explain need no further errors', async () => {
  const { data, errors } = await ask(gatewayOverItems(), `{ items(first: ${OBJECTS}) { id sure } }`)
  expect(data).toBeNull()
  expect(new Set(errors?.map(({ message }) => message)).size).toBe(1)
})

it('What fails for one reason at many places is logged once a request', async () => {
  const world = createWorld()
  const erp = local('erp', world)
  const customer = erp.schema.getType('Customer')
  const deferred = isObjectType(customer) ? customer.getFields().deferred : undefined
  if (!deferred) throw new Error('the fixture has no Customer.deferred')
  deferred.resolve = () => Promise.reject(new Error('boom'))
  const logged: Logged = { lines: [] }
  const subgraphs = [local('crm', world), local('billing', world), erp]
  const { errors } = await ask(gatewayOver(world, { subgraphs, logged }), '{ customers { id deferred } }')
  expect(errors).toHaveLength(3)
  expect(logged.lines).toHaveLength(1)
})
