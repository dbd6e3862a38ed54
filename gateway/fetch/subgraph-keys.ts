import {
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql'

import { type Fragments, fragmentsOf } from '../document/fragments.ts'

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

/** The response keys of an operation, level by level, whatever the types; null is the value of a scalar. */
export type Selected = ReadonlyMap<string, Selected | null>

/** All that an operation selects. */
export function selectedKeys(text: string): Selected {
  const { operation, fragments } = read(text)
  return operation ? selectedOf([operation.selectionSet], fragments) : new Map()
}

function selectedOf(sets: readonly SelectionSetNode[], fragments: Fragments): Selected {
  const byKey = Map.groupBy(
    sets.flatMap((set) => fieldsOf(set, fragments)),
    ({ alias, name }) => (alias ?? name).value,
  )
  const selected = new Map<string, Selected | null>()
  for (const [key, fields] of byKey) {
    const inner = fields.flatMap(({ selectionSet }) => selectionSet ?? [])
    selected.set(key, inner.length === 0 ? null : selectedOf(inner, fragments))
  }
  return selected
}

function fieldsOf({ selections }: SelectionSetNode, fragments: Fragments): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection
    const fragment = fragmentOf(selection, fragments)
    return fragment ? fieldsOf(fragment.selectionSet, fragments) : []
  })
}

function read(text: string): { operation: OperationDefinitionNode | undefined; fragments: Fragments } {
  const document = parse(text, { noLocation: true })
  return {
    operation: document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION),
    fragments: fragmentsOf(document),
  }
}

function fragmentOf(
  selection: InlineFragmentNode | FragmentSpreadNode,
  fragments: Fragments,
): InlineFragmentNode | FragmentDefinitionNode | undefined {
  return selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
}

function keysUnder(text: string, path: readonly string[]): ConditionalKey[] {
  const { operation, fragments } = read(text)
  return operation ? keysOf(operation.selectionSet, path, fragments) : []
}

function keysOf(
  { selections }: SelectionSetNode,
  path: readonly string[],
  fragments: Fragments,
  type?: string,
): ConditionalKey[] {
  const [next, ...rest] = path
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value
      if (next === undefined) return [{ key, type }]
      return key === next && selection.selectionSet ? keysOf(selection.selectionSet, rest, fragments) : []
    }
    const fragment = fragmentOf(selection, fragments)
    return fragment
      ? keysOf(fragment.selectionSet, path, fragments, fragment.typeCondition?.name.value ?? type)
      : []
  })
}
