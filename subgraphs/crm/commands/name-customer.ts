import { type ExternalRef, isKnownAs } from '#domain/entity.ts'
import type { Outcome } from '#domain/failure.ts'
import { lockOne } from '#platform/change.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { customer } from '../aggregates.ts'

/** A customer, and what an outside system calls it from now on. */
export interface CustomerNaming {
  readonly customerId: string
  readonly madeAs: ExternalRef
}

/** Notes what an outside system calls a customer. REFERENCE_MISSING for an unknown one. */
export function nameCustomer(
  db: Database,
  effect: Effect,
  naming: CustomerNaming,
): Promise<Outcome<{ readonly customerId: string }>> {
  return applyOnce(db, effect, { operation: 'nameCustomer', input: naming }, async (unit) => {
    const { customerId, madeAs } = naming
    const { value: before, violations } = await lockOne(unit, customer, customerId, 'customerId')
    if (violations !== undefined) return { violations }
    // The system itself may have told of it before us.
    const after = { ...before, externalRefs: [...before.externalRefs, madeAs] }
    await unit.save(customer, isKnownAs(before, madeAs) ? [] : [{ before, after }])
    return { value: { customerId } }
  })
}
