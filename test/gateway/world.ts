import { GraphQLScalarType, Kind } from 'graphql'

/** The data of the fixture graph, made anew for each test, and what a test wants to go wrong in it. */
export interface World {
  readonly customers: Map<string, Customer>
  readonly contracts: Map<string, Contract>
  readonly invoices: Map<string, Invoice>
  /** Keys such as `Customer.rating:c2` or `Customer.rating`: that field throws, or is null. */
  readonly faults: Map<string, Error | null>
  /** Names of subgraph and type, once for each representation that was resolved. */
  readonly resolvedReferences: string[]
  /** Mutations and the reads that follow them, in the order in which they happened. */
  readonly journal: string[]
}

export interface Customer {
  readonly __typename: 'Customer'
  readonly id: string
  name: string
  readonly region: string | null
  readonly parentId: string | null
  readonly tier: string
  readonly since: Temporal.PlainDate
}

export interface Contract {
  readonly __typename: 'Contract'
  readonly id: string
  readonly number: string
  readonly customerId: string
  readonly grid: (number | null)[][]
}

export interface Invoice {
  readonly __typename: 'Invoice'
  readonly id: string
  readonly customerId: string
  readonly contractId: string | null
  readonly total: bigint
  status: 'OPEN' | 'PAID'
  posting: string | null
  readonly dueDate: Temporal.PlainDate
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]))

/** Three customers in a group, two contracts, four invoices. */
export function createWorld(): World {
  return {
    customers: byId<Customer>([
      {
        ...customer,
        id: 'c1',
        name: 'Acme "Holding"',
        region: 'DE',
        parentId: null,
        tier: 'GOLD',
        since: day('2024-01-15'),
      },
      {
        ...customer,
        id: 'c2',
        name: 'Bolt\nLtd',
        region: 'JP',
        parentId: 'c1',
        tier: 'SILVER',
        since: day('2024-06-01'),
      },
      {
        ...customer,
        id: 'c3',
        name: 'Cog',
        region: null,
        parentId: 'c1',
        tier: 'SILVER',
        since: day('2025-02-28'),
      },
    ]),
    contracts: byId<Contract>([
      { ...contract, id: 'k1', number: 'K-1', customerId: 'c1', grid: [[1, 2], [3]] },
      { ...contract, id: 'k2', number: 'K-2', customerId: 'c2', grid: [[], [4, null]] },
    ]),
    invoices: byId<Invoice>([
      { ...invoice, id: 'i1', customerId: 'c1', contractId: 'k1', total: 1000n, dueDate: day('2025-01-31') },
      { ...invoice, id: 'i2', customerId: 'c1', contractId: 'k1', total: 2500n, dueDate: day('2025-02-28') },
      {
        ...invoice,
        id: 'i3',
        customerId: 'c2',
        contractId: 'k2',
        total: 9_007_199_254_740_993n,
        dueDate: day('2025-03-31'),
      },
      { ...invoice, id: 'i4', customerId: 'c3', contractId: null, total: 0n, dueDate: day('2025-04-30') },
    ]),
    faults: new Map(),
    resolvedReferences: [],
    journal: [],
  }
}

const customer = { __typename: 'Customer' } as const
const contract = { __typename: 'Contract' } as const
const invoice = { __typename: 'Invoice', status: 'OPEN', posting: null } as const

function day(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text)
}

/** Calendar dates as strings outside and Temporal inside: a scalar that JSON cannot carry. */
export const dateScalar = new GraphQLScalarType<Temporal.PlainDate, string>({
  name: 'Date',
  serialize: (value) => (value as Temporal.PlainDate).toString(),
  parseValue: (value) => Temporal.PlainDate.from(String(value)),
  parseLiteral: (node) => Temporal.PlainDate.from(node.kind === Kind.STRING ? node.value : 'no date'),
})

/** Whole numbers of any size as strings outside and bigints inside. */
export const bigIntScalar = new GraphQLScalarType<bigint, string>({
  name: 'BigInt',
  serialize: (value) => String(value),
  parseValue: (value) => BigInt(value as string),
  parseLiteral: (node) =>
    BigInt(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : 'no number'),
})
