import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
} from 'graphql'

import type { Random } from '#subgraphs/operations/seed/random.ts'

/** What a client sends. */
export interface RandomRequest {
  readonly document: string
  readonly variables: Readonly<Record<string, unknown>>
}

const MAX_LEVELS = 5
const MAX_FRAGMENTS = 5
const MUTATION_PERCENT = 20
const ALIASES = ['a', 'b', 'id', 'constructor', '__proto__', 'x']

/** Writes a request over a schema. It may be invalid where two selections of one key conflict. */
export function randomRequest(random: Random, schema: GraphQLSchema): RandomRequest {
  return new RequestWriter(random, schema).request()
}

interface Fragment {
  readonly on: GraphQLCompositeType
  readonly text: string
}

class RequestWriter {
  readonly #random: Random
  readonly #schema: GraphQLSchema
  readonly #fragments = new Map<string, Fragment>()
  readonly #definitions = new Map<string, string>()
  readonly #variables: Record<string, unknown> = {}

  constructor(random: Random, schema: GraphQLSchema) {
    this.#random = random
    this.#schema = schema
  }

  request(): RandomRequest {
    const mutation = this.#random.chance(MUTATION_PERCENT) ? this.#schema.getMutationType() : undefined
    const root = mutation ?? this.#schema.getQueryType()
    if (!root) throw new Error('the schema has no query type')
    const selections = this.#selectionSet(root, 1)
    const declared = [...this.#definitions.values()].join(', ')
    const head = `${mutation ? 'mutation' : 'query'}${declared === '' ? '' : ` (${declared})`}`
    const fragments = [...this.#fragments].map(
      ([name, { on, text }]) => `fragment ${name} on ${on.name} ${text}`,
    )
    return { document: [`${head} ${selections}`, ...fragments].join('\n'), variables: this.#variables }
  }

  #selectionSet(type: GraphQLCompositeType, level: number): string {
    const count = this.#random.between(1, level < 3 ? 4 : 2)
    return `{ ${Array.from({ length: count }, () => this.#selection(type, level)).join(' ')} }`
  }

  #selection(type: GraphQLCompositeType, level: number): string {
    if (this.#random.chance(8)) return `${this.#random.pick(['', 't: ', 'toString: '])}__typename`
    if (level < MAX_LEVELS && this.#random.chance(isAbstractType(type) ? 60 : 15))
      return this.#fragment(type, level)
    const fields = isUnionType(type) ? [] : Object.values(type.getFields())
    const open = fields.filter((field) => level < MAX_LEVELS || !isCompositeType(getNamedType(field.type)))
    return open.length === 0 ? '__typename' : this.#field(this.#random.pick(open), level)
  }

  #fragment(type: GraphQLCompositeType, level: number): string {
    const on = this.#random.pick([type, ...this.#overlapping(type)])
    const known = [...this.#fragments].filter(([, fragment]) => fragment.on === on && fragment.text !== '')
    if (known.length > 0 && this.#random.chance(50))
      return `...${this.#random.pick(known)[0]}${this.#condition()}`
    if (this.#fragments.size < MAX_FRAGMENTS && this.#random.chance(30)) {
      const name = `F${this.#fragments.size}`
      // It stands there without a text first, so that it does not spread itself.
      this.#fragments.set(name, { on, text: '' })
      this.#fragments.set(name, { on, text: this.#selectionSet(on, level + 1) })
      return `...${name}${this.#condition()}`
    }
    const head = on === type && this.#random.chance(50) ? '...' : `... on ${on.name}`
    return `${head}${this.#condition()} ${this.#selectionSet(on, level + 1)}`
  }

  /** The types that an object of this type may have, or may be looked at as. */
  #overlapping(type: GraphQLCompositeType): GraphQLCompositeType[] {
    if (isAbstractType(type)) return [...this.#schema.getPossibleTypes(type)]
    return Object.values(this.#schema.getTypeMap()).filter(
      (other) => isAbstractType(other) && this.#schema.isSubType(other, type),
    ) as GraphQLCompositeType[]
  }

  #field({ name, args, type }: GraphQLField<unknown, unknown>, level: number): string {
    const given = args.filter((arg) => isRequired(arg) || this.#random.chance(50))
    const values = given.map((arg) => `${arg.name}: ${this.#value(arg.type)}`)
    const alias = this.#random.chance(20) ? `${this.#random.pick(ALIASES)}: ` : ''
    const unique = values.length > 0 ? `${name}${this.#random.between(1, 999)}: ` : ''
    const named = getNamedType(type)
    const inner = isCompositeType(named) ? ` ${this.#selectionSet(named, level + 1)}` : ''
    const list = values.length > 0 ? `(${values.join(', ')})` : ''
    return `${alias || unique}${name}${list}${this.#condition()}${inner}`
  }

  #condition(): string {
    if (!this.#random.chance(10)) return ''
    const value = this.#random.chance(30) ? this.#random.pick(['true', 'false']) : this.#decision()
    return ` @${this.#random.pick(['skip', 'include'])}(if: ${value})`
  }

  /** Few variables decide, so that one document is compiled for several of their values. */
  #decision(): string {
    const name = this.#random.pick(['yes', 'no'])
    this.#definitions.set(name, `$${name}: Boolean!`)
    this.#variables[name] = name === 'yes'
    return `$${name}`
  }

  #value(type: GraphQLInputType): string {
    return this.#random.chance(35) ? this.#variable(type) : this.#literal(type)
  }

  #variable(type: GraphQLInputType): string {
    const name = `v${this.#definitions.size}`
    const byDefault = this.#random.chance(30) ? ` = ${textOf(this.#json(type), type)}` : ''
    this.#definitions.set(name, `$${name}: ${String(type)}${byDefault}`)
    const mayLack = byDefault !== '' || !isNonNullType(type)
    if (!mayLack || this.#random.chance(70)) this.#variables[name] = this.#json(type)
    return `$${name}`
  }

  /** A literal, in which variables may stand. */
  #literal(type: GraphQLInputType): string {
    if (isNonNullType(type)) return this.#literal(type.ofType)
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => isRequired(field) || this.#random.chance(30),
      )
      return `{ ${fields.map((field) => `${field.name}: ${this.#value(field.type)}`).join(', ')} }`
    }
    if (isListType(type) && this.#random.chance(80))
      return `[${Array.from({ length: this.#random.between(0, 2) }, () => this.#value(type.ofType)).join(', ')}]`
    return textOf(this.#json(type, true), type)
  }

  #json(type: GraphQLInputType, isPresent = false): unknown {
    if (isNonNullType(type)) return this.#json(type.ofType, true)
    if (!isPresent && this.#random.chance(15)) return null
    // A single value stands for a list of it.
    if (isListType(type))
      return this.#random.chance(20) ? this.#json(type.ofType, true) : [this.#json(type.ofType)]
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => isRequired(field) || this.#random.chance(20),
      )
      return Object.fromEntries(fields.map((field) => [field.name, this.#json(field.type)]))
    }
    if (isEnumType(type)) return this.#random.pick(type.getValues()).name
    const number = this.#random.between(1, 3)
    if (type.name === 'Int') return number
    if (type.name === 'Boolean') return number === 1
    return type.name === 'Date' ? `2024-0${number}-29`.replace('02-29', '02-28') : this.#entityId(number)
  }

  #entityId(number: number): string {
    return `${this.#random.pick(['ant', 'bee', 'cat', 'dog'])}${number}`
  }
}

function isRequired({ type, defaultValue }: Pick<GraphQLArgument, 'type' | 'defaultValue'>): boolean {
  return isNonNullType(type) && defaultValue === undefined
}

/** A JSON value as a literal of the document. */
function textOf(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return textOf(value, type.ofType)
  if (value === null) return 'null'
  if (isListType(type))
    return Array.isArray(value)
      ? `[${value.map((item) => textOf(item, type.ofType)).join(', ')}]`
      : textOf(value, type.ofType)
  if (isInputObjectType(type)) {
    const fields = Object.entries(value as object)
    return `{ ${fields.map(([name, inner]) => `${name}: ${textOf(inner, fieldType(type, name))}`).join(', ')} }`
  }
  return isEnumType(type) && typeof value === 'string' ? value : JSON.stringify(value)
}

function fieldType(type: GraphQLInputType, name: string): GraphQLInputType {
  const field = isInputObjectType(type) ? type.getFields()[name] : undefined
  if (!field) throw new Error(`there is no input field ${name}`)
  return field.type
}
