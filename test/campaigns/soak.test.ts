import { expect, it } from 'vitest'

import { runSoak } from './soak.ts'

it('A gateway comes through some seconds of trouble with nothing left open', async () => {
  expect(await runSoak(['--minutes', '0.1'])).toMatchObject({ failed: 0 })
}, 120_000)
