import {
  type ArgumentNode,
  coerceInputValue,
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputType,
  GraphQLScalarType,
  GraphQLSchema,
  isInputObjectType,
  isInputType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  type OperationDefinitionNode,
  parse,
  TypeInfo,
  typeFromAST,
  valueFromAST,
  type ValueNode,
  type VariableNode,
  visit,
  visitWithTypeInfo,
} from 'graphql'

import type { JsonObject } from '../request.ts'

/** Takes values that are parsed already: what a lifted argument is declared as. */
const PARSED = new GraphQLScalarType({ name: '__Parsed' })

/** The same schema with the type that lifted arguments are declared as. */
export function withLiftedArguments(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig()
  return new GraphQLSchema({ ...config, types: [...config.types, PARSED], assumeValid: true })
}

/** An operation whose difficult arguments became variables. */
export interface LiftedOperation {
  readonly document: DocumentNode
  /** Adds the values of the lifted arguments to the variables of a call. */
  readonly complete: (variables: JsonObject) => JsonObject
}

/** The value of an argument, given the parsed variables; undefined where there is none. */
type ValueOf = (variables: JsonObject) => unknown

/**
 * graphql-jit writes literals and defaults into its code as JSON, which turns a parsed date into a string and cannot
 * express a bigint; it keeps the key of an input field whose variable has no value; and it does not come to an end
 * with the variables of an input type that holds itself. So graphql-js works such arguments out, those without
 * variables once, and graphql-jit gets them as variables. Defaults of variables are dropped: the gateway has filled
 * them in.
 */
export function liftArguments(schema: GraphQLSchema, text: string): LiftedOperation {
  const types = new TypeInfo(schema)
  const document = parse(text, { noLocation: true })
  const lifted = new Map<string, ValueOf>()
  const lift = (argument: GraphQLArgument, given: ArgumentNode | undefined): ArgumentNode[] => {
    const value = given?.value
    if (isEasy(argument, value)) return given ? [given] : []
    const name = `__argument_${lifted.size}`
    lifted.set(name, compileValue(argument, value))
    return [{ kind: Kind.ARGUMENT, name: nameNode(argument.name), value: variable(name) }]
  }
  const liftAll = (node: FieldNode): FieldNode | undefined => {
    const known = types.getFieldDef()?.args ?? []
    const find = (name: string): ArgumentNode | undefined =>
      node.arguments?.find((argument) => argument.name.value === name)
    return known.length === 0
      ? undefined
      : { ...node, arguments: known.flatMap((argument) => lift(argument, find(argument.name))) }
  }
  const rewritten = visit(document, visitWithTypeInfo(types, { Field: liftAll }))
  return {
    document: declare(rewritten, [...lifted.keys()]),
    complete:
      lifted.size === 0 ? (variables) => variables : completer(lifted, variableTypes(schema, document)),
  }
}

/** True where graphql-jit does as graphql-js does. */
function isEasy({ type, defaultValue }: GraphQLArgument, value: ValueNode | undefined): boolean {
  if (value === undefined) return defaultValue === undefined || isBuiltIn(type)
  if (value.kind === Kind.VARIABLE)
    return (defaultValue === undefined || isBuiltIn(type)) && !isRecursive(type)
  return isBuiltIn(type) && (value.kind !== Kind.LIST || variablesOf(value).length === 0)
}

function isBuiltIn(type: GraphQLInputType): boolean {
  const named = getNamedType(type)
  return !isInputObjectType(named) && !(isScalarType(named) && !isSpecifiedScalarType(named))
}

function isRecursive(type: GraphQLInputType, above: readonly string[] = []): boolean {
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return false
  if (above.includes(named.name)) return true
  return Object.values(named.getFields()).some((field) => isRecursive(field.type, [...above, named.name]))
}

function compileValue({ type, defaultValue }: GraphQLArgument, value: ValueNode | undefined): ValueOf {
  if (value === undefined) return () => defaultValue
  // A variable that is null must reach graphql-jit, which knows whether the argument may be.
  if (value.kind === Kind.VARIABLE)
    return (variables) =>
      Object.hasOwn(variables, value.name.value) ? variables[value.name.value] : defaultValue
  if (variablesOf(value).length > 0) return (variables) => valueFromAST(value, type, variables)
  const constant = valueFromAST(value, type)
  return () => constant
}

function completer(
  lifted: ReadonlyMap<string, ValueOf>,
  declared: ReadonlyMap<string, GraphQLInputType>,
): LiftedOperation['complete'] {
  return (variables) => {
    const completed = { ...variables }
    const parsed: JsonObject = {}
    for (const [name, type] of declared) {
      if (Object.hasOwn(variables, name)) parsed[name] = coerceInputValue(variables[name], type)
    }
    for (const [name, valueOf] of lifted) {
      const value = valueOf(parsed)
      if (value !== undefined) completed[name] = value
    }
    return completed
  }
}

/** The variables that graphql-js has to parse: those of the operation but for the representations. */
function variableTypes(schema: GraphQLSchema, { definitions }: DocumentNode): Map<string, GraphQLInputType> {
  const types = new Map<string, GraphQLInputType>()
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    for (const { variable: node, type } of definition.variableDefinitions ?? []) {
      const declared = typeFromAST(schema, type)
      if (isInputType(declared) && getNamedType(declared).name !== '_Any')
        types.set(node.name.value, declared)
    }
  }
  return types
}

function variablesOf(value: ValueNode): string[] {
  const names: string[] = []
  visit(value, { Variable: ({ name }) => void names.push(name.value) })
  return names
}

/** Declares the lifted arguments, and no longer those variables that only they used. */
function declare(document: DocumentNode, names: readonly string[]): DocumentNode {
  const used = new Set<string>()
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  })
  const type = { kind: Kind.NAMED_TYPE, name: nameNode(PARSED.name) } as const
  const added = names.map(
    (name) => ({ kind: Kind.VARIABLE_DEFINITION, variable: variable(name), type }) as const,
  )
  const definitionsOf = ({
    variableDefinitions = [],
  }: OperationDefinitionNode): OperationDefinitionNode['variableDefinitions'] => [
    ...variableDefinitions
      .filter((definition) => used.has(definition.variable.name.value))
      .map(({ kind, variable: node, type: declared }) => ({ kind, variable: node, type: declared })),
    ...added,
  ]
  return visit(document, {
    OperationDefinition: (operation) => ({ ...operation, variableDefinitions: definitionsOf(operation) }),
  })
}

function variable(name: string): VariableNode {
  return { kind: Kind.VARIABLE, name: nameNode(name) }
}

function nameNode(value: string): { readonly kind: Kind.NAME; readonly value: string } {
  return { kind: Kind.NAME, value }
}
