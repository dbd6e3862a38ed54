// Entities in process: resolved without the detours of @apollo/subgraph, and as it would resolve them.
import { buildSubgraphSchema } from '@apollo/subgraph'
import { graphql, parse } from 'graphql'
import { expect, it } from 'vitest'

import { resolveEntitiesDirectly } from '#gateway/subgraph/entities.ts'

const one = { id: '1', name: 'one' }
const frozen = Object.freeze({ id: '2', name: 'two' })
const kept = [one, frozen]

const schemaOf = () =>
  buildSubgraphSchema([
    {
      typeDefs: parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
        type Query { unused: Int }
        type Thing @key(fields: "id") { id: ID! name: String }
        type Shadow @key(fields: "id") { id: ID! name: String }
        type Reference @key(fields: "id") { id: ID! }`),
      resolvers: {
        Thing: {
          __resolveReference: ({ id }: { id: string }) => {
            if (id === 'wrong') throw new Error('no such thing')
            return kept.find((thing) => thing.id === id) ?? null
          },
        },
        // The same object stands for two entities.
        Shadow: {
          __resolveReference: async ({ id }: { id: string }) => kept.find((thing) => thing.id === id),
        },
      },
    },
  ])

const QUERY = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename ... on Thing { id name } ... on Shadow { id name } ... on Reference { id } } }`

const REPRESENTATIONS = [
  { __typename: 'Thing', id: '1' },
  { __typename: 'Shadow', id: '1' },
  { __typename: 'Thing', id: '2' },
  { __typename: 'Reference', id: '3' },
  { __typename: 'Thing', id: 'missing' },
]

const ask = (schema: ReturnType<typeof schemaOf>, representations: readonly object[]) =>
  graphql({ schema, source: QUERY, variableValues: { representations } })

it('come as they would without it, also where one object stands for two', async () => {
  const direct = schemaOf()
  resolveEntitiesDirectly(direct)
  const { data, errors } = await ask(direct, REPRESENTATIONS)
  expect(errors).toBeUndefined()
  expect(data).toEqual({
    _entities: [
      { __typename: 'Thing', id: '1', name: 'one' },
      { __typename: 'Shadow', id: '1', name: 'one' },
      { __typename: 'Thing', id: '2', name: 'two' },
      { __typename: 'Reference', id: '3' },
      null,
    ],
  })
})

it('fail one by one, also where the resolver throws at once', async () => {
  const direct = schemaOf()
  resolveEntitiesDirectly(direct)
  const { data, errors } = await ask(direct, [
    { __typename: 'Thing', id: 'wrong' },
    { __typename: 'Thing', id: '1' },
  ])
  expect(errors?.map(({ message, path }) => [message, path])).toEqual([['no such thing', ['_entities', 0]]])
  expect(data).toEqual({ _entities: [null, { __typename: 'Thing', id: '1', name: 'one' }] })
})

it('of a type that is not there are refused as before', async () => {
  const direct = schemaOf()
  resolveEntitiesDirectly(direct)
  const { errors } = await ask(direct, [{ __typename: 'Nothing', id: '1' }])
  expect(errors?.[0]?.message).toMatch(/no object or interface type of that name/)
})
