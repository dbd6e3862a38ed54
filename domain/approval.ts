/** Approvals: what another person has to agree to before a workflow goes on, and what happens if nobody does. */
import type { Recorded } from './entity.ts'
import type { Owner } from './exception.ts'
import { type Money, parseAmount } from './money.ts'

/** What happens when nobody decided by the deadline. Money is never approved by it. */
type AtDeadline = 'REJECT' | 'ESCALATE' | 'APPROVE'

/** A gate as a workflow model states it. */
export interface GateRule {
  readonly name: string
  /** ALWAYS; by AMOUNT, in bands; or while the customer is on CREDIT_HOLD. */
  readonly when: 'ALWAYS' | 'AMOUNT' | 'CREDIT_HOLD'
  /** Who decides; by amount, the bands tell. */
  readonly approver: Owner | null
  /** Rising; an amount below the first one passes. `from` gives major units by currency, as plain decimals. */
  readonly bands: readonly { readonly from: Readonly<Record<string, string>>; readonly approver: Owner }[]
  readonly deadlineHours: number
  readonly atDeadline: AtDeadline
  /** Who decides after the deadline, in as much time again; then it is rejected. */
  readonly escalateTo: Owner | null
}

/** A gate as one workflow has to pass it. */
export interface PlannedGate {
  readonly name: string
  readonly approver: Owner
  /** From which amount on that approver decides: `250000.00 USD`; null where the amount does not matter. */
  readonly band: string | null
  readonly deadlineHours: number
  readonly atDeadline: AtDeadline
  readonly escalateTo: Owner | null
}

/** Where a workflow has to pass a gate. */
export interface PlacedGate {
  readonly gate: PlannedGate
  /** The step that waits; null for the first one. */
  readonly before: string | null
}

/** What decides whether a workflow has to pass a gate. */
export interface GateSubject {
  readonly moneyAtRisk: Money | null
  readonly isOnCreditHold: boolean
}

/** The gate as a workflow has to pass it; null where it need not. */
export function plannedGate(
  rule: GateRule,
  { moneyAtRisk, isOnCreditHold }: GateSubject,
): PlannedGate | null {
  const { name, approver, deadlineHours, atDeadline, escalateTo } = rule
  const planned = { name, deadlineHours, atDeadline, escalateTo }
  if (rule.when === 'AMOUNT') {
    const band = bandOf(rule, moneyAtRisk)
    return band && { ...planned, ...band }
  }
  if (approver === null) throw new RangeError(`nobody decides at the gate ${name}`)
  return rule.when === 'CREDIT_HOLD' && !isOnCreditHold ? null : { ...planned, approver, band: null }
}

/** An amount that is not known, or of which currency no band speaks, is decided by whoever decides the largest. */
function bandOf(
  { name, bands }: GateRule,
  amount: Money | null,
): Pick<PlannedGate, 'approver' | 'band'> | null {
  const last = bands.at(-1)
  if (last === undefined) throw new RangeError(`the gate ${name} has no bands`)
  if (amount === null || bands.some(({ from }) => from[amount.currency] === undefined))
    return { approver: last.approver, band: null }
  const { minorUnits, currency } = amount
  const size = minorUnits < 0n ? -minorUnits : minorUnits
  const reached = bands.findLast(({ from }) => size >= parseAmount(from[currency] ?? '', currency))
  return reached === undefined
    ? null
    : { approver: reached.approver, band: `${reached.from[currency]} ${currency}` }
}

/** PENDING waits for a person. EXPIRED: nobody decided in time, which is a no. */
type ApprovalStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'EXPIRED'

/** What a person is asked to agree to. */
export interface Approval extends Recorded {
  readonly id: string
  /** Of a GATE that the workflow stands before, or of an EDIT of its payload. */
  readonly kind: 'GATE' | 'EDIT'
  readonly gate: string
  readonly workflowId: string
  readonly customerId: string | null
  /** Of the payload that is approved: another one is not. */
  readonly payloadHash: string
  readonly moneyAtRisk: Money | null
  readonly band: string | null
  readonly approver: Owner
  readonly requestedBy: string
  readonly requestedAt: Temporal.Instant
  readonly status: ApprovalStatus
  /** Null while it is pending, and where the deadline decided. */
  readonly decidedBy: string | null
  readonly decidedAt: Temporal.Instant | null
  readonly reason: string | null
  readonly dueAt: Temporal.Instant
  readonly deadlineHours: number
  readonly atDeadline: AtDeadline
  readonly escalateTo: Owner | null
}

/** What is asked before a changed payload is carried out. */
export const EDIT_GATE: PlannedGate = {
  name: 'payload-edit',
  approver: 'FINANCE',
  band: null,
  deadlineHours: 24,
  atDeadline: 'REJECT',
  escalateTo: null,
}

/** What becomes of an approval that nobody decided in time: the next one decides, once; after that it is a no. */
export function afterDeadline(approval: Approval, now: Temporal.Instant): Omit<Approval, keyof Recorded> {
  const { atDeadline, escalateTo, deadlineHours, moneyAtRisk } = approval
  if (atDeadline === 'ESCALATE' && escalateTo !== null) {
    const dueAt = now.add({ hours: deadlineHours })
    return { ...approval, approver: escalateTo, dueAt, atDeadline: 'REJECT' }
  }
  const status = atDeadline === 'APPROVE' && moneyAtRisk === null ? 'APPROVED' : 'EXPIRED'
  return { ...approval, status, decidedAt: now, reason: 'Nobody decided in time' }
}

/** What happened to an approval, in the past tense. */
export function approvalEvent(before: Approval | undefined, after: Approval): string {
  if (before === undefined) return 'requested'
  return after.status === 'PENDING' ? 'escalated' : after.status.toLowerCase()
}
