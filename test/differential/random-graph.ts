/** A graph made at random: several subgraphs that share entities, in all the ways that a plan has to join. */
import { Random } from '#subgraphs/operations/seed/random.ts'

/** What a random graph is made of, and what the values of its fields depend on. */
export interface RandomGraph {
  readonly subgraphs: readonly { readonly name: string; readonly sdl: string }[]
  /** Coordinate → the field of the same entity that its subgraph requires for it. */
  readonly requires: ReadonlyMap<string, string>
}

interface Field {
  readonly name: string
  readonly args: string
  readonly type: string
  /** The composite type that it leads to; undefined for a leaf. */
  readonly target: string | undefined
  readonly owners: readonly number[]
  readonly requires: string | undefined
}

interface Abstract {
  readonly name: string
  readonly isUnion: boolean
  readonly home: number
  readonly members: readonly string[]
}

const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires"]
)
scalar Date
enum Color { RED GREEN BLUE }
input Span { from: Date!, steps: [Date] = ["2024-02-29"], color: Color, inner: Span }
`
const ENTITIES = ['Ant', 'Bee', 'Cat', 'Dog']
const VALUES = ['Pair', 'Spot']
const LEAVES = ['String', 'Int', 'Float', 'Boolean', 'ID', 'Color', 'Date']
/** Types of what is required: a representation carries it as JSON, and its text decides the value. */
const REQUIRED_LEAVES = ['String', 'Int', 'Boolean']
const WRAPPERS: readonly (readonly [number, (type: string) => string])[] = [
  [30, (type) => type],
  [25, (type) => `${type}!`],
  [10, (type) => `[${type}]`],
  [10, (type) => `[${type}!]`],
  [10, (type) => `[${type}!]!`],
  [5, (type) => `[[${type}]]`],
  [5, (type) => `[[${type}!]!]!`],
]
const ARGUMENTS = [
  '(n: Int = 2)',
  '(on: Date = "2024-12-24")',
  '(span: Span)',
  '(color: Color!, n: Int)',
  '(list: [Int!] = [1, 2], text: String)',
  '(spans: [Span!]!)',
  '(span: Span! = { from: "2024-05-05" })',
]

/** Makes the graph of a seed. */
export function randomGraph(seed: number): RandomGraph {
  const random = new Random(seed, 'graph')
  const count = random.between(2, 4)
  const homes = Array.from({ length: count }, (_, index) => index)
  const abstracts = ['Animal', 'Thing'].map((name, index): Abstract => {
    const pool = index === 0 ? ENTITIES : [...ENTITIES, ...VALUES]
    return {
      name,
      isUnion: index === 1,
      home: random.pick(homes),
      members: sample(pool, random.between(2, 3), random),
    }
  })
  const values = new Map(VALUES.map((name, index) => [name, valueFields(name, index, homes, random)]))
  const entities = new Map(
    ENTITIES.map((name) => [name, entityFields(name, homes, abstracts, random)] as const),
  )
  const roots = homes.map((home) => rootFields(home, abstracts, random))
  const requires = [...entities].flatMap(([type, fields]) =>
    fields.flatMap(({ name, requires: required }) =>
      required === undefined ? [] : [[`${type}.${name}`, required] as const],
    ),
  )
  const graph = { entities, values, abstracts, roots }
  return {
    subgraphs: homes.map((home) => ({ name: `s${home}`, sdl: sdlOf(home, graph, random) })),
    requires: new Map(requires),
  }
}

function sample<T>(items: readonly T[], count: number, random: Random): T[] {
  const left = [...items]
  return Array.from({ length: count }, () => left.splice(random.between(0, left.length - 1), 1)).flat()
}

function leafField(name: string, owners: readonly number[], random: Random): Field {
  const type = random.weighted(WRAPPERS)(random.pick(LEAVES))
  return { name, args: argumentsOf(random), type, target: undefined, owners, requires: undefined }
}

function linkField(
  name: string,
  owners: readonly number[],
  targets: readonly string[],
  random: Random,
): Field {
  const target = random.pick(targets)
  const type = random.weighted(WRAPPERS)(target)
  return { name, args: argumentsOf(random), type, target, owners, requires: undefined }
}

const argumentsOf = (random: Random): string => (random.chance(30) ? random.pick(ARGUMENTS) : '')

/** A value type is the same wherever it is known. */
function valueFields(name: string, index: number, homes: readonly number[], random: Random): Field[] {
  const prefix = name.toLowerCase()
  const leaves = [0, 1].map((nth) => leafField(`${prefix}${nth}`, homes, random))
  const targets = [...ENTITIES, ...VALUES.slice(index + 1)]
  return [...leaves, linkField(`${prefix}Link`, homes, targets, random)]
}

/** An entity has fields in several subgraphs; some that two of them know, and some that need a field of another. */
function entityFields(
  name: string,
  homes: readonly number[],
  abstracts: readonly Abstract[],
  random: Random,
): Field[] {
  const prefix = name.toLowerCase()
  const fields: Field[] = abstracts
    .filter((abstract) => !abstract.isUnion && abstract.members.includes(name))
    .map(({ home }) => ({
      name: 'called',
      args: '',
      type: 'String',
      target: undefined,
      owners: [home],
      requires: undefined,
    }))
  for (const home of sample(homes, random.between(2, homes.length), random)) {
    for (let nth = 0; nth < random.between(1, 2); nth += 1) {
      const owners = random.chance(15) ? [home, (home + 1) % homes.length] : [home]
      fields.push(leafField(`${prefix}Leaf${home}${nth}`, owners, random))
      fields.push(linkField(`${prefix}Link${home}${nth}`, [home], targetsIn(home, abstracts), random))
    }
    if (!random.chance(60)) continue
    const required = `${prefix}Base${home}`
    const type = random.pick(REQUIRED_LEAVES) + random.pick(['', '!'])
    const other = (home + random.between(1, homes.length - 1)) % homes.length
    fields.push({ name: required, args: '', type, target: undefined, owners: [other], requires: undefined })
    const derived = random.chance(60)
      ? leafField(`${prefix}Derived${home}`, [home], random)
      : linkField(`${prefix}Derived${home}`, [home], targetsIn(home, abstracts), random)
    fields.push({ ...derived, requires: required })
  }
  return fields
}

function targetsIn(home: number, abstracts: readonly Abstract[]): string[] {
  const known = abstracts.filter((abstract) => abstract.home === home).map(({ name }) => name)
  return [...ENTITIES, ...VALUES, ...known]
}

function rootFields(home: number, abstracts: readonly Abstract[], random: Random): Field[] {
  const names = [0, 1, 2].map((nth) => `root${home}${nth}`)
  return names.map((name) => linkField(name, [home], targetsIn(home, abstracts), random))
}

interface Parts {
  readonly entities: ReadonlyMap<string, readonly Field[]>
  readonly values: ReadonlyMap<string, readonly Field[]>
  readonly abstracts: readonly Abstract[]
  readonly roots: readonly (readonly Field[])[]
}

function sdlOf(home: number, { entities, values, abstracts, roots }: Parts, random: Random): string {
  const own = abstracts.filter((abstract) => abstract.home === home)
  const known = new Set(own.flatMap(({ members }) => members))
  const fieldsOf = (type: string): readonly Field[] =>
    (entities.get(type) ?? values.get(type) ?? []).filter(({ owners }) => owners.includes(home))
  const reach = (field: Field): void => {
    const { target } = field
    if (target === undefined || known.has(target)) return
    if (entities.has(target) || values.has(target)) known.add(target)
    fieldsOf(target).forEach(reach)
  }
  roots[home]?.forEach(reach)
  for (const type of [...known, ...ENTITIES]) {
    if (fieldsOf(type).length > 0 && entities.has(type)) known.add(type)
    if (known.has(type)) fieldsOf(type).forEach(reach)
  }
  const interfacesOf = (type: string): string =>
    own
      .filter(({ isUnion, members }) => !isUnion && members.includes(type))
      .map(({ name }) => ` implements ${name}`)
      .join('')

  const entity = (type: string): string => {
    const fields = fieldsOf(type)
    const externals = fields.flatMap(({ requires }) => {
      const required = entities.get(type)?.find(({ name }) => name === requires)
      return required === undefined || required.owners.includes(home)
        ? []
        : [`${required.name}: ${required.type} @external`]
    })
    const key = `@key(fields: "id"${fields.length === 0 && random.chance(50) ? ', resolvable: false' : ''})`
    const lines = ['id: ID!', ...new Set(externals), ...fields.map(fieldSdl)]
    return `type ${type}${interfacesOf(type)} ${key} { ${lines.join('\n')} }`
  }
  const value = (type: string): string =>
    `type ${type} @shareable { ${fieldsOf(type)
      .map(({ name, args, type: result }) => `${name}${args}: ${result}`)
      .join('\n')} }`
  const touches = ENTITIES.filter((type) => known.has(type)).map(
    (type) => `touch${type}${home}(id: ID!, by: Int = 1): ${type}${random.pick(['', '!'])}`,
  )
  return [
    LINK,
    `type Query { ${(roots[home] ?? []).map(fieldSdl).join('\n')} }`,
    touches.length === 0 ? '' : `type Mutation { ${touches.join('\n')} }`,
    ...ENTITIES.filter((type) => known.has(type)).map(entity),
    ...VALUES.filter((type) => known.has(type)).map(value),
    ...own.map(({ name, isUnion, members }) =>
      isUnion ? `union ${name} = ${members.join(' | ')}` : `interface ${name} { id: ID! called: String }`,
    ),
  ].join('\n')
}

function fieldSdl({ name, args, type, owners, requires }: Field): string {
  const shareable = owners.length > 1 ? ' @shareable' : ''
  return `${name}${args}: ${type}${shareable}${requires === undefined ? '' : ` @requires(fields: "${requires}")`}`
}
