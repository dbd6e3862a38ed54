import type { GeneratorValue } from 'fast-check'
import fc from 'fast-check'
import {
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql'

/** Values that make the fixture's resolvers answer, by argument. */
const argumentValues: Readonly<Record<string, readonly string[]>> = {
  first: ['1', '2', '$n'],
  id: ['"c1"', '"c2"', '"k1"', '"i3"', '"?"', '$id'],
  text: ['"o"', '""'],
  after: ['"2024-01-31"', '$day'],
  between: ['{ from: "2024-02-01" }', '{ steps: [$day, "2024-01-02"] }'],
  filter: ['{ status: PAID }', '{}'],
  status: ['OPEN', '[PAID]'],
  dueAfter: ['"2025-02-01"', '$day'],
  above: ['999', '"2500"'],
  name: ['"Tier"', '"Money"'],
}

const variableDefinitions: Readonly<Record<string, string>> = {
  $n: '$n: Int = 2',
  $id: '$id: ID! = "c2"',
  $day: '$day: Date! = "2024-02-29"',
  $yes: '$yes: Boolean! = true',
  $no: '$no: Boolean = false',
}

const MAX_LEVELS = 4

/** Writes a random query over the fixture graph. It may be invalid where two selections of one key conflict. */
export function randomDocument(
  gen: GeneratorValue,
  schema: GraphQLSchema,
  { fragmentPercent = 12, deferPercent = 0 } = {},
): string {
  const root = schema.getQueryType()
  if (!root) throw new Error('the schema has no query type')
  const pick = <T>(items: readonly T[]): T => {
    const item = items[gen(fc.nat, { max: items.length - 1 })]
    if (item === undefined) throw new Error('there is nothing to pick from')
    return item
  }
  const chance = (percent: number): boolean => gen(fc.integer, { min: 1, max: 100 }) <= percent

  const selectionSet = (type: GraphQLCompositeType, level: number): string => {
    const count = gen(fc.integer, { min: 1, max: 3 })
    return `{ ${Array.from({ length: count }, () => selection(type, level)).join(' ')} }`
  }
  const selection = (type: GraphQLCompositeType, level: number): string => {
    if (chance(8)) return `${pick(['', 't: ', 'constructor: '])}__typename`
    if (level > MAX_LEVELS && isUnionType(type)) return '__typename'
    if (isUnionType(type) || (level < MAX_LEVELS && chance(isAbstractType(type) ? 50 : fragmentPercent)))
      return fragment(type, level)
    const fields = Object.values(type.getFields()).filter(
      (field) => level < MAX_LEVELS || !isCompositeType(getNamedType(field.type)),
    )
    return fields.length === 0 ? '__typename' : field(pick(fields), level)
  }
  const fragment = (type: GraphQLCompositeType, level: number): string => {
    const target = isAbstractType(type) ? pick([type, ...schema.getPossibleTypes(type)]) : type
    return `... on ${target.name}${condition()}${deferral()} ${selectionSet(target, level + 1)}`
  }
  const field = ({ name, args, type }: GraphQLField<unknown, unknown>, level: number): string => {
    const given = args.filter((arg) => chance(60) || String(arg.type).endsWith('!'))
    const values = given.map((arg) => `${arg.name}: ${pick(argumentValues[arg.name] ?? [])}`)
    // The alias tells arguments apart, so that most documents are valid.
    const prefix = values.length > 0 ? `a${values.join().replaceAll(/\W/g, '')}_` : pick(['', '', '_x'])
    const alias = prefix === '' ? '' : `${prefix}${name}: `
    const named = getNamedType(type)
    const inner = isCompositeType(named) ? ` ${selectionSet(named, level + 1)}` : ''
    return `${alias}${name}${values.length > 0 ? `(${values.join(', ')})` : ''}${condition()}${inner}`
  }
  const condition = (): string =>
    chance(10) ? ` @${pick(['skip', 'include'])}(if: ${pick(['$yes', '$no', 'true', 'false'])})` : ''
  const deferral = (): string =>
    chance(deferPercent) ? pick([' @defer', ' @defer', ' @defer(if: $yes)', ' @defer(if: $no)']) : ''

  const selections = selectionSet(root, 1)
  const used = new Set(selections.match(/\$\w+/g))
  const definitions = [...used].map((name) => variableDefinitions[name])
  return definitions.length === 0 ? selections : `query (${definitions.join(', ')}) ${selections}`
}

/** Fields which fail, and how. Keys and required fields do not: the plan reads them even where nobody asks. */
export function randomFaults(
  gen: GeneratorValue,
  schema: GraphQLSchema,
  canFail: (field: GraphQLField<unknown, unknown>) => boolean = () => true,
): [string, Error | null][] {
  const coordinates = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => canFail(field))
    .map(({ type, field }) => `${type.name}.${field.name}`)
    .filter((coordinate) => !coordinate.endsWith('.id') && coordinate !== 'Customer.region')
  return Array.from({ length: gen(fc.integer, { min: 0, max: 3 }) }, () => {
    const coordinate = coordinates[gen(fc.nat, { max: coordinates.length - 1 })] ?? ''
    const only = coordinate.startsWith('Customer.') ? `:c${gen(fc.integer, { min: 1, max: 3 })}` : ''
    return [coordinate + only, gen(fc.boolean) ? new Error('fault') : null]
  })
}
