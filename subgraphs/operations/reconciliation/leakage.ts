import type { HeldFact } from '#domain/reconciliation.ts'
import { money } from '#domain/money.ts'
import type { Resolvers, RevenueLeakKind } from '#schema/operations.generated.ts'
import { type OneSided, readAsOf, readOneSided } from '../reconciliation-store.ts'

/** A month as its resolvers get it. */
export interface RevenueLeakageOf {
  readonly period: Temporal.PlainYearMonth
}

/** One kind of leakage in a month. */
export interface RevenueLeakOf {
  readonly kind: RevenueLeakKind
  readonly side: HeldFact['side']
  readonly period: string
  readonly held: readonly OneSided[]
}

/** The rule whose breaks are leakage. */
const RULE = 'BILLING_COVERAGE'

/** What CRM alone holds was not billed; what billing alone holds was not agreed. */
const KINDS: readonly Pick<RevenueLeakOf, 'kind' | 'side'>[] = [
  { kind: 'SIGNED_NOT_BILLED', side: 'LEFT' },
  { kind: 'BILLED_NOT_CONTRACTED', side: 'RIGHT' },
]

/** The entry to `revenueLeakage`. */
export const leakageQueries = {
  revenueLeakage: (_, { period }) => ({ period }),
} satisfies Resolvers['Query']

/** What is told of leakage. */
export const leakageResolvers = {
  RevenueLeakage: {
    asOf: (_, __, { db }) => readAsOf(db),
    leaks: async ({ period: month }, _, { db }) => {
      const period = month.toString()
      const all = await readOneSided(db, RULE, period)
      return KINDS.map((kind) => ({ ...kind, period, held: all.filter(({ side }) => side === kind.side) }))
    },
  },
  RevenueLeak: {
    count: ({ held }) => held.reduce((count, each) => count + each.count, 0),
    totals: ({ held }) => held.map(({ amount, currency }) => money(amount, currency)),
    breaks: async ({ held, side, period }, _, { reconciliationBreaks }) => {
      if (held.length === 0) return []
      const breaks = await reconciliationBreaks(period).load(RULE)
      return breaks.filter(({ left }) => (left === null) === (side === 'RIGHT'))
    },
  },
} satisfies Resolvers
