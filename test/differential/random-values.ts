/** The values of a random graph: each a function of its seed and its coordinate, so that all who ask see the same. */
import {
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'

import { Random } from '#subgraphs/operations/seed/random.ts'
import { addDates } from '#test/gateway/dates.ts'

/** The state behind a random graph. */
export interface RandomWorld {
  readonly seed: number
  /** Of a hundred fields that may fail, how many do. */
  readonly faultPercent: number
  /** How often each entity was written: whatever is read after a write differs from what was read before it. */
  readonly writes: Map<string, number>
}

type Parent = Readonly<Record<string, unknown>> & { readonly id?: unknown }

const IDS_EACH = 3
const NULL_PERCENT = 12
const MAX_ITEMS = 3
const TEXTS = ['plain', 'quote " and \\', 'two\nlines', 'snow ☃ 🐧', '', 'constructor']

/**
 * Gives every field of a schema its value. `requires` names the fields whose value depends on another one's:
 * a subgraph finds that in the representation, and the whole graph works it out by itself.
 */
export function addValues(
  schema: GraphQLSchema,
  world: RandomWorld,
  requires: ReadonlyMap<string, string>,
  kind: 'subgraph' | 'whole',
): void {
  const required = new Set([...requires].map(([coordinate, name]) => `${coordinate.split('.')[0]}.${name}`))
  addDates(schema)
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = ({ __typename }: { __typename: string }) => __typename
    if (!isObjectType(type) || type.name.startsWith('_')) continue
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`
      if (field.name.startsWith('_') || field.name === 'id') continue
      const need = requires.get(coordinate)
      const needed = need === undefined ? undefined : type.getFields()[need]
      const faultPercent = required.has(coordinate) ? 0 : world.faultPercent
      field.resolve = resolver((parent, args) => {
        if (type.name === 'Mutation') write(world, args)
        const draw = (name: string, ...more: string[]): Random =>
          new Random(world.seed, type.name, String(parent.id), `#${writesOf(world, parent)}`, name, ...more)
        const requiredValue = (): unknown => {
          if (kind === 'subgraph') return need === undefined ? undefined : parent[need]
          return needed && valueOf(needed.type, faultless(draw(needed.name, textOf({}), 'undefined')), schema)
        }
        const random = draw(field.name, textOf(args), String(requiredValue()))
        if (random.chance(faultPercent)) throw new Error(`a fault at ${coordinate}`)
        return type.name === 'Mutation'
          ? writtenEntity(field.type, args)
          : valueOf(field.type, random, schema)
      })
    }
  }
}

/** Draws what the required field draws before its value: that it does not fail. */
function faultless(random: Random): Random {
  random.chance(0)
  return random
}

/** Arguments as text: one that was not parsed is not the same as one that was. */
function textOf(value: unknown): string {
  if (value instanceof Temporal.PlainDate) return `the day ${value.toString()}`
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`
  if (typeof value !== 'object' || value === null)
    return value === undefined ? 'nothing' : JSON.stringify(value)
  const fields = Object.entries(value).toSorted(([one], [other]) => one.localeCompare(other))
  return `{${fields.map(([name, inner]) => `${name}: ${textOf(inner)}`).join()}}`
}

type Resolve = (parent: Parent, args: Readonly<Record<string, unknown>>) => unknown

/** Half of the fields answer later, by the length of their name. */
function resolver(resolve: Resolve): GraphQLFieldResolver<unknown, unknown> {
  return (parent, args: Record<string, unknown>, _, { fieldName }) => {
    const value = (): unknown => resolve((parent ?? {}) as Parent, args)
    return fieldName.length % 2 === 0 ? value() : Promise.resolve().then(value)
  }
}

function writesOf({ writes }: RandomWorld, { id }: Parent): number {
  return writes.get(String(id)) ?? 0
}

function write({ writes }: RandomWorld, { id, by }: Readonly<Record<string, unknown>>): void {
  writes.set(String(id), (writes.get(String(id)) ?? 0) + Number(by))
}

function writtenEntity(type: GraphQLOutputType, { id }: Readonly<Record<string, unknown>>): unknown {
  const object = isNonNullType(type) ? type.ofType : type
  return { __typename: String(object), id }
}

function valueOf(type: GraphQLOutputType, random: Random, schema: GraphQLSchema): unknown {
  if (isNonNullType(type)) return presentValue(type.ofType, random, schema)
  return random.chance(NULL_PERCENT) ? null : presentValue(type, random, schema)
}

function presentValue(type: GraphQLOutputType, random: Random, schema: GraphQLSchema): unknown {
  if (isListType(type)) {
    const items = Array.from({ length: random.between(0, MAX_ITEMS) })
    return items.map(() => valueOf(type.ofType, random, schema))
  }
  if (isAbstractType(type)) {
    const names = schema.getPossibleTypes(type).map(({ name }) => name)
    return objectOf(random.pick(names.toSorted()), random)
  }
  if (isObjectType(type)) return objectOf(type.name, random)
  if (isEnumType(type)) return random.pick(type.getValues()).name
  return leafOf(String(type), random)
}

/** Few of a kind, so that one entity turns up at many places. */
function objectOf(typeName: string, random: Random): object {
  return { __typename: typeName, id: `${typeName.toLowerCase()}${random.between(1, IDS_EACH)}` }
}

function leafOf(typeName: string, random: Random): unknown {
  const number = random.between(-1_000, 1_000)
  if (typeName === 'Int') return number
  if (typeName === 'Float') return number / 8
  if (typeName === 'Boolean') return number % 2 === 0
  if (typeName === 'Date') return Temporal.PlainDate.from('2024-01-01').add({ days: number })
  return `${random.pick(TEXTS)}${number}`
}
