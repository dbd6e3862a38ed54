/** How far what was sold has come on its way to money, and which of it is late. */
import { isBefore, later } from './calendar.ts'
import type { Owner } from './exception.ts'
import type { Money } from './money.ts'
import { reconciliationRules } from './reconciliation-rules.ts'

/** The stages of a deal, in their order: each needs the one before. */
export const dealStages = ['WON', 'CONTRACTED', 'SUBSCRIBED', 'INVOICED', 'POSTED', 'PAID'] as const
export type DealStage = (typeof dealStages)[number]

/** What the systems say of a deal that was won. */
export interface WonDeal {
  readonly opportunityId: string
  readonly customerId: string
  readonly wonOn: Temporal.PlainDate
  /** The value of its contract; where it has none, what CRM expected of it. */
  readonly amount: Money
  /** Null while none is signed. */
  readonly contract: SoldContract | null
  /** Whether billing has a subscription of the contract. */
  readonly isSubscribed: boolean
  /** The first one that was issued for the contract; null while none is. */
  readonly invoice: FirstInvoice | null
  /** When the first invoice was posted; null while it is not. */
  readonly postedAt: Temporal.Instant | null
}

/** What the contract of a deal says of billing. */
export interface SoldContract {
  readonly id: string
  readonly legalEntityId: string
  /** Whether anything of it recurs: only that needs a subscription. */
  readonly isRecurring: boolean
  /** The day of its first charge; null where it charges nothing. */
  readonly firstChargeOn: Temporal.PlainDate | null
}

/** The first invoice of a deal. */
interface FirstInvoice {
  readonly id: string
  readonly issuedOn: Temporal.PlainDate
  /** When billing recorded that it was issued. */
  readonly issuedAt: Temporal.Instant
  readonly isPaid: boolean
}

/** The last stage that a deal has reached without leaving one out. */
export function stageOf({ contract, isSubscribed, invoice, postedAt }: WonDeal): DealStage {
  if (contract === null) return 'WON'
  if (contract.isRecurring && !isSubscribed) return 'CONTRACTED'
  if (invoice === null) return 'SUBSCRIBED'
  if (postedAt === null) return 'INVOICED'
  return invoice.isPaid ? 'PAID' : 'POSTED'
}

const coverage = reconciliationRules.BILLING_COVERAGE

/** Days after which what was sold must be billed, and who answers for it: the same as of any period of a contract. */
export const invoiceDeadline = { days: coverage.deadlineDays, owner: coverage.owner } as const

/** A deal that the customer agreed to, on its way to be won in CRM: a workflow closes it, and has not billed it yet. */
export interface ClosingDeal extends Pick<WonDeal, 'opportunityId' | 'customerId' | 'wonOn' | 'amount'> {
  /** Null while none is signed. */
  readonly contractId: string | null
  /** The day of its first charge; null where it charges nothing. */
  readonly firstChargeOn: Temporal.PlainDate | null
  /** Who has to look at what holds it up; null where nobody is asked. */
  readonly owner: Owner | null
}

/** A deal whose first invoice is late, with the last day on which it was in time, and who has to look. */
export interface LateDeal extends Omit<ClosingDeal, 'firstChargeOn' | 'owner'> {
  readonly dueOn: Temporal.PlainDate
  readonly owner: Owner
}

/** A deal that was won as one that is late; null where it has an invoice or is in time. */
export function lateDeal(deal: WonDeal, today: Temporal.PlainDate): LateDeal | null {
  const { opportunityId, customerId, wonOn, amount, contract } = deal
  const dueOn = invoiceDueOn(deal)
  if (dueOn === null || !isBefore(dueOn, today)) return null
  const contractId = contract?.id ?? null
  return { opportunityId, customerId, wonOn, amount, contractId, dueOn, owner: invoiceDeadline.owner }
}

/** The same of one that is still being closed. */
export function lateClosing(
  { firstChargeOn, owner, ...deal }: ClosingDeal,
  today: Temporal.PlainDate,
): LateDeal | null {
  const dueOn = deadlineOf(deal, firstChargeOn)
  if (dueOn === null || !isBefore(dueOn, today)) return null
  return { ...deal, dueOn, owner: owner ?? invoiceDeadline.owner }
}

/** The last day on which the first invoice of a deal is in time. Null where it has one, or nothing is charged. */
export function invoiceDueOn({ wonOn, amount, contract, invoice }: WonDeal): Temporal.PlainDate | null {
  if (invoice !== null) return null
  return deadlineOf({ wonOn, amount }, contract === null ? wonOn : contract.firstChargeOn)
}

/** The deadline after the day on which a deal was won or, where that is later, of its first charge. */
function deadlineOf(
  { wonOn, amount }: Pick<WonDeal, 'wonOn' | 'amount'>,
  firstChargeOn: Temporal.PlainDate | null,
): Temporal.PlainDate | null {
  if (firstChargeOn === null || amount.minorUnits <= 0n) return null
  return later(wonOn, firstChargeOn).add({ days: invoiceDeadline.days })
}

/** How long something took, or has taken so far. */
export interface Durations {
  readonly count: number
  /** Half took no longer; null where there are none. */
  readonly p50: number | null
  /** Nine in ten took no longer. */
  readonly p90: number | null
}

/** Of durations in any unit, by nearest rank, which always names one that occurred. */
export function durationsOf(all: readonly number[]): Durations {
  const sorted = all.toSorted((a, b) => a - b)
  const rank = (part: number): number | null => sorted[Math.ceil(part * sorted.length) - 1] ?? null
  return { count: sorted.length, p50: rank(0.5), p90: rank(0.9) }
}
