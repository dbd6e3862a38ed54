import { compareText } from './order.ts'
import { type PlannedObligation, plannedEntries } from './obligation-plan.ts'
import type { Convention } from './schedule.ts'

/** What a contract promises, in one currency. */
export interface PromisedObligations {
  readonly currency: string
  readonly obligations: readonly PlannedObligation[]
}

/** What is earned in a month under two conventions; minor units. */
export interface ComparedMonth {
  readonly period: Temporal.PlainYearMonth
  readonly currency: string
  readonly amount: bigint
  readonly compared: bigint
}

/** Adds up contracts under two conventions, as they are handed over: what is kept is a sum a month and currency. */
export function conventionComparison(convention: Convention, other: Convention) {
  const months = new Map<string, ComparedMonth>()
  const add = (currency: string, obligation: PlannedObligation, side: Convention, isOther: boolean): void => {
    for (const { period, amount } of plannedEntries(obligation, side)) {
      const key = `${period.toString()} ${currency}`
      const { amount: own, compared } = months.get(key) ?? { amount: 0n, compared: 0n }
      const added = isOther
        ? { amount: own, compared: compared + amount }
        : { amount: own + amount, compared }
      months.set(key, { period, currency, ...added })
    }
  }
  return {
    add: ({ currency, obligations }: PromisedObligations): void => {
      for (const obligation of obligations) {
        add(currency, obligation, convention, false)
        add(currency, obligation, other, true)
      }
    },
    /** By month and then by currency; over all months of a currency both come to the same. */
    months: (): ComparedMonth[] =>
      [...months]
        .filter(([, { amount, compared }]) => amount !== 0n || compared !== 0n)
        .toSorted(([a], [b]) => compareText(a, b))
        .map(([, month]) => month),
  }
}
