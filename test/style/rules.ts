/** All style rules, and what they say of one file. A rule is proven by its row in planted.ts. */
import { importRules } from './imports.ts'
import { layoutRules } from './layout.ts'
import type { Rule } from './rule.ts'
import { lineAt, parseSource } from './source.ts'
import { syntaxRules } from './syntax.ts'
import { wordRules } from './words.ts'

/** Every rule. */
export const rules: readonly Rule[] = [...importRules, ...wordRules, ...syntaxRules, ...layoutRules]

/** A rule broken at a line. */
export interface Violation {
  readonly path: string
  readonly line: number
  readonly rule: Rule
}

/** What the rules find in a file, line by line; `path` is taken from the repository's root. */
export function violationsIn(path: string, text: string): Violation[] {
  const source = parseSource(path, text)
  const violations = rules.flatMap((rule) =>
    rule.find(source).map((offset) => ({ path, line: lineAt(text, offset), rule })),
  )
  return violations.toSorted((one, other) => one.line - other.line)
}

/** `file:line rule — what to do instead`. */
export function describeViolation({ path, line, rule }: Violation): string {
  return `${path}:${line} ${rule.id} — ${rule.instead}`
}
