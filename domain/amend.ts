import { adjustmentsOf } from './adjustment.ts'
import { later } from './calendar.ts'
import { cancel, renew, resume, suspend, transfer } from './change-contract.ts'
import { addLine, changePlan, removeLine, updateLine } from './change-lines.ts'
import { checkChange } from './check-change.ts'
import { defaultBilling, totalContractValue } from './contract.ts'
import type { Adjustment, Amended, Changed, ChangeRequest, Reason } from './amendment.ts'
import type { BillingPolicy } from './contract.ts'
import type { ContractFact } from './crm.ts'
import type { Outcome } from './failure.ts'

/** What is known about billing and the books when a contract is amended. */
export interface AmendmentTerms {
  readonly policy: BillingPolicy
  /** Everything that fell due before this day is billed; null for the effective date. */
  readonly billedUntil: Temporal.PlainDate | null
  /** First day of which the books are open; null where a late change is posted to the first open period instead. */
  readonly openFrom: Temporal.PlainDate | null
}

const defaultTerms: AmendmentTerms = { policy: defaultBilling, billedUntil: null, openFrom: null }

/**
 * Amends a contract: what it is from the effective date on, the lines that set right what was billed, and why; or
 * everything that is wrong with the request. [ASC 606-10-25-10: a change in scope, price or both]
 */
export function amend(
  contract: ContractFact,
  asked: ChangeRequest,
  terms: Partial<AmendmentTerms> = {},
): Outcome<Amended> {
  const { policy, billedUntil, openFrom } = { ...defaultTerms, ...terms }
  const violations = checkChange(contract, asked, openFrom)
  if (violations.length > 0) return { violations }
  const changed = change(contract, asked)
  const date = later(asked.effectiveDate, billedUntil ?? asked.effectiveDate)
  const adjustments = [
    ...adjustmentsOf(contract, changed.contract, date, policy),
    ...(changed.successor === null ? [] : adjustmentsOf(null, changed.successor, date, policy)),
  ]
  const amended: Amended = {
    ...changed,
    adjustments,
    contractValueDelta: totalContractValue(changed.contract, policy) - totalContractValue(contract, policy),
    reasons: [...changed.reasons, effectOnBilling(adjustments, date)],
  }
  return { value: amended }
}

function change(contract: ContractFact, asked: ChangeRequest): Changed {
  switch (asked.kind) {
    case 'ADD':
      return addLine(contract, asked)
    case 'UPDATE':
      return updateLine(contract, asked)
    case 'CHANGE_PLAN':
      return changePlan(contract, asked)
    case 'REMOVE':
      return removeLine(contract, asked)
    case 'SUSPEND':
      return suspend(contract, asked)
    case 'RESUME':
      return resume(contract, asked)
    case 'CANCEL':
      return cancel(contract, asked)
    case 'TRANSFER':
      return transfer(contract, asked)
    case 'RENEW':
      return renew(contract, asked)
  }
}

function effectOnBilling(adjustments: readonly Adjustment[], date: Temporal.PlainDate): Reason {
  const day = date.toString()
  return adjustments.length === 0
    ? { code: 'BILLING_UNCHANGED', message: `Nothing that fell due before ${day} costs more or less` }
    : { code: 'BILLING_ADJUSTED', message: `What fell due before ${day} is credited and charged anew` }
}
