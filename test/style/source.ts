/** A source file as the style rules see it: its code apart from comments and strings, its imports, its syntax nodes. */
import { parseSync, visitorKeys } from 'oxc-parser'
import type { Comment, Program } from 'oxc-parser'

/** A syntax node of any kind; the rules narrow by `type`. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/** A module that the file names by a static or dynamic import, an `export … from` or an `import('…')` type. */
export interface Import {
  /** The module's name; undefined where a dynamic import computes it. */
  readonly from: string | undefined
  readonly start: number
}

/** A file as the rules see it. Every `start` is an offset in `text`. */
export interface Source {
  readonly path: string
  readonly text: string
  /** The text with comments, strings and regular expressions blanked out, so that offsets and lines stay. */
  readonly code: string
  readonly comments: readonly Comment[]
  /** String literals and templates; `$` stands where a template computes something. */
  readonly strings: readonly { readonly text: string; readonly start: number }[]
  readonly imports: readonly Import[]
  readonly body: Program['body']
  readonly nodes: readonly SyntaxNode[]
}

/** A file ready for the rules; only TypeScript has syntax here. Throws with the path of a file that does not parse. */
export function parseSource(path: string, text: string): Source {
  if (!path.endsWith('.ts')) {
    return { path, text, code: '', comments: [], strings: [], imports: [], body: [], nodes: [] }
  }
  const { program, comments, errors } = parseSync(path, text)
  const error = errors[0]
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`)
  const nodes = [...nodesOf(program)]
  return {
    path,
    text,
    code: blank(text, [...comments, ...nodes.filter(isQuoted)]),
    comments,
    strings: nodes.flatMap(stringsOf),
    imports: nodes.flatMap(importsOf),
    body: program.body,
    nodes,
  }
}

/** The line, from 1, of an offset in a text. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** Whether something found in the tree is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function* nodesOf(root: unknown): Generator<SyntaxNode> {
  const waiting = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!isNode(node)) continue
    yield node
    for (const key of visitorKeys[node.type] ?? []) waiting.push(...[node[key]].flat().filter(isNode))
  }
}

function isQuoted(node: SyntaxNode): boolean {
  return (
    node.type === 'TemplateElement' ||
    (node.type === 'Literal' && ('regex' in node || typeof node.value === 'string'))
  )
}

function stringsOf(node: SyntaxNode): { text: string; start: number }[] {
  if (node.type === 'Literal' && typeof node.value === 'string')
    return [{ text: node.value, start: node.start }]
  if (node.type !== 'TemplateLiteral') return []
  const pieces = [node.quasis].flat().filter(isNode)
  return [{ text: pieces.map((piece) => rawText(piece.value)).join('$'), start: node.start }]
}

function rawText(value: unknown): string {
  return typeof value === 'object' && value !== null && 'raw' in value ? String(value.raw) : ''
}

function importsOf({ type, source, expression, start }: SyntaxNode): Import[] {
  const named = type === 'TSExternalModuleReference' ? expression : source
  if (!isNode(named)) return []
  return [{ from: typeof named.value === 'string' ? named.value : undefined, start }]
}

function blank(text: string, hidden: readonly { start: number; end: number }[]): string {
  return hidden.reduce((code, { start, end }) => {
    return code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end)
  }, text)
}
