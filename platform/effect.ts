import type { Outcome, Violation } from '#domain/failure.ts'
import { type CommandContext, runCommand, type UnitOfWork } from './command.ts'
import type { Database } from './database.ts'
import { once } from './idempotency.ts'

/** What a step of a workflow does to one system: at most once for its key, however often it is tried. */
export interface Effect extends CommandContext {
  /** Made of the workflow and the step, the same at every try: `wfl_…/invoice`. */
  readonly effectKey: string
}

/** Effect keys are a space of their own: no client can meet one with a key of its own. */
const WORKFLOWS = 'workflows'

/**
 * Carries an effect out in one transaction of its system: the same key again gives the first result. What is refused
 * writes nothing and is not remembered, so that it can be tried again under its key once the reason is mended. The
 * result must survive JSON. Another input under a key that had its effect is a defect of the workflow, and throws.
 */
export async function applyOnce<Result>(
  db: Database,
  effect: Effect,
  { operation, input }: { readonly operation: string; readonly input: unknown },
  work: (unit: UnitOfWork) => Promise<Outcome<Result>>,
): Promise<Outcome<Result>> {
  const request = { caller: WORKFLOWS, operation, key: effect.effectKey, input }
  try {
    const { result } = await runCommand(db, effect, (unit) =>
      once(unit, effect.subgraph, request, async () => valueOf(await work(unit))),
    )
    return { value: result }
  } catch (error) {
    if (error instanceof Refused) return { violations: error.violations }
    throw error
  }
}

/** Takes the transaction back with what was refused. */
class Refused extends Error {
  readonly violations: readonly Violation[]

  constructor(violations: readonly Violation[]) {
    super('the effect was refused')
    this.violations = violations
  }
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (outcome.violations !== undefined) throw new Refused(outcome.violations)
  return outcome.value
}
