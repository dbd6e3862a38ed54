import { describe, expect, it } from 'vitest'

import { composeSupergraph } from '#gateway/compose.ts'

import { ask, fixtureSupergraph, gatewayOver } from './graph.ts'
import { createWorld, type World } from './world.ts'

describe('Composition', () => {
  it('makes a supergraph of subgraphs that fit', () => {
    expect(fixtureSupergraph).toContain('@join__type(graph: BILLING, key: "id")')
  })

  it('tells every reason why they do not', () => {
    const composition = composeSupergraph([
      { name: 'a', sdl: 'type Query { x: Int, y: Int }' },
      { name: 'b', sdl: 'type Query { x: String, y: String }' },
    ])
    expect(composition.ok).toBe(false)
    expect(composition.ok ? [] : composition.errors.join('\n')).toContain('Query.x')
  })
})

describe('Entities', () => {
  it('are asked for once each, whatever the number of places that wait for them', async () => {
    const world = createWorld()
    const gateway = gatewayOver(world)
    const document = '{ invoices { customer { rating } } customers { rating parent { rating } } }'
    const { data } = await ask(gateway, document)
    expect(data?.invoices).toEqual([
      { customer: { rating: 'rating of c1' } },
      { customer: { rating: 'rating of c1' } },
      { customer: { rating: 'rating of c2' } },
      { customer: { rating: 'rating of c3' } },
    ])
    const ofErp = world.resolvedReferences.filter((reference) => reference.startsWith('erp.'))
    expect(ofErp.toSorted()).toEqual(['erp.Customer c1', 'erp.Customer c2', 'erp.Customer c3'])
  })

  it('share one scope of loaders per subgraph and request', async () => {
    const world = createWorld()
    await ask(
      gatewayOver(world),
      '{ customers { balance { amount } contracts { recognized } deferred } invoices { id } }',
    )
    expect(world.journal.filter((entry) => entry.endsWith('scope')).toSorted()).toEqual([
      'billing scope',
      'crm scope',
      'erp scope',
    ])
  })

  it('are not asked for where nothing needs them', async () => {
    const world = createWorld()
    await ask(gatewayOver(world), '{ customer(id: "nobody") { rating balance { amount } } }')
    expect(world.resolvedReferences).toEqual([])
    expect(world.journal).toEqual(['crm scope'])
  })
})

describe('A mutation', () => {
  it('runs its fields one after the other, each followed by its own reads', async () => {
    const world = createWorld()
    const { data, errors } = await ask(
      gatewayOver(world),
      `mutation {
        first: rename(id: "c1", name: "A") { name balance { amount } }
        pay(id: "i1") { status customer { name balance { amount } } }
        last: rename(id: "c1", name: "B") { name balance { amount } }
        post(id: "i1") { posting { status entry } }
      }`,
    )
    expect(errors).toBeUndefined()
    expect(JSON.stringify(data)).toBe(
      JSON.stringify({
        first: { name: 'A', balance: { amount: '35.00' } },
        pay: { status: 'PAID', customer: { name: 'A', balance: { amount: '25.00' } } },
        last: { name: 'B', balance: { amount: '25.00' } },
        post: { posting: { status: 'POSTED', entry: 1 } },
      }),
    )
    expect(world.journal.filter((entry) => !entry.endsWith('scope'))).toEqual([
      'crm renamed c1 A',
      'billing balance c1',
      'billing paid i1',
      'billing balance c1',
      'crm renamed c1 B',
      'billing balance c1',
      'erp posted i1',
    ])
  })

  it('gives the reads after a write loaders that have not read before it', async () => {
    const world = createWorld()
    // Each field writes in crm, reads in billing, and comes back to crm for what billing refers to.
    const reads = '{ invoices(first: 1) { customer { name } } }'
    await ask(
      gatewayOver(world),
      `mutation { rename(id: "c1", name: "A") ${reads} b: rename(id: "c1", name: "B") ${reads} }`,
    )
    const oneField = ['crm scope', 'billing scope', 'crm scope']
    expect(world.journal.filter((entry) => entry.endsWith('scope'))).toEqual([...oneField, ...oneField])
  })

  it('goes on after a nullable field failed', async () => {
    const world = createWorld()
    world.faults.set('Mutation.pay', new Error('boom'))
    const { data, errors } = await ask(
      gatewayOver(world),
      'mutation { pay(id: "i1") { id } rename(id: "c1", name: "A") { name } }',
    )
    expect(data).toEqual({ pay: null, rename: { name: 'A' } })
    expect(errors?.map(({ path }) => path)).toEqual([['pay']])
  })
})

const writesOf = ({ journal }: World): string[] => journal.filter((entry) => entry.startsWith('crm renamed'))

describe('A mutation whose required field', () => {
  const rest = 'rename(id: "c1", name: "A") { name }'

  it.each([
    ['fails', `mutation { fail { id } ${rest} }`, ['fail']],
    ['loses all that it brought', `mutation { replace(id: "c2") { rating } ${rest} }`, ['replace', 'rating']],
  ])('%s ends there, as its answer has no data', async (_what, document, path) => {
    const world = createWorld()
    world.faults.set('Customer.rating:c2', new Error('boom'))
    const { data, errors } = await ask(gatewayOver(world), document)
    expect(data).toBeNull()
    expect(errors?.map((error) => error.path)).toEqual([path])
    expect(writesOf(world)).toEqual([])
  })

  it('is well goes on', async () => {
    const world = createWorld()
    const { data } = await ask(gatewayOver(world), `mutation { replace(id: "c2") { rating } ${rest} }`)
    expect(data).toEqual({ replace: { rating: 'rating of c2' }, rename: { name: 'A' } })
    expect(writesOf(world)).toEqual(['crm renamed c1 A'])
  })
})

describe('The same text', () => {
  it('is compiled once for concurrent requests, with different variables and conditions', async () => {
    const gateway = gatewayOver(createWorld())
    const document =
      'query ($id: ID!, $rated: Boolean!) { customer(id: $id) { id rating @include(if: $rated) } }'
    const answers = await Promise.all(
      ['c1', 'c2', 'c3'].flatMap((id) => [true, false].map((rated) => ask(gateway, document, { id, rated }))),
    )
    expect(answers.map(({ data }) => data?.customer)).toEqual([
      { id: 'c1', rating: 'rating of c1' },
      { id: 'c1' },
      { id: 'c2', rating: 'rating of c2' },
      { id: 'c2' },
      { id: 'c3', rating: 'rating of c3' },
      { id: 'c3' },
    ])
  })
})
