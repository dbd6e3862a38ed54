import { graphql } from 'graphql'
import { describe, expect, it } from 'vitest'

import { explainedNulls } from '#test/differential/compare.ts'

import { ask, gatewayOver, local, monolith, remote, subgraphNames } from './graph.ts'
import { createWorld, type World } from './world.ts'

interface Case {
  readonly document: string
  readonly variables?: Record<string, unknown>
  readonly faults?: [string, Error | null][]
}

const boom = new Error('boom')

const cases: Record<string, Case> = {
  'three subgraphs': { document: '{ customers { id name balance { amount minorUnits } deferred rating } }' },
  'fields in the order in which they were asked for': {
    document: '{ customers { rating name deferred id balance { currency amount } } }',
  },
  '@requires without and with the required field': {
    document: '{ customers { taxRate } again: customers { region taxRate } }',
  },
  'an entity of an entity of an entity': {
    document: `{ invoices {
      id
      posting { status }
      customer { name parent { rating parent { balance { amount } } } }
      contract { number recognized }
    } }`,
  },
  'aliases and fragments': {
    document: `query {
        a: customers(first: 1) { ...Names n2: name }
        b: customers(first: 2) { ...Names ... on Customer { name x: deferred } }
      }
      fragment Names on Customer { name y: rating ...Deep } fragment Deep on Customer { parent { name z: deferred } }`,
  },
  'one key with different arguments at two places': {
    document: `{
      a: customers { x: invoices(first: 1) { id posting { entry } } }
      b: customers { x: invoices(first: 2) { id } }
    }`,
  },
  'one key with different arguments in one type': {
    document: '{ customers { invoices(first: 1) { id } more: invoices(first: 2) { id total { amount } } } }',
  },
  'an interface': {
    document: `{
      node(id: "c1") { id }
      k: node(id: "k2") { id __typename ... on Contract { number recognized } ... on Customer { name } }
    }`,
  },
  'an interface with fields of other subgraphs': {
    document: '{ node(id: "c2") { ... on Customer { balance { amount } deferred } ... on Node { id } } }',
  },
  'a union': {
    document: `{ search(text: "o") {
      __typename
      ... on Customer { name balance { amount } }
      ... on Contract { recognized grid customer { rating } }
    } }`,
  },
  'an interface within an entity': {
    document:
      '{ invoices { payments { id amount ... on CardPayment { last4 } ... on BankPayment { iban __typename } } } }',
  },
  'lists of lists with nulls': { document: '{ customers { contracts { grid } } maybe { id rating } }' },
  '@skip and @include': {
    document: `query ($yes: Boolean!, $no: Boolean = false) {
      customers { id @skip(if: $yes) name @include(if: $yes) ... @include(if: $no) { rating } ...More @skip(if: $no) }
      invoices @skip(if: $yes) { id }
    }
    fragment More on Customer {
      deferred
      balance @include(if: $no) { amount }
      tier @skip(if: $no) @include(if: $yes)
    }`,
    variables: { yes: true },
  },
  'nothing left to select': {
    document: '{ customers { name @skip(if: true) balance { amount @include(if: false) } } }',
  },
  'no root field left': { document: '{ customers @skip(if: true) { id } }' },
  '__typename everywhere': {
    document:
      '{ t: __typename customers { k: __typename parent { __typename } balance { __typename } } __typename }',
  },
  'introspection among data': {
    document: `{
      customer(id: "c1") { name }
      __type(name: "Tier") { name enumValues { name } }
      __schema { queryType { name } mutationType { name } }
    }`,
  },
  'hidden fields are not in the schema': { document: '{ __type(name: "Invoice") { fields { name } } }' },
  'dates and bigints as literals': {
    document: `{
      joined(after: "2024-01-31", between: { from: "2024-02-01", steps: ["2024-03-01"] }) { id since }
      invoices(dueAfter: "2025-01-31", above: 9007199254740992) { id total { minorUnits } }
    }`,
  },
  'dates and bigints as variables': {
    document: `query ($d: Date!, $s: Span, $b: BigInt = 100) {
      joined(after: $d, between: $s) { id }
      invoices(above: $b) { id }
    }`,
    variables: { d: '2024-01-01', s: { from: '2024-05-31', steps: '2024-05-30' } },
  },
  'variables within literals': {
    document:
      'query ($d: Date) { joined(after: "2024-01-01", between: { from: $d, steps: ["2024-02-02"] }) { id } }',
    variables: { d: '2024-12-31' },
  },
  'defaults of the schema and of the operation': {
    document: `query ($first: Int = 1, $filter: InvoiceFilter = {}) {
      customers { invoices(first: $first, filter: $filter) { id } }
    }`,
  },
  'null as a variable': {
    document: 'query ($t: String) { search(text: $t) { __typename } }',
    variables: { t: null },
  },
  'names that JavaScript and the plan use': {
    document: `query ($representations: Int, $constructor: ID!) {
      __proto__: customers(first: $representations) {
        constructor: name
        toString: balance { __typename: amount valueOf: __typename }
        _entities: rating
        __typename
      }
      hasOwnProperty: customer(id: $constructor) { _client_x: id }
    }`,
    variables: { representations: 1, constructor: 'c2' },
  },
  'one entity at two places, with different things below it': {
    document: `{
      a: invoices { customer { parent { x: invoices(first: 1) { id } } } }
      b: invoices { customer { parent { x: invoices(first: 2) { id status } } } }
    }`,
  },
  'a fragment on an interface that only some have': {
    document: '{ search(text: "o") { ... on Named { name } } node(id: "k1") { id ... on Named { name } } }',
  },
  'a list literal with a variable in it': {
    document:
      'query ($d: Date) { joined(after: "2024-01-01", between: { steps: ["2024-02-02", $d] }) { id } }',
    variables: { d: '2024-12-31' },
  },
  // Planner 0.0.38 finds no plan for these three: the gateway cuts them at an entity.
  '@requires of an entity that comes back to its subgraph': {
    document: '{ customers { invoices { id customer { name taxRate } } } }',
  },
  '@requires below two entities that come back': {
    document: `{ customers(first: 2) { x: invoices { id: dueDate
      c: customer { taxRate parent { invoices { customer { id name taxRate balance { amount } } } } }
    } } }`,
  },
  '@requires of an entity that comes back within a union': {
    document: `{ search(text: "o") { ... on Customer { invoices { customer { taxRate } } } ... on Contract { id } } }`,
  },
  'aliases that are the names of keys and required fields': {
    document:
      '{ customers { id: name region: email rating taxRate } invoices { id: dueDate posting { status } } }',
  },
  'a fragment within an interface that the object cannot be': {
    document: '{ customer(id: "c1") { ... on Node { ... on Contract { grid } id } name } }',
  },
  'an unknown entity': {
    document: '{ customer(id: "nobody") { name balance { amount } } node(id: "?") { id } }',
  },
  'value types that two subgraphs know': { document: '{ customers { address { city street } deferred } }' },

  // The same with something failing: data and the places of errors must be the same.
  'a nullable field fails': {
    document: '{ customers { name deferred } }',
    faults: [['Customer.deferred:c2', boom]],
  },
  'a required field fails in another subgraph': {
    document: '{ customers { name rating } maybe { rating } }',
    faults: [['Customer.rating:c2', boom]],
  },
  'a required field is null': {
    document: '{ customer(id: "c1") { name rating } }',
    faults: [['Customer.rating', null]],
  },
  'a required field of a list item': {
    document: '{ invoices { id customer { rating } } }',
    faults: [['Customer.rating:c1', boom]],
  },
  'one entity at several places': {
    document: '{ a: invoices { customer { deferred } } customers { parent { z: deferred } } }',
    faults: [['Customer.deferred:c1', boom]],
  },
  'a leaf deep in an entity': {
    document: '{ customers { b: balance { amount m: minorUnits } } }',
    faults: [['Money.minorUnits', boom]],
  },
  'a root field fails': {
    document: '{ customers { id } trialBalance maybe { id } }',
    faults: [['Query.maybe', boom]],
  },
  'a required root field fails': {
    document: '{ customers { id } maybe { id } }',
    faults: [['Query.customers', boom]],
  },
  'a nested nullable object': {
    document: '{ invoices { id contract { number recognized } } }',
    faults: [['Contract.recognized:k1', boom]],
  },
  'a field of an entity that comes back to its subgraph': {
    document: '{ customers { invoices { c: customer { name t: taxRate } } } }',
    faults: [['Customer.taxRate:c2', boom]],
  },
  'a required field of an entity that comes back to its subgraph': {
    document: '{ maybe { invoices { c: customer { taxRate b: balance { amount } } } } }',
    faults: [['Customer.balance:c2', boom]],
  },
  'an entity at an aliased and dangerous key': {
    document: '{ constructor: customers { __proto__: deferred } }',
    faults: [['Customer.deferred:c3', boom]],
  },
}

