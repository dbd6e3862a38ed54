import type { RaisedException } from '#domain/exception.ts'
import { foreignWrite } from '#domain/raise-exception.ts'
import type { Outcome } from '#domain/failure.ts'
import type { HeldWrite } from '#domain/foreign-write.ts'
import {
  type Change,
  type CommandContext,
  type Draft,
  runCommand,
  type UnitOfWork,
} from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { canonicalId } from '#platform/ids.ts'
import type { ModelSetup } from '../models/model-for.ts'
import { exceptionAggregate } from './attend.ts'
import { rulesByModel } from './rules.ts'

/** The one exception of what a source writes to a field. */
export const foreignWriteId = ({ object, objectId, field, source }: HeldWrite): string =>
  canonicalId('exception', 'revgraph', 'operations', 'write', `${objectId} ${object}.${field} ${source}`)

/**
 * Opens an exception for each write that was held back, once: it stays closed while the source and the master say what
 * they said when a person closed it.
 */
export async function raiseForeignWrites(
  db: Database,
  context: CommandContext,
  setup: ModelSetup,
  held: readonly HeldWrite[],
): Promise<void> {
  if (held.length === 0) return
  const raise = await raiseBy(setup, context)
  await runCommand(db, context, (unit) => raise(unit, held))
}

/** The same for a step of a workflow: repeated, it tells nobody again of what was decided meanwhile. */
export async function raiseForeignWritesOnce(
  db: Database,
  effect: Effect,
  setup: ModelSetup,
  held: readonly HeldWrite[],
): Promise<Outcome<null>> {
  if (held.length === 0) return { value: null }
  const raise = await raiseBy(setup, effect)
  return applyOnce(db, effect, { operation: 'raiseForeignWrites', input: held }, async (unit) => {
    await raise(unit, held)
    return { value: null }
  })
}

async function raiseBy(setup: ModelSetup, { clock }: CommandContext) {
  const rules = await rulesByModel(setup)({ legalEntityId: null })
  return async (unit: UnitOfWork, held: readonly HeldWrite[]): Promise<void> => {
    const byId = new Map(held.map((write) => [foreignWriteId(write), write]))
    const known = await unit.lock(exceptionAggregate, [...byId.keys()])
    const changes = [...byId].flatMap(([id, write]): Change<RaisedException>[] => {
      const before = known.get(id)
      const after = foreignWrite(write, id, before, rules, clock.now())
      return isTold(before, after) ? [] : [{ before, after }]
    })
    await unit.save(exceptionAggregate, changes)
  }
}

/** What waits since before proposals were kept is told once more with its own; closed stays closed. */
const isTold = (before: RaisedException | undefined, after: Draft<RaisedException>): boolean =>
  before?.message === after.message &&
  (before.status === 'RESOLVED' || before.proposal !== null || after.proposal === null)
