import { type FragmentDefinitionNode, Kind, parse, type SelectionSetNode } from 'graphql'

/** A response key and, below a fragment, the type that an object must have for it. */
export interface ConditionalKey {
  readonly key: string
  readonly type: string | undefined
}

/** The response keys at the root of an operation. */
export function rootKeys(text: string): string[] {
  return keysUnder(text, []).map(({ key }) => key)
}

/** The response keys that an operation selects of the entities under one of its root fields. */
export function entityKeys(text: string, alias: string): ConditionalKey[] {
  return keysUnder(text, [alias]).filter(({ key }) => key !== '__typename')
}

function keysUnder(text: string, path: readonly string[]): ConditionalKey[] {
  const { definitions } = parse(text, { noLocation: true })
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  return operation ? keysOf(operation.selectionSet, path, fragments) : []
}

function keysOf(
  { selections }: SelectionSetNode,
  path: readonly string[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  type?: string,
): ConditionalKey[] {
  const [next, ...rest] = path
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value
      if (next === undefined) return [{ key, type }]
      return key === next && selection.selectionSet ? keysOf(selection.selectionSet, rest, fragments) : []
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
    return fragment
      ? keysOf(fragment.selectionSet, path, fragments, fragment.typeCondition?.name.value ?? type)
      : []
  })
}
