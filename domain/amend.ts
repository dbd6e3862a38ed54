import { adjustmentsOf } from './adjustment.ts'
import { later } from './calendar.ts'
import { cancel, renew, resume, suspend, transfer } from './change-contract.ts'
import { addLine, changePlan, removeLine, updateLine } from './change-lines.ts'
import { checkChange } from './check-change.ts'
import { defaultBilling, totalContractValue } from './contract.ts'
import { violationIf } from './failure.ts'
import type { Adjustment, Amended, AmendmentRequest, Changed, ChangeRequest, Reason } from './amendment.ts'
import type { BillingPolicy } from './contract.ts'
import type { ContractFact } from './crm.ts'
import type { Outcome, Violation } from './failure.ts'

/** What is known about billing and the books when a contract is amended. */
export interface AmendmentTerms {
  readonly policy: BillingPolicy
  /**
   * Everything that fell due before this day is billed, and what was due on the contract's first day with it; null for
   * what fell due before the effective date.
   */
  readonly billedUntil: Temporal.PlainDate | null
  /** First day of which the books are open; null where a late change is posted to the first open period instead. */
  readonly openFrom: Temporal.PlainDate | null
}

const defaultTerms: AmendmentTerms = { policy: defaultBilling, billedUntil: null, openFrom: null }

/**
 * Amends a contract: what it is from the effective date on, the lines that set right what was billed, and why; or
 * everything that is wrong with the request. Several changes are made one after the other, and billed as one.
 * [ASC 606-10-25-10: a change in scope, price or both]
 */
export function amend(
  contract: ContractFact,
  { effectiveDate, changes }: AmendmentRequest,
  terms: Partial<AmendmentTerms> = {},
): Outcome<Amended> {
  const { policy, billedUntil, openFrom } = { ...defaultTerms, ...terms }
  const missing = violationIf(changes.length === 0, 'CHANGES_MISSING', 'changes', 'Nothing is to change')
  const progress: Progress = { contract, successor: null, reasons: [], violations: missing }
  const { violations, ...changed } = changes.reduce((sofar: Progress, asked, index) => {
    const request: ChangeRequest = { ...asked, effectiveDate }
    const wrong = checkChange(sofar.contract, request, openFrom).map((it) => placed(it, index))
    return wrong.length > 0
      ? { ...sofar, violations: [...sofar.violations, ...wrong] }
      : advanced(sofar, change(sofar.contract, request))
  }, progress)
  if (violations.length > 0) return { violations }
  return {
    value: priced(contract, changed, effectiveDate, { policy, billedUntil }),
  }
}

/** A contract after some of its changes, and what was wrong with others. */
type Progress = Changed & { readonly violations: readonly Violation[] }

function advanced(sofar: Progress, { contract, successor, reasons }: Changed): Progress {
  return {
    contract,
    successor: successor ?? sofar.successor,
    reasons: [...sofar.reasons, ...reasons],
    violations: sofar.violations,
  }
}

/** The effective date is that of all changes; every other field is one of a change. */
function placed(violation: Violation, index: number): Violation {
  const { field } = violation
  return field === 'effectiveDate' ? violation : { ...violation, field: `changes.${index}.${field}` }
}

function priced(
  before: ContractFact,
  changed: Changed,
  effectiveDate: Temporal.PlainDate,
  billed: { readonly policy: BillingPolicy; readonly billedUntil: Temporal.PlainDate | null },
): Amended {
  const { contract, successor, reasons } = changed
  const { policy } = billed
  const date = later(effectiveDate, billed.billedUntil ?? effectiveDate)
  const adjustments = [
    ...adjustmentsOf(before, contract, date, billed),
    ...(successor === null ? [] : adjustmentsOf(null, successor, date, billed)),
  ]
  return {
    ...changed,
    adjustments,
    contractValueDelta: totalContractValue(contract, policy) - totalContractValue(before, policy),
    reasons: [...reasons, effectOnBilling(adjustments, date)],
  }
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
