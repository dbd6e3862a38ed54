/** The schema keeps its habits, and every rule is shown to find what it is for. */
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { subgraphTypes } from '#schema/codegen.ts'

import { faultless, plantedSdl } from './planted-sdl.ts'
import { schemaRules, schemaViolations } from './schema-rules.ts'

describe('the schema', () => {
  it.each(Object.keys(subgraphTypes))('of %s keeps every rule', (name) => {
    const path = `schema/${name}.graphql`
    const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
    expect(schemaViolations(path, text).map(({ message }) => message)).toEqual([])
  })
})

describe('the schema rules', () => {
  it('are each proven by planted violations and near misses', () => {
    const proven = Object.entries(plantedSdl).filter(
      ([, { found, spared }]) => found.length > 0 && spared.length > 0,
    )
    expect(proven.map(([id]) => id).toSorted()).toEqual(schemaRules.map(({ id }) => id).toSorted())
  })

  it('find nothing in a faultless schema', () => {
    expect(rulesBrokenBy('')).toEqual([])
  })

  it.each(cases('found'))('%s is found in %s', (id, example) => {
    expect([...new Set(rulesBrokenBy(example))]).toEqual([id])
  })

  it.each(cases('spared'))('%s spares %s', (_, example) => {
    expect(rulesBrokenBy(example)).toEqual([])
  })

  it('name the file, the line and the way out', () => {
    const [violation] = schemaViolations(
      'schema/crm.graphql',
      '"A note of a person."\ntype sales_note @key(fields: "x")',
    )
    expect(violation?.message).toBe('schema/crm.graphql:1 type-name — name types in PascalCase')
  })
})

function cases(kind: 'found' | 'spared'): [id: string, example: string][] {
  return Object.entries(plantedSdl).flatMap(([id, examples]) =>
    examples[kind].map((example): [string, string] => [id, example]),
  )
}

function rulesBrokenBy(example: string): string[] {
  return schemaViolations('schema/crm.graphql', faultless + example).map(({ id }) => id)
}
