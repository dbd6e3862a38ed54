import { amend } from '#domain/amend.ts'
import { asAsked, type AskedAmendment, kindOf, readAmendment } from '#domain/asked-amendment.ts'
import type { Amendment, AmendmentFact, AmendmentStatus, Contract } from '#domain/crm.ts'
import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import { lockOne, saveOne } from '#platform/change.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { ownFact } from '#platform/own-facts.ts'
import { amendment, contract } from '../aggregates.ts'

/** What was previewed, and is to be made exactly so. */
export interface PreviewedAmendment extends AskedAmendment {
  /** The version of the contract that the preview rests on. */
  readonly version: number
  /** Everything that fell due before this day is billed. */
  readonly billedUntil: Temporal.PlainDate
}

/** An amendment after a command. */
export interface ChangedAmendment {
  readonly amendmentId: string
  readonly status: AmendmentStatus
}

/**
 * Writes down that a previewed amendment may be applied. PREVIEW_OUTDATED where the contract changed since; otherwise
 * refused with all that is wrong with it. It is given up by `closeAmendment`.
 */
export function approveAmendment(
  db: Database,
  effect: Effect,
  approval: { readonly previewed: PreviewedAmendment; readonly reason: string | null },
): Promise<Outcome<ChangedAmendment>> {
  return applyOnce(db, effect, { operation: 'approveAmendment', input: approval }, async (unit) => {
    const { previewed, reason } = approval
    const found = await lockPreviewed(unit, previewed)
    if (found.value === undefined) return found
    const amended = amend(found.value, readAmendment(found.value, previewed), previewed)
    if (amended.violations !== undefined) return { violations: amended.violations.map(asAsked) }
    const fact: AmendmentFact = {
      ...ownFact('amendment', effect.effectKey),
      contractId: found.value.id,
      kind: kindOf(previewed),
      status: 'APPROVED',
      effectiveDate: previewed.effectiveDate,
      reason,
      currency: found.value.currency,
      contractValueDelta: amended.value.contractValueDelta,
    }
    return changed(await saveOne(unit, amendment, undefined, fact))
  })
}

/** In which states an amendment may end in which way. */
const CLOSABLE: Readonly<Record<'APPLIED' | 'FAILED', AmendmentStatus>> = {
  APPLIED: 'APPLYING',
  FAILED: 'APPROVED',
}

/**
 * Ends an amendment: APPLIED once all systems have it, FAILED where it was given up before the contract changed. What
 * is so already stays so; STATUS_FORBIDS otherwise.
 */
export function closeAmendment(
  db: Database,
  effect: Effect,
  closing: { readonly amendmentId: string; readonly status: 'APPLIED' | 'FAILED' },
): Promise<Outcome<ChangedAmendment>> {
  return applyOnce(db, effect, { operation: 'closeAmendment', input: closing }, async (unit) => {
    const { amendmentId, status } = closing
    const before = await lockOne(unit, amendment, amendmentId, 'amendmentId')
    if (before.value === undefined || before.value.status === status) return changed(before)
    const violations = checkStatus(before.value, CLOSABLE[status])
    if (violations.length > 0) return { violations }
    return changed(await saveOne(unit, amendment, before.value, { ...before.value, status }))
  })
}

/** The contract in the version that was previewed, locked until the command ends. */
export async function lockPreviewed(
  unit: UnitOfWork,
  { contractId, version }: PreviewedAmendment,
): Promise<Outcome<Contract>> {
  const found = await lockOne(unit, contract, contractId, 'contractId')
  if (found.value === undefined || found.value.version === version) return found
  const message = `The contract changed since: it is in version ${found.value.version}, not ${version}`
  return { violations: [{ code: 'PREVIEW_OUTDATED', field: 'previewHash', message }] }
}

/** STATUS_FORBIDS unless an amendment is in a state. */
export function checkStatus({ status }: Amendment, wanted: AmendmentStatus): Violation[] {
  const message = `The amendment is ${status}, not ${wanted}`
  return violationIf(status !== wanted, 'STATUS_FORBIDS', 'amendmentId', message)
}

function changed({ value, violations }: Outcome<Amendment>): Outcome<ChangedAmendment> {
  return violations === undefined
    ? { value: { amendmentId: value.id, status: value.status } }
    : { violations }
}
