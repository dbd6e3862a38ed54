/** Pages for readers: what they give to paste is valid, and where they point to there is something. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { type DocumentNode, getVariableValues, GraphQLError, Kind, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { publicSchemaOf } from '#gateway/types.ts'
import { SCALARS } from '#platform/graphql.ts'

const root = new URL('../../', import.meta.url)
const textOf = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const schema = publicSchemaOf(parse(textOf('schema/supergraph.graphql')), Object.values(SCALARS))
const pages = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(new URL(path, root)))

describe('the pages', () => {
  it('are found', () => {
    expect(pages).toContain('subgraphs/operations/README.md')
  })

  it.each(pages)('%s has documents that the graph takes, and links that lead somewhere', (path) => {
    const text = textOf(path)
    expect([...documentFaults(text), ...linkFaults(path, text)]).toEqual([])
  })
})

describe('what is wrong with a page', () => {
  it.each([
    ['a field that there is not', '{ legalEntities { id kode } }', 'Cannot query field "kode"'],
    ['a document that cannot be read', '{ legalEntities { id }', 'Syntax Error'],
    [
      'variables that are not given',
      'query ($id: ID!) { contract(id: $id) { id } }',
      '"$id" of required type',
    ],
    [
      'a variable of another type',
      'query ($id: ID!) {\n# { "id": {} }\ncontract(id: $id) { id } }',
      'got invalid',
    ],
  ])('is %s', (_, document, fault) => {
    expect(documentFaults(`Paste:\n\n\`\`\`graphql\n${document}\n\`\`\`\n`)).toEqual([
      expect.stringContaining(fault),
    ])
  })

  it('is a link to a file that there is not, from where the page is', () => {
    const text = '[a](../README.md), [b](READ.md#c), [c](README.md#c), [d](https://example.com/x.md), [e](#f)'
    expect(linkFaults('gateway/README.md', text)).toEqual(['gateway/README.md: READ.md is not there'])
  })
})

/** What is wrong with the documents of a page, and with the variables that a comment in them gives. */
function documentFaults(page: string): string[] {
  return [...page.matchAll(/^```graphql\n(.*?)^```$/gms)].flatMap(([, text = '']) => {
    try {
      const document = parse(text)
      const errors = validate(schema, document)
      return (errors.length > 0 ? errors : variableErrors(document, text)).map(({ message }) => message)
    } catch (error) {
      if (error instanceof GraphQLError) return [error.message]
      throw error
    }
  })
}

function variableErrors({ definitions }: DocumentNode, text: string): readonly GraphQLError[] {
  const [, given = '{}'] = /^\s*# (\{.*\})$/m.exec(text) ?? []
  const values = JSON.parse(given) as Record<string, unknown>
  return definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? (getVariableValues(schema, definition.variableDefinitions ?? [], values).errors ?? [])
      : [],
  )
}

function linkFaults(path: string, page: string): string[] {
  return [...page.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].flatMap(([, target = '']) =>
    existsSync(new URL(target, new URL(path, root))) ? [] : [`${path}: ${target} is not there`],
  )
}
