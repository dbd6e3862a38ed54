import { getIntrospectionQuery } from 'graphql'
import { describe, expect, it } from 'vitest'

import { defaultLimits } from '#gateway/limits.ts'
import type { Gateway } from '#gateway/server.ts'

import { ask, gatewayOver } from './graph.ts'
import { createWorld } from './world.ts'

async function codesOf(
  gateway: Gateway,
  document: string,
  variables?: Record<string, unknown>,
): Promise<string[]> {
  const { errors = [], data } = await ask(gateway, document, variables)
  if (errors.length > 0) expect(data).toBeUndefined()
  return [...new Set(errors.map(({ extensions }) => extensions.code))]
}

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ')

/** A selection set of so many levels. */
const levels = (depth: number): string => `${'{ parent '.repeat(depth - 1)}{ id }${' }'.repeat(depth - 1)}`

const nested = (depth: number): string => `{ customers ${levels(depth - 1)} }`

describe('A document over a limit is refused before it is validated', () => {
  const gateway = gatewayOver(createWorld())
  const { maxDepth, maxAliases, maxRootFields, maxDirectives, maxTokens, maxExpandedFields } = defaultLimits

  it.each([
    ['too deep', nested(maxDepth + 1)],
    [
      'too deep through fragments',
      `{ customers { parent { ...F } } } fragment F on Customer ${levels(maxDepth - 1)}`,
    ],
    ['too many aliases', `{ customers { ${times(maxAliases + 1, (n) => `a${n}: id`)} } }`],
    ['too many root fields', `{ ${times(maxRootFields + 1, () => 'trialBalance')} }`],
    [
      'too many root fields in a fragment',
      `{ ...F } fragment F on Query { ${times(maxRootFields + 1, () => 'trialBalance')} }`,
    ],
    ['too many directives', `{ customers { ${times(maxDirectives + 1, () => 'id @skip(if: false)')} } }`],
    [
      'too many fields',
      `{ customers { ${times(50, () => '...F')} } }
       fragment F on Customer { ${times(maxExpandedFields / 50 + 1, () => 'id')} }`,
    ],
    ['too many operations', times(defaultLimits.maxOperations + 1, (n) => `query q${n} { trialBalance }`)],
    [
      'too many fields in all of its operations',
      `${times(10, (n) => `query q${n} { ...F }`)}
       fragment F on Query { customers { ${times(maxExpandedFields / 10, () => 'id')} } }`,
    ],
    ['too many characters', `# ${'x'.repeat(defaultLimits.maxDocumentChars)}\n{ trialBalance }`],
  ])('%s', async (_what, document) => {
    expect(await codesOf(gateway, document)).toEqual(['OPERATION_TOO_LARGE'])
  })

  it('too many tokens', async () => {
    expect(await codesOf(gateway, `{ customers { ${times(maxTokens, () => 'id')} } }`)).toEqual([
      'GRAPHQL_PARSE_FAILED',
    ])
  })

  it.each([
    ['as deep as allowed', nested(maxDepth)],
    ['as many aliases', `{ customers { ${times(maxAliases, (n) => `a${n}: id`)} } }`],
    ['as many root fields', `{ ${times(maxRootFields, () => 'trialBalance')} }`],
    [
      'the introspection of GraphiQL',
      getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true }),
    ],
  ])('but not one within them: %s', async (_what, document) => {
    expect(await codesOf(gateway, document)).toEqual([])
  })

  it('and a fragment that spreads itself ends the measuring', async () => {
    const document = '{ customers { ...F } } fragment F on Customer { parent { ...F } }'
    expect(await codesOf(gateway, document)).toEqual(['GRAPHQL_VALIDATION_FAILED'])
  })
})

