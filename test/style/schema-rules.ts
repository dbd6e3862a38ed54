/**
 * The habits of the graph's SDL as rules, each proven in planted-sdl.ts. An own lint rather than @graphql-eslint: that
 * has half of these rules and brings 250 packages; the other half would be written by hand all the same.
 */
import { Kind } from 'graphql'
import type {
  ASTNode,
  FieldDefinitionNode,
  InputValueDefinitionNode,
  StringValueNode,
  TypeNode,
} from 'graphql'

import {
  directiveArguments,
  hasDirective,
  isStub,
  membersOf,
  mentionedTypes,
  nameOfType,
  printType,
  readSdl,
} from './sdl.ts'
import type { Sdl } from './sdl.ts'

/** One habit of the schema, as a function from a subgraph's SDL to the nodes that break it. */
export interface SchemaRule {
  readonly id: string
  /** What to do instead, in one clause. */
  readonly instead: string
  readonly find: (sdl: Sdl) => readonly ASTNode[]
}

const minDescriptionLength = 10
const rootTypes = ['Query', 'Mutation', 'Subscription']
/** Ids that name something which is no object of the graph. */
const outsideIds = /^(external|correlation|causation|request|tax|webhook)Ids?$/

/** Every schema rule. */
export const schemaRules: readonly SchemaRule[] = [
  {
    id: 'description',
    instead: `describe it in a sentence (capital, ${minDescriptionLength} characters or more, full stop)`,
    find: (sdl) => describable(sdl).filter(({ description }) => !isSentence(description)),
  },
  {
    id: 'type-name',
    instead: 'name types in PascalCase',
    find: ({ types }) => types.filter(({ name }) => !/^[A-Z][A-Za-z0-9]*$/.test(name.value)),
  },
  {
    id: 'field-name',
    instead: 'name fields and arguments in camelCase',
    find: (sdl) => typed(sdl).filter(({ name }) => !/^[a-z][A-Za-z0-9]*$/.test(name.value)),
  },
  {
    id: 'enum-value-name',
    instead: 'name enum values in UPPER_CASE',
    find: ({ enumValues }) =>
      enumValues.filter(({ name }) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(name.value)),
  },
  {
    id: 'connection-shape',
    instead:
      'give it nodes: [T!]!, edges: [TEdge!]!, pageInfo: PageInfo!, totalCount: Int!; an edge node and cursor',
    find: misshapenConnections,
  },
  {
    id: 'paging-arguments',
    instead: 'take first with after and last with before; a connection takes first and after at least',
    find: ({ fields }) => fields.filter((field) => !canBePaged(field)),
  },
  {
    id: 'nullable-item',
    instead: 'make the items non-null: [T!]',
    find: (sdl) => typed(sdl).filter(({ type }) => /[^!]\]/.test(printType(type))),
  },
  {
    id: 'deprecation-date',
    instead: 'give a reason with the date of removal: "Use x; removed on 2027-01-31."',
    find: (sdl) =>
      [...typed(sdl), ...sdl.enumValues].filter((node) =>
        directiveArguments(node, 'deprecated', 'reason').some(
          (reason) => !/\w.*\b\d{4}-\d\d-\d\d\b/.test(reason),
        ),
      ),
  },
  {
    id: 'id-type',
    instead: 'use ID for an id of the graph',
    find: (sdl) =>
      typed(sdl).filter(({ name, type }) => isId(name.value) && /^(String|Int)$/.test(nameOfType(type))),
  },
  {
    id: 'output-id',
    instead: 'return the object itself, not its id',
    find: ({ fields }) =>
      fields.filter(
        (field) =>
          /Ids?$/.test(field.name.value) &&
          isId(field.name.value) &&
          /^(ID|String|Int)$/.test(nameOfType(field.type)) &&
          // What only subgraphs see is no output: it may be a key.
          !hasDirective(field, 'inaccessible'),
      ),
  },
  {
    id: 'float',
    instead: 'use Decimal, BigInt or Money: a float loses cents',
    find: (sdl) => typed(sdl).filter(({ type }) => nameOfType(type) === 'Float'),
  },
  {
    id: 'mutation-shape',
    instead: 'take one input: XInput! with idempotencyKey: String!, return a payload with userErrors: [T!]!',
    find: misshapenMutations,
  },
  { id: 'unused-type', instead: 'reach it from a root field or an entity, or remove it', find: unusedTypes },
]

/** What the rules find in a subgraph's SDL, as `file:line rule — what to do instead`. */
export function schemaViolations(path: string, text: string): { id: string; message: string }[] {
  const sdl = readSdl(text)
  return schemaRules.flatMap(({ id, instead, find }) =>
    find(sdl).map(({ loc }) => ({ id, message: `${path}:${loc?.startToken.line ?? 1} ${id} — ${instead}` })),
  )
}

