/** The same contracts under two conventions of recognition. */
import { type ComparedMonth, conventionComparison } from '#domain/convention-comparison.ts'
import type { Convention } from '#domain/schedule.ts'
import { publicError } from '#platform/errors.ts'
import { found } from '#platform/graphql.ts'
import type { Context } from './loaders.ts'
import { readPlans } from './plan-store.ts'
import { legalEntityOf } from './reports.ts'

/** Plans that are read at a time. */
const PAGE = 500
/** Most contracts that can be named. */
const MAX_CONTRACTS = 100

interface ComparisonArguments {
  readonly legalEntityId: string
  readonly contractIds?: readonly string[] | null
  readonly convention: Convention
  readonly other: Convention
}

/** What contracts earn month by month under both. Throws NOT_FOUND and BAD_USER_INPUT. */
export async function reportConventions(
  context: Context,
  { legalEntityId, contractIds = null, convention, other }: ComparisonArguments,
): Promise<ComparedMonth[]> {
  const { id } = await legalEntityOf(context, legalEntityId)
  if (contractIds !== null && contractIds.length > MAX_CONTRACTS)
    throw publicError(
      'BAD_USER_INPUT',
      `"contractIds" takes at most ${MAX_CONTRACTS}, not ${contractIds.length}.`,
    )
  const comparison = conventionComparison(convention, other)
  const left = new Set(contractIds)
  let plans = await readPlans(context.db, { legalEntityId: id, contractIds, afterId: '', limit: PAGE })
  // Ends: every page begins behind the last plan of the one before.
  for (let last = plans.at(-1); last !== undefined; last = plans.at(-1)) {
    for (const plan of plans) {
      comparison.add(plan)
      left.delete(plan.contractId)
    }
    plans = await readPlans(context.db, { legalEntityId: id, contractIds, afterId: last.id, limit: PAGE })
  }
  for (const contractId of left) found(null, 'planned contract of the legal entity', contractId)
  return comparison.months()
}
