import type { Outcome } from '#domain/failure.ts'
import type { Proposal } from '#domain/foreign-write.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { kindOf, proposable, type Proposables, type TakenOver } from '#platform/proposal-taking.ts'
import { price, product } from '../record.ts'

/** What is sold: another system may propose something of it. */
export const PROPOSABLES: Proposables = {
  product: proposable(product, 'product'),
  price: proposable(price, 'price'),
}

/** Takes over what another system proposed of what is sold. */
export function takeOver(db: Database, effect: Effect, proposal: Proposal): Promise<Outcome<TakenOver>> {
  return applyOnce(db, effect, { operation: 'takeOver', input: proposal }, (unit) =>
    kindOf(PROPOSABLES, proposal).takeOver(unit, proposal),
  )
}
