/** `npm run generate` writes what SDL and types imply; `npm run check:generated` fails where that was not done. */
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

import { subgraphTypes } from './codegen.ts'
import { eventFiles } from './event-schemas.ts'
import { drift, generateAll } from './generators.ts'
import { typeSchemas } from './type-schema.ts'

const fileUrl = (file: string): URL => new URL(file, import.meta.url)
const read = (file: string): string => readFileSync(fileUrl(file), 'utf8')

const sdlByName = new Map(Object.keys(subgraphTypes).map((name) => [name, read(`${name}.graphql`)]))
const generated = new Map([
  ...(await generateAll(sdlByName, subgraphTypes)),
  ...eventFiles(typeSchemas((path) => read(`../${path}`))),
])
const stale = drift(generated, (file) => (existsSync(fileUrl(file)) ? read(file) : undefined))
/** Schemas of types that the catalogue does not have any more. */
const leftOver = globSync('events/{,states/}*.v*.json', { cwd: fileUrl('.') }).filter(
  (file) => !generated.has(file),
)

if (!process.argv.includes('--check')) {
  for (const [file, text] of generated) writeFileSync(fileUrl(file), text)
  for (const file of leftOver) rmSync(fileUrl(file))
  process.stdout.write(
    `schema: ${generated.size} files generated, ${stale.length + leftOver.length} changed\n`,
  )
} else if (stale.length + leftOver.length > 0) {
  const lines = [...stale, ...leftOver.map((file) => `${file} is not generated any more`)]
  process.stderr.write(`${lines.map((line) => `schema/${line}`).join('\n')}\nrun npm run generate\n`)
  process.exitCode = 1
}
