import type { BillingFeedback, Customer } from '#domain/crm.ts'
import type { Outcome } from '#domain/failure.ts'
import { lockOne } from '#platform/change.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { contentHash } from '#platform/json.ts'
import { customer } from '../aggregates.ts'

/** What billing and ERP tell of a customer; a field that is not given stays as it was. */
export interface ToldFeedback extends Partial<Omit<BillingFeedback, 'asOf'>> {
  readonly customerId: string
  readonly asOf: Temporal.Instant
}

/** The customer after a command. */
export interface InformedCustomer {
  readonly customerId: string
  readonly version: number
  /** False where CRM knew it already, or something newer. */
  readonly isChanged: boolean
}

const NOTHING_TOLD: Omit<BillingFeedback, 'asOf'> = {
  standing: 'GOOD',
  disputeOpen: false,
  dunningPaused: false,
  creditHold: false,
}

/**
 * Shows on a customer what billing and ERP tell of it: of one that was merged, on the customer that carries on. What is
 * older than what is shown changes nothing, nor what says the same. REFERENCE_MISSING for an unknown customer.
 */
export function noteBillingFeedback(
  db: Database,
  effect: Effect,
  told: ToldFeedback,
): Promise<Outcome<InformedCustomer>> {
  return applyOnce(db, effect, { operation: 'noteBillingFeedback', input: told }, async (unit) => {
    const named = await lockOne(unit, customer, told.customerId, 'customerId')
    const carrier = named.value?.mergedIntoId ?? null
    const found = carrier === null ? named : await lockOne(unit, customer, carrier, 'customerId')
    if (found.value === undefined) return found
    const before = found.value
    const billingFeedback = feedbackOf(before, told)
    const [after] = await unit.save(
      customer,
      isNews(before.billingFeedback, billingFeedback)
        ? [{ before, after: { ...before, billingFeedback } }]
        : [],
    )
    const { id: customerId, version } = after ?? before
    return { value: { customerId, version, isChanged: after !== undefined } }
  })
}

function feedbackOf({ billingFeedback: known }: Customer, told: ToldFeedback): BillingFeedback {
  const before = known ?? NOTHING_TOLD
  return {
    standing: told.standing ?? before.standing,
    disputeOpen: told.disputeOpen ?? before.disputeOpen,
    dunningPaused: told.dunningPaused ?? before.dunningPaused,
    creditHold: told.creditHold ?? before.creditHold,
    asOf: told.asOf,
  }
}

function isNews(known: BillingFeedback | null, told: BillingFeedback): boolean {
  if (known === null) return true
  const { asOf: knownAt, ...before } = known
  const { asOf: toldAt, ...after } = told
  return Temporal.Instant.compare(knownAt, toldAt) <= 0 && contentHash(before) !== contentHash(after)
}
