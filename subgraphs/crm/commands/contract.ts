import { amend } from '#domain/amend.ts'
import { isBefore, later } from '#domain/calendar.ts'
import type { Contract, ContractStatus } from '#domain/crm.ts'
import { type Outcome, type Violation, violationIf } from '#domain/failure.ts'
import { lockOne, saveOne } from '#platform/change.ts'
import { today } from '#platform/clock.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Database } from '#platform/database.ts'
import { applyOnce, type Effect } from '#platform/effect.ts'
import { contract } from '../aggregates.ts'

/** A contract after a command. */
export interface ChangedContract {
  readonly contractId: string
  readonly number: string
  readonly version: number
}

/** Begins the term of a signed contract; one that is active already stays so. STATUS_FORBIDS for any other. */
export function activateContract(
  db: Database,
  effect: Effect,
  input: { readonly contractId: string },
): Promise<Outcome<ChangedContract>> {
  return changeContract(db, effect, { operation: 'activateContract', input }, (before) => {
    if (before.status === 'ACTIVE') return { value: null }
    const violations = violationIf(
      before.status !== 'SIGNED',
      'STATUS_FORBIDS',
      'contractId',
      `The contract is ${before.status}: a signed one can become active`,
    )
    return violations.length > 0 ? { violations } : { value: { ...before, status: 'ACTIVE' } }
  })
}

/**
 * Ends a contract whose term is over; one that has expired already stays so. STATUS_FORBIDS for one that is no more in
 * force otherwise, or that renews by itself; PERIOD_NOT_ENDED before its last day is over.
 */
export function expireContract(
  db: Database,
  effect: Effect,
  input: { readonly contractId: string },
): Promise<Outcome<ChangedContract>> {
  return changeContract(db, effect, { operation: 'expireContract', input }, (before) => {
    if (before.status === 'EXPIRED') return { value: null }
    const violations = [
      ...violationIf(
        !IN_FORCE.has(before.status) || before.autoRenew,
        'STATUS_FORBIDS',
        'contractId',
        `The contract is ${before.status}${before.autoRenew ? ' and renews by itself' : ''}`,
      ),
      ...violationIf(
        isBefore(today(effect.clock), before.endDate),
        'PERIOD_NOT_ENDED',
        'contractId',
        `Its term ends on ${before.endDate.toString()}`,
      ),
    ]
    return violations.length > 0 ? { violations } : { value: { ...before, status: 'EXPIRED' } }
  })
}

const IN_FORCE: ReadonlySet<ContractStatus> = new Set(['SIGNED', 'ACTIVE', 'SUSPENDED'])

/** From which day on a contract is over: what has not begun by then is not delivered. */
export interface Termination {
  readonly contractId: string
  /** Its first day, for a term that begins later. */
  readonly on: Temporal.PlainDate
}

/**
 * Ends a contract on a day; nothing of it is deleted. It takes back that it was signed. One that is over already stays
 * so. STATUS_FORBIDS for one that is no more in force otherwise, DATE_OUTSIDE_CONTRACT after its term.
 */
export function terminateContract(
  db: Database,
  effect: Effect,
  input: Termination,
): Promise<Outcome<ChangedContract>> {
  return changeContract(db, effect, { operation: 'terminateContract', input }, (before) =>
    before.status === 'TERMINATED' ? { value: null } : terminated(before, input.on),
  )
}

/** A contract that ends on a day, or on its first one where that is later. */
export function terminated(before: Contract, on: Temporal.PlainDate): Outcome<Contract> {
  const { value, violations } = amend(before, {
    effectiveDate: later(on, before.startDate),
    changes: [{ kind: 'CANCEL', timing: 'AT_ONCE' }],
  })
  return violations === undefined
    ? { value: { ...before, ...value.contract } }
    : { violations: violations.map((it) => ({ ...it, field: fieldOf(it) })) }
}

/** The field of a termination that a rule of amendments speaks of. */
function fieldOf({ field }: Violation): keyof Termination {
  return field === 'effectiveDate' ? 'on' : 'contractId'
}

/** Changes one contract under its lock; null for what stays as it is. */
function changeContract(
  db: Database,
  effect: Effect,
  request: { readonly operation: string; readonly input: { readonly contractId: string } },
  change: (before: Contract) => Outcome<Contract | null>,
): Promise<Outcome<ChangedContract>> {
  return applyOnce(db, effect, request, async (unit: UnitOfWork) => {
    const before = await lockOne(unit, contract, request.input.contractId, 'contractId')
    if (before.value === undefined) return before
    const next = change(before.value)
    if (next.violations !== undefined) return next
    const after = next.value && (await saveOne(unit, contract, before.value, next.value))
    if (after?.violations !== undefined) return after
    return { value: changedContract(after?.value ?? before.value) }
  })
}

/** What steps that come later need of a contract. */
export function changedContract({ id, number, version }: Contract): ChangedContract {
  return { contractId: id, number, version }
}
