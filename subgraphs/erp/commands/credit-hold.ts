import { type Outcome, violationIf } from '#domain/failure.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { lockCreditProfile } from '../account-store.ts'
import { creditProfile } from '../record.ts'

/** What a command did to the credit of a customer. */
export interface ChangedHold {
  readonly creditProfileId: string
  /** False where it was so already: then there is nothing to take back. */
  readonly isChanged: boolean
}

/**
 * Stops selling to a customer on credit. A hold that is there keeps its reason. REFERENCE_MISSING for a customer
 * without an account, REASON_MISSING.
 */
export function setCreditHold(
  db: Database,
  effect: Effect,
  hold: { readonly customerId: string; readonly reason: string },
): Promise<Outcome<ChangedHold>> {
  return applyOnce(db, effect, { operation: 'setCreditHold', input: hold }, async (unit) => {
    const { customerId, reason } = hold
    const violations = violationIf(reason.trim() === '', 'REASON_MISSING', 'reason', 'A hold has a reason')
    return violations.length > 0 ? { violations } : change(unit, customerId, reason)
  })
}

/** Sells to a customer on credit again. REFERENCE_MISSING for a customer without an account. */
export function releaseCreditHold(
  db: Database,
  effect: Effect,
  release: { readonly customerId: string },
): Promise<Outcome<ChangedHold>> {
  return applyOnce(db, effect, { operation: 'releaseCreditHold', input: release }, (unit) =>
    change(unit, release.customerId, null),
  )
}

/** Holds for a reason, or releases for null. */
async function change(
  unit: UnitOfWork,
  customerId: string,
  holdReason: string | null,
): Promise<Outcome<ChangedHold>> {
  const before = await lockCreditProfile(unit, customerId)
  if (before === null) {
    const message = `The customer ${customerId} has no account`
    return { violations: [{ code: 'REFERENCE_MISSING', field: 'customerId', message }] }
  }
  const onHold = holdReason !== null
  const isChanged = before.onHold !== onHold
  if (isChanged) await unit.save(creditProfile, [{ before, after: { ...before, onHold, holdReason } }])
  return { value: { creditProfileId: before.id, isChanged } }
}
