/** Style as a test: the repository keeps every rule, and every rule is shown to find what it is for. */
import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import manifest from '../../package.json' with { type: 'json' }
import { planted } from './planted.ts'
import type { Planted } from './planted.ts'
import { describeViolation, rules, violationsIn } from './rules.ts'

const root = new URL('../../', import.meta.url)
const textFile = /\.(ts|js|mjs|json|sql|graphql|md|ya?ml|html|css|sh)$|(^|\/)\.ci\/run$/
const foreignFile = /^package-lock\.json$/

describe('the repository', () => {
  it('keeps every style rule', () => {
    const paths = repositoryFiles()
    expect(paths).toContain('test/style/rules.ts')
    expect(paths.flatMap((path) => violationsIn(path, textOf(path))).map(describeViolation)).toEqual([])
  })

  it('pins every package to one exact version', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest
    const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    expect(versions).not.toEqual([])
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })
})

describe('the rules', () => {
  it('are each proven by planted violations and near misses', () => {
    const proven = Object.entries(planted).filter(
      ([, { found, spared }]) => found.length > 0 && spared.length > 0,
    )
    expect(proven.map(([id]) => id).toSorted()).toEqual(rules.map(({ id }) => id).toSorted())
  })

  it.each(cases('found'))('%s is found in %s: %s', (id, path, text) => {
    expect([...new Set(rulesBrokenBy(path, text))]).toEqual([id])
  })

  it.each(cases('spared'))('%s spares %s: %s', (_, path, text) => {
    expect(rulesBrokenBy(path, text)).toEqual([])
  })

  it('name the file, the line and the way out', () => {
    const [violation] = violationsIn('domain/money.ts', 'const a = 1\nconst b = parseFloat(a)')
    expect(violation && describeViolation(violation)).toBe(
      'domain/money.ts:2 parse-float — parse decimals with #domain/money.ts: a float loses cents',
    )
  })
})

function repositoryFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return listed.split('\n').filter((path) => textFile.test(path) && !foreignFile.test(path) && isFile(path))
}

/** A file that was deleted but not yet committed is still listed by git. */
function isFile(path: string): boolean {
  return statSync(new URL(path, root), { throwIfNoEntry: false })?.isFile() === true
}

function textOf(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

function cases(kind: 'found' | 'spared'): [id: string, ...Planted][] {
  return Object.entries(planted).flatMap(([id, examples]) =>
    examples[kind].map(([path, text]): [string, string, string] => [id, path, text]),
  )
}

function rulesBrokenBy(path: string, text: string): string[] {
  return violationsIn(path, text).map(({ rule }) => rule.id)
}
