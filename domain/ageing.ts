import { daysIn } from './calendar.ts'
import { isOpen } from './invoice.ts'
import { sum } from './money.ts'
import { type Outcome, violationIf } from './failure.ts'
import type { Invoice, Payment } from './billing.ts'

/** A band of days past due, by the name under which it is published. */
export interface AgeingBucket {
  readonly bucket: string
  /** Last day past due that belongs to it; null for the open-ended last one. */
  readonly upToDays: number | null
}

/** One bucket with what is owed in it, minor units. */
export interface AgeingAmount {
  readonly bucket: string
  readonly amount: bigint
}

/** What a customer owes in one currency, minor units. */
export interface Receivables {
  readonly currency: string
  /** Balances of open invoices, before unapplied cash is taken off. */
  readonly total: bigint
  readonly overdue: bigint
  /** Cash on account: paid, and not set against an invoice. */
  readonly unappliedCash: bigint
  readonly ageing: readonly AgeingAmount[]
  /** 0 when nothing is overdue. */
  readonly oldestDaysPastDue: number
}

type OwedInvoice = Pick<Invoice, 'dueDate' | 'balance'>
type CurrencyInvoice = OwedInvoice & Pick<Invoice, 'status' | 'currency'>
type CurrencyPayment = Pick<Payment, 'currency' | 'unapplied'>

/** The buckets that the product publishes, by days past the due date; the due date itself is current. */
export const ageingBuckets: readonly AgeingBucket[] = [
  { bucket: 'current', upToDays: 0 },
  { bucket: '1-30', upToDays: 30 },
  { bucket: '31-60', upToDays: 60 },
  { bucket: '61-90', upToDays: 90 },
  { bucket: 'over-90', upToDays: null },
]

/** Most buckets of one report. */
const MAX_BUCKETS = 12

/**
 * Buckets by the last day past due of each, the open-ended last one after them: 0, 30 gives `current`, `1-30` and
 * `over-30`. The first one holds what is not due yet as well. RANGE_INVALID unless the days rise from 0 or more and are
 * 1 to 11 in number.
 */
export function bucketsUpTo(lastDays: readonly number[]): Outcome<readonly AgeingBucket[]> {
  const rise = lastDays.every(
    (day, index) => Number.isInteger(day) && day >= 0 && day > (lastDays[index - 1] ?? -1),
  )
  const isCount = lastDays.length > 0 && lastDays.length < MAX_BUCKETS
  if (!rise || !isCount) {
    const message = `The days of ageing buckets rise from 0 or more and are 1 to ${MAX_BUCKETS - 1} in number`
    return { violations: violationIf(true, 'RANGE_INVALID', 'buckets', message) }
  }
  const named = lastDays.map((upToDays, index) => ({
    bucket: nameOf(lastDays[index - 1], upToDays),
    upToDays,
  }))
  return { value: [...named, { bucket: `over-${lastDays.at(-1)}`, upToDays: null }] }
}

function nameOf(before: number | undefined, upToDays: number): string {
  if (before !== undefined) return `${before + 1}-${upToDays}`
  return upToDays === 0 ? 'current' : `up-to-${upToDays}`
}

/** What open invoices of one currency owe, by days past due: every bucket, in order, even an empty one. */
export function ageing(
  openInvoices: readonly OwedInvoice[],
  today: Temporal.PlainDate,
  buckets: readonly AgeingBucket[] = ageingBuckets,
): AgeingAmount[] {
  const owed = openInvoices.map(({ dueDate, balance }) => ({ balance, days: daysSince(dueDate, today) }))
  return buckets.map(({ bucket, upToDays }, index) => {
    const after = buckets[index - 1]?.upToDays ?? -Infinity
    const isIn = ({ days }: { days: number }): boolean => days > after && days <= (upToDays ?? Infinity)
    return { bucket, amount: sum(owed.filter(isIn).map(({ balance }) => balance)) }
  })
}

/** What invoices and unapplied payments of one customer come to, one summary a currency, in order of its code. */
export function receivables(
  invoices: readonly CurrencyInvoice[],
  payments: readonly CurrencyPayment[],
  today: Temporal.PlainDate,
  buckets: readonly AgeingBucket[] = ageingBuckets,
): Receivables[] {
  const open = invoices.filter(isOpen)
  const onAccount = payments.filter(({ unapplied }) => unapplied !== 0n)
  const currencies = new Set([...open, ...onAccount].map(({ currency }) => currency))
  return [...currencies].toSorted().map((currency) =>
    summary(
      currency,
      open.filter((invoice) => invoice.currency === currency),
      onAccount.filter((payment) => payment.currency === currency),
      today,
      buckets,
    ),
  )
}

function summary(
  currency: string,
  open: readonly OwedInvoice[],
  onAccount: readonly CurrencyPayment[],
  today: Temporal.PlainDate,
  buckets: readonly AgeingBucket[],
): Receivables {
  const overdue = open.filter(({ dueDate }) => daysSince(dueDate, today) > 0)
  return {
    currency,
    total: sum(open.map(({ balance }) => balance)),
    overdue: sum(overdue.map(({ balance }) => balance)),
    unappliedCash: sum(onAccount.map(({ unapplied }) => unapplied)),
    ageing: ageing(open, today, buckets),
    oldestDaysPastDue: Math.max(0, ...overdue.map(({ dueDate }) => daysSince(dueDate, today))),
  }
}

function daysSince(date: Temporal.PlainDate, today: Temporal.PlainDate): number {
  return daysIn({ start: date, end: today })
}
