/** `npm run bench -- <name>`: runs a comparison by name and prints its figures. */
import { compareEngines } from './engine.ts'
import { measureEvents } from './events.ts'
import { measureInsight } from './insight.ts'
import { compareLedger } from './ledger.ts'
import { compareStanding } from './standing.ts'
import { measureWorkflows } from './workflows.ts'

const COMPARISONS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  standing: compareStanding,
  engine: compareEngines,
  ledger: compareLedger,
  events: measureEvents,
  insight: measureInsight,
  workflows: measureWorkflows,
}

const [, , name = 'standing', ...args] = process.argv
const comparison = COMPARISONS[name]
if (comparison === undefined) {
  process.stderr.write(
    `There is no comparison "${name}"; there are ${Object.keys(COMPARISONS).join(', ')}.\n`,
  )
  process.exitCode = 1
} else {
  await comparison(args)
}
