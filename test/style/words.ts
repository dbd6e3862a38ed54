/** Words that the code does not use, each with the one place that may (if any) and what to write instead. */
import { isOurCode, matches } from './rule.ts'
import type { Rule } from './rule.ts'

interface BannedWord {
  readonly id: string
  /** Where to look: `code` leaves out comments and strings. */
  readonly zone: 'code' | 'comments'
  readonly pattern: RegExp
  /** Files that may use it. */
  readonly allowed?: RegExp
  readonly instead: string
}

const bannedWords: readonly BannedWord[] = [
  {
    id: 'parse-float',
    zone: 'code',
    pattern: /\bparseFloat\b/g,
    instead: 'parse decimals with #domain/money.ts: a float loses cents',
  },
  {
    id: 'to-fixed',
    zone: 'code',
    pattern: /\.\s*toFixed\b/g,
    allowed: /^bench\//,
    instead: 'format bigint minor units with #domain/money.ts',
  },
  {
    id: 'math-random',
    zone: 'code',
    pattern: /\bMath\s*\.\s*random\b/g,
    instead: 'take a seeded source as an argument, or randomUUID where an id must be unguessable',
  },
  {
    id: 'wall-clock',
    zone: 'code',
    pattern: /\bDate\s*\.\s*now\b|\bnew\s+Date\b|\bTemporal\s*\.\s*Now\b/g,
    // A node of a story is told another day before it starts.
    allowed: /^(platform\/clock|test\/point-to-point\/story-time)\.ts$/,
    instead: 'take a Clock (#platform/clock.ts) as an argument',
  },
  {
    id: 'environment',
    zone: 'code',
    pattern: /\bprocess\s*\??\.\s*env\b|\bprocess\s*\[|\{[^{}]*\benv\b[^{}]*\}\s*=\s*process\b/g,
    // A test or a measurement that starts the product as a child process hands its environment on.
    allowed: /^(platform\/config\.ts$|(test|bench)\/)/,
    instead: 'read it in platform/config.ts, where it is validated, and pass the value in',
  },
  {
    id: 'console',
    zone: 'code',
    pattern: /\bconsole\s*\??\.\s*\w/g,
    instead: 'log through the logger that is passed in; a command prints with process.stdout.write',
  },
  {
    id: 'as-any',
    zone: 'code',
    pattern: /\bas\s+any\b/g,
    instead: 'narrow an unknown, or describe the type',
  },
  {
    id: 'skipped-test',
    zone: 'code',
    pattern: /\b(describe|it|test|suite)(\s*\.\s*\w+)*\s*\.\s*(skip|only|todo|fails|skipIf)\b/g,
    instead: 'run every test everywhere, or name what it needs of the machine: runIf(isRoot)',
  },
  {
    id: 'ts-ignore',
    zone: 'comments',
    pattern: /@ts-(ignore|nocheck)\b|@ts-expect-error\s*$/gm,
    instead: 'fix the type; where a test needs the error, @ts-expect-error with its reason',
  },
  {
    id: 'disabled-lint',
    zone: 'comments',
    pattern: /\b(es|ox)lint-disable(?!.* -- \w.{9})/g,
    instead: 'add the reason: `-- why this line is right as it is`',
  },
  {
    id: 'unfinished',
    zone: 'comments',
    pattern: /\b(TODO|FIXME|XXX|HACK)\b/g,
    instead: 'finish it or open an issue',
  },
]

/** The banned words as rules. */
export const wordRules: readonly Rule[] = bannedWords.map(({ id, zone, pattern, allowed, instead }) => ({
  id,
  instead,
  find: ({ path, code, comments }) => {
    if (!isOurCode(path) || allowed?.test(path) === true) return []
    if (zone === 'code') return matches(code, pattern)
    return comments.flatMap(({ value, start }) => matches(value, pattern).map((offset) => start + offset))
  },
}))
