import {
  type DocumentNode,
  getNamedType,
  getNullableType,
  type GraphQLInputType,
  GraphQLScalarType,
  GraphQLSchema,
  isListType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  parse,
  TypeInfo,
  valueFromAST,
  type ValueNode,
  type VariableNode,
  visit,
  visitWithTypeInfo,
} from 'graphql'

import type { JsonObject } from './request.ts'

/** Takes values that are parsed already: what a lifted literal is declared as. */
const PARSED = new GraphQLScalarType({ name: '__Parsed' })

/** The same schema with the type that lifted literals are declared as. */
export function withLiftedLiterals(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig()
  return new GraphQLSchema({ ...config, types: [...config.types, PARSED], assumeValid: true })
}

/** An operation whose custom scalar literals became variables, and the parsed values of these. */
export interface LiftedOperation {
  readonly document: DocumentNode
  readonly constants: JsonObject
}

/**
 * graphql-jit writes argument literals and variable defaults into its code as JSON, which turns a parsed date into a
 * string and cannot express a bigint. So literals of custom scalars are parsed here and passed as variables, and
 * defaults are dropped: the gateway has already filled them in.
 */
export function liftLiterals(schema: GraphQLSchema, text: string): LiftedOperation {
  const constants: JsonObject = {}
  const types = new TypeInfo(schema)
  const lift = (node: ValueNode): VariableNode | undefined => {
    const type = types.getInputType()
    if (!type || !isCustomScalar(type) || isListOfValues(node, types)) return undefined
    const value = valueFromAST(node, type)
    if (value === undefined || value === null) return undefined
    const name = `__literal_${Object.keys(constants).length}`
    constants[name] = value
    return variable(name)
  }
  const lifted = visit(
    parse(text, { noLocation: true }),
    visitWithTypeInfo(types, {
      enter: (node) => {
        if (node.kind === Kind.VARIABLE_DEFINITION) return { ...node, defaultValue: undefined }
        return isValueNode(node) ? lift(node) : undefined
      },
    }),
  )
  return { document: declare(lifted, Object.keys(constants)), constants }
}

const valueKinds: ReadonlySet<Kind> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
])

function isValueNode(node: { readonly kind: Kind }): node is ValueNode {
  return valueKinds.has(node.kind)
}

function isCustomScalar(type: GraphQLInputType): boolean {
  const named = getNamedType(type)
  return isScalarType(named) && !isSpecifiedScalarType(named)
}

/** A list where a list belongs: its items are lifted one by one, and some may be variables. */
function isListOfValues(node: ValueNode, types: TypeInfo): boolean {
  // Inside a list, the type info already tells the item's type: the list's own is one level up.
  return node.kind === Kind.LIST && isListType(getNullableType(types.getParentInputType()))
}

function declare(document: DocumentNode, names: readonly string[]): DocumentNode {
  const type = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: PARSED.name } } as const
  const added = names.map(
    (name) => ({ kind: Kind.VARIABLE_DEFINITION, variable: variable(name), type }) as const,
  )
  return visit(document, {
    OperationDefinition: ({ variableDefinitions = [], ...operation }) => ({
      ...operation,
      variableDefinitions: [...variableDefinitions, ...added],
    }),
  })
}

function variable(name: string): VariableNode {
  return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } }
}
