import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql'

/** The subgraph that stands for the merged data. No real one is called so: their names begin with a letter. */
export const ENTRY_SERVICE = '_entries'
const GRAPH = '_ENTRIES'

/** The root field under which a plan starts from entities of a type that are in the merged data already. */
export function entryField(type: string): string {
  return `_entry_${type}`
}

/** A supergraph that plans may enter at its entities as well as at its root fields. */
export interface EnterableSupergraph {
  readonly document: DocumentNode
  /** The object types that have an entry: a subgraph can find them again by a key. */
  readonly entities: ReadonlySet<string>
}

/**
 * Adds to a supergraph, for the planner alone, a subgraph that has every entity and of it the keys. Its root fields
 * are what a plan fetches first when it continues from entities; nothing leads into it, so other plans stay the same.
 */
export function withEntries(supergraph: DocumentNode): EnterableSupergraph {
  const types = new Map(supergraph.definitions.filter(isComposite).map((type) => [type.name.value, type]))
  const keys = new Map<string, readonly string[]>()
  const keyFields = new Map<string, Set<string>>()
  for (const type of types.values()) {
    const keysOfType = type.kind === Kind.OBJECT_TYPE_DEFINITION ? resolvableKeys(type) : []
    if (keysOfType.length === 0) continue
    keys.set(type.name.value, keysOfType)
    for (const key of keysOfType) addFields(type, selectionSetOf(key), types, keyFields)
  }
  if (keys.size === 0) return { document: supergraph, entities: new Set() }
  const definitions = supergraph.definitions.map((definition): DefinitionNode => {
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph')
      return { ...definition, values: [...(definition.values ?? []), graphValue()] }
    if (!isComposite(definition)) return definition
    const name = definition.name.value
    const owned = keyFields.get(name) ?? (name === 'Query' ? new Set() : undefined)
    const joined = owned ? ownedBy(definition, owned, keys.get(name)) : definition
    return name === 'Query' ? addEntries(joined, [...keys.keys()]) : joined
  })
  return { document: { ...supergraph, definitions }, entities: new Set(keys.keys()) }
}

type CompositeDefinition = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode

function isComposite(definition: DefinitionNode): definition is CompositeDefinition {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
}

function resolvableKeys(type: CompositeDefinition): string[] {
  const keys = joinsOf(type, 'join__type').flatMap((directive) => {
    const key = argumentOf(directive, 'key')
    const resolvable = argumentOf(directive, 'resolvable')
    const isResolvable = resolvable?.kind !== Kind.BOOLEAN || resolvable.value
    return key?.kind === Kind.STRING && isResolvable ? [key.value] : []
  })
  return [...new Set(keys)]
}

/** Notes the fields of a key, by type. */
function addFields(
  type: CompositeDefinition,
  { selections }: SelectionSetNode,
  types: ReadonlyMap<string, CompositeDefinition>,
  keyFields: Map<string, Set<string>>,
): void {
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) continue
    const field = type.fields?.find(({ name }) => name.value === selection.name.value)
    if (!field) continue
    keyFields.getOrInsertComputed(type.name.value, () => new Set()).add(field.name.value)
    const inner = types.get(namedType(field.type))
    if (selection.selectionSet && inner) addFields(inner, selection.selectionSet, types, keyFields)
  }
}

/** Gives a type to the entry subgraph, with these of its fields. What belonged to all others still does. */
function ownedBy<T extends CompositeDefinition>(
  type: T,
  owned: ReadonlySet<string>,
  keys: readonly (string | undefined)[] = [undefined],
): T {
  const others = joinsOf(type, 'join__type').flatMap((directive) => argumentOf(directive, 'graph') ?? [])
  const graphs = new Set(others.flatMap((graph) => (graph.kind === Kind.ENUM ? graph.value : [])))
  const implied = [...graphs].flatMap((graph) => directives(`@join__field(graph: ${graph})`))
  const fields = type.fields?.map((field): FieldDefinitionNode => {
    const explicit = joinsOf(field, 'join__field')
    const own = owned.has(field.name.value) ? directives(`@join__field(graph: ${GRAPH})`) : []
    return {
      ...field,
      directives: [...(field.directives ?? []), ...(explicit.length > 0 ? [] : implied), ...own],
    }
  })
  const joins = keys.flatMap((key) =>
    directives(
      `@join__type(graph: ${GRAPH}${key === undefined ? '' : `, key: ${JSON.stringify(key)}, resolvable: false`})`,
    ),
  )
  return { ...type, directives: [...(type.directives ?? []), ...joins], ...(fields && { fields }) }
}

function addEntries(query: CompositeDefinition, entities: readonly string[]): CompositeDefinition {
  const fields = entities.map((type) => `${entryField(type)}: [${type}] @join__field(graph: ${GRAPH})`)
  const [entries] = parse(`type Query { ${fields.join(' ')} }`, NO_LOCATION).definitions
  if (!entries || !isComposite(entries)) throw new Error('The entries are no type.')
  return { ...query, fields: [...(query.fields ?? []), ...(entries.fields ?? [])] }
}

const NO_LOCATION = { noLocation: true }

function graphValue() {
  const value = `${GRAPH} @join__graph(name: "${ENTRY_SERVICE}", url: "")`
  const [graph] = parse(`enum join__Graph { ${value} }`, NO_LOCATION).definitions
  if (graph?.kind !== Kind.ENUM_TYPE_DEFINITION || !graph.values?.[0])
    throw new Error('The entry is no value.')
  return graph.values[0]
}

function directives(text: string): readonly ConstDirectiveNode[] {
  const [type] = parse(`scalar S ${text}`, NO_LOCATION).definitions
  return type?.kind === Kind.SCALAR_TYPE_DEFINITION ? (type.directives ?? []) : []
}

function selectionSetOf(key: string): SelectionSetNode {
  const [operation] = parse(`{ ${key} }`, NO_LOCATION).definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`The key "${key}" is no selection.`)
  return operation.selectionSet
}

function joinsOf(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): readonly ConstDirectiveNode[] {
  return (node.directives ?? []).filter((directive) => directive.name.value === name)
}

function argumentOf({ arguments: args = [] }: ConstDirectiveNode, name: string) {
  return args.find((argument) => argument.name.value === name)?.value
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type)
}
