import fc from 'fast-check'
import { graphql, isNonNullType, isObjectType, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'

import { anyRequest, ask, gatewayOver, local, monolith, subgraphNames } from './graph.ts'
import { askInParts, mergePayloads } from './incremental.ts'
import { randomDocument, randomFaults } from './random-document.ts'
import { createWorld } from './world.ts'

const RANDOM_DOCUMENTS = 300
const specs = ['deferSpec=20220824', 'incrementalSpec=v0.2'] as const

function places(errors: readonly { path?: readonly unknown[] | undefined }[] = []): string[] {
  return [...new Set(errors.map(({ path }) => JSON.stringify(path)))].toSorted()
}

describe('An answer in parts', () => {
  it('is, when its parts are put together, the answer in one piece', async () => {
    const world = createWorld()
    const limits = { maxDeferredFragments: 1_000, maxDirectives: 1_000, maxRootFields: 100 }
    const gateway = gatewayOver(world, { limits })
    const schema = monolith(world)
    let deferred = 0
    await fc.assert(
      fc.asyncProperty(fc.gen(), fc.constantFrom(...specs), async (gen, spec) => {
        const document = randomDocument(gen, schema, { fragmentPercent: 40, deferPercent: 50 })
        const plain = document.replaceAll(/ @defer(\(.*?\))?/g, '')
        world.faults.clear()
        for (const [field, fault] of randomFaults(gen, schema, ({ type }) => !isNonNullType(type)))
          world.faults.set(field, fault)
        fc.pre(validate(schema, parse(plain)).length === 0)
        const payloads = await askInParts(gateway, document, spec)
        deferred += payloads.length - 1
        const merged = mergePayloads(payloads)
        const expected = await graphql({ schema, source: plain })
        expect(merged.data, document).toEqual(JSON.parse(JSON.stringify(expected.data)))
        expect(places(merged.errors), document).toEqual(places(expected.errors))
        expect(payloads.map(({ hasNext }) => hasNext ?? false)).toEqual(
          payloads.map((_, index) => index < payloads.length - 1),
        )
      }),
      { numRuns: RANDOM_DOCUMENTS },
    )
    expect(deferred).toBeGreaterThan(RANDOM_DOCUMENTS / 10)
  })
})

describe('A deferred fragment', () => {
  const fragments = `
    query ($now: Boolean = false) { customers(first: 2) { id ...Balance @defer(label: "balance", if: true) ...Rest } }
    fragment Balance on Customer { balance { amount } parent { name ... @defer(label: "rating") { rating } } }
    fragment Rest on Customer { ... @defer(if: $now) { name } }
  `

  it('is told at each of its objects, by its label, and what is deferred within it after it', async () => {
    const payloads = await askInParts(gatewayOver(createWorld()), fragments)
    expect(payloads).toEqual([
      {
        data: {
          customers: [
            { id: 'c1', name: 'Acme "Holding"' },
            { id: 'c2', name: 'Bolt\nLtd' },
          ],
        },
        hasNext: true,
      },
      {
        incremental: [
          { path: ['customers', 0], label: 'balance', data: { balance: { amount: '35.00' }, parent: null } },
          {
            path: ['customers', 1],
            label: 'balance',
            data: { balance: { amount: '90071992547409.93' }, parent: { name: 'Acme "Holding"' } },
          },
        ],
        hasNext: true,
      },
      {
        incremental: [
          { path: ['customers', 1, 'parent'], label: 'rating', data: { rating: 'rating of c1' } },
        ],
        hasNext: false,
      },
    ])
  })

  it('is announced and ended by an id in the newer form', async () => {
    const query = '{ customers(first: 2) { id ... @defer(label: "x") { deferred } } }'
    expect(await askInParts(gatewayOver(createWorld()), query, 'incrementalSpec=v0.2')).toEqual([
      {
        data: { customers: [{ id: 'c1' }, { id: 'c2' }] },
        pending: [
          { id: '0', path: ['customers', 0], label: 'x' },
          { id: '1', path: ['customers', 1], label: 'x' },
        ],
        hasNext: true,
      },
      {
        incremental: [
          { id: '0', data: { deferred: 100 } },
          { id: '1', data: { deferred: 200 } },
        ],
        completed: [{ id: '0' }, { id: '1' }],
        hasNext: false,
      },
    ])
  })

  it('stands in the answer for a client that takes it in one piece', async () => {
    const { data } = await ask(gatewayOver(createWorld()), fragments)
    expect(data).toMatchObject({
      customers: [{ balance: {}, parent: null }, { parent: { rating: 'rating of c1' } }],
    })
  })

  it.each([
    ['its condition is false', '{ customer(id: "c1") { id ... @defer(if: $now) { name } } }'],
    ['its object is null', '{ customer(id: "?") { id ... @defer { name } } }'],
    ['its object is another type', '{ node(id: "k1") { id ... on Customer @defer { name } } }'],
  ])('makes no part where %s', async (_, selections) => {
    const payloads = await askInParts(
      gatewayOver(createWorld()),
      `query ($now: Boolean = false) ${selections}`,
    )
    expect(payloads).toHaveLength(1)
    expect(payloads[0]).not.toHaveProperty('hasNext')
  })

  it('makes none where the null of an error takes its object', async () => {
    const world = createWorld()
    world.faults.set('Customer.name:c2', new Error('boom'))
    const query = '{ maybe { name ... @defer { parent { id } } balance { amount ... @defer { currency } } } }'
    const [first, ...later] = await askInParts(gatewayOver(world), query)
    expect(first).toMatchObject({ data: { maybe: [{ name: 'Acme "Holding"' }, null, null] } })
    const paths = later.flatMap(({ incremental = [] }) => incremental.map(({ path }) => String(path)))
    expect(paths.toSorted()).toEqual(['maybe,0', 'maybe,0,balance'])
  })

  it('that an error makes null leaves all else as it is', async () => {
    const world = createWorld()
    world.faults.set('Customer.rating:c2', new Error('secret'))
    const query = '{ customers(first: 2) { id ... @defer { deferred rating } } }'
    for (const spec of specs) {
      const payloads = await askInParts(gatewayOver(world), query, spec)
      const { data, errors } = mergePayloads(payloads)
      expect(data).toEqual({ customers: [{ id: 'c1', deferred: 100, rating: 'rating of c1' }, { id: 'c2' }] })
      // The null took the whole entity in its subgraph, and so each field that was asked of it.
      expect(errors.map(({ path }) => path?.join('.'))).toEqual([
        'customers.1.rating',
        'customers.1.deferred',
      ])
      expect(errors[0]).toMatchObject({
        extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'erp', requestId: 'test-request' },
      })
      expect(JSON.stringify(payloads)).not.toContain('secret')
    }
  })

  it('of an object that is no entity is fetched from the entity above it, so that its error is its own', async () => {
    const world = createWorld()
    world.faults.set('Money.amount', new Error('boom'))
    const query =
      '{ customer(id: "c1") { id: name __proto__: balance { currency ... @defer { x: amount } } } }'
    const [first, second] = await askInParts(gatewayOver(world), query)
    expect(JSON.stringify(first)).toBe(
      String.raw`{"data":{"customer":{"id":"Acme \"Holding\"","__proto__":{"currency":"EUR"}}},"hasNext":true}`,
    )
    expect(second?.incremental).toMatchObject([
      { path: ['customer', '__proto__'], data: null, errors: [{ path: ['customer', '__proto__', 'x'] }] },
    ])
    expect(second?.incremental?.[0]?.errors).toHaveLength(1)
  })

  it('of objects in a list that are no entities comes with the list, though later', async () => {
    const world = createWorld()
    world.invoices.forEach((invoice) => (invoice.status = 'PAID'))
    const query = '{ invoice(id: "i1") { payments { id ... @defer { amount } } } }'
    const payloads = await askInParts(gatewayOver(world), query)
    expect(mergePayloads(payloads).data).toEqual({
      invoice: {
        payments: [
          { id: 'i1-1', amount: 10 },
          { id: 'i1-2', amount: 15 },
        ],
      },
    })
    expect(payloads).toHaveLength(2)
  })

  it('of a mutation comes after it, and reads what it wrote', async () => {
    const world = createWorld()
    const query = 'mutation { pay(id: "i1") { id ... @defer { status customer { balance { amount } } } } }'
    const payloads = await askInParts(gatewayOver(world), query)
    expect(payloads).toHaveLength(2)
    expect(payloads[1]?.incremental?.[0]?.data).toEqual({
      status: 'PAID',
      customer: { balance: { amount: '25.00' } },
    })
    expect(world.journal.filter((line) => line.includes('paid'))).toEqual(['billing paid i1'])
  })

  it('asks for nothing that is known', async () => {
    const world = createWorld()
    const query = `{
      invoices { customer { name rating ... @defer { rating name } } ... @defer { customer { name deferred } } }
    }`
    const payloads = await askInParts(gatewayOver(world), query)
    expect(payloads).toHaveLength(3)
    const asked = Object.groupBy(world.resolvedReferences, (reference) => reference.slice(0, -3))
    expect(
      Object.entries(asked)
        .map(([what, references]) => `${what} ${references?.length}`)
        .toSorted(),
    ).toEqual(['crm.Customer 3', 'erp.Customer 6'])
  })
})

