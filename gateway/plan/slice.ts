import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  print,
  type VariableDefinitionNode,
  visit,
} from 'graphql'

import { innerName } from '../names.ts'

/** The text of an operation of some root fields, with the client's variables that they use, under inner names. */
export function printSlice(
  fields: readonly FieldNode[],
  operation: OperationTypeNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): string {
  const used = new Set<string>()
  const selections = fields.map((field) =>
    visit(field, {
      Variable: ({ name, ...variable }) => {
        used.add(name.value)
        return { ...variable, name: { ...name, value: innerName(name.value) } }
      },
    }),
  )
  const definitions = variableDefinitions.filter(({ variable }) => used.has(variable.name.value))
  return print({
    kind: Kind.OPERATION_DEFINITION,
    operation,
    variableDefinitions: definitions.map(renameVariable),
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  })
}

function renameVariable({ variable, type, defaultValue }: VariableDefinitionNode): VariableDefinitionNode {
  const name = { kind: Kind.NAME, value: innerName(variable.name.value) } as const
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name },
    type,
    ...(defaultValue && { defaultValue }),
  }
}
