import { readFileSync } from 'node:fs'

import { Kind, parse, print, validate } from 'graphql'
import { QueryPlanner } from '@graphql-hive/router-query-planner'
import { describe, expect, it } from 'vitest'

import { collectFields } from '#gateway/document/collect.ts'
import { splitOperation } from '#gateway/answer/defer.ts'
import { withEntries } from '#gateway/plan/entries.ts'
import { FetchCompiler } from '#gateway/plan/fetches.ts'
import { normalize } from '#gateway/document/normalize.ts'
import { createPlanner } from '#gateway/plan/planner.ts'
import { publicSchemaOf, typeNamesOf } from '#gateway/types.ts'

import { fixtureSupergraph } from './graph.ts'

const product = parse(readFileSync('schema/supergraph.graphql', 'utf8'))

/** The subgraph operations that the gateway finds for a query over the product's graph, and what it answers first. */
async function compiled(query: string): Promise<{ fetches: string[]; first: string }> {
  const fetches: string[] = []
  const schema = publicSchemaOf(product, [])
  expect(validate(schema, parse(query))).toEqual([])
  const [operation] = parse(query).definitions
  const root = schema.getQueryType()
  if (operation?.kind !== Kind.OPERATION_DEFINITION || !root) throw new Error('no query')
  const compiler = new FetchCompiler(
    operation,
    {
      schema,
      planner: createPlanner(product),
      typeNames: typeNamesOf(product),
      transportOf: (name) => ({
        name,
        prepare: ({ text }) => {
          fetches.push(`${name} ${text.replace('query($representations:[_Any!]!)', '')}`)
          return () => Promise.resolve({ data: null })
        },
        prepareEvents: () => () => {
          throw new Error('a query has no events')
        },
        close: () => undefined,
      }),
    },
    AbortSignal.timeout(10_000),
  )
  const selectionSet = normalize(operation.selectionSet, root, {
    schema,
    fragments: new Map(),
    variables: {},
    inParts: true,
    isFieldName: () => false,
    proofs: {},
  })
  const { first } = await splitOperation(selectionSet, root, compiler)
  await compiler.root([...collectFields(schema, root, [first]).values()].flat(), root)
  return { fetches, first: print(first).replaceAll(/\s+/g, ' ') }
}

async function fetchesOf(query: string): Promise<string[]> {
  return (await compiled(query)).fetches
}

describe('Where the planner finds no way', () => {
  const comesBack = `{ customers(first: 2) { nodes { invoices(first: 2) { nodes {
    customer { receivables { total { amount } } }
  } } } } }`

  it('(as it does for a @requires field of an entity that comes back to its subgraph)', () => {
    const planner = new QueryPlanner(print(product))
    expect(() => planner.plan(comesBack, null, new Set(), 0)).toThrow('Failed to plan query')
  })

  it('the operation is cut at the entity, and continued from there', async () => {
    const back = 'invoices(first: 2){nodes{customer{__typename id}}}'
    expect(await fetchesOf(comesBack)).toEqual([
      'crm {_entities(representations: $representations){...on Customer{currency}}}',
      'billing {_entities(representations: $representations){...on Customer{receivables{total{amount}}}}}',
      'crm {customers(first: 2){nodes{__typename id}}}',
      `billing {_entities(representations: $representations){...on Customer{${back}}}}`,
    ])
  })

  it.each([
    `{ customers(first: 2) { nodes { name invoices(first: 2) { nodes { customer {
      invoices(first: 1) { nodes { customer { receivables { total { amount } } } } }
    } } } } } }`,
    `{ customers(first: 2) { nodes { invoices(first: 2) { nodes { customer {
      standing { level } receivables { total { amount } }
    } } } } } }`,
    `{ node(id: "c") { ... on Customer { payments(first: 2) { nodes {
      customer { annualRecurringRevenue { amount } }
    } } } } }`,
  ])('%s', async (query) => {
    expect((await fetchesOf(query)).length).toBeGreaterThan(3)
  })
})

describe('Before a deferred fragment', () => {
  it.each([
    [
      'only the key of its entity is fetched',
      '{ customers(first: 2) { nodes { name ... @defer { standing { level } } } } }',
      '{ customers(first: 2) { nodes { name ... on Customer { __typename id } } } }',
    ],
    [
      'only the key of the entity above it, where it has none',
      '{ customers(first: 2) { nodes { invoices(first: 1) { nodes { id } ... @defer { totalCount } } } } }',
      '{ customers(first: 2) { nodes { invoices(first: 1) { nodes { id } ... on InvoiceConnection { __typename } } ' +
        '__typename id } } }',
    ],
    [
      'nothing of the root field, where no entity is above it',
      '{ customers(first: 2) { nodes { id } ... @defer { totalCount } } }',
      '{ customers(first: 2) { nodes { id } ... on CustomerConnection { __typename } } }',
    ],
    [
      'the objects themselves, where they are known anyway',
      '{ customers(first: 2) { nodes { id } ... @defer { nodes { id phone: name } } } }',
      '{ customers(first: 2) { nodes { id } ... on CustomerConnection { nodes { id __typename id } } } }',
    ],
  ])('%s', async (_, query, first) => {
    expect((await compiled(query)).first).toBe(first)
  })
})

describe('The entries of the graph', () => {
  it('change no plan of an operation that does not use them', () => {
    for (const supergraph of [product, parse(fixtureSupergraph)]) {
      const plain = new QueryPlanner(print(supergraph))
      const enterable = new QueryPlanner(print(withEntries(supergraph).document))
      for (const query of [
        '{ customers(first: 2) { __typename } }',
        '{ node(id: "x") { id ... on Customer { id name } ... on Contract { id number } } }',
        '{ node(id: "x") { ... on Customer { invoices(first: 1) { __typename } name } } }',
      ]) {
        const plans = [plain, enterable].map((planner) => planner.plan(query, null, new Set(), 0))
        expect(plans[1]).toEqual(plans[0])
      }
    }
  })

  it('are one for each entity that can be found again', () => {
    const { document, entities } = withEntries(parse(fixtureSupergraph))
    expect([...entities].toSorted()).toEqual(['Contract', 'Customer', 'Invoice'])
    const entries = document.definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Query'
        ? (definition.fields ?? []).map(print).filter((field) => field.startsWith('_entry'))
        : [],
    )
    expect(entries.toSorted()).toEqual(
      ['Contract', 'Customer', 'Invoice'].map(
        (type) => `_entry_${type}: [${type}] @join__field(graph: _ENTRIES)`,
      ),
    )
  })
})
