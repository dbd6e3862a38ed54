/** `npm run bench -- standing`: runs a comparison by name and prints its figures. */
import { compareStanding } from './standing.ts'

const COMPARISONS: Readonly<Record<string, () => Promise<void>>> = { standing: compareStanding }

const [, , name = 'standing'] = process.argv
const comparison = COMPARISONS[name]
if (comparison === undefined) {
  process.stderr.write(
    `There is no comparison "${name}"; there are ${Object.keys(COMPARISONS).join(', ')}.\n`,
  )
  process.exitCode = 1
} else {
  await comparison()
}
