/** Documents that consumers send, as they lie beside the project: the graph takes each of them as it stands. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import { publicSchemaOf } from '#gateway/types.ts'
import { SCALARS } from '#platform/graphql.ts'
import { recordingsPresent, SHARED } from './recordings.ts'

const FOLDER = join(SHARED, 'operations')
const root = new URL('../../', import.meta.url)
const supergraph = readFileSync(new URL('schema/supergraph.graphql', root), 'utf8')
const schema = publicSchemaOf(parse(supergraph), Object.values(SCALARS))
const documents = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.graphql')) : []

it.runIf(recordingsPresent())('there are some', () => {
  expect(documents).toContain('close-opportunity.graphql')
})

it.runIf(documents.length > 0).each(documents)('%s is taken', (file) => {
  const document = parse(readFileSync(join(FOLDER, file), 'utf8'))
  expect(validate(schema, document).map(({ message }) => message)).toEqual([])
})
