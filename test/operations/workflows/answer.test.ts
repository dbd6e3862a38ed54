// A mutation answers before the gateway gives it up, however long it took to accept its workflow.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Workflow } from '#domain/workflow.ts'
import { answerBy } from '#subgraphs/operations/flows/answer.ts'
import { billUsage } from '#subgraphs/operations/flows/bill-usage.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { WorkflowDesk } from '#subgraphs/operations/workflows/desk.ts'

const ACCEPTING_MS = 60

it('waits for a workflow only for what accepting it left of its time', async () => {
  let waitedMs = Infinity
  const desk: Pick<WorkflowDesk<Systems>, 'startForClient' | 'settled'> = {
    startForClient: async () => {
      await sleep(ACCEPTING_MS)
      return { value: { workflowId: 'wfl_1', replayed: false } }
    },
    settled: (_, withinMs) => {
      waitedMs = withinMs
      return Promise.resolve({ id: 'wfl_1' } as Workflow)
    },
  }
  const input = {
    subscriptionId: 'sub_1',
    month: Temporal.PlainYearMonth.from('2026-05'),
    idempotencyKey: '1',
  }
  await answerBy(desk as WorkflowDesk<Systems>, billUsage, input, 'request')
  expect(waitedMs).toBeLessThan(8_000 - ACCEPTING_MS / 2)
  expect(waitedMs).toBeGreaterThan(0)
})
