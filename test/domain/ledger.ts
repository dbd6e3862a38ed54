/** Books in memory: a company with a chart of accounts, open months, and rates that hold until the next. */
import { chartOfAccounts, rulesOfChart } from '#domain/chart.ts'
import { accountKey, rateKey } from '#domain/ledger.ts'
import { parseDecimal } from '#domain/rational.ts'
import { day } from './documents.ts'
import type { AccountingPeriod, LegalEntity } from '#domain/erp.ts'
import type { Books } from '#domain/ledger.ts'

const stated = { externalRefs: [], version: 1, recordedAt: Temporal.Instant.from('2026-01-01T00:00:00Z') }
const firstMonth = Temporal.PlainYearMonth.from('2025-01')

const legalEntity: LegalEntity = {
  ...stated,
  id: 'entity-1',
  code: 'CA',
  name: 'Revgraph',
  country: 'CA',
  functionalCurrency: 'CAD',
  timeZone: 'UTC',
  fiscalCalendar: 'CALENDAR_MONTHS',
  fiscalYearStartMonth: 1,
}

/** An open month of the company. */
export function period(month: string): AccountingPeriod {
  const named = Temporal.PlainYearMonth.from(month)
  const start = named.toPlainDate({ day: 1 })
  const range = { start, end: start.add({ months: 1 }) }
  return {
    ...stated,
    id: `period-${month}`,
    legalEntityId: 'entity-1',
    period: named,
    range,
    status: 'OPEN',
    sealHash: null,
    closedBy: null,
    reopenings: [],
  }
}

/** The books of the documents' company in a functional currency, with the rates of another by their first days. */
export function booksOf(
  functionalCurrency: string,
  rates: Readonly<Record<string, string>>,
  currency = 'USD',
): Books {
  const accounts = chartOfAccounts('entity-1', (code) => ({ id: code, externalRefs: [] }))
  const months = Array.from({ length: 120 }, (_, later) =>
    period(firstMonth.add({ months: later }).toString()),
  )
  return {
    legalEntities: new Map([['entity-1', { ...legalEntity, functionalCurrency }]]),
    accounts: new Map(accounts.map(({ role, code, id }) => [accountKey('entity-1', code), { id, role }])),
    accountRules: Map.groupBy(
      rulesOfChart('entity-1', (code) => ({ id: `rule-${code}`, externalRefs: [] })),
      ({ role }) => role,
    ),
    families: new Map(),
    regions: new Map(),
    periods: new Map([['entity-1', months]]),
    rates: new Map(
      daysWithRates(rates).map(([date, rate]) => [
        rateKey(currency, functionalCurrency, date),
        parseDecimal(rate),
      ]),
    ),
  }
}

/** Three years of days, each with the latest rate by then. */
function daysWithRates(rates: Readonly<Record<string, string>>): [Temporal.PlainDate, string][] {
  let latest: string | undefined
  return Array.from({ length: 1200 }, (_, days) => day('2025-01-01').add({ days })).flatMap((date) => {
    latest = rates[date.toString()] ?? latest
    return latest === undefined ? [] : [[date, latest] as [Temporal.PlainDate, string]]
  })
}
