import { expect, it } from 'vitest'
import { runWorkflows } from './workflows.ts'

it('No workflow is lost, done twice or left half done while nodes die and servers go away', async () => {
  expect(await runWorkflows(['--short'])).toMatchObject({ failed: 0 })
}, 1_200_000)
