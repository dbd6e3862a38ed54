import { chartOfAccounts, rulesOfChart } from '#domain/chart.ts'
import type { Fact } from '#domain/entity.ts'
import type { Facts } from '#domain/facts.ts'

/** One legal entity, since its journal is numbered without gaps and so by one transaction at a time: the hard case. */
export const COMPANY = { id: 'ent_bench', code: 'US', currency: 'USD' } as const

const FIRST_MONTH = Temporal.PlainYearMonth.from('2026-01')
const MONTHS = 24

/** The object of a source that nobody keeps. */
export const stated = (id: string): Fact => ({
  id,
  externalRefs: [
    {
      system: 'bench',
      instance: 'bench',
      objectType: 'object',
      externalId: id,
      url: null,
      sourceVersion: 1n,
    },
  ],
})

/** The company with its accounts and two years of open months. */
export function openingFacts(): Partial<Facts> {
  return {
    legalEntities: [
      {
        ...stated(COMPANY.id),
        code: COMPANY.code,
        name: 'Bench',
        country: 'US',
        functionalCurrency: COMPANY.currency,
        timeZone: 'UTC',
        fiscalCalendar: 'CALENDAR_MONTHS',
        fiscalYearStartMonth: 1,
      },
    ],
    ledgerAccounts: chartOfAccounts(COMPANY.id, (code) => stated(`acc_bench_${code}`)),
    accountRules: rulesOfChart(COMPANY.id, (code) => stated(`arl_bench_${code}`)),
    accountingPeriods: Array.from({ length: MONTHS }, (_, months) => {
      const period = FIRST_MONTH.add({ months })
      const start = period.toPlainDate({ day: 1 })
      return {
        ...stated(`per_bench_${period.toString()}`),
        legalEntityId: COMPANY.id,
        period,
        range: { start, end: start.add({ months: 1 }) },
        status: 'OPEN' as const,
      }
    }),
  }
}
