import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import { GraphQLError, type GraphQLSchema, parse } from 'graphql'

import { composeSupergraph } from '#gateway/compose.ts'
import type { Limits } from '#gateway/limits.ts'
import { createGateway, type Gateway } from '#gateway/server.ts'
import type { RemoteSubgraph } from '#gateway/subgraph/transport-http.ts'
import type { LocalSubgraph } from '#gateway/subgraph/transport-local.ts'
import { createLog } from '#platform/log.ts'
import { closeLater } from '#test/support/closing.ts'

import { anyRequest, type Logged, type Response } from './graph.ts'
import { dateScalar } from './world.ts'

/** A source of events that a test publishes to, and that counts who listens. */
class Topic<T> {
  readonly #readers = new Set<Reader<T>>()
  /** How often anyone began to listen. */
  opened = 0

  get listeners(): number {
    return this.#readers.size
  }

  publish(event: T): void {
    for (const reader of this.#readers) reader.take({ value: event, done: false })
  }

  /** Ends the events in good order. */
  end(): void {
    for (const reader of this.#readers) reader.take({ value: undefined, done: true })
  }

  /** Breaks the events off. */
  fail(error: Error): void {
    for (const reader of this.#readers) reader.take(error)
  }

  events(): AsyncIterableIterator<T> {
    const reader = new Reader<T>(() => this.#readers.delete(reader))
    this.#readers.add(reader)
    this.opened += 1
    return reader
  }
}

type Step<T> = IteratorResult<T, undefined> | Error

class Reader<T> implements AsyncIterableIterator<T> {
  readonly #taken: Step<T>[] = []
  readonly #close: () => void
  #wake: () => void = () => undefined

  constructor(close: () => void) {
    this.#close = close
  }

  take(step: Step<T>): void {
    this.#taken.push(step)
    this.#wake()
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    while (this.#taken.length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wake = resolve
      await promise
    }
    const step = this.#taken.shift() as Step<T>
    if (step instanceof Error || step.done === true) this.#close()
    if (step instanceof Error) throw step
    return step
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.take({ value: undefined, done: true })
    this.#close()
    return Promise.resolve({ value: undefined, done: true })
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

/** What the feed's resolvers read, and what a test wants to go wrong. */
export interface Feed {
  readonly paid: Topic<Invoice>
  readonly ticks: Topic<number>
  /** A log: the cursor of an invoice is its place in it, from 1. Whoever comes gets what is there, and no more. */
  readonly numbered: Invoice[]
  /** Names of customers, as crm knows them at the moment. */
  readonly names: Map<string, string>
  /** A line for each context that a subgraph made and each batch of names that it read. */
  readonly journal: string[]
}

export interface Invoice {
  readonly id: string
  readonly customer: string
  readonly total?: number
}

/** Two customers, no event yet. */
export function createFeed(): Feed {
  return {
    paid: new Topic(),
    ticks: new Topic(),
    numbered: [],
    names: new Map([
      ['c1', 'Acme'],
      ['c2', 'Bolt'],
    ]),
    journal: [],
  }
}

const link = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.3"
  import: ["@key", "@external", "@requires"]
)\n`

/** Two subgraphs: billing tells what was paid, crm knows the names of customers and what an invoice means for them. */
export const feedSdl = {
  billing: `${link}
    scalar Date
    type Query { invoice(id: ID!): Invoice, position: String! }
    type Subscription {
      numbered(after: String): Numbered!
      paid(customer: ID, since: Date): Invoice!
      refunded: [Invoice]
      ticks(after: String): Int!
    }
    type Numbered { cursor: String!, invoice: Invoice! }
    type Invoice @key(fields: "id") { id: ID!, total: Int!, secret: String, customer: Customer! }
    type Customer @key(fields: "id") { id: ID!, vip: Boolean! }`,
  crm: `${link}
    type Query { customer(id: ID!): Customer }
    type Mutation { rename(id: ID!, name: String!): Customer }
    type Customer @key(fields: "id") { id: ID!, name: String }
    type Invoice @key(fields: "id") { id: ID!, total: Int! @external, label: String! @requires(fields: "total") }`,
}

/** Name of one of the feed's subgraphs. */
export type FeedSubgraph = keyof typeof feedSdl

/** Composes the feed's subgraphs, changed where a test says so. */
export function feedSupergraph(changes: Partial<typeof feedSdl> = {}): string {
  const parts = Object.entries({ ...feedSdl, ...changes }).map(([name, sdl]) => ({ name, sdl }))
  const composition = composeSupergraph(parts)
  if (!composition.ok) throw new Error(composition.errors.join('\n'))
  return composition.supergraph
}

const resolvers = (feed: Feed): Record<keyof typeof feedSdl, object> => ({
  billing: {
    Date: dateScalar,
    Query: {
      invoice: (_: never, { id }: { id: string }) => ({ id, customer: 'c1', total: 7 }),
      position: () => {
        feed.journal.push('position')
        return String(feed.numbered.length)
      },
    },
    Subscription: {
      paid: { subscribe: subscribePaid(feed), resolve: (invoice: Invoice) => invoice },
      refunded: { subscribe: () => feed.paid.events(), resolve: (invoice: Invoice) => [invoice, null] },
      numbered: { subscribe: subscribeNumbered(feed), resolve: (event: Numbered) => event },
      ticks: { subscribe: () => feed.ticks.events(), resolve: (tick: number) => tick },
    },
    Invoice: {
      customer: ({ customer }: Invoice) => ({ id: customer }),
      secret: () => {
        throw new Error('connect postgres://admin:hunter2@db')
      },
    },
    Customer: { vip: ({ id }: { id: string }) => id === 'c1' },
  },
  crm: {
    Query: { customer: (_: never, { id }: { id: string }) => ({ id }) },
    Mutation: {
      rename: (_: never, { id, name }: { id: string; name: string }) => {
        feed.names.set(id, name)
        return { id }
      },
    },
    Customer: { name: ({ id }: { id: string }, _: never, { nameOf }: Context) => nameOf(id) },
    Invoice: { label: ({ id, total }: Required<Invoice>) => `${id} of ${total}` },
  },
})

interface Context {
  readonly nameOf: (id: string) => string | undefined
}

interface Numbered {
  readonly cursor: string
  readonly invoice: Invoice
}

function subscribeNumbered(feed: Feed): (root: never, args: { after?: string | null }) => unknown {
  return async function* events(_, { after }) {
    for (const [index, invoice] of feed.numbered.entries())
      if (index >= Number(after ?? 0)) yield await Promise.resolve({ cursor: String(index + 1), invoice })
  }
}

function subscribePaid(feed: Feed): (root: never, args: { customer?: string; since?: unknown }) => unknown {
  return (_, { customer, since }) => {
    if (customer === 'nobody')
      throw new GraphQLError('No such customer.', { extensions: { code: 'NOT_FOUND' } })
    if (customer === 'broken') throw new Error('connect postgres://admin:hunter2@db')
    if (since !== undefined && !(since instanceof Temporal.PlainDate)) throw new Error('since was not parsed')
    return feed.paid.events()
  }
}

/** The executable schema of one of the feed's subgraphs. */
function feedSchema(name: keyof typeof feedSdl, feed: Feed): GraphQLSchema {
  return buildSubgraphSchema([
    { typeDefs: parse(feedSdl[name]), resolvers: resolvers(feed)[name] as GraphQLResolverMap },
  ])
}

/** A subgraph of the feed in this process. Its context reads a name once, as a context of loaders would. */
export function localFeed(
  name: FeedSubgraph,
  feed: Feed,
): LocalSubgraph & { readonly createContext: () => object } {
  return {
    name,
    schema: feedSchema(name, feed),
    createContext: () => {
      feed.journal.push(`${name} scope`)
      const read = new Map<string, string | undefined>()
      return { nameOf: (id: string) => read.getOrInsertComputed(id, () => feed.names.get(id)) }
    },
  }
}

/** A gateway over the feed, its subgraphs in process unless given. */
export function gatewayOverFeed(
  feed: Feed,
  options: { subgraphs?: (LocalSubgraph | RemoteSubgraph)[]; limits?: Partial<Limits>; logged?: Logged } = {},
): Gateway {
  const { logged, limits = {} } = options
  const gateway = createGateway({
    supergraph: feedSupergraph(),
    subgraphs: options.subgraphs ?? [localFeed('billing', feed), localFeed('crm', feed)],
    log: createLog(
      logged
        ? { level: 'info', destination: { write: (line) => void logged.lines.push(line) } }
        : { level: 'silent' },
    ),
    limits,
    scalars: [dateScalar],
    cursorField: 'position',
    examples: [],
    readiness: [],
  })
  closeLater(() => gateway.stop())
  return gateway
}

/** An answer as a client reads it. */
type FeedAnswer = Omit<Response, 'text'>

/** One request whose answers come one by one. */
export interface Asked {
  /** The next answer; undefined after the last. */
  next(): Promise<FeedAnswer | undefined>
  leave(): void
}

/** Asks without a network in between. */
export function stream(gateway: Gateway, query: string, variables: Record<string, unknown> = {}): Asked {
  const controller = new AbortController()
  const answers = gateway.stream(
    { query, variables },
    { ...anyRequest(), signal: controller.signal },
    () => true,
  )
  // Nothing happens before the first answer is waited for.
  let coming = answers.next()
  return {
    async next() {
      const { value } = await coming
      coming = answers.next()
      return value ? (JSON.parse(value.body) as FeedAnswer) : undefined
    },
    leave: () => controller.abort(),
  }
}
