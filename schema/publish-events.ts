/** `npm run publish-events`, before a release: keeps the schemas that changed since the last one as next versions. */
import { writeFileSync } from 'node:fs'
import { readCurrent, readPublished, unpublished } from './published.ts'

const next = unpublished(readCurrent(), readPublished())
for (const { name, minor, schema } of next) {
  const file = new URL(`events/published/${name}.${minor}.json`, import.meta.url)
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
  process.stdout.write(`published ${name}.${minor}\n`)
}
