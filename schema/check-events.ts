/** `npm run check:events`: the schemas of events as they are on disk against every version that was published. */
import { upcasters } from '#domain/upcast.ts'
import { brokenContracts, readCurrent, readPublished } from './published.ts'

const ADVICE = `A field that is new must be optional for readers: name it in addedLater of schema/event-catalogue.ts.
Any other of these changes needs a new major version of the type, and an upcaster in domain/upcast.ts.
`

const broken = brokenContracts(readCurrent(), readPublished(), new Set(upcasters.keys()))
if (broken.length > 0) {
  process.stderr.write(`${broken.join('\n')}\n${ADVICE}`)
  process.exitCode = 1
}
