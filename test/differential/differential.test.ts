import { randomInt } from 'node:crypto'

import { expect, it } from 'vitest'

import { startTrial } from './differential.ts'

const GRAPHS = 12
const REQUESTS_EACH = 25
const MAX_SEED = 1_000_000

it('The gateway answers random requests over random graphs as graphql-js does', async () => {
  const firstSeed = randomInt(MAX_SEED)
  for (let seed = firstSeed; seed < firstSeed + GRAPHS; seed += 1) {
    const trial = await startTrial(seed)
    for (let nth = 0; nth < REQUESTS_EACH; nth += 1) expect(await trial.difference(nth)).toBeUndefined()
  }
}, 120_000)