/** What this subgraph has to describe: not a root type, not another's entity, not a field that it only borrows. */
function describable({ types }: Sdl): (ASTNode & { readonly description?: StringValueNode | undefined })[] {
  return types
    .filter((type) => !isStub(type))
    .flatMap((type) => {
      const { fields, inputs, enumValues } = membersOf(type)
      const own = fields.filter((field) => !hasDirective(field, 'external'))
      return [...(rootTypes.includes(type.name.value) ? [] : [type]), ...own, ...inputs, ...enumValues]
    })
}

function isSentence(description: StringValueNode | undefined): boolean {
  const text = description?.value.trim() ?? ''
  return text.length >= minDescriptionLength && /^[\p{Lu}\d`]/u.test(text) && text.endsWith('.')
}

function typed({ fields, inputs }: Sdl): (FieldDefinitionNode | InputValueDefinitionNode)[] {
  return [...fields, ...inputs]
}

function misshapenConnections({ types }: Sdl): ASTNode[] {
  return types.filter((type) => {
    const kind = /(Connection|Edge)$/.exec(type.name.value)?.[0]
    if (kind === undefined || type.kind !== Kind.OBJECT_TYPE_DEFINITION) return false
    const shape = kind === 'Connection' ? connectionShape : edgeShape
    const fields = new Map(type.fields?.map((field) => [field.name.value, printType(field.type)]))
    return !Object.entries(shape).every(([field, pattern]) => pattern.test(fields.get(field) ?? ''))
  })
}

/** Mutations that happen once by what they name, so that consumers send them without a key. */
const naturallyOnce = new Set(['replayEvents', 'cancelReplay', 'resolveException', 'decideApproval'])

const connectionShape = {
  nodes: /^\[\w+!\]!$/,
  edges: /^\[\w+Edge!\]!$/,
  pageInfo: /^PageInfo!$/,
  totalCount: /^Int!$/,
}
const edgeShape = { node: /^\w+!$/, cursor: /^String!$/ }

function canBePaged({ arguments: inputs, type }: FieldDefinitionNode): boolean {
  const has = (name: string): boolean => inputs?.some((input) => input.name.value === name) === true
  if (nameOfType(type).endsWith('Connection') && !has('first')) return false
  return (!has('first') || has('after')) && (!has('last') || has('before'))
}

function isId(name: string): boolean {
  return /(^i|I)ds?$/.test(name) && !outsideIds.test(name)
}

function misshapenMutations({ objects, types }: Sdl): ASTNode[] {
  const fieldType = (type: TypeNode, field: string): string => {
    const definition = types.find(({ name }) => name.value === nameOfType(type))
    const members = definition && [...membersOf(definition).fields, ...membersOf(definition).inputs]
    const found = members?.find(({ name }) => name.value === field)
    return found === undefined ? '' : printType(found.type)
  }
  const mutations = objects
    .filter(({ name }) => name.value === 'Mutation')
    .flatMap(({ fields }) => fields ?? [])
  return mutations.filter(({ name, arguments: inputs, type }) => {
    const [input, ...others] = inputs ?? []
    const takesInput =
      input?.name.value === 'input' && others.length === 0 && printType(input.type).endsWith('Input!')
    const isKeyed =
      naturallyOnce.has(name.value) || (input && fieldType(input.type, 'idempotencyKey')) === 'String!'
    if (!takesInput || !isKeyed) return true
    return !/^\[\w+!\]!$/.test(fieldType(type, 'userErrors'))
  })
}

function unusedTypes({ types, objects }: Sdl): ASTNode[] {
  const entities = types
    .filter((type) => hasDirective(type, 'key') && !isStub(type))
    .map(({ name }) => name.value)
  const used = new Set([...rootTypes, ...entities])
  const definitions = [...types, ...objects]
  // A set hands out what is added while it is read, so this walks the whole graph.
  for (const name of used) {
    for (const definition of definitions) {
      if (definition.name.value === name)
        for (const mentioned of mentionedTypes(definition)) used.add(mentioned)
      else if (implementsType(definition, name)) used.add(definition.name.value)
    }
  }
  return types.filter(({ name }) => !used.has(name.value))
}

function implementsType(definition: Sdl['types'][number] | Sdl['objects'][number], name: string): boolean {
  const interfaces = 'interfaces' in definition ? (definition.interfaces ?? []) : []
  return interfaces.some((own) => own.name.value === name)
}
