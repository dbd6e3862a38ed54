import { money, type PrintableMoney } from '#domain/money.ts'
import type { Resolvers, RevenueLeakKind } from '#schema/operations.generated.ts'
import { type CoverageSide, type FoundBreak, readAsOf, readCoverageBreaks } from '../reconciliation-store.ts'
import { Totals } from '../totals.ts'
import type { UnratedUsageOf } from './sources.ts'

/** A month as its resolvers get it. */
export interface RevenueLeakageOf {
  readonly period: Temporal.PlainYearMonth
}

/** One kind of leakage in a month. */
export interface RevenueLeakOf {
  readonly kind: RevenueLeakKind
  /** Which systems hold something of its breaks; null where it has none. */
  readonly side: CoverageSide | null
  readonly period: string
  readonly count: number
  readonly totals: readonly PrintableMoney[]
  readonly usage: readonly UnratedUsageOf[]
}

/** The rule whose breaks are leakage. */
const RULE = 'BILLING_COVERAGE'

/** What CRM alone holds was not billed; what billing alone holds was not agreed; what both hold was billed too low. */
const KINDS: readonly { readonly kind: RevenueLeakKind; readonly side: CoverageSide }[] = [
  { kind: 'SIGNED_NOT_BILLED', side: 'LEFT' },
  { kind: 'BILLED_NOT_CONTRACTED', side: 'RIGHT' },
  { kind: 'EXPIRED_DISCOUNT', side: 'BOTH' },
]
const SHOWN_USAGE = 100

const sideOf = ({ left, right }: FoundBreak): CoverageSide =>
  right === null ? 'LEFT' : left === null ? 'RIGHT' : 'BOTH'

/** The entry to `revenueLeakage`. */
export const leakageQueries = {
  revenueLeakage: (_, { period }) => ({ period }),
} satisfies Resolvers['Query']

/** What is told of leakage. */
export const leakageResolvers = {
  RevenueLeakage: {
    asOf: (_, __, { db }) => readAsOf(db),
    leaks: async ({ period: month }, _, { db, leakage, today }) => {
      const period = month.toString()
      const all = await readCoverageBreaks(db, RULE, period)
      const ofBreaks = KINDS.map(({ kind, side }): RevenueLeakOf => {
        const held = all.filter((each) => each.side === side)
        return {
          kind,
          side,
          period,
          count: held.reduce((count, each) => count + each.count, 0),
          totals: held.map(({ amount, currency }) => money(amount, currency)),
          usage: [],
        }
      })
      const isOver = Temporal.PlainDate.compare(month.add({ months: 1 }).toPlainDate({ day: 1 }), today) <= 0
      return [...ofBreaks, leakOf(period, isOver ? await leakage.unratedUsage(month) : [])]
    },
  },
  RevenueLeak: {
    breaks: async ({ count, side, period }, _, { reconciliationBreaks }) => {
      if (count === 0 || side === null) return []
      const breaks = await reconciliationBreaks(period).load(RULE)
      return breaks.filter((each) => sideOf(each) === side)
    },
    usage: ({ usage }) => usage.slice(0, SHOWN_USAGE),
  },
  UnratedUsage: {
    subscription: ({ subscriptionId: id }) => ({ id }),
    customer: ({ customerId: id }) => (id === null ? null : { id }),
    amount: ({ amount }) => amount && money(amount.minorUnits, amount.currency),
  },
} satisfies Resolvers

function leakOf(period: string, usage: readonly UnratedUsageOf[]): RevenueLeakOf {
  const totals = new Totals()
  for (const { amount } of usage) if (amount !== null) totals.add(amount)
  return { kind: 'UNRATED_USAGE', side: null, period, count: usage.length, totals: totals.list(), usage }
}
