import { type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType, valueFromAST } from 'graphql'

import { dateScalar } from './world.ts'

/** Dates are objects inside, in defaults as well: these were read when the schema did not know how. */
export function addDates(schema: GraphQLSchema): void {
  const { serialize, parseValue, parseLiteral } = dateScalar
  Object.assign(schema.getType('Date') ?? {}, { serialize, parseValue, parseLiteral })
  // An argument's default is made of those of the fields of its type, so these come first.
  const types = Object.values(schema.getTypeMap())
  const inputs = types.filter(isInputObjectType).flatMap((type) => Object.values(type.getFields()))
  const fields = types.filter((type) => isObjectType(type) || isInterfaceType(type))
  const args = fields.flatMap((type) => Object.values(type.getFields())).flatMap((field) => field.args)
  for (const input of [...inputs, ...args])
    input.defaultValue = valueFromAST(input.astNode?.defaultValue, input.type)
}