/** Customers of invoices of customers …: `first` of each, so many times. */
const multiplied = (pages: number, first: string): string =>
  `${`invoices(first: ${first}) { customer { `.repeat(pages)}id${' } }'.repeat(pages)}`

describe('An operation whose lists multiply', () => {
  const limits = { maxCost: 100_000 }
  const gateway = gatewayOver(createWorld(), { limits })
  const page = `query ($first: Int = 100) { customer(id: "c1") { ${multiplied(2, '$first')} } }`

  it.each<[string, string, Record<string, unknown>?]>([
    ['by literals', `{ customer(id: "c1") { ${multiplied(3, '100')} } }`],
    ['by variables', page, { first: 300 }],
    ["by a variable's default", page.replace('100', '300')],
    [
      'through fragments',
      `{ customer(id: "c1") { ...A } }
      fragment A on Customer { invoices(first: 100) { customer { ...B } } }
      fragment B on Customer { ${multiplied(2, '100')} }`,
    ],
    [
      'by lists without pages',
      `{ customer(id: "c1") { ${'contracts { customer { '.repeat(4)}id${' } }'.repeat(4)} } }`,
    ],
    [
      'at the root by aliases',
      `{ ${times(6, (n) => `c${n}: customer(id: "c1") { ${multiplied(2, '100')} }`)} }`,
    ],
    ['without end', `{ customer(id: "c1") { ${multiplied(7, '2147483647')} } }`],
  ])('is refused before it is planned: %s', async (_what, document, variables) => {
    expect(await codesOf(gateway, document, variables)).toEqual(['OPERATION_TOO_COSTLY'])
  })

  it.each<[string, string, Record<string, unknown>?]>([
    ['of small pages', page, { first: 3 }],
    ['of one full page in another', page, { first: 100 }],
    [
      'that are left out',
      `query ($all: Boolean!) { customer(id: "c1") { id ...A @include(if: $all) } }
      fragment A on Customer { ${multiplied(3, '100')} }`,
      { all: false },
    ],
    [
      'asked for twice and answered once',
      `{ ${times(4, () => `customer(id: "c1") { ${multiplied(2, '100')} }`)} }`,
    ],
  ])('but not one %s', async (_what, document, variables) => {
    expect(await codesOf(gateway, document, variables)).toEqual([])
  })

  it('is told what it costs, and a smaller page is answered all the same', async () => {
    const { errors } = await ask(gateway, page, { first: 1000 })
    expect(errors?.[0]?.message).toContain('up to 2002001, and the limit is 100000')
    expect(await codesOf(gateway, page, { first: 2 })).toEqual([])
  })
})

describe('An answer', () => {
  const document = '{ customers { id name } }'

  it('may have so many characters and not one more', async () => {
    const { data } = await ask(gatewayOver(createWorld()), document)
    const room = JSON.stringify(data).length
    const over = gatewayOver(createWorld(), { limits: { maxAnswerChars: room - 1 } })
    expect(await codesOf(over, document)).toEqual(['OPERATION_TOO_LARGE'])
    const within = gatewayOver(createWorld(), { limits: { maxAnswerChars: room } })
    expect(await codesOf(within, document)).toEqual([])
  })
})

describe('Variables', () => {
  const gateway = gatewayOver(createWorld())
  const byId = 'query ($id: ID!) { customer(id: $id) { id } }'

  it.each([
    ['missing', byId, {}],
    ['of another type', byId, { id: { a: 1 } }],
    ['a date that is none', 'query ($d: Date!) { joined(after: $d) { id } }', { d: '2025-02-30' }],
    [
      'an unknown enum value',
      'query ($s: [InvoiceStatus!]) { invoices(status: $s) { id } }',
      { s: ['LATE'] },
    ],
    ['null for a condition', 'query ($v: Boolean = true) { trialBalance @include(if: $v) }', { v: null }],
    [
      'null for a condition in a fragment',
      'query ($v: Boolean = true) { ...F } fragment F on Query { trialBalance @skip(if: $v) }',
      { v: null },
    ],
    [
      'null where an argument forbids it',
      'query ($id: ID = "c1") { customer(id: $id) { id } }',
      { id: null },
    ],
    [
      'an unknown input field',
      'query ($s: Span) { joined(after: "2024-01-01", between: $s) { id } }',
      { s: { to: null, till: 1 } },
    ],
  ])('%s are refused', async (_what, document, variables) => {
    expect(await codesOf(gateway, document, variables)).toEqual(['BAD_USER_INPUT'])
  })

  it('may be null where the type allows it, and left out where there is a default', async () => {
    const document = `query ($d: Date, $s: Span, $v: Boolean = true, $id: ID = "c1") {
      joined(after: "2024-01-01", between: { from: $d, steps: [$d] }) @skip(if: $v) { id }
      invoices(dueAfter: $d) @skip(if: $v) { id }
      customer(id: $id) { id }
      again: joined(after: "2024-01-01", between: $s) @skip(if: $v) { id }
    }`
    const { data, errors } = await ask(gateway, document, { d: null, s: null })
    expect(errors).toBeUndefined()
    expect(data).toEqual({ customer: { id: 'c1' } })
  })

  it('that are all wrong are refused after a limited number of them', async () => {
    const document = 'query ($s: [InvoiceStatus!]) { invoices(status: $s) { id } }'
    const s = Array.from({ length: 130_000 }, () => 'L')
    const { errors } = await ask(gateway, document, { s })
    expect(errors).toHaveLength(defaultLimits.maxErrors)
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['BAD_USER_INPUT']))
  })

  it('that the operation does not declare are nothing to it, not even as a prototype', async () => {
    const variables = JSON.parse('{"id": "c1", "__proto__": {"first": 1}}') as Record<string, unknown>
    const document = 'query ($id: ID!, $first: Int) { customer(id: $id) { invoices(first: $first) { id } } }'
    const { data } = await ask(gateway, document, variables)
    expect(data).toEqual({ customer: { invoices: [{ id: 'i1' }, { id: 'i2' }] } })
  })
})

describe('A literal that its scalar refuses', () => {
  it.each([
    ['{ joined(after: "2025-02-30") { id } }'],
    ['{ joined(after: "2025-02-28", between: { steps: ["x"] }) { id } }'],
    ['{ invoices(above: "1.5") { id } }'],
  ])('%s', async (document) => {
    expect(await codesOf(gatewayOver(createWorld()), document)).toEqual(['GRAPHQL_VALIDATION_FAILED'])
  })
})
