import { sum } from './money.ts'
import { annualRecurringRevenue } from './recurring.ts'
import type { StandingFact, TodayOf } from './standing-facts.ts'
import type { StandingInput } from './standing.ts'

/** What a customer owes and brings in one currency: minor units. */
export interface StandingAmounts {
  /** ISO 4217; empty for who has none. */
  readonly currency: string
  readonly receivables: bigint
  readonly overdue: bigint
  readonly annualRecurringRevenue: bigint
}

/**
 * What a customer owes and brings by currency: first the currency that brings most, then the one in which most is owed,
 * then by its code. One line without a currency for a customer who owes and brings nothing.
 */
export function standingAmounts(
  facts: readonly StandingFact[],
  { receivables }: Pick<StandingInput, 'receivables'>,
  todayOf: TodayOf,
): StandingAmounts[] {
  const subscriptions = facts.filter((fact) => fact.kind === 'subscription')
  const currencies = new Set([...receivables, ...subscriptions].map(({ currency }) => currency))
  if (currencies.size === 0) return [NOTHING]
  const today = todayOf(null)
  const lines = [...currencies].map((currency) => {
    const owed = receivables.find((each) => each.currency === currency)
    const recurring = subscriptions.filter((each) => each.currency === currency)
    return {
      currency,
      receivables: owed?.total ?? 0n,
      overdue: owed?.overdue ?? 0n,
      annualRecurringRevenue: sum(recurring.map((each) => annualRecurringRevenue(each, today))),
    }
  })
  return lines.toSorted(byWeight)
}

const NOTHING: StandingAmounts = { currency: '', receivables: 0n, overdue: 0n, annualRecurringRevenue: 0n }

function byWeight(one: StandingAmounts, other: StandingAmounts): number {
  const difference =
    other.annualRecurringRevenue - one.annualRecurringRevenue || other.receivables - one.receivables
  return difference === 0n ? (one.currency < other.currency ? -1 : 1) : difference > 0n ? 1 : -1
}

/** The day on which the contract that ends first does, whether it renews by itself or not; null where none runs. */
export function renewalDate(facts: readonly StandingFact[]): Temporal.PlainDate | null {
  const ends = facts.flatMap((fact) =>
    fact.kind === 'contract' && fact.status === 'ACTIVE' ? [fact.endDate] : [],
  )
  return ends.toSorted((one, other) => Temporal.PlainDate.compare(one, other))[0] ?? null
}
