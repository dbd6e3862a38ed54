import { chartOfAccounts, rulesOfChart } from '#domain/chart.ts'
import type { Fact } from '#domain/entity.ts'
import type { AccountingPeriodFact, LegalEntityFact } from '#domain/erp.ts'
import type { Facts } from '#domain/facts.ts'
import type { IdKind } from '#platform/ids.ts'
import { legalEntityId, STRIPE, stripeId, type StripeAccount } from './mapping.ts'

/** What this connector says of the books never changes with what it reads, so that it never overrules accounting. */
const BOOKS_VERSION = 1n
const MAX_PERIODS = 1_200

/** The legal entity whose books the account fills, with its accounts. */
export function booksOf(
  account: StripeAccount,
): Pick<Facts, 'legalEntities' | 'ledgerAccounts' | 'accountRules'> {
  const entityId = legalEntityId(account)
  const entity: LegalEntityFact = {
    ...bookIdentity(account, 'legalEntity', 'account', account.instance),
    ...account.legalEntity,
    fiscalCalendar: 'CALENDAR_MONTHS',
    fiscalYearStartMonth: 1,
  }
  const accounts = chartOfAccounts(entityId, (code) =>
    bookIdentity(account, 'ledgerAccount', 'ledger_account', code),
  )
  const accountRules = rulesOfChart(entityId, (code) =>
    bookIdentity(account, 'accountRule', 'account_rule', code),
  )
  return { legalEntities: [entity], ledgerAccounts: accounts, accountRules }
}

/** Gives the open accounting periods that dates need and that were not given before. */
export interface PeriodOpener {
  open(dates: readonly Temporal.PlainDate[]): AccountingPeriodFact[]
}

/** Opens months without a hole between the first and the last. */
export function periodOpener(account: StripeAccount): PeriodOpener {
  const months = new Map<string, Temporal.PlainYearMonth>()
  return {
    open: (dates) => {
      const wanted = [...months.values(), ...dates.map((date) => date.toPlainYearMonth())]
      const missing = monthsBetween(wanted).filter((month) => !months.has(month.toString()))
      for (const month of missing) months.set(month.toString(), month)
      return missing.map((month) => periodOf(account, month))
    },
  }
}

function monthsBetween(months: readonly Temporal.PlainYearMonth[]): Temporal.PlainYearMonth[] {
  const sorted = months.toSorted((a, b) => Temporal.PlainYearMonth.compare(a, b))
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) return []
  const count = first.until(last).total({ unit: 'months', relativeTo: first.toPlainDate({ day: 1 }) }) + 1
  if (count > MAX_PERIODS) throw new Error(`more than ${MAX_PERIODS} months from ${first.toString()}`)
  return Array.from({ length: count }, (_, index) => first.add({ months: index }))
}

function periodOf(account: StripeAccount, period: Temporal.PlainYearMonth): AccountingPeriodFact {
  const start = period.toPlainDate({ day: 1 })
  return {
    ...bookIdentity(account, 'accountingPeriod', 'accounting_period', period.toString()),
    legalEntityId: legalEntityId(account),
    period,
    range: { start, end: start.add({ months: 1 }) },
    status: 'OPEN',
  }
}

function bookIdentity(account: StripeAccount, kind: IdKind, objectType: string, externalId: string): Fact {
  const { instance } = account
  const ref = { system: STRIPE, instance, objectType, externalId, url: null, sourceVersion: BOOKS_VERSION }
  return { id: stripeId(account, kind, objectType, externalId), externalRefs: [ref] }
}
