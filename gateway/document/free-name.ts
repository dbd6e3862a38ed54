import type { OperationDefinitionNode } from 'graphql'

/** A name that no variable of the operation has: the wanted one, with underscores behind it where it is taken. */
export function freeName(
  { variableDefinitions = [] }: Pick<OperationDefinitionNode, 'variableDefinitions'>,
  wanted: string,
): string {
  const taken = new Set(variableDefinitions.map(({ variable }) => variable.name.value))
  let name = wanted
  while (taken.has(name)) name += '_'
  return name
}