function worldOf({ faults = [] }: Case): World {
  const world = createWorld()
  for (const [coordinate, fault] of faults) world.faults.set(coordinate, fault)
  return world
}

describe('The gateway answers as the same schema does in one piece under graphql-js', () => {
  for (const [name, test] of Object.entries(cases)) {
    it(name, async () => {
      const world = worldOf(test)
      const expected = await graphql({
        schema: monolith(world),
        source: test.document,
        variableValues: test.variables ?? {},
      })
      const inProcess = await ask(gatewayOver(world), test.document, test.variables)
      expect(explainedNulls(inProcess.data, inProcess.errors)).toEqual(
        explainedNulls(expected.data, expected.errors),
      )
      // As text: the order of the keys belongs to the answer.
      expect(JSON.stringify(inProcess.data)).toBe(JSON.stringify(expected.data))

      const services = await Promise.all(subgraphNames.map((subgraph) => remote(subgraph, world)))
      const overHttp = await ask(gatewayOver(world, { subgraphs: services }), test.document, test.variables)
      expect(overHttp.text).toBe(inProcess.text)
    })
  }

  it('whichever subgraphs run as services', async () => {
    const world = createWorld()
    const mixed = [local('crm', world), await remote('billing', world), local('erp', world)]
    const document = '{ customers { name balance { amount } rating } }'
    const inProcess = await ask(gatewayOver(world), document)
    expect((await ask(gatewayOver(world, { subgraphs: mixed }), document)).text).toBe(inProcess.text)
  })
})
