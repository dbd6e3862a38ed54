import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import {
  GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  isTypeDefinitionNode,
  Kind,
  parse,
} from 'graphql'
import { isCurrency } from '#domain/money.ts'
import type { SubgraphName } from './config.ts'
import { dateText } from './dates.ts'
import { publicError } from './errors.ts'
import type { Connection } from './loaders.ts'
import type { LoggedEvent } from './log/event.ts'

/** A scalar that is one kind of text on the wire and another value in code. Bad input is refused with its format. */
function textScalar<T>(
  name: string,
  format: string,
  read: (text: string) => T,
): GraphQLScalarType<T, string> {
  const parseText = (value: unknown): T => {
    if (typeof value !== 'string') throw new GraphQLError(`${name} must be a string: ${format}.`)
    try {
      return read(value)
    } catch (cause) {
      throw new GraphQLError(`${name} must be ${format}, not "${value.slice(0, MAX_ECHO_CHARACTERS)}".`, {
        originalError: cause as Error,
      })
    }
  }
  return new GraphQLScalarType<T, string>({
    name,
    serialize: (value) => (isTemporal(value) ? dateText(value) : String(value)),
    parseValue: parseText,
    parseLiteral: (node) => parseText(node.kind === Kind.STRING ? node.value : undefined),
  })
}

/** Dates, months and instants are the only objects among the values of these scalars. */
const isTemporal = (value: unknown): value is Parameters<typeof dateText>[0] => typeof value === 'object'

/** How much of a bad value an error message repeats. */
const MAX_ECHO_CHARACTERS = 40

const matching =
  (pattern: RegExp) =>
  (text: string): string => {
    if (!pattern.test(text)) throw new RangeError(`does not match ${pattern}`)
    return text
  }

/**
 * Every custom scalar of the graph by name. A subgraph gets those that its SDL declares. Years are those that
 * PostgreSQL has as well: from 1 on. Of months, those that have one before and one after.
 */
export const SCALARS: Readonly<Record<string, GraphQLScalarType>> = {
  Date: textScalar('Date', 'a calendar date such as 2027-05-01', (text) =>
    Temporal.PlainDate.from(matching(/^(?!0000)\d{4}-\d{2}-\d{2}$/)(text), { overflow: 'reject' }),
  ),
  DateTime: textScalar('DateTime', 'an instant such as 2027-05-01T09:30:00Z', (text) => {
    const instant = Temporal.Instant.from(
      matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/)(text),
    )
    // An offset may lead into the year before or after.
    matching(/^(?!0000)\d{4}-/)(instant.toString())
    return instant
  }),
  YearMonth: textScalar('YearMonth', 'a month such as 2027-05', (text) =>
    Temporal.PlainYearMonth.from(matching(/^(?!0000|0001-01|9999-12)\d{4}-\d{2}$/)(text), {
      overflow: 'reject',
    }),
  ),
  Decimal: textScalar('Decimal', 'an exact decimal such as -12.30', matching(/^-?\d{1,30}(\.\d{1,30})?$/)),
  BigInt: textScalar('BigInt', 'a whole number as a string of digits', (text) =>
    BigInt(matching(/^-?\d{1,30}$/)(text)),
  ),
  CurrencyCode: textScalar('CurrencyCode', 'a currency code of ISO 4217 such as USD', (text) => {
    if (!isCurrency(text)) throw new RangeError('unknown currency')
    return text
  }),
  JSON: new GraphQLScalarType({ name: 'JSON' }),
}

const connection = {
  totalCount: (parent: Connection<unknown>): Promise<number> => parent.count(),
}

/** A source of events as CloudEvents name it. */
export const sourceName = (source: SubgraphName): string => `/revgraph/${source}`

const event = {
  source: ({ source }: LoggedEvent): string => sourceName(source),
  subject: ({ aggregateId }: LoggedEvent): string => aggregateId,
  time: ({ recordedAt }: LoggedEvent): Temporal.Instant => recordedAt,
}

/**
 * The executable schema of a subgraph: its SDL, its resolvers, and what all subgraphs resolve alike (scalars, events,
 * the counts of connections).
 */
export function subgraphSchema(sdl: string, resolvers: object): GraphQLSchema {
  const typeDefs = parse(sdl)
  const declared = typeDefs.definitions.filter(isTypeDefinitionNode).map(({ name }) => name.value)
  const connections = declared
    .filter((name) => name.endsWith('Connection'))
    .map((name) => [name, connection] as const)
  const scalars = Object.entries(SCALARS).filter(([name]) => declared.includes(name))
  const shared = {
    ...Object.fromEntries(connections),
    ...Object.fromEntries(scalars),
    ...(declared.includes('Event') && { Event: event }),
  }
  // The array form: the object form throws in @apollo/subgraph 2.15.
  return buildSubgraphSchema([
    { typeDefs, resolvers: { ...shared, ...resolvers } as GraphQLResolverMap<unknown> },
  ])
}

/** The found object, or the error NOT_FOUND for a client that asked for it by id. */
export function found<T>(object: T | null, kind: string, id: string): T {
  if (object === null)
    throw publicError('NOT_FOUND', `There is no ${kind} with the id "${id.slice(0, MAX_ECHO_CHARACTERS)}".`)
  return object
}
