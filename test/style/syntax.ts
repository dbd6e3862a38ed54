/** Habits that need the syntax tree: swallowed errors, bare delays, wrong types for dates and money, misplaced SQL. */
import { isOurCode } from './rule.ts'
import type { Rule } from './rule.ts'
import { isNode } from './source.ts'
import type { Source, SyntaxNode } from './source.ts'

const sqlHomes = /^(platform|bench|test)\/|^subgraphs\/\w+\/(\w+-)?store\.ts$/
/** A statement in capitals anywhere in a string, or in small letters at its start; prose opens with one capital. */
const sqlText = [
  /\b(SELECT\b[^]*\bFROM|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM)\b/,
  /^\s*(select\b[^]*\bfrom|insert\s+into|update\s+\S+\s+set|delete\s+from)\b/,
  /\b(CREATE|ALTER|DROP)\s+(TABLE|SCHEMA)\b|^\s*(create|alter|drop)\s+(table|schema)\b/,
]
const statementBuilders = /^(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)$/
const waits = /^(setTimeout|setInterval|sleep|delay)$/
const moneyNames = /(^a|A)mount$|(^p|P)rice$|(^b|B)alance$|(^m|M)inorUnits?$/
/** A vendor's JSON has its amounts as numbers until the connector has mapped them. */
const moneyNumberHomes = /^(subgraphs\/\w+\/[^/]+|test|bench)\//

/** The rules over the syntax tree. */
export const syntaxRules: readonly Rule[] = [
  {
    id: 'sql-home',
    instead: "move the statement into the subgraph's store.ts",
    find: (source) =>
      sqlHomes.test(source.path) ? [] : [...sqlStrings(source), ...startsOf(source, isStatementBuilder)],
  },
  {
    id: 'empty-catch',
    instead: 'handle the error, turn it into a typed result, or let it fly',
    find: (source) => startsOf(source, swallows),
  },
  {
    id: 'bare-delay',
    instead: 'give the number a name with its unit last, such as pollIntervalMs',
    find: (source) => startsOf(source, isBareDelay),
  },
  {
    id: 'date-type',
    instead: 'use Temporal.PlainDate for a day, Temporal.Instant for a moment',
    find: (source) =>
      startsOf(source, (node) => node.type === 'TSTypeReference' && nameOf(node.typeName) === 'Date'),
  },
  {
    id: 'money-number',
    instead: 'hold money as bigint minor units or Money (#domain/money.ts)',
    find: (source) => (moneyNumberHomes.test(source.path) ? [] : startsOf(source, isMoneyNumber)),
  },
  {
    id: 'undocumented-export',
    instead: 'say in a /** comment */ what it means, its units and its errors',
    find: (source) => (/^(test|bench)\//.test(source.path) ? [] : undocumentedExports(source)),
  },
]

function startsOf(source: Source, isWrong: (node: SyntaxNode) => boolean): number[] {
  return isOurCode(source.path) ? source.nodes.filter(isWrong).map(({ start }) => start) : []
}

function sqlStrings({ path, strings }: Source): number[] {
  if (!isOurCode(path)) return []
  return strings
    .filter(({ text }) => sqlText.some((statement) => statement.test(text)))
    .map(({ start }) => start)
}

function isStatementBuilder(node: SyntaxNode): boolean {
  if (node.type === 'TaggedTemplateExpression') return nameOf(node.tag) === 'sql'
  return node.type === 'MemberExpression' && statementBuilders.test(nameOf(node.property))
}

/** `catch {}`, and `.catch(() => {})` or `.catch(() => undefined)`. */
function swallows(node: SyntaxNode): boolean {
  if (node.type === 'CatchClause') return isEmptyBlock(node.body)
  if (node.type !== 'CallExpression' || !isNode(node.callee) || nameOf(node.callee.property) !== 'catch')
    return false
  const [handler] = [node.arguments].flat()
  return isNode(handler) && (isEmptyBlock(handler.body) || nameOf(handler.body) === 'undefined')
}

function isBareDelay(node: SyntaxNode): boolean {
  if (node.type !== 'CallExpression' || !waits.test(nameOf(node.callee))) return false
  return [node.arguments].flat().some((argument) => isNode(argument) && typeof argument.value === 'number')
}

function isMoneyNumber(node: SyntaxNode): boolean {
  const annotation = isNode(node.typeAnnotation) ? node.typeAnnotation.typeAnnotation : undefined
  const named = node.type === 'Identifier' ? node : node.key
  return isNode(annotation) && annotation.type === 'TSNumberKeyword' && moneyNames.test(nameOf(named))
}

function undocumentedExports({ path, text, nodes, comments }: Source): number[] {
  if (!isOurCode(path)) return []
  const documented = new Set(
    comments
      .filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
      .map(({ end }) => end + (/^\s*(\/\/.*\n\s*)*/.exec(text.slice(end))?.[0].length ?? 0)),
  )
  return nodes
    .filter(({ type, declaration }) => type.startsWith('Export') && hasBehaviour(declaration))
    .map(({ start }) => start)
    .filter((start) => !documented.has(start))
}

/** Types and plain values may speak for themselves; what runs has errors and limits to tell of. */
function hasBehaviour(declaration: unknown): boolean {
  if (!isNode(declaration)) return false
  if (/Function|Class/.test(declaration.type)) return true
  const declared = [declaration.declarations].flat().filter(isNode)
  return declared.some(({ init }) => isNode(init) && /Function|Class/.test(init.type))
}

function isEmptyBlock(node: unknown): boolean {
  return isNode(node) && node.type === 'BlockStatement' && Array.isArray(node.body) && node.body.length === 0
}

function nameOf(node: unknown): string {
  return isNode(node) && typeof node.name === 'string' ? node.name : ''
}
