import { isBefore, later } from './calendar.ts'
import { maximum } from './order.ts'
import { sum } from './money.ts'
import type { CreditNote, Invoice, Payment } from './billing.ts'

/** An invoice as its overdue balance needs it. */
export type OwedInvoice = Pick<Invoice, 'lifecycle' | 'issueDate' | 'dueDate' | 'closedOn' | 'total'>
/** What a payment is meant to settle of it, and since when. */
export interface OwedAllocation extends Pick<Payment, 'receivedOn'> {
  readonly amount: bigint
}
/** What a credit note takes off it, while it is in force. */
export type OwedCredit = Pick<CreditNote, 'id' | 'status' | 'issuedOn' | 'voidedOn' | 'amount'>

/** A change of what is overdue; minor units. */
export interface OverdueChange {
  readonly on: Temporal.PlainDate
  readonly amount: bigint
}

/**
 * How much of an invoice was overdue from day to day: its balance of each day, by the rules of settlement, of the days
 * that lie behind its due date. Nothing for one that was settled in time.
 */
export function overdueChanges(
  invoice: OwedInvoice,
  allocations: readonly OwedAllocation[],
  credits: readonly OwedCredit[],
): OverdueChange[] {
  if (invoice.lifecycle === 'DRAFT') return []
  const days = [
    invoice.issueDate,
    ...(invoice.closedOn === null ? [] : [invoice.closedOn]),
    ...allocations.map(({ receivedOn }) => receivedOn),
    ...credits.flatMap(({ issuedOn, voidedOn }) => (voidedOn === null ? [issuedOn] : [issuedOn, voidedOn])),
  ].map((day) => later(day, invoice.issueDate))
  const since = invoice.dueDate.add({ days: 1 })
  let left = 0n
  return distinct([since, ...days.filter((day) => isBefore(since, day))]).flatMap((on) => {
    const balance = isBefore(on, invoice.issueDate) ? 0n : balanceOn(on, invoice, allocations, credits)
    const amount = balance - left
    left = balance
    return amount === 0n ? [] : [{ on, amount }]
  })
}

/** Credits count first, and one that claims more than the invoice has no effect; then what payments are meant for. */
function balanceOn(
  day: Temporal.PlainDate,
  { lifecycle, closedOn, total }: OwedInvoice,
  allocations: readonly OwedAllocation[],
  credits: readonly OwedCredit[],
): bigint {
  const by = (date: Temporal.PlainDate): boolean => !isBefore(day, date)
  if (lifecycle !== 'ISSUED' && (closedOn === null || by(closedOn))) return 0n
  let open = total
  for (const { status, issuedOn, voidedOn, amount } of credits) {
    const isVoid = status === 'VOID' && (voidedOn === null || by(voidedOn))
    if (status !== 'DRAFT' && !isVoid && by(issuedOn) && amount <= open) open -= amount
  }
  const paid = sum(allocations.filter(({ receivedOn }) => by(receivedOn)).map(({ amount }) => amount))
  return maximum(0n, open - paid)
}

function distinct(days: readonly Temporal.PlainDate[]): Temporal.PlainDate[] {
  return [...new Map(days.map((day) => [day.toString(), day])).values()].toSorted((a, b) =>
    Temporal.PlainDate.compare(a, b),
  )
}
