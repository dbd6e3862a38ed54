import {
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isNonNullType,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/**
 * The names of the variables that stand where null is forbidden. Validation lets a nullable one stand there if it, or
 * the argument, has a default: it may be left out, but it may not be null.
 */
export function requiredVariables(
  operation: OperationDefinitionNode,
  fragments: Iterable<FragmentDefinitionNode>,
  schema: GraphQLSchema,
): ReadonlySet<string> {
  const names = new Set<string>()
  const types = new TypeInfo(schema)
  const collect = visitWithTypeInfo(types, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      if (isNonNullType(types.getInputType())) names.add(name.value)
    },
  })
  for (const node of [operation, ...fragments]) visit(node, collect)
  return names
}
