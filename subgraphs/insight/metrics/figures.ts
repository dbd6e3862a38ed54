/** What the sums of a group come to, period by period, in the reporting currency. */
import { isBefore } from '#domain/calendar.ts'
import type { MetricName } from '#domain/metric-definitions.ts'
import type { BilledPeriod, RecurringBridge } from '#domain/metrics.ts'
import { sum } from '#domain/money.ts'
import type { RolledPeriod } from '#domain/roll-forward.ts'
import { type RateOn, type Sum, translate, translateSteps, type Translation } from '#domain/translation.ts'
import type { SumRow } from '../sums-store.ts'
import type { Scope } from './arguments.ts'

/** Measures that make up a balance: those that raise it, and those that lower it. */
interface BalanceOf {
  readonly raisedBy: readonly string[]
  readonly loweredBy: readonly string[]
}

const DEFERRED_REVENUE: BalanceOf = {
  raisedBy: ['DEFERRED_BILLED', 'DEFERRED_ADJUSTED'],
  loweredBy: ['DEFERRED_RECOGNIZED'],
}
const PROMISED: BalanceOf = { raisedBy: ['BOOKINGS'], loweredBy: ['CONTRACT_REVENUE'] }
const RECEIVABLES: BalanceOf = { raisedBy: ['RECEIVABLES'], loweredBy: [] }
const OVERDUE: BalanceOf = { raisedBy: ['OVERDUE'], loweredBy: [] }
const ARR: BalanceOf = { raisedBy: ['ARR'], loweredBy: [] }
const RECURRING: BalanceOf = {
  raisedBy: ['MRR_NEW', 'MRR_EXPANSION', 'MRR_REACTIVATION'],
  loweredBy: ['MRR_CONTRACTION', 'MRR_CHURN'],
}

/** The figures of a group in a period; minor units of the reporting currency. */
export interface Figures {
  readonly bookings: bigint
  readonly billings: bigint
  readonly collections: bigint
  readonly recognizedRevenue: bigint
  readonly creditsAndRefunds: bigint
  readonly netCash: bigint
  readonly remainingObligations: bigint
  readonly deferredRevenue: RolledPeriod
  /** What of its adjustment is told by entries: the rest is what currencies moved. */
  readonly adjustedByEntries: bigint
  readonly recurring: RecurringBridge
  readonly annualRecurring: bigint
  readonly receivables: bigint
  readonly overdue: bigint
  /** What was billed with tax, over the days that count. */
  readonly billed: BilledPeriod
}

/** Reads the sums of a group as figures, period by period. Throws RateMissing. */
export function figuresOf(scope: Scope, rows: readonly SumRow[], rateOn: RateOn): Figures[] {
  const { reportingCurrency, periods } = scope
  const dated = dating(scope)
  const byMeasure = Map.groupBy(rows, ({ measure, period }) => `${measure} ${period}`)
  const sumsOf = (measure: string, period: number): Sum[] =>
    dated(byMeasure.get(`${measure} ${period}`) ?? [], period)
  const inCurrency = (kind: Translation['kind'], sums: readonly Sum[]): bigint =>
    translate(sums, { ...scope, kind }, reportingCurrency, rateOn)
  const flow = (measure: string, period: number): bigint => inCurrency('FLOW', sumsOf(measure, period))
  const balances = (of: BalanceOf): bigint[] =>
    runningSums(rows, of, periods.length).map((left, index) => inCurrency('BALANCE', dated(left, index - 1)))
  const [deferred, receivables] = [balances(DEFERRED_REVENUE), balances(RECEIVABLES)]
  const [overdue, annualRecurring] = [balances(OVERDUE), balances(ARR)]
  const promised = balances(PROMISED)
  const recurring = runningSums(rows, RECURRING, periods.length)
  return periods.map((_, period) => {
    const bridge = bridgeOf(
      translateSteps(
        [
          dated(recurring[period] ?? [], period),
          ...RECURRING.raisedBy.map((measure) => sumsOf(measure, period)),
          ...RECURRING.loweredBy.map((measure) => sumsOf(measure, period).map(lowered)),
        ],
        { ...scope, kind: 'BALANCE' },
        reportingCurrency,
        rateOn,
      ),
    )
    return {
      bookings: flow('BOOKINGS', period),
      billings: flow('BILLINGS', period),
      collections: flow('COLLECTIONS', period),
      recognizedRevenue: flow('RECOGNIZED_REVENUE', period),
      creditsAndRefunds: flow('CREDITS_AND_REFUNDS', period),
      netCash: flow('CASH', period),
      remainingObligations: promised[period + 1] ?? 0n,
      deferredRevenue: rolled(
        deferred[period] ?? 0n,
        deferred[period + 1] ?? 0n,
        flow('DEFERRED_BILLED', period),
        flow('DEFERRED_RECOGNIZED', period),
      ),
      adjustedByEntries: flow('DEFERRED_ADJUSTED', period),
      recurring: bridge,
      annualRecurring: annualRecurring[period + 1] ?? 0n,
      receivables: receivables[period + 1] ?? 0n,
      overdue: overdue[period + 1] ?? 0n,
      billed: { billed: flow('BILLED_WITH_TAX', period), days: daysOf(scope, period) },
    }
  })
}

