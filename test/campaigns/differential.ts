import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'

import { startTrial } from '#test/differential/differential.ts'
import { closeAll } from '#test/support/closing.ts'

import type { Campaign } from './campaign.ts'

const DOCUMENTS_EACH = 50
const PROGRESS_EACH = 1_000
const MAX_SEED = 1_000_000

/**
 * `npm run campaign -- differential [--documents 20000] [--seed N]`: random requests over random graphs, answered by
 * the gateway in process and over HTTP as graphql-js answers them over the same graph in one piece.
 */
export const runDifferential: Campaign = async (options) => {
  const { values } = parseArgs({
    args: [...options],
    options: { documents: { type: 'string', default: '20000' }, seed: { type: 'string' } },
  })
  const documents = Number(values.documents)
  const firstSeed = values.seed === undefined ? randomInt(MAX_SEED) : Number(values.seed)
  process.stdout.write(`seed ${firstSeed}\n`)
  let failed = 0
  for (let asked = 0; asked < documents; asked += DOCUMENTS_EACH) {
    const trial = await startTrial(firstSeed + asked / DOCUMENTS_EACH)
    for (let nth = 0; nth < Math.min(DOCUMENTS_EACH, documents - asked); nth += 1) {
      const difference = await trial.difference(nth)
      if (difference === undefined) continue
      failed += 1
      process.stdout.write(`${difference}\n`)
    }
    closeAll()
    if ((asked + DOCUMENTS_EACH) % PROGRESS_EACH === 0)
      process.stdout.write(`${asked + DOCUMENTS_EACH} asked, ${failed} answered otherwise\n`)
  }
  return { passed: documents - failed, failed }
}
