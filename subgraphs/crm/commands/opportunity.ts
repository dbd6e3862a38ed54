import type { Opportunity, OpportunityStage } from '#domain/crm.ts'
import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import { lockOne, saveOne } from '#platform/change.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { opportunity } from '../aggregates.ts'

/** A deal that the customer agreed to. */
export interface WonDeal {
  readonly opportunityId: string
  readonly closedOn: Temporal.PlainDate
  /** Total contract value before tax, minor units of the deal's currency; it takes the place of the estimate. */
  readonly amount: bigint
}

/** The opportunity after a command, with what takes it back. */
export interface DecidedOpportunity {
  readonly opportunityId: string
  readonly version: number
  /** The amount before, minor units as digits: what reopening it restores. */
  readonly amountBefore: string
}

/** Notes that a deal is won. STATUS_FORBIDS unless it is open: a deal is decided once. */
export function winOpportunity(
  db: Database,
  effect: Effect,
  deal: WonDeal,
): Promise<Outcome<DecidedOpportunity>> {
  const { opportunityId, closedOn, amount } = deal
  return decide(db, effect, 'winOpportunity', deal, 'OPEN', {
    id: opportunityId,
    stage: 'WON',
    closedOn,
    amount,
  })
}

/** Takes back that a deal was won: it is open again, at the amount given. STATUS_FORBIDS unless it is won. */
export function reopenOpportunity(
  db: Database,
  effect: Effect,
  deal: { readonly opportunityId: string; readonly amount: bigint },
): Promise<Outcome<DecidedOpportunity>> {
  const { opportunityId, amount } = deal
  return decide(db, effect, 'reopenOpportunity', deal, 'WON', {
    id: opportunityId,
    stage: 'OPEN',
    closedOn: null,
    amount,
  })
}

function decide(
  db: Database,
  effect: Effect,
  operation: string,
  input: unknown,
  from: OpportunityStage,
  decided: Pick<Opportunity, 'id' | 'stage' | 'closedOn' | 'amount'>,
): Promise<Outcome<DecidedOpportunity>> {
  return applyOnce(db, effect, { operation, input }, async (unit) => {
    const before = await lockOne(unit, opportunity, decided.id, 'opportunityId')
    if (before.value === undefined) return before
    const violations = checkStage(before.value, from)
    if (violations.length > 0) return { violations }
    const after = await saveOne(unit, opportunity, before.value, { ...before.value, ...decided })
    if (after.value === undefined) return after
    const { id, version } = after.value
    return { value: { opportunityId: id, version, amountBefore: before.value.amount.toString() } }
  })
}

function checkStage({ stage }: Opportunity, from: OpportunityStage): Violation[] {
  return violationIf(stage !== from, 'STATUS_FORBIDS', 'opportunityId', `The deal is ${stage}, not ${from}`)
}
