/** `npm run check:schema`: prints what the schema rules find in each subgraph's SDL, and fails if that is anything. */
import { readFileSync } from 'node:fs'

import { subgraphTypes } from '#schema/codegen.ts'

import { schemaViolations } from './schema-rules.ts'

const violations = Object.keys(subgraphTypes).flatMap((name) => {
  const path = `schema/${name}.graphql`
  return schemaViolations(path, readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))
})
for (const { message } of violations) process.stdout.write(`${message}\n`)
process.exitCode = violations.length > 0 ? 1 : 0
