import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import { type GraphQLFieldResolver, type GraphQLScalarType, type GraphQLSchema, parse } from 'graphql'

import { bigIntScalar, type Contract, type Customer, dateScalar, type Invoice, type World } from './world.ts'

type Resolver = (parent: never, args: never) => unknown
type Resolvers = Record<string, Record<string, Resolver>>

/** One subgraph of the fixture: its SDL, and its resolvers over a world. */
interface Fixture {
  readonly sdl: string
  readonly resolvers: (world: World) => Resolvers
}

const link = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@shareable", "@external", "@requires", "@inaccessible", "@cost", "@listSize"]
)\n`

const money = (minorUnits: bigint): object => ({
  amount: `${minorUnits / 100n}.${String(minorUnits % 100n).padStart(2, '0')}`,
  currency: 'EUR',
  minorUnits,
})

/** The three subgraphs. A resolver's parent is the record itself or a representation with at least its key. */
export const fixtures: Record<'crm' | 'billing' | 'erp', Fixture> = {
  crm: {
    sdl: `${link}
      scalar Date
      enum Tier { GOLD SILVER }
      type Query {
        customers(first: Int = 10): [Customer!]! @listSize(slicingArguments: ["first"])
        customer(id: ID!): Customer
        node(id: ID!): Node
        search(text: String): [SearchResult!]!
        joined(after: Date!, between: Span): [Customer!]!
        maybe: [Customer]
      }
      input Span { from: Date, to: Date, steps: [Date] }
      type Mutation { rename(id: ID!, name: String!): Customer, replace(id: ID!): Customer!, fail: Customer! }
      interface Node { id: ID! }
      interface Named { name: String! }
      union SearchResult = Customer | Contract
      type Customer implements Node & Named @key(fields: "id") {
        id: ID!
        name: String!
        email: String
        region: String
        tier: Tier!
        since: Date
        parent: Customer
        contracts: [Contract!]!
        address: Address @shareable
      }
      type Address @shareable { street: String, city: String }
      type Contract implements Node @key(fields: "id") {
        id: ID!
        number: String!
        grid: [[Int]!]!
        customer: Customer!
      }`,
    resolvers: (world) => ({
      Query: {
        customers: (_: never, { first }: { first: number }) => [...world.customers.values()].slice(0, first),
        customer: (_: never, { id }: { id: string }) => world.customers.get(id),
        node: (_: never, { id }: { id: string }) => world.customers.get(id) ?? world.contracts.get(id),
        search: (_: never, { text }: { text: string | undefined }) => [
          ...[...world.customers.values()].filter(({ name }) => name.includes(text ?? '')),
          ...world.contracts.values(),
        ],
        joined: (
          _: never,
          {
            after,
            between,
          }: {
            after: Temporal.PlainDate
            between?: { from?: Temporal.PlainDate; steps?: Temporal.PlainDate[] }
          },
        ) => {
          const starts = [after, ...(between?.from ? [between.from] : []), ...(between?.steps ?? [])]
          return [...world.customers.values()].filter(({ since }) =>
            starts.every((start) => Temporal.PlainDate.compare(since, start) > 0),
          )
        },
        maybe: () => [world.customers.get('c1'), null, world.customers.get('c2')],
      },
      Mutation: {
        rename: (_: never, { id, name }: { id: string; name: string }) => {
          const found = world.customers.get(id)
          if (found) found.name = name
          world.journal.push(`crm renamed ${id} ${name}`)
          return found
        },
        replace: (_: never, { id }: { id: string }) => world.customers.get(id),
        fail: () => {
          throw new Error('a mutation failed')
        },
      },
      Customer: {
        email: ({ id }: Customer) => `${id}@example.com`,
        parent: ({ parentId }: Customer) => (parentId === null ? null : world.customers.get(parentId)),
        contracts: ({ id }: Customer) =>
          [...world.contracts.values()].filter(({ customerId }) => customerId === id),
        address: async ({ id }: Customer) => (id === 'c3' ? null : { street: `${id} street`, city: 'Ulm' }),
        name: ({ id }: Customer) => world.customers.get(id)?.name,
        region: ({ id }: Customer) => world.customers.get(id)?.region,
      },
      Contract: { customer: ({ customerId }: Contract) => world.customers.get(customerId) },
    }),
  },
  billing: {
    sdl: `${link}
      scalar BigInt
      scalar Date
      type Query {
        invoices(status: [InvoiceStatus!], dueAfter: Date, above: BigInt): [Invoice!]!
        invoice(id: ID!): Invoice
      }
      type Mutation { pay(id: ID!): Invoice }
      enum InvoiceStatus { OPEN PAID }
      input InvoiceFilter { status: InvoiceStatus = OPEN, dueAfter: Date }
      type Customer @key(fields: "id") {
        id: ID!
        region: String @external
        balance: Money!
        invoices(first: Int = 5, filter: InvoiceFilter): [Invoice!]! @listSize(slicingArguments: ["first"])
        taxRate: Float @requires(fields: "region")
      }
      type Invoice @key(fields: "id") {
        id: ID!
        total: Money!
        status: InvoiceStatus!
        dueDate: Date
        customer: Customer!
        contract: Contract
        payments: [Payment!]
        secret: String @inaccessible
      }
      type Contract @key(fields: "id", resolvable: false) { id: ID! }
      interface Payment { id: ID!, amount: Int! }
      type CardPayment implements Payment { id: ID!, amount: Int!, last4: String! }
      type BankPayment implements Payment { id: ID!, amount: Int!, iban: String }
      type Money @shareable { amount: String!, currency: String!, minorUnits: BigInt! }`,
    resolvers: (world) => ({
      Query: {
        invoices: (
          _: never,
          { status, dueAfter, above }: { status?: string[]; dueAfter?: Temporal.PlainDate; above?: bigint },
        ) =>
          [...world.invoices.values()].filter(
            (item) =>
              (status?.includes(item.status) ?? true) &&
              (!dueAfter || Temporal.PlainDate.compare(item.dueDate, dueAfter) > 0) &&
              (above === undefined || item.total > above),
          ),
        invoice: (_: never, { id }: { id: string }) => world.invoices.get(id),
      },
      Mutation: {
        pay: (_: never, { id }: { id: string }) => {
          const found = world.invoices.get(id)
          if (found) found.status = 'PAID'
          world.journal.push(`billing paid ${id}`)
          return found
        },
      },
      Customer: {
        balance: ({ id }: Customer) => {
          const open = [...world.invoices.values()].filter(
            (item) => item.customerId === id && item.status === 'OPEN',
          )
          world.journal.push(`billing balance ${id}`)
          return money(open.reduce((sum, { total }) => sum + total, 0n))
        },
        invoices: ({ id }: Customer, { first, filter }: { first: number; filter?: { status: string } }) =>
          [...world.invoices.values()]
            .filter((item) => item.customerId === id && (!filter || item.status === filter.status))
            .slice(0, first),
        taxRate: ({ region }: Customer) => ({ DE: 0.19, JP: 0.1 })[region ?? ''] ?? null,
      },
      Invoice: {
        total: ({ id }: Invoice) => money(world.invoices.get(id)?.total ?? 0n),
        customer: ({ customerId }: Invoice) => world.customers.get(customerId),
        contract: ({ contractId }: Invoice) => (contractId === null ? null : world.contracts.get(contractId)),
        payments: ({ id, status }: Invoice) =>
          status === 'OPEN' && id !== 'i2'
            ? []
            : [
                { __typename: 'CardPayment', id: `${id}-1`, amount: 10, last4: '4242' },
                { __typename: 'BankPayment', id: `${id}-2`, amount: 15, iban: null },
              ],
      },
    }),
  },
  erp: {
    sdl: `${link}
      type Query { trialBalance: Int! }
      type Mutation { post(id: ID!): Invoice }
      type Customer @key(fields: "id") { id: ID!, deferred: Int, rating: String!, address: Address @shareable }
      type Address @shareable { city: String, street: String }
      type Invoice @key(fields: "id") { id: ID!, posting: Posting }
      type Posting { status: String!, entry: Int! }
      type Contract @key(fields: "id") { id: ID!, recognized: Int! }`,
    resolvers: (world) => ({
      Query: { trialBalance: () => 0 },
      Mutation: {
        post: (_: never, { id }: { id: string }) => {
          const found = world.invoices.get(id)
          if (found) found.posting = 'POSTED'
          world.journal.push(`erp posted ${id}`)
          return found
        },
      },
      Customer: {
        deferred: ({ id }: Customer) => Number(id.slice(1)) * 100,
        rating: ({ id }: Customer) => `rating of ${id}`,
        address: async ({ id }: Customer) => (id === 'c3' ? null : { street: `${id} street`, city: 'Ulm' }),
      },
      Invoice: {
        posting: ({ id }: Invoice) => {
          const status = world.invoices.get(id)?.posting
          return status ? { status, entry: Number(id.slice(1)) } : null
        },
      },
      Contract: { recognized: ({ id }: Contract) => Number(id.slice(1)) * 7 },
    }),
  },
}

const recordsOf = (world: World): Record<string, ReadonlyMap<string, object>> => ({
  Customer: world.customers,
  Contract: world.contracts,
  Invoice: world.invoices,
})

/** The executable schema of one subgraph. */
export function subgraphSchema(name: keyof typeof fixtures, world: World): GraphQLSchema {
  const { sdl, resolvers } = fixtures[name]
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(sdl),
      resolvers: withReferences(name, resolvers(world), world, sdl) as GraphQLResolverMap,
    },
  ])
  addFaults(schema, world)
  return schema
}

function withReferences(
  name: string,
  resolvers: Resolvers,
  world: World,
  sdl: string,
): Record<string, Record<string, Resolver> | GraphQLScalarType> {
  const scalars = Object.fromEntries(
    [dateScalar, bigIntScalar]
      .filter((scalar) => sdl.includes(`scalar ${scalar.name}`))
      .map((scalar) => [scalar.name, scalar]),
  )
  const references: [string, Record<string, Resolver>][] = Object.entries(recordsOf(world))
    .filter(([type]) => sdl.includes(`type ${type} `))
    .map(([type, records]) => [
      type,
      { ...resolvers[type], __resolveReference: reference(`${name}.${type}`, records, world) },
    ])
  return { ...resolvers, ...Object.fromEntries(references), ...scalars }
}

/** What a representation brought (as @requires does) goes over what is known of the record. */
function reference(what: string, records: ReadonlyMap<string, object>, world: World): Resolver {
  return async (representation: { id: string }) => {
    world.resolvedReferences.push(`${what} ${representation.id}`)
    const record = records.get(representation.id)
    return record && { ...record, ...representation }
  }
}

/** The whole graph in one schema, executed by graphql-js: what the gateway must be equal to. */
export function addMonolithResolvers(schema: GraphQLSchema, world: World): void {
  for (const { resolvers } of Object.values(fixtures)) {
    for (const [type, fields] of Object.entries(resolvers(world))) {
      const target = schema.getType(type)
      if (!target || !('getFields' in target)) continue
      for (const [name, resolve] of Object.entries(fields)) {
        const field = target.getFields()[name]
        if (field && 'args' in field)
          field.resolve = resolve as unknown as GraphQLFieldResolver<unknown, unknown>
      }
    }
  }
  for (const scalar of [dateScalar, bigIntScalar])
    Object.assign(schema.getType(scalar.name) ?? {}, pick(scalar))
  addFaults(schema, world)
}

function pick({ serialize, parseValue, parseLiteral }: typeof dateScalar | typeof bigIntScalar): object {
  return { serialize, parseValue, parseLiteral }
}

/** Makes every field of the graph's own object types throw or be null when the world says so. */
function addFaults(schema: GraphQLSchema, world: World): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('_') || !('getFields' in type) || !('isTypeOf' in type)) continue
    for (const field of Object.values(type.getFields())) {
      if (!('resolve' in field) || field.name.startsWith('_')) continue
      const resolve = field.resolve ?? ((parent: Record<string, unknown>) => parent[field.name])
      field.resolve = (parent: Record<string, unknown> | undefined, ...rest) => {
        const coordinate = `${type.name}.${field.name}`
        const fault = world.faults.get(`${coordinate}:${String(parent?.id)}`) ?? world.faults.get(coordinate)
        if (fault) throw fault
        if (world.faults.has(`${coordinate}:${String(parent?.id)}`) || world.faults.has(coordinate))
          return null
        return resolve(parent, ...rest)
      }
    }
  }
}