describe('The first part', () => {
  it('does not wait for what only a later part needs', async () => {
    const world = createWorld()
    const { promise: released, resolve: release } = Promise.withResolvers<string>()
    const erp = local('erp', world)
    const customer = erp.schema.getType('Customer')
    if (!isObjectType(customer)) throw new Error('erp has no customers')
    Object.assign(customer.getFields().rating ?? {}, { resolve: () => released })
    const subgraphs = [
      ...subgraphNames.filter((name) => name !== 'erp').map((name) => local(name, world)),
      erp,
    ]
    const gateway = gatewayOver(world, { subgraphs })
    const query = '{ customers(first: 1) { name ... @defer { rating } ... @defer { balance { amount } } } }'
    const { body, later } = await gateway.execute({ query, partSpec: 'deferSpec=20220824' }, anyRequest())
    expect(JSON.parse(body)).toEqual({ data: { customers: [{ name: 'Acme "Holding"' }] }, hasNext: true })
    const parts = later?.[Symbol.asyncIterator]()
    expect((await parts?.next())?.value).toContain('"balance":{"amount":"35.00"}')
    release('A')
    expect((await parts?.next())?.value).toContain('"rating":"A"')
    expect(await parts?.next()).toEqual({ done: true, value: undefined })
  })
})

function times(count: number): string {
  return Array.from({ length: count }, (_, index) => `... @defer(label: "${index}") { id }`).join(' ')
}

