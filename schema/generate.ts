/** `npm run generate` writes what the SDL implies; `npm run check:generated` fails where that was not done. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

import { subgraphTypes } from './codegen.ts'
import { drift, generateAll } from './generators.ts'

const fileUrl = (file: string): URL => new URL(file, import.meta.url)
const read = (file: string): string => readFileSync(fileUrl(file), 'utf8')

const sdlByName = new Map(Object.keys(subgraphTypes).map((name) => [name, read(`${name}.graphql`)]))
const generated = await generateAll(sdlByName, subgraphTypes)
const stale = drift(generated, (file) => (existsSync(fileUrl(file)) ? read(file) : undefined))

if (!process.argv.includes('--check')) {
  for (const [file, text] of generated) writeFileSync(fileUrl(file), text)
  process.stdout.write(`schema: ${generated.size} files generated, ${stale.length} changed\n`)
} else if (stale.length > 0) {
  process.stderr.write(`${stale.map((line) => `schema/${line}`).join('\n')}\nrun npm run generate\n`)
  process.exitCode = 1
}
