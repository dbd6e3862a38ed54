import { minimum, maximum } from './order.ts'
import { sum } from './money.ts'
import { add, multiply, rational, zero } from './rational.ts'
import type { Rational } from './rational.ts'

/** Recurring revenue of one customer at both ends of a period. Minor units. */
export interface CustomerRecurring {
  readonly opening: bigint
  readonly closing: bigint
  /** Whether the customer paid recurring revenue at any time before the opening. */
  readonly isKnown: boolean
}

/** opening + fresh + expansion + reactivation − contraction − churn = closing: the MRR bridge. Minor units. */
export interface RecurringBridge {
  readonly opening: bigint
  /** Of customers who never paid before. */
  readonly fresh: bigint
  readonly expansion: bigint
  /** Of customers who had left and came back. */
  readonly reactivation: bigint
  readonly contraction: bigint
  readonly churn: bigint
  readonly closing: bigint
}

/** Whether customers who come back make up for those who leave. */
export type RetentionPolicy = 'COHORT' | 'REACTIVATION_NETTED'

/** Parts of the opening recurring revenue: 1 is 100%. */
export interface Retention {
  readonly grossChurnRate: Rational
  readonly netChurnRate: Rational
  /** Net revenue retention (NRR). */
  readonly net: Rational
  /** Gross revenue retention (GRR). */
  readonly gross: Rational
}

/** What was billed in a period that followed the one before. */
export interface BilledPeriod {
  /** Minor units. */
  readonly billed: bigint
  readonly days: number
}

/** The bridge of recurring revenue over all customers, each of whom moves in one way only (ChartMogul). */
export function recurringBridge(customers: readonly CustomerRecurring[]): RecurringBridge {
  const total = (part: (customer: CustomerRecurring) => bigint): bigint => sum(customers.map(part))
  const stays = ({ opening, closing }: CustomerRecurring): boolean => opening > 0n && closing > 0n
  return {
    opening: total(({ opening }) => opening),
    fresh: total((it) => (it.opening === 0n && !it.isKnown ? it.closing : 0n)),
    expansion: total((it) => (stays(it) ? maximum(0n, it.closing - it.opening) : 0n)),
    reactivation: total((it) => (it.opening === 0n && it.isKnown ? it.closing : 0n)),
    contraction: total((it) => (stays(it) ? maximum(0n, it.opening - it.closing) : 0n)),
    churn: total((it) => (it.closing === 0n ? it.opening : 0n)),
    closing: total(({ closing }) => closing),
  }
}

/**
 * Churn and retention of the customers who paid at the opening (ChartMogul); new ones never count, those who come back
 * only by policy. Null where nothing was there to be retained.
 */
export function retention(
  { opening, expansion, reactivation, contraction, churn }: Omit<RecurringBridge, 'fresh' | 'closing'>,
  policy: RetentionPolicy = 'COHORT',
): Retention | null {
  if (opening === 0n) return null
  const lost = churn + contraction
  const won = policy === 'COHORT' ? expansion : expansion + reactivation
  return {
    grossChurnRate: rational(lost, opening),
    netChurnRate: rational(lost - won, opening),
    net: rational(opening - lost + won, opening),
    gross: rational(opening - lost, opening),
  }
}

/** Days sales outstanding, simple: receivables ÷ billings × days. Null where nothing was billed. */
export function simpleDso(receivables: bigint, periods: readonly BilledPeriod[]): Rational | null {
  const billed = sum(periods.map((period) => period.billed))
  if (billed <= 0n) return null
  const days = periods.reduce((total, period) => total + period.days, 0)
  return multiply(rational(receivables, billed), rational(BigInt(days)))
}

/**
 * Days sales outstanding by counting back: receivables are taken to be the latest billings, period by period. `periods`
 * are in order, the latest last. Null where they do not reach back as far as the receivables do.
 */
export function countBackDso(receivables: bigint, periods: readonly BilledPeriod[]): Rational | null {
  let left = receivables
  let days = zero
  for (const period of periods.toReversed()) {
    if (left <= 0n) return days
    const taken = minimum(left, period.billed)
    if (taken > 0n) days = add(days, rational(BigInt(period.days) * taken, period.billed))
    left -= taken
  }
  return left <= 0n ? days : null
}
