/** The fixture of the engine's comparison: three subgraphs in memory, and one query over all of them. */
import type { GraphQLResolverMap } from '@apollo/subgraph'

import type { Shot } from '../load.ts'

const CUSTOMERS = 1_000
const INVOICES_EACH = 6
/** With these pages an answer has about 25 KB. */
const PAGE = 20
const COUNTRIES = ['DE', 'US', 'JP', 'FR']

interface Money {
  readonly amount: string
  readonly currency: string
}

interface Invoice {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly dueDate: string
  readonly total: Money
  readonly posting: { readonly status: string; readonly entry: number; readonly period: string }
}

interface Customer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly country: string
  readonly since: string
  readonly balance: Money
  readonly invoices: readonly Invoice[]
  readonly deferred: Money
}

const money = (minorUnits: number): Money => ({ amount: (minorUnits / 100).toFixed(2), currency: 'EUR' })
const twoDigits = (number: number): string => String(number).padStart(2, '0')

const invoice = (customer: number, index: number): Invoice => ({
  id: `i${customer}-${index}`,
  number: `INV-2026-${customer}-${index}`,
  status: index % 3 === 0 ? 'OPEN' : 'PAID',
  dueDate: `2026-${twoDigits(index + 1)}-15`,
  total: money(customer * 97 + index * 1_000),
  posting: { status: 'POSTED', entry: customer * 10 + index, period: `2026-${twoDigits(index + 1)}` },
})

const customers: readonly Customer[] = Array.from({ length: CUSTOMERS }, (_, index) => ({
  id: `c${index}`,
  name: `Customer number ${index}`,
  email: `accounting@customer-${index}.example.com`,
  country: COUNTRIES[index % COUNTRIES.length] ?? '',
  since: `20${twoDigits(index % 25)}-03-01`,
  balance: money(index * 1_313),
  invoices: Array.from({ length: INVOICES_EACH }, (__, nth) => invoice(index, nth)),
  deferred: money(index * 777),
}))

const customersById = new Map(customers.map((customer) => [customer.id, customer]))
const invoicesById = new Map(customers.flatMap(({ invoices }) => invoices).map((item) => [item.id, item]))

/** The customers of a page, for the contender without a graph. */
export const pageOf = (offset: number): readonly Customer[] => customers.slice(offset, offset + PAGE)

/** A subgraph before any library has made a schema of it: contenders bring copies of graphql of their own. */
export interface SubgraphParts {
  readonly name: string
  readonly sdl: string
  readonly resolvers: GraphQLResolverMap
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
`
const customerReference = { __resolveReference: ({ id }: Customer) => customersById.get(id) }

/** The three subgraphs. */
export const parts: readonly SubgraphParts[] = [
  {
    name: 'crm',
    sdl: `${LINK}
      type Query { customers(offset: Int!, first: Int!): [Customer!]! }
      type Customer @key(fields: "id") { id: ID! name: String! email: String country: String! since: String }`,
    resolvers: {
      Query: {
        customers: (_: unknown, { offset, first }: { offset: number; first: number }) =>
          customers.slice(offset, offset + first),
      },
      Customer: customerReference,
    },
  },
  {
    name: 'billing',
    sdl: `${LINK}
      type Customer @key(fields: "id") { id: ID! balance: Money! invoices(first: Int!): [Invoice!]! }
      type Invoice @key(fields: "id") { id: ID! number: String! status: Status! dueDate: String! total: Money! }
      enum Status { OPEN PAID }
      type Money @shareable { amount: String! currency: String! }`,
    resolvers: {
      Customer: {
        ...customerReference,
        invoices: ({ invoices }: Customer, { first }: { first: number }) => invoices.slice(0, first),
      },
      Invoice: { __resolveReference: ({ id }: Invoice) => invoicesById.get(id) },
    },
  },
  {
    name: 'erp',
    sdl: `${LINK}
      type Customer @key(fields: "id") { id: ID! deferred: Money! }
      type Invoice @key(fields: "id") { id: ID! posting: Posting }
      type Posting { status: String! entry: Int! period: String! }
      type Money @shareable { amount: String! currency: String! }`,
    resolvers: {
      Customer: customerReference,
      Invoice: { __resolveReference: ({ id }: Invoice) => invoicesById.get(id) },
    },
  },
]

/** A subgraph's name, and where it is served when it runs as a service. */
export const urlOf = (name: string, services: string): string => `${services}/${name}`

const query = `query Page($offset: Int!) {
  customers(offset: $offset, first: ${PAGE}) {
    id name email country since
    balance { amount currency }
    invoices(first: ${INVOICES_EACH}) {
      id number status dueDate
      total { amount currency }
      posting { status entry period }
    }
    deferred { amount currency }
  }
}`

/** The query with another page each time. */
export function pages(): () => Shot {
  let next = 0
  return () => {
    next += 1
    const offset = (next * 37) % (CUSTOMERS - PAGE)
    return { path: '/graphql', body: JSON.stringify({ query, variables: { offset } }) }
  }
}
