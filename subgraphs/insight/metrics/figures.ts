import { isBefore } from '#domain/calendar.ts'
import { type RolledPeriod } from '#domain/roll-forward.ts'
import { type RateOn, type Sum, translate } from '#domain/translation.ts'
import type { Scope } from './arguments.ts'
import type { SumRow } from '../sums-store.ts'

/** Measures that make up a balance: those that raise it, and those that lower it. */
interface BalanceOf {
  readonly raisedBy: readonly string[]
  readonly loweredBy: readonly string[]
}

const DEFERRED_REVENUE: BalanceOf = {
  raisedBy: ['DEFERRED_BILLED', 'DEFERRED_ADJUSTED'],
  loweredBy: ['DEFERRED_RECOGNIZED'],
}
const RECEIVABLES: BalanceOf = { raisedBy: ['RECEIVABLES'], loweredBy: [] }

/** The figures of a group in a period; minor units of the reporting currency. */
export interface Figures {
  readonly billings: bigint
  readonly collections: bigint
  readonly recognizedRevenue: bigint
  readonly deferredRevenue: RolledPeriod
  readonly receivables: bigint
}

/** Reads the sums of a group as figures, period by period. Throws RateMissing. */
export function figuresOf(scope: Scope, rows: readonly SumRow[], rateOn: RateOn): Figures[] {
  const { policy, constantOn, reportingCurrency } = scope
  const sumsOf = summing(scope)
  const byMeasure = Map.groupBy(rows, ({ measure, period }) => `${measure} ${period}`)
  const flow = (measure: string, period: number): bigint =>
    translate(
      sumsOf(byMeasure.get(`${measure} ${period}`) ?? [], period),
      { policy, kind: 'FLOW', constantOn },
      reportingCurrency,
      rateOn,
    )
  const balances = (of: BalanceOf): bigint[] =>
    runningSums(rows, of, scope.periods.length).map((own, index) =>
      translate(sumsOf(own, index - 1), { policy, kind: 'BALANCE', constantOn }, reportingCurrency, rateOn),
    )
  const deferred = balances(DEFERRED_REVENUE)
  const receivables = balances(RECEIVABLES)
  return scope.periods.map((_, period) => ({
    billings: flow('BILLINGS', period),
    collections: flow('COLLECTIONS', period),
    recognizedRevenue: flow('RECOGNIZED_REVENUE', period),
    deferredRevenue: rolled(
      deferred[period] ?? 0n,
      deferred[period + 1] ?? 0n,
      flow('DEFERRED_BILLED', period),
      flow('DEFERRED_RECOGNIZED', period),
    ),
    receivables: receivables[period + 1] ?? 0n,
  }))
}

/** What is neither billed nor recognised is adjusted: documents that correct others, and what currencies moved. */
function rolled(opening: bigint, closing: bigint, billed: bigint, recognized: bigint): RolledPeriod {
  return { opening, billed, recognized, adjusted: closing - opening - billed + recognized, closing }
}

/** Rows as sums with the days whose rates may be theirs. */
function summing({ entities, rangesOf, asOf, periods }: Scope) {
  const byId = new Map(entities.map((entity) => [entity.id, entity]))
  return (rows: readonly SumRow[], period: number): Sum[] =>
    rows.flatMap(({ legalEntityId, currency, amount, functional, day, measure }) => {
      const entity = byId.get(legalEntityId)
      const ranges = rangesOf(legalEntityId)
      const range = ranges[Math.min(period, periods.length - 1)]
      const first = ranges[0]
      if (entity === undefined || first === undefined) return []
      const end = period < 0 ? first.start : (range?.end ?? first.start)
      const last = end.subtract({ days: 1 })
      const closing = isBefore(asOf, last) ? asOf : last
      const worth = { currency: entity.functionalCurrency, amount: functional }
      return [
        {
          legalEntityId,
          currency,
          amount,
          functional: isInBooks(measure) ? worth : null,
          day: day ?? closing,
          closing,
        },
      ]
    })
}

const NOT_IN_BOOKS = /^(BOOKINGS|MRR|ARR)/
const isInBooks = (measure: string): boolean => !NOT_IN_BOOKS.test(measure)

/** What was left before the first period and at the end of each, by legal entity and currency. */
function runningSums(rows: readonly SumRow[], of: BalanceOf, periods: number): SumRow[][] {
  const byPeriod = Map.groupBy(rows, ({ period }) => period)
  const running = new Map<string, SumRow>()
  return Array.from({ length: periods + 1 }, (_, index) => {
    for (const row of byPeriod.get(index - 1) ?? []) {
      const sign = of.raisedBy.includes(row.measure) ? 1n : of.loweredBy.includes(row.measure) ? -1n : 0n
      if (sign === 0n) continue
      const key = `${row.legalEntityId} ${row.currency}`
      const known = running.get(key)
      running.set(key, {
        ...row,
        amount: (known?.amount ?? 0n) + sign * row.amount,
        functional: (known?.functional ?? 0n) + sign * row.functional,
      })
    }
    return [...running.values()]
  })
}