/** What is neither billed nor recognised is adjusted: documents that correct others, and what currencies moved. */
function rolled(opening: bigint, closing: bigint, billed: bigint, recognized: bigint): RolledPeriod {
  return { opening, billed, recognized, adjusted: closing - opening - billed + recognized, closing }
}

/** The bridge of its steps: each is what the balance changed by. */
function bridgeOf(steps: readonly bigint[]): RecurringBridge {
  const [opening = 0n, fresh = 0n, expansion = 0n, reactivation = 0n, contraction = 0n, churn = 0n] = steps
  const lost = { contraction: -contraction, churn: -churn }
  return { opening, fresh, expansion, reactivation, ...lost, closing: sum(steps) }
}

const lowered = (it: Sum): Sum => ({ ...it, amount: -it.amount })

/** Rows as sums with the days whose rates may be theirs. */
export function dating({ entities, rangesOf, asOf }: Scope) {
  const byId = new Map(entities.map((entity) => [entity.id, entity]))
  return (rows: readonly SumRow[], period: number): Sum[] =>
    rows.flatMap(({ legalEntityId, currency, amount, functional, day, measure }) => {
      const entity = byId.get(legalEntityId)
      const ranges = rangesOf(legalEntityId)
      const end = period < 0 ? ranges[0]?.start : (ranges[period] ?? ranges.at(-1))?.end
      if (entity === undefined || end === undefined) return []
      const last = end.subtract({ days: 1 })
      const closing = isBefore(asOf, last) ? asOf : last
      const worth = { currency: entity.functionalCurrency, amount: functional }
      const inBooks = isInBooks(measure) ? worth : null
      return [{ legalEntityId, currency, amount, functional: inBooks, day: day ?? closing, closing }]
    })
}

/** What contracts, subscriptions and invoices tell, and not the books; and what of those is set off against it. */
const OUTSIDE_BOOKS = /^(BOOKINGS|CONTRACT_REVENUE|MRR|ARR|COHORT|OVERDUE)/
const isInBooks = (measure: string): boolean => !OUTSIDE_BOOKS.test(measure)

/** What was left before the first period and at the end of each, by legal entity and currency. */
function runningSums(
  rows: readonly SumRow[],
  { raisedBy, loweredBy }: BalanceOf,
  periods: number,
): SumRow[][] {
  const signs = new Map([
    ...raisedBy.map((measure) => [measure, 1n] as const),
    ...loweredBy.map((measure) => [measure, -1n] as const),
  ])
  const byPeriod = Map.groupBy(
    rows.filter(({ measure }) => signs.has(measure)),
    ({ period }) => period,
  )
  const running = new Map<string, SumRow>()
  return Array.from({ length: periods + 1 }, (_, index) => {
    for (const row of byPeriod.get(index - 1) ?? []) {
      const sign = signs.get(row.measure) ?? 0n
      const key = `${row.legalEntityId} ${row.currency}`
      const { amount, functional } = running.get(key) ?? { amount: 0n, functional: 0n }
      running.set(key, {
        ...row,
        amount: amount + sign * row.amount,
        functional: functional + sign * row.functional,
      })
    }
    return [...running.values()]
  })
}

/** The days of a period that count. */
function daysOf({ entities, rangesOf, asOf }: Scope, period: number): number {
  const range = rangesOf(entities[0]?.id ?? '')[period]
  if (range === undefined) return 0
  const after = asOf.add({ days: 1 })
  return range.start.until(isBefore(after, range.end) ? after : range.end, { largestUnit: 'days' }).days
}

/** Each figure by its name. */
export function valuesOf(figures: Figures): Readonly<Record<MetricName, bigint>> {
  const { deferredRevenue, recurring } = figures
  return {
    BOOKINGS: figures.bookings,
    BILLINGS: figures.billings,
    COLLECTIONS: figures.collections,
    RECOGNIZED_REVENUE: figures.recognizedRevenue,
    CREDITS_AND_REFUNDS: figures.creditsAndRefunds,
    NET_CASH: figures.netCash,
    REMAINING_PERFORMANCE_OBLIGATIONS: figures.remainingObligations,
    DEFERRED_REVENUE: deferredRevenue.closing,
    DEFERRED_REVENUE_BILLED: deferredRevenue.billed,
    DEFERRED_REVENUE_RECOGNIZED: deferredRevenue.recognized,
    DEFERRED_REVENUE_ADJUSTED: deferredRevenue.adjusted,
    MONTHLY_RECURRING_REVENUE: recurring.closing,
    MRR_NEW: recurring.fresh,
    MRR_EXPANSION: recurring.expansion,
    MRR_REACTIVATION: recurring.reactivation,
    MRR_CONTRACTION: recurring.contraction,
    MRR_CHURN: recurring.churn,
    ANNUAL_RECURRING_REVENUE: figures.annualRecurring,
    RECEIVABLES: figures.receivables,
    OVERDUE_RECEIVABLES: figures.overdue,
  }
}
