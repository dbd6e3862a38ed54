import type { Outcome } from '#domain/failure.ts'
import type { Proposal } from '#domain/foreign-write.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { kindOf, proposable, type Proposables, type TakenOver } from '#platform/proposal-taking.ts'
import { amendment, contact, contract, customer, opportunity, quote } from '../aggregates.ts'

/** What of CRM another system may propose something of. */
export const PROPOSABLES: Proposables = {
  customer: proposable(customer, 'customer'),
  contact: proposable(contact, 'contact'),
  opportunity: proposable(opportunity, 'opportunity'),
  quote: proposable(quote, 'quote'),
  contract: proposable(contract, 'contract'),
  amendment: proposable(amendment, 'amendment'),
}

/** Takes over what another system proposed of an object of CRM. */
export function takeOver(db: Database, effect: Effect, proposal: Proposal): Promise<Outcome<TakenOver>> {
  return applyOnce(db, effect, { operation: 'takeOver', input: proposal }, (unit) =>
    kindOf(PROPOSABLES, proposal).takeOver(unit, proposal),
  )
}