describe('Deferring is bounded', () => {
  it.each([
    ['written out', `{ customers { ${times(21)} } }`],
    ['through fragments', `{ customers { ...A ...A ...A } } fragment A on Customer { ${times(7)} }`],
    [
      '500 times (attack 14)',
      `{ customers { ${'...A @defer '.repeat(500)} } } fragment A on Customer { id }`,
    ],
  ])('%s', async (_, query) => {
    for (const spec of specs) {
      const [answer] = await askInParts(gatewayOver(createWorld()), query, spec)
      expect(answer?.errors?.[0]?.extensions.code).toBe('OPERATION_TOO_LARGE')
    }
  })

  it('in the characters of all parts together', async () => {
    const gateway = gatewayOver(createWorld(), { limits: { maxAnswerChars: 165 } })
    const query = '{ customers { id ... @defer { name email } } }'
    const [first, second] = await askInParts(gateway, query)
    expect(first).toMatchObject({ data: { customers: [{}, {}, {}] } })
    const codes = second?.incremental?.map(({ errors }) => errors?.[0]?.extensions.code)
    expect(codes).toEqual([undefined, 'OPERATION_TOO_LARGE', 'OPERATION_TOO_LARGE'])
    const paths = second?.incremental?.flatMap(({ errors = [] }) => errors.map(({ path }) => path))
    expect(paths).toEqual([
      ['customers', 1],
      ['customers', 2],
    ])
  })

  it('in the labels that are told with each part', async () => {
    const query = `{ customers { id ... @defer(label: "${'x'.repeat(200)}") { name } } }`
    const limits = { maxAnswerChars: 3 * 200 }
    const [answer] = await askInParts(gatewayOver(createWorld(), { limits }), query)
    expect(answer?.errors?.[0]?.extensions.code).toBe('OPERATION_TOO_LARGE')
  })

  it('in how many parts there are', async () => {
    const query = '{ customers { id ... @defer { name ... @defer { email } } } }'
    const codesWithin = async (maxDeferredParts: number): Promise<unknown[]> => {
      const payloads = await askInParts(gatewayOver(createWorld(), { limits: { maxDeferredParts } }), query)
      return mergePayloads(payloads).errors.map(({ extensions }) => extensions.code)
    }
    expect(await codesWithin(6)).toEqual([])
    expect(await codesWithin(5)).toEqual(['OPERATION_TOO_LARGE'])
    expect(await codesWithin(2)).toEqual(['OPERATION_TOO_LARGE'])
  })

  it('in the errors of all parts together', async () => {
    const world = createWorld()
    world.faults.set('Customer.deferred', new Error('boom'))
    const gateway = gatewayOver(world, { limits: { maxErrors: 2 } })
    const payloads = await askInParts(gateway, '{ customers { id ... @defer { deferred } } }')
    expect(mergePayloads(payloads).errors).toHaveLength(2)
  })
})

describe('@defer is refused', () => {
  it.each([
    ['on the root of a mutation', 'mutation { ... @defer { pay(id: "i1") { id } } }'],
    ['with a label that is a variable', 'query ($l: String) { ... @defer(label: $l) { trialBalance } }'],
    [
      'with a label that stands twice',
      '{ ... @defer(label: "a") { trialBalance } customers { ... @defer(label: "a") { id } } }',
    ],
    ['with a label without end', `{ ... @defer(label: "${'x'.repeat(201)}") { trialBalance } }`],
    ['on a field', '{ customers @defer { id } }'],
  ])('%s', async (_, query) => {
    const { errors } = await ask(gatewayOver(createWorld()), query)
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  it('nowhere else: the schema tells of it', async () => {
    const { data } = await ask(gatewayOver(createWorld()), '{ __schema { directives { name locations } } }')
    expect(data).toMatchObject({
      __schema: {
        directives: expect.arrayContaining([
          { name: 'defer', locations: ['FRAGMENT_SPREAD', 'INLINE_FRAGMENT'] },
        ]) as unknown,
      },
    })
  })
})
