import { firstChargeOfDeal, type DealTerms } from '#domain/deal.ts'
import type { ClosingDeal } from '#domain/deal-progress.ts'
import type { Queryable } from '#platform/database.ts'
import type { Jsonified } from '#platform/table.ts'
import { reviveDealTerms } from '#platform/terms.ts'
import { readUnbilledClosings, type StuckWorkflow } from '../health-store.ts'
import type { HealthRange } from './deals.ts'

/** Deals that were agreed on in a range of days, and that a workflow closes which has not come to their invoice. */
export async function readClosingDeals(
  db: Queryable,
  range: HealthRange,
  limit: number,
): Promise<ClosingDeal[]> {
  return (await readUnbilledClosings(db, range, limit)).map(closingDeal)
}

/** What `flows/close-opportunity.ts` keeps of a deal. */
function closingDeal({ workflow: { prepared, steps }, owner }: StuckWorkflow): ClosingDeal {
  const terms = reviveDealTerms((prepared as { readonly terms: Jsonified<DealTerms> }).terms)
  const { opportunityId, customerId, signedOn: wonOn, totalContractValue: minorUnits, currency } = terms
  const signed = steps.find(({ name, status }) => name === 'signContract' && status === 'DONE')?.result
  return {
    opportunityId,
    customerId,
    wonOn,
    amount: { minorUnits, currency },
    contractId: (signed as { readonly contractId: string } | undefined)?.contractId ?? null,
    firstChargeOn: firstChargeOfDeal(terms),
    owner,
  }
}
