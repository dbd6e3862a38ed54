import { type ASTNode, type DocumentNode, Kind, parse, print, visit } from 'graphql'

const MAX_ATTEMPTS = 2_000

/**
 * The smallest document that still fails, by leaving out one part after the other: fields, fragments, arguments,
 * directives and aliases. `fails` is false for a document that is not valid.
 */
export async function shrink(text: string, fails: (text: string) => Promise<boolean>): Promise<string> {
  let smallest = text
  let part = 0
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const smaller = without(part, smallest)
    if (smaller === undefined) return smallest
    if (await fails(smaller)) smallest = smaller
    else part += 1
  }
  return smallest
}

/** The document without its nth part that may go; undefined where there are not as many. */
function without(part: number, text: string): string | undefined {
  let seen = -1
  const smaller = visit(parse(text, { noLocation: true }), {
    enter: (node: ASTNode) => {
      const isPart =
        node.kind === Kind.FIELD ||
        node.kind === Kind.INLINE_FRAGMENT ||
        node.kind === Kind.FRAGMENT_SPREAD ||
        node.kind === Kind.DIRECTIVE ||
        node.kind === Kind.ARGUMENT
      if (isPart && (seen += 1) === part) return null
      if (node.kind === Kind.FIELD && node.alias && (seen += 1) === part) return { ...node, alias: undefined }
      return undefined
    },
  })
  return seen < part ? undefined : print(withoutUnused(smaller))
}

/** Leaves out the fragments and variables that nothing uses any more. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const used = new Set<string>()
  visit(document, {
    FragmentSpread: ({ name }) => void used.add(`...${name.value}`),
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(`$${name.value}`),
  })
  const trimmed = visit(document, {
    FragmentDefinition: ({ name }) => (used.has(`...${name.value}`) ? undefined : null),
    VariableDefinition: ({ variable }) => (used.has(`$${variable.name.value}`) ? undefined : null),
  })
  return trimmed.definitions.length < document.definitions.length ? withoutUnused(trimmed) : trimmed
}
