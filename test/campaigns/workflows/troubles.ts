/** Troubles of a whole system, as every node meets them: a file in the folder of the mines says that one is on. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WorkflowSystem } from '#domain/workflow.ts'
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import { SystemUnavailable, type Workshop } from '#subgraphs/operations/workflows/carry-out.ts'
import type { AnyFlow, Step } from '#subgraphs/operations/workflows/flow.ts'

/** A system that does nothing, or one whose answers are lost after it has done what it was asked. */
export type Trouble = 'OUTAGE' | 'LOST_ANSWERS'

export type Shop = Workshop<Systems>
export type AnyStep = Step<Systems, never, never>

const fileOf = (folder: string, system: WorkflowSystem, trouble: Trouble): string =>
  join(folder, `${system} ${trouble}`)

/** Begins a trouble; gives what ends it. */
export function beginTrouble(folder: string, system: WorkflowSystem, trouble: Trouble): () => void {
  const file = fileOf(folder, system, trouble)
  writeFileSync(file, '')
  return () => rmSync(file, { force: true })
}

/** A workshop whose systems have the troubles of a folder. */
export const withTroubles = (shop: Shop, folder: string): Shop =>
  withSteps(shop, (step) => ({
    ...step,
    run: troubled(folder, step.system, step.run),
    ...(step.undo !== undefined && { undo: troubled(folder, step.system, step.undo) }),
  }))

function troubled(folder: string, system: WorkflowSystem, act: AnyStep['run']): AnyStep['run'] {
  const fail = (trouble: Trouble): void => {
    if (existsSync(fileOf(folder, system, trouble))) throw new SystemUnavailable(`${system}: ${trouble}`)
  }
  return async (systems, story, effect) => {
    fail('OUTAGE')
    const outcome = await act(systems, story, effect)
    fail('LOST_ANSWERS')
    return outcome
  }
}

/** A workshop whose steps are others. */
export const withSteps = (shop: Shop, change: (step: AnyStep) => AnyStep): Shop => ({
  ...shop,
  flows: new Map(
    [...shop.flows].map(([name, flow]): [string, AnyFlow<Systems>] => [
      name,
      {
        ...flow,
        steps: flow.steps.map(change),
        ...(flow.retired !== undefined && { retired: flow.retired.map(change) }),
      },
    ]),
  ),
})
