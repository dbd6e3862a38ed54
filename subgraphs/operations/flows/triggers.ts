import type { Dispute } from '#domain/billing.ts'
import type { Standing, StandingChange } from '#domain/standing.ts'
import type { Jsonified } from '#platform/table.ts'
import { isOfWorkflow, trigger, type Trigger } from '../workflows/trigger.ts'
import { followDispute } from './dispute-payment.ts'
import { shareStanding } from './share-standing.ts'
import type { Systems } from './systems.ts'

/** Reasons that CRM shows beside the level. */
const SHOWN_REASONS: ReadonlySet<string> = new Set(['DISPUTED', 'CREDIT_HOLD'])

/** What CRM shows of a standing. A customer of whom it was told nothing is in good standing there. */
function shownOf(standing: Jsonified<Standing> | null): string {
  const codes = (standing?.reasons ?? []).map(({ code }) => code).filter((code) => SHOWN_REASONS.has(code))
  return [standing?.level ?? 'GOOD', ...new Set(codes)].toSorted().join(' ')
}

/** The flows that are started by what happened, whoever made it happen. */
export const triggers: readonly Trigger<Systems>[] = [
  trigger({
    name: 'standing-is-known-to-sales',
    source: 'insight',
    types: ['revgraph.insight.standing.changed.v1'],
    flow: shareStanding,
    asks: ({ data }) => {
      const { customerId, before, after } = data as Jsonified<StandingChange>
      return shownOf(before) === shownOf(after) ? null : { customerId }
    },
  }),
  trigger({
    name: 'disputes-are-followed',
    source: 'billing',
    types: ['revgraph.billing.dispute.opened.v1', 'revgraph.billing.dispute.closed.v1'],
    flow: followDispute,
    asks: (event) => {
      const { id: disputeId, customerId } = event.data as Jsonified<Dispute>
      // What a workflow made of a dispute it follows itself; and a payer whom nobody knows is nowhere to be shown.
      return isOfWorkflow(event) || customerId === null ? null : { disputeId }
    },
  }),
]
