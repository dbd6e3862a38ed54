/** What is generated from the SDL: resolver types that compile to nothing, a supergraph, and the check for drift. */
import { describe, expect, it } from 'vitest'

import { CompositionError, composeSupergraph, drift, generateAll, resolverTypes } from '#schema/generators.ts'

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])'
const billing = `${link}
  scalar BigInt
  scalar Date
  type Money @shareable { minorUnits: BigInt! }
  enum InvoiceStatus { OPEN PAID }
  type Invoice @key(fields: "id") { id: ID! status: InvoiceStatus! total: Money! dueDate: Date }
  type Query { invoice(id: ID!): Invoice }
`
const crm = `${link}
  type Customer { name: String! invoice: Invoice }
  type Invoice @key(fields: "id", resolvable: false) { id: ID! }
  type Query { customer(id: ID!): Customer }
`
const types = { context: '#subgraphs/billing/loaders.ts#Context', mappers: {} }

describe('resolver types', () => {
  it('import the values behind the schema and are erasable', async () => {
    const text = await resolverTypes('billing', billing, types)
    expect(text).toContain("import type { PrintableMoney as MoneyParent } from '#domain/money.ts';")
    expect(text).toContain("import type { Context } from '#subgraphs/billing/loaders.ts';")
    expect(text).toContain('BigInt: { input: bigint; output: bigint; }')
    expect(text).toContain('Date: { input: Temporal.PlainDate; output: Temporal.PlainDate; }')
    expect(text).toContain("export type InvoiceStatus =\n  | 'OPEN'\n  | 'PAID';")
    expect(text).toContain('__resolveReference?: ReferenceResolver<')
    expect(text).not.toMatch(/^(export )?(declare )?(enum|namespace|class) |^import (?!type )/m)
  })

  it('give a resolver its mapped row as parent', async () => {
    const mapped = { ...types, mappers: { Invoice: '#subgraphs/billing/store.ts#InvoiceRow' } }
    const text = await resolverTypes('billing', billing, mapped)
    expect(text).toContain('Invoice: ResolverTypeWrapper<InvoiceParent>;')
  })

  it('import Money only where the subgraph has it', async () => {
    expect(await resolverTypes('crm', crm, types)).not.toContain('#domain/money.ts')
  })

  it('refuse a mapper for a type that is not there', async () => {
    const mapped = { ...types, mappers: { Bill: '#subgraphs/billing/store.ts#InvoiceRow' } }
    await expect(resolverTypes('billing', billing, mapped)).rejects.toThrow('maps unknown types: Bill')
  })

  it('refuse a scalar without a TypeScript type', async () => {
    const sdl = billing.replaceAll('Date', 'Moment')
    await expect(resolverTypes('billing', sdl, types)).rejects.toThrow('Unknown scalar type Moment')
  })
})

describe('the supergraph', () => {
  it('joins the subgraphs', () => {
    const supergraph = composeSupergraph(new Map(Object.entries({ billing, crm })))
    expect(supergraph).toContain('type Invoice @join__type(graph: BILLING, key: "id")')
    expect(supergraph).toContain('customer(id: ID!): Customer @join__field(graph: CRM)')
  })

  it('says why subgraphs do not fit together', () => {
    const other = crm
      .replace('type Customer', 'type Invoices { total: Int }\n type Customer')
      .replace('Invoice @key', 'Nothing @key')
    expect(() => composeSupergraph(new Map(Object.entries({ billing, crm: other })))).toThrow(
      CompositionError,
    )
  })
})

describe('drift', () => {
  const generated = new Map([['crm.generated.ts', 'one\ntwo\n']])
  it.each([
    ['is silent where disk and SDL agree', 'one\ntwo\n', []],
    ['names the first line that differs', 'one\n2\n', ['crm.generated.ts:2 is out of date']],
    ['sees a line that is missing', 'one', ['crm.generated.ts:2 is out of date']],
    ['sees a line too many', 'one\ntwo\nthree\n', ['crm.generated.ts:3 is out of date']],
    ['sees a file that is missing', undefined, ['crm.generated.ts is missing']],
  ])('%s', (_, onDisk, expected) => {
    expect(drift(generated, () => onDisk)).toEqual(expected)
  })

  it('covers the supergraph and the types of each subgraph', async () => {
    const files = await generateAll(new Map(Object.entries({ billing, crm })), { billing: types, crm: types })
    expect([...files.keys()]).toEqual(['supergraph.graphql', 'billing.generated.ts', 'crm.generated.ts'])
  })
})
