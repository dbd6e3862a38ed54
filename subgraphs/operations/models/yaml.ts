import { Composer, type CST, type Document, isNode, LineCounter, Parser } from 'yaml'
import type { z } from 'zod'

/** What is wrong with a text before its rules can be looked at. */
export interface SourceProblem {
  /** File, or `source` for a text that came with a request. */
  readonly file: string
  readonly line: number
  /** Path in the document: `gates.0.deadlineHours`. Empty where the text is no YAML. */
  readonly path: string
  /** What was expected. */
  readonly message: string
}

/** What a text says, or what is wrong with it. */
export type Sourced<Value> =
  | { readonly value: Value; readonly problems?: never }
  | { readonly value?: never; readonly problems: readonly SourceProblem[] }

/** A file of the product that cannot be used: it must not start with it. */
export class ModelFileError extends Error {
  constructor(problems: readonly SourceProblem[]) {
    super(problems.map(({ file, line, path, message }) => `${file}:${line} ${path}: ${message}`).join('\n'))
    this.name = 'ModelFileError'
  }
}

/** Longest text that is read: reading one takes time with the square of its length. */
const MAX_SOURCE_CHARACTERS = 32_000
/** Deepest nesting: the composer calls itself for each level. */
const MAX_DEPTH = 12
const MAX_PROBLEMS = 50

/** A text that is YAML: what it says, and the same as a shape that is wanted. */
export interface YamlText {
  readonly value: unknown
  /** Every problem says where it is and what was expected there. */
  readonly as: <Value>(shape: z.ZodType<Value>) => Sourced<Value>
}

/** Reads one YAML document from a text that anybody may have sent. */
export function readYaml(file: string, source: string): Sourced<YamlText> {
  const lines = new LineCounter()
  const problem = (offset: number, path: string, message: string): SourceProblem => ({
    file,
    line: Math.max(1, lines.linePos(offset).line),
    path,
    message,
  })
  const refuse = (message: string, offset = 0) => ({ problems: [problem(offset, '', message)] })
  if (source.length > MAX_SOURCE_CHARACTERS) {
    return refuse(`expected at most ${MAX_SOURCE_CHARACTERS} characters, not ${source.length}`)
  }
  const tokens = [...new Parser(lines.addNewLine).parse(source)]
  const danger = dangerIn(tokens)
  if (danger !== null) return refuse(danger.message, danger.offset)
  const documents = [...new Composer({ lineCounter: lines, version: '1.2', schema: 'core' }).compose(tokens)]
  const [document, second] = documents
  if (document === undefined || second !== undefined) {
    return refuse(`expected one YAML document, not ${documents.length}`)
  }
  const mistakes = [...document.errors, ...document.warnings].slice(0, MAX_PROBLEMS)
  if (mistakes.length > 0) {
    return { problems: mistakes.map(({ pos, message }) => problem(pos[0], '', message)) }
  }
  const value: unknown = document.toJS()
  return {
    value: {
      value,
      as: (shape) => {
        const parsed = shape.safeParse(value)
        if (parsed.success) return { value: parsed.data }
        const issues = parsed.error.issues.slice(0, MAX_PROBLEMS)
        return {
          problems: issues.map(({ path, message }) =>
            problem(offsetOf(document, path), path.map(String).join('.'), message),
          ),
        }
      },
    },
  }
}

/** Where the deepest part of a path that is there begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

/**
 * What must not be composed, found without a call for each level: what is nested too deep, and an alias, by which a
 * text says more than it is long.
 */
function dangerIn(
  tokens: readonly CST.Token[],
): { readonly message: string; readonly offset: number } | null {
  const open: [CST.Token, number][] = tokens.map((token) => [token, 1])
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next
    const offset = 'offset' in token ? token.offset : 0
    if (token.type === 'alias') return { message: 'expected no alias', offset }
    if (depth > MAX_DEPTH) return { message: `expected at most ${MAX_DEPTH} levels`, offset }
    if (token.type === 'document' && token.value) open.push([token.value, depth])
    if (!('items' in token)) continue
    for (const { key, value } of token.items) {
      for (const part of [key, value]) if (part) open.push([part, depth + 1])
    }
  }
  return null
}
