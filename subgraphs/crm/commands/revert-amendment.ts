import type { Amendment, Contract } from '#domain/crm.ts'
import { type Outcome, violationIf } from '#domain/failure.ts'
import { lockOne, saveOne } from '#platform/change.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { amendment, contract } from '../aggregates.ts'
import { readContractVersion } from '../amendment-store.ts'
import type { AppliedAmendment } from './apply-amendment.ts'
import { checkStatus } from './approve-amendment.ts'
import { terminated } from './contract.ts'

/** An amendment that is to be taken back, as applying it answered. */
export type Reversion = Pick<
  AppliedAmendment,
  'amendmentId' | 'contractId' | 'version' | 'versionBefore' | 'successorId'
>

/** What was taken back. */
export interface RevertedAmendment {
  readonly amendmentId: string
  readonly contractId: string
  readonly version: number
}

/**
 * Takes back what an amendment did: the contract is in a new version what it was before, the one that continued it
 * ends before it began, the amendment is COMPENSATED. Nothing is deleted. STATUS_FORBIDS unless it is being applied, or
 * where the contract changed since.
 */
export function revertAmendment(
  db: Database,
  effect: Effect,
  reversion: Reversion,
): Promise<Outcome<RevertedAmendment>> {
  return applyOnce(db, effect, { operation: 'revertAmendment', input: reversion }, async (unit) => {
    const now = await lockOne(unit, contract, reversion.contractId, 'contractId')
    if (now.value === undefined) return now
    const applied = await lockOne(unit, amendment, reversion.amendmentId, 'amendmentId')
    if (applied.value === undefined) return applied
    const violations = check(applied.value, now.value, reversion)
    if (violations.length > 0) return { violations }
    return restore(unit, applied.value, now.value, reversion)
  })
}

function check(applied: Amendment, now: Contract, { version }: Reversion) {
  const message = `The contract changed since: it is in version ${now.version}, not ${version}`
  return [
    ...checkStatus(applied, 'APPLYING'),
    ...violationIf(now.version !== version, 'STATUS_FORBIDS', 'contractId', message),
  ]
}

async function restore(
  unit: UnitOfWork,
  applied: Amendment,
  now: Contract,
  { versionBefore, successorId }: Reversion,
): Promise<Outcome<RevertedAmendment>> {
  const was = await readContractVersion(unit, now.id, versionBefore)
  if (was === null) throw new Error(`The contract ${now.id} has no version ${versionBefore}`)
  const restored = await saveOne(unit, contract, now, { ...was, externalRefs: now.externalRefs })
  if (restored.value === undefined) return restored
  const withdrawn = successorId === null ? null : await withdraw(unit, successorId)
  if (withdrawn?.violations !== undefined) return withdrawn
  await unit.save(amendment, [{ before: applied, after: { ...applied, status: 'COMPENSATED' } }])
  return {
    value: { amendmentId: applied.id, contractId: now.id, version: restored.value.version },
  }
}

/** Ends the contract that would have gone on before anything of it was delivered. */
async function withdraw(unit: UnitOfWork, successorId: string): Promise<Outcome<Contract>> {
  const successor = await lockOne(unit, contract, successorId, 'successorId')
  if (successor.value === undefined) return successor
  const ended = terminated(successor.value, successor.value.startDate)
  return ended.value === undefined ? ended : saveOne(unit, contract, successor.value, ended.value)
}
