import DataLoader from 'dataloader'
import { RuleError } from '#domain/failure.ts'
import { money, parseAmount, type PrintableMoney } from '#domain/money.ts'
import type { Queryable } from '#platform/database.ts'
import { publicError } from '#platform/errors.ts'
import { type Connection, readConnection } from '#platform/loaders.ts'
import type { Condition } from '#platform/page.ts'
import type {
  AmountFilter,
  CustomerStandingFilter,
  QueryCustomerStandingsArgs,
  Resolvers,
} from '#schema/insight.generated.ts'
import {
  type ListedStanding,
  NO_RENEWAL,
  readStandingsAt,
  standingList,
  type StandingRecord,
} from './list-store.ts'

export type ListedStandingConnection = Connection<ListedStanding>
export type StandingRecordConnection = Connection<StandingRecord>

/** Sorts that compare amounts. */
const OF_AMOUNTS: ReadonlySet<string> = new Set(['OVERDUE', 'ANNUAL_RECURRING_REVENUE'])

/**
 * A page of the list of standings. BAD_USER_INPUT where amounts are to be compared and no currency is named, or an
 * amount is none of that currency.
 */
export function listStandings(
  db: Queryable,
  args: QueryCustomerStandingsArgs,
): Promise<ListedStandingConnection> {
  const { level, renewalDate, currency, overdue, annualRecurringRevenue } = args.filter ?? {}
  const comparesAmounts = Boolean(
    overdue || annualRecurringRevenue || OF_AMOUNTS.has(args.orderBy?.field ?? ''),
  )
  if (comparesAmounts && !currency)
    throw publicError('BAD_USER_INPUT', 'Amounts are compared in one currency: name it as filter.currency.')
  return readConnection(db, standingList, { ...args, filter: { level, renewalDate } }, [
    currency ? ofCurrency(currency) : firstLines,
    ...(currency ? amountConditions('overdue', overdue, currency) : []),
    ...(currency ? amountConditions('annual_recurring_revenue', annualRecurringRevenue, currency) : []),
  ])
}

const ofCurrency = (currency: string): Condition => ({
  sql: (parameter) => `t.currency = ${parameter}`,
  value: currency,
})

/** The condition stands in the text, since it is that of indexes. */
const firstLines: Condition = { sql: (parameter) => `t.is_first AND ${parameter}::boolean`, value: true }

function amountConditions(
  column: 'overdue' | 'annual_recurring_revenue',
  filter: CustomerStandingFilter['overdue'],
  currency: string,
): Condition[] {
  const { gte, lt }: AmountFilter = filter ?? {}
  const compare = (operator: '>=' | '<', amount: string | null | undefined): Condition[] =>
    amount
      ? [
          {
            sql: (parameter) => `t.${column} ${operator} ${parameter}::bigint`,
            value: minorUnitsOf(amount, currency),
          },
        ]
      : []
  return [...compare('>=', gte), ...compare('<', lt)]
}

function minorUnitsOf(amount: string, currency: string): bigint {
  try {
    return parseAmount(amount, currency)
  } catch (error) {
    if (error instanceof RuleError) throw publicError('BAD_USER_INPUT', error.message)
    throw error
  }
}

const printed = (minorUnits: bigint, currency: string): PrintableMoney | null =>
  currency === '' ? null : money(minorUnits, currency)

/** What is told of listed standings and of the changes of one. */
export const listedStandingTypes = {
  ListedStanding: {
    customer: ({ id }) => ({ id }),
    currency: ({ currency }) => currency || null,
    receivables: ({ receivables, currency }) => printed(receivables, currency),
    overdue: ({ overdue, currency }) => printed(overdue, currency),
    annualRecurringRevenue: ({ annualRecurringRevenue, currency }) =>
      printed(annualRecurringRevenue, currency),
    renewalDate: ({ renewalOn }) => (renewalOn.equals(NO_RENEWAL) ? null : renewalOn),
  },
} satisfies Resolvers

/** Loads standings as they were known at an instant: those of one instant in one statement. */
export function loadStandingsAt(
  db: Queryable,
): (at: Temporal.Instant) => DataLoader<string, StandingRecord | null> {
  const loaders = new Map<string, DataLoader<string, StandingRecord | null>>()
  return (at) =>
    loaders.getOrInsertComputed(
      at.toString(),
      () => new DataLoader((ids: readonly string[]) => readStandingsAt(db, ids, at)),
    )
}
