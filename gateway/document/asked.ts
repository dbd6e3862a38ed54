import { type DocumentNode, Kind, type SelectionSetNode, visit } from 'graphql'

/**
 * Names of fields that subgraphs are asked for whatever a client selects: the strings of composition's marks are the
 * keys of entities, and what fields require of other subgraphs.
 */
export function namesInMarks(supergraph: DocumentNode): Set<string> {
  const names = new Set<string>()
  visit(supergraph, {
    Directive: ({ name }) => (name.value.startsWith('join__') ? undefined : false),
    StringValue(node, _, parent) {
      const isDescription = parent !== undefined && 'description' in parent && parent.description === node
      if (!isDescription) for (const [word] of node.value.matchAll(/\w+/g)) names.add(word)
    },
  })
  return names
}

/** The names of the fields of a selection set, at any depth. */
export function fieldNames(selectionSet: SelectionSetNode, names = new Set<string>()): Set<string> {
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) names.add(selection.name.value)
    if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet)
      fieldNames(selection.selectionSet, names)
  }
  return names
}
