import { money, type Money, type PrintableMoney } from '#domain/money.ts'
import {
  type ReconciliationRule,
  type RuleName,
  reconciliationRules,
  ruleNames,
} from '#domain/reconciliation-rules.ts'
import { today } from '#platform/clock.ts'
import { graphTypeOf } from '#platform/ids.ts'
import type { Resolvers } from '#schema/operations.generated.ts'
import { readAsOf, readTallies } from '../reconciliation-store.ts'

/** A month as its resolvers get it. */
export interface ReconciliationOf {
  readonly period: Temporal.PlainYearMonth
  /** All that was told by then is compared; null while that was never so. */
  readonly asOf: Temporal.Instant | null
}

/** A rule with what came of it for a month. */
export interface CheckOf extends ReconciliationRule {
  readonly rule: RuleName
  readonly period: string
  /** Whether all that was told once was compared. */
  readonly isCompared: boolean
  readonly matched: number
  readonly breakCount: number
}

/** The entry to `reconciliation`. */
export const reconciliationQueries: Pick<Required<NonNullable<Resolvers['Query']>>, 'reconciliation'> = {
  reconciliation: async (_, { period }, { db }) => ({ period, asOf: await readAsOf(db) }),
}

const printable = (amount: Money | null): PrintableMoney | null =>
  amount && money(amount.minorUnits, amount.currency)

/** What is told of a reconciliation. */
export const reconciliationResolvers: Pick<
  Resolvers,
  'ContractAgreement' | 'Reconciliation' | 'ReconciliationCheck' | 'ReconciliationBreak'
> = {
  ContractAgreement: {
    asOf: (_, __, { db }) => readAsOf(db),
    agrees: ({ isCompared, breaks }) => isCompared && breaks.length === 0,
  },
  Reconciliation: {
    checks: async ({ period: month, asOf }, _, { db }) => {
      const period = month.toString()
      const tallies = new Map((await readTallies(db, period)).map((tally) => [tally.rule, tally]))
      return ruleNames.map((rule) => {
        const { matched = 0, broken = 0 } = tallies.get(rule) ?? {}
        return {
          rule,
          period,
          isCompared: asOf !== null,
          matched,
          breakCount: broken,
          ...reconciliationRules[rule],
        }
      })
    },
  },
  ReconciliationCheck: {
    status: ({ isCompared, breakCount }) => {
      if (breakCount > 0) return 'BROKEN'
      return isCompared ? 'RECONCILED' : 'NOT_COMPARED'
    },
    breaks: ({ rule, period, breakCount }, _, { reconciliationBreaks }) =>
      breakCount === 0 ? [] : reconciliationBreaks(period).load(rule),
  },
  ReconciliationBreak: {
    left: ({ rule, left }) => ({ system: reconciliationRules[rule].left, value: printable(left) }),
    right: ({ rule, right }) => ({ system: reconciliationRules[rule].right, value: printable(right) }),
    delta: ({ delta }) => printable(delta),
    ageDays: ({ since }, _, { write }) =>
      Math.max(0, since.until(today(write.command.clock), { largestUnit: 'day' }).days),
    owner: ({ rule }) => reconciliationRules[rule].owner,
    record: ({ recordId }) => {
      const typename = graphTypeOf(recordId)
      return typename === undefined ? null : ({ __typename: typename, id: recordId } as never)
    },
  },
}
