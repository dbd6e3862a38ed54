import { transformSupergraphToPublicSchema } from '@theguild/federation-composition'
import {
  buildASTSchema,
  concatAST,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLScalarType,
  type GraphQLSchema,
  isScalarType,
  isUnionType,
  Kind,
  parse,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql'

/** Every type name that an object of the named type may carry as `__typename`, itself included. */
export type TypeNames = (name: string) => ReadonlySet<string>

/** Reads from a supergraph which types implement which interfaces and belong to which unions, hidden ones as well. */
export function typeNamesOf(supergraph: DocumentNode): TypeNames {
  const members = new Map<string, Set<string>>()
  const membersOf = (name: string): Set<string> => members.getOrInsertComputed(name, () => new Set([name]))
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const type of definition.types ?? []) membersOf(definition.name.value).add(type.name.value)
    }
    if (
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION
    ) {
      for (const type of definition.interfaces ?? []) membersOf(type.name.value).add(definition.name.value)
    }
  }
  return membersOf
}

/** Tells the names of the supergraph's fields from all other names, hidden fields included. */
export function fieldNamesOf(supergraph: DocumentNode): (name: string) => boolean {
  const names = new Set<string>()
  for (const definition of supergraph.definitions) {
    if (
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION
    ) {
      for (const { name } of definition.fields ?? []) names.add(name.value)
    }
  }
  return (name) => names.has(name)
}

/** The names of the subgraphs that a supergraph is composed of. */
export function subgraphNamesOf(supergraph: DocumentNode): string[] {
  return supergraph.definitions
    .filter((definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION)
    .filter(({ name }) => name.value === 'join__Graph')
    .flatMap(({ values = [] }) => values.flatMap(({ directives = [] }) => directives))
    .flatMap(({ arguments: args = [] }) => args)
    .flatMap(({ name, value }) => (name.value === 'name' && value.kind === Kind.STRING ? value.value : []))
}

const DEFER = parse(`
  "Answers a fragment later, in a part of its own, where the client takes an answer in parts."
  directive @defer(
    "Whether it is deferred. Where it is not, it is answered with the rest."
    if: Boolean! = true
    "Stands beside the part. No other in the operation may have the same."
    label: String
  ) on FRAGMENT_SPREAD | INLINE_FRAGMENT
`)

/**
 * The schema that clients see: the supergraph without the marks of composition and without what is inaccessible.
 * `scalars` bring the rules for the graph's own scalars, so that a malformed value is refused before any fetch.
 */
export function publicSchemaOf(
  supergraph: DocumentNode,
  scalars: readonly GraphQLScalarType[],
): GraphQLSchema {
  const { definitions } = transformSupergraphToPublicSchema(supergraph)
  const document = concatAST([{ kind: Kind.DOCUMENT, definitions }, DEFER])
  const schema = buildASTSchema(document, { assumeValidSDL: true })
  for (const scalar of scalars) {
    const type = schema.getType(scalar.name)
    if (isScalarType(type)) checkInputsWith(type, scalar)
  }
  return schema
}

/** Makes a scalar refuse what `rules` refuse; what passes travels on to the subgraphs as the client sent it. */
function checkInputsWith(type: GraphQLScalarType, rules: GraphQLScalarType): void {
  const { parseLiteral } = type
  type.parseValue = (value) => {
    rules.parseValue(value)
    return value
  }
  type.parseLiteral = (node, variables) => {
    rules.parseLiteral(node, variables)
    return parseLiteral(node, variables)
  }
}

const metaFields = new Map(
  [TypeNameMetaFieldDef, SchemaMetaFieldDef, TypeMetaFieldDef].map((field) => [field.name, field]),
)

/** The definition of a field that validation has let pass, introspection fields included. */
export function fieldOf(parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> {
  const field = metaFields.get(name) ?? (isUnionType(parent) ? undefined : parent.getFields()[name])
  if (!field) throw new Error(`Validation let the unknown field ${parent.name}.${name} pass.`)
  return field
}
