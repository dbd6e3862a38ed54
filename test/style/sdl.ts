/** A subgraph's SDL as the schema rules see it: its definitions in flat lists, and small questions about nodes. */
import { Kind, parse, visit } from 'graphql'
import type {
  ConstDirectiveNode,
  DefinitionNode,
  EnumValueDefinitionNode,
  FieldDefinitionNode,
  InputValueDefinitionNode,
  ObjectTypeDefinitionNode,
  ObjectTypeExtensionNode,
  TypeDefinitionNode,
  TypeExtensionNode,
  TypeNode,
} from 'graphql'

/** The definitions of a subgraph; those inside `extend type` count as well. */
export interface Sdl {
  readonly types: readonly TypeDefinitionNode[]
  /** The object types, and their extensions. */
  readonly objects: readonly (ObjectTypeDefinitionNode | ObjectTypeExtensionNode)[]
  readonly fields: readonly FieldDefinitionNode[]
  /** Arguments of fields, and fields of input objects. */
  readonly inputs: readonly InputValueDefinitionNode[]
  readonly enumValues: readonly EnumValueDefinitionNode[]
}

type Directed = { readonly directives?: readonly ConstDirectiveNode[] | undefined }

/** Reads SDL; throws graphql's syntax error where it is none. */
export function readSdl(text: string): Sdl {
  const definitions = parse(text).definitions.filter(isType)
  const nodes = definitions.map(membersOf)
  return {
    types: definitions.filter(isTypeDefinition),
    objects: definitions.filter(isObject),
    fields: nodes.flatMap(({ fields }) => fields),
    inputs: nodes.flatMap(({ inputs }) => inputs),
    enumValues: nodes.flatMap(({ enumValues }) => enumValues),
  }
}

/** The fields, inputs and enum values inside one definition. */
export function membersOf(definition: DefinitionNode): Pick<Sdl, 'fields' | 'inputs' | 'enumValues'> {
  const members = {
    fields: new Array<FieldDefinitionNode>(),
    inputs: new Array<InputValueDefinitionNode>(),
    enumValues: new Array<EnumValueDefinitionNode>(),
  }
  visit(definition, {
    FieldDefinition: (field) => void members.fields.push(field),
    InputValueDefinition: (input) => void members.inputs.push(input),
    EnumValueDefinition: (value) => void members.enumValues.push(value),
  })
  return members
}

/** The names of all types that a definition mentions. */
export function mentionedTypes(definition: DefinitionNode): string[] {
  const names: string[] = []
  visit(definition, { NamedType: ({ name }) => void names.push(name.value) })
  return names
}

/** A type's name without its list and non-null marks. */
export function nameOfType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOfType(type.type)
}

/** A type as it is written: `[Invoice!]!`. */
export function printType(type: TypeNode): string {
  if (type.kind === Kind.NAMED_TYPE) return type.name.value
  return type.kind === Kind.LIST_TYPE ? `[${printType(type.type)}]` : `${printType(type.type)}!`
}

/** Whether a node carries a directive. */
export function hasDirective(node: Directed, name: string): boolean {
  return node.directives?.some((directive) => directive.name.value === name) === true
}

/** The text that a directive's argument has, for each time the node carries the directive. */
export function directiveArguments(node: Directed, directive: string, argument: string): string[] {
  const uses = node.directives?.filter(({ name }) => name.value === directive) ?? []
  return uses.map((use) => {
    const value = use.arguments?.find(({ name }) => name.value === argument)?.value
    return value !== undefined && 'value' in value ? String(value.value) : ''
  })
}

/** Whether the type only names an entity of another subgraph, whose owner describes it. */
export function isStub(type: Directed): boolean {
  return directiveArguments(type, 'key', 'resolvable').includes('false')
}

function isType(node: DefinitionNode): node is TypeDefinitionNode | TypeExtensionNode {
  return /Type(Definition|Extension)$/.test(node.kind)
}

function isTypeDefinition(node: TypeDefinitionNode | TypeExtensionNode): node is TypeDefinitionNode {
  return node.kind.endsWith('Definition')
}

function isObject(
  node: TypeDefinitionNode | TypeExtensionNode,
): node is ObjectTypeDefinitionNode | ObjectTypeExtensionNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION
}
